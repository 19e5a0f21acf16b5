// What a choice or an answer did: the other person first, then a quiet note, the better wording one tap away.
import { html, nothing, type TemplateResult } from "lit";
import type { FeedbackView } from "../../../contract/player";
import { icon, mark } from "../icons";
import type { Screen } from "../screen";
import { conversation } from "./beats";
import { goOn } from "./choices";
import { newFacts } from "./frame";
import { questionForm } from "./question";

export function reactionPage(s: Screen, reaction: FeedbackView): TemplateResult {
  const isAnswer = s.view.kind === "question";
  const spoke = (reaction.said?.length ?? 0) > 0;
  return html`
    ${spoke ? own(s, reaction, isAnswer) : nothing} ${conversation(s, reaction.beats, !spoke)} ${note(s, reaction, isAnswer, !spoke)}
    ${newFacts(s)}
    ${reaction.can_try_again ? again(s) : goOn(s)}
  `;
}

function own(s: Screen, reaction: FeedbackView, isAnswer: boolean): TemplateResult {
  const label = s.words.say(isAnswer ? "yourAnswer" : "you");
  return html`<div class="beats" lang=${s.view.language} dir=${s.view.direction}>
    <div class="beat said own" tabindex="-1" data-focus>
      <div class="speech">
        <p class="who" lang=${s.words.language}>${label}</p>
        <div class="words">${s.rich(reaction.said)}</div>
      </div>
    </div>
  </div>`;
}

function note(s: Screen, reaction: FeedbackView, isAnswer: boolean, focus: boolean): TemplateResult | typeof nothing {
  const { words, view } = s;
  const notes = reaction.notes ?? [];
  const credit = isAnswer ? reaction.credit : null;
  if (notes.length === 0 && credit == null && !reaction.awaits_coach && !reaction.better?.length && !hasPoints(reaction)) return nothing;
  return html`<aside class="note" tabindex=${focus ? -1 : nothing} ?data-focus=${focus}>
    <p class="label">${icon("note")} ${words.say(isAnswer ? "noteAnswer" : "note")}</p>
    ${credit == null || reaction.awaits_coach ? nothing : creditWord(s, credit)}
    ${reaction.awaits_coach ? html`<p>${icon("pen")} ${words.say("awaitsCoach")}</p>` : nothing}
    <div lang=${view.language} dir=${view.direction}>${notes.map((each) => s.rich(each))}</div>
    ${betterWording(s, reaction.better)} ${pointList(s, reaction.points)}
  </aside>`;
}

export function betterWording(s: Screen, better: FeedbackView["better"]): TemplateResult | typeof nothing {
  if (!better?.length) return nothing;
  return html`<details class="better">
    <summary>${s.words.say("better")}</summary>
    <blockquote lang=${s.view.language} dir=${s.view.direction}>${s.phrase(better)}</blockquote>
  </details>`;
}

function creditWord(s: Screen, credit: number): TemplateResult {
  if (credit >= 1) return html`<p class="verdict">${mark("full")} ${s.words.say("right")}</p>`;
  if (credit <= 0) return html`<p class="verdict">${mark("hollow")} ${s.words.say("notYet")}</p>`;
  const share = s.words.number(credit, { style: "percent", maximumFractionDigits: 0 });
  return html`<p class="verdict">${mark("half")} ${s.words.say("partly")} <span class="soft">${s.words.say("credit", { n: share })}</span></p>`;
}

/** Points are shown only where the author lets them be seen; the view then carries them. */
export function pointList(s: Screen, points: Record<string, number> | undefined): TemplateResult | typeof nothing {
  const earned = Object.entries(points ?? {});
  if (earned.length === 0) return nothing;
  return html`<ul class="points" aria-label=${s.words.say("points")}>
    ${earned.map(
      ([title, value]) =>
        html`<li><bdi lang=${s.view.language}>${title}</bdi> <bdi>${s.words.signed(value)}</bdi></li>`,
    )}
  </ul>`;
}

function hasPoints(reaction: FeedbackView): boolean {
  return Object.keys(reaction.points ?? {}).length > 0;
}

function again(s: Screen): TemplateResult {
  const { words, answering, view } = s;
  if (answering.again && view.question) return html`<div class="again" tabindex="-1" data-again>${questionForm(s, view.question)}</div>`;
  const start = (): void => {
    answering.again = true;
    s.changed("[data-again]");
  };
  return html`<div class="row">
    <button type="button" class="primary" aria-disabled=${s.busy} @click=${start}>${icon("again")}${words.say("tryAgain")}</button>
    ${view.can_continue
      ? html`<button type="button" class="plain" aria-disabled=${s.busy} @click=${() => s.send({ type: "continue" })}>${words.say("continue")}</button>`
      : nothing}
    <span class="soft">${words.say("triesLeft", { n: view.question?.tries_left ?? 1 })}</span>
  </div>`;
}
