// Undo and redo over whole drawings: they share everything that did not change, so a step costs little.
import type { Drawing } from "./model";

export const STEPS = 300;

export interface Step {
  readonly drawing: Drawing;
  /** What was done, for "Undo …". */
  readonly label: string;
  /** Steps of the same non-empty key that follow each other are one: typing in one field. */
  readonly merge: string;
}

export class History {
  private past: Step[] = [];
  private future: Step[] = [];

  get undoable(): string | null {
    return this.past.at(-1)?.label ?? null;
  }

  get redoable(): string | null {
    return this.future.at(-1)?.label ?? null;
  }

  /** Notes that `before` was left by doing `label`. */
  record(before: Drawing, label: string, merge = ""): void {
    this.future = [];
    if (merge && this.past.at(-1)?.merge === merge) return;
    this.past.push({ drawing: before, label, merge });
    if (this.past.length > STEPS) this.past.shift();
  }

  undo(now: Drawing): Drawing | null {
    const step = this.past.pop();
    if (!step) return null;
    this.future.push({ ...step, drawing: now, merge: "" });
    return step.drawing;
  }

  redo(now: Drawing): Drawing | null {
    const step = this.future.pop();
    if (!step) return null;
    this.past.push({ ...step, drawing: now, merge: "" });
    return step.drawing;
  }
}
