// What every page of the player is given to draw itself: the view, the words, the half-made answer, and one way to act.
import type { Action, QuestionView, Served, View } from "../../contract/player";
import type { RareName, RarePages } from "./rare";
import type { Rich } from "./rich";
import type { Words } from "./words";

/** What the learner is putting together and has not sent: outlives every redraw and every lost connection. */
export interface Answering {
  picked: string[];
  order: string[];
  pairs: Record<string, string>;
  text: string;
  /** Words at each prompt of a reflection, and what is ticked to be shared there; absent: as it was stored. */
  texts: Record<string, string>;
  shares: Record<string, string[]>;
  confidence: number | null;
  problem: string;
  again: boolean;
  dragged: string;
}

export function emptyAnswering(): Answering {
  return { picked: [], order: [], pairs: {}, text: "", texts: {}, shares: {}, confidence: null, problem: "", again: false, dragged: "" };
}

/** Puts the last try back, so that the next one changes it instead of beginning from nothing. */
export function restoreAnswer(answering: Answering, question: QuestionView): void {
  const last = question.last_answer ?? [];
  if (question.type === "ordering") answering.order = [...last];
  else if (question.type === "multiple") answering.picked = [...last];
  else if (question.type === "matching") answering.pairs = Object.fromEntries(last.map((pair) => pair.split("=")));
  else answering.text ||= last[0] ?? "";
}

export interface Screen {
  served: Served;
  view: View;
  words: Words;
  answering: Answering;
  busy: boolean;
  /** The choice that is being sent, so that its card can say so. */
  sent: string;
  send(action: Action, sent?: string): void;
  /** One after the other; what follows a refusal or a lost connection is not sent. */
  sendAll(actions: Action[]): void;
  /** Keep what was typed, draw again, and then move focus if the pressed thing is gone. */
  changed(focus?: string): void;
  announce(text: string): void;
  /** A page that is not in the core; null while it is on its way. */
  rare<K extends RareName>(name: K): RarePages[K] | null;
  rich(tree: Rich | undefined): unknown;
  phrase(tree: Rich | undefined): unknown;
  url(key: string): string;
}
