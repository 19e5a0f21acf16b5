// What is chosen or said in one's own words, and what comes of it.
import { describe, expect, it, vi } from "vitest";
import { fixture, open } from "./browser";

describe("a decision", () => {
  it("shows the meter as a word with a bar, and its choices under the question", async () => {
    const { find, root } = await open("decision");
    expect(find(".meter").textContent?.replace(/\s+/g, " ").trim()).toBe("Trust guarded");
    expect(find(".meter .bar-part").getAttribute("width")).toBe("30.0");
    expect(find("fieldset > legend").textContent?.trim()).toBe("What do you say first?");
    expect(root.querySelectorAll("fieldset button.card")).toHaveLength(4);
  });

  it("sends one choice for a double click and moves focus to what was said", async () => {
    const page = await open("decision");
    page.host.answer = () => Promise.resolve(fixture("reaction"));
    const card = page.button("I can help with that");
    card.click();
    card.click();
    await page.settle();
    expect(page.host.sent).toEqual([{ seq: 3, action: { type: "choose", choice: "fw_policy" } }]);
    expect(page.focused()).toBe("You I can help with that. Do you have the bill?");
    expect(page.text()).toContain("Saved");
  });

  it("tells a screen reader the new fact and the changed meter, which focus does not reach", async () => {
    const page = await open("decision");
    page.host.answer = () => Promise.resolve(fixture("reaction"));
    page.button("I can help with that").click();
    await page.settle();
    expect(page.find("[role=status]").textContent).toBe(
      "New in your notebook: The focuser slips: the gears turn, the tube does not move. Trust: about to leave.",
    );
  });

  it("shows the current view with a quiet sentence when it moved on elsewhere", async () => {
    const page = await open("line");
    page.host.answer = () => Promise.resolve(fixture("stale"));
    page.button("Go on").click();
    await page.settle();
    expect(page.find(".notice").textContent).toBe("This moved on in another window. Here is where you are now.");
    expect(page.text()).toContain("What do you say first?");
  });
});

describe("a reaction", () => {
  it("puts the other person before the note, the better wording one tap away", async () => {
    const { find, text } = await open("reaction");
    const order = ["I can help with that", "The bill.", "What the words did", "Problem-solving +1", "Acknowledgement −1", "New in your notebook", "Go on"];
    const places = order.map((words) => text().indexOf(words));
    expect(places.every((place, i) => place > (places[i - 1] ?? 0))).toBe(true);
    expect((find("details.better") as HTMLDetailsElement).open).toBe(false);
  });
});

describe("a reply", () => {
  async function write(words: string): Promise<Awaited<ReturnType<typeof open>>> {
    const page = await open("reply");
    const area = page.find("textarea") as HTMLTextAreaElement;
    area.value = words;
    area.dispatchEvent(new Event("input"));
    await page.settle();
    return page;
  }
  const say = async (page: Awaited<ReturnType<typeof open>>): Promise<void> => {
    page.find("form").dispatchEvent(new Event("submit", { cancelable: true }));
    await page.settle();
  };
  const typed = (page: Awaited<ReturnType<typeof open>>): string => (page.find("textarea") as HTMLTextAreaElement).value;

  it("counts characters as people do and refuses too many without cutting them", async () => {
    const page = await write("🙂".repeat(601));
    expect(page.find("#count").textContent).toBe("1 character too many");
    await say(page);
    expect(page.host.sent).toEqual([]);
    expect(typed(page)).toHaveLength(1202);
  });

  it("keeps the words when it is refused, when nothing is heard, and over a reload", async () => {
    const page = await write("It was not her fault.");
    page.host.answer = () => Promise.resolve(fixture("refused"));
    await say(page);
    expect([page.find(".notice").textContent, typed(page)]).toEqual(["At most 600 characters, please.", "It was not her fault."]);
    page.host.answer = () => Promise.reject(new Error("offline"));
    await say(page);
    expect(page.text()).toContain("What you wrote is still here.");
    expect(typed(page)).toBe("It was not her fault.");
    const again = await open("reply", { draftKey: page.player.draftKey });
    expect(typed(again)).toBe("It was not her fault.");
    again.host.answer = () => Promise.resolve(fixture("waiting"));
    await say(again);
    expect((await open("reply", { draftKey: page.player.draftKey })).find("textarea")).toHaveProperty("value", "");
  });

  it("waits, and goes on when the samples arrive, announced and without moving focus", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const page = await write("It was not her fault.");
    page.host.answer = () => Promise.resolve(fixture("waiting"));
    await say(page);
    expect(page.focused()).toBe("Say it in your own words");
    page.host.current = fixture("match");
    await vi.advanceTimersByTimeAsync(2_000);
    vi.useRealTimers();
    await page.settle();
    expect(page.text()).toContain("Which of these is nearest to what you wrote?");
    expect(page.find("[role=status]").textContent).toContain("The conversation goes on.");
    expect(page.root.activeElement).toBe(page.find(".stage"));
  });
});
