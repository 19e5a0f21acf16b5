// A role-play: who plays whom, the aims, the conversation as a log, and the learner's next turn.
import type { TemplateResult } from "lit";
import type { GoalView, PersonView, RoleplayView } from "../../../contract/player";
import type { Screen } from "../screen";
import { kit } from "./kit";
import css from "./roleplay.css?inline";

export { css };
const { html, nothing, icon, mark, conversation, countLine, criteriaList, lengthOf, newFacts, waitingLine } = kit;

type Nothing = typeof nothing;

export function roleplayPage(s: Screen): TemplateResult {
  const { view } = s;
  const talk = view.roleplay as RoleplayView;
  return html`<div class="talk">
    ${who(s, talk)}
    ${view.prompt?.length
      ? html`<div id="ask" class="prompt" lang=${view.language} dir=${view.direction} tabindex="-1" ?data-focus=${!talk.turns}>${s.rich(view.prompt)}</div>`
      : nothing}
    ${goals(s, talk)} ${criteriaList(s, talk.criteria)} ${log(s, talk)} ${talk.ended || view.awaits === "judgement" ? ending(s, talk) : composer(s, talk)}
  </div>`;
}

/** Above a scene that is called from the conversation. */
export function conversationSoFar(s: Screen): TemplateResult {
  return html`<div class="talk">${log(s, s.view.roleplay as RoleplayView)}</div>`;
}

function who(s: Screen, talk: RoleplayView): TemplateResult {
  const { words } = s;
  const { character, plays } = talk;
  const present = (talk.present ?? []).map((each) => each.name);
  const title = talk.is_reversed ? words.say("youAre", { name: plays.name }) : words.say("talkWith", { name: character.name });
  return html`<aside class="who-plays ${talk.is_reversed ? "reversed" : ""}">
    ${portrait(s, talk.is_reversed ? plays : character)}
    <div>
      <p class="who-title" lang=${words.language} tabindex="-1" ?data-focus=${!talk.turns && !s.view.prompt?.length}>${title}</p>
      ${role(s, talk.is_reversed ? plays : character)}
      ${talk.is_reversed ? html`<p>${words.say("reversedWhat", { name: character.name })}</p>` : nothing}
      ${present.length ? html`<p class="soft">${words.say("present", { names: words.list(present) })}</p>` : nothing}
      ${talk.voiced ? html`<p class="soft">${words.say("voiced", { name: character.name })}</p>` : nothing}
    </div>
  </aside>`;
}

function role(s: Screen, person: PersonView): TemplateResult | Nothing {
  return person.role ? html`<p class="soft" lang=${s.view.language} dir=${s.view.direction}>${person.role}</p>` : nothing;
}

function portrait(s: Screen, person: PersonView): TemplateResult | Nothing {
  const src = person.portrait ? s.url(person.portrait.key) : "";
  return src ? html`<img class="portrait" src=${src} alt=${person.portrait?.alt ?? ""} width="64" height="64" />` : nothing;
}

function goals(s: Screen, talk: RoleplayView): TemplateResult | Nothing {
  if (!talk.goals?.length) return nothing;
  const needed = talk.goals_needed;
  return html`<section class="goals" tabindex="-1" data-goals aria-labelledby="goals">
    <p class="label" id="goals">${icon("compass")} ${s.words.say("goals")}</p>
    <ul role="list">
      ${talk.goals.map((goal) => oneGoal(s, goal))}
    </ul>
    ${needed && needed < talk.goals.length ? html`<p class="soft">${s.words.say("goalsNeeded", { n: needed, all: talk.goals.length })}</p>` : nothing}
  </section>`;
}

function oneGoal(s: Screen, goal: GoalView): TemplateResult {
  const { words, view } = s;
  const tick = (): void => s.send({ type: "tick", goal: goal.id });
  return html`<li class=${goal.met ? "met" : ""}>
    ${mark(goal.met ? "full" : "hollow")}
    <span><span lang=${view.language} dir=${view.direction}>${s.phrase(goal.text)}</span> <span class="soft">${words.say(goal.met ? "goalMet" : "goalOpen")}</span></span>
    ${goal.can_tick && !goal.met
      ? html`<button type="button" class="plain" aria-disabled=${s.busy} @click=${tick}>${icon("check")}${words.say("goalTick")}</button>`
      : nothing}
  </li>`;
}

/** What is added is read out by itself, so the focus may stay where the learner writes. */
function log(s: Screen, talk: RoleplayView): TemplateResult {
  return html`<div class="log" role="log" aria-label=${s.words.say("log")}>${conversation(s, talk.said)}</div>`;
}

function ending(s: Screen, talk: RoleplayView): TemplateResult {
  const said = talk.ended ? html`<p class="ended" tabindex="-1" data-focus>${icon("stop")} ${s.words.say(`ended.${talk.ended}`)}</p>` : nothing;
  // The page around has the button to go on.
  return html`${newFacts(s)} ${said} ${s.view.awaits === "judgement" ? waitingLine(s, s.words.say("waiting"), !talk.ended) : nothing}`;
}

function composer(s: Screen, talk: RoleplayView): TemplateResult {
  const { words, view, answering } = s;
  const waits = view.awaits === "character";
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!waits) sendTurn(s, talk);
  };
  const type = (event: Event): void => {
    answering.text = (event.target as HTMLTextAreaElement).value;
    answering.problem = "";
    s.changed();
  };
  return html`${newFacts(s)} ${waits ? waitingLine(s, words.say("answering", { name: talk.character.name }), false) : nothing}
    <form class="reply" novalidate @submit=${submit}>
      <label for="words">${words.say("choose")}</label>
      <textarea
        id="words"
        rows="3"
        lang=${view.language}
        dir=${view.direction}
        aria-describedby="count turns"
        .value=${answering.text}
        @input=${type}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
        }}
      ></textarea>
      <div class="below">${countLine(s, talk.max_characters)} <p id="turns" class="count">${turnsLeft(s, talk)}</p></div>
      <p class="problem" role="alert">${answering.problem}</p>
      <div class="row">
        <button type="submit" class="primary" aria-disabled=${s.busy || waits}>${words.say("replySend")}</button>
        ${talk.can_leave
          ? html`<button type="button" class="plain" aria-disabled=${s.busy} @click=${() => s.send({ type: "leave" })}>${words.say("leaveTalk")}</button>`
          : nothing}
      </div>
    </form>`;
}

function turnsLeft(s: Screen, talk: RoleplayView): string {
  return talk.turns_left == null ? "" : s.words.say("turnsLeft", { n: talk.turns_left });
}

function sendTurn(s: Screen, talk: RoleplayView): void {
  const text = s.answering.text.trim();
  const over = lengthOf(text) - talk.max_characters;
  if (text && over <= 0) return s.send({ type: "say", text });
  s.answering.problem = text ? s.words.say("tooLong", { n: over }) : s.words.say("needWords");
  s.changed();
}
