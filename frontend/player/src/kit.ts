// What the core lends to the pages that come later. On the page, not imported by them: a page fetched under another
// address than the core's (hashed names, two blocks) would otherwise bring a second core along.
import { html, nothing, svg } from "lit";
import { icon, mark, shape, MARK_SHAPES } from "./icons";
import { conversation } from "./pages/beats";
import { endingHead, startAgain } from "./pages/ending";
import { bar, newFacts } from "./pages/frame";
import { betterWording, pointList } from "./pages/reaction";
import { criteriaList, waitingLine } from "./pages/reply";
import { countLine, lengthOf } from "./pages/writing";
import { phrase, plain } from "./rich";

const kit = {
  ...{ html, nothing, svg, icon, mark, shape, MARK_SHAPES, phrase, plain },
  ...{ conversation, endingHead, startAgain, bar, newFacts, betterWording, pointList },
  ...{ criteriaList, waitingLine, countLine, lengthOf },
};

export type Kit = typeof kit;

(globalThis as Record<symbol, unknown>)[Symbol.for("branchwise.kit")] ??= kit;
