// The document as React Flow wants it: cards and edges. What did not change stays the same object, so that it is not drawn again.
import { Position, type Node } from "@xyflow/react";
import type { Way } from "../edits/ways";
import { WayKeeper } from "../reading/keeper";
import type { Marks } from "../findings";
import { scenesOf, startOf, type Document, type Layout, type Place, type Scene } from "../model";
import { KIND_WORDS, OUTCOME_WORDS, firstWords, sceneName, shorten } from "../reading/words";
import { ARRIVAL_Y, CARD_WIDTH, cardHeight, wayY } from "./sizes";
import type { Drawn } from "./WayEdge";

export interface CardData extends Record<string, unknown> {
  scene: Scene;
  ways: readonly Way[];
  name: string;
  first: string;
  isStart: boolean;
  marks: Marks | undefined;
  portrait: string;
}

export type Card = Node<CardData, "scene">;

/** The picture of whoever speaks first. */
function portraitOf(scene: Scene, document: Document, urls: ReadonlyMap<string, string>): string {
  const beat = scene.beats?.find((each) => each.who && each.mood);
  const key = beat && document.cast?.[beat.who ?? ""]?.moods?.[beat.mood ?? ""]?.image;
  return (key && urls.get(key)) || "";
}

function spoken(data: CardData): string {
  const { scene, marks } = data;
  const parts = [KIND_WORDS[scene.kind] ?? scene.kind, data.name];
  if (scene.kind === "ending") parts.push(OUTCOME_WORDS[scene.outcome] ?? "");
  if (data.isStart) parts.push("start");
  if (marks?.errors) parts.push(marks.errors === 1 ? "1 error" : `${marks.errors} errors`);
  if (marks?.warnings) parts.push(marks.warnings === 1 ? "1 warning" : `${marks.warnings} warnings`);
  return parts.filter(Boolean).join(", ");
}

export interface Around {
  layout: Layout;
  selected: ReadonlySet<string>;
  dragged: ReadonlyMap<string, Place>;
  marks: ReadonlyMap<string, Marks>;
  urls: ReadonlyMap<string, string>;
  readOnly: boolean;
}

/** Makes cards, and reuses those whose scene, place and marks are as they were. */
export class CardMaker {
  private cards = new Map<string, Card>();
  private readonly keeper = new WayKeeper();
  private edges = new Map<string, Drawn>();

  makeCards(document: Document, around: Around): Card[] {
    const start = startOf(document);
    const made = new Map<string, Card>();
    for (const scene of scenesOf(document)) made.set(scene.id, this.card(scene, document, around, start));
    this.cards = made;
    return [...made.values()];
  }

  private card(scene: Scene, document: Document, around: Around, start: string): Card {
    const before = this.cards.get(scene.id);
    const position = around.dragged.get(scene.id) ?? around.layout[scene.id] ?? { x: 0, y: 0 };
    const selected = around.selected.has(scene.id);
    const marks = around.marks.get(scene.id);
    const portrait = portraitOf(scene, document, around.urls);
    const isStart = scene.id === start;
    const ways = this.keeper.waysOf(scene, document);
    const old = before?.data;
    const same = old && old.scene === scene && old.ways === ways && old.isStart === isStart && old.portrait === portrait && old.marks?.errors === marks?.errors && old.marks?.warnings === marks?.warnings;
    if (before && same && before.selected === selected && before.position.x === position.x && before.position.y === position.y) return before;
    const data: CardData = same ? old : { scene, ways, isStart, marks, portrait, name: sceneName(scene), first: shorten(firstWords(scene), 90) };
    const height = cardHeight(ways.length);
    return {
      id: scene.id,
      type: "scene",
      position: { x: position.x, y: position.y },
      data,
      selected,
      width: CARD_WIDTH,
      height,
      measured: { width: CARD_WIDTH, height },
      ariaLabel: spoken(data),
      // A card is a button that opens the inspector; its handles are known without measuring.
      ariaRole: "group",
      handles: [
        { type: "target", position: Position.Left, x: 0, y: ARRIVAL_Y, width: 1, height: 1 },
        ...ways.map((way, index) => ({ id: way.key, type: "source" as const, position: Position.Right, x: CARD_WIDTH - 1, y: wayY(index), width: 1, height: 1 })),
      ],
    };
  }

  makeEdges(document: Document, shown: ReadonlySet<string>): Drawn[] {
    const known = new Map(scenesOf(document).map((scene) => [scene.id, scene]));
    const made = new Map<string, Drawn>();
    for (const scene of scenesOf(document)) {
      const ways = this.keeper.waysOf(scene, document);
      const labels = labelsOf(ways);
      for (const [index, way] of ways.entries()) {
        const target = known.get(way.target);
        if (!target) continue;
        const id = `${scene.id}${way.key}`;
        const near = shown.has(scene.id) || shown.has(target.id);
        const before = this.edges.get(id);
        const label = near ? labels.get(way.key) : undefined;
        const ariaLabel = `From ${sceneName(scene)}: ${way.words}, to ${sceneName(target)}`;
        const below = wayY(index);
        const same = before && before.target === target.id && before.label === label && before.data?.below === below && before.zIndex === (near ? 1 : 0) && before.ariaLabel === ariaLabel;
        made.set(id, same ? before : {
          id, type: "way", source: scene.id, sourceHandle: way.key, target: target.id, ariaLabel, label, data: { below },
          className: near ? "bw-edge bw-edge--near" : "bw-edge",
          zIndex: near ? 1 : 0,
        });
      }
    }
    this.edges = made;
    return [...made.values()];
  }
}

/** Words for the edges out of one scene: several to the same scene lie upon each other, so one of them speaks for all. */
function labelsOf(ways: readonly Way[]): ReadonlyMap<string, string> {
  const byTarget = new Map<string, Way[]>();
  for (const way of ways) byTarget.set(way.target, [...(byTarget.get(way.target) ?? []), way]);
  const labels = new Map<string, string>();
  for (const group of byTarget.values()) {
    const middle = group[Math.floor(group.length / 2)];
    if (middle && group.length > 1) labels.set(middle.key, `${group.length} ways`);
    else if (middle && middle.words !== "then") labels.set(middle.key, shorten(middle.words, 30));
  }
  return labels;
}
