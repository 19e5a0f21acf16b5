// Kinds of their own: the role-play's talk and the private reflection.
import { describe, expect, it, vi } from "vitest";
import { after, fixture, open } from "./browser";

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
