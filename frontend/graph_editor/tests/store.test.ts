import { describe, expect, test } from "vitest";
import { NotDrawable, readDrawing, writeDrawing } from "../src/drawing";
import { publishSentence } from "../src/findings";
import { arrange, placeAll, placeBeside } from "../src/graph/arrange";
import { STEPS } from "../src/history";
import { keepField } from "../src/page";
import { readMeterWords } from "../src/settings/Story";
import { conditionWords } from "../src/reading/conditions";
import { countWords, shorten } from "../src/reading/words";
import { scenesOf, sceneById, type Document } from "../src/model";
import { search } from "../src/search";
import { setAt } from "../src/edits/paths";
import { EditorStore } from "../src/store";
import { drawing, story } from "./stories";

describe("the field", () => {
  test("keeps its very text until an edit, and again after undoing everything", () => {
    const field = document.createElement("textarea");
    field.value = JSON.stringify({ document: story(), layout: {} }, null, 2);
    const text = field.value;
    const store = new EditorStore(readDrawing(text));
    keepField(store, field);
    store.look({ view: "outline" });
    store.select(new Set(["way"]));
    expect(field.value).toBe(text);
    store.edit("renaming", (now) => setAt(now, ["title"], "New"));
    expect(readDrawing(field.value).document.title).toBe("New");
    store.undo();
    expect(field.value).toBe(text);
  });

  test("is written the same way whatever the order of moves", () => {
    const one = writeDrawing({ document: story(), layout: { b: { x: 1, y: 1 }, a: { x: 2, y: 2 } } });
    expect(one).toBe(writeDrawing({ document: story(), layout: { a: { x: 2, y: 2 }, b: { x: 1, y: 1 } } }));
  });

  test("keeps what the editor does not know", () => {
    const text = JSON.stringify({ document: story(), layout: {} });
    expect(JSON.parse(writeDrawing(readDrawing(text))).document).toEqual(JSON.parse(text).document);
  });

  test.each([
    ["nonsense", "not JSON"],
    ["[]", "not a JSON object"],
    ['{"scenes": {}}', "not a list"],
    ['{"scenes": [{"kind": "line"}]}', "Scene 1 has no id"],
    ['{"scenes": [{"id": "a", "kind": "line"}, {"id": "a", "kind": "line"}]}', "Two scenes have the id “a”"],
  ])("%s is refused with its reason", (text, reason) => {
    expect(() => readDrawing(text)).toThrow(NotDrawable);
    expect(() => readDrawing(text)).toThrow(reason);
  });
});

describe("history", () => {
  test("undo and redo walk every step", () => {
    const store = new EditorStore(drawing());
    for (let i = 0; i < 120; i += 1) store.edit("renaming", (now) => setAt(now, ["title"], `Title ${i}`));
    for (let i = 0; i < 120; i += 1) store.undo();
    expect(store.document.title).toBe("The late parcel");
    expect(store.isUntouched).toBe(true);
    for (let i = 0; i < 120; i += 1) store.redo();
    expect(store.document.title).toBe("Title 119");
    expect(STEPS).toBeGreaterThanOrEqual(100);
  });

  test("typing in one visit to a field is one step", () => {
    const store = new EditorStore(drawing());
    for (const title of ["N", "Ne", "New"]) store.edit("changing “title”", (now) => setAt(now, ["title"], title), "title#1");
    store.undo();
    expect(store.document.title).toBe("The late parcel");
  });

  test("a new edit forgets what was undone", () => {
    const store = new EditorStore(drawing());
    store.edit("one", (now) => setAt(now, ["title"], "One"));
    store.undo();
    store.edit("two", (now) => setAt(now, ["title"], "Two"));
    store.redo();
    expect(store.document.title).toBe("Two");
  });
});

describe("the store", () => {
  test("deleting says what was lost and offers it back", () => {
    const store = new EditorStore(drawing());
    store.deleteScenes(["way"]);
    expect(store.toast).toMatchObject({ text: "Deleted “way”. 2 ways on now lead nowhere.", undo: true });
    store.undo();
    expect(store.document).toEqual(story());
  });

  test("an id is not given again in this session after its scene is gone", () => {
    const store = new EditorStore(drawing());
    const first = store.addScene("line");
    store.deleteScenes([first]);
    expect(store.addScene("line")).not.toBe(first);
  });

  test("read-only refuses every edit and shows everything", () => {
    const store = new EditorStore(drawing(), true);
    store.addScene("line");
    store.deleteScenes(["way"]);
    store.connect("door", ".choices[0].goto", "gone");
    store.tidyUp();
    expect(store.document).toEqual(story());
    store.show("calm");
    expect(store.looking.scene).toBe("calm");
  });

  test("a finding's path leads to its scene, else to the scenario", () => {
    const store = new EditorStore(drawing());
    store.goTo("$.scenes[2].because[0]");
    expect(store.looking).toMatchObject({ tab: "scene", scene: "calm", reveal: { path: ".scenes[2].because[0]" } });
    store.goTo("$.cast.mara");
    expect(store.looking).toMatchObject({ tab: "scenario", reveal: { path: "$.cast.mara" } });
  });

  test("a finding about a scene that has moved since leads to that scene", () => {
    const store = new EditorStore(drawing());
    store.moveScene("calm", -1);
    store.goTo("$.scenes[2].because[0]", "calm");
    expect(store.looking).toMatchObject({ scene: "calm", reveal: { path: ".scenes[1].because[0]" } });
    store.deleteScenes(["calm"]);
    store.goTo("$.scenes[2].because[0]", "calm");
    expect(store.looking.scene).not.toBe("gone");
  });
});

describe("arranging", () => {
  test("every scene has a place and none lies on another", () => {
    const places = Object.values(arrange(story()));
    expect(places).toHaveLength(4);
    expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(4);
  });

  test("loops and scenes that nothing leads to are placed too", () => {
    const document = { ...story(), scenes: [...scenesOf(story()), { id: "lost", kind: "line", goto: "lost" }] } as Document;
    const layout = arrange(document);
    expect(layout.lost?.y).toBeGreaterThan(Math.max(...["door", "way", "calm", "gone"].map((id) => layout[id]?.y ?? 0)));
  });

  test("a chain of ten thousand is arranged without running out of stack", () => {
    const scenes = Array.from({ length: 10_000 }, (_, i) => ({ id: `s${i}`, kind: "line" as const, goto: `s${i + 1}` }));
    expect(Object.keys(arrange({ ...story(), start: "s0", scenes }))).toHaveLength(10_000);
  });

  test("what the author placed stays", () => {
    const layout = placeAll(story(), { door: { x: 7, y: 8 } });
    expect(layout.door).toEqual({ x: 7, y: 8 });
    expect(Object.keys(layout).sort()).toEqual(["calm", "door", "gone", "way"]);
    const beside = placeBeside(story(), layout, "door");
    expect(beside.x).toBeGreaterThan(7);
  });
});

describe("reading", () => {
  test("conditions are sentences", () => {
    const trust = { var: "trust", at_least: 2 };
    expect(conditionWords(trust, story())).toBe("Trust ≥ 2");
    expect(conditionWords({ all: [trust, { not: { fact: "party" } }] }, story())).toBe("Trust ≥ 2 and not (knows: The party is on Saturday.)");
    expect(conditionWords({ chosen: "ask" }, story())).toBe("chose: Tell me what it was for.");
  });

  test("only what learners read is counted", () => {
    expect(countWords(sceneById(story(), "door"))).toBe("At the door It was promised for Tuesday Tell me what it was for These things happen Wait".split(" ").length);
    expect(shorten("A *fairly* long sentence", 12)).toBe("A fairly…");
    expect(shorten("Half a [[docket]], by the [[racks|returns wall]]: [call](https://a.example)", 80)).toBe(
      "Half a docket, by the returns wall: call",
    );
  });

  test("search finds text anywhere, with its path", () => {
    expect(search(story(), "TUESDAY")).toEqual([{ path: "$.scenes[0].beats[0].text", where: "At the door", before: "It was promised for ", match: "Tuesday", after: "." }]);
    expect(search(story(), "saturday")[0]).toMatchObject({ path: "$.facts.party.text", where: "Scenario: facts" });
    expect(search(story(), " ")).toEqual([]);
  });

  test("the sentence about publishing counts errors first", () => {
    const finding = { code: "x", level: "error" as const, message: "" };
    expect(publishSentence({ findings: [finding, finding], status: "checked", problem: "" })).toBe("2 errors keep this from being published.");
    expect(publishSentence({ findings: [{ ...finding, level: "warning" }], status: "checked", problem: "" })).toBe("It can be published. 1 warning to look at first.");
    expect(publishSentence({ findings: [], status: "checked", problem: "" })).toBe("It can be published.");
  });

  test("words of a meter are read line by line", () => {
    expect(readMeterWords("0 closed\n3: with you\nno number")).toEqual([[0, "closed"], [3, "with you"]]);
    expect(readMeterWords("")).toBeUndefined();
  });
});
