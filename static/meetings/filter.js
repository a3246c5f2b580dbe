// The chips: all, still to be entered, not as pledged, to be corrected. A row entered under a filter stays in sight
// until the chip is pressed again, so that nothing jumps away under the hand.

const TESTS = {
  all: () => true,
  open: (row) => row.isOpen(),
  odd: (row) => row.isOdd(),
  care: (row) => row.needsCare(),
};

export class Filter {
  constructor(sheet) {
    this.sheet = sheet;
    this.chips = [...sheet.form.querySelectorAll("[data-filter]")];
    this.empty = document.getElementById("sheet-none");
    for (const chip of this.chips) chip.addEventListener("click", () => this.apply(chip.dataset.filter));
  }

  // A page that named who is missing leads here by #open: the list begins with them alone.
  begin() {
    const asked = window.location.hash.slice(1);
    if (asked !== "all" && Object.hasOwn(TESTS, asked)) this.apply(asked);
  }

  apply(name) {
    const matches = TESTS[name];
    let shown = 0;
    for (const row of this.sheet.rows) {
      row.tr.hidden = !matches(row);
      shown += row.tr.hidden ? 0 : 1;
    }
    for (const chip of this.chips) chip.setAttribute("aria-pressed", String(chip.dataset.filter === name));
    if (this.empty) this.empty.hidden = shown > 0;
  }

  showAll() {
    this.apply("all");
  }

  count() {
    for (const chip of this.chips) {
      const count = this.sheet.rows.filter(TESTS[chip.dataset.filter]).length;
      const place = chip.querySelector("[data-count]");
      if (place.textContent !== String(count)) place.textContent = String(count);
    }
  }
}
