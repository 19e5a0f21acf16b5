// Living inside Wagtail's page: its form, its shortcuts, its autosave. The only module that knows them.
import { writeDrawing } from "./drawing";
import { flushPending } from "./pending";
import type { EditorStore } from "./store";

// Wagtail's single-key shortcuts: sidebar, search, help.
const CLASHING = new Set(["/", "?", "["]);

/** Keeps the field equal to the drawing; a page left alone keeps the very text it came with. */
export function keepField(store: EditorStore, field: HTMLTextAreaElement): () => void {
  const original = field.value;
  return store.subscribe(() => {
    const text = store.isUntouched ? original : writeDrawing(store.drawing);
    if (field.value !== text) field.value = text;
  });
}

/** Typed words reach the field before it is sent, by whichever way. */
export function commitBeforeSaving(field: HTMLTextAreaElement): () => void {
  const keys = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") flushPending();
  };
  field.form?.addEventListener("submit", flushPending, true);
  document.addEventListener("keydown", keys, true);
  document.addEventListener("pointerdown", flushOutside, true);
  return () => {
    field.form?.removeEventListener("submit", flushPending, true);
    document.removeEventListener("keydown", keys, true);
    document.removeEventListener("pointerdown", flushOutside, true);
  };
}

// As long as a page takes to come back, or to fail.
const LEAVING_MS = 10_000;

/** Once the form is on its way, the page saves nothing by itself: it would be told that it is out of date. */
export function saveOnce(form: HTMLFormElement): () => void {
  let isLeaving = false;
  let staying: ReturnType<typeof setTimeout> | undefined;
  const leave = (): void => {
    isLeaving = true;
    clearTimeout(staying);
    staying = setTimeout(() => (isLeaving = false), LEAVING_MS);
  };
  const hold = (event: Event): void => {
    if (isLeaving) event.preventDefault();
  };
  form.addEventListener("submit", leave);
  form.addEventListener("w-autosave:save", hold);
  return () => {
    form.removeEventListener("submit", leave);
    form.removeEventListener("w-autosave:save", hold);
  };
}

function flushOutside(event: Event): void {
  if (event.target instanceof Element && !event.target.closest(".bw-editor")) flushPending();
}

/** Links such as `#at=$.scenes[2].goto&scene=door` lead to that place: on this page, and when coming from another. */
export function followLinks(store: EditorStore, root: HTMLElement): () => void {
  const follow = (hash: string): boolean => {
    const wanted = new URLSearchParams(hash.slice(1));
    const path = wanted.get("at");
    if (path !== null) store.goTo(path, wanted.get("scene") ?? "");
    return path !== null;
  };
  const press = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // wanted beside this page
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href*='#at=']") : null;
    if (link?.pathname !== location.pathname || !follow(link.hash)) return;
    event.preventDefault();
    root.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("click", press);
  follow(location.hash);
  return () => document.removeEventListener("click", press);
}

/** Only the keys that clash are kept from the page: stopping more would also stop what React Flow listens for. */
export function keepShortcuts(root: HTMLElement): () => void {
  const keep = (event: KeyboardEvent): void => {
    if (CLASHING.has(event.key) && !event.ctrlKey && !event.metaKey) event.stopPropagation();
  };
  root.addEventListener("keydown", keep);
  root.addEventListener("keypress", keep);
  return () => {
    root.removeEventListener("keydown", keep);
    root.removeEventListener("keypress", keep);
  };
}
