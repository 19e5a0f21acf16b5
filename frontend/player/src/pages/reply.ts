// The learner's own words: writing them, waiting while they are read, and matching them to authored samples.
import { html, nothing, type TemplateResult } from "lit";
import type { CriterionView, MatchView, ReplyView } from "../../../contract/player";
import { icon } from "../icons";
import type { Screen } from "../screen";
import { choiceCards } from "./choices";
import { countLine, lengthOf } from "./writing";

export function replyForm(s: Screen, reply: ReplyView): TemplateResult {
  const { words, view, answering } = s;
  const submit = (event: Event): void => {
    event.preventDefault();
    sendWords(s, reply);
  };
  const type = (event: Event): void => {
    answering.text = (event.target as HTMLTextAreaElement).value;
    answering.problem = "";
    s.changed();
  };
  return html`<form class="reply" novalidate @submit=${submit}>
    ${view.prompt?.length
      ? html`<div id="ask" class="prompt" lang=${view.language} dir=${view.direction} tabindex="-1" data-focus>${s.rich(view.prompt)}</div>`
      : nothing}
    ${criteriaList(s, reply.criteria)}
    <label for="words">${words.say("reply")}</label>
    <textarea
      id="words"
      rows="5"
      lang=${view.language}
      dir=${view.direction}
      aria-describedby="${view.prompt?.length ? "ask " : ""}count"
      .value=${answering.text}
      @input=${type}
    ></textarea>
    ${countLine(s, reply.max_characters)}
    <p class="problem" role="alert">${answering.problem}</p>
    <div class="row">
      <button type="submit" class="primary" aria-disabled=${s.busy}>${words.say("replySend")}</button>
    </div>
  </form>`;
}

function sendWords(s: Screen, reply: ReplyView): void {
  const text = s.answering.text.trim();
  const over = lengthOf(text) - reply.max_characters;
  if (text && over <= 0) return s.send({ type: "write", text });
  s.answering.problem = text ? s.words.say("tooLong", { n: over }) : s.words.say("needWords");
  s.changed();
}

/** What words will be read for, where the author lets it be seen. */
export function criteriaList(s: Screen, criteria: CriterionView[] | undefined): TemplateResult | typeof nothing {
  if (!criteria?.length) return nothing;
  return html`<details class="criteria">
    <summary>${s.words.say("readFor")}</summary>
    <div class="unfolded" lang=${s.view.language} dir=${s.view.direction}>
      ${criteria.map(
        (each) => html`<h4>${each.title}</h4>
          ${each.anchors?.length
            ? html`<ol start="0">
                ${each.anchors.map((anchor) => html`<li>${s.phrase(anchor)}</li>`)}
              </ol>`
            : nothing}`,
      )}
    </div>
  </details>`;
}

/** Nothing to do but wait: the page goes on when the judgement is there. */
export function waiting(s: Screen): TemplateResult {
  const text = s.view.reply?.text ?? "";
  return html`${text ? ownWords(s, text) : nothing} ${waitingLine(s, s.words.say("waiting"))}`;
}

export function waitingLine(s: Screen, words: string, focus = true): TemplateResult {
  return html`<p class="waiting" lang=${s.words.language} tabindex="-1" ?data-focus=${focus}>
    <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${words}
  </p>`;
}

export function matchPage(s: Screen, match: MatchView): TemplateResult {
  return html`${ownWords(s, match.text)} ${choiceCards(s, match.samples, match.ask, "choose")}`;
}

function ownWords(s: Screen, text: string): TemplateResult {
  return html`<figure class="own-words">
    <figcaption class="label">${icon("pen")} ${s.words.say("youWrote")}</figcaption>
    <blockquote lang=${s.view.language} dir="auto">${text}</blockquote>
  </figure>`;
}
