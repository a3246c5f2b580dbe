// What may be borrowed and what it comes to, asked again while the form is typed. Words and figures come from the server.
(() => {
  "use strict";
  const PAUSE = 350;
  const form = document.querySelector("form[data-asking]");
  const place = document.querySelector("[data-asked]");
  if (!form || !place) return;
  let timer = 0;
  let latest = 0;

  const ask = async () => {
    const turn = ++latest;
    const typed = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (name !== "csrfmiddlewaretoken") typed.append(name, value);
    const glue = form.dataset.asking.includes("?") ? "&" : "?";
    try {
      const answer = await fetch(form.dataset.asking + glue + typed, { headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok || answer.redirected || turn !== latest) return;
      const read = new DOMParser().parseFromString(await answer.text(), "text/html");
      place.replaceChildren(...read.body.children);
    } catch {
      // offline: what stands stays, the server decides when the form is sent
    }
  };
  const soon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
})();
