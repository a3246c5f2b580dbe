// What is ticked on each side adds up under its list, so that both sums can be seen to be equal before they are sent.
(() => {
  "use strict";
  const form = document.querySelector("[data-compare]");
  if (!form) return;
  const baht = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: "exceptZero" });
  const show = () => {
    for (const place of form.querySelectorAll("[data-ticked]")) {
      const ticked = [...form.querySelectorAll(`[name="${place.dataset.ticked}"]:checked`)];
      place.hidden = !ticked.length;
      const satang = ticked.reduce((sum, box) => sum + Number(box.dataset.satang), 0);
      place.querySelector("dd").textContent = baht.format(satang / 100).replace("-", "\u2212");
    }
  };
  form.addEventListener("change", show);
  show();
})();
