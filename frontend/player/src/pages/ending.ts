// The last moment of the story: its outcome in a word and a shape, its text, and the way to look back.
import { html, nothing, type TemplateResult } from "lit";
import type { EndingView } from "../../../contract/player";
import { icon, mark, type ShapeName } from "../icons";
import type { Screen } from "../screen";
import { conversation } from "./beats";
import { choiceCards, goOn } from "./choices";

const OUTCOME_SHAPES: Record<EndingView["outcome"], ShapeName> = {
  good: "full",
  mixed: "half",
  poor: "hollow",
  stopped: "square",
  read: "page",
};

export function endingHead(s: Screen, ending: EndingView): TemplateResult {
  const title = ending.title || s.words.say(ending.outcome === "stopped" ? "stoppedTitle" : "ending");
  const language = ending.title ? s.view.language : s.words.language;
  return html`<div class="ending-head outcome-${ending.outcome}">
    <p class="outcome">${mark(OUTCOME_SHAPES[ending.outcome])} ${s.words.say(`outcome.${ending.outcome}`)}</p>
    <h3 class="place" tabindex="-1" data-focus lang=${language}>${title}</h3>
  </div>`;
}

export interface Closing {
  /** Opens the debrief; null when there is none. */
  lookBack: (() => void) | null;
  /** Begins a new attempt; null when none is allowed. */
  restart: (() => void) | null;
}

export function endingPage(s: Screen, ending: EndingView, closing: Closing): TemplateResult {
  const { view } = s;
  return html`
    ${endingHead(s, ending)} ${conversation(s, view.beats)}
    <div class="text" lang=${view.language} dir=${view.direction}>${s.rich(view.text)}</div>
    ${view.choices?.length ? choiceCards(s, view.choices, undefined, "choose") : nothing} ${goOn(s)} ${closingRow(s, closing)}
  `;
}

/** What can still be done when nothing more can be played. */
export function closingRow(s: Screen, { lookBack, restart }: Closing): TemplateResult | typeof nothing {
  if (!s.view.over) return nothing;
  if (!lookBack) return startAgain(s, restart);
  return html`<p class="row"><button type="button" class="primary" @click=${lookBack}>${s.words.say("toDebrief")}${icon("next")}</button></p>`;
}

export function startAgain(s: Screen, restart: (() => void) | null): TemplateResult | typeof nothing {
  if (!restart) return nothing;
  const { words, served } = s;
  const left = served.attempts_left;
  return html`<section class="start-again">
    <div class="row">
      <button type="button" class="primary" aria-disabled=${s.busy} @click=${restart}>${icon("again")}${words.say("again")}</button>
      <span class="soft">
        ${words.say("attempt", { n: served.attempt ?? 1 })}${left == null ? nothing : html` · ${words.say("attemptsLeft", { n: left })}`}
      </span>
    </div>
  </section>`;
}
