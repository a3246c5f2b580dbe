// Two officers saved the same row: both versions side by side, a person chooses.

import { cellText, formatBaht, parseBaht } from "./money.js";
import { AMOUNTS } from "./outbox.js";
import { element, word } from "./words.js";

export class CompareDialog {
  constructor(sheet) {
    this.sheet = sheet;
    this.dialog = document.getElementById("compare");
    this.body = this.dialog.querySelector("tbody");
    this.row = null;
    this.dialog.querySelector("[data-act=mine]").addEventListener("click", () => this.#mine());
    this.dialog.querySelector("[data-act=theirs]").addEventListener("click", () => this.#theirs());
    this.dialog.addEventListener("close", () => this.#closed());
  }

  open(row) {
    const { fields, theirs } = row.record;
    this.row = row;
    this.dialog.querySelector("[data-part=who]").textContent = `${row.number} ${row.name}`;
    this.dialog.querySelector("[data-part=theirs]").textContent = word("theirs", {
      name: theirs.saved_by,
      time: theirs.saved_time,
    });
    this.body.replaceChildren(...lines(fields, theirs));
    this.dialog.showModal();
  }

  async #mine() {
    const { row, sheet } = this;
    const record = await sheet.outbox.insist(row.number);
    row.settleTyping();
    row.setRecord(record);
    this.dialog.close();
    sheet.outbox.flush();
    sheet.changed();
  }

  async #theirs() {
    const { row, sheet } = this;
    const { theirs } = row.record;
    await sheet.outbox.drop(row.number);
    row.settleTyping();
    row.setRecord(null);
    row.learn(theirs);
    this.dialog.close();
    sheet.changed();
  }

  #closed() {
    const row = this.row;
    this.row = null;
    if (row) this.sheet.grid.goTo(row, "pledge");
  }
}

function lines(mine, theirs) {
  const rows = AMOUNTS.map((name) => {
    const satang = parseBaht(mine[name]).satang;
    const own = !mine.received ? "" : satang === undefined ? mine[name] : cellText(satang);
    return [word(`column${name[0].toUpperCase()}${name.slice(1)}`), own, cellText(theirs.amounts[name].satang)];
  });
  const total = AMOUNTS.reduce((sum, name) => sum + (mine.received ? (parseBaht(mine[name]).satang ?? 0) : 0), 0);
  rows.push([word("columnTotal"), formatBaht(total), theirs.total.text]);
  rows.push([word("columnHere"), presence(mine.present), presence(theirs.present)]);
  rows.push([word("columnMethod"), method(mine), method(theirs)]);
  return rows.filter(([, own, other]) => own || other).map(([name, own, other]) => line(name, own, other));
}

function line(name, own, other) {
  const head = element("th", "", name);
  head.scope = "row";
  const tr = element("tr", own === other ? "" : "is-different", head);
  tr.append(element("td", "num", own || "–"), element("td", "num", other || "–"));
  return tr;
}

function presence(present) {
  return word(present ? "here" : "notHere");
}

function method({ method: how, slip_ref: slip }) {
  return how === "transfer" ? word("transfer", { slip }) : word("cash");
}
