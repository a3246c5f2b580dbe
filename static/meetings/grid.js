// Keys and fingers on the sheet: Enter receives and goes on, arrows and Tab move as in a spreadsheet.

import { AMOUNTS } from "./outbox.js";

const COLUMNS = ["present", ...AMOUNTS];
const PAGE = 10;
const DESK = window.matchMedia("(min-width: 64rem)");

export class Grid {
  constructor(sheet) {
    this.sheet = sheet;
    this.home = "pledge"; // the column where Enter goes on: the one where entering this row began
    this.lastKey = "";
    const { body } = sheet;
    body.addEventListener("keydown", (event) => this.#key(event));
    body.addEventListener("focusin", (event) => this.#focused(event));
    body.addEventListener("focusout", (event) => this.#left(event));
    body.addEventListener("input", (event) => this.#typed(event));
    body.addEventListener("change", (event) => this.#ticked(event));
    body.addEventListener("click", (event) => this.#clicked(event));
    body.addEventListener("pointerdown", () => {
      this.lastKey = "";
    });
    sheet.form.addEventListener("submit", (event) => event.preventDefault());
    document.getElementById("receive-next")?.addEventListener("click", () => this.receiveNext());
    document.addEventListener("keydown", (event) => this.#anywhere(event));
    document.addEventListener("visibilitychange", () => this.#hidden());
    window.addEventListener("pagehide", () => this.#hidden());
  }

  // The first member still to be entered; on a desk the cursor stands in the pledge cell.
  begin() {
    const row = this.sheet.rows.find((one) => one.isOpen()) ?? this.sheet.rows[0];
    if (!row) return;
    if (row === this.sheet.rows[0] && !DESK.matches) this.sheet.setCurrent(row);
    else this.goTo(row, "pledge", { focus: DESK.matches });
  }

  goTo(row, column = "pledge", { focus = true } = {}) {
    if (row.tr.hidden) this.sheet.filter.showAll();
    this.sheet.setCurrent(row);
    if (focus) (this.cell(row, column) ?? row.cells.pledge).focus();
    else row.tr.scrollIntoView({ block: "center" });
  }

  cell(row, column) {
    return column === "present" ? row.presence : row.cells[column];
  }

  // Where the cursor goes in a row: the same column, where the row has it.
  into(row, column) {
    (this.cell(row, column) ?? row.cells.pledge).focus();
  }

  columnOf(target, row) {
    return target === row.presence ? "present" : AMOUNTS.find((name) => row.cells[name] === target);
  }

  neighbour(row, step, column = "pledge") {
    const visible = this.sheet.rows.filter((one) => one === row || (!one.tr.hidden && this.cell(one, column)));
    const index = visible.indexOf(row) + step;
    return visible[Math.max(0, Math.min(visible.length - 1, index))];
  }

  // The button under the thumb: receive the open card, open the next one still to be entered.
  receiveNext() {
    const { sheet } = this;
    const row = sheet.current;
    if (row && !sheet.receive(row)) {
      row.tr.scrollIntoView({ block: "center" });
      return;
    }
    const { rows } = sheet;
    const from = row ? rows.indexOf(row) + 1 : 0;
    const next = [...rows.slice(from), ...rows.slice(0, from)].find((one) => one.isOpen());
    if (next) this.goTo(next, "pledge", { focus: false });
    else sheet.setCurrent(null);
  }

  #focused({ target }) {
    const row = this.sheet.rowOf(target);
    if (!row) return;
    if (this.sheet.current !== row || this.lastKey !== "Tab") this.home = this.columnOf(target, row) ?? this.home;
    if (this.home === "present") this.home = "pledge";
    this.sheet.setCurrent(row);
    if (target.classList.contains("cell")) target.select();
  }

  #left({ relatedTarget }) {
    const row = this.sheet.current;
    if (!row || this.sheet.body.contains(relatedTarget)) return;
    if (document.hasFocus()) this.sheet.leave(row);
    else this.sheet.draftNow(row);
  }

  #hidden() {
    if (document.hidden && this.sheet.current) this.sheet.draftNow(this.sheet.current);
  }

  #typed({ target }) {
    const row = this.sheet.rowOf(target);
    if (!row || !target.classList.contains("cell")) return;
    row.touch(this.columnOf(target, row));
    this.sheet.draftSoon(row);
  }

  #ticked({ target }) {
    const row = this.sheet.rowOf(target);
    if (!row || target !== row.presence) return;
    row.touch("present");
    this.sheet.draftSoon(row);
    if (document.activeElement !== target) this.sheet.leave(row);
  }

  #clicked({ target }) {
    const row = this.sheet.rowOf(target);
    if (!row) return;
    const act = target.closest("[data-act]")?.dataset.act;
    if (act === "compare") this.sheet.compare.open(row);
    else if (act === "details") this.sheet.details.open(row);
    else if (act === "settle") this.#settle(row);
    else if (!DESK.matches) this.sheet.setCurrent(row);
    else if (!target.closest("input, button, a")) this.goTo(row, "pledge");
  }

  #anywhere(event) {
    const isTyping = event.target.closest("input, textarea, select, dialog[open]");
    if (event.key === "/" && !isTyping) {
      event.preventDefault();
      this.sheet.jump.open();
    }
  }

  #key(event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const { target, key } = event;
    const row = this.sheet.rowOf(target);
    this.lastKey = key;
    const column = row && this.columnOf(target, row);
    if (!column) return;
    if (this.#act(event, row, column)) event.preventDefault();
  }

  // True if the key was ours.
  #act(event, row, column) {
    const { key, code, shiftKey } = event;
    if (isSlash(event)) return this.sheet.jump.open(row), true;
    if (key === "+" || code === "NumpadAdd") return this.sheet.details.open(row), true;
    if (isEquals(event)) return this.#settle(row), true;
    switch (key) {
      case "Enter":
        return this.#enter(row, column, shiftKey), true;
      case "ArrowUp":
        return this.#move(row, column, -1), true;
      case "ArrowDown":
        return this.#move(row, column, 1), true;
      case "PageUp":
        return this.#move(row, column, -PAGE), true;
      case "PageDown":
        return this.#move(row, column, PAGE), true;
      case "ArrowLeft":
        return this.#sideways(event.target, row, column, -1);
      case "ArrowRight":
        return this.#sideways(event.target, row, column, 1);
      case "Escape":
        this.sheet.restore(row);
        event.target.select?.();
        return true;
      case " ":
        return this.#toggle(row, column);
    }
    return false;
  }

  #enter(row, column, back) {
    if (back) {
      this.#move(row, column, -1);
      return;
    }
    if (!this.sheet.receive(row)) {
      const [wrong] = Object.keys(row.problems());
      row.cells[wrong].focus();
      row.cells[wrong].select();
      return;
    }
    const next = this.neighbour(row, 1);
    if (next === row) this.cell(row, this.home).select?.();
    this.into(next, this.home);
  }

  #move(row, column, step) {
    const next = this.neighbour(row, step, column);
    if (next !== row) this.into(next, column);
  }

  // In a cell that is being typed in the arrow moves the cursor; at its edge, or with all selected, to the next cell.
  #sideways(target, row, column, step) {
    if (column !== "present") {
      const { selectionStart, selectionEnd, value } = target;
      const isWhole = selectionStart === 0 && selectionEnd === value.length;
      const edge = step < 0 ? 0 : value.length;
      if (!isWhole && !(selectionStart === edge && selectionEnd === edge)) return false;
    }
    const next = COLUMNS[COLUMNS.indexOf(column) + step];
    if (next) this.cell(row, next)?.focus();
    return true;
  }

  // "=" pays the member's loans off: the sum stands in the cell, Enter receives it.
  #settle(row) {
    if (!row.cells.loan) return;
    row.settle();
    row.cells.loan.focus();
  }

  // Space ticks the attendance from every cell; in the box itself the browser does it.
  #toggle(row, column) {
    if (column === "present") return false;
    row.presence.checked = !row.presence.checked;
    row.touch("present");
    this.sheet.draftSoon(row);
    return true;
  }
}

// On a Thai keyboard the same key writes ช, which no amount contains.
function isEquals({ key, code, shiftKey }) {
  return key === "=" || (code === "Equal" && !shiftKey);
}

// On a Thai keyboard the same key writes ฝ, which no amount contains.
function isSlash({ key, code, shiftKey }) {
  return key === "/" || (code === "Slash" && !shiftKey) || code === "NumpadDivide";
}
