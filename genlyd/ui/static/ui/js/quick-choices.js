// <quick-choices for="id">: buttons that fill a field. Hidden until this runs; the field works without them.
class QuickChoices extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.getAttribute("for"));
    if (!this.field) return;
    this.hidden = false;
    this.mark();
    this.field.addEventListener("input", () => this.mark());
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      this.field.value = button.value;
      this.field.dispatchEvent(new Event("input", { bubbles: true }));
      this.field.dispatchEvent(new Event("change", { bubbles: true }));
      this.mark();
    });
  }

  mark() {
    for (const button of this.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === this.field.value));
    }
  }
}

customElements.define("quick-choices", QuickChoices);
