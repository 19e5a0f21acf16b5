// The learner's pages: the course page as the site sends it, and the player mounted where a module is played.

import { Pages } from "./pages.js";

const RENEW_EVERY_MS = 30 * 60 * 1000;
const playerUrl = document.querySelector("script[data-player]").dataset.player;

const pages = new Pages((content) => {
  const place = content.querySelector("[data-player]");
  if (place) void mount(place);
});
void pages.open();

async function mount(place) {
  const { siteTransport } = await import(playerUrl);
  const player = document.createElement("scenario-player");
  const language = place.dataset.lang;
  if (language) player.setAttribute("lang-ui", language);
  player.setAttribute("draft-key", place.dataset.api);
  player.transport = siteTransport(place.dataset.api, () => pages.bearer.token);
  player.addEventListener("scenario-progress", keepToken());
  player.addEventListener("scenario-finished", () => {
    const onward = place.parentElement?.querySelector("[data-onward]");
    if (onward?.childElementCount) onward.hidden = false;
  });
  place.replaceChildren(player);
}

// A long scenario must not outlive its token: asking for anything now and then brings a fresh one.
function keepToken() {
  let renewed = Date.now();
  return () => {
    if (Date.now() - renewed < RENEW_EVERY_MS) return;
    renewed = Date.now();
    void pages.bearer.ask(`/play/api/${document.body.dataset.page}/`, { accept: "application/json" }).catch(() => {});
  };
}
