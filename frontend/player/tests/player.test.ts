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
  it("counts down, says so now and then, and asks the host at zero", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"], shouldAdvanceTime: true });
    const page = await open("timed");
    expect(page.find("[role=timer]").textContent?.trim()).toBe("25 seconds left");
    await vi.advanceTimersByTimeAsync(15_000);
    expect(page.find("[role=status]").textContent).toBe("10 seconds left");
    const loads = page.host.loads;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(page.host.loads).toBe(loads + 1);
    vi.useRealTimers();
  });

  it("is switched off with the host's knowledge, and stays off", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"], shouldAdvanceTime: true });
    const page = await open("timed");
    page.host.answer = () => Promise.resolve(fixture("timed-off"));
    page.button("Switch the clock off").click();
    await vi.advanceTimersByTimeAsync(200);
    expect(page.host.sent[0]?.action).toEqual({ type: "clock", on: false });
    await vi.advanceTimersByTimeAsync(60_000);
    expect([page.host.loads, page.text().includes("Take your time"), page.root.querySelector("[role=timer]")]).toEqual([1, true, null]);
    expect(page.focused()).toBe("Switch the clock on again");
    vi.useRealTimers();
  });

  it("does not run while the briefing is read", async () => {
    const page = await open(after(fixture("timed"), { about: fixture("about").view.about }));
    expect(page.root.querySelector("[role=timer]")).toBeNull();
    page.button("Begin").click();
    await page.settle();
    expect(page.find("[role=timer]").textContent?.trim()).toBe("25 seconds left");
  });
});

describe("a role-play", () => {
  const say = async (page: Awaited<ReturnType<typeof open>>, words: string): Promise<void> => {
    const area = page.find("textarea") as HTMLTextAreaElement;
    area.value = words;
    area.dispatchEvent(new Event("input"));
    page.find("form").dispatchEvent(new Event("submit", { cancelable: true }));
    await page.settle();
  };

  it("is a log that goes on in its place, with the focus left where the learner writes", async () => {
    const page = await open("roleplay");
    await vi.waitFor(() => page.find("[role=log]"));
    page.find("textarea").focus();
    const log = page.find("[role=log]");
    page.host.answer = () => Promise.resolve(fixture("roleplay-going"));
    await say(page, " I am sorry, Ilse. ");
    expect(page.host.sent[0]?.action).toEqual({ type: "say", text: "I am sorry, Ilse." });
    expect(page.find("[role=log]")).toBe(log);
    expect(log.querySelectorAll(".beat")).toHaveLength(5);
    expect([page.root.activeElement?.id, (page.find("textarea") as HTMLTextAreaElement).value]).toEqual(["words", ""]);
    expect(page.text()).toContain("6 turns left");
    expect(page.find("[role=status]").textContent).toBe("Reached: She knows the date and the money");
  });

  it("lets a goal be ticked that is the learner's to tick", async () => {
    const page = await open("roleplay-going");
    await vi.waitFor(() => page.find(".goals"));
    expect([...page.root.querySelectorAll(".goals li .soft")].map((each) => each.textContent)).toEqual(["reached", "open", "open"]);
    page.button("I have done this").click();
    expect(page.host.sent[0]?.action).toEqual({ type: "tick", goal: "g_need" });
  });

  it("waits for the character with the words saved, and the next turn can be begun but not sent", async () => {
    const page = await open("roleplay-waiting");
    await vi.waitFor(() => page.find(".waiting"));
    expect(page.find(".waiting").textContent?.trim()).toBe("Ilse Moreau is answering. What you said is saved.");
    await say(page, "And another thing");
    expect(page.host.sent).toEqual([]);
    expect((page.find("textarea") as HTMLTextAreaElement).value).toBe("And another thing");
  });

  it("marks every line that a model wrote", async () => {
    const page = await open("roleplay-ai");
    await vi.waitFor(() => page.find(".log"));
    expect(page.find(".who-plays").textContent).toContain("An AI writes the lines of Ilse Moreau. Each of them is marked.");
    const marked = [...page.root.querySelectorAll(".log .beat")].map((each) => each.querySelector(".by-model") !== null);
    expect(marked).toEqual([false, false, true]);
  });

  it("says who one is now when the chairs are changed, and lets one leave when that is offered", async () => {
    const reversed = fixture("roleplay-reversed");
    if (reversed.view.roleplay) reversed.view.roleplay.can_leave = true;
    const page = await open(reversed);
    await vi.waitFor(() => page.find(".reversed"));
    expect(page.find(".who-title").textContent).toBe("Now you are Ilse Moreau");
    page.button("End the conversation").click();
    expect(page.host.sent[0]?.action).toEqual({ type: "leave" });
  });

  it("stays in sight above a decision that is called from it", async () => {
    const page = await open("roleplay-inside");
    await vi.waitFor(() => page.find(".log"));
    expect(page.root.querySelectorAll(".log .beat").length).toBeGreaterThan(3);
    expect(page.root.querySelectorAll("button.card")).toHaveLength(3);
    expect(page.root.querySelector("textarea")).toBeNull();
  });

  it("ends with the answer still to be read, and says how it ended", async () => {
    const page = await open("roleplay-ended");
    await vi.waitFor(() => page.find(".ended"));
    expect(page.find(".ended").textContent?.trim()).toBe("That was the last turn. The conversation ends here.");
    expect(page.root.querySelector("textarea")).toBeNull();
    page.button("Go on").click();
    expect(page.host.sent[0]?.action).toEqual({ type: "continue" });
  });
});

describe("a reflection", () => {
  const write = (page: Awaited<ReturnType<typeof open>>, id: string, words: string): void => {
    const area = page.find(`#words-${id}`) as HTMLTextAreaElement;
    area.value = words;
    area.dispatchEvent(new Event("input"));
  };

  it("says first that it is private, and needs nothing written", async () => {
    const page = await open("reflection");
    await vi.waitFor(() => page.find(".private"));
    expect(page.find(".private").textContent).toContain("No coach and no teacher sees what you write here");
    page.button("Go on").click();
    await page.settle();
    expect(page.host.sent.map((each) => each.action)).toEqual([{ type: "continue" }]);
  });

  it("saves one prompt and keeps what stands unsaved at another", async () => {
    const page = await open("reflection");
    await vi.waitFor(() => page.find("#words-x1"));
    write(page, "x2", "The folder.");
    write(page, "x1", "It's really just process.");
    await page.settle();
    page.host.answer = () => {
      const next = after(page.host.current, {});
      const prompts = next.view.prompts?.map((each) => (each.id === "x1" ? { ...each, wrote: true, text: "It's really just process." } : each));
      return Promise.resolve({ ...next, view: { ...next.view, prompts } });
    };
    page.button("Save").click();
    await page.settle();
    expect(page.host.sent[0]?.action).toEqual({ type: "reflect", prompt: "x1", text: "It's really just process." });
    expect(page.find("#words-x1-state").textContent?.trim()).toBe("Saved, for you alone");
    expect(page.find("#words-x2-state").textContent).toBe("Not saved yet");
    expect((page.find("#words-x2") as HTMLTextAreaElement).value).toBe("The folder.");
  });

  it("saves what is left before it goes on", async () => {
    const page = await open("reflection");
    await vi.waitFor(() => page.find("#words-x3"));
    write(page, "x3", "say it in one sentence");
    await page.settle();
    page.host.answer = () => Promise.resolve(after(page.host.current, { seq: page.host.sent.length + 50 }));
    page.button("Save and go on").click();
    await vi.waitFor(() => expect(page.host.sent).toHaveLength(2));
    expect(page.host.sent.map((each) => each.action)).toEqual([
      { type: "reflect", prompt: "x3", text: "say it in one sentence" },
      { type: "continue" },
    ]);
  });

  it("goes no further when saving was refused", async () => {
    const page = await open("reflection");
    await vi.waitFor(() => page.find("#words-x1"));
    write(page, "x1", "Words");
    await page.settle();
    page.host.answer = () => Promise.resolve({ ...page.host.current, error: "Not now.", error_code: "play.not-offered" });
    page.button("Save and go on").click();
    await page.settle();
    expect(page.host.sent).toHaveLength(1);
    expect((page.find("#words-x1") as HTMLTextAreaElement).value).toBe("Words");
  });

  it("shares item by item, what is ticked and nothing else", async () => {
    const page = await open("reflection-saved");
    await vi.waitFor(() => page.find(".asking"));
    const boxes = [...page.root.querySelectorAll<HTMLInputElement>(".asking input")];
    expect(boxes.map((each) => each.checked)).toEqual([true, false]);
    expect(page.find(".asking").textContent).toContain("Your coach can read what is ticked.");
    boxes[1]?.click();
    await page.settle();
    page.button("Save my choice").click();
    expect(page.host.sent[0]?.action).toEqual({ type: "reflect", prompt: "x4", shares: ["x1", "transcript"] });
  });

  it("deletes what was written", async () => {
    const page = await open("reflection-saved");
    await vi.waitFor(() => page.find("#words-x1"));
    page.button("Delete what I wrote").click();
    expect(page.host.sent[0]?.action).toEqual({ type: "reflect", prompt: "x1", text: "" });
  });
});

describe("looking back at answers and conversations", () => {
  it("puts the conversation, the confidence and how well it fitted into words", async () => {
    const page = await open("debrief-talk");
    await vi.waitFor(() => page.find(".calibration"));
    expect(page.find(".calibration").textContent?.replace(/\s+/g, " ").trim()).toBe(
      "How sure you were Sure of 1 answer, 0 right An answer that was sure and not right is worth another look. None of this is scored.",
    );
    expect(page.text()).toContain("How sure you were: Certain");
    expect(page.text()).toContain("What do you need from me today, and who should call you?");
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
