// Questions of every type: asked, helped, tried again, sent.
import { describe, expect, it } from "vitest";
import { after, fixture, open } from "./browser";

describe("a question", () => {
  it("asks for an answer before it sends one", async () => {
    const page = await open("question");
    page.find("form").dispatchEvent(new Event("submit", { cancelable: true }));
    await page.settle();
    expect(page.find(".problem").textContent).toBe("Pick or write an answer first.");
    expect(page.host.sent).toEqual([]);
  });

  it("keeps what was picked when a hint is taken, and moves focus to the hint", async () => {
    const page = await open("question");
    const asked = fixture("question");
    const question = { ...asked.view.question!, hints: [...asked.view.question!.hints!, { id: "h2", text: [{ t: "p", c: ["Second hint."] }] }], hints_left: 0 };
    page.host.answer = () => Promise.resolve(after(asked, { question }));
    (page.root.querySelectorAll("input[type=radio]")[2] as HTMLInputElement).click();
    await page.settle();
    page.button("Show a hint (costs 25% of this answer)").click();
    await page.settle();
    expect(page.focused()).toContain("Second hint.");
    page.find("form").dispatchEvent(new Event("submit", { cancelable: true }));
    await page.settle();
    expect(page.host.sent.map((each) => each.action)).toEqual([{ type: "hint" }, { type: "answer", value: ["c"] }]);
  });

  it("can be tried again, or left", async () => {
    const page = await open("question-again");
    expect(page.text()).toContain("Partly right");
    page.button("Try once more").click();
    await page.settle();
    expect(page.find("[data-again]")).toBe(page.root.activeElement);
    expect(page.root.querySelectorAll("input[type=radio]")).toHaveLength(4);
  });

  it("sends a number as it was typed, and keeps it with a hint when the host could not read it", async () => {
    const page = await open("question-numeric");
    expect(page.find("#number-how").textContent).toBe("A number, for example 2.5.");
    const input = page.find("input[type=text]") as HTMLInputElement;
    input.value = "about eight";
    input.dispatchEvent(new Event("input"));
    page.host.answer = () => Promise.resolve({ ...page.host.current, error: "That is no number.", error_code: "play.not-a-number" });
    page.find("form").dispatchEvent(new Event("submit", { cancelable: true }));
    await page.settle();
    expect(page.host.sent.map((each) => each.action)).toEqual([{ type: "answer", value: "about eight" }]);
    expect(page.find(".problem").textContent).toBe("Write a number, for example 2.5.");
    expect([input.value, page.root.querySelector(".notice")]).toEqual(["about eight", null]);
  });

  it("asks how sure one is, says that it is never scored, and sends it along", async () => {
    const page = await open("question-confidence");
    expect(page.find(".sure legend").textContent).toContain("This is never scored.");
    page.find(".option input").click();
    ([...page.root.querySelectorAll<HTMLElement>(".sure input")][4] as HTMLElement).click();
    await page.settle();
    page.find("form").dispatchEvent(new Event("submit", { cancelable: true }));
    expect(page.host.sent[0]?.action).toEqual({ type: "answer", value: ["p1"], confidence: 4 });
  });

  it("says that a coach reads an answer nobody foresaw, and shows no credit for it", async () => {
    const { text } = await open("reaction-coach");
    expect(text()).toContain("This answer was not foreseen. A coach will read it, and it counts then.");
    expect(text()).not.toContain("Not yet right");
  });

  it("is put in order with arrows, and says where things went", async () => {
    const page = await open("question-ordering");
    page.find("button[aria-label='Move down: Silent writing']").click();
    await page.settle();
    expect(page.find("[role=status]").textContent).toBe("Silent writing: place 2 of 5");
    expect(page.root.activeElement?.getAttribute("aria-label")).toBe("Move down: Silent writing");
    page.find("form").dispatchEvent(new Event("submit", { cancelable: true }));
    expect(page.host.sent[0]?.action).toEqual({ type: "answer", value: ["i1", "i0", "i2", "i3", "i4"] });
  });

  it("is put in order with the arrow keys too, and goes on from the last try", async () => {
    const page = await open("question-ordering-again");
    const row = (n: number): HTMLElement => page.root.querySelectorAll<HTMLElement>(".order li")[n] as HTMLElement;
    expect(row(0).querySelector(".what")?.textContent).toBe("Say what is to be decided, and by whom");
    row(1).dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true, cancelable: true }));
    await page.settle();
    expect(row(0).querySelector(".what")?.textContent).toBe("Silent writing");
    expect(page.root.activeElement?.getAttribute("aria-label")).toBe("Move down: Silent writing");
    expect(page.text()).toContain("Show a hint (costs 25% of this answer)");
  });

  it("gives a partner to one line only: the other line is told that it has none", async () => {
    const page = await open("question-matching-again");
    const selects = [...page.root.querySelectorAll("select")];
    expect(selects.map((each) => each.value)).toEqual(["r3", "", "r1"]);
    const second = selects[1] as HTMLSelectElement;
    second.value = "r3";
    second.dispatchEvent(new Event("change"));
    await page.settle();
    expect(selects.map((each) => each.value)).toEqual(["", "r3", "r1"]);
    expect(page.find("[role=status]").textContent).toBe("“It may be a little difficult.” has no partner now.");
  });

  it("is matched in pairs, all of them", async () => {
    const page = await open("question-matching");
    const selects = [...page.root.querySelectorAll("select")];
    page.find("form").dispatchEvent(new Event("submit", { cancelable: true }));
    expect(page.host.sent).toEqual([]);
    selects.forEach((select, i) => {
      select.value = `r${2 - i}`;
      select.dispatchEvent(new Event("change"));
    });
    page.find("form").dispatchEvent(new Event("submit", { cancelable: true }));
    expect(page.host.sent[0]?.action).toEqual({
      type: "answer",
      value: [
        ["l0", "r2"],
        ["l1", "r1"],
        ["l2", "r0"],
      ],
    });
  });

  it("sends how sure the learner is, where the author asks", async () => {
    const page = await open("question-multiple");
    (page.root.querySelectorAll("input[type=checkbox]")[1] as HTMLInputElement).click();
    (page.root.querySelectorAll(".sure input")[3] as HTMLInputElement).click();
    await page.settle();
    page.find("form").dispatchEvent(new Event("submit", { cancelable: true }));
    expect(page.host.sent[0]?.action).toEqual({ type: "answer", value: ["b"], confidence: 3 });
  });
});
