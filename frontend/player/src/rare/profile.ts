// The practice profile: per competency a bar with a word and a count, or "not enough yet". Never a grade.
import type { TemplateResult } from "lit";
import type { Debrief, ProfileBar } from "../../../contract/player";
import type { Screen } from "../screen";
import { kit } from "./kit";

const { html, nothing, bar } = kit;

export function practiceProfile(s: Screen, debrief: Debrief): TemplateResult | typeof nothing {
  if (!debrief.profile?.length) return nothing;
  return html`<section class="profile">
    <h4>${s.words.say("profile")}</h4>
    <p class="soft">${s.words.say("profileWhat")}</p>
    <dl>
      ${debrief.profile.map((each) => competency(s, each))}
    </dl>
  </section>`;
}

function competency(s: Screen, each: ProfileBar): TemplateResult {
  const { words, view } = s;
  const enough = each.share != null && each.word !== "not_enough";
  const count = words.say("moments", { n: each.moments ?? 0, shown: each.moments_shown ?? 0 });
  return html`<div class="competency ${enough ? "" : "open"}">
    <dt lang=${view.language} dir=${view.direction}>${each.title}</dt>
    <dd>
      ${bar(enough ? (each.share ?? 0) : 0)}
      <span class="word">${words.say(`word.${each.word ?? "not_enough"}`)}</span>
      <span class="soft">${count}</span>
    </dd>
  </div>`;
}
