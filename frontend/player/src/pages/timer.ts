// The time left for a timed decision, in words and as a bar, and the switch that takes the hurry out of it.
import { html, nothing, type TemplateResult } from "lit";
import type { Countdown } from "../countdown";
import { icon } from "../icons";
import type { Screen } from "../screen";
import { bar } from "./frame";

export function timerRow(s: Screen, clock: Countdown): TemplateResult | typeof nothing {
  const { timer, stage } = s.view;
  if (!timer || stage !== "scene") return nothing;
  const { words } = s;
  const off = timer.is_off ?? false;
  const left = words.say("seconds", { n: clock.left });
  return html`<div class="timer">
    ${off
      ? html`<p class="soft">${icon("clock")} ${words.say("timerIsOff")}</p>`
      : html`<p role="timer" class=${clock.left <= 10 ? "late" : ""}>${icon("clock")} ${left}</p>
          ${bar(clock.left / (clock.all || 1))}`}
    ${timer.may_switch_off
      ? html`<button type="button" class="quiet" data-clock aria-disabled=${s.busy} @click=${() => s.send({ type: "clock", on: off })}>
          <span>${words.say(off ? "timerOn" : "timerOff")}</span>
        </button>`
      : nothing}
  </div>`;
}
