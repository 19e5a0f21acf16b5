// @vitest-environment node
import { describe, expect, test } from "vitest";
import { freshId, idsIn, nextInList } from "../src/edits/ids";
import { addChoice, addPart, deleteChoice } from "../src/edits/parts";
import { formatPath, moveAt, parsePath, removeAt, setAt, valueAt } from "../src/edits/paths";
import { addScene, deleteScenes, duplicateScene, emptyScene, moveScene, setStart } from "../src/edits/scenes";
import { connect, waysOut } from "../src/edits/ways";
import { KINDS, sceneById, scenesOf, startOf, type Document } from "../src/model";
import { drawing, story } from "./stories";

const NEVER = new Set<string>();

function targets(document: Document, id: string): string[] {
  const scene = sceneById(document, id);
  return scene ? waysOut(scene, document).map((way) => way.target) : [];
}

describe("paths", () => {
  test("setting changes one place and shares the rest", () => {
    const before = story();
    const after = setAt(before, ["scenes", 0, "title"], "New");
    expect(valueAt(after, ["scenes", 0, "title"])).toBe("New");
    expect(valueAt(before, ["scenes", 0, "title"])).toBe("At the door");
    expect(after.scenes?.[1]).toBe(before.scenes?.[1]);
    expect(valueAt(after, ["scenes", 0, "later"])).toBe("kept");
  });

  test("undefined takes a field away, and an emptied list goes with its last item", () => {
    expect(setAt({ a: 1, b: 2 }, ["a"], undefined)).toEqual({ b: 2 });
    expect(removeAt({ list: [1] }, ["list", 0])).toEqual({});
  });

  test("what is missing on the way is made", () => {
    expect(setAt({}, ["range", 1], 5)).toEqual({ range: [undefined, 5] });
    expect(setAt({}, ["otherwise", "goto"], "x")).toEqual({ otherwise: { goto: "x" } });
  });

  test("moving outside of the list changes nothing", () => {
    const value = { list: ["a", "b"] };
    expect(moveAt(value, ["list"], 0, -1)).toBe(value);
    expect(moveAt(value, ["list"], 0, 1)).toEqual({ list: ["b", "a"] });
  });

  test("the path of a finding is read and written alike", () => {
    expect(parsePath("$.scenes[3].choices[0].goto")).toEqual(["scenes", 3, "choices", 0, "goto"]);
    expect(formatPath(["scenes", 3, "choices", 0, "goto"])).toBe(".scenes[3].choices[0].goto");
  });
});

describe("ids", () => {
  test("are made of words, and never given twice", () => {
    expect(freshId("Was sagst du, Zoë?", NEVER, "scene")).toBe("was-sagst-du-zoe");
    expect(freshId("Decision", new Set(["decision", "decision-2"]), "scene")).toBe("decision-3");
    expect(freshId("مشهد", NEVER, "scene")).toBe("scene");
  });

  test("count up in lists, past those in use", () => {
    expect(nextInList("b", [{ id: "b1" }, { id: "b3" }])).toBe("b4");
  });
});

describe("scenes", () => {
  test.each(KINDS)("an empty %s has an id of its own", (kind) => {
    const scene = emptyScene(kind, new Set([kind]), story());
    expect(scene.kind).toBe(kind);
    expect(scene.id).toMatch(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/);
  });

  test("adding from a way places, orders and connects", () => {
    const { drawing: after, id } = addScene(drawing(), { kind: "line", index: 1, place: { x: 5, y: 6 }, from: { scene: "door", way: ".choices[1].goto" } }, NEVER);
    expect(scenesOf(after.document).map((scene) => scene.id)).toEqual(["door", id, "way", "calm", "gone"]);
    expect(targets(after.document, "door")).toEqual(["way", id, "door"]);
    expect(after.layout[id]).toEqual({ x: 5, y: 6 });
  });

  test("an id that was used before is not given again", () => {
    const { id } = addScene(drawing(), { kind: "line", place: { x: 0, y: 0 } }, new Set(["lines"]));
    expect(id).toBe("lines-2");
  });

  test("a duplicate has fresh ids and leads to itself where the original did", () => {
    const { drawing: after, id } = duplicateScene(drawing(), "door", NEVER);
    const copy = sceneById(after.document, id);
    expect(copy).toEqual({
      ...sceneById(after.document, "door"),
      id: "door-2",
      title: "At the door (copy)",
      choices: [
        { id: "ask-2", text: "Tell me what it was for.", goto: "way" },
        { id: "shrug-2", text: "These things happen.", goto: "way" },
        { id: "again-2", text: "Wait.", goto: "door-2", when: { visits: "door-2", at_most: 1 } },
      ],
      timed: { seconds: 30, on_timeout: "shrug-2" },
    });
    expect(idsIn(after.document).size).toBe(idsIn(story()).size + 4);
  });

  test("deleting takes ways back, counts them, and moves the start", () => {
    const { drawing: after, cut } = deleteScenes(drawing(), new Set(["way"]));
    expect(cut).toBe(2);
    expect(targets(after.document, "door")).toEqual(["", "", "door"]);
    expect(after.layout).not.toHaveProperty("way");
    expect(startOf(deleteScenes(drawing(), new Set(["door"])).drawing.document)).toBe("way");
    expect(valueAt(after.document, ["future"])).toEqual({ kept: [1, 2] });
  });

  test("moving the first scene does not move the start", () => {
    const { start: _, ...withoutStart } = story();
    const moved = moveScene(withoutStart, "door", 1);
    expect(scenesOf(moved).map((scene) => scene.id).slice(0, 2)).toEqual(["way", "door"]);
    expect(startOf(moved)).toBe("door");
    expect(startOf(setStart(moved, "calm"))).toBe("calm");
  });
});

describe("ways", () => {
  test("every kind of way is drawn where the format writes it", () => {
    const document = {
      ...story(),
      scenes: [
        { id: "p", kind: "page", choose: [{ id: "w1", text: "On", goto: "" }] },
        { id: "r", kind: "reply", branch: [{ when: { level: "r.ack", at_least: 2 } }], if_not_assessed: { samples: [{ id: "s1", text: "Sorry" }] } },
        { id: "d", kind: "route", draw: { from: ["p", "r"], count: 1 } },
        { id: "e", kind: "ending", outcome: "good" },
        { id: "t", kind: "roleplay", plays: { learner: "you", character: "mara" }, ends: { turns: 3 }, exits: {} },
      ],
    } as unknown as Document;
    const keys = scenesOf(document).map((scene) => waysOut(scene, document).map((way) => way.key));
    expect(keys).toEqual([
      [".choose[0].goto"],
      [".branch[0].goto", ".otherwise.goto", ".if_not_assessed.samples[0].goto"],
      [".draw.from[0]", ".draw.from[1]", ".draw.then"],
      [".afterwards"],
      [".exits.goals", ".exits.turns", ".exits.learner", ".exits.stopped"],
    ]);
    scenesOf(document).forEach((scene, index) => {
      for (const way of waysOut(scene, document)) {
        const after = connect(document, index, way.key, "e");
        const again = scenesOf(after)[index];
        expect(again && waysOut(again, after).find((each) => each.key === way.key)?.target).toBe("e");
      }
    });
  });

  test("taking a way back that was never drawn changes nothing", () => {
    const document = story();
    expect(connect(document, 2, ".afterwards", "")).toBe(document);
  });

  test("a scene that goes leaves a draw", () => {
    const document = { ...story(), scenes: [{ id: "d", kind: "route", draw: { from: ["a", "b"], count: 1 } }, { id: "a", kind: "line" }, { id: "b", kind: "line" }] } as Document;
    const after = deleteScenes({ document, layout: {} }, new Set(["a"])).drawing.document;
    expect(valueAt(after, ["scenes", 0, "draw", "from"])).toEqual(["b"]);
  });
});

describe("parts", () => {
  test("a choice gets an id that no other scene uses", () => {
    const after = addChoice(story(), 0, new Set(["door_d"]));
    expect(valueAt(after, ["scenes", 0, "choices", 3])).toEqual({ id: "door_d-2", text: "" });
  });

  test("a deleted choice is reported where it is still named", () => {
    expect(deleteChoice(story(), ["scenes", 0, "choices", 0], "ask").mentions).toBe(1);
    expect(deleteChoice(story(), ["scenes", 0, "choices", 1], "shrug").mentions).toBe(1);
  });

  test("beats are numbered in their list", () => {
    const after = addPart(story(), ["scenes", 0, "beats"], { text: "" });
    expect(valueAt(after, ["scenes", 0, "beats", 1])).toEqual({ id: "b2", text: "" });
  });
});
