import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followLinks, saveOnce } from "../src/page";
import { EditorStore } from "../src/store";
import { drawing } from "./stories";

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

test("a form that is sent once more is held for as long again", () => {
  const sent = form();
  saveOnce(sent);
  sent.dispatchEvent(new Event("submit"));
  vi.advanceTimersByTime(9_000);
  sent.dispatchEvent(new Event("submit"));
  vi.advanceTimersByTime(9_000);
  expect(autosaves(sent)).toBe(false);
});

test("a link to a place is followed here, unless it is wanted in a tab of its own", () => {
  const store = new EditorStore(drawing());
  const root = document.createElement("div");
  root.scrollIntoView = () => undefined;
  const leave = followLinks(store, root);
  const link = document.createElement("a");
  link.href = "#at=%24.scenes%5B2%5D.because%5B0%5D&scene=calm";
  document.body.append(link);
  const press = (keys: MouseEventInit = {}): boolean => link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ...keys }));
  expect(press({ ctrlKey: true })).toBe(true);
  expect(store.looking.scene).toBe("door");
  expect(press()).toBe(false);
  expect(store.looking).toMatchObject({ scene: "calm", reveal: { path: ".scenes[2].because[0]" } });
  leave();
  link.remove();
});

test("an editor that is taken off the page holds nothing back", () => {
  const sent = form();
  const leave = saveOnce(sent);
  sent.dispatchEvent(new Event("submit"));
  leave();
  expect(autosaves(sent)).toBe(true);
});
