// What a screen reader is told when something changed without its focus being moved there.
import type { View } from "../../contract/player";
import { plain } from "./rich";
import type { Words } from "./words";

/** Own actions already move focus to the new moment, and a conversation reads itself: only the rest is told. */
export function arrivalWords(words: Words, view: View, before: View | undefined, own: boolean): string {
  const parts = own || view.roleplay ? [] : [words.say("moreArrived"), ...said(view)];
  return [...parts, ...facts(words, view), ...goals(words, view, before), ...meters(view, before)].join(" ");
}

function said(view: View): string[] {
  const beats = view.reaction?.beats ?? view.beats ?? [];
  return beats.map((beat) => `${beat.name ? `${beat.name}: ` : ""}${plain(beat.text)}`);
}

function facts(words: Words, view: View): string[] {
  const fresh = (view.notebook ?? []).filter((fact) => fact.is_new);
  if (fresh.length === 0) return [];
  return [`${words.say("newFact", { n: fresh.length })}: ${fresh.map((fact) => plain(fact.text)).join(" ")}`];
}

function goals(words: Words, view: View, before: View | undefined): string[] {
  const open = new Set((before?.roleplay?.goals ?? []).filter((goal) => !goal.met).map((goal) => goal.id));
  const reached = (view.roleplay?.goals ?? []).filter((goal) => goal.met && open.has(goal.id));
  return reached.map((goal) => words.say("goalReached", { goal: plain(goal.text) }));
}

function meters(view: View, before: View | undefined): string[] {
  const old = new Map((before?.meters ?? []).map((meter) => [meter.id, meter.word]));
  const changed = (view.meters ?? []).filter((meter) => meter.word && old.has(meter.id) && old.get(meter.id) !== meter.word);
  return changed.map((meter) => `${meter.label}: ${meter.word}.`);
}
