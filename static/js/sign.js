// Signing: the passkey's answer goes into the form that is signed with, and no form that signs is sent twice.
(function () {
  "use strict";

  // A submission by Enter is the form's own button, never the step back.
  document.querySelectorAll("form[data-signing]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      form.querySelectorAll("[data-once], [data-prove-passkey]").forEach((button) => button.setAttribute("aria-disabled", "true"));
    });
  });

  async function prove(button) {
    const form = button.form;
    const told = form.querySelector("[data-passkey-told]");
    told.textContent = "";
    try {
      form.elements.credential.value = JSON.stringify(await window.passkeys.get(JSON.parse(button.dataset.options)));
    } catch (error) {
      told.textContent = window.passkeys.words(error);
      return;
    }
    form.requestSubmit();
  }

  document.querySelectorAll("[data-prove-passkey]").forEach(function (button) {
    button.addEventListener("click", function () {
      if (!button.form.dataset.sent && !button.disabled) {
        button.disabled = true;
        prove(button).finally(function () { button.disabled = false; });
      }
    });
  });

  document.addEventListener("DOMContentLoaded", function () {
    if (!window.passkeys || !window.passkeys.known) return;
    document.querySelectorAll("[data-passkey-absent]").forEach((thing) => { thing.hidden = true; });
  });

  // A page taken from the way back may be sent again, and holds an answer that the server has seen already.
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-signing]").forEach(function (form) {
      delete form.dataset.sent;
      if (form.elements.credential) form.elements.credential.value = "";
      form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
    });
  });

  // A phrase is the start of one's own words.
  document.querySelectorAll("[data-edit-words]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      const form = button.form;
      const chosen = form.querySelector("[name=choice]:checked");
      const own = form.querySelector("[name=choice][value=own]");
      if (!own) return;
      if (chosen && chosen.value !== "own" && chosen.value !== "none") form.elements.own_words.value = chosen.value;
      own.checked = true;
      form.elements.own_words.focus();
    });
  });
})();
