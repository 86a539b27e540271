// Computes a chosen or dropped file's SHA-256 in this browser and asks for that; the file itself is never sent.
(() => {
  const drop = document.getElementById("drop");
  if (!drop) return;
  const file = document.getElementById("file");
  const says = document.getElementById("drop-says");
  const field = document.getElementById("sha256");
  if (!window.crypto?.subtle) { // a page over plain http, or a very old browser
    document.getElementById("insecure").hidden = false;
    document.getElementById("by-hand").open = true;
    return;
  }
  const LARGEST = 512 * 1024 * 1024; // read whole; far above any document of the portal
  drop.hidden = false;

  const compute = async (chosen) => {
    if (chosen.size > LARGEST) {
      says.textContent = `ไฟล์ “${chosen.name}” ใหญ่เกินกว่าจะคำนวณในเบราว์เซอร์ กรุณาคำนวณค่า SHA-256 เองแล้ววางในช่องด้านล่าง`;
      return;
    }
    says.textContent = `กำลังคำนวณจากไฟล์ “${chosen.name}” ในเครื่องของท่าน`;
    try {
      const digest = await crypto.subtle.digest("SHA-256", await chosen.arrayBuffer());
      field.value = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      field.form.submit();
    } catch {
      says.textContent = `อ่านไฟล์ “${chosen.name}” ไม่ได้ หากเปิดอยู่ในโปรแกรมอื่น กรุณาปิดแล้วเลือกใหม่`;
    }
  };

  file.addEventListener("change", () => { if (file.files.length) compute(file.files[0]); });
  // Anywhere on the page: a file dropped beside the frame must not be opened in place of this page.
  addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
  addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const dropped = [...event.dataTransfer.files];
    if (dropped.length === 1) compute(dropped[0]);
    else if (dropped.length > 1) says.textContent = "กรุณาวางครั้งละ 1 ไฟล์";
  });
})();
