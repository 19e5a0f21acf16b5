// What is said and told: each beat with its speaker, and a portrait that changes with the mood.
import { html, nothing, type TemplateResult } from "lit";
import type { BeatView } from "../../../contract/player";
import type { Screen } from "../screen";
import { mediaFigure } from "./media";

/** `focus`: the first beat is where a learner's own action has led. */
export function conversation(s: Screen, beats: BeatView[] | undefined, focus = false): TemplateResult | typeof nothing {
  if (!beats?.length) return nothing;
  return html`<div class="beats" lang=${s.view.language} dir=${s.view.direction}>
    ${beats.map((beat, i) => oneBeat(s, beat, beats[i - 1], focus && i === 0))}
  </div>`;
}

function oneBeat(s: Screen, beat: BeatView, before: BeatView | undefined, focus: boolean): TemplateResult {
  const film = beat.media ? mediaFigure(s, beat.media) : nothing;
  if (!beat.who) {
    return html`<div class="beat told" ?data-focus=${focus} tabindex=${focus ? -1 : nothing}>${s.rich(beat.text)}${film}</div>`;
  }
  const goesOn = before?.who === beat.who;
  const portrait = goesOn && before?.portrait?.key === beat.portrait?.key ? nothing : face(s, beat);
  return html`<div
    class="beat said ${beat.is_learner ? "own" : ""} ${goesOn ? "goes-on" : ""}"
    ?data-focus=${focus}
    tabindex=${focus ? -1 : nothing}
  >
    ${beat.is_learner ? nothing : html`<div class="face">${portrait}</div>`}
    <div class="speech">
      ${speaker(s, beat, goesOn)}
      <div class="words">${s.rich(beat.text)}</div>
      ${film}
    </div>
  </div>`;
}

function speaker(s: Screen, beat: BeatView, goesOn: boolean): TemplateResult {
  if (beat.is_learner) {
    return html`<p class="who" lang=${s.words.language}>${s.words.say("you")}</p>`;
  }
  const role = beat.role && !goesOn ? html` <span class="role">${beat.role}</span>` : nothing;
  return html`<p class="who ${goesOn ? "hidden" : ""}">${beat.name}${role}</p>`;
}

function face(s: Screen, beat: BeatView): TemplateResult {
  const src = beat.portrait ? s.url(beat.portrait.key) : "";
  if (!src) return html`<span class="portrait initial" aria-hidden="true">${[...(beat.name ?? "")][0] ?? ""}</span>`;
  return html`<img class="portrait" src=${src} alt=${beat.portrait?.alt ?? ""} width="96" height="96" />`;
}
