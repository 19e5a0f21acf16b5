// Ids: readable, made once, never changed and never given twice. Nothing here changes a document.
import { scenesOf, type Document } from "../model";

const LONGEST = 64;

/** Makes the first free id from some words: "offer", then "offer-2". Letters that ids cannot carry fall away. */
export function freshId(words: string, taken: ReadonlySet<string>, fallback: string): string {
  const plain = words
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "");
  const base = plain.split("-").slice(0, 4).join("-").slice(0, LONGEST - 8) || fallback;
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) {
    const id = `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
}

/** The next id of a list whose ids count up: b1, b2, … */
export function nextInList(prefix: string, list: readonly unknown[]): string {
  const taken = new Set(list.map((part) => (part as { id?: unknown } | null)?.id));
  let number = list.length + 1;
  while (taken.has(`${prefix}${number}`)) number += 1;
  return `${prefix}${number}`;
}

/** Every id of a scene or choice, and the words that ways on use for themselves. */
export function idsIn(document: Document): Set<string> {
  const taken = new Set(["next_drawn", "return"]);
  for (const scene of scenesOf(document)) {
    taken.add(scene.id);
    if (scene.kind === "decision") for (const choice of scene.choices ?? []) taken.add(choice.id);
  }
  return taken;
}
