// Draws the pages of what is being typed beside the report's form. Nothing is saved by it; without script the saved draft stands there.
(() => {
  const PAUSE = 350; // ms after the last keystroke
  const ZOOMS = 4;
  const PARTS = ["memorandum", "table"];
  const dirty = new Set(); // parts whose pages are older than the form
  let waiting, asked, section, seen, known, top = 0;
  const watch = new IntersectionObserver(([entry]) => { seen = entry.isIntersecting; refresh(); }, { rootMargin: "200px" });

  const pages = () => document.getElementById("pages");
  const form = () => document.querySelector(".report-form");
  const bare = (text) => text.replace(/\s+/g, "");

  const say = (sentence) => {
    const place = document.querySelector(".preview-says");
    if (place && place.textContent !== sentence) place.textContent = sentence;
  };

  // Only the newest answer counts: an older request is given up, and its answer, should it come, is dropped.
  const refresh = async () => {
    if (!pages() || !form() || !seen || !dirty.size) return;
    asked?.abort();
    const mine = asked = new AbortController();
    const parts = [...dirty];
    const body = new FormData(form());
    body.delete("request_key");
    for (const part of parts) body.append("part", part);
    body.append("have", [...pages().querySelectorAll("[data-mark]")].map((sheet) => sheet.dataset.mark).join(" "));
    try {
      const answer = await fetch(pages().dataset.preview, { method: "POST", body, signal: mine.signal });
      const text = await answer.text();
      if (mine === asked && pages()) take(answer.status, text, parts);
    } catch (error) {
      if (mine === asked && error.name !== "AbortError") say("ขณะนี้เชื่อมต่อเครือข่ายไม่ได้ ตัวอย่างจึงยังเป็นข้อความก่อนหน้า");
    }
  };

  const take = (status, text, parts) => {
    pages().classList.toggle("unprintable", status === 409);
    if (status === 200) {
      for (const part of parts) dirty.delete(part);
      draw(new DOMParser().parseFromString(text, "text/html"));
      say("");
    } else if ([400, 409].includes(status)) say(text);
    else if (status === 401) say("ระบบนำท่านออกจากระบบแล้ว ตัวอย่างจึงยังเป็นข้อความก่อนหน้า ข้อความที่พิมพ์ไว้ยังอยู่ในหน้านี้");
    else say("แสดงตัวอย่างของข้อความล่าสุดไม่ได้ ข้อความที่พิมพ์ไว้ยังอยู่ครบ");
  };

  // Puts the new pages in the place of those that changed; the others stay as they are, and so does the place one reads.
  const draw = (answer) => {
    for (const part of answer.querySelectorAll("[data-part]")) {
      const old = pages().querySelector(`[data-part="${part.dataset.part}"]`);
      if (!old) {
        const next = PARTS.slice(PARTS.indexOf(part.dataset.part) + 1).map((name) => pages().querySelector(`[data-part="${name}"]`));
        pages().insertBefore(part, next.find(Boolean) ?? null);
        continue;
      }
      const shown = new Map([...old.querySelectorAll("[data-mark]")].map((sheet) => [sheet.dataset.mark, sheet]));
      const list = old.querySelector(".sheets");
      const sheets = [...part.querySelectorAll("[data-mark]")].map((sheet) => shown.get(sheet.dataset.mark) ?? sheet);
      sheets.forEach((sheet, place) => {
        const there = list.children[place];
        if (there === sheet) return;
        if (there && !sheets.includes(there)) there.replaceWith(sheet);
        else list.insertBefore(sheet, there ?? null);
      });
      while (list.children.length > sheets.length) list.lastElementChild.remove();
      const about = [...part.children].filter((child) => child !== part.querySelector(".sheets"));
      for (const child of [...old.children]) if (child !== list) child.remove();
      list.before(...about);
    }
  };

  const changed = (...parts) => {
    for (const part of parts) dirty.add(part);
    const saved = document.querySelector("[data-preview-saved]");
    if (saved) saved.textContent = "ตามที่พิมพ์อยู่";
    clearTimeout(waiting);
    waiting = setTimeout(refresh, PAUSE);
  };

  // The pages scroll of themselves only when the focus moves to another section, to the page where that one stands.
  const turnTo = (field) => {
    const box = pages();
    if (!box || box.scrollHeight <= box.clientHeight) return;
    const part = box.querySelector(`[data-part="${partOf(field)}"]`);
    const sheets = [...(part?.querySelectorAll(".sheet") ?? [])];
    const signer = field.closest("[data-signer]")?.dataset.signer;
    const words = bare((signer ?? field.value ?? "").trim().split("\n")[0]).slice(0, 24);
    const has = (sheet) => words.length > 3 && bare(sheet.textContent).includes(words);
    const sheet = (signer ? sheets.findLast(has) : sheets.find(has)) ?? sheets[0];
    if (sheet) box.scrollTo({ top: box.scrollTop + sheet.getBoundingClientRect().top - box.getBoundingClientRect().top - 8 });
  };
  const partOf = (field) => field.closest("[data-part]")?.dataset.part ?? "memorandum";

  const start = () => {
    const box = pages();
    if (!box || !form() || form() === known) return;
    known = form();
    section = null;
    box.hidden = false;
    document.querySelector(".zoom").hidden = false;
    // Where the pages are below the form they are drawn only when somebody looks at them.
    watch.disconnect();
    watch.observe(box);
    changed(...PARTS);
  };

  document.addEventListener("input", (event) => { if (event.target.closest(".report-form")) changed(partOf(event.target)); });
  document.addEventListener("change", (event) => { if (event.target.closest(".report-form")) changed(partOf(event.target)); });
  document.addEventListener("focusin", (event) => {
    if (!event.target.closest(".report-form") || event.target.closest(".act-bar")) return;
    const now = event.target.closest("fieldset, section");
    if (section && now !== section) turnTo(event.target);
    section = now;
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    const box = pages();
    if (!button || button === box || !box) return;
    const was = box.scrollHeight;
    box.dataset.zoom = Math.min(ZOOMS, Math.max(1, Number(box.dataset.zoom) + Number(button.dataset.zoom)));
    box.scrollTo({ top: box.scrollTop * box.scrollHeight / was, behavior: "instant" });
  });

  // Saving puts the page anew around the pages; they keep their place.
  document.addEventListener("htmx:beforeSwap", () => { top = pages()?.scrollTop ?? 0; });
  document.addEventListener("htmx:afterSettle", () => {
    start();
    pages()?.scrollTo({ top, behavior: "instant" });
  });
  document.addEventListener("htmx:historyRestore", start);
  start();
})();
