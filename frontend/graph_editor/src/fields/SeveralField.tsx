// Several of what is offered, chosen one by one: people in the room, facts that must be out.
import { useId, type JSX } from "react";
import { useStore, useValue } from "../context";
import { formatPath, setAt } from "../edits/paths";
import type { Offered } from "./choices";
import type { FieldProps } from "./Field";
import { IconButton } from "./lists";

interface Props extends FieldProps {
  offered: Offered;
  /** The first words of the select that adds. */
  add: string;
}

export function SeveralField({ label, path, offered, add }: Props): JSX.Element {
  const store = useStore();
  const id = useId();
  const chosen = (useValue(path) ?? []) as string[];
  const words = new Map(offered);
  const set = (to: string[]): void => store.edit(`changing “${label.toLowerCase()}”`, (now) => setAt(now, path, to.length > 0 ? to : undefined));
  return (
    <div className="bw-field" role="group" aria-labelledby={id} data-path={formatPath(path)}>
      <span className="bw-label" id={id}>{label}</span>
      {chosen.map((each) => (
        <div className="bw-effect" key={each}>
          <span>{words.get(each) ?? `${each} (not there)`}</span>
          {!store.readOnly && <IconButton icon="close" label={`Take out ${words.get(each) ?? each}`} onPress={() => set(chosen.filter((other) => other !== each))} />}
        </div>
      ))}
      {store.readOnly ? chosen.length === 0 && <span className="bw-hint">none</span> : (
        <select aria-label={add} value="" onChange={(event) => set([...chosen, event.target.value])}>
          <option value="">{add}…</option>
          {offered.filter(([each]) => !chosen.includes(each)).map(([each, said]) => <option key={each} value={each}>{said}</option>)}
        </select>
      )}
    </div>
  );
}
