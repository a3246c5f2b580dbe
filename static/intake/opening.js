// What is left over as undivided profit, worked out again while an amount is typed. The server has the last word.
"use strict";
(() => {
  const form = document.querySelector("form[data-opening]");
  const shown = form && form.querySelector("[data-left]");
  if (!shown) return;
  const thai = "๐๑๒๓๔๕๖๗๘๙";
  const satang = (text) => {
    const plain = text.replace(/[๐-๙]/g, (digit) => thai.indexOf(digit)).replace(/[,\s]/g, "");
    return /^[0-9]{0,10}(\.[0-9]{0,2})?$/.test(plain) && plain ? Math.round(Number(plain) * 100) : 0;
  };
  // What there is adds to what is left over; savings, debts and funds take from it. A code names its side.
  const side = (field) => {
    if (field.dataset.amount === "brought") return 1;
    if (field.dataset.amount === "amount") {
      const code = form.elements.code;
      if (!code) return 0;
      return code.value[0] !== "O" ? 0 : code.value[1] === "1" ? 1 : -1;
    }
    return field.dataset.amount === "pledge" ? 0 : -1;
  };
  const fields = [...form.querySelectorAll("[data-amount]")];
  const sum = () => fields.reduce((total, field) => total + side(field) * satang(field.value), 0);
  const before = Number(form.dataset.opening) - sum();
  const print = () => {
    const left = before + sum();
    const [baht, part] = (Math.abs(left) / 100).toFixed(2).split(".");
    shown.textContent = (left < 0 ? "-" : "") + baht.replace(/\B(?=(\d{3})+$)/g, ",") + "." + part;
  };
  form.addEventListener("input", print);
  form.addEventListener("change", print);
})();
