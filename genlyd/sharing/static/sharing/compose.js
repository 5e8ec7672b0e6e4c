// Choosing a day and a time means wanting it later: the choice follows the field.
const form = document.getElementById("compose");

form?.addEventListener("input", (event) => {
  if (event.target.name !== "planned_at" || !event.target.value) return;
  const later = form.querySelector('input[name="when"][value="later"]');
  if (later) later.checked = true;
});
