// A toast goes by itself, later while it is being read (pointer or focus on it); errors stay until they are pressed.
class ToastMessage extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => { if (!event.target.closest("a, button")) this.leave(); });
    if (this.classList.contains("toast--error")) return;
    const wait = 4000 + this.textContent.length * 60;
    this.timer = setInterval(() => {
      if (!this.matches(":hover, :focus-within")) this.leave();
    }, wait);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  leave() {
    clearInterval(this.timer);
    this.classList.add("toast--leaving");
    setTimeout(() => this.remove(), 350);
  }
}

customElements.define("toast-message", ToastMessage);

// A part that did not arrive: say so instead of doing nothing.
function say(text) {
  const toast = document.createElement("toast-message");
  toast.className = "toast toast--error";
  toast.setAttribute("role", "alert");
  toast.textContent = text;
  document.getElementById("toasts")?.append(toast);
}

for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, () => say(document.body.dataset.offline));
}
