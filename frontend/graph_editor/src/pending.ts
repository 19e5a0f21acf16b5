// Text that is being typed and is not in the document yet. Whatever needs the whole document commits it first.

const pending = new Map<object, () => void>();

/** `field` stands for one field: it waits once, however often it says so. */
export function addPending(field: object, flush: () => void): void {
  pending.set(field, flush);
}

export function dropPending(field: object): void {
  pending.delete(field);
}

export function flushPending(): void {
  for (const [field, flush] of [...pending]) {
    pending.delete(field);
    flush();
  }
}
