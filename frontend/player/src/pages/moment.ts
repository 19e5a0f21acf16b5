// One moment of the story: picks the page for where the attempt stands.
import { html, nothing, type TemplateResult } from "lit";
import type { RarePages } from "../rare";
import type { Screen } from "../screen";
import { conversation } from "./beats";
import { choiceCards, goOn } from "./choices";
import { newFacts } from "./frame";
import { mediaFigure, spokenScene } from "./media";
import { questionForm } from "./question";
import { reactionPage } from "./reaction";
import { matchPage, replyForm, waiting } from "./reply";

export function momentPage(s: Screen): TemplateResult {
  const { view } = s;
  // A scene inside a conversation is read under what was said so far.
  const above = view.roleplay?.inside ? talk(s, (pages) => pages.conversationSoFar(s)) : nothing;
  return html`${heading(s)} ${above} ${view.stage === "reaction" && view.reaction ? reactionPage(s, view.reaction) : scenePage(s)}`;
}

function talk(s: Screen, draw: (pages: RarePages["roleplay"]) => unknown): unknown {
  const pages = s.rare("roleplay");
  return pages ? draw(pages) : onItsWay(s);
}

function onItsWay(s: Screen): TemplateResult {
  return html`<p class="loading">${s.words.say("loading")}</p>`;
}

/** Always there, so that a screen reader finds the moment; seen only where the author named the place. */
function heading(s: Screen): TemplateResult {
  const { view, words } = s;
  if (!view.heading) return html`<h3 class="hidden">${words.say("moment")}</h3>`;
  const arrives = view.stage === "scene";
  return html`<h3 class="place" lang=${view.language} dir=${view.direction} tabindex="-1" ?data-focus=${arrives}>${view.heading}</h3>`;
}

function scenePage(s: Screen): TemplateResult {
  const { view } = s;
  return html`
    ${newFacts(s)} ${spokenScene(s, view.audio)} ${(view.media ?? []).map((each) => mediaFigure(s, each))} ${conversation(s, view.beats, true)}
    ${view.text?.length
      ? html`<div class="text" lang=${view.language} dir=${view.direction} tabindex="-1" data-focus>${s.rich(view.text)}</div>`
      : nothing}
    ${asked(s)} ${view.prompts?.length ? nothing : goOn(s)}
  `;
}

function asked(s: Screen): unknown {
  const { view } = s;
  if (view.roleplay && !view.roleplay.inside && !view.match) return talk(s, (pages) => pages.roleplayPage(s));
  if (view.awaits === "judgement" || view.awaits === "character") return waiting(s);
  if (view.prompts?.length) return s.rare("reflection")?.reflectionPage(s) ?? onItsWay(s);
  if (view.match) return matchPage(s, view.match);
  if (view.question) return questionForm(s, view.question);
  if (view.reply) return replyForm(s, view.reply);
  if (view.choices?.length) return choiceCards(s, view.choices, view.prompt, "choose");
  if (view.prompt?.length) return html`<div class="prompt" lang=${view.language} dir=${view.direction}>${s.rich(view.prompt)}</div>`;
  return nothing;
}
