// Keeps what is being typed in this browser until the portal has it, and offers it back.
(() => {
  // What was sent and can no longer be typed into needs no copy.
  const sent = document.querySelector("[data-sent]");
  if (sent) try { localStorage.removeItem(`ita ${sent.dataset.sent}`); } catch { /* no store, no copy */ }
  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const key = `ita ${form.dataset.keep} ${form.getAttribute("action")}`;
  const week = 7 * 24 * 60 * 60 * 1000;
  const kept = () => [...form.elements].filter((field) => field.name && !["hidden", "file", "submit"].includes(field.type));
  const value = (field) => (["checkbox", "radio"].includes(field.type) ? field.checked : field.value);
  const name = (field) => (["checkbox", "radio"].includes(field.type) ? `${field.name}=${field.value}` : field.name);
  const read = () => Object.fromEntries(kept().map((field) => [name(field), value(field)]));
  const same = (one, other) => Object.keys(one).every((k) => !(k in other) || String(one[k]).trim() === String(other[k]).trim());
  const note = (words, ...buttons) => {
    const box = document.createElement("div");
    box.className = "note note-warning mb-3 d-flex flex-wrap gap-3 align-items-center";
    box.setAttribute("role", "status");
    const text = document.createElement("span");
    text.className = "flex-grow-1";
    text.textContent = words;
    box.append(text, ...buttons);
    form.before(box);
    return box;
  };
  const button = (words, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-quiet";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  };
  const store = {
    get() { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    set(copy) { try { localStorage.setItem(key, JSON.stringify(copy)); } catch { /* a full or closed store loses only this copy */ } },
    drop() { try { localStorage.removeItem(key); } catch { /* as above */ } },
  };

  // Other people share this computer: a copy is kept a week at most, and only for the person who typed it.
  const copy = store.get();
  if (copy && Date.now() - copy.at > week) store.drop();
  else if (copy && same(copy.fields, read())) store.drop();
  else if (copy) {
    const box = note("ข้อความที่พิมพ์ไว้ยังอยู่ครบ แต่ยังไม่ได้บันทึก",
      button("นำกลับมา", () => {
        for (const field of kept()) {
          const was = copy.fields[name(field)];
          if (was === undefined) continue;
          if (["checkbox", "radio"].includes(field.type)) field.checked = was; else field.value = was;
        }
        form.elements.body?.dispatchEvent(new Event("input", { bubbles: true }));
        box.remove();
      }),
      button("ไม่ใช้", () => { store.drop(); box.remove(); }));
  }

  let waiting;
  const keep = () => { clearTimeout(waiting); waiting = setTimeout(() => store.set({ at: Date.now(), fields: read() }), 400); };
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    store.set({ at: Date.now(), fields: read() });
    if (!navigator.onLine) {
      event.preventDefault();
      note("ขณะนี้เชื่อมต่อเครือข่ายไม่ได้ ข้อความที่ท่านพิมพ์เก็บไว้ในเครื่องนี้แล้ว กรุณาบันทึกอีกครั้งเมื่อเชื่อมต่อได้");
    }
  });

  // The answer before goes into the text without losing what is typed.
  for (const link of document.querySelectorAll("[data-start]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const body = form.elements.body;
      body.value = [body.value.trimEnd(), link.dataset.start].filter(Boolean).join("\n");
      body.dispatchEvent(new Event("input", { bubbles: true }));
      body.focus();
    });
  }

  // Too large a file is told before it is sent.
  const files = form.querySelector("input[type=file][name=files]");
  files?.addEventListener("change", () => {
    const large = [...files.files].find((file) => file.size > 20 * 1024 * 1024);
    files.setCustomValidity(large ? `ไฟล์ "${large.name}" มีขนาด ${Math.ceil(large.size / 1048576)} MB เกินขนาดที่รับได้ (20 MB)` : "");
    files.reportValidity();
  });
})();
