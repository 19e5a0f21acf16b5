// What every page of the player is given to draw itself: the view, the words, the half-made answer, and one way to act.
import type { Action, QuestionView, Served, View } from "../../contract/player";
import type { Rich } from "./rich";
import type { Words } from "./words";

/** What the learner is putting together and has not sent: outlives every redraw and every lost connection. */
export interface Answering {
  picked: string[];
  order: string[];
  pairs: Record<string, string>;
  text: string;
  confidence: number | null;
  problem: string;
  again: boolean;
}

export function emptyAnswering(): Answering {
  return { picked: [], order: [], pairs: {}, text: "", confidence: null, problem: "", again: false };
}

/** Puts the last try back, so that the next one changes it instead of beginning from nothing. */
export function restoreAnswer(answering: Answering, question: QuestionView): void {
  const last = question.last_answer ?? [];
  if (question.type === "ordering") answering.order = [...last];
  else if (question.type === "multiple") answering.picked = [...last];
  else if (question.type !== "matching") answering.text ||= last[0] ?? "";
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
  /** Keep what was typed, draw again, and then move focus if the pressed thing is gone. */
  changed(focus?: string): void;
  announce(text: string): void;
  rich(tree: Rich | undefined): unknown;
  phrase(tree: Rich | undefined): unknown;
  url(key: string): string;
}
