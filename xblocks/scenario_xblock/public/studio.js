/* Studio's modal: upload, check and save a document; findings are written as text, never as markup. */
window.BranchwiseScenarioStudio = function (runtime, element) {
  "use strict";
  var root = element.jquery ? element[0] : element;
  var form = root.matches && root.matches(".branchwise-studio") ? root : root.querySelector(".branchwise-studio");
  var report = form.querySelector(".branchwise-findings");

  function post(handler, body) {
    var token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return fetch(runtime.handlerUrl(root, handler), {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token ? decodeURIComponent(token[1]) : "" },
      body: JSON.stringify(body),
    }).then(function (answer) {
      return answer.json().catch(function () { return {}; }).then(function (data) {
        if (!answer.ok) throw new Error(data.error || "The server answered " + answer.status + ".");
        return data;
      });
    });
  }

  function line(finding) {
    var item = document.createElement("li");
    var level = document.createElement("span");
    level.className = "branchwise-level";
    level.textContent = finding.level;
    var where = finding.scene ? " in scene " + finding.scene : finding.path ? " at " + finding.path : "";
    item.append(level, where + ": " + finding.message + (finding.hint ? " " + finding.hint : ""));
    return item;
  }

  function show(sentence, findings) {
    var list = document.createElement("ul");
    (findings || []).forEach(function (finding) { list.append(line(finding)); });
    var said = document.createElement("p");
    said.textContent = sentence;
    report.replaceChildren(said, list);
  }

  function fail(error) { show(error.message, []); }

  function body() {
    var attempts = form.elements.max_attempts.value;
    return {
      document: form.elements.document.value,
      settings: {
        display_name: form.elements.display_name.value,
        weight: Number(form.elements.weight.value),
        max_attempts: attempts === "" ? null : Number(attempts),
      },
    };
  }

  form.querySelector("input[type=file]").addEventListener("change", function (event) {
    var file = event.target.files[0];
    if (file) file.text().then(function (text) { form.elements.document.value = text; }, fail);
  });

  form.querySelector("[data-do=check]").addEventListener("click", function () {
    post("studio_check", body()).then(function (data) {
      show(data.publishable ? "This scenario can be saved." : "Errors keep this scenario from being saved.", data.findings);
    }, fail);
  });

  form.querySelector("[data-do=cancel]").addEventListener("click", function () { runtime.notify("cancel", {}); });

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    runtime.notify("save", { state: "start" });
    post("studio_submit", body()).then(function (data) {
      if (data.saved) return runtime.notify("save", { state: "end" });
      // Not the end of saving: Studio would close the dialog, and nobody would read why.
      show("Nothing was saved: mend these first.", data.findings);
      runtime.notify("error", { title: "Not saved", message: "The dialog lists what keeps this scenario from being saved." });
    }, function (error) {
      fail(error);
      runtime.notify("error", { title: "Not saved", message: error.message });
    });
  });
};
