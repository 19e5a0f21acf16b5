// Ordering by arrows and matching by lists: both work with a keyboard and with one thumb.
import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { OptionView, QuestionView } from "../../../contract/player";
import { icon } from "../icons";
import { phrase, plain } from "../rich";
import type { Screen } from "../screen";

/** The options in the learner's order: as offered until something was moved. */
export function orderOf(s: Screen, question: QuestionView): OptionView[] {
  const offered = question.options ?? [];
  const placed = s.answering.order.map((id) => offered.find((each) => each.id === id)).filter((each) => each !== undefined);
  return placed.length === offered.length ? placed : offered;
}

export function orderList(s: Screen, question: QuestionView): TemplateResult {
  const { words } = s;
  const items = orderOf(s, question);
  const move = (from: number, to: number, button: HTMLElement): void => {
    const ids = items.map((each) => each.id);
    const [moved] = ids.splice(from, 1);
    if (moved === undefined) return;
    ids.splice(to, 0, moved);
    s.answering.order = ids;
    s.announce(words.say("moved", { name: plain(items[from]?.text), n: to + 1, all: items.length }));
    s.changed();
    // The row moves with its buttons; at an end the pressed one goes out and its partner takes over.
    setTimeout(() => focusable(button)?.focus());
  };
  return html`<p class="soft how">${words.say("orderHow")}</p>
    <ol class="order">
      ${repeat(
        items,
        (item) => item.id,
        (item, i) => html`<li class="card">
          <span class="place" aria-hidden="true">${words.number(i + 1)}</span>
          <span lang=${s.view.language} dir=${s.view.direction}>${phrase(item.text)}</span>
          <span class="arrows">
            ${arrow(s, "up", item, i === 0, (button) => move(i, i - 1, button))}
            ${arrow(s, "down", item, i === items.length - 1, (button) => move(i, i + 1, button))}
          </span>
        </li>`,
      )}
    </ol>`;
}

function arrow(s: Screen, to: "up" | "down", item: OptionView, off: boolean, press: (button: HTMLElement) => void): TemplateResult {
  const label = s.words.say(to === "up" ? "moveUp" : "moveDown", { name: plain(item.text) });
  return html`<button
    type="button"
    class="plain arrow"
    aria-label=${label}
    ?disabled=${off}
    @click=${(event: Event) => press(event.currentTarget as HTMLElement)}
  >
    ${icon(to)}<span>${s.words.say(to)}</span>
  </button>`;
}

function focusable(button: HTMLElement): HTMLElement | null {
  if (!button.hasAttribute("disabled")) return button;
  return button.parentElement?.querySelector<HTMLElement>("button:not([disabled])") ?? null;
}

export function partnerSelects(s: Screen, question: QuestionView): TemplateResult {
  const { words, view, answering } = s;
  const rights = question.right_side ?? [];
  const letter = (i: number): string => String.fromCharCode(65 + i);
  const pick = (left: OptionView, event: Event): void => {
    answering.pairs = { ...answering.pairs, [left.id]: (event.target as HTMLSelectElement).value };
    answering.problem = "";
    s.changed();
  };
  return html`<p class="soft how">${words.say("matchHow")}</p>
    <div class="partners" lang=${view.language} dir=${view.direction}>
      <p class="label" lang=${words.language} dir=${words.direction}>${words.say("partners")}</p>
      <ul>
        ${rights.map((right, i) => html`<li><b>${letter(i)}</b> <span>${phrase(right.text)}</span></li>`)}
      </ul>
    </div>
    <div class="pairs">
      ${(question.options ?? []).map(
        (left) => html`<label class="card pair" lang=${view.language} dir=${view.direction}>
          <span>${phrase(left.text)}</span>
          <select @change=${(event: Event) => pick(left, event)}>
            <option value="" ?selected=${!answering.pairs[left.id]} lang=${words.language}>${words.say("matchPick")}</option>
            ${rights.map(
              (right, i) =>
                html`<option value=${right.id} ?selected=${answering.pairs[left.id] === right.id}>${letter(i)} · ${plain(right.text)}</option>`,
            )}
          </select>
        </label>`,
      )}
    </div>`;
}
