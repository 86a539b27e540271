// A button that copies the text of a field, where the browser lets it; without, the field is there to be selected.
(() => {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copies]")) {
    const field = document.getElementById(button.dataset.copies);
    const said = button.parentElement.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(field.value);
        said.textContent = "คัดลอกแล้ว";
      } catch {
        field.select();
        said.textContent = "เลือกข้อความไว้แล้ว กรุณาคัดลอกจากเมนูของเครื่อง";
      }
    });
  }
})();
