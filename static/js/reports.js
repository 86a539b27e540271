// The report's form is saved in place: answers with an error are shown as well, and the place on the page stays,
// unless something needs attention elsewhere. Leaving with something that is not saved is asked about first.
(() => {
  let refused = false;
  let unsaved = false;
  let from = "";
  const typed = (event) => { if (event.target.closest(".report-form")) unsaved = true; };
  document.addEventListener("input", typed);
  document.addEventListener("change", typed);
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  document.addEventListener("htmx:beforeRequest", () => { from = location.pathname; });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    refused = [400, 409].includes(xhr.status);
    // A ready-made layout fills the form and saves nothing.
    if (xhr.status === 200) unsaved = requestConfig.triggeringEvent?.submitter?.name === "layout";
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
