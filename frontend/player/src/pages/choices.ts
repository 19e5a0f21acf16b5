// Things to press: the choices of a decision, ways on from a page, samples to match, and "go on".
import { html, nothing, type TemplateResult } from "lit";
import type { ChoiceView } from "../../../contract/player";
import { icon } from "../icons";
import { type Rich, phrase } from "../rich";
import type { Key } from "../words";
import type { Screen } from "../screen";

export function choiceCards(s: Screen, choices: ChoiceView[], ask: Rich | undefined, fallback: Key): TemplateResult {
  return group(
    s,
    ask,
    fallback,
    html`<div class="cards">${choices.map((choice) => card(s, choice))}</div>`,
  );
}

function card(s: Screen, choice: ChoiceView): TemplateResult {
  const sending = s.busy && s.sent === choice.id;
  return html`<button
    type="button"
    class="card ${sending ? "sending" : ""}"
    aria-disabled=${s.busy}
    @click=${() => s.send({ type: "choose", choice: choice.id }, choice.id)}
  >
    <span lang=${s.view.language} dir=${s.view.direction}>${phrase(choice.text)}</span>
  </button>`;
}

/** A fieldset whose legend is the question asked; longer questions stand before it and name it. */
export function group(s: Screen, ask: Rich | undefined, fallback: Key, content: unknown): TemplateResult {
  const { view, words } = s;
  if (!ask?.length) {
    return html`<fieldset><legend class="hidden">${words.say(fallback)}</legend>${content}</fieldset>`;
  }
  if (ask.length === 1 && ask[0]?.t === "p") {
    return html`<fieldset>
      <legend class="prompt" lang=${view.language} dir=${view.direction} tabindex="-1" data-focus>${s.phrase(ask)}</legend>
      ${content}
    </fieldset>`;
  }
  return html`<fieldset aria-labelledby="ask">
    <div id="ask" class="prompt" lang=${view.language} dir=${view.direction} tabindex="-1" data-focus>${s.rich(ask)}</div>
    ${content}
  </fieldset>`;
}

export function goOn(s: Screen): TemplateResult | typeof nothing {
  if (!s.view.can_continue) return nothing;
  return html`<p class="row">
    <button type="button" class="primary" aria-disabled=${s.busy} @click=${() => s.send({ type: "continue" })}>
      ${s.words.say("continue")}${icon("next")}
    </button>
  </p>`;
}
