// A question and its answer in the making: options, a number, a word, an order, or partners; hints and confidence.
import { html, nothing, type TemplateResult } from "lit";
import type { Answer, QuestionView, View } from "../../../contract/player";
import { icon } from "../icons";
import { phrase } from "../rich";
import type { Screen } from "../screen";
import { group } from "./choices";

export function questionForm(s: Screen, question: QuestionView): TemplateResult {
  const { words } = s;
  const submit = (event: Event): void => {
    event.preventDefault();
    sendAnswer(s, question);
  };
  const extent = question.type === "single" ? "pickOne" : question.type === "multiple" ? "pickAll" : null;
  return html`<form class="question" novalidate @submit=${submit}>
    ${group(
      s,
      s.view.prompt,
      "yourAnswer",
      html`${extent ? html`<p class="soft how">${words.say(extent)}</p>` : nothing} ${field(s, question)}`,
    )}
    ${hints(s, question)} ${question.asks_confidence ? confidence(s) : nothing}
    <p class="problem" role="alert">${s.answering.problem}</p>
    <div class="row">
      <button type="submit" class="primary" aria-disabled=${s.busy}>${words.say("answer")}</button>
      ${hintButton(s, question)}
      ${question.tries && question.tries > 1 ? html`<span class="soft">${words.say("triesLeft", { n: question.tries_left ?? 1 })}</span>` : nothing}
    </div>
  </form>`;
}

function field(s: Screen, question: QuestionView): TemplateResult {
  switch (question.type) {
    case "single":
    case "multiple":
      return options(s, question);
    case "ordering":
    case "matching":
      return s.rare("arranging")?.arrangement(s, question) ?? html`<p class="loading">${s.words.say("loading")}</p>`;
    default:
      return written(s, question);
  }
}

/** A number as the scenario's language writes it: that is how the answer will be read. */
export function numberLike(view: View): string {
  return new Intl.NumberFormat(view.language, { minimumFractionDigits: 1 }).format(2.5);
}

function options(s: Screen, question: QuestionView): TemplateResult {
  const { answering } = s;
  const single = question.type === "single";
  const pick = (id: string, on: boolean): void => {
    if (single) answering.picked = [id];
    else answering.picked = on ? [...answering.picked, id] : answering.picked.filter((each) => each !== id);
    answering.problem = "";
    s.changed();
  };
  return html`<div class="cards">
    ${(question.options ?? []).map(
      (option) => html`<label class="card option">
        <input
          type=${single ? "radio" : "checkbox"}
          name="option"
          .checked=${answering.picked.includes(option.id)}
          @change=${(event: Event) => pick(option.id, (event.target as HTMLInputElement).checked)}
        />
        <span lang=${s.view.language} dir=${s.view.direction}>${phrase(option.text)}</span>
      </label>`,
    )}
  </div>`;
}

function written(s: Screen, question: QuestionView): TemplateResult {
  const { answering, words } = s;
  const numeric = question.type === "numeric";
  return html`${numeric ? html`<p class="soft how" id="number-how">${words.say("numberHow", { example: numberLike(s.view) })}</p>` : nothing}
  <p class="written ${numeric ? "numeric" : ""}">
    <label>
      <span class="hidden">${words.say("yourAnswer")}</span>
      <input
        type="text"
        inputmode=${numeric ? "decimal" : nothing}
        autocomplete="off"
        maxlength=${numeric ? 40 : 4000}
        aria-describedby=${numeric ? "number-how" : nothing}
        lang=${s.view.language}
        dir=${numeric ? "ltr" : s.view.direction}
        .value=${answering.text}
        @input=${(event: Event) => {
          answering.text = (event.target as HTMLInputElement).value;
          answering.problem = "";
          s.changed();
        }}
      />
    </label>
    ${question.unit ? html`<span lang=${s.view.language}>${question.unit}</span>` : nothing}
  </p>`;
}

function hints(s: Screen, question: QuestionView): TemplateResult | typeof nothing {
  if (!question.hints?.length) return nothing;
  return html`<aside class="hints" tabindex="-1" data-hint lang=${s.view.language} dir=${s.view.direction}>
    <p class="label" lang=${s.words.language} dir=${s.words.direction}>${icon("hint")} ${s.words.say("hints")}</p>
    ${question.hints.map((hint) => s.rich(hint.text))}
  </aside>`;
}

function hintButton(s: Screen, question: QuestionView): TemplateResult | typeof nothing {
  if (!question.hints_left) return nothing;
  const cost = question.hint_cost ?? 0;
  const price = s.words.number(cost, { style: "percent", maximumFractionDigits: 0 });
  const label = cost > 0 ? s.words.say("hintCost", { n: price }) : s.words.say("hint");
  return html`<button type="button" class="plain" aria-disabled=${s.busy} @click=${() => s.send({ type: "hint" })}>${icon("hint")}${label}</button>`;
}

function confidence(s: Screen): TemplateResult {
  const { answering, words } = s;
  return html`<fieldset class="sure">
    <legend>${words.say("sure")} <span class="soft">${words.say("sureWhat")}</span></legend>
    <div class="steps">
      ${([0, 1, 2, 3, 4] as const).map(
        (step) => html`<label>
          <input
            type="radio"
            name="sure"
            .checked=${answering.confidence === step}
            @change=${() => {
              answering.confidence = step;
              s.changed();
            }}
          />
          <span>${words.say(`sure${step}`)}</span>
        </label>`,
      )}
    </div>
  </fieldset>`;
}

function sendAnswer(s: Screen, question: QuestionView): void {
  const { answering, words } = s;
  const value = valueOf(s, question);
  if (value === null) {
    const example = numberLike(s.view);
    const problem = { numeric: words.say("needNumber", { example }), matching: words.say("needPairs") } as Record<string, string>;
    answering.problem = problem[question.type] ?? words.say("needAnswer");
    s.changed();
    return;
  }
  const action: Answer = { type: "answer", value };
  if (answering.confidence !== null && question.asks_confidence) action.confidence = answering.confidence;
  s.send(action);
}

/** Numbers go as they were typed: the host knows how the scenario's language writes them. */
function valueOf(s: Screen, question: QuestionView): Answer["value"] | null {
  const { answering } = s;
  switch (question.type) {
    case "numeric":
    case "short_text":
      return answering.text.trim() || null;
    case "ordering":
    case "matching":
      return s.rare("arranging")?.arranged(s, question) ?? null;
    default:
      return answering.picked.length > 0 ? answering.picked : null;
  }
}
