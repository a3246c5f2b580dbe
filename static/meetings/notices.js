// What the person must know beside the rows: no line, session over, the cash is being counted, the meeting is closed,
// rows that another officer typed in this browser.

import { word } from "./words.js";

export class Notices {
  constructor(sheet) {
    this.sheet = sheet;
    this.sync = document.getElementById("sync");
    this.line = document.getElementById("sync-line");
    this.retry = document.getElementById("sync-retry");
    this.ticker = 0;
    this.retryAt = 0;
    if (!sheet.store.lasting) this.#show("passing", true);
    document.querySelector("[data-act=adopt]")?.addEventListener("click", () => this.#adopt());
    document.getElementById("count-open")?.addEventListener("click", (event) => this.#count(event));
    document.querySelector("#unsent [data-act=close]")?.addEventListener("click", () => this.#unsent().close());
  }

  #notice(name) {
    return document.querySelector(`[data-notice="${name}"]`);
  }

  #show(name, isShown) {
    const notice = this.#notice(name);
    if (notice) notice.hidden = !isShown;
  }

  offline() {
    this.sync?.classList.add("is-offline");
    this.#line(word("offline"));
  }

  online() {
    if (this.retryAt) return;
    this.sync?.classList.remove("is-offline");
    this.#line("");
  }

  calm() {
    this.retryAt = 0;
    clearInterval(this.ticker);
    if (this.retry) this.retry.textContent = "";
    this.online();
  }

  #line(text) {
    if (this.line && this.line.textContent !== text) this.line.textContent = text;
  }

  retrying(at) {
    this.retryAt = at;
    this.offline();
    clearInterval(this.ticker);
    this.ticker = setInterval(() => this.#tick(), 1000);
    this.#tick();
  }

  #tick() {
    const seconds = Math.max(0, Math.ceil((this.sheet.outbox.retryAt - Date.now()) / 1000));
    const text = seconds ? word("retryIn", { seconds }) : word("saving");
    if (this.retry) this.retry.textContent = text;
    for (const hint of this.sheet.body.querySelectorAll(".retry-in")) hint.textContent = text;
  }

  halted(halt) {
    for (const name of ["signed-out", "gone", "counting", "closed"]) this.#show(name, halt === name);
    if (halt) {
      clearInterval(this.ticker);
      this.retryAt = 0;
      if (this.retry) this.retry.textContent = "";
    }
  }

  // ---- rows of another officer, typed in this browser ------------------------------------------------------------

  showOthers(records) {
    const waiting = records.filter((record) => record.state !== "draft");
    if (!waiting.length) return;
    this.#notice("others").querySelector("[data-part=text]").textContent = word("others", { count: waiting.length });
    this.#show("others", true);
  }

  async #adopt() {
    this.#show("others", false);
    await this.sheet.outbox.adopt();
    for (const record of await this.sheet.outbox.records()) {
      if (record.state !== "draft") this.sheet.byNumber.get(record.number)?.setRecord(record);
    }
    this.sheet.changed();
  }

  // ---- on to the count ------------------------------------------------------------------------------------------

  #unsent() {
    return document.getElementById("unsent");
  }

  async #count(event) {
    const { rows } = this.sheet;
    if (!rows.some((row) => row.record !== null || row.isTouched())) return;
    event.preventDefault();
    const link = event.currentTarget;
    const left = await this.sheet.unsent();
    if (!left.length) {
      location.assign(link.href);
      return;
    }
    const dialog = this.#unsent();
    dialog.querySelector("[data-part=text]").textContent = word("countUnsent", {
      count: left.length,
      numbers: left.slice(0, 12).map((row) => row.number).join(", "),
    });
    dialog.showModal();
  }
}
