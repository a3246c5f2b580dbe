// Live sums under the columns and per pool: what this browser knows, unsent rows included.

import { parseBaht, showMoney } from "./money.js";
import { AMOUNTS } from "./outbox.js";
import { word } from "./words.js";

export class Totals {
  constructor(sheet) {
    this.sheet = sheet;
    this.asked = false;
    this.lastSaved = "";
    this.places = new Map();
    for (const place of document.querySelectorAll("[data-total]")) {
      const name = place.dataset.total;
      this.places.set(name, [...(this.places.get(name) ?? []), place]);
    }
    this.saved = document.getElementById("sync-saved");
    this.unsaved = document.getElementById("sync-unsaved");
    this.time = document.getElementById("sync-time");
  }

  // Once a frame at most: a sweep changes hundreds of rows at once.
  soon() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.show();
    });
  }

  savedAt(time) {
    this.lastSaved = time;
  }

  show() {
    const sums = { pledge: 0, special: 0, fee: 0, fine: 0, loan: 0, cash: 0, transfer: 0, due: 0 };
    const counts = { received: 0, present: 0, saved: 0, unsaved: 0, done: 0 };
    for (const row of this.sheet.rows) {
      const fields = row.shown();
      const isDone = !row.isOpen();
      counts.done += isDone ? 1 : 0;
      counts.saved += row.known.version > 0 && !row.record ? 1 : 0;
      counts.unsaved += row.isUnsaved() ? 1 : 0;
      counts.present += isDone && fields.present ? 1 : 0;
      sums.due += row.dueInAll();
      if (!fields.received) continue;
      for (const name of AMOUNTS) {
        const satang = parseBaht(fields[name]).satang ?? 0;
        sums[name] += satang;
        sums[fields.method] += satang;
      }
    }
    sums.total = sums.cash + sums.transfer;
    sums.operating = sums.pledge + sums.special + sums.fine + sums.loan;
    sums.administrative = sums.fee;
    for (const [name, satang] of Object.entries(sums)) this.#money(name, satang);
    for (const [name, count] of Object.entries(counts)) this.#text(name, String(count));
    this.#sync(counts);
    this.sheet.filter.count();
    this.sheet.rest.show();
  }

  #sync({ saved, unsaved }) {
    setText(this.saved, word("savedCount", { count: saved }));
    setText(this.unsaved, unsaved ? word("unsavedCount", { count: unsaved }) : "");
    setText(this.time, this.lastSaved ? word("savedAt", { time: this.lastSaved }) : "");
  }

  #money(name, satang) {
    for (const place of this.places.get(name) ?? []) showMoney(place, satang);
  }

  #text(name, text) {
    for (const place of this.places.get(name) ?? []) setText(place, text);
  }
}

function setText(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}
