// What a variable, a count of visits, a level or an attempt is compared with.
import type { JSX } from "react";
import { useDocument, useStore } from "../context";
import { setAt, type Path } from "../edits/paths";
import { NumberField } from "../fields/text";
import { Options } from "../fields/choices";
import type { Condition } from "../model";

type How = "at_least" | "at_most" | "between" | "is";

function howOf(condition: Condition): How {
  if (condition.is !== undefined && condition.is !== null) return "is";
  if (condition.at_least != null && condition.at_most != null) return "between";
  return condition.at_most != null ? "at_most" : "at_least";
}

export function Compared({ condition, path }: { condition: Condition; path: Path }): JSX.Element {
  const document = useDocument();
  const store = useStore();
  const variable = condition.var ? document.variables?.[condition.var] : undefined;
  const set = (to: Condition): void => store.edit("changing a condition", (now) => setAt(now, path, to));
  if (variable && variable.type !== "number") {
    const offered = variable.type === "flag" ? ([["true", "yes"], ["false", "no"]] as const) : variable.of.map((each) => [each, each] as const);
    const read = (text: string): boolean | string => (variable.type === "flag" ? text === "true" : text);
    return (
      <select aria-label="Is" disabled={store.readOnly} value={String(condition.is ?? "")} onChange={(event) => set({ ...condition, is: read(event.target.value) })}>
        <Options offered={offered} chosen={String(condition.is ?? "")} />
      </select>
    );
  }
  const how = howOf(condition);
  const number = Number(condition.at_least ?? condition.at_most ?? condition.is ?? 0) || 0;
  const change = (to: How): void => {
    const { is: _is, at_least: _least, at_most: _most, ...rest } = condition;
    set(to === "between" ? { ...rest, at_least: number, at_most: number + 1 } : { ...rest, [to]: number });
  };
  return (
    <>
      <select aria-label="Compared" disabled={store.readOnly} value={how} onChange={(event) => change(event.target.value as How)}>
        <option value="at_least">at least</option>
        <option value="at_most">at most</option>
        <option value="between">between</option>
        <option value="is">exactly</option>
      </select>
      {how !== "at_most" && <NumberField quiet label={how === "is" ? "Number" : "At least"} path={[...path, how === "is" ? "is" : "at_least"]} empty={0} />}
      {how === "between" && <span className="bw-condition__word">and</span>}
      {(how === "at_most" || how === "between") && <NumberField quiet label="At most" path={[...path, "at_most"]} empty={0} />}
    </>
  );
}
