// What stands around every moment: the title, the saved word, the meters, the notebook, and the calm way out.
import { html, nothing, type TemplateResult } from "lit";
import type { FactView, MeterView } from "../../../contract/player";
import { icon } from "../icons";
import type { Screen } from "../screen";

export interface Tools {
  status: TemplateResult | string;
  notebookOpen: boolean;
  toggleNotebook(): void;
  askStop(): void;
  /** Before the first scene the title stands large, as on the first page of a book. */
  opening: boolean;
}

export function topBar(s: Screen, tools: Tools): TemplateResult {
  const { view } = s;
  const hasNotebook = (view.notebook ?? []).length > 0;
  return html`<header class="top ${tools.opening ? "opening" : ""}">
    <h2 class="title" lang=${view.language} dir=${view.direction}>${view.title}</h2>
    <p class="status">${tools.status}</p>
    ${hasNotebook || view.can_stop ? html`<div class="tools">${hasNotebook ? notebookButton(s, tools) : nothing}${view.can_stop ? stopButton(s, tools) : nothing}</div>` : nothing}
  </header>`;
}

function notebookButton(s: Screen, tools: Tools): TemplateResult {
  return html`<button type="button" class="quiet" aria-expanded=${tools.notebookOpen} @click=${tools.toggleNotebook}>
    ${icon("notebook")}<span>${s.words.say("notebookCount", { n: s.view.notebook?.length ?? 0 })}</span>
  </button>`;
}

function stopButton(s: Screen, tools: Tools): TemplateResult {
  return html`<button type="button" class="quiet stop" @click=${tools.askStop}>${icon("stop")}<span>${s.words.say("stop")}</span></button>`;
}

export function meterRow(s: Screen): TemplateResult | typeof nothing {
  const meters = s.view.meters ?? [];
  if (meters.length === 0) return nothing;
  return html`<dl class="meters" lang=${s.view.language} dir=${s.view.direction}>${meters.map((meter) => oneMeter(s, meter))}</dl>`;
}

function oneMeter(s: Screen, meter: MeterView): TemplateResult {
  const { value } = meter;
  const low = meter.low ?? 0;
  const span = (meter.high ?? 0) - low;
  const share = value == null || span <= 0 ? null : Math.min(1, Math.max(0, (value - low) / span));
  const word = meter.word || (value == null ? "" : s.words.number(value));
  return html`<div class="meter">
    <dt>${meter.label}</dt>
    <dd>${word}${share === null ? nothing : bar(share)}</dd>
  </div>`;
}

/** A bar as a picture: a share in a style attribute would need an exception in the content security policy. */
export function bar(share: number): TemplateResult {
  return html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect class="bar-all" width="100" height="6" />
    <rect class="bar-part" width=${(share * 100).toFixed(1)} height="6" />
  </svg>`;
}

export function notebookPanel(s: Screen, close: () => void): TemplateResult {
  const { words, view } = s;
  return html`<section class="panel notebook" aria-label=${words.say("notebook")} tabindex="-1" data-notebook>
    <h3>${words.say("notebook")}</h3>
    ${factList(s, view.notebook ?? [])}
    <button type="button" class="quiet" @click=${close}>${words.say("close")}</button>
  </section>`;
}

/** Facts just learned, beside what taught them. */
export function newFacts(s: Screen): TemplateResult | typeof nothing {
  const fresh = (s.view.notebook ?? []).filter((fact) => fact.is_new);
  if (fresh.length === 0) return nothing;
  return html`<aside class="fresh">
    <p class="label">${icon("notebook")} ${s.words.say("newFact", { n: fresh.length })}</p>
    ${factList(s, fresh)}
  </aside>`;
}

function factList(s: Screen, facts: FactView[]): TemplateResult {
  if (facts.length === 0) return html`<p>${s.words.say("notebookEmpty")}</p>`;
  return html`<ul class="facts" lang=${s.view.language} dir=${s.view.direction}>
    ${facts.map((fact) => html`<li>${s.phrase(fact.text)}</li>`)}
  </ul>`;
}

export function stopPanel(s: Screen, stop: () => void, stay: () => void): TemplateResult {
  const { words, view } = s;
  const escape = (event: KeyboardEvent): void => {
    if (event.key === "Escape") stay();
  };
  return html`<section class="panel" role="group" aria-labelledby="stop-ask" @keydown=${escape}>
    <h3 id="stop-ask" tabindex="-1" data-stop>${words.say("stopAsk")}</h3>
    <p>${words.say(view.roleplay ? "stopTalk" : view.graded ? "stopAfterGrade" : "stopWhat")}</p>
    <div class="row">
      <button type="button" class="primary" @click=${stay}>${words.say("stopNo")}</button>
      <button type="button" class="plain" aria-disabled=${s.busy} @click=${stop}>${words.say("stop")}</button>
    </div>
  </section>`;
}
