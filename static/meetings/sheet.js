// The meeting sheet: puts the parts together. Rows know what they show, the outbox sends, this file decides when.

import { AMOUNTS, Outbox } from "./outbox.js";
import { CompareDialog } from "./compare.js";
import { DetailsDialog } from "./details.js";
import { Filter } from "./filter.js";
import { Grid } from "./grid.js";
import { HouseholdDialog } from "./household.js";
import { Jump } from "./jump.js";
import { Notices } from "./notices.js";
import { openStore } from "./store.js";
import { RestDialog } from "./rest.js";
import { Row } from "./row.js";
import { Server } from "./server.js";
import { Totals } from "./totals.js";
import { Watch } from "./watch.js";
import { formatBaht } from "./money.js";
import { readWords, word } from "./words.js";

const DRAFT_PAUSE = 300;

export class Sheet {
  constructor(form, store) {
    const data = form.dataset;
    this.form = form;
    this.fields = form.querySelector("fieldset");
    this.body = form.querySelector(".sheet tbody");
    this.month = data.month;
    this.user = data.user;
    this.more = document.getElementById("row-more").content.firstElementChild;
    this.settle = document.getElementById("row-settle").content.firstElementChild;
    this.captions = captionsOf(form);
    this.current = null;
    this.held = false; // a dialog of the current row is open: it is not left
    this.draftTimer = 0;
    this.store = store;
    this.server = new Server({ urls: JSON.parse(data.urls), csrf: data.csrf });
    this.outbox = new Outbox({ store, server: this.server, sheet: data.sheet, user: data.user });
    this.rows = [...this.body.rows].map((tr) => new Row(tr, this));
    this.byNumber = new Map(this.rows.map((row) => [row.number, row]));
    this.totals = new Totals(this);
    this.filter = new Filter(this);
    this.notices = new Notices(this);
    this.grid = new Grid(this);
    this.jump = new Jump(this);
    this.compare = new CompareDialog(this);
    this.details = new DetailsDialog(this);
    this.household = new HouseholdDialog(this);
    this.rest = new RestDialog(this);
    this.watch = new Watch(this, Number(data.counter));
    this.#listen();
  }

  get halt() {
    return this.outbox.halt;
  }

  isCurrent(row) {
    return this.current === row;
  }

  rowOf(element) {
    const tr = element?.closest?.("tr[data-n]");
    return tr ? (this.byNumber.get(Number(tr.dataset.n)) ?? null) : null;
  }

  async start() {
    await this.#takeUpWaiting();
    for (const row of this.rows) row.refresh();
    this.changed();
    this.filter.begin();
    this.form.dataset.ready = "";
    this.grid.begin();
    this.outbox.flush();
    this.watch.start();
  }

  // What an earlier page of this browser left: unsent rows, refused ones, one in the middle of typing.
  async #takeUpWaiting() {
    const records = await this.outbox.records();
    const own = records.filter((record) => record.user === this.user);
    for (const record of own) {
      const row = this.byNumber.get(record.number);
      if (!row) continue;
      if (record.state === "draft") row.resume(record.draft);
      else row.setRecord(record);
    }
    this.notices.showOthers(records.filter((record) => record.user !== this.user));
  }

  // ---- the current row ------------------------------------------------------------------------------------------

  setCurrent(row) {
    if (this.current === row) return;
    const before = this.current;
    this.current = row;
    if (before) {
      before.tr.classList.remove("is-current");
      this.leave(before);
      before.refresh();
    }
    if (row) {
      row.tr.classList.add("is-current");
      row.caption(this.captions);
      row.state.append(this.more);
      this.#offerSettlement(row);
      row.refresh();
    } else {
      this.more.remove();
      this.settle.remove();
    }
  }

  // On a phone, where there is no key for it: a button under the open card's field.
  #offerSettlement(row) {
    const sum = row.settlement();
    if (!row.cells.loan || !Number.isFinite(sum)) return this.settle.remove();
    this.settle.textContent = word("payOff", { sum: formatBaht(sum) });
    row.cells.loan.after(this.settle);
  }

  leave(row) {
    if (this.held || !row.isTouched()) return;
    this.#commit(row, row.toSave({ receive: false }));
  }

  // Money received as the cells say. False if a cell cannot be read: the row stays, its sentence beside it.
  receive(row) {
    const fields = row.toSave({ receive: true });
    const isFine = Object.keys(row.problems()).length === 0;
    if (fields) this.#commit(row, fields);
    return isFine;
  }

  save(row, fields) {
    return this.#commit(row, fields);
  }

  async #commit(row, fields) {
    clearTimeout(this.draftTimer);
    if (fields === null) {
      row.restore();
      await this.outbox.dropDraft(row.number);
      return;
    }
    const base = row.isTouched() ? row.base : (row.base = { version: row.known.version });
    const operation = row.operation();
    row.settleTyping();
    const shown = { number: row.number, state: "waiting", fields, seq: 0 };
    row.sending = !this.outbox.retryAt && !this.halt;
    row.setRecord(shown);
    this.changed();
    row.keeping.add(base);
    const kept = await this.outbox.keep({ number: row.number, base, operation, fields });
    row.keeping.delete(base);
    await this.outbox.dropDraft(row.number);
    if (row.record === shown) row.record = kept;
    if (!this.outbox.retryAt) this.outbox.flush();
    else row.refresh();
  }

  // Keep the typing of the current row a moment after the last key, so that a killed browser shows it again.
  draftSoon(row) {
    clearTimeout(this.draftTimer);
    this.draftTimer = setTimeout(() => this.draftNow(row), DRAFT_PAUSE);
  }

  draftNow(row) {
    clearTimeout(this.draftTimer);
    if (row.isTouched()) this.outbox.keepDraft(row.number, row.draft());
  }

  // Esc: first what was typed, then what was refused, so that the server's row stands again.
  async restore(row) {
    clearTimeout(this.draftTimer);
    if (row.restore()) await this.outbox.dropDraft(row.number);
    else if (row.record?.state === "wrong") {
      row.setRecord(null);
      await this.outbox.drop(row.number);
    }
    this.changed();
  }

  // ---- news -----------------------------------------------------------------------------------------------------

  changed() {
    this.totals.soon();
  }

  #listen() {
    const on = (what, act) =>
      this.outbox.addEventListener(what, ({ detail }) => {
        const row = this.byNumber.get(detail.number);
        act(row, detail);
        this.changed();
      });
    on("saving", (row) => {
      if (!row) return;
      row.sending = true;
      row.refresh();
    });
    on("unsent", (row) => {
      if (!row) return;
      row.sending = false;
      row.refresh();
    });
    on("saved", (row, detail) => {
      if (!row) return;
      row.sending = false;
      if (!detail.newer && row.keeping.size === 0) row.record = null;
      row.learn(detail.row, { own: true });
      this.totals.savedAt(detail.row.saved_time);
      this.notices.online();
    });
    for (const what of ["wrong", "clash"]) {
      on(what, (row, detail) => {
        if (row && row.keeping.size === 0) row.setRecord(detail.record);
      });
    }
    on("halt", (_row, { halt }) => this.#halted(halt));
    on("retry", (_row, { at }) => this.notices.retrying(at));
    on("calm", () => this.notices.calm());
  }

  #halted(halt) {
    this.fields.disabled = halt === "counting" || halt === "closed";
    this.notices.halted(halt);
    for (const row of this.rows) if (row.record) row.refresh();
  }

  // Rows from the server, our own among them.
  learn(rows) {
    for (const answer of rows) {
      const row = this.byNumber.get(answer.number);
      if (row && answer.version > row.known.version) row.learn(answer);
    }
    this.changed();
  }

  // Has everything typed here reached the server?
  async unsent() {
    await Promise.all(this.rows.filter((row) => row.isTouched()).map((row) => this.save(row, row.toSave({ receive: false }))));
    await this.outbox.flush();
    return this.rows.filter((row) => row.record !== null || row.isTouched());
  }

  sumOf(rows) {
    return rows.reduce((sum, row) => sum + row.total(), 0);
  }
}

// The columns' names by their place in a row: attendance, the amounts, the sum.
function captionsOf(form) {
  const heads = ["present", ...AMOUNTS, "sum"].map((name) => form.querySelector(`#h-${name}`).textContent);
  return ["", "", ...heads];
}

async function begin() {
  const form = document.getElementById("sheet");
  readWords(document.getElementById("sheet-words"));
  const sheet = new Sheet(form, await openStore());
  await sheet.start();
  if ("serviceWorker" in navigator && form.dataset.worker) navigator.serviceWorker.register(form.dataset.worker);
}

begin();
