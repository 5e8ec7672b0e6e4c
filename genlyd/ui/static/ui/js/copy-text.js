// <copy-text>: copies its own text, or the text or value of the element named by source.
class CopyText extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.copy(button);
    });
  }

  text() {
    const source = this.getAttribute("source");
    const element = source ? document.getElementById(source) : this.querySelector(".copy-text");
    return element ? (element.value ?? element.textContent).trim() : "";
  }

  async copy(button) {
    await this.write(this.text());
    const label = button.querySelector(".button-label");
    const before = label.textContent;
    label.textContent = button.dataset.done;
    label.setAttribute("aria-live", "polite");
    this.dispatchEvent(new CustomEvent("copied", { bubbles: true }));
    setTimeout(() => { label.textContent = before; }, 2500);
  }

  async write(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    this.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

customElements.define("copy-text", CopyText);
