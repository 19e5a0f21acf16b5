// The one holder of the drawing, its history, and what the designer looks at. No React, no DOM, no network.
import { addChoice, deleteChoice } from "./edits/parts";
import { idsIn } from "./edits/ids";
import { formatPath, parsePath, type Path } from "./edits/paths";
import * as scenes from "./edits/scenes";
import { connect, waysOut } from "./edits/ways";
import { arrange, placeAll, placeBeside } from "./graph/arrange";
import { History } from "./history";
import { indexOfScene, sceneById, scenesOf, startOf, type Document, type Drawing, type Place, type SceneKind } from "./model";
import { flushPending } from "./pending";
import { sceneName } from "./reading/words";

export type View = "graph" | "outline";
export type Tab = "scene" | "scenario" | "findings" | "comments";

/** What the designer looks at. None of it is saved. */
export interface Looking {
  readonly view: View;
  readonly tab: Tab;
  /** The scene in the inspector. */
  readonly scene: string;
  readonly selected: ReadonlySet<string>;
  /** The field to show, and a number that grows each time something is to be shown. */
  readonly reveal: { path: string; turn: number };
  /** On a narrow screen: whether the side pane covers the main one. */
  readonly sideOpen: boolean;
  /** The scene that test-play starts at; null while it is closed. */
  readonly playing: string | null;
  readonly full: boolean;
}

export interface Toast {
  readonly text: string;
  readonly undo: boolean;
  readonly turn: number;
}

export class EditorStore {
  readonly history = new History();
  readonly readOnly: boolean;
  drawing: Drawing;
  looking: Looking;
  toast: Toast | null = null;
  private readonly original: Drawing;
  private readonly retired = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private turn = 0;

  constructor(drawing: Drawing, readOnly = false) {
    this.readOnly = readOnly;
    // Placed in memory only: a page left alone writes nothing.
    this.drawing = { document: drawing.document, layout: placeAll(drawing.document, drawing.layout) };
    this.original = this.drawing;
    const first = startOf(drawing.document);
    this.looking = {
      view: "graph", tab: "scene", scene: first, selected: new Set(first ? [first] : []), reveal: { path: "", turn: 0 },
      sideOpen: false, playing: null, full: false,
    };
  }

  get document(): Document {
    return this.drawing.document;
  }

  get isUntouched(): boolean {
    return this.drawing === this.original;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }

  // Editing

  /** Changes the drawing as one step of the history. Steps with the same `merge` become one. */
  change(label: string, edit: (drawing: Drawing) => Drawing, merge = ""): void {
    if (this.readOnly) return;
    const before = this.drawing;
    const after = edit(before);
    if (after === before || (after.document === before.document && after.layout === before.layout)) return;
    this.history.record(before, label, merge);
    this.drawing = after;
    this.tell();
  }

  edit(label: string, edit: (document: Document) => Document, merge = ""): void {
    this.change(label, (drawing) => ({ ...drawing, document: edit(drawing.document) }), merge);
  }

  undo(): void {
    flushPending();
    const label = this.history.undoable;
    const back = this.history.undo(this.drawing);
    if (back) this.arriveAt(back, `Undone: ${label}`);
  }

  redo(): void {
    flushPending();
    const label = this.history.redoable;
    const forth = this.history.redo(this.drawing);
    if (forth) this.arriveAt(forth, `Done again: ${label}`);
  }

  private arriveAt(drawing: Drawing, text: string): void {
    if (this.readOnly) return;
    this.drawing = { ...drawing, layout: placeAll(drawing.document, drawing.layout) };
    if (drawing.document === this.original.document && drawing.layout === this.original.layout) this.drawing = this.original;
    this.keepSelectionAlive();
    this.say(text, false);
  }

  private keepSelectionAlive(): void {
    const left = [...this.looking.selected].filter((id) => sceneById(this.document, id));
    const scene = sceneById(this.document, this.looking.scene) ? this.looking.scene : (left[0] ?? "");
    this.looking = { ...this.looking, scene, selected: new Set(left) };
  }

  addScene(kind: SceneKind, options: { place?: Place; from?: { scene: string; way: string } } = {}): string {
    flushPending();
    const beside = options.from?.scene || this.looking.scene;
    const at = indexOfScene(this.document, beside);
    let id = "";
    this.change("adding a scene", (drawing) => {
      const place = options.place ?? placeBeside(drawing.document, drawing.layout, beside);
      const wanted = { kind, place, index: at < 0 ? undefined : at + 1, from: options.from };
      const added = scenes.addScene(drawing, wanted, this.retired);
      id = added.id;
      return added.drawing;
    });
    if (id) this.show(id);
    return id;
  }

  duplicateScene(id: string): void {
    flushPending();
    let copy = id;
    this.change("duplicating a scene", (drawing) => {
      const done = scenes.duplicateScene(drawing, id, this.retired);
      copy = done.id;
      return done.drawing;
    });
    if (copy !== id) this.show(copy);
  }

  deleteScenes(ids: Iterable<string>): void {
    flushPending();
    const gone = new Set([...ids].filter((id) => sceneById(this.document, id)));
    if (gone.size === 0 || this.readOnly) return;
    const [only] = gone;
    const scene = gone.size === 1 ? sceneById(this.document, only ?? "") : undefined;
    const name = scene ? `“${sceneName(scene)}”` : `${gone.size} scenes`;
    const index = Math.max(0, indexOfScene(this.document, only ?? "") - 1);
    this.retire();
    let cut = 0;
    this.change(`deleting ${name}`, (drawing) => {
      const done = scenes.deleteScenes(drawing, gone);
      cut = done.cut;
      return done.drawing;
    });
    const next = scenesOf(this.document)[index]?.id ?? scenesOf(this.document)[0]?.id ?? "";
    this.looking = { ...this.looking, scene: next, selected: new Set(next ? [next] : []) };
    const ways = cut === 0 ? "" : cut === 1 ? " One way on now leads nowhere." : ` ${cut} ways on now lead nowhere.`;
    this.say(`Deleted ${name}.${ways}`, true);
  }

  moveScene(id: string, by: number): void {
    flushPending();
    this.edit("moving a scene", (document) => scenes.moveScene(document, id, by));
  }

  setStart(id: string): void {
    this.edit("choosing the start", (document) => scenes.setStart(document, id));
  }

  connect(scene: string, way: string, target: string): void {
    flushPending();
    const label = target ? "connecting scenes" : "taking a way back";
    this.edit(label, (document) => connect(document, indexOfScene(document, scene), way, target));
  }

  place(places: Readonly<Record<string, Place>>, merge = ""): void {
    this.change("moving a card", (drawing) => ({ ...drawing, layout: scenes.place(drawing.layout, places) }), merge);
  }

  tidyUp(): void {
    this.change("tidying up", (drawing) => ({ ...drawing, layout: { ...drawing.layout, ...arrange(drawing.document) } }));
    this.say("The cards are tidied up.", true);
  }

  addChoice(sceneIndex: number): void {
    flushPending();
    this.edit("adding a choice", (document) => addChoice(document, sceneIndex, this.retired));
  }

  deleteChoice(path: Path, id: string, words: string): void {
    flushPending();
    this.retire();
    let mentions = 0;
    this.edit("deleting a choice", (document) => {
      const done = deleteChoice(document, path, id);
      mentions = done.mentions;
      return done.document;
    });
    const others = mentions === 0 ? "" : ` ${mentions === 1 ? "One other place names" : `${mentions} other places name`} it.`;
    this.say(`Deleted “${words || "a choice"}”.${others}`, true);
  }

  /** Ids that were in use stay theirs, also when what they named is gone. */
  private retire(): void {
    for (const id of idsIn(this.document)) this.retired.add(id);
  }

  // Looking

  look(changes: Partial<Looking>): void {
    this.looking = { ...this.looking, ...changes };
    this.tell();
  }

  select(ids: ReadonlySet<string>): void {
    const [only] = ids;
    const scene = ids.size === 1 ? (only ?? "") : this.looking.scene;
    if (scene === this.looking.scene && ids.size === this.looking.selected.size && [...ids].every((id) => this.looking.selected.has(id))) return;
    this.look({ selected: ids, scene });
  }

  /** Opens a scene in the inspector and brings it into view. */
  show(id: string, path = ""): void {
    this.turn += 1;
    this.look({ scene: id, selected: new Set([id]), tab: "scene", sideOpen: true, reveal: { path, turn: this.turn } });
  }

  /** Goes to a place in the document, as findings and search name it. A scene that has moved since is found by its id. */
  goTo(path: string, sceneId = ""): void {
    const steps = parsePath(path);
    const isInScene = steps[0] === "scenes" && typeof steps[1] === "number";
    const there = isInScene ? scenesOf(this.document)[steps[1] as number] : undefined;
    const scene = there && (sceneId === "" || there.id === sceneId) ? there : sceneById(this.document, sceneId);
    if (scene) {
      const place = isInScene ? formatPath(["scenes", indexOfScene(this.document, scene.id), ...steps.slice(2)]) : "";
      return this.show(scene.id, place);
    }
    this.turn += 1;
    this.look({ tab: "scenario", sideOpen: true, reveal: { path, turn: this.turn } });
  }

  play(from: string): void {
    flushPending();
    this.look({ playing: from });
  }

  say(text: string, undo: boolean): void {
    this.turn += 1;
    this.toast = { text, undo, turn: this.turn };
    this.tell();
  }

  dismissToast(): void {
    this.toast = null;
    this.tell();
  }

  waysFrom(id: string): ReturnType<typeof waysOut> {
    const scene = sceneById(this.document, id);
    return scene ? waysOut(scene, this.document) : [];
  }
}
