// One member's line: what the server has (`known`), what waits in this browser (`record`), what stands in the cells.
// A cell is pencil until money was received, then ink. Nothing here talks to the server.

import { loansPaid, loansTold, owedLoans, settlementOf } from "./loans.js";
import { cellText, parseBaht, showMoney } from "./money.js";
import { AMOUNTS, loansKey, newOperation } from "./outbox.js";
import { showState } from "./state.js";
import { monthName } from "./months.js";
import { element, word } from "./words.js";

export class Row {
  constructor(tr, sheet) {
    const data = tr.dataset;
    this.tr = tr;
    this.sheet = sheet;
    this.number = Number(data.n);
    this.due = Number(data.due);
    this.feeDue = Number(data.feeDue ?? 0); // a new member's fees, until they are paid
    this.fineDue = Number(data.fineDue ?? 0); // for the months missed, where the group asks a fine
    this.owed = data.owed ? data.owed.split(" ") : [];
    this.monthly = monthlyPledge(this.due, this.owed.length + 1);
    this.loans = owedLoans(data.owedLoans); // the one due the longest first; empty for most
    this.loanDue = this.loans.reduce((sum, loan) => sum + loan.due, 0);
    this.household = data.household ?? "";
    this.presence = tr.querySelector("input[type=checkbox]");
    this.cells = Object.fromEntries([...tr.querySelectorAll(".cell")].map((cell, index) => [AMOUNTS[index], cell]));
    this.names = AMOUNTS.filter((name) => name in this.cells); // only who has a loan has a cell for it
    this.sum = tr.querySelector(".c-sum .money");
    this.state = tr.querySelector(".c-state");
    this.nameCell = tr.querySelector(".c-name");
    this.#label();
    this.record = null;
    this.sending = false;
    this.typed = new Set(); // names of cells typed into, "present" among them
    this.details = null; // method, slip_ref, months changed in the dialog and not committed yet
    this.known = knownFrom(tr, this);
    this.base = { version: this.known.version }; // the version that the typing began with
    this.keeping = new Set(); // bases of what is just being written to the store
  }

  get name() {
    return this.nameCell.firstChild.textContent.trim();
  }

  // What every row repeats is not sent with every row: names of the fields, the number pad of a phone.
  #label() {
    const { number, nameCell, presence, cells } = this;
    nameCell.id = `n${number}`;
    this.state.id = `s${number}`;
    presence.setAttribute("aria-labelledby", `h-present n${number}`);
    for (const name of this.names) {
      const cell = cells[name];
      cell.setAttribute("aria-labelledby", `h-${name} n${number}`);
      cell.inputMode = "decimal";
      cell.enterKeyHint = "go";
      cell.autocomplete = "off";
    }
  }

  // A phone shows only the open card's fields, with the column's name above each.
  caption(captions) {
    for (const cell of this.tr.cells) if (captions[cell.cellIndex]) cell.dataset.label = captions[cell.cellIndex];
  }

  // What the row says, typed but uncommitted text left aside.
  shown() {
    if (this.record) return this.record.fields;
    const { present, received, method, slip_ref, amounts } = this.known;
    const texts = received ? amounts : this.#expected();
    const months = received ? this.known.months : undefined;
    const loans = received ? this.known.loans : undefined;
    const fields = { present, received, method, slip_ref, months, loans };
    for (const name of AMOUNTS) fields[name] = cellText(texts[name]);
    return fields;
  }

  // In pencil: what is due today, its fine, a new member's fees and what is due on loans; nothing from a member who is
  // known not to come.
  #expected() {
    if (this.isAbsent()) return { pledge: 0, special: 0, fee: 0, fine: 0, loan: 0 };
    return { pledge: this.due, special: 0, fee: this.feeDue, fine: this.fineDue, loan: this.loanDue };
  }

  // All that is due of this member today.
  dueInAll() {
    return this.due + this.feeDue + this.fineDue + this.loanDue;
  }

  // The fine that goes with a pledge of so many satang: as typed or saved; else asked of whoever pays all that is due.
  fineWith(pledge) {
    if (this.typed.has("fine") || this.shown().received) return parseBaht(this.cells.fine.value).satang ?? 0;
    return pledge >= this.due ? this.fineDue : 0;
  }

  // Noted as not there, and no money from anybody: needs no further entry.
  isAbsent() {
    return this.known.version > 0 && !this.known.present && !this.known.received;
  }

  isReceived() {
    return this.shown().received;
  }

  // Still to be entered: no money, not marked absent.
  isOpen() {
    const { received, present } = this.shown();
    return !received && !(this.record ? !present : this.isAbsent());
  }

  isOdd() {
    const fields = this.shown();
    if (!fields.received) return false;
    return parseBaht(fields.pledge).satang !== this.due || parseBaht(fields.loan).satang !== this.loanDue;
  }

  // Saved, but a loan of it was paid or changed elsewhere since: to be looked at and received again.
  isMoved() {
    return this.known.moved && this.record === null;
  }

  needsCare() {
    if (this.record !== null && this.record.state !== "waiting") return true;
    return this.isMoved() || (this.isTouched() && !this.sheet.isCurrent(this));
  }

  isUnsaved() {
    return this.record !== null;
  }

  // ---- typing -------------------------------------------------------------------------------------------------

  touch(name) {
    if (!this.isTouched()) this.base = { version: this.known.version };
    this.typed.add(name);
    if (name === "loan" && this.details?.loans) this.details = { ...this.details, loans: undefined };
    if (name === "pledge" && this.fineDue && !this.typed.has("fine") && !this.shown().received) {
      this.cells.fine.value = cellText(this.fineWith(parseBaht(this.cells.pledge.value).satang ?? 0));
    }
    this.refresh();
  }

  hasAmounts() {
    return this.details !== null || AMOUNTS.some((name) => this.typed.has(name));
  }

  isTouched() {
    return this.typed.size > 0 || this.details !== null;
  }

  setDetails(details) {
    if (!this.isTouched()) this.base = { version: this.known.version };
    this.details = { ...this.details, ...details };
    this.refresh();
  }

  // The fields as they would be saved. `receive`: money came in; otherwise only the attendance is noted.
  fields(receive) {
    const shown = this.shown();
    const fields = { present: this.presence.checked, received: receive };
    for (const name of AMOUNTS) fields[name] = receive ? (this.cells[name]?.value.trim() ?? "") : "";
    fields.method = this.details?.method ?? shown.method;
    fields.slip_ref = this.details?.slip_ref ?? shown.slip_ref;
    const months = this.details?.months ?? (this.typed.has("pledge") ? undefined : shown.months);
    if (receive && months?.length) fields.months = months;
    const loans = this.details?.loans ?? (this.typed.has("loan") ? undefined : shown.loans);
    if (receive && loans?.length) fields.loans = loans;
    if (!receive) Object.assign(fields, { method: "cash", slip_ref: "" });
    return fields;
  }

  // What is to be saved, null if nothing. `receive`: the person said "received" (Enter), not only left the row.
  toSave({ receive }) {
    if (!this.isTouched()) return receive && (this.isOpen() || this.isMoved()) ? this.fields(true) : null;
    const shown = this.shown();
    const isNoted = !shown.received && !this.hasAmounts() && !(receive && this.presence.checked);
    const fields = this.fields(!isNoted);
    const isKept = this.record === null || this.record.state === "waiting";
    return isKept && isEqual(fields, shown) ? null : fields;
  }

  // The row's own operation id, made at its first save.
  operation() {
    this.known.operation ||= newOperation();
    return this.known.operation;
  }

  settleTyping() {
    this.typed.clear();
    this.details = null;
  }

  // Typed and not left when the browser died: put it back as typed, for the person to take or to undo.
  resume({ fields, typed, details, version }) {
    for (const name of this.names) this.cells[name].value = fields[name] ?? "";
    this.presence.checked = fields.present;
    this.typed = new Set(typed);
    this.details = details;
    this.base = { version };
    this.refresh();
  }

  draft() {
    const fields = { present: this.presence.checked };
    for (const name of this.names) fields[name] = this.cells[name].value;
    return { fields, typed: [...this.typed], details: this.details, version: this.base.version };
  }

  // Back to what was there before typing. True if there was something to restore.
  restore() {
    const touched = this.isTouched();
    this.settleTyping();
    this.write();
    return touched;
  }

  // ---- news ---------------------------------------------------------------------------------------------------

  // A row as the server has it. `own`: the answer to what we sent.
  learn(row, { own = false } = {}) {
    if (row.version >= this.known.version) this.known = knownFromAnswer(row);
    if (own) for (const base of [this.base, ...this.keeping]) base.version = Math.max(base.version, row.version);
    if (!this.isTouched()) this.write();
    else this.refresh();
  }

  setRecord(record) {
    this.record = record;
    if (record?.state !== "waiting") this.sending = false;
    if (!this.isTouched()) this.write();
    else this.refresh();
  }

  // ---- showing ------------------------------------------------------------------------------------------------

  write() {
    const fields = this.shown();
    this.presence.checked = fields.present;
    for (const name of this.names) {
      const text = fields[name] ?? "";
      if (this.cells[name].value !== text) this.cells[name].value = text;
    }
    this.refresh();
  }

  // Sentences for what cannot be read, by cell. The server's own sentence, when there is one, stands instead.
  problems() {
    const found = {};
    for (const name of this.names) {
      const read = parseBaht(this.cells[name].value);
      if (read.problem) found[name] = read;
      else if (name === "loan" && read.satang > this.settlement()) found[name] = { problem: "above" };
    }
    return found;
  }

  // What pays all loans of the member off today; without end where only the server can say.
  settlement() {
    return settlementOf(this.loans);
  }

  // One press: as much as pays the loans off.
  settle() {
    if (!this.cells.loan || !Number.isFinite(this.settlement())) return;
    this.cells.loan.value = cellText(this.settlement());
    this.touch("loan");
    this.sheet.draftSoon(this);
  }

  total() {
    let sum = 0;
    for (const name of this.names) sum += parseBaht(this.cells[name].value).satang ?? 0;
    return sum;
  }

  refresh() {
    const shown = this.shown();
    const ink = shown.received || this.hasAmounts();
    const { classList } = this.tr;
    const problems = this.problems();
    const refused = this.record?.state === "wrong" && !this.hasAmounts() ? this.record.problem : {};
    classList.toggle("is-expected", !ink);
    classList.toggle("is-absent", !this.presence.checked);
    const isLeft = this.isTouched() && !this.sheet.isCurrent(this);
    classList.toggle("is-unsaved", isLeft || (this.record?.state === "waiting" && !this.sending));
    classList.toggle("is-wrong", this.record !== null && this.record.state !== "waiting");
    for (const name of this.names) {
      const wrong = name in problems || name in refused;
      const cell = this.cells[name];
      cell.classList.toggle("cell--error", wrong);
      if (wrong) {
        cell.setAttribute("aria-invalid", "true");
        cell.setAttribute("aria-describedby", this.state.id);
      } else if (cell.hasAttribute("aria-invalid")) {
        cell.removeAttribute("aria-invalid");
        cell.removeAttribute("aria-describedby");
      }
    }
    for (const [name, due] of [["pledge", this.due], ["loan", this.loanDue]]) {
      const cell = this.cells[name];
      const odd = ink && cell && !problems[name] && parseBaht(cell.value).satang !== due;
      cell?.classList.toggle("cell--changed", Boolean(odd) && cell.value !== "");
    }
    showMoney(this.sum, this.total());
    this.#notes(shown);
    showState(this, problems, refused);
  }

  // Beside the name: the months a payment names, how it is divided among several loans, a transfer's slip.
  #notes(shown) {
    const method = this.details?.method ?? shown.method;
    const months = this.details?.months ?? (this.typed.has("pledge") ? [] : shown.months ?? []);
    const received = shown.received || this.details !== null;
    const notes = [];
    if (received && months.length && (months.length > 1 || months[0] !== this.sheet.month)) {
      notes.push(word("pays", { months: months.map(monthName).join(", ") }));
    }
    const loans = this.details?.loans ?? (this.typed.has("loan") ? [] : (shown.loans ?? []));
    if (received && loans.length && this.loans.length > 1) notes.push(loansTold(this.loans, loans));
    if (received && method === "transfer") {
      notes.push(word("transfer", { slip: this.details?.slip_ref ?? shown.slip_ref }));
    }
    const text = notes.join(" · ");
    if ((this.note?.textContent ?? "") === text) return;
    this.note ??= this.nameCell.appendChild(element("span", "cell-note"));
    this.note.textContent = text;
  }
}

// A month's pledge as far as the amount due tells it: 0 if the months owed differ, or nothing is due.
function monthlyPledge(due, months) {
  return due % months === 0 ? due / months : 0;
}

function knownFrom(tr, row) {
  const data = tr.dataset;
  const version = Number(data.version ?? 0);
  const received = "received" in data;
  const amounts = Object.fromEntries(AMOUNTS.map((name) => [name, received ? Number(data[name] ?? 0) : 0]));
  return {
    version,
    operation: data.operation ?? "",
    present: row.presence.checked,
    received,
    amounts,
    months: data.months ? data.months.split(" ") : [],
    loans: loansPaid(data.loans),
    moved: "moved" in data,
    method: data.method ?? "cash",
    slip_ref: data.slip ?? "",
    saved_by: data.by ?? "",
    saved_time: data.at ?? "",
  };
}

function knownFromAnswer(row) {
  return {
    version: row.version,
    operation: row.operation,
    present: row.present,
    received: row.received,
    amounts: Object.fromEntries(AMOUNTS.map((name) => [name, row.amounts[name].satang])),
    months: row.months.map(({ month }) => month),
    loans: row.loans.map(([id, { text }]) => [id, text]),
    moved: row.moved,
    method: row.method,
    slip_ref: row.slip_ref,
    saved_by: row.saved_by,
    saved_time: row.saved_time,
  };
}

function isEqual(fields, shown) {
  if (fields.present !== shown.present || fields.received !== shown.received) return false;
  if (!fields.received) return true;
  if (fields.method !== shown.method || fields.slip_ref !== shown.slip_ref) return false;
  if (fields.months && fields.months.join() !== (shown.months ?? []).join()) return false;
  if (fields.loans && loansKey(fields.loans) !== loansKey(shown.loans ?? [])) return false;
  return AMOUNTS.every((name) => parseBaht(fields[name]).satang === parseBaht(shown[name]).satang);
}
