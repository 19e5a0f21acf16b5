// The core's parts, as the later pages see them. They import nothing else that is code.
import type { Kit } from "../kit";

export const kit = (globalThis as Record<symbol, unknown>)[Symbol.for("branchwise.kit")] as Kit;
