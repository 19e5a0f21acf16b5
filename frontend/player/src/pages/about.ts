// The briefing before the first scene: what it is, how long, what may be hard, what it is not for.
import { html, nothing, type TemplateResult } from "lit";
import type { AboutView } from "../../../contract/player";
import { icon } from "../icons";
import type { Screen } from "../screen";

export function briefing(s: Screen, about: AboutView, begin: () => void): TemplateResult {
  const { words, view } = s;
  const part = (title: string, content: unknown): TemplateResult =>
    html`<section><h4>${title}</h4><div lang=${view.language} dir=${view.direction}>${content}</div></section>`;
  return html`<div class="briefing">
    <h3 class="eyebrow" tabindex="-1" data-focus>${words.say("before")}</h3>
    ${about.summary?.length ? html`<div class="summary" lang=${view.language} dir=${view.direction}>${s.rich(about.summary)}</div>` : nothing}
    ${about.minutes ? html`<p class="minutes">${icon("clock")} ${words.say("minutes", { n: about.minutes })}</p>` : nothing}
    ${about.content_note?.length
      ? html`<aside class="care"><h4>${words.say("contentNote")}</h4><div lang=${view.language} dir=${view.direction}>${s.rich(about.content_note)}</div></aside>`
      : nothing}
    ${about.objectives?.length
      ? part(words.say("practise"), html`<ul>${about.objectives.map((each) => html`<li>${s.phrase(each)}</li>`)}</ul>`)
      : nothing}
    ${about.not_for?.length ? part(words.say("notFor"), html`<ul>${about.not_for.map((each) => html`<li>${each}</li>`)}</ul>`) : nothing}
    ${about.support?.length ? part(words.say("support"), s.rich(about.support)) : nothing}
    ${view.can_stop ? html`<p class="soft">${words.say("mayStop")}</p>` : nothing}
    <button type="button" class="primary" @click=${begin}>${words.say("begin")}${icon("next")}</button>
  </div>`;
}
