// Percentages moved, everything else follows: each change asks the server for the pieces of the page that depend on it.
// Words and figures come from the server; without this script the button of the form does the same.
(() => {
  "use strict";
  const PAUSE = 250;
  const form = document.querySelector("form[data-trying]");
  if (!form) return;
  const main = document.getElementById("main");
  let timer = 0;
  let latest = 0;
  let going = null;

  const typed = () => {
    const found = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (name !== "csrfmiddlewaretoken") found.append(name, value);
    return found;
  };

  const put = (text) => {
    const read = new DOMParser().parseFromString(text, "text/html");
    for (const piece of read.querySelectorAll("[data-live]")) {
      const place = main.querySelector(`[data-live="${piece.dataset.live}"]`);
      if (place && place.innerHTML !== piece.innerHTML) place.replaceChildren(...piece.childNodes);
    }
    for (const place of form.querySelectorAll('[data-live^="note_"]')) {
      const field = form.elements[place.dataset.live.slice(5)];
      if (!field) continue;
      const isWrong = place.querySelector("[data-wrong]") !== null;
      field.classList.toggle("is-invalid", isWrong);
      if (isWrong) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  };

  // An answer that a later question has overtaken is dropped. Offline: what stands stays, the server decides on sending.
  const ask = async (questions) => {
    const turn = ++latest;
    if (going) going.abort();
    going = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.trying}?${questions}`, {
        headers: { "X-Requested-With": "fetch" },
        signal: going.signal,
      });
      if (!answer.ok || answer.redirected || turn !== latest) return;
      const text = await answer.text();
      if (turn === latest) put(text);
    } catch {
      // overtaken or offline
    }
  };
  const searched = () => main.querySelector('[data-live="members"] input[name="q"]')?.value ?? "";
  const questionsNow = () => {
    const questions = typed();
    if (searched()) questions.append("q", searched());
    return questions;
  };
  const soon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => ask(questionsNow()), PAUSE);
  };

  const slides = [...form.querySelectorAll("[data-moves]")];
  const fieldOf = (slide) => document.getElementById(slide.dataset.moves);
  const western = (text) => text.replace(/[\u0e50-\u0e59]/g, (digit) => String(digit.charCodeAt(0) - 0xe50));
  const follow = (slide) => {
    const value = Number.parseFloat(western(fieldOf(slide).value) || "0");
    if (Number.isFinite(value)) slide.value = String(value);
  };
  for (const slide of slides) {
    follow(slide);
    slide.closest("[data-slide]").hidden = false;
  }

  form.addEventListener("input", (event) => {
    const moved = event.target.dataset.moves;
    if (moved) document.getElementById(moved).value = event.target.value;
    else for (const slide of slides) if (slide.dataset.moves === event.target.id) follow(slide);
    soon();
  });
  form.addEventListener("change", soon);
  form.addEventListener("click", (event) => {
    const fill = event.target.closest("[data-fill]");
    if (!fill) return;
    event.preventDefault();
    const filled = document.getElementById(fill.dataset.fill);
    filled.value = fill.dataset.with;
    for (const slide of slides) follow(slide);
    filled.focus();
    soon();
  });
  // Enter reckons at once; in the field of the name it saves.
  form.addEventListener("submit", (event) => {
    if (!event.submitter || event.submitter.value !== "show") return;
    event.preventDefault();
    const keep = form.querySelector("[data-keep]");
    if (keep && event.submitter.dataset.enter !== undefined && document.activeElement === form.elements.name) {
      window.setTimeout(() => form.requestSubmit(keep)); // not within the sending that was just refused
      return;
    }
    window.clearTimeout(timer);
    ask(questionsNow());
  });
  for (const plain of form.querySelectorAll("[data-plain]")) plain.hidden = true;

  // Pages of the members and the search stay where the eye is.
  main.addEventListener("click", (event) => {
    const link = event.target.closest('[data-live="members"] .pager a');
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    ask(new URL(link.href).searchParams);
  });
  main.addEventListener("submit", (event) => {
    if (!event.target.matches('[data-live="members"] form.search')) return;
    event.preventDefault();
    ask(questionsNow());
  });
})();
