// The end of a story and what is looked back on.
import { describe, expect, it, vi } from "vitest";
import { fixture, open } from "./browser";

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
