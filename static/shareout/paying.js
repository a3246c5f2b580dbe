// The sheet of payments by keys alone: "/" finds, Enter goes to a member, Enter again pays in cash. Each press is saved
// by the server at once; words and figures come from there. Without this script the same buttons send the page.

const form = document.getElementById("pay-sheet");
const jump = document.getElementById("pay-jump");
const said = document.getElementById("pay-said");
const waiting = document.getElementById("pay-waiting");
const THAI_ZERO = 0x0e50;

const rows = () => [...form.querySelectorAll("tbody tr")];
const plain = (text) => text.normalize("NFC").replace(/[\s\u00a0\u2060.]+/g, "").toLowerCase()
  .replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - THAI_ZERO));
const place = (row) => row.querySelector("button[name=pay]") ?? row.querySelector("a, button");

function find(text) {
  const wanted = plain(text);
  if (!wanted) return null;
  if (/^[0-9]+$/.test(wanted)) return rows().find((row) => row.dataset.number === String(Number(wanted))) ?? null;
  return rows().find((row) => plain(row.dataset.name).includes(wanted)) ?? null;
}

function goTo(row) {
  row.scrollIntoView({ block: "nearest" });
  place(row)?.focus({ preventScroll: true });
}

function total() {
  const cell = form.querySelector("[data-total] .money") ?? form.querySelector("[data-total]");
  if (!cell) return;
  const satang = rows().reduce((sum, row) => sum + Number(row.dataset.free), 0);
  const text = (satang / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const small = cell.querySelector(".money__satang");
  if (!small) { cell.textContent = text; return; }
  const [baht, rest] = text.split(".");
  cell.replaceChildren(baht, small);
  small.textContent = `.${rest}`;
}

async function send(button) {
  const sent = new FormData(form, button);
  sent.delete("member");
  sent.delete("everyone");
  const row = button.closest("tr");
  row.setAttribute("aria-busy", "true");
  button.disabled = true;
  try {
    const answer = await fetch(location.pathname, {
      method: "POST", body: sent, headers: { "X-Requested-With": "fetch" }, redirect: "error",
    });
    if (![200, 409].includes(answer.status)) throw new Error(String(answer.status));
    show(await answer.json(), row, button.name);
  } catch {
    button.disabled = false;
    row.removeAttribute("aria-busy");
    said.textContent = form.dataset.failed;
    button.focus({ preventScroll: true });
  }
}

function show(answer, row, act) {
  const read = document.createElement("template");
  if (answer.row) {
    read.innerHTML = answer.row;
    const fresh = read.content.querySelector("tr");
    row.replaceWith(fresh);
    said.textContent = answer.said;
    if (act === "pay" && !answer.said) { jump.value = ""; jump.focus({ preventScroll: true }); } else place(fresh)?.focus({ preventScroll: true });
  }
  read.innerHTML = answer.waiting;
  waiting.replaceChildren(...read.content.children);
  total();
}

function step(from, by) {
  const all = rows();
  const next = all[all.indexOf(from.closest("tr")) + by];
  if (next) goTo(next);
}

if (form && jump) {
  form.addEventListener("submit", (event) => {
    if (!["pay", "back"].includes(event.submitter?.name)) return;
    event.preventDefault();
    send(event.submitter);
  });
  form.addEventListener("keydown", (event) => {
    const inRow = event.target.closest("tbody tr");
    if (inRow && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      step(inRow, event.key === "ArrowDown" ? 1 : -1);
    }
  });
  jump.addEventListener("keydown", (event) => {
    const row = event.key === "Enter" ? find(jump.value) : null;
    if (!row) return; // whoever is not on this page is looked for by the server
    event.preventDefault();
    said.textContent = "";
    goTo(row);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input, select, textarea")) return;
    event.preventDefault();
    jump.focus();
  });
}
