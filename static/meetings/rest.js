// "All others paid what is due": asked once, done by the server in one go.

import { formatBaht } from "./money.js";
import { newOperation } from "./outbox.js";
import { word } from "./words.js";

export class RestDialog {
  constructor(sheet) {
    this.sheet = sheet;
    this.button = document.getElementById("rest-open");
    this.dialog = document.getElementById("rest");
    this.operation = "";
    if (!this.button) return;
    this.take = this.dialog.querySelector("[data-act=take]");
    this.message = this.dialog.querySelector("[data-part=message]");
    this.button.addEventListener("click", () => this.open());
    this.take.addEventListener("click", () => this.#take());
    this.dialog.querySelector("[data-act=close]").addEventListener("click", () => this.dialog.close());
  }

  show() {
    if (!this.button) return;
    this.button.disabled = !this.#open().length;
    if (this.dialog.open) this.#say();
  }

  #open() {
    return this.sheet.rows.filter((row) => row.isOpen() && !row.isTouched());
  }

  open() {
    this.operation ||= newOperation();
    this.message.hidden = true;
    this.#say();
    this.dialog.showModal();
  }

  #say() {
    const open = this.#open();
    const sum = open.reduce((total, row) => total + row.dueInAll(), 0);
    this.dialog.querySelector("h2").textContent = word("restTitle", { count: open.length });
    this.dialog.querySelector("[data-part=text]").textContent = word("restText", { sum: formatBaht(sum) });
    this.take.textContent = word("restTake", { count: open.length });
  }

  async #take() {
    const { sheet } = this;
    this.take.disabled = true;
    const left = await sheet.unsent();
    const answer = left.length ? null : await sheet.server.receiveRest({ operation: this.operation });
    this.take.disabled = false;
    if (answer?.kind !== "saved") {
      const sentence = answer?.body?.message ?? Object.values(answer?.body?.errors ?? {})[0];
      this.#refuse(left.length ? word("restUnsent", { count: left.length }) : (sentence ?? word("restFailed")));
      return;
    }
    this.operation = "";
    sheet.learn(answer.body.rows);
    this.dialog.close();
    sheet.grid.begin();
  }

  #refuse(sentence) {
    this.message.querySelector("p").textContent = sentence;
    this.message.hidden = false;
  }
}
