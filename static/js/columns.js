// Rows of columns that move, come and go at a press; without script they have numbers and a choice of "ไม่ใช้".
(() => {
  const MOST = 12;
  const chooser = () => document.querySelector(".columns-chooser");
  const rows = () => [...chooser().querySelectorAll(".column-row")];
  const source = (row) => row.querySelector("select");
  const heading = (row) => row.querySelector(".heading input");

  const number = () => {
    const all = rows();
    all.forEach((row, place) => {
      row.querySelector(".place input").value = place + 1;
      row.querySelector('[data-move="-1"]').disabled = place === 0;
      row.querySelector('[data-move="1"]').disabled = place === all.length - 1;
      row.querySelector('[data-move="0"]').disabled = all.length === 1;
    });
    chooser().querySelector(".add-column").hidden = all.length >= MOST;
  };

  const changed = (said) => {
    number();
    chooser().querySelector("[role=status]").textContent = said;
    chooser().dispatchEvent(new Event("input", { bubbles: true }));
  };

  const move = (row, by) => {
    const name = source(row).selectedOptions[0].text;
    const all = rows();
    const place = all.indexOf(row);
    if (by === 0) {
      row.remove();
      (rows()[Math.min(place, all.length - 2)]?.querySelector('[data-move="0"]') ?? chooser().querySelector(".add-column")).focus();
      changed(`ตัด${name}ออกแล้ว`);
      return;
    }
    all[place + by][by < 0 ? "before" : "after"](row);
    changed(`${name}อยู่ลำดับที่ ${place + by + 1}`);
    const again = row.querySelector(`[data-move="${by}"]`);
    (again.disabled ? row.querySelector(`[data-move="${-by}"]`) : again).focus();
  };

  const add = () => {
    const total = chooser().querySelector("[name=columns-TOTAL_FORMS]");
    const made = chooser().querySelector("template").content.cloneNode(true).querySelector(".column-row");
    made.innerHTML = made.innerHTML.replaceAll("__prefix__", total.value);
    total.value = Number(total.value) + 1;
    chooser().querySelector(".column-rows").append(made);
    prepare(made);
    number();
    source(made).focus();
  };

  const prepare = (row) => {
    row.querySelector(".acts").hidden = false;
    row.querySelector(".place").hidden = true;
  };

  const start = () => {
    const box = chooser();
    if (!box || box.dataset.ready) return;
    box.dataset.ready = "yes";
    box.querySelector(".without-script").hidden = true;
    for (const row of rows()) if (row.dataset.blank === "yes" && !heading(row).value) row.remove();
    rows().forEach(prepare);
    number();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".columns-chooser [data-move], .columns-chooser .add-column");
    if (!button) return;
    if (button.matches(".add-column")) add();
    else move(button.closest(".column-row"), Number(button.dataset.move));
  });
  document.addEventListener("change", (event) => {
    const row = event.target.matches(".columns-chooser select") && event.target.closest(".column-row");
    if (!row) return;
    const input = heading(row);
    // A heading that was there before belongs to what stood below it before.
    if (input.value === input.defaultValue) input.value = "";
    const usual = event.target.value ? event.target.selectedOptions[0].text : "";
    input.placeholder = chooser().dataset.thai ? usual.replace(/[0-9]/g, (digit) => "๐๑๒๓๔๕๖๗๘๙"[digit]) : usual;
  });
  document.addEventListener("htmx:afterSettle", start);
  document.addEventListener("htmx:historyRestore", start);
  start();
})();
