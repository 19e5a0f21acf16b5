// Reading and changing plain JSON at a path, without touching what lies beside it. Knows nothing of scenarios.

export type Step = string | number;
export type Path = readonly Step[];

type Json = unknown;

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === "object" && value !== null;
}

export function valueAt(value: Json, path: Path): Json {
  let found = value;
  for (const step of path) {
    if (!isObject(found)) return undefined;
    found = found[step as string];
  }
  return found;
}

export function listAt(value: Json, path: Path): readonly Json[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : [];
}

/** Returns a copy with `to` at `path`; what is missing on the way is made. `undefined` takes the field away. */
export function setAt<T>(value: T, path: Path, to: Json): T {
  return set(value, path, 0, to) as T;
}

function set(value: Json, path: Path, depth: number, to: Json): Json {
  const step = path[depth];
  if (step === undefined) return to;
  const inner = set(isObject(value) ? value[step as string] : undefined, path, depth + 1, to);
  if (Array.isArray(value) || (value === undefined && typeof step === "number")) {
    const copy: Json[] = Array.isArray(value) ? [...value] : [];
    copy[step as number] = inner;
    return copy;
  }
  const copy: Record<string, Json> = isObject(value) ? { ...value } : {};
  if (inner === undefined) delete copy[step];
  else copy[step] = inner;
  return copy;
}

/** Returns a copy with the list at `path` changed; an emptied list goes, as the format leaves it out. */
function withList<T>(value: T, path: Path, change: (list: Json[]) => void): T {
  const list = [...listAt(value, path)];
  change(list);
  return setAt(value, path, list.length > 0 ? list : undefined);
}

export function insertAt<T>(value: T, path: Path, index: number, item: Json): T {
  return withList(value, path, (list) => list.splice(index, 0, item));
}

export function appendAt<T>(value: T, path: Path, item: Json): T {
  return withList(value, path, (list) => list.push(item));
}

/** Takes away the field or list item that the path ends at. */
export function removeAt<T>(value: T, path: Path): T {
  const last = path[path.length - 1];
  const parent = path.slice(0, -1);
  if (typeof last === "number") return withList(value, parent, (list) => list.splice(last, 1));
  return setAt(value, path, undefined);
}

/** Moves an item of the list at `path`; a place outside the list changes nothing. */
export function moveAt<T>(value: T, path: Path, from: number, to: number): T {
  const length = listAt(value, path).length;
  if (from === to || from < 0 || to < 0 || from >= length || to >= length) return value;
  return withList(value, path, (list) => list.splice(to, 0, ...list.splice(from, 1)));
}

/** "$.scenes[3].choices[0].goto" as steps. */
export function parsePath(text: string): Path {
  const steps: Step[] = [];
  for (const match of text.matchAll(/\[(\d+)\]|([^.[\]$]+)/g)) {
    steps.push(match[1] === undefined ? (match[2] ?? "") : Number(match[1]));
  }
  return steps;
}

export function formatPath(path: Path): string {
  return path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
}
