// Loans of one member on the sheet: what is due, what pays them off, how a sum is divided. The server lays and checks
// every amount again and its word is the one that counts.

import { cellText, formatBaht, parseBaht } from "./money.js";
import { element, word } from "./words.js";

// "7:%E0%B8%81.1%2F2569:110000:1010000 ..." -> [{id, number, due, settlement}, ...]
export function owedLoans(text = "") {
  return text.split(" ").filter(Boolean).map((part) => {
    const [id, number, due, settlement] = part.split(":");
    return { id: Number(id), number: decodeURIComponent(number), due: Number(due), settlement: Number(settlement) };
  });
}

// "7:110000 9:40000" -> [[7, "1,100.00"], [9, "400.00"]], as it is sent
export function loansPaid(text = "") {
  return text.split(" ").filter(Boolean).map((part) => {
    const [id, satang] = part.split(":").map(Number);
    return [id, formatBaht(satang)];
  });
}

// A loan that was paid for a later day already has no settlement here: the server says why it cannot be paid.
export function settlementOf(loans) {
  if (loans.some(({ settlement }) => settlement === 0)) return Infinity;
  return loans.reduce((sum, { settlement }) => sum + settlement, 0);
}

// As the server lays it: what is due first, the one due the longest first; the rest towards paying off.
export function lay(satang, loans) {
  const parts = new Map(loans.map(({ id }) => [id, 0]));
  let rest = satang;
  for (const most of ["due", "settlement"]) {
    for (const loan of loans) {
      const part = Math.min(rest, Math.max(loan[most] - parts.get(loan.id), 0));
      parts.set(loan.id, parts.get(loan.id) + part);
      rest -= part;
    }
  }
  return parts;
}

export function loansTold(loans, paid) {
  const names = new Map(loans.map(({ id, number }) => [id, number]));
  return paid.map(([id, text]) => word("paysLoan", { number: names.get(id) ?? "", sum: text })).join(" · ");
}

// The loans of a row in its panel: each with what is due, a field, and one press that pays it off.
export class LoanFields {
  constructor(dialog, changed) {
    this.box = dialog.querySelector("[data-part=loans-box]");
    this.list = dialog.querySelector("[data-part=loans]");
    this.together = dialog.querySelector("[data-part=loans-sum]");
    this.changed = changed;
    this.inputs = new Map();
    this.list.addEventListener("input", () => this.#typed());
    this.list.addEventListener("click", ({ target }) => this.#payOff(target.closest("[data-loan]")));
  }

  show(row) {
    this.touched = false;
    this.row = row;
    this.box.hidden = row.loans.length === 0;
    const chosen = new Map(row.fields(true).loans ?? []);
    const laid = lay(parseBaht(row.cells.loan?.value).satang ?? 0, row.loans);
    this.inputs = new Map();
    this.list.replaceChildren(
      ...row.loans.map((loan) => this.#line(loan, chosen.size ? (chosen.get(loan.id) ?? "") : cellText(laid.get(loan.id)))),
    );
    this.#sum();
  }

  #line(loan, text) {
    const input = element("input", "form-control form-control--money");
    input.value = text;
    input.inputMode = "decimal";
    input.autocomplete = "off";
    input.id = `loan-${loan.id}`;
    this.inputs.set(loan.id, input);
    const label = element("label", "form-label", word("loanNumber", { number: loan.number }));
    label.htmlFor = input.id;
    const due = element("span", "form-text", word("loanDue", { sum: formatBaht(loan.due) }));
    const button = element("button", "btn btn-secondary btn-sm", word("payOff", { sum: formatBaht(loan.settlement) }));
    button.type = "button";
    button.dataset.loan = String(loan.id);
    button.hidden = loan.settlement === 0;
    return element("li", "loan-part", label, due, element("span", "loan-part__fields", input, button));
  }

  #typed() {
    this.touched = true;
    this.#sum();
    this.changed();
  }

  #payOff(button) {
    if (!button) return;
    const loan = this.row.loans.find(({ id }) => id === Number(button.dataset.loan));
    this.inputs.get(loan.id).value = formatBaht(loan.settlement);
    this.#typed();
  }

  #sum() {
    this.together.textContent = word("loansSum", { sum: formatBaht(this.total()) });
    this.together.hidden = this.row.loans.length < 2;
  }

  total() {
    return [...this.inputs.values()].reduce((sum, input) => sum + (parseBaht(input.value).satang ?? 0), 0);
  }

  // The first field that cannot be read.
  wrong() {
    return [...this.inputs.values()].find((input) => parseBaht(input.value).problem);
  }

  parts() {
    return [...this.inputs].map(([id, input]) => [id, input.value.trim()]).filter(([, text]) => parseBaht(text).satang);
  }
}
