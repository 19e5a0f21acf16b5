// What jsdom lacks and the player needs; and one way to mount a player on fixtures.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { vi } from "vitest";
import type { Action, Served } from "../../contract/player";
import { mount, type Transport } from "../src/index";
import type { ScenarioPlayer } from "../src/element";
import { fetchPages, type RareName } from "../src/rare";

class QuietResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
vi.stubGlobal("ResizeObserver", QuietResizeObserver);

class QuietStyleSheet {
  replaceSync(): void {}
}
vi.stubGlobal("CSSStyleSheet", QuietStyleSheet);
Object.defineProperty(ShadowRoot.prototype, "adoptedStyleSheets", { value: [], writable: true });

// Fetched before a test begins: how long that takes, a page that settles in some turns cannot know.
const RARE: readonly RareName[] = ["arranging", "debrief", "reflection", "roleplay"];
await Promise.all(RARE.map(fetchPages));

const folder = join(import.meta.dirname, "../dev/fixtures");
export const fixtureNames = readdirSync(folder).map((name) => name.replace(".json", ""));

export function fixture(name: string): Served {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Served;
}

/** Answers that a test hands out one by one; what was asked is kept. */
export class FakeHost implements Transport {
  sent: { seq: number; action: Action }[] = [];
  loads = 0;
  closed = false;
  onRetrying?: (retrying: boolean) => void;
  answer: () => Promise<Served> = () => Promise.reject(new Error("no answer prepared"));

  constructor(public current: Served) {}

  load(): Promise<Served> {
    this.loads += 1;
    return Promise.resolve(this.current);
  }

  act(seq: number, action: Action): Promise<Served> {
    this.sent.push({ seq, action });
    return this.answer();
  }

  restart(): Promise<Served> {
    return this.answer();
  }

  close(): void {
    this.closed = true;
  }
}

export interface Opened {
  host: FakeHost;
  player: ScenarioPlayer;
  root: ShadowRoot;
  find(selector: string): HTMLElement;
  button(name: string): HTMLElement;
  settle(): Promise<void>;
  text(): string;
  focused(): string;
}

// The real one, so that a page also settles while a test holds the clock.
const soon = globalThis.setTimeout;
let opened = 0;

export async function open(served: Served | string, options: Parameters<typeof mount>[2] = {}): Promise<Opened> {
  const host = new FakeHost(typeof served === "string" ? fixture(served) : served);
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  opened += 1;
  const player = mount(place, host, { draftKey: `test-${opened}`, ...options }) as ScenarioPlayer;
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 8; i += 1) {
      await new Promise((resolve) => soon(resolve));
      await player.updateComplete;
    }
  };
  await settle();
  const root = player.shadowRoot as ShadowRoot;
  const words = (element: Element | null | undefined): string => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
  const all = (selector: string): HTMLElement[] => [...root.querySelectorAll<HTMLElement>(selector)];
  const must = (element: HTMLElement | undefined, what: string): HTMLElement => {
    if (!element) throw new Error(`Nothing on screen is ${what}.`);
    return element;
  };
  return {
    host,
    player,
    root,
    settle,
    find: (selector) => must(all(selector)[0], selector),
    button: (name) => must(all("button").find((each) => words(each).startsWith(name)), `the button “${name}”`),
    text: () => words(root.querySelector(".page")),
    focused: () => words(root.activeElement),
  };
}

export function after(served: Served, changes: Partial<Served["view"]>, rest: Partial<Served> = {}): Served {
  return { ...served, ...rest, view: { ...served.view, seq: served.view.seq + 1, ...changes } };
}
