// <hand-over>: on phones, the system's own share sheet with words, and the picture where it takes files.
// What it promises is that the sheet opened, never that anything was posted: so who comes back is asked.
class HandOver extends HTMLElement {
  async connectedCallback() {
    this.question = document.getElementById("did-you");
    this.key = `hand-over ${location.pathname}`;
    this.addEventListener("click", (event) => this.pressed(event));
    document.addEventListener("visibilitychange", () => this.seen());
    // A phone may have thrown the page away meanwhile.
    if (this.left()) this.ask();
    await this.offer();
  }

  async offer() {
    if (!navigator.share || !window.isSecureContext) return;
    // Fetched beforehand: the sheet may only open within moments of the click.
    this.files = await this.picture();
    if (navigator.canShare && !navigator.canShare(this.data())) return;
    this.querySelector("[data-phone]").hidden = false;
    const without = this.querySelector("[data-without-picture]");
    if (without && !this.files.length) without.hidden = false;
  }

  async picture() {
    const address = this.dataset.picture;
    if (!address) return [];
    try {
      const blob = await (await fetch(address)).blob();
      const files = [new File([blob], this.dataset.name, { type: blob.type })];
      return navigator.canShare?.({ files }) ? files : [];
    } catch {
      return [];
    }
  }

  data() {
    const data = { text: this.dataset.text };
    if (this.dataset.link) data.url = this.dataset.link;
    if (this.files.length) data.files = this.files;
    return data;
  }

  pressed(event) {
    if (event.target.closest("[data-goes]")) this.go();
    if (event.target.closest("[data-share]")) this.share();
    if (event.target.closest("[data-copy-html]")) this.copyHtml(event.target.closest("button"));
  }

  async share() {
    // Many apps take the picture and leave the words; then they are there to be pasted.
    navigator.clipboard?.writeText(this.dataset.text).catch(() => {});
    try {
      await navigator.share(this.data());
    } catch (error) {
      if (error.name === "AbortError") return;
      throw error;
    }
    this.go();
    this.ask();
  }

  async copyHtml(button) {
    const html = this.querySelector("[data-html]").innerHTML.trim();
    const kinds = { "text/html": html, "text/plain": this.dataset.text };
    const item = Object.fromEntries(Object.entries(kinds).map(([kind, one]) => [kind, new Blob([one], { type: kind })]));
    await navigator.clipboard.write([new ClipboardItem(item)]);
    const label = button.querySelector(".button-label");
    const before = label.textContent;
    label.textContent = this.dataset.copied;
    label.setAttribute("aria-live", "polite");
    setTimeout(() => { label.textContent = before; }, 2500);
  }

  go() {
    this.gone = true;
    try { sessionStorage.setItem(this.key, "left"); } catch { /* private windows keep nothing */ }
  }

  left() {
    try { return sessionStorage.getItem(this.key) === "left"; } catch { return false; }
  }

  seen() {
    if (document.visibilityState === "visible" && this.gone) this.ask();
  }

  ask() {
    if (this.question.dataset.forward !== undefined) return;
    this.question.dataset.forward = "";
    const title = this.question.querySelector("h2");
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    this.question.scrollIntoView({ block: "center" });
  }
}

customElements.define("hand-over", HandOver);
