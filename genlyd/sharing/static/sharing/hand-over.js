// <hand-over>: on phones, the system's own share sheet with words, and the picture where it takes files.
// What it promises is that the sheet opened, never that anything was posted: the question below stays.
class HandOver extends HTMLElement {
  async connectedCallback() {
    if (!navigator.share || !window.isSecureContext) return;
    this.files = await this.picture();
    const place = this.querySelector("[data-share]");
    place.hidden = false;
    place.addEventListener("click", () => this.share());
  }

  async picture() {
    const address = this.dataset.picture;
    if (!address) return [];
    try {
      // Fetched beforehand: the sheet may only open within moments of the click.
      const blob = await (await fetch(address)).blob();
      const files = [new File([blob], this.dataset.name, { type: blob.type })];
      return navigator.canShare?.({ files }) ? files : [];
    } catch {
      return [];
    }
  }

  async share() {
    const data = { text: this.dataset.text };
    if (this.dataset.link) data.url = this.dataset.link;
    if (this.files.length) data.files = this.files;
    try {
      await navigator.share(data);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }
}

customElements.define("hand-over", HandOver);
