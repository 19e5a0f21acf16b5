// What is said and told: each beat with its speaker, and a portrait that changes with the mood.
import { html, nothing, type TemplateResult } from "lit";
import type { BeatView } from "../../../contract/player";
import type { Screen } from "../screen";
import { mediaFigure } from "./media";

/** `focus`: the first beat is where a learner's own action has led. */
export function conversation(s: Screen, beats: BeatView[] | undefined, focus = false): TemplateResult | typeof nothing {
  if (!beats?.length) return nothing;
  const turns = inTurns(beats);
  return html`<div class="beats" lang=${s.view.language} dir=${s.view.direction}>
    ${turns.map((turn, i) => oneTurn(s, turn, turns[i - 1]?.[0], focus && i === 0))}
  </div>`;
}

/** Beats that one person says with one face belong together: one portrait, one name. */
function inTurns(beats: BeatView[]): BeatView[][] {
  const turns: BeatView[][] = [];
  for (const beat of beats) {
    const last = turns.at(-1)?.at(-1);
    const same = last?.who === beat.who && !last?.by_model === !beat.by_model && last?.portrait?.key === beat.portrait?.key && !last?.media;
    if (same && beat.who) turns.at(-1)?.push(beat);
    else turns.push([beat]);
  }
  return turns;
}

function oneTurn(s: Screen, turn: BeatView[], before: BeatView | undefined, focus: boolean): TemplateResult {
  const [beat] = turn as [BeatView];
  const words = turn.map((each) => html`${s.rich(each.text)}${each.media ? mediaFigure(s, each.media) : nothing}`);
  if (!beat.who) return html`<div class="beat told" ?data-focus=${focus} tabindex=${focus ? -1 : nothing}>${words}</div>`;
  return html`<div class="beat said ${beat.is_learner ? "own" : ""}" ?data-focus=${focus} tabindex=${focus ? -1 : nothing}>
    ${beat.is_learner ? nothing : face(s, beat)}
    <div class="speech">${speaker(s, beat, before?.who === beat.who)}<div class="words">${words}</div></div>
  </div>`;
}

function speaker(s: Screen, beat: BeatView, goesOn: boolean): TemplateResult {
  if (beat.is_learner) {
    const role = s.view.roleplay?.is_reversed ? html` <span class="role" lang=${s.view.language}>${beat.name}</span>` : nothing;
    return html`<p class="who" lang=${s.words.language}>${s.words.say("you")}${role}</p>`;
  }
  const model = beat.by_model ? html` <span class="by-model" lang=${s.words.language} dir=${s.words.direction}>${s.words.say("byModel")}</span>` : nothing;
  const role = beat.role && !goesOn ? html` <span class="role">${beat.role}</span>` : nothing;
  return html`<p class="who ${goesOn && !beat.by_model ? "hidden" : ""}">${beat.name}${role}${model}</p>`;
}

function face(s: Screen, beat: BeatView): TemplateResult {
  const src = beat.portrait ? s.url(beat.portrait.key) : "";
  if (!src) return html`<span class="portrait initial" aria-hidden="true">${[...(beat.name ?? "")][0] ?? ""}</span>`;
  return html`<img class="portrait" src=${src} alt=${beat.portrait?.alt ?? ""} width="96" height="96" />`;
}
