// <live-count for="id" most="240" data-text="{left} left">: says how much room is left while one types.
class LiveCount extends HTMLElement {
  connectedCallback() {
    const field = document.getElementById(this.getAttribute("for"));
    if (!field) return;
    const most = Number(this.getAttribute("most"));
    this.setAttribute("role", "status");
    const say = () => {
      const left = most - [...field.value.replace(/\s+/g, " ").trim()].length;
      this.textContent = this.dataset.text.replace("{left}", left);
      this.toggleAttribute("data-over", left < 0);
    };
    field.addEventListener("input", say);
    say();
  }
}
customElements.define("live-count", LiveCount);
