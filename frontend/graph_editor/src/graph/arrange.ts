// Where cards lie when nobody has placed them: columns by the longest way from the start, each near what leads to it.
// One pass over scenes and ways; no library.
import { waysOut } from "../edits/ways";
import { scenesOf, startOf, type Document, type Layout, type Place } from "../model";
import { CARD_WIDTH, heightOf, wayY } from "./sizes";

const COLUMN = CARD_WIDTH + 110;
const GAP = 28;

interface Graph {
  ids: string[];
  next: Map<string, { to: string; y: number }[]>;
}

function graphOf(document: Document): Graph {
  const known = new Set(scenesOf(document).map((scene) => scene.id));
  const next = new Map<string, { to: string; y: number }[]>();
  for (const scene of scenesOf(document)) {
    const out = waysOut(scene, document);
    // Around the middle of the ways, so that a chain of scenes stays on one line.
    const middle = wayY((out.length - 1) / 2);
    const ways = out.map((way, i) => ({ to: way.target, y: wayY(i) - middle }));
    next.set(scene.id, ways.filter((way) => known.has(way.to) && way.to !== scene.id));
  }
  return { ids: [...known], next };
}

/** Depth-first from the roots: the order in which scenes are done, and the ways that go back. */
function explore(graph: Graph, roots: readonly string[]): { order: string[]; back: Set<string> } {
  const order: string[] = [];
  const back = new Set<string>();
  const state = new Map<string, "open" | "done">();
  for (const root of roots) {
    if (state.has(root)) continue;
    const stack: { id: string; at: number }[] = [{ id: root, at: 0 }];
    state.set(root, "open");
    while (stack.length > 0) {
      const top = stack[stack.length - 1] as { id: string; at: number };
      const way = (graph.next.get(top.id) ?? [])[top.at];
      top.at += 1;
      if (!way) {
        state.set(top.id, "done");
        order.push(top.id);
        stack.pop();
      } else if (!graph.next.has(way.to)) {
        continue;
      } else if (!state.has(way.to)) {
        state.set(way.to, "open");
        stack.push({ id: way.to, at: 0 });
      } else if (state.get(way.to) === "open") {
        back.add(`${top.id}\n${way.to}`);
      }
    }
  }
  return { order: order.reverse(), back };
}

export function arrange(document: Document): Layout {
  const graph = graphOf(document);
  const heights = new Map(scenesOf(document).map((scene) => [scene.id, heightOf(scene, document)]));
  const main = arrangeFrom(graph, [startOf(document)], heights);
  const left = graph.ids.filter((id) => !main[id]);
  if (left.length === 0) return main;
  const beside = arrangeFrom({ ids: left, next: new Map(left.map((id) => [id, graph.next.get(id) ?? []])) }, left, heights);
  const floor = Math.max(0, ...Object.entries(main).map(([id, at]) => at.y + (heights.get(id) ?? 0)));
  const top = Math.min(...Object.values(beside).map((at) => at.y));
  const lowered = Object.entries(beside).map(([id, at]) => [id, { x: at.x, y: at.y - top + floor + 80 }] as const);
  return { ...main, ...Object.fromEntries(lowered) };
}

/** Places what can be reached from `roots` within the graph. */
function arrangeFrom(graph: Graph, roots: readonly string[], heights: ReadonlyMap<string, number>): Record<string, Place> {
  const { order, back } = explore(graph, roots.filter((id) => graph.next.has(id)));
  const forward = (id: string): { to: string; y: number }[] =>
    (graph.next.get(id) ?? []).filter((way) => graph.next.has(way.to) && !back.has(`${id}\n${way.to}`));
  const column = new Map<string, number>();
  const columns: string[][] = [];
  for (const id of order) {
    const here = column.get(id) ?? 0;
    (columns[here] ??= []).push(id);
    for (const way of forward(id)) column.set(way.to, Math.max(column.get(way.to) ?? 0, here + 1));
  }
  const wanted = new Map<string, { sum: number; count: number }>();
  const places: Record<string, Place> = {};
  columns.forEach((ids, at) => {
    const cards = ids.map((id) => {
      const want = wanted.get(id);
      return { id, y: want ? want.sum / want.count : 0 };
    });
    cards.sort((a, b) => a.y - b.y);
    stack(cards, heights);
    for (const { id, y } of cards) {
      places[id] = { x: at * COLUMN, y: Math.round(y) };
      for (const way of forward(id)) {
        const want = wanted.get(way.to) ?? { sum: 0, count: 0 };
        wanted.set(way.to, { sum: want.sum + y + way.y, count: want.count + 1 });
      }
    }
  });
  return places;
}

/** Keeps the order and the gaps, and stays as near as possible to where each wants to be. */
function stack(cards: { id: string; y: number }[], heights: ReadonlyMap<string, number>): void {
  let below = Number.NEGATIVE_INFINITY;
  let moved = 0;
  for (const card of cards) {
    const y = Math.max(card.y, below);
    moved += y - card.y;
    card.y = y;
    below = y + (heights.get(card.id) ?? 0) + GAP;
  }
  const shift = cards.length > 0 ? moved / cards.length : 0;
  for (const card of cards) card.y -= shift;
}

/** A place for every scene: the author's own where there is one; the rest below what is placed. */
export function placeAll(document: Document, layout: Layout): Layout {
  const missing = scenesOf(document).filter((scene) => !layout[scene.id]);
  if (missing.length === 0) return layout;
  const arranged = arrange(document);
  if (missing.length === scenesOf(document).length) return { ...layout, ...arranged };
  const known = scenesOf(document).filter((scene) => layout[scene.id]);
  const lowest = Math.max(...known.map((scene) => (layout[scene.id]?.y ?? 0) + heightOf(scene, document)));
  const highest = Math.min(...missing.map((scene) => arranged[scene.id]?.y ?? 0));
  const added = missing.map((scene) => {
    const at = arranged[scene.id] ?? { x: 0, y: 0 };
    return [scene.id, { x: at.x, y: at.y - highest + lowest + 60 }] as const;
  });
  return { ...layout, ...Object.fromEntries(added) };
}

/** A free place to the right of a scene, or below everything when there is none to stand beside. */
export function placeBeside(document: Document, layout: Layout, id: string): Place {
  const beside = layout[id];
  const cards = scenesOf(document).flatMap((scene) => {
    const at = layout[scene.id];
    return at ? [{ ...at, height: heightOf(scene, document) }] : [];
  });
  if (!beside) return { x: 0, y: cards.reduce((low, card) => Math.max(low, card.y + card.height + GAP), 0) };
  const x = beside.x + COLUMN;
  let y = beside.y;
  const hits = (): number => {
    const hit = cards.find((card) => Math.abs(card.x - x) < CARD_WIDTH && card.y < y + 150 && y < card.y + card.height + GAP);
    return hit ? hit.y + hit.height + GAP : Number.NaN;
  };
  for (let lower = hits(); !Number.isNaN(lower); lower = hits()) y = lower;
  return { x, y };
}
