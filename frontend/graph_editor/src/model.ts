// The document as the editor holds it: plain JSON of the contract, with whatever else the file carries.
import type * as contract from "../../contract/document";

export type {
  Beat,
  Choice,
  Condition,
  CriterionUse,
  Finding,
  MediaUse,
  Option,
  Served,
} from "../../contract/document";

export type Document = contract.Scenario;
export type Scene = NonNullable<contract.Scenario["scenes"]>[number];
export type SceneKind = Scene["kind"];
export type SceneOf<Kind extends SceneKind> = Extract<Scene, { kind: Kind }>;
export type Variable = NonNullable<contract.Scenario["variables"]>[string];

export interface Place {
  x: number;
  y: number;
}

/** Where the cards lie, by scene id. */
export type Layout = Readonly<Record<string, Place>>;

/** What the form field keeps: the document, and where its cards lie. */
export interface Drawing {
  readonly document: Document;
  readonly layout: Layout;
}

export const KINDS: readonly SceneKind[] = ["page", "line", "decision", "question", "reply", "roleplay", "reflection", "route", "ending"];

export function scenesOf(document: Document): readonly Scene[] {
  return document.scenes ?? [];
}

const indexes = new WeakMap<readonly Scene[], ReadonlyMap<string, number>>();

/** Where each scene stands; looked up often, so made once per list. */
export function indexOfScene(document: Document, id: string): number {
  const scenes = document.scenes;
  if (!scenes) return -1;
  let index = indexes.get(scenes);
  if (!index) {
    index = new Map(scenes.map((scene, at) => [scene.id, at]));
    indexes.set(scenes, index);
  }
  return index.get(id) ?? -1;
}

export function sceneById(document: Document, id: string): Scene | undefined {
  return scenesOf(document)[indexOfScene(document, id)];
}

/** Play begins here: the named start, else the first scene. */
export function startOf(document: Document): string {
  return document.start || scenesOf(document)[0]?.id || "";
}
