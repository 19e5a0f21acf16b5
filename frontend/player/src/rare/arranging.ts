// Ordering by dragging, arrows or arrow keys, and matching by lists: both work with a keyboard and with one thumb.
import type { TemplateResult } from "lit";
import type { Answer, OptionView, QuestionView } from "../../../contract/player";
import type { Screen } from "../screen";
import css from "./arranging.css?inline";
import { kit } from "./kit";

export { css };
const { html, nothing, icon, phrase, plain } = kit;

export function arrangement(s: Screen, question: QuestionView): TemplateResult {
  return question.type === "ordering" ? orderList(s, question) : partnerSelects(s, question);
}

/** The answer as it stands; null while a line has no partner. */
export function arranged(s: Screen, question: QuestionView): Answer["value"] | null {
  if (question.type === "ordering") return orderOf(s, question).map((option) => option.id);
  const pairs = (question.options ?? []).map((left) => [left.id, s.answering.pairs[left.id] ?? ""]);
  return pairs.every(([, right]) => right) ? pairs : null;
}

/** The options in the learner's order: as offered until something was moved. */
function orderOf(s: Screen, question: QuestionView): OptionView[] {
  const offered = question.options ?? [];
  const placed = s.answering.order.map((id) => offered.find((each) => each.id === id)).filter((each) => each !== undefined);
  return placed.length === offered.length ? placed : offered;
}

type Move = (from: number, to: number, focus?: string) => void;

function orderList(s: Screen, question: QuestionView): TemplateResult {
  const { words, answering } = s;
  const move: Move = (from, to, focus) => {
    const items = orderOf(s, question);
    const ids = items.map((each) => each.id);
    if (to < 0 || to >= ids.length || from === to) return;
    ids.splice(to, 0, ...ids.splice(from, 1));
    answering.order = ids;
    s.announce(words.say("moved", { name: plain(items[from]?.text), n: to + 1, all: ids.length }));
    s.changed(focus);
  };
  const items = orderOf(s, question);
  return html`<p class="soft how">${words.say("orderHow")}</p>
    <ol class="order" role="list">
      ${items.map((item, i) => row(s, item, i, items.length, move))}
    </ol>`;
}

function row(s: Screen, item: OptionView, i: number, all: number, move: Move): TemplateResult {
  const by = (step: number) => (): void => move(i, i + step, arrowAt(i + step, all, step));
  const keys = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (!step) return;
    event.preventDefault();
    by(step)();
  };
  return html`<li class="card ${s.answering.dragged === item.id ? "dragged" : ""}" @keydown=${keys}>
    <span class="place grip" aria-hidden="true" @pointerdown=${(event: PointerEvent) => drag(s, event, item.id, move)}>
      ${icon("grip")}${s.words.number(i + 1)}
    </span>
    <span class="what" lang=${s.view.language} dir=${s.view.direction}>${phrase(item.text)}</span>
    <span class="arrows">${arrow(s, "up", item, i === 0, by(-1))} ${arrow(s, "down", item, i === all - 1, by(1))}</span>
  </li>`;
}

function arrow(s: Screen, to: "up" | "down", item: OptionView, off: boolean, press: () => void): TemplateResult {
  const label = s.words.say(to === "up" ? "moveUp" : "moveDown", { name: plain(item.text) });
  return html`<button type="button" class="plain arrow" data-to=${to} aria-label=${label} ?disabled=${off} @click=${press}>
    ${icon(to)}<span>${s.words.say(to)}</span>
  </button>`;
}

function listOf(event: Event): HTMLElement {
  return (event.currentTarget as HTMLElement).closest(".order") as HTMLElement;
}

/** Where the focus goes, with the row that moved; at an end its arrow goes out, and the other one takes over. */
function arrowAt(place: number, all: number, step: number): string {
  const down = place === 0 || (step > 0 && place < all - 1);
  return `.order > :nth-child(${place + 1}) [data-to=${down ? "down" : "up"}]`;
}

/** Rows are drawn where the pointer is; nothing floats, so nothing can be dropped beside the list. */
function drag(s: Screen, event: PointerEvent, id: string, move: Move): void {
  if (event.button !== 0) return;
  const grip = event.currentTarget as HTMLElement;
  const list = listOf(event);
  const place = (): number => [...list.children].findIndex((each) => each.classList.contains("dragged"));
  const over = (at: PointerEvent): void => {
    const rows = [...list.children].map((each) => each.getBoundingClientRect());
    const from = place();
    const own = rows[from];
    if (!own) return;
    const to = rows.findIndex((row) => at.clientY >= row.top && at.clientY < row.bottom);
    const target = rows[to];
    // Rows differ in height: only past the middle, or the two would change places for ever.
    const past = target && (to > from ? at.clientY > target.bottom - own.height / 2 : at.clientY < target.top + own.height / 2);
    if (past) move(from, to);
  };
  const end = (): void => {
    grip.removeEventListener("pointermove", over);
    s.answering.dragged = "";
    s.changed();
  };
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  grip.addEventListener("pointermove", over);
  for (const name of ["pointerup", "pointercancel"]) grip.addEventListener(name, end, { once: true });
  s.answering.dragged = id;
  s.changed();
}

const letter = (i: number): string => String.fromCharCode(65 + i);

function partnerSelects(s: Screen, question: QuestionView): TemplateResult {
  const { words, view, answering } = s;
  const rights = question.right_side ?? [];
  const pick = (left: OptionView, event: Event): void => {
    const right = (event.target as HTMLSelectElement).value;
    const others = Object.entries(answering.pairs).filter(([id, taken]) => id !== left.id && taken !== right);
    const freed = (question.options ?? []).find((each) => each.id !== left.id && right && answering.pairs[each.id] === right);
    answering.pairs = { ...Object.fromEntries(others), [left.id]: right };
    answering.problem = "";
    if (freed) s.announce(words.say("matchFreed", { name: plain(freed.text) }));
    s.changed();
  };
  return html`<p class="soft how">${words.say("matchHow")}</p>
    <div class="partners" lang=${view.language} dir=${view.direction}>
      <p class="label" lang=${words.language} dir=${words.direction}>${words.say("partners")}</p>
      <ul role="list">
        ${rights.map((right, i) => html`<li class=${isTaken(s, right) ? "taken" : ""}><b>${letter(i)}</b> <span>${phrase(right.text)}</span></li>`)}
      </ul>
    </div>
    <div class="pairs">${(question.options ?? []).map((left) => pairCard(s, left, rights, pick))}</div>`;
}

function isTaken(s: Screen, right: OptionView): boolean {
  return Object.values(s.answering.pairs).includes(right.id);
}

function pairCard(s: Screen, left: OptionView, rights: OptionView[], pick: (left: OptionView, event: Event) => void): TemplateResult {
  const { words, view, answering } = s;
  const own = answering.pairs[left.id] ?? "";
  const found = rights.find((right) => right.id === own);
  return html`<label class="card pair" lang=${view.language} dir=${view.direction}>
    <span>${phrase(left.text)}</span>
    <select .value=${own} @change=${(event: Event) => pick(left, event)}>
      <option value="" ?selected=${!own} lang=${words.language}>${words.say("matchPick")}</option>
      ${rights.map((right, i) => html`<option value=${right.id} ?selected=${own === right.id}>${letter(i)} · ${plain(right.text)}</option>`)}
    </select>
    ${found ? html`<span class="partner">${phrase(found.text)}</span>` : nothing}
  </label>`;
}
