// Adding an entry whose id is a word that the author chooses: typed once, and kept.
import { useId, useState, type JSX } from "react";
import { useStore } from "../context";
import { freshId } from "../edits/ids";
import { flushPending } from "../pending";
import { Icon } from "../icons";

interface Props {
  label: string;
  button: string;
  /** The id of an entry whose name has no letters that ids can carry. */
  fallback: string;
  taken: readonly string[];
  onAdd: (id: string) => void;
}

export function AddNamed({ label, button, fallback, taken, onAdd }: Props): JSX.Element | null {
  const { readOnly } = useStore();
  const id = useId();
  const [name, setName] = useState("");
  if (readOnly) return null;
  const add = (): void => {
    if (name.trim() === "") return;
    flushPending();
    onAdd(freshId(name, new Set(taken), fallback));
    setName("");
  };
  return (
    <div className="bw-row">
      <div className="bw-field">
        <label className="bw-label" htmlFor={id}>{label}</label>
        <input
          id={id} type="text" dir="auto" autoComplete="off" value={name} onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault(); // it would send the page's form
            add();
          }}
        />
      </div>
      <button type="button" className="bw-add" disabled={name.trim() === ""} onClick={add}>
        <Icon name="add" /> {button}
      </button>
    </div>
  );
}
