// Months as "2026-10", named as the page names them: ต.ค. 2569.

import { word } from "./words.js";

const BUDDHIST_ERA = 543;
const AHEAD = 12;

export function monthName(month) {
  const [year, number] = month.split("-").map(Number);
  return `${word("months").split("|")[number - 1]}\u00a0${year + BUDDHIST_ERA}`;
}

export function addMonths(month, count) {
  const [year, number] = month.split("-").map(Number);
  const index = year * 12 + number - 1 + count;
  return `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}`;
}

// What a payment tonight may be for: what is owed, this month, a year in advance.
export function monthsToChoose({ owed, due }, meetingMonth, paid) {
  const months = new Set([...owed, ...paid]);
  if (due > 0) months.add(meetingMonth);
  for (let count = 1; count <= AHEAD; count += 1) months.add(addMonths(meetingMonth, count));
  return [...months].sort();
}
