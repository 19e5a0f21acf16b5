// The path drawn small: each moment a shape, higher where the words worked, lower where they missed.
import type { TemplateResult } from "lit";
import type { Debrief, DebriefEntry } from "../../../contract/player";
import type { Screen } from "../screen";
import { kit } from "./kit";

const { html, nothing, svg, MARK_SHAPES, shape } = kit;

const STEP = 36;
const MARGIN = 14;
const HEIGHT = 92;
const PER_ROW = 12;
const LEVELS: Record<string, number> = { strong: 18, "": 46, mixed: 46, missed: 74 };

interface Stop {
  x: number;
  y: number;
  mark: NonNullable<DebriefEntry["mark"]>;
}

export function pathDrawing(s: Screen, debrief: Debrief): TemplateResult | typeof nothing {
  const entries = debrief.script ?? [];
  if (entries.length < 3) return nothing;
  const stops = entries.map((entry, i) => place(entry, i));
  const columns = Math.min(entries.length, PER_ROW);
  const width = (columns - 1) * STEP + MARGIN * 2;
  const height = Math.ceil(entries.length / PER_ROW) * HEIGHT;
  return html`<figure class="path">
    <figcaption>${s.words.say("path")}</figcaption>
    <svg class="route" viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="img" aria-label=${inWords(s, entries)}>
      ${stops.map((stop, i) => thread(stop, stops[i + 1]))} ${stops.map(drawn)}
    </svg>
    <ul class="legend" aria-hidden="true">
      ${(["strong", "mixed", "missed"] as const).map(
        (mark) => html`<li class="mark-${mark}"><svg class="mark" viewBox="0 0 16 16">${shape(MARK_SHAPES[mark])}</svg> ${s.words.say(`mark.${mark}`)}</li>`,
      )}
    </ul>
  </figure>`;
}

function place(entry: DebriefEntry, i: number): Stop {
  const mark = entry.mark ?? "";
  const row = Math.floor(i / PER_ROW);
  return { x: MARGIN + (i % PER_ROW) * STEP, y: row * HEIGHT + (LEVELS[mark] ?? 46), mark };
}

function drawn(stop: Stop): unknown {
  return svg`<g class="mark-${stop.mark || "none"}" transform="translate(${stop.x - 8} ${stop.y - 8})">
    <circle class="under" cx="8" cy="8" r="9"></circle>${shape(MARK_SHAPES[stop.mark])}
  </g>`;
}

/** A soft line to the next moment; none where the drawing begins a new row. */
function thread(from: Stop, to: Stop | undefined): unknown {
  if (!to || to.x < from.x) return nothing;
  const half = (from.x + to.x) / 2;
  return svg`<path class="thread" d="M${from.x} ${from.y}C${half} ${from.y} ${half} ${to.y} ${to.x} ${to.y}"></path>`;
}

function inWords(s: Screen, entries: DebriefEntry[]): string {
  const parts = entries.map((entry, i) => {
    const name = entry.heading || s.words.number(i + 1);
    return `${name} (${s.words.say(`mark.${entry.mark ?? ""}`)})`;
  });
  return s.words.say("pathText", { n: entries.length, list: s.words.list(parts) });
}
