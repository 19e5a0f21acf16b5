/* Keeps a page fresh while the worker is at it, and loads it anew once that is done. Without this script, reloading
   shows the same. */
(function () {
  "use strict";
  const panel = document.querySelector("[data-progress]");
  if (!panel) return;
  const label = panel.querySelector("[data-progress-label]");
  const stage = panel.querySelector("[data-progress-stage]");

  function say(element, text) {
    if (element && text !== undefined && element.textContent !== text) element.textContent = text;
  }

  async function refresh() {
    try {
      const answer = await fetch(panel.dataset.progress, { headers: { Accept: "application/json" } });
      if (answer.ok) {
        const data = await answer.json();
        if (!["waiting", "reading", "saving", "working"].includes(data.state)) return window.location.reload();
        say(label, data.label);
        say(stage, data.stage);
      }
    } catch {
      /* The next round asks again; what is on the page stays readable. */
    }
    setTimeout(refresh, 1000);
  }
  refresh();
})();
