// Keeps the ways of a scene the same object for as long as they say the same: what shows them is then not drawn again.
import { waysOut, type Way } from "../edits/ways";
import type { Document, Scene } from "../model";

export class WayKeeper {
  private readonly kept = new WeakMap<Scene, { document: Document; ways: readonly Way[] }>();

  waysOf(scene: Scene, document: Document): readonly Way[] {
    const before = this.kept.get(scene);
    // Words of conditions name other scenes; only these kinds look beyond themselves.
    const looksAround = scene.kind === "route" || scene.kind === "reply";
    if (before && (!looksAround || before.document === document)) return before.ways;
    const fresh = waysOut(scene, document);
    const ways = before && same(before.ways, fresh) ? before.ways : fresh;
    this.kept.set(scene, { document, ways });
    return ways;
  }
}

function same(a: readonly Way[], b: readonly Way[]): boolean {
  return a.length === b.length && a.every((way, at) => way.key === b[at]?.key && way.target === b[at]?.target && way.words === b[at]?.words);
}
