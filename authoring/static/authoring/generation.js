/* Keeps the stages of a draft fresh while it is being worked on. Without this script, reloading shows the same. */
(function () {
  "use strict";
  const panel = document.querySelector("[data-generation]");
  if (!panel || panel.dataset.state !== "running") return;
  const list = panel.querySelector("ol");

  function span(className, text) {
    const element = document.createElement("span");
    element.className = className;
    element.textContent = text;
    return element;
  }

  function item(stage) {
    const row = document.createElement("li");
    row.className = "bw-stage bw-stage--" + stage.state;
    const title = span("bw-stage__title", stage.title);
    if (stage.kind) title.append(" ", span("bw-quiet", stage.kind));
    row.append(title, span("bw-tag", stage.label));
    if (stage.note) row.append(span("bw-stage__note", stage.note));
    return row;
  }

  let shown = "";
  async function refresh() {
    try {
      const answer = await fetch(panel.dataset.generation, { headers: { Accept: "application/json" } });
      if (answer.ok) {
        const data = await answer.json();
        if (data.state !== "running") return window.location.reload();
        const text = JSON.stringify(data.stages);
        if (text !== shown) list.replaceChildren(...data.stages.map(item));
        shown = text;
      }
    } catch {
      /* The next round asks again; what is on the page stays readable. */
    }
    setTimeout(refresh, 1500);
  }
  refresh();
})();
