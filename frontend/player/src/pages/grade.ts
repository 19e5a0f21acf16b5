// The grade in words: a number or why there is none, whether it may still change, and how far it has got.
import { html, nothing, type TemplateResult } from "lit";
import type { Debrief, Delivery } from "../../../contract/player";
import { icon } from "../icons";
import type { Screen } from "../screen";

const STEPS = ["saved", "sent", "confirmed"] as const;

export function gradeBlock(s: Screen, debrief: Debrief): TemplateResult | typeof nothing {
  const { words } = s;
  const grade = debrief.grade ?? {};
  const reason = grade.reason;
  if (s.served.is_preview) return html`<section class="grade"><p>${words.say("preview")}</p></section>`;
  if (grade.ratio == null && !reason) return nothing;
  const text =
    grade.ratio == null
      ? html`<p>${words.say(`reason.${reason as Exclude<typeof reason, "" | undefined>}`)}</p>`
      : html`<p class="figure">${words.say("gradeIs", { n: words.number(grade.ratio * 100, { maximumFractionDigits: 1 }) })}</p>`;
  return html`<section class="grade">
    <h4>${words.say("grade")}</h4>
    ${text} ${grade.shown_as_provisional ? html`<p class="soft">${words.say("gradeProvisional")}</p>` : nothing}
    ${delivery(s, s.served.delivery)}
  </section>`;
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
