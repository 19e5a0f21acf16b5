// The time left for a timed decision, and the switch that takes the hurry out of it.
import { html, nothing, type TemplateResult } from "lit";
import type { Countdown } from "../countdown";
import { icon } from "../icons";
import type { Screen } from "../screen";

export function timerRow(s: Screen, clock: Countdown, switchOff: () => void): TemplateResult | typeof nothing {
  const { timer, stage } = s.view;
  if (!timer || stage !== "scene") return nothing;
  if (clock.off) return html`<p class="timer soft">${icon("clock")} ${s.words.say("timerIsOff")}</p>`;
  return html`<div class="timer">
    <p role="timer">${icon("clock")} ${s.words.say("seconds", { n: clock.left })}</p>
    ${timer.may_switch_off ? html`<button type="button" class="quiet" @click=${switchOff}>${s.words.say("timerOff")}</button>` : nothing}
  </div>`;
}
