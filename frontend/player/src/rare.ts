// Pages that most moments do not need: fetched when their kind of moment comes, each with its own styles.
import { adopted } from "./styles";

export interface RarePages {
  arranging: typeof import("./rare/arranging");
  debrief: typeof import("./rare/debrief");
  reflection: typeof import("./rare/reflection");
  roleplay: typeof import("./rare/roleplay");
}
export type RareName = keyof RarePages;
type Loader = (name: RareName) => Promise<unknown>;

// On the page, not in this file: the classic script may run twice, and either run may fetch a page for the other.
const SHARED = Symbol.for("branchwise.pages");
const page = globalThis as { [SHARED]?: Partial<RarePages> };
const known: Partial<RarePages> = (page[SHARED] ??= {});
let loader: Loader = () => Promise.reject(new Error("Nobody fetches pages."));

export function addPages<K extends RareName>(name: K, pages: RarePages[K]): void {
  known[name] ??= pages;
}

/** How a page is fetched differs between a module and a classic script; the latter calls `addPages` itself. */
export function loadPagesWith(load: Loader): void {
  loader = load;
}

export function pagesOf<K extends RareName>(name: K, root: ShadowRoot | null): RarePages[K] | null {
  const pages = known[name];
  if (pages && root) adopted(root, pages.css);
  return pages ?? null;
}

export async function fetchPages(name: RareName): Promise<void> {
  if (known[name]) return;
  const pages = await loader(name);
  if (pages) addPages(name, pages as RarePages[typeof name]);
}
