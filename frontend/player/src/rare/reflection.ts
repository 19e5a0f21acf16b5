// A private page: what is written here is the learner's alone, and is shared item by item or not at all.
import type { TemplateResult } from "lit";
import type { Action, PromptView, Reflect, ShareView } from "../../../contract/player";
import type { Screen } from "../screen";
import { kit } from "./kit";
import css from "./reflection.css?inline";

export { css };
const { html, nothing, icon } = kit;

export function reflectionPage(s: Screen): TemplateResult {
  const { words, view } = s;
  const prompts = view.prompts ?? [];
  return html`<div class="reflection">
    <aside class="private" tabindex="-1" ?data-focus=${!view.heading}>
      <p class="label">${icon("private")} ${words.say("private")}</p>
      <p>${words.say("privateWhat")}</p>
    </aside>
    ${prompts.map((prompt) => (prompt.type === "ask_coach" ? asking(s, prompt) : writing(s, prompt)))}
    <p class="soft">${words.say("nothingNeeded")}</p>
    ${view.can_continue
      ? html`<p class="row">
          <button type="button" class="primary" aria-disabled=${s.busy} @click=${() => s.sendAll([...unsaved(s, prompts), { type: "continue" }])}>
            ${words.say(unsaved(s, prompts).length ? "saveAndGoOn" : "continue")}${icon("next")}
          </button>
        </p>`
      : nothing}
  </div>`;
}

/** What was typed or ticked and is not stored yet: going on stores it first, so that no word is lost. */
function unsaved(s: Screen, prompts: PromptView[]): Action[] {
  return prompts.filter((prompt) => isChanged(s, prompt)).map((prompt) => saving(s, prompt));
}

function saving(s: Screen, prompt: PromptView): Reflect {
  if (prompt.type === "ask_coach") return { type: "reflect", prompt: prompt.id, shares: ticked(s, prompt) };
  return { type: "reflect", prompt: prompt.id, text: written(s, prompt).trim() };
}

function written(s: Screen, prompt: PromptView): string {
  return s.answering.texts[prompt.id] ?? prompt.text ?? "";
}

function ticked(s: Screen, prompt: PromptView): string[] {
  const stored = (prompt.shares ?? []).filter((each) => each.shared).map((each) => each.id);
  return s.answering.shares[prompt.id] ?? stored;
}

function isChanged(s: Screen, prompt: PromptView): boolean {
  if (prompt.type !== "ask_coach") return written(s, prompt).trim() !== (prompt.text ?? "");
  return (prompt.shares ?? []).some((each) => ticked(s, prompt).includes(each.id) !== (each.shared ?? false));
}

function writing(s: Screen, prompt: PromptView): TemplateResult {
  const { words, view, answering } = s;
  const id = `words-${prompt.id}`;
  const type = (event: Event): void => {
    answering.texts = { ...answering.texts, [prompt.id]: (event.target as HTMLTextAreaElement).value };
    s.changed();
  };
  const days = prompt.remind_after_days ?? [];
  return html`<section class="entry-${prompt.type}">
    <label for=${id} lang=${view.language} dir=${view.direction}>${s.phrase(prompt.prompt)}</label>
    <textarea id=${id} rows=${prompt.type === "goal" ? 2 : 4} dir="auto" maxlength="16000" aria-describedby="${id}-state" .value=${written(s, prompt)} @input=${type}></textarea>
    ${days.map((n) => html`<p class="soft">${icon("clock")} ${words.say("remind", { n })}</p>`)}
    <div class="row">
      <button type="button" class="plain" aria-disabled=${s.busy || !isChanged(s, prompt)} @click=${() => save(s, prompt)}>${words.say("save")}</button>
      ${prompt.wrote
        ? html`<button type="button" class="quiet" aria-disabled=${s.busy} @click=${() => erase(s, prompt)}><span>${words.say("erase")}</span></button>`
        : nothing}
      <span class="soft" id="${id}-state">${state(s, prompt)}</span>
    </div>
  </section>`;
}

function save(s: Screen, prompt: PromptView): void {
  if (isChanged(s, prompt)) s.send(saving(s, prompt));
}

function erase(s: Screen, prompt: PromptView): void {
  s.answering.texts = { ...s.answering.texts, [prompt.id]: "" };
  s.send({ type: "reflect", prompt: prompt.id, text: "" });
}

function state(s: Screen, prompt: PromptView): TemplateResult | typeof nothing | string {
  if (isChanged(s, prompt)) return s.words.say("notSaved");
  return prompt.wrote ? html`${icon("check")} ${s.words.say("savedPrivately")}` : nothing;
}

function asking(s: Screen, prompt: PromptView): TemplateResult {
  const { words, view } = s;
  const shared = (prompt.shares ?? []).some((each) => each.shared);
  return html`<fieldset class="asking">
    <legend lang=${view.language} dir=${view.direction}>${s.phrase(prompt.prompt)}</legend>
    <p class="soft how">${words.say("shareHow")}</p>
    <div class="cards">${(prompt.shares ?? []).map((each) => item(s, prompt, each))}</div>
    <div class="row">
      <button type="button" class="plain" aria-disabled=${s.busy || !isChanged(s, prompt)} @click=${() => save(s, prompt)}>${words.say("shareSave")}</button>
      <span class="soft">${isChanged(s, prompt) ? words.say("notSaved") : words.say(shared ? "shareSome" : "shareNone")}</span>
    </div>
  </fieldset>`;
}

function item(s: Screen, prompt: PromptView, share: ShareView): TemplateResult {
  const { words, view, answering } = s;
  const on = ticked(s, prompt).includes(share.id);
  const pick = (): void => {
    const others = ticked(s, prompt).filter((each) => each !== share.id);
    answering.shares = { ...answering.shares, [prompt.id]: on ? others : [...others, share.id] };
    s.changed();
  };
  const label = share.text?.length
    ? html`<span>${words.say("shareAnswer")} <q lang=${view.language} dir=${view.direction}>${s.phrase(share.text)}</q></span>`
    : html`<span>${words.say("shareTranscript")}</span>`;
  return html`<label class="card option"><input type="checkbox" .checked=${on} @change=${pick} />${label}</label>`;
}
