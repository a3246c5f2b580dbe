// The last cell of a row: saved, saving, not saved and trying again, changed by someone else, wrong with its sentence.

import { formatBaht, parseBaht } from "./money.js";
import { AMOUNTS } from "./outbox.js";
import { element, icon, word } from "./words.js";

export function showState(row, problems, refused) {
  const key = stateKey(row, problems, refused);
  if (row.stateKey === key) return;
  row.stateKey = key;
  const [kind, image, title, ...more] = stateParts(row, problems, refused);
  const label = element("span", `state state--${kind}`);
  if (image) label.append(icon(image));
  label.append(...title);
  row.state.querySelector(".c-state__text").replaceChildren(label, ...more);
}

// What the word depends on. Where it does not matter whether the row is the current one it does not count: a button
// that is being pressed must not be replaced under the finger.
function stateKey(row, problems, refused) {
  const { record, known, sheet } = row;
  const typed = row.isTouched();
  const current = (typed || !record) && sheet.isCurrent(row);
  return JSON.stringify([
    record?.state, record?.seq, row.sending, known.version, known.received, known.present, known.moved, current, typed,
    problems, refused, sheet.halt, row.presence.checked, row.isReceived() && row.total() === 0,
  ]);
}

function stateParts(row, problems, refused) {
  const wrong = sentences(row, problems, refused);
  if (wrong.length) return ["wrong", "warn", [wrong[0].title], ...wrong.flatMap(({ hint }) => (hint ? [small(hint)] : []))];
  if (row.isTouched()) {
    if (row.sheet.isCurrent(row)) return ["waiting", "pen", [word("typing")]];
    return ["unsaved", "pen", [word("draft")], small(word("draftHint"))];
  }
  const record = row.record;
  switch (record?.state) {
    case "wrong":
      return ["wrong", "warn", [Object.values(record.problem)[0]]];
    case "stranded":
      return ["wrong", "warn", [record.problem.row]];
    case "clash":
      return ["clash", "warn", [word("clash")], compareButton(row, record)];
    case "waiting":
      if (row.sending) return ["saving", "turn", [word("saving")]];
      return ["unsaved", "warn", [word("unsaved")], retryHint(row.sheet)];
  }
  return settledState(row);
}

function settledState(row) {
  if (row.isMoved()) return ["wrong", "warn", [word("moved")], small(word("movedHint"))];
  const { version, received, present } = row.known;
  if (version === 0 || (!received && present)) {
    if (row.sheet.isCurrent(row)) {
      const key = element("kbd", "no-card");
      key.textContent = "Enter";
      return ["waiting", "pen", [key, " ", word("take")]];
    }
    return ["waiting", "", [version === 0 ? word("waiting") : word("attended")]];
  }
  if (received && row.total() > 0) return ["saved", "check", [word("saved")]];
  const isMissed = row.due > 0;
  if (present) return ["saved", "check", [word(isMissed ? "missed" : "saved")]];
  return ["saved", "check", [word(isMissed ? "absent" : "notHere")]];
}

// What is wrong, in the order of the columns; the server's sentence before our own.
function sentences(row, problems, refused) {
  const found = [];
  for (const name of AMOUNTS) {
    if (name in refused) found.push({ title: refused[name] });
    else if (problems[name]?.problem === "above") found.push({ title: word("loanAbove", { most: short(row.settlement()) }) });
    else if (name in problems) found.push(sentence(name, problems[name]));
  }
  return found;
}

function sentence(name, { problem, typed, readings }) {
  const column = word(`column${name[0].toUpperCase()}${name.slice(1)}`);
  if (problem === "negative") return { title: word("negative", { column }) };
  if (problem === "too_large") return { title: word("tooLarge", { column }) };
  const [one, other] = readings.map(short);
  const hint = other ? word("typeEither", { one, other }) : one ? word("typeOne", { one }) : word("typeLike");
  return { title: word("unreadable", { column, typed }), hint };
}

function retryHint(sheet) {
  if (sheet.halt) return small(word("keptHere"));
  const hint = small(word("keptHere"));
  hint.classList.add("retry-in");
  return hint;
}

function compareButton(row, record) {
  const button = element("button", "link-button");
  button.type = "button";
  button.dataset.act = "compare";
  const { mine, theirs } = differing(record);
  button.textContent = word("compare", { mine, theirs });
  return button;
}

// The first amounts that differ, as short as they can be; the sums if only the rest does.
function differing({ fields, theirs }) {
  const own = Object.fromEntries(AMOUNTS.map((name) => [name, fields.received ? (parseBaht(fields[name]).satang ?? 0) : 0]));
  const name = AMOUNTS.find((one) => own[one] !== theirs.amounts[one].satang);
  const mine = name ? own[name] : AMOUNTS.reduce((sum, one) => sum + own[one], 0);
  return { mine: short(mine), theirs: short(name ? theirs.amounts[name].satang : theirs.total.satang) };
}

function short(satang) {
  return formatBaht(satang).replace(/\.00$/, "");
}

function small(text) {
  const hint = element("span", "state__hint small");
  hint.textContent = text;
  return hint;
}
