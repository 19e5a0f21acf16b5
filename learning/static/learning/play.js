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
  player.transport = withClock(siteTransport(place.dataset.api, () => pages.bearer.token));
  player.addEventListener("scenario-progress", keepToken());
  player.addEventListener("scenario-finished", () => {
    const onward = place.parentElement?.querySelector("[data-onward]");
    if (onward?.childElementCount) onward.hidden = false;
  });
  place.replaceChildren(player);
}

// The player loads again when its clock has run out. The site is then told so, and compares with its own clock; a page
// that was only reloaded starts its clock anew, so that nobody who switched it off is hurried.
function withClock(site) {
  let last = null;
  const remember = async (request) => (last = await request);
  return {
    load: () => remember(isTimed(last) ? timeUp(site, last) : site.load()),
    act: (seq, action) => remember(site.act(seq, action)),
    restart: () => remember(site.restart()),
    close: () => site.close(),
    set onRetrying(told) {
      site.onRetrying = told;
    },
  };
}

function isTimed(served) {
  return Boolean(served?.view.timer) && served.view.stage === "scene";
}

async function timeUp(site, served) {
  const answer = await site.act(served.view.seq, { type: "time_up" });
  return { ...answer, error: "", error_code: "" };
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
