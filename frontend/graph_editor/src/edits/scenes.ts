// Adding, copying, moving and deleting scenes. Every function returns a new drawing and leaves the given one alone.
import { indexOfScene, scenesOf, startOf, type Document, type Drawing, type Layout, type Place, type Scene, type SceneKind } from "../model";
import { KIND_WORDS } from "../reading/words";
import { freshId, idsIn } from "./ids";
import { insertAt, moveAt, setAt } from "./paths";
import { connect, disconnect } from "./ways";

export interface NewScene {
  kind: SceneKind;
  /** Index in the reading order; the end when left out. */
  index?: number;
  place: Place;
  /** The way that shall lead to it. */
  from?: { scene: string; way: string };
}

/** An empty scene of a kind, with as much as the format asks of it. */
export function emptyScene(kind: SceneKind, taken: ReadonlySet<string>, document: Document): Scene {
  const id = freshId(KIND_WORDS[kind], taken, kind);
  const other = Object.keys(document.cast ?? {}).find((person) => person !== "you") ?? "other";
  switch (kind) {
    case "line":
      return { kind, id, beats: [{ id: "b1", text: "" }] };
    case "decision":
      return { kind, id, choices: ["a", "b"].map((letter) => ({ id: freshId(`${id}_${letter}`, taken, "choice"), text: "" })) };
    case "question":
      return { kind, id, type: "single", points: 1, options: [{ id: "o1", text: "", credit: 1 }, { id: "o2", text: "", credit: 0 }] };
    case "ending":
      return { kind, id, outcome: "good" };
    case "reflection":
      return { kind, id, prompts: [{ id: "p1", type: "journal", text: "" }] };
    case "roleplay":
      return { kind, id, plays: { learner: "you", character: other }, ends: { turns: 6 }, exits: {} };
    default:
      return { kind, id };
  }
}

export function addScene(drawing: Drawing, wanted: NewScene, retired: ReadonlySet<string>): { drawing: Drawing; id: string } {
  const taken = new Set([...idsIn(drawing.document), ...retired]);
  const scene = emptyScene(wanted.kind, taken, drawing.document);
  let document = insertAt(drawing.document, ["scenes"], wanted.index ?? scenesOf(drawing.document).length, scene);
  if (wanted.from) document = connect(document, indexOfScene(document, wanted.from.scene), wanted.from.way, scene.id);
  return { drawing: { document, layout: { ...drawing.layout, [scene.id]: wanted.place } }, id: scene.id };
}

export function duplicateScene(drawing: Drawing, id: string, retired: ReadonlySet<string>): { drawing: Drawing; id: string } {
  const index = indexOfScene(drawing.document, id);
  const original = scenesOf(drawing.document)[index];
  if (!original) return { drawing, id };
  const taken = new Set([...idsIn(drawing.document), ...retired]);
  const names = new Map<string, string>();
  const rename = (old: string): void => {
    const fresh = freshId(old.replace(/-\d+$/, ""), taken, "copy");
    taken.add(fresh);
    names.set(old, fresh);
  };
  rename(original.id);
  if (original.kind === "decision") for (const choice of original.choices ?? []) rename(choice.id);
  const copy = renamed(original, names) as Scene;
  if (original.title) copy.title = `${original.title} (copy)`;
  const place = drawing.layout[id] ?? { x: 0, y: 0 };
  return {
    drawing: {
      document: insertAt(drawing.document, ["scenes"], index + 1, copy),
      layout: { ...drawing.layout, [copy.id]: { x: place.x + 40, y: place.y + 40 } },
    },
    id: copy.id,
  };
}

// Where a scene names itself or its choices; everywhere else a word is only a word.
const NAMING = new Set(["id", "goto", "visits", "chosen", "on_timeout", "otherwise", "moment", "level", "goal"]);

function renamed(value: unknown, names: ReadonlyMap<string, string>, key = ""): unknown {
  if (typeof value === "string") {
    if (!NAMING.has(key)) return value;
    const [head = "", ...rest] = value.split(".");
    return [names.get(head) ?? head, ...rest].join(".");
  }
  if (Array.isArray(value)) return value.map((each) => renamed(each, names, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, renamed(each, names, name)]));
}

/** Deletes scenes; ways that led to them lead nowhere, and `cut` says how many. */
export function deleteScenes(drawing: Drawing, ids: ReadonlySet<string>): { drawing: Drawing; cut: number } {
  const left = scenesOf(drawing.document).filter((scene) => !ids.has(scene.id));
  let document = setAt(drawing.document, ["scenes"], left.length > 0 ? left : undefined);
  const disconnected = disconnect(document, ids);
  document = disconnected.document;
  if (document.start && ids.has(document.start)) document = setAt(document, ["start"], left[0]?.id);
  const layout = Object.fromEntries(Object.entries(drawing.layout).filter(([id]) => !ids.has(id)));
  return { drawing: { document, layout }, cut: disconnected.cut };
}

/** Moves a scene in the reading order. */
export function moveScene(document: Document, id: string, by: number): Document {
  const index = indexOfScene(document, id);
  const wasFirst = startOf(document);
  const moved = moveAt(document, ["scenes"], index, index + by);
  // Play must not begin elsewhere because the reading order changed.
  return moved === document || document.start ? moved : setStart(moved, wasFirst);
}

export function setStart(document: Document, id: string): Document {
  return startOf(document) === id ? document : setAt(document, ["start"], id);
}

export function place(layout: Layout, places: Readonly<Record<string, Place>>): Layout {
  return { ...layout, ...Object.fromEntries(Object.entries(places).map(([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }])) };
}
