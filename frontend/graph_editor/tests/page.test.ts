import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { saveOnce } from "../src/page";

// Events are all that is asked of the form here.
const form = (): HTMLFormElement => new EventTarget() as HTMLFormElement;
const autosaves = (target: EventTarget): boolean => target.dispatchEvent(new Event("w-autosave:save", { cancelable: true }));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a form on its way is not saved by itself as well, until it may have failed", () => {
  const sent = form();
  saveOnce(sent);
  expect(autosaves(sent)).toBe(true);
  sent.dispatchEvent(new Event("submit"));
  expect(autosaves(sent)).toBe(false);
  vi.advanceTimersByTime(10_000);
  expect(autosaves(sent)).toBe(true);
});

test("an editor that is taken off the page holds nothing back", () => {
  const sent = form();
  const leave = saveOnce(sent);
  sent.dispatchEvent(new Event("submit"));
  leave();
  expect(autosaves(sent)).toBe(true);
});
