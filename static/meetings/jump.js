// "/" and a number or part of a name: the matching members in a list, arrows choose, Enter goes there.

import { westernDigits } from "./money.js";
import { element, word } from "./words.js";

const MOST = 8;

export class Jump {
  constructor(sheet) {
    this.sheet = sheet;
    this.input = document.getElementById("jump");
    this.list = document.getElementById("jump-list");
    this.from = null;
    this.chosen = 0;
    this.matches = [];
    if (!this.input) return;
    this.input.addEventListener("input", () => this.#search());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => this.#close());
    this.list.addEventListener("pointerdown", (event) => this.#picked(event));
  }

  open(from = null) {
    this.from = from;
    this.input.value = "";
    this.input.focus({ preventScroll: true }); // it stays in sight by itself
  }

  find(text) {
    const wanted = plain(westernDigits(text));
    if (!wanted) return [];
    const { rows } = this.sheet;
    if (/^[0-9]+$/.test(wanted)) {
      const number = Number(wanted);
      const exact = rows.filter((row) => row.number === number);
      return [...exact, ...rows.filter((row) => row.number !== number && String(row.number).startsWith(wanted))];
    }
    return rows.filter((row) => plain(row.name).includes(wanted));
  }

  #search() {
    const found = this.find(this.input.value);
    this.matches = found.slice(0, MOST);
    this.chosen = 0;
    const options = this.matches.map((row, index) => this.#option(row, index));
    if (found.length > MOST) options.push(note(word("moreFound", { count: found.length - MOST })));
    if (!found.length && plain(this.input.value)) options.push(note(word("noneFound")));
    this.list.replaceChildren(...options);
    this.list.hidden = options.length === 0;
    this.input.setAttribute("aria-expanded", String(this.matches.length > 0));
    this.#mark();
  }

  #option(row, index) {
    const number = element("span", "jump-list__no", String(row.number));
    const option = element("li", "jump-list__option", number, row.name);
    option.id = `jump-${index}`;
    option.setAttribute("role", "option");
    option.dataset.index = String(index);
    return option;
  }

  #mark() {
    [...this.list.querySelectorAll("[role=option]")].forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === this.chosen));
    });
    if (this.matches.length) this.input.setAttribute("aria-activedescendant", `jump-${this.chosen}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    const count = this.matches.length;
    if (event.key === "ArrowDown" && count) this.chosen = (this.chosen + 1) % count;
    else if (event.key === "ArrowUp" && count) this.chosen = (this.chosen + count - 1) % count;
    else if (event.key === "Enter") this.#go(this.matches[this.chosen]);
    else if (event.key === "Escape") this.#go(this.from ?? this.sheet.current);
    else return;
    event.preventDefault();
    this.#mark();
  }

  #picked(event) {
    const index = event.target.closest("[role=option]")?.dataset.index;
    event.preventDefault();
    if (index !== undefined) this.#go(this.matches[Number(index)]);
  }

  #go(row) {
    if (!row) return;
    this.input.value = "";
    this.#close();
    this.sheet.grid.lastKey = "";
    this.sheet.grid.goTo(row, "pledge");
  }

  #close() {
    this.list.hidden = true;
    this.list.replaceChildren();
    this.matches = [];
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

function plain(text) {
  return text.normalize("NFC").replace(/[\s\u00a0.]+/g, "").toLowerCase();
}

function note(text) {
  const item = element("li", "jump-list__note", text);
  item.setAttribute("role", "presentation");
  return item;
}
