// Counting what is being written, as the server counts: by character, not by UTF-16 unit.
import { html, type TemplateResult } from "lit";
import type { Screen } from "../screen";

export function lengthOf(text: string): number {
  return [...text.normalize("NFC")].length;
}

export function countLine(s: Screen, most: number): TemplateResult {
  const length = lengthOf(s.answering.text);
  const over = length - most;
  const text = over > 0 ? s.words.say("tooLong", { n: over }) : s.words.say("characters", { n: length, all: most });
  return html`<p id="count" class="count ${over > 0 ? "over" : ""}">${text}</p>`;
}
