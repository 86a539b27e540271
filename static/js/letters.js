// Copies the text for LINE at a press; without script it is selected and copied by hand.
(() => {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    const said = button.parentElement.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        said.textContent = "คัดลอกแล้ว วางในกลุ่ม LINE ได้";
      } catch {
        // No clipboard without https: the text stands selected.
        said.textContent = document.execCommand("copy") ? "คัดลอกแล้ว วางในกลุ่ม LINE ได้" : "เลือกข้อความไว้แล้ว กดค้างเพื่อคัดลอก";
      }
    });
  }
})();
