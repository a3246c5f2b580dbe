// A slip's QR code carries the code behind the #, which a browser sends to nobody: put it into the field, take it out of
// the address, and so out of the history. Without scripts the code is typed from the slip.
(() => {
  "use strict";
  const field = document.getElementById("id_code");
  const fill = () => {
    const found = /^#code=([A-Za-z0-9]{8})$/.exec(window.location.hash);
    if (!found || !field) return;
    field.value = found[1];
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
  };
  window.addEventListener("hashchange", fill);
  fill();
})();
