// The page around the scenes: briefing, clock, stopping, languages, hosts.
import { afterEach, describe, expect, it, vi } from "vitest";
import { after, fixture, fixtureNames, open } from "./browser";

afterEach(() => void vi.useRealTimers());

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

describe("the clock", () => {
  it("counts down, says so now and then, and asks the host at zero", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] });
    const page = await open("timed");
    expect(page.find("[role=timer]").textContent?.trim()).toBe("25 seconds left");
    await vi.advanceTimersByTimeAsync(15_000);
    expect(page.find("[role=status]").textContent).toBe("10 seconds left");
    const loads = page.host.loads;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(page.host.loads).toBe(loads + 1);
  });

  it("is switched off with the host's knowledge, and stays off", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] });
    const page = await open("timed");
    page.host.answer = () => Promise.resolve(fixture("timed-off"));
    page.button("Switch the clock off").click();
    await vi.advanceTimersByTimeAsync(200);
    expect(page.host.sent[0]?.action).toEqual({ type: "clock", on: false });
    await vi.advanceTimersByTimeAsync(60_000);
    expect([page.host.loads, page.text().includes("Take your time"), page.root.querySelector("[role=timer]")]).toEqual([1, true, null]);
    expect(page.focused()).toBe("Switch the clock on again");
  });

  it("does not run while the briefing is read", async () => {
    const page = await open(after(fixture("timed"), { about: fixture("about").view.about }));
    expect(page.root.querySelector("[role=timer]")).toBeNull();
    page.button("Begin").click();
    await page.settle();
    expect(page.find("[role=timer]").textContent?.trim()).toBe("25 seconds left");
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
