// Amounts in the browser: a mirror of thai/money.py, so that a slip of the finger is named at once.
// The server reads every amount again and its word is the one that counts.

export const MAX_SATANG = 99_999_999_99;

const AMOUNT = /^((?:[1-9][0-9]{0,2}(?:,[0-9]{3})+)|0|[1-9][0-9]*)(?:\.([0-9]{1,2}))?$/;
const SHORT_GROUP = /^([1-9][0-9]{0,2}),([0-9]{1,2})$/;
const LONG_FRACTION = /^((?:[1-9][0-9]{0,2}(?:,[0-9]{3})+)|0|[1-9][0-9]*)\.([0-9]{3,})$/;
const WRONG_GROUPS = /^[0-9]{1,3}(?:,[0-9]+)+(?:\.[0-9]{1,2})?$/;
const THAI_ZERO = 0x0e50;

export function westernDigits(text) {
  return text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - THAI_ZERO));
}

// Read an amount as typed. Empty or a dash is nothing, 0. Returns {satang} or {problem, typed, readings}.
export function parseBaht(text = "") {
  const typed = text.replace(/\u00a0/g, " ").trim();
  if (["", "-", "\u2013", "\u2014"].includes(typed)) return { satang: 0 };
  if (/[0-9]/.test(typed) && /[๐-๙]/.test(typed)) return { problem: "unreadable", typed, readings: [] };
  const plain = westernDigits(typed);
  if (/^[-\u2212]/.test(plain) && AMOUNT.test(plain.slice(1).trim())) return { problem: "negative", typed, readings: [] };
  const match = AMOUNT.exec(plain);
  if (!match) return unreadable(typed, plain);
  const satang = toSatang(match[1], match[2] ?? "");
  return satang > MAX_SATANG ? { problem: "too_large", typed, readings: [] } : { satang };
}

function toSatang(baht, satang) {
  const digits = baht.replaceAll(",", "").replace(/^0+/, "");
  if (digits.length > 12) return MAX_SATANG + 1;
  return Number(digits || "0") * 100 + Number(satang.padEnd(2, "0"));
}

function unreadable(typed, plain) {
  let readings = [];
  let match;
  if ((match = LONG_FRACTION.exec(plain))) {
    readings = [toSatang(match[1], match[2].slice(0, 2))];
    if (match[2].length === 3) readings.unshift(toSatang(match[1] + match[2], ""));
    return { problem: "fraction", typed, readings: possible(readings) };
  }
  if ((match = SHORT_GROUP.exec(plain))) {
    readings = [toSatang(match[1] + match[2].padEnd(3, "0"), ""), toSatang(match[1], match[2])];
  } else if (WRONG_GROUPS.test(plain)) {
    const [baht, satang = ""] = plain.split(".");
    readings = [toSatang(baht, satang)];
  }
  return { problem: "unreadable", typed, readings: possible(readings) };
}

function possible(readings) {
  return readings.filter((satang) => satang > 0 && satang <= MAX_SATANG);
}

// 123456 -> "1,234.56"
export function formatBaht(satang) {
  const whole = Math.floor(Math.abs(satang) / 100);
  const rest = String(Math.abs(satang) % 100).padStart(2, "0");
  const grouped = String(whole).replace(/\B(?=([0-9]{3})+$)/g, ",");
  return `${satang < 0 ? "\u2212" : ""}${grouped}.${rest}`;
}

// As a cell shows it: nothing for nothing.
export function cellText(satang) {
  return satang === 0 ? "" : formatBaht(satang);
}

// Write an amount into an element of class "money", satang smaller.
export function showMoney(element, satang) {
  const text = formatBaht(satang);
  if (element.dataset.shown === text) return;
  element.dataset.shown = text;
  const small = document.createElement("span");
  small.className = "money__satang";
  small.textContent = text.slice(-3);
  element.replaceChildren(text.slice(0, -3), small);
}
