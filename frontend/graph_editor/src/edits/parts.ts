// New parts of a scene, with ids of their own: choices, options, beats and the like. Changes no text.
import { scenesOf, type Document } from "../model";
import { freshId, idsIn, nextInList } from "./ids";
import { appendAt, listAt, removeAt, type Path } from "./paths";

const PREFIXES: Readonly<Record<string, string>> = {
  beats: "b", then: "b", opening: "b", choose: "w", options: "o", hints: "h", answers: "n", pairs: "p", items: "i", samples: "s",
  goals: "g", events: "e", media: "m", prompts: "p",
};

/** Appends to the list at `path`, with the id that such a list gives its parts. */
export function addPart(document: Document, path: Path, part: Record<string, unknown>): Document {
  const prefix = PREFIXES[String(path[path.length - 1])];
  const id = prefix ? { id: nextInList(prefix, listAt(document, path)) } : {};
  return appendAt(document, path, { ...id, ...part });
}

/** Appends an empty choice. Its id is unique in the whole story: conditions name choices without their scene. */
export function addChoice(document: Document, sceneIndex: number, retired: ReadonlySet<string>): Document {
  const scene = scenesOf(document)[sceneIndex];
  if (!scene) return document;
  const path: Path = ["scenes", sceneIndex, "choices"];
  const letter = "abcdefghijklmnopqrstuvwxyz"[listAt(document, path).length] ?? "x";
  const id = freshId(`${scene.id}_${letter}`, new Set([...idsIn(document), ...retired]), "choice");
  return appendAt(document, path, { id, text: "" });
}

/** How many places name this choice: conditions, endings' reasons, a time limit. */
export function mentionsOfChoice(value: unknown, id: string, key = ""): number {
  if (typeof value === "string") return value === id && (key === "chosen" || key === "on_timeout" || key === "because") ? 1 : 0;
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + mentionsOfChoice(each, id, key), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce((sum, [name, each]) => sum + mentionsOfChoice(each, id, name), 0);
}

/** Deletes a choice; `mentions` says how many other places still name it. */
export function deleteChoice(document: Document, path: Path, id: string): { document: Document; mentions: number } {
  const left = removeAt(document, path);
  return { document: left, mentions: mentionsOfChoice(left, id) };
}
