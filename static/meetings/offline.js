// On the page for no connection: how many rows wait here; back to the page asked for as soon as the server answers.

import { openStore } from "./store.js";
import { readWords, word } from "./words.js";

const PAUSE = 10_000;

async function count() {
  const records = await (await openStore()).all();
  const rows = new Set(records.map((record) => `${record.sheet}${record.number}`));
  const text = rows.size ? word("kept", { count: rows.size }) : word("none");
  document.getElementById("offline-count").textContent = text;
}

async function again() {
  try {
    await fetch(location.href, { method: "HEAD", redirect: "manual", headers: { "Satcha-Background": "1" } });
    location.reload();
  } catch {
    setTimeout(again, PAUSE);
  }
}

readWords(document.getElementById("offline"));
count();
window.addEventListener("online", () => location.reload());
// Opened at its own address it has nowhere to go back to.
if (!location.pathname.startsWith("/offline/")) setTimeout(again, PAUSE);
