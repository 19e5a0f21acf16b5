// Search in every text of the document; a hit goes to its place.
import { useDeferredValue, useEffect, useId, useMemo, useRef, useState, type JSX } from "react";
import { useDocument, useStore } from "../context";
import { keepEnter } from "../fields/text";
import { Icon } from "../icons";
import { search } from "../search";

export function SearchBox(): JSX.Element {
  const store = useStore();
  const document = useDocument();
  const [wanted, setWanted] = useState("");
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const asked = useDeferredValue(wanted);
  const hits = useMemo(() => (open ? search(document, asked) : []), [document, asked, open]);
  useEffect(() => {
    const leave = (event: Event): void => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    globalThis.document.addEventListener("pointerdown", leave);
    globalThis.document.addEventListener("focusin", leave);
    return () => {
      globalThis.document.removeEventListener("pointerdown", leave);
      globalThis.document.removeEventListener("focusin", leave);
    };
  }, []);
  const goTo = (path: string): void => {
    setOpen(false);
    store.goTo(path);
  };
  const shown = open && asked.trim() !== "";
  return (
    <div
      className="bw-search" ref={box} role="search"
      onKeyDown={(event) => {
        if (event.key === "Escape") setOpen(false);
      }}
    >
      <Icon name="search" />
      <label htmlFor={id} className="bw-hidden">Search the scenario</label>
      <input
        id={id} type="search" placeholder="Search" autoComplete="off" value={wanted} onFocus={() => setOpen(true)}
        onChange={(event) => {
          setWanted(event.target.value);
          setOpen(true);
        }}
        onKeyDown={(event) => {
          keepEnter(event);
          // The list may be a moment behind what was typed.
          const [first] = event.key === "Enter" ? search(document, wanted, 1) : [];
          if (first) goTo(first.path);
        }}
      />
      <span role="status" className="bw-hidden">{shown ? `${hits.length} places found` : ""}</span>
      {shown && (
        <ul className="bw-menu bw-hits">
          {hits.length === 0 && <li className="bw-hint">Nothing found.</li>}
          {hits.map((hit) => (
            <li key={hit.path}>
              <button type="button" className="bw-menu__item" onClick={() => goTo(hit.path)}>
                <span>
                  <span className="bw-hint">{hit.where}</span>
                  <span dir="auto">{hit.before}<mark>{hit.match}</mark>{hit.after}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
