// The learner's own words: writing them, waiting while they are read, and matching them to authored samples.
import { html, nothing, type TemplateResult } from "lit";
import type { MatchView, ReplyView } from "../../../contract/player";
import { icon } from "../icons";
import type { Screen } from "../screen";
import { choiceCards } from "./choices";

export function replyForm(s: Screen, reply: ReplyView): TemplateResult {
  const { words, view, answering } = s;
  const talk = view.kind === "roleplay";
  const submit = (event: Event): void => {
    event.preventDefault();
    sendWords(s, reply, talk);
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
    ${criteria(s, reply)}
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
    ${count(s, reply)}
    <p class="problem" role="alert">${answering.problem}</p>
    <div class="row">
      <button type="submit" class="primary" aria-disabled=${s.busy}>${words.say("replySend")}</button>
      ${talk
        ? html`<button type="button" class="plain" aria-disabled=${s.busy} @click=${() => s.send({ type: "leave" })}>${words.say("leaveTalk")}</button>`
        : nothing}
    </div>
  </form>`;
}

function count(s: Screen, reply: ReplyView): TemplateResult {
  const length = lengthOf(s.answering.text);
  const over = length - reply.max_characters;
  const text =
    over > 0 ? s.words.say("tooLong", { n: over }) : s.words.say("characters", { n: length, all: reply.max_characters });
  return html`<p id="count" class="count ${over > 0 ? "over" : ""}">${text}</p>`;
}

function sendWords(s: Screen, reply: ReplyView, talk: boolean): void {
  const text = s.answering.text.trim();
  const over = lengthOf(text) - reply.max_characters;
  if (!text || over > 0) {
    s.answering.problem = text ? s.words.say("tooLong", { n: over }) : s.words.say("needWords");
    s.changed();
    return;
  }
  s.send(talk ? { type: "say", text } : { type: "write", text });
}

/** Counted as the server counts: by character, not by UTF-16 unit. */
function lengthOf(text: string): number {
  return [...text.normalize("NFC")].length;
}

function criteria(s: Screen, reply: ReplyView): TemplateResult | typeof nothing {
  if (!reply.criteria?.length) return nothing;
  return html`<details class="criteria">
    <summary>${s.words.say("readFor")}</summary>
    <div class="unfolded" lang=${s.view.language} dir=${s.view.direction}>
      ${reply.criteria.map(
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

/** Nothing to do but wait: the page goes on when the judgement or the character's turn is there. */
export function waiting(s: Screen): TemplateResult {
  const text = s.view.reply?.text ?? "";
  return html`${text ? ownWords(s, text) : nothing}
    <p class="waiting" tabindex="-1" data-focus>${s.words.say(s.view.awaits === "character" ? "waitingTurn" : "waiting")}</p>`;
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
