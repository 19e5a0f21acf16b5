// What a choice, rule or sample changes: numbers, values, facts learned; and points per competency.
import type { JSX } from "react";
import { useDocument, useStore, useValue } from "../context";
import { setAt, type Path } from "../edits/paths";
import { flushPending } from "../pending";
import { Options } from "../fields/choices";
import { Group } from "../fields/Group";
import { IconButton } from "../fields/lists";
import { NumberField } from "../fields/text";
import { variableName } from "../reading/conditions";
import { shorten } from "../reading/words";
import type { Document } from "../model";

type Values = Record<string, unknown>;

function summary(add: Values, set: Values, learn: readonly string[], document: Document): string {
  const parts = [
    ...Object.entries(add).map(([id, by]) => `${variableName(document, id)} ${Number(by) >= 0 ? "+" : "−"}${Math.abs(Number(by))}`),
    ...Object.entries(set).map(([id, to]) => `${variableName(document, id)} = ${to === true ? "yes" : to === false ? "no" : String(to)}`),
    ...learn.map((id) => `learns ${id}`),
  ];
  return parts.join(", ") || "nothing";
}

export function EffectsFields({ path, title = "Changes" }: { path: Path; title?: string }): JSX.Element {
  const document = useDocument();
  const store = useStore();
  const add = (useValue([...path, "add"]) ?? {}) as Values;
  const set = (useValue([...path, "set"]) ?? {}) as Values;
  const learn = (useValue([...path, "learn"]) ?? []) as string[];
  const variables = Object.entries(document.variables ?? {});
  const facts = Object.entries(document.facts ?? {}).filter(([id]) => !learn.includes(id));
  const put = (field: string, to: unknown): void => {
    flushPending();
    const empty = typeof to === "object" && to !== null && Object.keys(to).length === 0;
    store.edit("changing what it does", (now) => setAt(now, [...path, field], empty ? undefined : to));
  };
  const without = (from: Values, id: string): Values => Object.fromEntries(Object.entries(from).filter(([name]) => name !== id));
  const choose = (what: string): void => {
    const [field, id = ""] = what.split(":");
    const variable = document.variables?.[id];
    if (field === "add") put("add", { ...add, [id]: 1 });
    else if (field === "learn") put("learn", [...learn, id]);
    else if (variable) put("set", { ...set, [id]: variable.type === "flag" ? true : variable.type === "choice" ? variable.of[0] : variable.range[0] });
  };
  return (
    <Group title={title} aside={summary(add, set, learn, document)}>
      {Object.keys(add).map((id) => (
        <div className="bw-effect" key={`add-${id}`}>
          <NumberField label={`Add to ${variableName(document, id)}`} path={[...path, "add", id]} empty={0} />
          {!store.readOnly && <IconButton icon="close" label={`Do not change ${variableName(document, id)}`} onPress={() => put("add", without(add, id))} />}
        </div>
      ))}
      {Object.keys(set).map((id) => (
        <div className="bw-effect" key={`set-${id}`}>
          <SetField id={id} path={[...path, "set", id]} />
          {!store.readOnly && <IconButton icon="close" label={`Do not set ${variableName(document, id)}`} onPress={() => put("set", without(set, id))} />}
        </div>
      ))}
      {learn.map((id) => (
        <div className="bw-effect" key={`learn-${id}`}>
          <span>Learns: {shorten(document.facts?.[id]?.text ?? `${id} (not there)`, 60)}</span>
          {!store.readOnly && <IconButton icon="close" label={`Do not learn ${id}`} onPress={() => put("learn", learn.filter((each) => each !== id))} />}
        </div>
      ))}
      {!store.readOnly && (
        <select aria-label="Add a change" value="" onChange={(event) => choose(event.target.value)}>
          <option value="">Add a change…</option>
          {variables.filter(([id, each]) => each.type === "number" && !(id in add)).map(([id]) => <option key={`add:${id}`} value={`add:${id}`}>add to {variableName(document, id)}</option>)}
          {variables.filter(([id]) => !(id in set)).map(([id]) => <option key={`set:${id}`} value={`set:${id}`}>set {variableName(document, id)}</option>)}
          {facts.map(([id, fact]) => <option key={`learn:${id}`} value={`learn:${id}`}>learn: {shorten(fact.text, 48)}</option>)}
        </select>
      )}
      {variables.length === 0 && facts.length === 0 && <p className="bw-hint">Make variables and facts in the Scenario tab first.</p>}
    </Group>
  );
}

function SetField({ id, path }: { id: string; path: Path }): JSX.Element {
  const document = useDocument();
  const store = useStore();
  const value = useValue(path);
  const variable = document.variables?.[id];
  const label = `Set ${variableName(document, id)} to`;
  if (!variable || variable.type === "number") return <NumberField label={label} path={path} empty={0} />;
  const offered = variable.type === "flag" ? ([["true", "yes"], ["false", "no"]] as const) : variable.of.map((each) => [each, each] as const);
  const change = (text: string): void => store.edit("changing what it does", (now) => setAt(now, path, variable.type === "flag" ? text === "true" : text));
  return (
    <label className="bw-inline">
      {label}{" "}
      <select disabled={store.readOnly} value={String(value)} onChange={(event) => change(event.target.value)}>
        <Options offered={offered} chosen={String(value)} />
      </select>
    </label>
  );
}

/** Signed points, one field a competency; an empty field is no entry. */
export function PointsFields({ path }: { path: Path }): JSX.Element {
  const document = useDocument();
  const points = (useValue(path) ?? {}) as Record<string, number>;
  const known = Object.entries(document.competencies ?? {});
  const others = Object.keys(points).filter((id) => !document.competencies?.[id]);
  const said = Object.entries(points).map(([id, value]) => `${document.competencies?.[id]?.title ?? id} ${value > 0 ? "+" : ""}${value}`);
  return (
    <Group title="Points" aside={said.join(", ") || "none"} path={path}>
      <div className="bw-grid">
        {known.map(([id, competency]) => <NumberField key={id} label={competency.title} path={[...path, id]} placeholder="0" step={0.5} />)}
        {others.map((id) => <NumberField key={id} label={`${id} (not there)`} path={[...path, id]} />)}
      </div>
      {known.length === 0 && <p className="bw-hint">Make competencies in the Scenario tab first.</p>}
    </Group>
  );
}
