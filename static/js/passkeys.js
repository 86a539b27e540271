// Passkeys: ask the device for one, or make one, from the options that the server gave.
//
//   passkeys.known              whether this browser can do it at all (https or localhost only)
//   passkeys.get(options)       a promise of the answer to "prove it": an object to be sent as JSON
//   passkeys.create(options)    a promise of a new passkey, likewise
//   passkeys.words(error)       what went wrong, as a Thai sentence
//
// `options` is what allauth's begin_authentication / begin_registration return: {publicKey: {challenge: …}} with
// bytes as base64url; the answer has its bytes as base64url too, as AuthenticationResponse.from_dict reads them.
//
// A form needs no code of its own. Its button asks the device, the answer goes into `credential`, then it is sent:
//
//   <form data-passkey="get" data-options="some-id"> … <input type="hidden" name="credential">
//     <p data-passkey-told role="alert"></p> <button>…</button></form>
//   {{ request_options|json_script:"some-id" }}
//
// Without `data-options` the options are asked from the form's own address (GET, JSON, {request_options: …}).
// A form with `hidden` is shown where passkeys are known; other things with `hidden data-passkey-only` likewise.
(function () {
  "use strict";

  const known = Boolean(window.PublicKeyCredential && navigator.credentials);

  function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
  }

  function text(buffer) {
    const plain = Array.from(new Uint8Array(buffer), (code) => String.fromCharCode(code)).join("");
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function described(list) {
    return (list || []).map((one) => Object.assign({}, one, { id: bytes(one.id) }));
  }

  async function get(options) {
    const asked = Object.assign({}, options.publicKey);
    asked.challenge = bytes(asked.challenge);
    asked.allowCredentials = described(asked.allowCredentials);
    const found = await navigator.credentials.get({ publicKey: asked });
    const answer = found.response;
    const response = {
      authenticatorData: text(answer.authenticatorData),
      clientDataJSON: text(answer.clientDataJSON),
      signature: text(answer.signature),
    };
    if (answer.userHandle && answer.userHandle.byteLength) response.userHandle = text(answer.userHandle);
    return said(found, response);
  }

  async function create(options) {
    const asked = Object.assign({}, options.publicKey);
    asked.challenge = bytes(asked.challenge);
    asked.user = Object.assign({}, asked.user, { id: bytes(asked.user.id) });
    asked.excludeCredentials = described(asked.excludeCredentials);
    // Kept in the device, so that it is found again without a name; known by finger, face or PIN.
    asked.authenticatorSelection = Object.assign({}, asked.authenticatorSelection, {
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    });
    const made = await navigator.credentials.create({ publicKey: asked });
    const response = {
      attestationObject: text(made.response.attestationObject),
      clientDataJSON: text(made.response.clientDataJSON),
    };
    if (made.response.getTransports) response.transports = made.response.getTransports();
    return said(made, response);
  }

  function said(credential, response) {
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response: response,
      clientExtensionResults: credential.getClientExtensionResults(),
    };
  }

  function words(error) {
    if (error.name === "InvalidStateError") return "อุปกรณ์นี้มีพาสคีย์ของบัญชีนี้อยู่แล้ว";
    if (error.name === "NotAllowedError") return "ยังไม่ได้ยืนยันด้วยพาสคีย์ เพราะยกเลิกหรือหมดเวลา กดปุ่มเพื่อลองอีกครั้งได้";
    if (error.name === "SecurityError") return "ใช้พาสคีย์ที่ที่อยู่เว็บนี้ไม่ได้ กรุณาเปิดเว็บตามที่อยู่ที่ผู้ดูแลระบบแจ้ง";
    return "ใช้พาสคีย์ไม่ได้ในขณะนี้ กรุณาลองอีกครั้ง หรือใช้วิธีอื่น";
  }

  async function optionsOf(form) {
    if (form.dataset.options) {
      const given = JSON.parse(document.getElementById(form.dataset.options).textContent);
      return given.request_options || given.creation_options || given;
    }
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).request_options;
  }

  async function ask(form, button) {
    const told = form.querySelector("[data-passkey-told]");
    if (told) told.textContent = "";
    form.dataset.asking = "yes";
    try {
      const answer = await (form.dataset.passkey === "create" ? create : get)(await optionsOf(form));
      form.elements.credential.value = JSON.stringify(answer);
      form.requestSubmit(button || undefined);
    } catch (error) {
      if (told) told.textContent = words(error);
    } finally {
      delete form.dataset.asking;
    }
  }

  window.passkeys = { known: known, get: get, create: create, words: words };

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (!form.dataset.passkey || form.elements.credential.value) return;
    event.preventDefault();
    if (!form.dataset.asking) ask(form, event.submitter);
  });

  // A page taken from the way back holds an answer that the server has seen already.
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-passkey]").forEach((form) => { form.elements.credential.value = ""; });
  });

  document.addEventListener("DOMContentLoaded", function () {
    if (!known) return;
    document.querySelectorAll("form[data-passkey], [data-passkey-only]").forEach((thing) => { thing.hidden = false; });
    document.querySelectorAll("[data-passkey-unknown]").forEach((thing) => { thing.hidden = true; });
  });
})();
