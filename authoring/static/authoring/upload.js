/* Drag and drop onto the file field, and a word before a file that is too large is sent. Without this script the plain
   field does the same. */
(function () {
  "use strict";
  const form = document.querySelector("[data-upload]");
  const input = form && form.querySelector("input[type=file]");
  if (!input) return;
  const drop = form.querySelector("[data-drop]");
  const chosen = form.querySelector("[data-drop-chosen]");
  const button = form.querySelector("[data-upload-button]");
  const limit = Number(input.dataset.limit);
  form.querySelector("[data-drop-hint]").hidden = false;

  function megabytes(bytes) {
    return (bytes / 1024 / 1024).toFixed(1) + " MB";
  }

  function tell() {
    const file = input.files[0];
    const tooLarge = Boolean(file) && file.size > limit;
    chosen.textContent = !file
      ? ""
      : tooLarge
        ? file.name + " has " + megabytes(file.size) + "; at most " + megabytes(limit) + " are accepted."
        : file.name + ", " + megabytes(file.size);
    chosen.classList.toggle("bw-drop__chosen--wrong", tooLarge);
    button.disabled = tooLarge;
  }

  for (const name of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("bw-drop--over", name === "dragover");
    });
  }
  drop.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      tell();
      button.focus();
    }
  });
  input.addEventListener("change", tell);
  form.addEventListener("submit", () => {
    button.disabled = true;
    chosen.textContent = "Uploading…";
  });
  window.addEventListener("pageshow", tell);
})();
