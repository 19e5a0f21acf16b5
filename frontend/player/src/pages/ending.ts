// The last moment of the story: its outcome in a word and a shape, its text, and the way to look back.
import { html, nothing, type TemplateResult } from "lit";
import type { EndingView } from "../../../contract/player";
import { icon, mark, type ShapeName } from "../icons";
import type { Screen } from "../screen";
import { conversation } from "./beats";
import { choiceCards, goOn } from "./choices";

export const OUTCOME_SHAPES: Record<EndingView["outcome"], ShapeName> = {
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

export function endingPage(s: Screen, ending: EndingView, lookBack: () => void): TemplateResult {
  const { view } = s;
  return html`
    ${endingHead(s, ending)} ${conversation(s, view.beats)}
    <div class="text" lang=${view.language} dir=${view.direction}>${s.rich(view.text)}</div>
    ${view.choices?.length ? choiceCards(s, view.choices, undefined, "choose") : nothing} ${goOn(s)}
    ${view.over && s.served.debrief
      ? html`<p class="row"><button type="button" class="primary" @click=${lookBack}>${s.words.say("toDebrief")}${icon("next")}</button></p>`
      : nothing}
  `;
}
