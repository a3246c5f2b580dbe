// More about one row: cash or transfer, which months the pledge pays, "not received after all", the household.

import { LoanFields } from "./loans.js";
import { cellText, formatBaht, parseBaht } from "./money.js";
import { monthName, monthsToChoose } from "./months.js";
import { element, word } from "./words.js";

export class DetailsDialog {
  constructor(sheet) {
    this.sheet = sheet;
    this.dialog = document.getElementById("details");
    this.form = this.dialog.querySelector("form");
    this.months = this.dialog.querySelector("[data-part=months]");
    this.sum = this.dialog.querySelector("[data-part=sum]");
    this.slip = this.form.elements.slip_ref;
    this.wanted = this.dialog.querySelector("[data-part=slip-wanted]");
    this.loans = new LoanFields(this.dialog, () => this.#show());
    this.row = null;
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.form.addEventListener("change", () => this.#show());
    this.months.addEventListener("change", () => this.#ticked());
    this.dialog.querySelector("[data-act=take-back]").addEventListener("click", () => this.#takeBack());
    this.dialog.querySelector("[data-act=household]").addEventListener("click", () => this.#household());
    for (const button of this.dialog.querySelectorAll("[data-act=close]")) {
      button.addEventListener("click", () => this.dialog.close());
    }
    this.dialog.addEventListener("close", () => this.#closed());
  }

  open(row) {
    const { sheet, dialog } = this;
    if (sheet.fields.disabled) return;
    sheet.held = true;
    sheet.setCurrent(row);
    this.row = row;
    this.ticked = false;
    const { method, slip_ref } = row.fields(true);
    dialog.querySelector("[data-part=who]").textContent = `${row.number} ${row.name}`;
    this.form.elements.method.value = method;
    this.slip.value = slip_ref;
    this.#listMonths(row);
    this.loans.show(row);
    const family = sheet.rows.filter((one) => row.household && one.household === row.household);
    dialog.querySelector("[data-act=household]").hidden = family.length < 2;
    dialog.querySelector("[data-act=take-back]").hidden = !row.isReceived();
    this.wanted.hidden = true;
    this.#show();
    dialog.showModal();
  }

  #listMonths(row) {
    const fields = row.fields(true);
    const paid = row.isReceived() && !row.typed.has("pledge") ? (fields.months ?? []) : [];
    const choices = monthsToChoose(row, this.sheet.month, paid);
    const count = Math.ceil((parseBaht(row.cells.pledge.value).satang ?? 0) / (row.monthly || 1));
    const chosen = new Set(paid.length ? paid : (row.details?.months ?? choices.slice(0, count)));
    this.months.replaceChildren(
      ...choices.map((month) => {
        const box = element("input", "form-check-input");
        box.type = "checkbox";
        box.name = "month";
        box.value = month;
        box.checked = chosen.has(month);
        const name = element("span", "", monthName(month));
        if (row.owed.includes(month)) name.append(" ", element("span", "owed", word("monthOwed")));
        return element("li", "", element("label", "form-check", box, name));
      }),
    );
  }

  #ticked() {
    this.ticked = true;
    this.#show();
  }

  #chosen() {
    return [...this.months.querySelectorAll("input:checked")].map((box) => box.value);
  }

  #show() {
    const chosen = this.#chosen();
    const { monthly } = this.row;
    const sum = formatBaht(chosen.length * monthly);
    this.sum.textContent = monthly ? word("monthsSum", { count: chosen.length, sum }) : "";
    this.dialog.querySelector("[data-part=slip]").hidden = this.form.elements.method.value !== "transfer";
  }

  #submit(event) {
    event.preventDefault();
    const { row, sheet } = this;
    const method = this.form.elements.method.value;
    const slip_ref = method === "transfer" ? this.slip.value.trim() : "";
    if (method === "transfer" && !slip_ref) {
      this.wanted.hidden = false;
      this.slip.setAttribute("aria-invalid", "true");
      this.slip.focus();
      return;
    }
    this.slip.removeAttribute("aria-invalid");
    const unreadable = this.loans.wrong();
    if (unreadable) {
      unreadable.setAttribute("aria-invalid", "true");
      unreadable.focus();
      unreadable.select();
      return;
    }
    const months = this.#chosen();
    if (this.ticked && row.monthly) {
      row.cells.pledge.value = formatBaht(months.length * row.monthly);
      row.touch("pledge");
    }
    const before = row.fields(true);
    const loans = this.loans.touched ? this.#divide() : null;
    if (this.ticked || loans || method !== before.method || slip_ref !== before.slip_ref) {
      row.setDetails({ method, slip_ref, ...(this.ticked ? { months } : {}), ...(loans ? { loans } : {}) });
      if (row.isReceived()) sheet.save(row, row.fields(true));
      else sheet.draftSoon(row);
    }
    this.dialog.close();
  }

  // The row's cell gets the sum; how it is divided goes with it.
  #divide() {
    const { row } = this;
    row.cells.loan.value = cellText(this.loans.total());
    row.touch("loan");
    return this.loans.parts();
  }

  #takeBack() {
    const { row, sheet } = this;
    sheet.save(row, row.fields(false));
    this.dialog.close();
  }

  #household() {
    const row = this.row;
    this.dialog.close();
    this.sheet.household.open(row);
  }

  #closed() {
    const row = this.row;
    this.sheet.held = false;
    if (!row) return;
    if (!document.querySelector("dialog[open]")) this.sheet.grid.goTo(row, "pledge");
  }
}
