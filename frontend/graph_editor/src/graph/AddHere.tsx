// What kind of scene to make where a way was dropped on the empty paper.
import { useEffect, useRef, type JSX } from "react";
import { NEW_SCENES } from "../fields/LeadsTo";
import { Icon } from "../icons";
import type { Place, SceneKind } from "../model";
import { KIND_WORDS } from "../reading/words";

export interface Dropped {
  left: number;
  top: number;
  place: Place;
  from: { scene: string; way: string };
}

interface Props {
  dropped: Dropped;
  onChoose: (kind: SceneKind) => void;
  onClose: () => void;
}

export function AddHere({ dropped, onChoose, onClose }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector("button")?.focus();
    const leave = (event: PointerEvent): void => {
      if (!box.current?.contains(event.target as Node)) onClose();
    };
    document.addEventListener("pointerdown", leave);
    return () => document.removeEventListener("pointerdown", leave);
  }, [onClose]);
  return (
    <div
      ref={box} className="bw-menu bw-menu--here" role="group" aria-label="A new scene here" style={{ left: dropped.left, top: dropped.top }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      {NEW_SCENES.map((kind) => (
        <button
          key={kind} type="button" className="bw-menu__item"
          onClick={() => {
            onChoose(kind);
            onClose();
          }}
        >
          <Icon name={kind} /> {KIND_WORDS[kind]}
        </button>
      ))}
    </div>
  );
}
