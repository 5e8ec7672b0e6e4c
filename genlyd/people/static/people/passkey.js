// The browser says no when a person closes the passkey window: that is no error, and the other ways are right there.
document.addEventListener("allauth.error", (event) => {
  const problem = document.getElementById("passkey-problem");
  if (problem) {
    event.preventDefault();
    problem.hidden = false;
  }
});
