// Conditions and effects as short sentences for cards, selects and the outline. The form that changes them is elsewhere.
import { sceneById, type Condition, type Document } from "../model";
import { shorten } from "./words";

export function variableName(document: Document, id: string): string {
  return document.variables?.[id]?.label || id.replaceAll("_", " ");
}

export function choiceWords(document: Document, id: string): string {
  for (const scene of document.scenes ?? []) {
    if (scene.kind !== "decision") continue;
    const choice = scene.choices?.find((each) => each.id === id);
    if (choice) return shorten(choice.text, 40) || id;
  }
  return id;
}

function sceneWords(document: Document, id: string): string {
  return sceneById(document, id)?.title || id;
}

function compared(condition: Condition): string {
  const { is, at_least: least, at_most: most } = condition;
  if (is !== undefined && is !== null) return is === true ? "yes" : is === false ? "no" : `= ${is}`;
  const parts = [];
  if (least !== undefined && least !== null) parts.push(`≥ ${least}`);
  if (most !== undefined && most !== null) parts.push(`≤ ${most}`);
  return parts.join(" and ");
}

/** One condition as words: "Trust ≥ 5", "not (knows: party)". */
export function conditionWords(condition: Condition | null | undefined, document: Document): string {
  if (!condition) return "always";
  const many = (list: readonly Condition[], word: string): string =>
    list.map((each) => conditionWords(each, document)).join(` ${word} `) || "nothing yet";
  if (condition.all) return many(condition.all, "and");
  if (condition.any) return many(condition.any, "or");
  if (condition.not) return `not (${conditionWords(condition.not, document)})`;
  if (condition.var) return `${variableName(document, condition.var)} ${compared(condition)}`;
  if (condition.fact) return `knows: ${shorten(document.facts?.[condition.fact]?.text ?? condition.fact, 32)}`;
  if (condition.chosen) return `chose: ${choiceWords(document, condition.chosen)}`;
  if (condition.visits) return `visits of ${sceneWords(document, condition.visits)} ${compared(condition)}`;
  if (condition.level) return `level of ${condition.level} ${compared(condition)}`;
  if (condition.goal) return `goal met: ${condition.goal}`;
  if (condition.attempt) return `attempt ${compared(condition)}`;
  return "not set yet";
}
