// Every way out of a scene, with its words and where it is written. The same list as the engine draws.
import { conditionWords } from "../reading/conditions";
import { shorten } from "../reading/words";
import { scenesOf, type Document, type Scene, type SceneOf } from "../model";
import { formatPath, removeAt, setAt, valueAt, type Path } from "./paths";

export interface Way {
  /** Relative to the scene, and unique in it. */
  readonly key: string;
  readonly path: Path;
  readonly words: string;
  readonly target: string;
  /** May stay open without being a fault. */
  readonly optional: boolean;
}

function way(path: Path, words: string, target: string | undefined, optional = false): Way {
  return { key: formatPath(path), path, words: words || "…", target: target ?? "", optional };
}

export function waysOut(scene: Scene, document: Document): readonly Way[] {
  switch (scene.kind) {
    case "decision":
      return (scene.choices ?? []).map((choice, i) => way(["choices", i, "goto"], shorten(choice.text, 60), choice.goto));
    case "page":
      return waysOfPage(scene);
    case "line":
    case "question":
      return [way(["goto"], "then", scene.goto)];
    case "reflection":
      return [way(["goto"], "then", scene.goto, scene.done)];
    case "ending":
      return [way(["afterwards"], "afterwards", scene.afterwards, true)];
    case "reply":
      return waysOfReply(scene, document);
    case "route":
      return waysOfRoute(scene, document);
    case "roleplay":
      return waysOfRoleplay(scene);
    default:
      return [];
  }
}

function waysOfPage(scene: SceneOf<"page">): Way[] {
  const chosen = (scene.choose ?? []).map((each, i) => way(["choose", i, "goto"], shorten(each.text, 60), each.goto));
  if (scene.goto || chosen.length === 0) chosen.push(way(["goto"], "then", scene.goto, scene.done));
  return chosen;
}

function waysOfSamples(scene: SceneOf<"reply"> | SceneOf<"roleplay">): Way[] {
  const samples = scene.if_not_assessed?.samples ?? [];
  return samples.map((each, i) => way(["if_not_assessed", "samples", i, "goto"], `sample: ${shorten(each.text, 50)}`, each.goto));
}

function waysOfReply(scene: SceneOf<"reply">, document: Document): Way[] {
  const rules = (scene.branch ?? []).map((rule, i) => way(["branch", i, "goto"], `if ${conditionWords(rule.when, document)}`, rule.goto));
  return [...rules, way(["otherwise", "goto"], "otherwise", scene.otherwise?.goto), ...waysOfSamples(scene)];
}

function waysOfRoute(scene: SceneOf<"route">, document: Document): Way[] {
  const ways = (scene.rules ?? []).map((rule, i) => way(["rules", i, "goto"], `if ${conditionWords(rule.when, document)}`, rule.goto));
  (scene.random ?? []).forEach((arm, i) => ways.push(way(["random", i, "goto"], `by chance, weight ${arm.chance ?? 1}`, arm.goto)));
  if (scene.draw) {
    scene.draw.from.forEach((target, i) => ways.push(way(["draw", "from", i], `drawn, ${i + 1}`, target)));
    ways.push(way(["draw", "then"], "after the draw", scene.draw.then));
  }
  if (scene.otherwise || ways.length === 0 || scene.rules?.length) ways.push(way(["otherwise"], "otherwise", scene.otherwise));
  return ways;
}

function waysOfRoleplay(scene: SceneOf<"roleplay">): Way[] {
  const exits = scene.exits ?? {};
  const ways = [
    way(["exits", "goals"], "all goals met", exits.goals, scene.ends?.goals == null),
    way(["exits", "turns"], "turns used up", exits.turns),
    way(["exits", "learner"], "the learner ends it", exits.learner),
    way(["exits", "stopped"], "the learner stops", exits.stopped),
  ];
  (scene.events ?? []).forEach((event, i) => {
    if (event.then === "decide" || event.decision) ways.push(way(["events", i, "decision"], `event ${i + 1}`, event.decision));
  });
  return [...ways, ...waysOfSamples(scene)];
}

/** Draws one way to `target` ("" takes it back). */
export function connect(document: Document, sceneIndex: number, key: string, target: string): Document {
  const scene = scenesOf(document)[sceneIndex];
  const found = scene && waysOut(scene, document).find((each) => each.key === key);
  if (!found || found.target === target) return document;
  const path: Path = ["scenes", sceneIndex, ...found.path];
  // A draw lists scenes: an entry that leads nowhere is no entry.
  if (target === "" && found.path[0] === "draw" && found.path[1] === "from") return removeAt(document, path);
  return setAt(document, path, target === "" && valueAt(document, path) === undefined ? undefined : target);
}

/** Takes back every way that leads to one of `gone`; says how many there were. */
export function disconnect(document: Document, gone: ReadonlySet<string>): { document: Document; cut: number } {
  let changed = document;
  let cut = 0;
  scenesOf(document).forEach((scene, index) => {
    const broken = waysOut(scene, document).filter((each) => gone.has(each.target));
    // From the last: taking an entry out of a draw moves those after it.
    for (const each of broken.reverse()) {
      changed = connect(changed, index, each.key, "");
      cut += 1;
    }
  });
  return { document: changed, cut };
}
