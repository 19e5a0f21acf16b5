// Which parts of a form somebody opened or closed: kept for as long as the browser's tab, over saving and other scenes.
const PREFIX = "branchwise.folded.";
const memory = new Map<string, boolean>();

/** What somebody last chose for this part; undefined while they have not. */
export function wasOpen(part: string): boolean | undefined {
  const here = memory.get(part);
  if (here !== undefined) return here;
  try {
    const kept = sessionStorage.getItem(PREFIX + part);
    return kept === null ? undefined : kept === "open";
  } catch {
    return undefined; // storage may be forbidden: then it is forgotten when the page is left
  }
}

export function keepOpen(part: string, open: boolean): void {
  memory.set(part, open);
  try {
    sessionStorage.setItem(PREFIX + part, open ? "open" : "closed");
  } catch {
    // The memory has it.
  }
}
