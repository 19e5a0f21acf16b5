// The select that connects: every scene, nowhere, or a new scene of a kind.
import { useState, useSyncExternalStore, type JSX } from "react";
import { useStore } from "../context";
import { connect, waysOut } from "../edits/ways";
import { indexOfScene, sceneById, scenesOf, type SceneKind } from "../model";
import { KIND_WORDS } from "../reading/words";
import { sceneOffers } from "./choices";
import { Field } from "./Field";

export const NEW_SCENES: readonly SceneKind[] = ["page", "line", "decision", "question", "reply", "roleplay", "route", "ending", "reflection"];

const OTHERS: readonly (readonly [string, string])[] = [["next_drawn", "the next of a draw"], ["return", "back to the role-play"]];

interface Props {
  scene: string;
  way: string;
  label: string;
  quiet?: boolean;
}

export function LeadsTo({ scene, way, label, quiet }: Props): JSX.Element {
  const store = useStore();
  // A thousand scenes offered in each of two thousand selects would be two million options: made when they are asked for.
  const [asked, setAsked] = useState(false);
  const find = (): ReturnType<typeof waysOut>[number] | undefined => {
    const from = sceneById(store.document, scene);
    return from && waysOut(from, store.document).find((each) => each.key === way);
  };
  const target = useSyncExternalStore(store.subscribe, () => find()?.target ?? "");
  const shown = useSyncExternalStore(store.subscribe, () => nameOf(store.document, target));
  const found = find();
  const index = indexOfScene(store.document, scene);
  const change = (to: string): void => {
    if (to.startsWith("+")) store.addScene(to.slice(1) as SceneKind, { from: { scene, way } });
    else store.edit("connecting scenes", (now) => connect(now, indexOfScene(now, scene), way, to));
  };
  const ask = (): void => setAsked(true);
  return (
    <Field label={label} path={["scenes", index, ...(found?.path ?? [])]} quiet={quiet} className={target === "" && !found?.optional ? "bw-field--open" : "bw-field--leads"}>
      {(id) => (
        <select
          id={id} disabled={store.readOnly} value={target} onPointerEnter={ask} onPointerDown={ask} onFocus={ask} onBlur={() => setAsked(false)}
          onChange={(event) => change(event.target.value)}
        >
          <option value="">{found?.optional ? "nowhere (may stay open)" : "nowhere yet"}</option>
          {asked ? <Offers target={target} shown={shown} /> : target !== "" && <option value={target}>{shown}</option>}
        </select>
      )}
    </Field>
  );
}

function nameOf(document: Parameters<typeof sceneOffers>[0], target: string): string {
  const index = indexOfScene(document, target);
  const scene = scenesOf(document)[index];
  if (scene) return sceneOffers({ ...document, scenes: [scene] })[0]?.[1].replace(/^1\./, `${index + 1}.`) ?? target;
  return OTHERS.find(([id]) => id === target)?.[1] ?? `${target} (not there)`;
}

function Offers({ target, shown }: { target: string; shown: string }): JSX.Element {
  const store = useStore();
  const offers = sceneOffers(store.document);
  const known = target === "" || [...offers, ...OTHERS].some(([id]) => id === target);
  return (
    <>
      {!known && <option value={target}>{shown}</option>}
      <optgroup label="Scenes">
        {offers.map(([value, words]) => <option key={value} value={value}>{words}</option>)}
      </optgroup>
      <optgroup label="Other">
        {OTHERS.map(([value, words]) => <option key={value} value={value}>{words}</option>)}
      </optgroup>
      <optgroup label="A new scene">
        {NEW_SCENES.map((kind) => <option key={kind} value={`+${kind}`}>new {KIND_WORDS[kind].toLowerCase()}</option>)}
      </optgroup>
    </>
  );
}
