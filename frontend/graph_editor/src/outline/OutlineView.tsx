// The story as a list in reading order: everything the graph can do, without a mouse.
import { memo, startTransition, useEffect, useMemo, useRef, useState, type JSX } from "react";
import { useDocument, useEditor, useLooking, useStore } from "../context";
import { marksByScene } from "../findings";
import { LeadsTo } from "../fields/LeadsTo";
import { IconButton } from "../fields/lists";
import { Icon } from "../icons";
import { indexOfScene, scenesOf, startOf, type Scene } from "../model";
import { KIND_WORDS, OUTCOME_WORDS, firstWords, sceneName, shorten } from "../reading/words";
import type { Way } from "../edits/ways";
import { WayKeeper } from "../reading/keeper";
import { scrollWithin } from "../scrolling";
import { AddScene } from "../toolbar/AddScene";

const FIRST = 50;

export function OutlineView(): JSX.Element {
  const { checked, store } = useEditor();
  const document = useDocument();
  const looking = useLooking();
  const marks = useMemo(() => marksByScene(checked.findings), [checked.findings]);
  const [keeper] = useState(() => new WayKeeper());
  const list = useRef<HTMLOListElement>(null);
  const { reveal } = looking;
  useEffect(() => {
    if (reveal.turn === 0) return;
    const wanted = list.current?.querySelector<HTMLElement>(`[data-scene="${CSS.escape(store.looking.scene)}"]`);
    if (wanted && list.current?.parentElement) scrollWithin(list.current.parentElement, wanted, "nearest");
  }, [reveal.turn, store]);
  const scenes = scenesOf(document);
  const start = startOf(document);
  const shown = useGrowing(scenes.length, Math.max(FIRST, indexOfScene(document, looking.scene) + FIRST / 2));
  return (
    <div className="bw-outlineview">
      <h2 className="bw-hidden">Outline</h2>
      {scenes.length === 0 && <p className="bw-empty">No scenes yet. Add a first one.</p>}
      <ol ref={list} className="bw-scenes">
        {scenes.slice(0, shown).map((scene, index) => (
          <OutlineScene
            key={scene.id} scene={scene} ways={keeper.waysOf(scene, document)} index={index} count={scenes.length} isStart={scene.id === start}
            isOpen={scene.id === looking.scene} errors={marks.get(scene.id)?.errors ?? 0} warnings={marks.get(scene.id)?.warnings ?? 0}
          />
        ))}
      </ol>
      {!store.readOnly && <AddScene label="Add a scene at the end" atEnd />}
    </div>
  );
}

/** How many to draw: what is seen at once, then the rest in the browser's spare time. A story of 1,000 opens like one of 50. */
function useGrowing(count: number, least: number): number {
  const [grown, setGrown] = useState(least);
  useEffect(() => {
    if (grown >= count) return;
    const timer = setTimeout(() => startTransition(() => setGrown((now) => Math.max(now, least) + FIRST)), 30);
    return () => clearTimeout(timer);
  }, [grown, count, least]);
  return Math.max(grown, least);
}

interface SceneProps {
  scene: Scene;
  index: number;
  count: number;
  ways: readonly Way[];
  isStart: boolean;
  isOpen: boolean;
  errors: number;
  warnings: number;
}

const OutlineScene = memo(function OutlineScene({ scene, ways, index, count, isStart, isOpen, errors, warnings }: SceneProps): JSX.Element {
  const store = useStore();
  const name = sceneName(scene);
  const first = shorten(firstWords(scene), 140);
  return (
    <li className={`bw-outlinescene ${isOpen ? "bw-outlinescene--open" : ""}`} data-scene={scene.id}>
      <div className="bw-outlinescene__head">
        <h3>
          <span className="bw-number">{index + 1}</span>
          <button type="button" className="bw-open" aria-current={isOpen ? "true" : undefined} onClick={() => store.show(scene.id)}>
            <span dir="auto">{name}</span>
          </button>
        </h3>
        <p className="bw-outlinescene__kind">
          <span className={`bw-kind bw-kind--${scene.kind}`}><Icon name={scene.kind === "ending" ? scene.outcome : scene.kind} /> {scene.kind === "ending" ? (OUTCOME_WORDS[scene.outcome] ?? "Ending") : (KIND_WORDS[scene.kind] ?? scene.kind)}</span>
          {isStart && <span className="bw-badge">Start</span>}
          {errors > 0 && <span className="bw-mark bw-mark--error"><Icon name="error" />{errors === 1 ? "1 error" : `${errors} errors`}</span>}
          {warnings > 0 && <span className="bw-mark bw-mark--warning"><Icon name="warning" />{warnings === 1 ? "1 warning" : `${warnings} warnings`}</span>}
        </p>
        <SceneTools scene={scene} name={name} index={index} count={count} isStart={isStart} />
      </div>
      {first && first !== name && <p className="bw-outlinescene__first" dir="auto">{first}</p>}
      {ways.length > 0 && (
        <ul className="bw-outlinescene__ways">
          {ways.map((way) => (
            <li key={way.key}>
              <span className="bw-waywords" dir="auto">{way.words}</span>
              <LeadsTo quiet label={`${way.words}: leads to`} scene={scene.id} way={way.key} />
              {way.target && way.target !== "next_drawn" && way.target !== "return" && <IconButton icon="next" label={`Go to where “${shorten(way.words, 30)}” leads`} onPress={() => store.show(way.target)} />}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
});

function SceneTools({ scene, name, index, count, isStart }: { scene: Scene; name: string; index: number; count: number; isStart: boolean }): JSX.Element {
  const { store, host } = useEditor();
  return (
    <div className="bw-part__tools">
      {host.can("play") && <IconButton icon="start" label={`Play from ${name}`} onPress={() => store.play(scene.id)} />}
      {!store.readOnly && (
        <>
          {!isStart && <IconButton icon="ending" label={`Make ${name} the start`} onPress={() => store.setStart(scene.id)} />}
          {scene.kind === "decision" && <IconButton icon="add" label={`Add a choice to ${name}`} onPress={() => store.addChoice(index)} />}
          <IconButton icon="up" label={`Move ${name} up`} disabled={index === 0} onPress={() => store.moveScene(scene.id, -1)} />
          <IconButton icon="down" label={`Move ${name} down`} disabled={index === count - 1} onPress={() => store.moveScene(scene.id, 1)} />
          <IconButton icon="copy" label={`Duplicate ${name}`} onPress={() => store.duplicateScene(scene.id)} />
          <IconButton icon="remove" label={`Delete ${name}`} onPress={() => store.deleteScenes([scene.id])} />
        </>
      )}
    </div>
  );
}
