// Native dialogs: [data-opens="id"] opens modally, [data-closes] closes, a click beside it closes.
function open(dialog) {
  if (dialog.open) return;
  dialog.removeAttribute("data-open");
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens);
    if (!dialog) return;
    event.preventDefault();
    open(dialog);
    return;
  }
  const closer = event.target.closest("[data-closes]");
  const dialog = event.target.closest("dialog");
  if (closer && dialog) {
    event.preventDefault();
    if (dialog.open) dialog.close();
    if (location.hash === `#${dialog.id}`) history.replaceState(null, "", location.pathname + location.search);
    dialog.removeAttribute("data-open");
  } else if (event.target.tagName === "DIALOG" && event.target.open) {
    event.target.close();
  }
});

function openMarked(root) {
  for (const dialog of root.querySelectorAll("dialog[data-open]")) open(dialog);
}

openMarked(document);
document.addEventListener("htmx:afterSwap", (event) => openMarked(event.target));
