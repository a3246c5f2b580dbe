// The count adds itself up while it is typed. What the books expect is not on this page.
import { formatBaht, westernDigits } from "./money.js";

const table = document.getElementById("count");

function pieces(input) {
  const typed = westernDigits(input.value.trim());
  return /^[0-9]{1,5}$/.test(typed) ? Number(typed) : 0;
}

function reckon() {
  let total = 0;
  for (const row of table.querySelectorAll("tbody tr")) {
    const satang = pieces(row.querySelector("input")) * Number(row.dataset.value);
    row.querySelector("[data-sum]").textContent = satang ? formatBaht(satang) : "";
    total += satang;
  }
  table.querySelector("[data-total]").textContent = formatBaht(total);
}

function goOn(event) {
  if (event.key !== "Enter" && event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const inputs = [...table.querySelectorAll("input")];
  const next = inputs[inputs.indexOf(event.target) + (event.key === "ArrowUp" ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.select();
}

table.addEventListener("input", reckon);
table.addEventListener("keydown", goOn);
reckon();
