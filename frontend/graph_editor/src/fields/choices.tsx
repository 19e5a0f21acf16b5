// Fields that offer what may be chosen: selects, ticks, and scenes to lead to.
import type { JSX } from "react";
import { useStore, useValue } from "../context";
import { scenesOf, type Document } from "../model";
import { formatPath, setAt } from "../edits/paths";
import { KIND_WORDS, sceneName } from "../reading/words";
import { Field, type FieldProps } from "./Field";

export type Offered = readonly (readonly [value: string, words: string])[];

interface SelectProps extends FieldProps {
  offered: Offered;
  /** What is chosen while the field is absent; choosing it takes the field away. */
  absent?: string;
}

export function SelectField({ offered, absent, ...props }: SelectProps): JSX.Element {
  const store = useStore();
  const { path, label } = props;
  const value = useValue(path);
  const chosen = typeof value === "string" ? value : value == null ? (absent ?? "") : String(value);
  const change = (to: string): void => {
    store.edit(`changing “${label.toLowerCase()}”`, (document) => setAt(document, path, to === absent ? undefined : to));
  };
  return (
    <Field {...props}>
      {(id, described) => (
        <select id={id} aria-describedby={described} disabled={store.readOnly} value={chosen} onChange={(event) => change(event.target.value)}>
          <Options offered={offered} chosen={chosen} />
        </select>
      )}
    </Field>
  );
}

/** What is chosen stays visible, also when it is no longer offered. */
export function Options({ offered, chosen }: { offered: Offered; chosen: string }): JSX.Element {
  const known = offered.some(([value]) => value === chosen);
  return (
    <>
      {!known && <option value={chosen}>{chosen ? `${chosen} (not there)` : "–"}</option>}
      {offered.map(([value, words]) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </>
  );
}

interface TickProps extends FieldProps {
  /** Ticked while the field is absent. */
  absent?: boolean;
}

export function TickField({ label, path, hint, absent = false }: TickProps): JSX.Element {
  const store = useStore();
  const value = useValue(path);
  const ticked = typeof value === "boolean" ? value : absent;
  const change = (to: boolean): void => {
    store.edit(`changing “${label.toLowerCase()}”`, (document) => setAt(document, path, to === absent ? undefined : to));
  };
  return (
    <div className="bw-field bw-tick" data-path={formatPath(path)}>
      <label>
        <input type="checkbox" checked={ticked} disabled={store.readOnly} onChange={(event) => change(event.target.checked)} />
        <span>
          {label}
          {hint && <span className="bw-hint">{hint}</span>}
        </span>
      </label>
    </div>
  );
}

export function sceneOffers(document: Document): Offered {
  return scenesOf(document).map((scene, index) => [scene.id, `${index + 1}. ${sceneName(scene)} (${KIND_WORDS[scene.kind] ?? scene.kind})`]);
}
