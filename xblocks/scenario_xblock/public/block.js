/* Mounts the player in a block. A page may hold several blocks and load this file several times. */
window.BranchwiseScenarioBlock = function (runtime, element, args) {
  "use strict";
  var root = element.jquery ? element[0] : element;
  var place = root.matches && root.matches(".branchwise-scenario") ? root : root.querySelector(".branchwise-scenario");
  if (!place || place.dataset.mounted) return;
  place.dataset.mounted = "yes";
  var transport = window.BranchwisePlayer.xblockTransport(function (name) {
    return runtime.handlerUrl(root, name);
  });
  // LMS pages are light whatever the learner's system prefers.
  window.BranchwisePlayer.mount(place, transport, { language: args && args.language, theme: "light" });
};
