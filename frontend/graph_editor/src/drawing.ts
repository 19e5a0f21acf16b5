// Reading the hidden textarea, and writing it again: only after an edit, and always the same text for the same drawing.
import type { Document, Drawing, Layout, Place } from "./model";

/** Why this text cannot be drawn; the plain form then stays. */
export class NotDrawable extends Error {}

export function readDrawing(text: string): Drawing {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new NotDrawable("The document is not JSON. Mend it here, save, and the graph comes back.");
  }
  if (!isObject(raw)) throw new NotDrawable("The document is not a JSON object.");
  const wrapped = isObject(raw.document);
  const document = (wrapped ? raw.document : raw) as Record<string, unknown>;
  refuseUndrawable(document);
  return { document: document as unknown as Document, layout: readLayout(wrapped ? raw.layout : {}) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuseUndrawable(document: Record<string, unknown>): void {
  const scenes = document.scenes ?? [];
  if (!Array.isArray(scenes)) throw new NotDrawable("“scenes” is not a list.");
  const seen = new Set<string>();
  scenes.forEach((scene: unknown, index) => {
    if (!isObject(scene) || typeof scene.id !== "string" || typeof scene.kind !== "string") {
      throw new NotDrawable(`Scene ${index + 1} has no id or no kind. Mend it here, save, and the graph comes back.`);
    }
    if (seen.has(scene.id)) throw new NotDrawable(`Two scenes have the id “${scene.id}”. Rename the newer one, save, and the graph comes back.`);
    seen.add(scene.id);
  });
}

function readLayout(raw: unknown): Layout {
  const layout: Record<string, Place> = {};
  for (const [id, place] of isObject(raw) ? Object.entries(raw) : []) {
    if (isObject(place) && Number.isFinite(place.x) && Number.isFinite(place.y)) layout[id] = place as unknown as Place;
  }
  return layout;
}

export function writeDrawing(drawing: Drawing): string {
  const layout = Object.fromEntries(Object.entries(drawing.layout).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify({ document: drawing.document, layout });
}
