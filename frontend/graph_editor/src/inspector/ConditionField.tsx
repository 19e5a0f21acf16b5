// The condition of a beat, choice or rule, built from selects: never a text to be parsed.
import type { JSX } from "react";
import { useDocument, useStore, useValue } from "../context";
import { setAt, type Path } from "../edits/paths";
import { scenesOf, type Condition, type Document } from "../model";
import { conditionWords, variableName } from "../reading/conditions";
import { sceneName, shorten } from "../reading/words";
import { Options, type Offered } from "../fields/choices";
import { Group } from "../fields/Group";
import { AddButton, IconButton } from "../fields/lists";
import { Compared } from "./Compared";

type Subject = "var" | "fact" | "chosen" | "visits" | "level" | "goal" | "attempt" | "all" | "any" | "not";
const SUBJECTS: readonly Subject[] = ["var", "fact", "chosen", "visits", "level", "goal", "attempt", "all", "any", "not"];
const SUBJECT_WORDS: Readonly<Record<Subject, string>> = {
  var: "A variable", fact: "The learner knows a fact", chosen: "A choice was made", visits: "Visits of a scene", level: "The level of a reply",
  goal: "A role-play goal is met", attempt: "Which attempt this is", all: "All of …", any: "Any of …", not: "Not …",
};

function subjectOf(condition: Condition): Subject | "" {
  return SUBJECTS.find((subject) => condition[subject] !== undefined && condition[subject] !== null) ?? "";
}

function firstOf(offered: Offered): string {
  return offered[0]?.[0] ?? "";
}

/** What each subject may name in this document. */
export function offersFor(subject: Subject, document: Document): Offered {
  switch (subject) {
    case "var":
      return Object.keys(document.variables ?? {}).map((id) => [id, variableName(document, id)]);
    case "fact":
      return Object.entries(document.facts ?? {}).map(([id, fact]) => [id, shorten(fact.text, 60) || id]);
    case "chosen":
      return scenesOf(document).flatMap((scene) =>
        scene.kind === "decision" ? (scene.choices ?? []).map((each) => [each.id, `${sceneName(scene)}: ${shorten(each.text, 44)}`] as const) : [],
      );
    case "visits":
      return scenesOf(document).map((scene) => [scene.id, sceneName(scene)]);
    case "level":
      return scenesOf(document).flatMap((scene) =>
        scene.kind === "reply" || scene.kind === "roleplay"
          ? (scene.criteria ?? []).map((each) => [`${scene.id}.${each.use}`, `${sceneName(scene)}: ${document.criteria?.[each.use]?.title || each.use}`] as const)
          : [],
      );
    case "goal":
      return scenesOf(document).flatMap((scene) =>
        scene.kind === "roleplay" ? (scene.goals ?? []).map((each) => [`${scene.id}.${each.id}`, `${sceneName(scene)}: ${shorten(each.text, 44)}`] as const) : [],
      );
    default:
      return [];
  }
}

/** A new condition about `subject`, as complete as it can be made. */
export function blankCondition(subject: Subject, document: Document): Condition {
  const first = firstOf(offersFor(subject, document));
  switch (subject) {
    case "all":
    case "any":
      return { [subject]: [] };
    case "not":
      return { not: blankCondition(firstOf(offersFor("fact", document)) ? "fact" : "chosen", document) };
    case "attempt":
      return { attempt: "number", at_least: 2 };
    case "visits":
      return { visits: first, at_least: 1 };
    case "level":
      return { level: first, at_least: 2 };
    case "var": {
      const variable = document.variables?.[first];
      if (variable?.type === "number") return { var: first, at_least: variable.range[0] };
      return { var: first, is: variable?.type === "choice" ? (variable.of[0] ?? "") : true };
    }
    default:
      return { [subject]: first };
  }
}

interface ConditionProps {
  path: Path;
  title?: string;
  /** A rule cannot be without one. */
  required?: boolean;
}

export function ConditionField({ path, title = "Only if", required }: ConditionProps): JSX.Element {
  const document = useDocument();
  const store = useStore();
  const condition = useValue(path) as Condition | null | undefined;
  const set = (to: Condition | undefined): void => store.edit("changing a condition", (now) => setAt(now, path, to));
  return (
    <Group title={title} aside={conditionWords(condition, document)} path={path} open={required && !condition ? true : undefined}>
      {condition ? (
        <Tree condition={condition} path={path} depth={0} onRemove={required ? undefined : () => set(undefined)} />
      ) : (
        <AddButton label="Add a condition" onPress={() => set(blankCondition(firstOf(offersFor("var", document)) ? "var" : "visits", document))} />
      )}
    </Group>
  );
}

interface TreeProps {
  condition: Condition;
  path: Path;
  depth: number;
  onRemove?: () => void;
}

function Tree({ condition, path, depth, onRemove }: TreeProps): JSX.Element {
  const document = useDocument();
  const store = useStore();
  const subject = subjectOf(condition);
  const set = (to: unknown, at: Path = path): void => store.edit("changing a condition", (now) => setAt(now, at, to));
  const subjects = SUBJECTS.filter((each) => each === subject || ((depth < 4 || !["all", "any", "not"].includes(each)) && offersNothing(each, document) === false));
  const offered = subject ? offersFor(subject, document) : [];
  const named = subject ? String(condition[subject] ?? "") : "";
  return (
    <div className="bw-condition">
      <div className="bw-condition__row">
        <select aria-label="What it is about" disabled={store.readOnly} value={subject} onChange={(event) => set(blankCondition(event.target.value as Subject, document))}>
          <Options offered={subjects.map((each) => [each, SUBJECT_WORDS[each]])} chosen={subject} />
        </select>
        {offered.length > 0 || ["var", "fact", "chosen", "visits", "level", "goal"].includes(subject) ? (
          <select aria-label={SUBJECT_WORDS[subject as Subject]} disabled={store.readOnly} value={named} onChange={(event) => set(renameSubject(condition, subject as Subject, event.target.value, document))}>
            <Options offered={offered} chosen={named} />
          </select>
        ) : null}
        {["var", "visits", "level", "attempt"].includes(subject) && <Compared condition={condition} path={path} />}
        {onRemove && !store.readOnly && <IconButton icon="close" label="Remove this condition" onPress={onRemove} />}
      </div>
      {(subject === "all" || subject === "any") && <Branches list={condition[subject] ?? []} path={[...path, subject]} depth={depth + 1} word={subject === "all" ? "and" : "or"} />}
      {subject === "not" && condition.not && <Tree condition={condition.not} path={[...path, "not"]} depth={depth + 1} />}
    </div>
  );
}

function offersNothing(subject: Subject, document: Document): boolean {
  return ["var", "fact", "chosen", "visits", "level", "goal"].includes(subject) && offersFor(subject, document).length === 0;
}

/** Another variable may have another type: what it is compared with then begins anew. */
function renameSubject(condition: Condition, subject: Subject, to: string, document: Document): Condition {
  if (subject !== "var" || document.variables?.[String(condition.var)]?.type === document.variables?.[to]?.type) return { ...condition, [subject]: to };
  const variable = document.variables?.[to];
  return variable?.type === "number" ? { var: to, at_least: variable.range[0] } : { var: to, is: variable?.type === "choice" ? (variable.of[0] ?? "") : true };
}

function Branches({ list, path, depth, word }: { list: readonly Condition[]; path: Path; depth: number; word: string }): JSX.Element {
  const document = useDocument();
  const store = useStore();
  const set = (to: readonly Condition[]): void => store.edit("changing a condition", (now) => setAt(now, path, to));
  const add = (): void => set([...list, blankCondition(firstOf(offersFor("var", document)) ? "var" : "visits", document)]);
  return (
    <div className="bw-condition__branches">
      {list.map((each, index) => (
        <div key={index}>
          {index > 0 && <span className="bw-condition__word">{word}</span>}
          <Tree condition={each} path={[...path, index]} depth={depth} onRemove={() => set(list.filter((_, at) => at !== index))} />
        </div>
      ))}
      <AddButton label="Add a condition" onPress={add} />
    </div>
  );
}
