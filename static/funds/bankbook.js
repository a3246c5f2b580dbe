// The bank book typed by keyboard: Enter goes on, arrows go up and down, what is typed is kept a moment later. The server
// answers with the sentence for each line that does not add up; the line being typed is left in peace.
(() => {
  "use strict";
  const PAUSE = 900;
  const AGAIN = 5000;
  const COLUMNS = ["on", "words", "in", "out", "balance"];
  const form = document.querySelector("[data-bankbook]");
  if (!form) return;
  const body = form.querySelector("[data-rows]");
  const pattern = form.querySelector("template[data-row]");
  const sync = form.querySelector("[data-sync]");
  let timer = 0;
  let busy = false;
  let wanted = false;
  let stopped = false;
  let sent = false;

  const say = (name) => { sync.textContent = form.dataset[name] || name; };
  const lines = () => [...body.querySelectorAll("[data-line]")];
  const cell = (line, column) => form.elements[`${column}-${line}`];
  const isEmpty = (row) => [...row.querySelectorAll("input")].every((input) => !input.value.trim());

  const addLine = () => {
    const number = lines().length + 1;
    const made = pattern.content.cloneNode(true);
    for (const node of made.querySelectorAll("*")) {
      for (const name of ["name", "id", "aria-describedby"]) {
        if (node.hasAttribute(name)) node.setAttribute(name, node.getAttribute(name).replace(/-0$/, `-${number}`));
      }
      if (node.hasAttribute("aria-label")) node.setAttribute("aria-label", node.getAttribute("aria-label").replace("0", String(number)));
      for (const name of ["line", "fault"]) if (node.dataset[name] === "0") node.dataset[name] = String(number);
    }
    made.querySelector("th").textContent = String(number);
    body.append(made);
  };

  const showFaults = (faults) => {
    const here = document.activeElement?.closest("[data-line]");
    for (const place of form.querySelectorAll("[data-fault]")) {
      const number = place.dataset.fault;
      const row = body.querySelector(`[data-line="${number}"]`);
      const fault = row && row === here ? "" : faults[number] || "";
      if (number === "0" && document.activeElement === form.elements.opening) continue;
      place.textContent = fault;
      const box = place.closest("tr") || place;
      box.hidden = !fault;
      row?.classList.toggle("is-wrong", Boolean(fault));
    }
  };

  // A session that has ended leads to the sign-in page; what was not kept yet waits in this tab and is typed again by itself.
  const PUT_BY = `bankbook:${location.pathname}`;
  const putBy = () => {
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    sessionStorage.setItem(PUT_BY, JSON.stringify(fields));
  };
  const takeBack = () => {
    const fields = JSON.parse(sessionStorage.getItem(PUT_BY) || "[]");
    sessionStorage.removeItem(PUT_BY);
    for (const [name, value] of fields) {
      while (/^on-\d+$/.test(name) && !form.elements[name] && lines().length < 500) addLine();
      if (form.elements[name]) form.elements[name].value = value;
    }
    if (fields.length) soon();
  };

  const keep = async () => {
    if (stopped) return;
    if (busy) { wanted = true; return; }
    busy = true;
    wanted = false;
    say("saving");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } });
      const said = await answer.json();
      if (answer.status === 401) {
        stopped = true;
        putBy();
        location.assign(said.sign_in);
      } else if (answer.ok) {
        form.elements.version.value = said.version;
        say("saved");
        showFaults(said.faults);
      } else {
        stopped = true; // someone else typed this month meanwhile, or it is finished: reading the sentence comes first
        say(said.error);
      }
    } catch {
      say("failed");
      timer = window.setTimeout(keep, AGAIN);
    }
    busy = false;
    if (wanted) soon();
  };
  const soon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, PAUSE);
  };

  const following = (line, column) => {
    let next = COLUMNS.indexOf(column) + 1;
    if (COLUMNS[next] === "out" && cell(line, "in").value.trim()) next += 1;
    return next < COLUMNS.length ? cell(line, COLUMNS[next]) : cell(line + 1, "on");
  };

  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-line]");
    if (row && row === lines().at(-1) && !isEmpty(row)) addLine();
    soon();
  });
  form.addEventListener("focusout", (event) => { if (event.target.matches(".cell") && event.target.value) soon(); });
  form.addEventListener("keydown", (event) => {
    if (event.isComposing || event.target.tagName !== "INPUT") return;
    const [column, number] = event.target.name.split("-");
    const line = Number(number);
    let goal = null;
    if (event.key === "Enter") goal = line ? following(line, column) || event.target : cell(1, "on");
    else if (line && event.key === "ArrowDown") goal = cell(line + 1, column);
    else if (line && event.key === "ArrowUp") goal = cell(line - 1, column) || form.elements.opening;
    if (!goal) return;
    event.preventDefault();
    goal.focus();
    goal.select();
  });
  form.addEventListener("submit", async (event) => {
    if (sent) return;
    event.preventDefault(); // kept first: what is on its way changes the version, and an ended session shows itself
    const pressed = event.submitter;
    window.clearTimeout(timer);
    wanted = false;
    while (busy) await new Promise((go) => { window.setTimeout(go, 50); });
    await keep();
    window.clearTimeout(timer);
    if (sessionStorage.getItem(PUT_BY)) return;
    sent = stopped = true;
    form.requestSubmit(pressed);
  });
  takeBack();
})();
