// Finding text anywhere in the document, with the place to go to.
import { scenesOf, type Document } from "./model";
import { sceneName } from "./reading/words";

export interface Hit {
  readonly path: string;
  readonly where: string;
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

const SKIPPED = new Set(["kind", "type", "format"]);
const AROUND = 28;

export function search(document: Document, wanted: string, most = 50): Hit[] {
  const needle = wanted.trim().toLocaleLowerCase();
  const hits: Hit[] = [];
  if (!needle) return hits;
  const walk = (value: unknown, path: string, where: string, key: string): void => {
    if (hits.length >= most) return;
    if (typeof value === "string") {
      const at = SKIPPED.has(key) ? -1 : value.toLocaleLowerCase().indexOf(needle);
      if (at >= 0) hits.push(hitAt(value, at, needle.length, path, where));
    } else if (Array.isArray(value)) {
      value.forEach((each, index) => walk(each, `${path}[${index}]`, where, key));
    } else if (typeof value === "object" && value !== null) {
      for (const [name, each] of Object.entries(value)) walk(each, `${path}.${name}`, where, name);
    }
  };
  scenesOf(document).forEach((scene, index) => walk(scene, `$.scenes[${index}]`, sceneName(scene), ""));
  const { scenes: _, ...rest } = document;
  for (const [name, value] of Object.entries(rest)) walk(value, `$.${name}`, `Scenario: ${name}`, name);
  return hits;
}

function hitAt(text: string, at: number, length: number, path: string, where: string): Hit {
  const from = Math.max(0, at - AROUND);
  const to = Math.min(text.length, at + length + AROUND);
  return {
    path,
    where,
    before: `${from > 0 ? "…" : ""}${text.slice(from, at)}`,
    match: text.slice(at, at + length),
    after: `${text.slice(at + length, to)}${to < text.length ? "…" : ""}`,
  };
}
