// Lists of parts: add, move, delete, with an undo offered after the fact. What a part looks like comes from outside.
import type { JSX, ReactNode } from "react";
import { useStore, useValue } from "../context";
import { addPart } from "../edits/parts";
import { moveAt, removeAt, setAt, type Path } from "../edits/paths";
import { freshId } from "../edits/ids";
import { flushPending } from "../pending";
import { Icon, type IconName } from "../icons";

interface IconButtonProps {
  icon: IconName;
  label: string;
  onPress: () => void;
  disabled?: boolean;
}

export function IconButton({ icon, label, onPress, disabled }: IconButtonProps): JSX.Element {
  return (
    <button type="button" className="bw-iconbutton" aria-label={label} title={label} disabled={disabled} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}

export function AddButton({ label, onPress }: { label: string; onPress: () => void }): JSX.Element | null {
  const { readOnly } = useStore();
  if (readOnly) return null;
  return (
    <button type="button" className="bw-add" onClick={onPress}>
      <Icon name="add" /> {label}
    </button>
  );
}

interface PartListProps {
  path: Path;
  /** One part, in lower case: "beat". */
  one: string;
  /** What an added part begins with. */
  blank: Record<string, unknown> | (() => Record<string, unknown>);
  addLabel?: string;
  children: (path: Path, index: number, part: Record<string, unknown>) => ReactNode;
}

export function PartList({ path, one, blank, addLabel, children }: PartListProps): JSX.Element {
  const store = useStore();
  const value = useValue(path);
  const parts = Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
  const add = (): void => {
    flushPending();
    store.edit(`adding a ${one}`, (document) => addPart(document, path, typeof blank === "function" ? blank() : blank));
  };
  return (
    <>
      {parts.length > 0 && (
        <ol className="bw-parts">
          {parts.map((part, index) => (
            <li key={typeof part?.id === "string" ? part.id : index} className="bw-part">
              <div className="bw-part__body">{children([...path, index], index, part)}</div>
              <PartTools path={path} index={index} count={parts.length} one={one} />
            </li>
          ))}
        </ol>
      )}
      <AddButton label={addLabel ?? `Add ${/^[aeiou]/.test(one) ? "an" : "a"} ${one}`} onPress={add} />
    </>
  );
}

interface PartToolsProps {
  path: Path;
  index: number;
  count: number;
  one: string;
  onDelete?: () => void;
}

export function PartTools({ path, index, count, one, onDelete }: PartToolsProps): JSX.Element | null {
  const store = useStore();
  if (store.readOnly) return null;
  const move = (by: number): void => {
    flushPending();
    store.edit(`moving a ${one}`, (document) => moveAt(document, path, index, index + by));
  };
  const remove = (): void => {
    flushPending();
    store.edit(`deleting a ${one}`, (document) => removeAt(document, [...path, index]));
    store.say(`Deleted ${one} ${index + 1}.`, true);
  };
  return (
    <div className="bw-part__tools">
      <IconButton icon="up" label={`Move ${one} ${index + 1} up`} disabled={index === 0} onPress={() => move(-1)} />
      <IconButton icon="down" label={`Move ${one} ${index + 1} down`} disabled={index === count - 1} onPress={() => move(1)} />
      <IconButton icon="remove" label={`Delete ${one} ${index + 1}`} onPress={onDelete ?? remove} />
    </div>
  );
}

interface NamedListProps {
  path: Path;
  one: string;
  blank: Record<string, unknown> | string;
  prefix: string;
  titleOf: (id: string, value: unknown) => string;
  children: (path: Path, id: string, value: unknown) => ReactNode;
}

/** Entries by id: the cast, variables, facts. The id is made once, and stays. */
export function NamedList({ path, one, blank, prefix, titleOf, children }: NamedListProps): JSX.Element {
  const store = useStore();
  const value = useValue(path);
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const add = (): void => {
    flushPending();
    const id = freshId(prefix, new Set(entries.map(([name]) => name)), prefix);
    store.edit(`adding a ${one}`, (document) => setAt(document, [...path, id], blank));
  };
  const remove = (id: string): void => {
    flushPending();
    const last = entries.length === 1;
    store.edit(`deleting a ${one}`, (document) => setAt(document, last ? path : [...path, id], undefined));
    store.say(`Deleted ${one} “${titleOf(id, (value as Record<string, unknown>)[id])}”.`, true);
  };
  return (
    <>
      {entries.map(([id, entry]) => (
        <details key={id} className="bw-entry" data-path={[...path, id].map((step) => `.${step}`).join("")}>
          <summary>
            <span>{titleOf(id, entry) || id}</span>
            <code className="bw-aside">{id}</code>
          </summary>
          <div className="bw-group__body">
            {children([...path, id], id, entry)}
            {!store.readOnly && (
              <button type="button" className="bw-quiet" onClick={() => remove(id)}>
                <Icon name="remove" /> Delete this {one}
              </button>
            )}
          </div>
        </details>
      ))}
      <AddButton label={`Add a ${one}`} onPress={add} />
    </>
  );
}
