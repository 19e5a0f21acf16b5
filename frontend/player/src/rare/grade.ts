// The grade in words: a number or why there is none, whether it may still change, and how far it has got.
import type { TemplateResult } from "lit";
import type { CorrectionView, Debrief, Delivery, GradeView } from "../../../contract/player";
import type { Screen } from "../screen";
import { kit } from "./kit";

const { html, nothing, icon } = kit;

const STEPS = ["saved", "sent", "confirmed"] as const;

export function gradeBlock(s: Screen, debrief: Debrief): TemplateResult | typeof nothing {
  const { words } = s;
  const grade = debrief.grade ?? {};
  if (s.served.is_preview) return html`<section class="grade"><p>${words.say("preview")}</p></section>`;
  if (grade.ratio == null && !grade.reason && !debrief.corrections?.length) return nothing;
  return html`<section class="grade">
    <h4>${words.say("grade")}</h4>
    ${grade.ratio == null ? why(s, grade) : html`<p class="figure">${outOfHundred(s, grade.ratio)}</p>`} ${changes(s, debrief.corrections ?? [])}
    ${grade.reason === "pending" ? nothing : delivery(s, s.served.delivery)}
  </section>`;
}

function outOfHundred(s: Screen, ratio: number): string {
  return s.words.say("gradeIs", { n: s.words.number(ratio * 100, { maximumFractionDigits: 1 }) });
}

function why(s: Screen, grade: GradeView): unknown {
  const reason = grade.reason ? html`<p>${s.words.say(`reason.${grade.reason}`)}</p>` : nothing;
  if (grade.provisional == null) return reason;
  return html`${reason}
    <p class="soft">${s.words.say("gradeSoFar", { n: outOfHundred(s, grade.provisional) })}</p>`;
}

function changes(s: Screen, corrections: CorrectionView[]): TemplateResult | typeof nothing {
  if (corrections.length === 0) return nothing;
  return html`<ul class="changes" role="list" aria-label=${s.words.say("corrections")}>
    <li class="label">${s.words.say("corrections")}</li>
    ${corrections.map((each) => oneChange(s, each))}
  </ul>`;
}

function oneChange(s: Screen, change: CorrectionView): TemplateResult {
  const { words, view } = s;
  const about = change.about ? html`<bdi lang=${view.language}>${change.about}</bdi>: ` : nothing;
  const reason = change.reason ? html`<br /><span dir="auto">${change.reason}</span>` : nothing;
  if (change.kind === "void" || change.kind === "excuse") {
    return html`<li>${about}${words.say(`change.${change.kind}`)}${reason}</li>`;
  }
  const value = (given: number | null | undefined): string => {
    if (given == null) return words.say("change.none");
    return change.kind === "level" ? words.number(given) : outOfHundred(s, given);
  };
  const moved =
    change.old == null
      ? words.say("change.now", { new: value(change.new) })
      : words.say("change.fromTo", { old: value(change.old), new: value(change.new) });
  return html`<li>${about}${words.say(`change.${change.kind}`)} ${moved}${reason}</li>`;
}

function delivery(s: Screen, found: Delivery | null | undefined): TemplateResult | typeof nothing {
  if (!found || found.status === "none") return nothing;
  const { words } = s;
  if (found.status === "held") return html`<p class="soft">${words.say("delivery.held")}</p>`;
  const reached = found.status === "delayed" ? 0 : STEPS.indexOf(found.status);
  return html`<ol class="delivery" role="list" aria-label=${words.say("delivery")}>
      ${STEPS.map(
        (step, i) => html`<li class=${i <= reached ? "done" : ""} aria-current=${i === reached ? "step" : nothing}>
          ${i <= reached ? icon("check") : nothing}<span>${words.say(`delivery.${step}`)}</span>
        </li>`,
      )}
    </ol>
    ${found.status === "delayed" ? html`<p class="soft">${words.say("delivery.delayed")}</p>` : nothing}`;
}
