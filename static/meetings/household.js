// One household at the table: its rows, one sum, the money given and the change. Still one receipt a member.

import { formatBaht, parseBaht, showMoney } from "./money.js";
import { element, word } from "./words.js";

export class HouseholdDialog {
  constructor(sheet) {
    this.sheet = sheet;
    this.dialog = document.getElementById("household");
    this.form = this.dialog.querySelector("form");
    this.list = this.dialog.querySelector("tbody");
    this.given = this.form.elements.given;
    this.message = this.dialog.querySelector("[data-part=message]");
    this.lines = [];
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.form.addEventListener("input", () => this.#show());
    this.dialog.querySelector("[data-act=close]").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => this.#closed());
  }

  open(row) {
    const { sheet } = this;
    sheet.held = false;
    this.row = row;
    this.lines = sheet.rows.filter((one) => one.household === row.household).map((one) => new Line(one));
    this.list.replaceChildren(...this.lines.map((line) => line.tr));
    this.dialog.querySelector("table").classList.toggle("has-loans", this.lines.some((line) => line.row.loans.length > 0));
    this.given.value = "";
    this.#say("");
    this.#show();
    this.dialog.showModal();
    this.given.focus();
  }

  #taken() {
    return this.lines.filter((line) => line.box?.checked);
  }

  #sum() {
    return this.#taken().reduce((sum, line) => sum + line.total(), 0);
  }

  #show() {
    const sum = this.#sum();
    const given = parseBaht(this.given.value);
    const back = this.given.value.trim() && given.satang !== undefined ? given.satang - sum : null;
    showMoney(this.dialog.querySelector("[data-part=sum]"), sum);
    const change = this.dialog.querySelector("[data-part=change]");
    change.textContent = back === null ? "–" : formatBaht(Math.abs(back));
    const label = this.dialog.querySelector("[data-part=change-label]");
    label.textContent = word(back !== null && back < 0 ? "short" : "change");
    this.dialog.querySelector("[data-part=change-row]").classList.toggle("is-short", back !== null && back < 0);
    const take = this.dialog.querySelector("[type=submit]");
    take.textContent = word("takeHousehold", { count: this.#taken().length });
    take.disabled = this.#taken().length === 0;
    return back;
  }

  #say(text) {
    this.message.hidden = !text;
    this.message.querySelector("p").textContent = text;
  }

  async #submit(event) {
    event.preventDefault();
    const { sheet } = this;
    const taken = this.#taken();
    const wrong = taken.flatMap((line) => line.fields()).find((field) => parseBaht(field.value).problem);
    if (wrong) return this.#refuse(wrong, word("cannotRead", { typed: wrong.value }));
    if (parseBaht(this.given.value).problem) return this.#refuse(this.given, word("cannotRead", { typed: this.given.value }));
    if (this.#show() < 0) return this.#refuse(this.given, word("givenShort"));
    for (const line of taken) line.write();
    const isFree = taken.every((line) => line.row.record === null) && !sheet.outbox.retryAt;
    const answer = isFree ? await this.#post(taken) : { kind: "failed" };
    if (answer.kind === "saved") {
      for (const line of taken) {
        line.row.settleTyping();
        sheet.outbox.dropDraft(line.row.number);
      }
      for (const row of answer.body.rows) sheet.byNumber.get(row.number)?.learn(row, { own: true });
      sheet.changed();
    } else if (answer.kind === "wrong") {
      return this.#refused(answer.body.errors ?? { row: answer.body.message });
    } else {
      // No line, or somebody was faster: each row goes its own way through the outbox, with the same operation ids.
      for (const line of taken) sheet.save(line.row, line.row.fields(true));
    }
    this.dialog.close();
  }

  #post(taken) {
    const rows = taken.map(({ row }) => ({
      number: row.number,
      operation: row.operation(),
      version: row.base.version,
      ...row.fields(true),
    }));
    return this.sheet.server.saveHousehold(this.row.number, { given: this.given.value.trim(), rows });
  }

  #refused(errors) {
    const perRow = Object.entries(errors.rows ?? {}).map(([number, fields]) => `${number}: ${Object.values(fields).join(" ")}`);
    const others = Object.entries(errors).flatMap(([name, text]) => (name === "rows" ? [] : [text]));
    this.#say([...others, ...perRow].join(" "));
  }

  #refuse(field, sentence) {
    this.#say(sentence);
    field.focus();
    field.select();
  }

  #closed() {
    for (const line of this.lines) if (line.row.isTouched() && !line.written) line.row.restore();
    this.lines = [];
    this.sheet.grid.goTo(this.row, "pledge");
  }
}

// A member of the household in the dialog; what was received already stands there without a tick.
class Line {
  constructor(row) {
    this.row = row;
    this.written = row.isTouched();
    const head = element("th", "", `${row.number} ${row.name}`);
    head.scope = "row";
    this.tr = element("tr", "", head);
    if (!row.isReceived()) {
      this.box = element("input", "form-check-input");
      this.box.type = "checkbox";
      this.box.checked = true;
      this.box.setAttribute("aria-label", word("takeOne", { number: row.number }));
      this.pledge = this.#field("pledge", row.due);
      this.loan = row.cells.loan ? this.#field("loan", row.loanDue) : null;
      this.tr.prepend(element("td", "", this.box));
      this.tr.append(element("td", "num", this.pledge), element("td", "num c-loan", ...(this.loan ? [this.loan] : [])));
    } else {
      this.tr.prepend(element("td", ""));
      this.tr.append(element("td", "num", formatBaht(row.total()), element("span", "tbl__note", word("saved"))));
      this.tr.append(element("td", "num c-loan"));
    }
  }

  #field(name, due) {
    const { row } = this;
    const field = element("input", "form-control form-control--money");
    field.value = row.cells[name].value || formatBaht(row.isAbsent() ? due : 0);
    field.inputMode = "decimal";
    field.autocomplete = "off";
    field.setAttribute("aria-label", `${word(`column${name[0].toUpperCase()}${name.slice(1)}`)} ${row.number}`);
    return field;
  }

  fields() {
    return this.loan ? [this.pledge, this.loan] : [this.pledge];
  }

  total() {
    const { cells } = this.row;
    const others = ["special", "fee"].reduce((sum, name) => sum + (parseBaht(cells[name].value).satang ?? 0), 0);
    const pledge = parseBaht(this.pledge.value).satang ?? 0;
    const loan = this.loan ? (parseBaht(this.loan.value).satang ?? 0) : 0;
    return pledge + this.row.fineWith(pledge) + others + loan;
  }

  write() {
    const { row, pledge } = this;
    this.written = true;
    if (parseBaht(row.cells.pledge.value).satang !== parseBaht(pledge.value).satang) row.cells.pledge.value = pledge.value;
    row.touch("pledge");
    if (this.loan && parseBaht(row.cells.loan.value).satang !== parseBaht(this.loan.value).satang) {
      row.cells.loan.value = this.loan.value;
      row.touch("loan");
    }
  }
}
