// While the first officer's page waits, ask every few seconds whether the second officer has signed on their own phone.
// The header keeps these questions from counting as work, so that an empty room is still signed out.
(() => {
  "use strict";
  const EVERY = 4000;
  const GIVE_UP = 11 * 60 * 1000;
  const waiting = document.querySelector("[data-cosign-state]");
  if (!waiting) return;
  const since = Date.now();
  const ask = async () => {
    if (Date.now() - since > GIVE_UP) return;
    const open = waiting.querySelector(":popover-open");
    if (!document.hidden && !open) {
      try {
        const answer = await fetch(waiting.dataset.cosignState, { headers: { "Satcha-Background": "1" } });
        if (answer.status === 200) {
          window.location.assign(window.location.href);
          return;
        }
        if (answer.status !== 204) return;
      } catch {
        // No network now: ask again.
      }
    }
    window.setTimeout(ask, EVERY);
  };
  window.setTimeout(ask, EVERY);
})();
