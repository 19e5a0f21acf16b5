// Adding a scene: a button that opens the kinds, each with what it does.
import { useEffect, useId, useRef, useState, type JSX } from "react";
import { useStore } from "../context";
import { NEW_SCENES } from "../fields/LeadsTo";
import { Icon } from "../icons";
import { scenesOf, type SceneKind } from "../model";
import { KIND_HINTS, KIND_WORDS } from "../reading/words";

export function AddScene({ label, atEnd, primary }: { label: string; atEnd?: boolean; primary?: boolean }): JSX.Element {
  const store = useStore();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const menu = useId();
  useEffect(() => {
    if (!open) return;
    const leave = (event: Event): void => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", leave);
    document.addEventListener("focusin", leave);
    return () => {
      document.removeEventListener("pointerdown", leave);
      document.removeEventListener("focusin", leave);
    };
  }, [open]);
  const add = (kind: SceneKind): void => {
    setOpen(false);
    if (atEnd) store.look({ scene: scenesOf(store.document).at(-1)?.id ?? "" });
    store.addScene(kind);
  };
  return (
    <div
      className="bw-menubox" ref={box}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        setOpen(false);
        box.current?.querySelector("button")?.focus();
      }}
    >
      <button type="button" className={primary ? "bw-button bw-button--primary" : "bw-add"} aria-expanded={open} aria-controls={menu} onClick={() => setOpen(!open)}>
        <Icon name="add" /> {label}
      </button>
      <div className="bw-menu" id={menu} hidden={!open}>
        {open && NEW_SCENES.map((kind) => (
          <button key={kind} type="button" className="bw-menu__item" onClick={() => add(kind)}>
            <Icon name={kind} />
            <span>
              {KIND_WORDS[kind]}
              <span className="bw-hint">{KIND_HINTS[kind]}</span>
            </span>
          </button>
        ))}
      </div>
    </div>
  );
}
