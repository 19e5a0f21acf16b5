import { describe, expect, it, vi } from "vitest";
import { after, fixture, fixtureNames, open } from "./browser";

describe("every state", () => {
  it.each(fixtureNames)("%s is drawn without markup strings, inline styles or lost words", async (name) => {
    const { root, text, find } = await open(name);
    await vi.waitFor(() => find(".stage"));
    expect(text()).toContain(fixture(name).view.title);
    expect(root.querySelectorAll("[style], script, iframe, object")).toHaveLength(0);
    expect(text()).not.toMatch(/undefined|null|\[object|NaN|\{\w+\}/);
    const ids = [...root.querySelectorAll("[id]")].map((each) => each.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("the briefing", () => {
  it("stands before the first scene and then gives way to it", async () => {
    const page = await open("about");
    expect(page.text()).toContain("A raised voice. Nobody is threatened.");
    expect(page.text()).not.toContain("Tuesday, 17:40");
    page.button("Begin").click();
    await page.settle();
    expect(page.text()).toContain("Tuesday, 17:40");
    expect(page.focused()).toBe("Your shift");
    expect(page.host.sent).toEqual([]);
  });
});

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

  it("takes a number as the reader's language writes it", async () => {
    const page = await open("question-numeric");
    const input = page.find("input") as HTMLInputElement;
    input.value = "about eight";
    input.dispatchEvent(new Event("input"));
    page.find("form").dispatchEvent(new Event("submit", { cancelable: true }));
    await page.settle();
    expect(page.find(".problem").textContent).toBe("Write a number, for example 2.5.");
    input.value = "8.0";
    input.dispatchEvent(new Event("input"));
    page.find("form").dispatchEvent(new Event("submit", { cancelable: true }));
    expect(page.host.sent.map((each) => each.action)).toEqual([{ type: "answer", value: 8 }]);
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
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
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

describe("stopping", () => {
  it("is asked about calmly, can be taken back, and then is one action", async () => {
    const page = await open("decision");
    page.button("Stop here").click();
    await page.settle();
    expect(page.focused()).toBe("Stop here?");
    page.find(".panel").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    await page.settle();
    expect(page.focused()).toBe("Stop here");
    expect(page.root.querySelector(".panel")).toBeNull();
    page.host.answer = () => Promise.resolve(fixture("stopped"));
    page.button("Stop here").click();
    await page.settle();
    page.find(".panel .plain").click();
    await page.settle();
    expect(page.host.sent).toEqual([{ seq: 3, action: { type: "stop" } }]);
    expect(page.focused()).toBe("You stopped. That is all right.");
  });
});

describe("the end", () => {
  it("is told as a story first, then looked back on", async () => {
    const page = await open("match");
    page.host.answer = () => Promise.resolve(fixture("ending"));
    const finished = vi.fn();
    page.player.addEventListener("scenario-finished", (event) => finished((event as CustomEvent).detail));
    page.button("“It was the gears").click();
    await page.settle();
    expect(page.text()).toContain("It went well");
    expect(page.text()).not.toContain("One thing to try next");
    expect(finished).toHaveBeenCalledWith({ grade: 0.8125 });
    page.button("Look back on it").click();
    await page.settle();
    expect(page.focused()).toBe("The moon on Saturday");
    expect(page.text()).toContain("One thing to try next");
  });

  it("is the debrief at once on a later visit, with marks, profile, grade and delivery in words", async () => {
    const { text, find, root } = await open("debrief");
    for (const words of ["81.3 of 100", "Missed", "Mixed", "A coach will read this", "2 of 4 moments", "not enough yet", "Attempt 1 · 2 attempts left"]) {
      expect(text()).toContain(words);
    }
    expect(find(".delivery [aria-current]").textContent?.trim()).toBe("Confirmed");
    expect(find("svg.route").getAttribute("aria-label")).toMatch(/^Your path had 7 moments: Your shift \(Passed through\), First words \(Missed\)/);
    expect(root.querySelectorAll(".script > .entry")).toHaveLength(6);
  });

  it("says why there is no grade yet, what stands so far, and what a coach changed", async () => {
    expect((await open("debrief-held")).text()).toContain("Your grade waits until a coach has read your words. So far: 70.8 of 100.");
    const changed = (await open("debrief-delayed")).text();
    expect(changed).toContain("Acknowledgement: level from 2 to 3");
    expect(changed).toContain("The grade is safe here, and we go on trying.");
  });

  it("begins again from the briefing", async () => {
    const page = await open("debrief");
    page.host.answer = () => Promise.resolve({ ...fixture("about"), attempt: 2 });
    page.button("Start again").click();
    await page.settle();
    expect(page.focused()).toBe("Before you begin");
  });
});

describe("the clock", () => {
  it("counts down, asks the host at zero, and can be switched off", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"], shouldAdvanceTime: true });
    const page = await open("timed");
    expect(page.find("[role=timer]").textContent?.trim()).toBe("25 seconds left");
    await vi.advanceTimersByTimeAsync(15_000);
    expect(page.find("[role=status]").textContent).toBe("10 seconds left");
    const loads = page.host.loads;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(page.host.loads).toBe(loads + 1);
    const calm = await open("timed");
    calm.button("Switch the clock off").click();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([calm.host.loads, calm.text().includes("Take your time")]).toEqual([1, true]);
    vi.useRealTimers();
  });
});

describe("languages", () => {
  it("speak the scenario's language by default, the content marked as its own", async () => {
    const { find, button } = await open("arabic");
    await vi.waitFor(() => find(".beats"));
    expect([find(".page").lang, find(".page").dir]).toEqual(["ar", "rtl"]);
    expect(button("التوقف هنا")).toBeTruthy();
    const mixed = await open("arabic", { language: "de" });
    await vi.waitFor(() => mixed.find(".beats"));
    expect([mixed.find(".page").lang, mixed.find(".page").dir, mixed.find(".beats").lang, mixed.find(".beats").dir]).toEqual(["de", "ltr", "ar", "rtl"]);
    expect(mixed.button("Hier aufhören")).toBeTruthy();
  });
});

describe("hosts", () => {
  it("may load the player twice and take it away", async () => {
    vi.resetModules();
    await import("../src/player");
    const page = await open("decision");
    page.player.remove();
    expect(page.host.closed).toBe(true);
  });
});
