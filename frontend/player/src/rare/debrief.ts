// Looking back: what led here, one thing to try, the conversation as a script with marks in its margin, the profile.
import type { TemplateResult } from "lit";
import type { Debrief, DebriefEntry } from "../../../contract/player";
import type { Key } from "../words";
import type { Screen } from "../screen";
import { gradeBlock } from "./grade";
import { pathDrawing } from "./path";
import { practiceProfile } from "./profile";
import { calibration } from "./calibration";
import css from "./debrief.css?inline";
import { kit } from "./kit";

export { css };

const { html, nothing, MARK_SHAPES, icon, mark, plain, conversation, endingHead, startAgain, betterWording, pointList } = kit;

export function debriefPage(s: Screen, debrief: Debrief, restart: (() => void) | null): TemplateResult {
  const { words, view } = s;
  return html`<article class="debrief">
    <p class="eyebrow">${words.say("debrief")}</p>
    ${endingHead(s, debrief.ending)} ${ledHere(s, debrief)} ${gradeBlock(s, debrief)} ${tryNext(s, debrief)}
    ${debrief.script?.length
      ? html`<section>
          <h4>${words.say("script")}</h4>
          ${pathDrawing(s, debrief)}
          <ol class="script" role="list">
            ${debrief.script.filter(spoke).map((entry) => scriptEntry(s, entry))}
          </ol>
        </section>`
      : nothing}
    ${practiceProfile(s, debrief)} ${calibration(s, debrief.calibration)} ${startAgain(s, restart)}
    ${view.can_continue
      ? html`<p class="row"><button type="button" class="primary" aria-disabled=${s.busy} @click=${() => s.send({ type: "continue" })}>${words.say("continue")}</button></p>`
      : nothing}
  </article>`;
}

function ledHere(s: Screen, debrief: Debrief): TemplateResult | typeof nothing {
  if (!debrief.led_here?.length) return nothing;
  return html`<section class="led-here">
    <h4>${s.words.say("ledHere")}</h4>
    <div lang=${s.view.language} dir=${s.view.direction}>${debrief.led_here.map((each) => html`<blockquote>${s.phrase(each)}</blockquote>`)}</div>
  </section>`;
}

function tryNext(s: Screen, debrief: Debrief): TemplateResult | typeof nothing {
  if (!debrief.try_next?.length) return nothing;
  const { language, direction } = s.view;
  const instead = saidBefore(debrief);
  return html`<section class="try-next">
    <h4>${icon("compass")} ${s.words.say("tryNext")}</h4>
    <div lang=${language} dir=${direction}>${s.rich(debrief.try_next)}</div>
    ${instead ? html`<p class="soft">${s.words.say("insteadOf")} <q lang=${language}>${instead}</q></p>` : nothing}
  </section>`;
}

/** The line whose better wording is now proposed: a phrase alone does not say when it would have helped. */
function saidBefore(debrief: Debrief): string {
  const proposed = plain(debrief.try_next);
  const entry = debrief.script?.find((each) => each.better?.length && plain(each.better) === proposed);
  return (entry?.said ?? []).map(plain).join(" ");
}

/** Pages that were only read are on the path, not in the script. */
function spoke(entry: DebriefEntry): boolean {
  return Boolean(entry.beats?.length || entry.said?.length || entry.reaction?.length || entry.mark);
}

function scriptEntry(s: Screen, entry: DebriefEntry): TemplateResult {
  const { words, view } = s;
  const lang = view.language;
  return html`<li class="entry mark-${entry.mark || "none"}">
    <div class="margin">
      ${entry.mark ? html`<p class="verdict">${mark(MARK_SHAPES[entry.mark])} ${words.say(`mark.${entry.mark}`)}</p>` : nothing}
      ${entry.note ? html`<p class="soft">${words.say(`entry.${entry.note}` as Key)}</p>` : nothing}
    </div>
    <div class="lines">
      ${entry.heading ? html`<h5 lang=${lang} dir=${view.direction}>${entry.heading}</h5>` : nothing} ${conversation(s, entry.beats)}
      ${entry.prompt?.length ? html`<div class="asked" lang=${lang} dir=${view.direction}>${s.rich(entry.prompt)}</div>` : nothing}
      ${entry.said?.length ? said(s, entry) : nothing} ${conversation(s, entry.reaction)} ${note(s, entry)}
    </div>
  </li>`;
}

function said(s: Screen, entry: DebriefEntry): TemplateResult {
  return html`<div class="beats" lang=${s.view.language} dir=${s.view.direction}>
    <div class="beat said own">
      <div class="speech">
        <p class="who" lang=${s.words.language}>${s.words.say("you")}</p>
        <div class="words">${(entry.said ?? []).map((each) => s.rich(each))}</div>
      </div>
    </div>
  </div>`;
}

function note(s: Screen, entry: DebriefEntry): TemplateResult | typeof nothing {
  const points = pointList(s, entry.points);
  const credit = entry.credit == null ? nothing : creditLine(s, entry.credit);
  const sure = entry.confidence == null ? nothing : html`<p class="soft">${s.words.say("youWereSure", { how: s.words.say(`sure${entry.confidence}` as Key) })}</p>`;
  if (!entry.feedback?.length && !entry.better?.length && [points, credit, sure].every((each) => each === nothing)) return nothing;
  return html`<aside class="note">
    <div lang=${s.view.language} dir=${s.view.direction}>${(entry.feedback ?? []).map((each) => s.rich(each))}</div>
    ${betterWording(s, entry.better)} ${credit} ${sure} ${points}
  </aside>`;
}

function creditLine(s: Screen, credit: number): TemplateResult {
  const share = s.words.number(credit, { style: "percent", maximumFractionDigits: 0 });
  return html`<p class="soft">${s.words.say("credit", { n: share })}</p>`;
}
