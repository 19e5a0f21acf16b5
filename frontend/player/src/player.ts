// The public names, for both bundles: the element, its transports, and `mount`. Loading twice on one page is harmless.
import { ScenarioPlayer } from "./element";
import "./kit";
import type { Transport } from "./transports/transport";
import type { Strings } from "./words";

export { siteTransport } from "./transports/site";
export { HostRefusal, type Transport } from "./transports/transport";
export { xblockTransport, type HandlerUrls, type XBlockOptions } from "./transports/xblock";
export { addPages } from "./rare";
export { addStrings, type Strings } from "./words";
export { ScenarioPlayer };

if (!customElements.get("scenario-player")) customElements.define("scenario-player", ScenarioPlayer);

export interface MountOptions {
  /** Language of the buttons; without it, the language of the scenario. */
  language?: string;
  strings?: Strings;
  theme?: "light" | "dark" | "auto";
  ltiResize?: boolean;
  draftKey?: string;
}

/** Puts a player into `element`, in place of what was there, and starts it. Removing it from the page closes it. */
export function mount(element: Element, transport: Transport, options: MountOptions = {}): HTMLElement {
  const { language, ...others } = options;
  const player = document.createElement("scenario-player");
  Object.assign(player, others, { langUi: language || undefined, transport });
  element.replaceChildren(player);
  return player;
}
