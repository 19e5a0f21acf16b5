// Words about scenes: kinds, first words, counts. Read-only.
import { scenesOf, type Document, type Scene, type SceneKind } from "../model";

export const KIND_WORDS: Readonly<Record<SceneKind, string>> = {
  page: "Page",
  line: "Lines",
  decision: "Decision",
  question: "Question",
  reply: "Reply",
  roleplay: "Role-play",
  reflection: "Reflection",
  route: "Route",
  ending: "Ending",
};

export const KIND_HINTS: Readonly<Record<SceneKind, string>> = {
  page: "Text and pictures, with a way on",
  line: "People speak; the learner reads on",
  decision: "The learner chooses what to say or do",
  question: "A quiz question worth points",
  reply: "The learner writes in their own words",
  roleplay: "Several turns with a person",
  reflection: "Private writing",
  route: "No screen: conditions choose the way",
  ending: "The story ends; the grade is fixed",
};

export const OUTCOME_WORDS: Readonly<Record<string, string>> = {
  good: "Good ending",
  mixed: "Mixed ending",
  poor: "Poor ending",
  read: "Read only",
  stopped: "Stopped",
};

export function shorten(text: string, length: number): string {
  const plain = withoutMarks(text);
  if (plain.length <= length) return plain;
  const cut = plain.slice(0, length);
  const space = cut.lastIndexOf(" ");
  return `${space > length * 0.6 ? cut.slice(0, space) : cut}…`;
}

/** The words that a learner reads, without the marks of emphasis, glossary terms ([[term]], [[term|shown]]) and links. */
function withoutMarks(text: string): string {
  return text
    .replaceAll(/\[\[(?:[^[\]|]*\|)?([^[\]|]*)\]\]/g, "$1")
    .replaceAll(/\[([^[\]]*)\]\([^()]*\)/g, "$1")
    .replaceAll(/[*_`#>]+/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** What a scene says first: its prompt or text, else its first beat. */
export function firstWords(scene: Scene): string {
  const own = "prompt" in scene && scene.prompt ? scene.prompt : "text" in scene && scene.text ? scene.text : "";
  if (scene.kind === "reflection") return scene.prompts?.[0]?.text ?? "";
  if (scene.kind === "roleplay") return scene.opening?.[0]?.text ?? scene.beats?.[0]?.text ?? "";
  return own || scene.beats?.[0]?.text || "";
}

/** "3 beats", "1 beat" or "none". */
export function howMany(count: number | undefined, one: string, many = `${one}s`): string {
  return count ? `${count} ${count === 1 ? one : many}` : "none";
}

export function sceneName(scene: Scene): string {
  return scene.title || shorten(firstWords(scene), 48) || scene.id;
}

// Fields that a learner reads; ids, notes to authors and keys are not among them.
const READ = new Set(["text", "prompt", "title", "summary", "feedback", "better", "content_note", "caption", "ask"]);

/** The learner's words in any piece of the document. */
export function countWords(value: unknown, key = ""): number {
  if (typeof value === "string") return READ.has(key) ? (value.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0) : 0;
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + countWords(each, key), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce((sum, [name, each]) => sum + countWords(each, name), 0);
}

/** Words of the whole story, and minutes to read about half of it: a learner goes one way. */
export function readingTime(document: Document): { words: number; minutes: number } {
  const words = countWords(scenesOf(document));
  return { words, minutes: Math.max(1, Math.round(words / 2 / 200)) };
}
