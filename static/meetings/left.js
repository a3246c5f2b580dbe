// On the pages of meetings: rows typed in this browser that the server does not have. In the open meeting they wait
// for the sheet; those that missed the close are named until a person has seen them.

import { openStore } from "./store.js";
import { readWords, word } from "./words.js";

const AMOUNTS = ["pledge", "special", "fee", "fine", "loan"];

function say(record) {
  const fields = record.fields ?? record.draft.fields;
  const amounts = AMOUNTS.filter((name) => fields[name]).map((name) => `${word(name)} ${fields[name]}`);
  return word("line", { number: record.number, amounts: amounts.join(" · ") || word("notHere") });
}

async function begin() {
  const box = document.getElementById("sheet-left");
  const { place, closed } = box.dataset;
  readWords(box);
  const store = await openStore();
  const records = (await store.all()).filter(({ sheet }) => (closed ? sheet === closed : sheet.startsWith(place)));
  if (!records.length) return;
  const part = box.querySelector(`[data-part=${closed ? "missed" : "waiting"}]`);
  if (closed) {
    part.querySelector("ul").replaceChildren(
      ...records.map((record) => Object.assign(document.createElement("li"), { textContent: say(record) })),
    );
    part.querySelector("[data-act=forget]").addEventListener("click", async () => {
      for (const record of records) await store.remove(record.key);
      box.hidden = true;
    });
  } else {
    const rows = new Set(records.map(({ sheet, number }) => `${sheet}${number}`));
    part.querySelector("p").textContent = word("waiting", { count: rows.size });
  }
  part.hidden = false;
  box.hidden = false;
}

begin();
