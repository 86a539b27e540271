// The report's form is saved in place: answers with an error are shown as well, and the place on the page stays,
// unless something needs attention elsewhere.
(() => {
  let refused = false;
  let from = "";
  document.addEventListener("htmx:beforeRequest", () => { from = location.pathname; });
  document.addEventListener("htmx:beforeSwap", (event) => {
    refused = [400, 409].includes(event.detail.xhr.status);
    if (!refused) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
  document.addEventListener("htmx:afterSettle", () => {
    const attention = refused && document.querySelector(".is-invalid, [role=alert]");
    if (attention) attention.scrollIntoView({ block: "center" });
    else if (location.pathname !== from) scrollTo(0, 0);
  });
})();
