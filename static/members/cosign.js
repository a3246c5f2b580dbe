// While the first officer's page waits, ask every few seconds whether a second officer has signed on their own phone.
// The header keeps these questions from counting as work, so that an empty room is still signed out.
(() => {
  "use strict";
  const EVERY = 4000;
  const GIVE_UP = 11 * 60 * 1000;
  const waiting = [...document.querySelectorAll("[data-cosign-state]:not([data-asking])")];
  const since = Date.now();
  const isSigned = async (box) => {
    const answer = await fetch(box.dataset.cosignState, { headers: { "Satcha-Background": "1" } });
    return answer.status === 200;
  };
  const ask = async () => {
    if (Date.now() - since > GIVE_UP) return;
    const busy = document.hidden || document.querySelector(":popover-open");
    try {
      if (!busy && (await Promise.all(waiting.map(isSigned))).some(Boolean)) {
        window.location.assign(window.location.href);
        return;
      }
    } catch {
      // No network now: ask again.
    }
    window.setTimeout(ask, EVERY);
  };
  for (const box of waiting) box.dataset.asking = "1";
  if (waiting.length) window.setTimeout(ask, EVERY);
})();
