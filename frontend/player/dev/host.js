// `?state=decision&theme=dark&lang=de&trouble=offline`: mounts the player on one fixture.
import { HostRefusal, mount } from "../../../learning/static/learning/built/player.js";
import { scriptedTransport } from "./scripted.js";

const asked = new URLSearchParams(location.search);
const transport = scriptedTransport(asked.get("state") ?? "about", { trouble: asked.get("trouble") ?? "", HostRefusal });
const player = mount(document.querySelector("#player"), transport, {
  language: asked.get("lang") ?? undefined,
  theme: asked.get("theme") ?? undefined,
  ltiResize: asked.has("resize"),
  draftKey: asked.get("state") ?? "about",
});

const events = [];
for (const name of ["scenario-progress", "scenario-finished", "scenario-resize"]) {
  player.addEventListener(name, (event) => events.push({ name, ...event.detail }));
}
Object.assign(window, { player, transport, events });
