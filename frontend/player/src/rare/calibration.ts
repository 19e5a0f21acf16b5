// How sure the learner was and how right, in words: never scored, and worth knowing.
import type { TemplateResult } from "lit";
import type { CalibrationView } from "../../../contract/player";
import type { Screen } from "../screen";
import { kit } from "./kit";

const { html, nothing, icon } = kit;

export function calibration(s: Screen, found: CalibrationView | null | undefined): TemplateResult | typeof nothing {
  if (!found?.answers) return nothing;
  const { words } = s;
  const { sure_and_right = 0, sure_and_wrong = 0, unsure_and_right = 0, unsure_and_wrong = 0 } = found;
  const line = (key: "calibrationSure" | "calibrationUnsure", right: number, wrong: number): TemplateResult | typeof nothing =>
    right + wrong > 0 ? html`<li>${words.say(key, { n: right + wrong, right })}</li>` : nothing;
  const advice = sure_and_wrong > 0 ? "calibrationLook" : unsure_and_right > 0 ? "calibrationTrust" : "calibrationFits";
  return html`<section class="calibration">
    <h4>${icon("compass")} ${words.say("calibration")}</h4>
    <ul>
      ${line("calibrationSure", sure_and_right, sure_and_wrong)} ${line("calibrationUnsure", unsure_and_right, unsure_and_wrong)}
    </ul>
    <p class="soft">${words.say(advice)}</p>
  </section>`;
}
