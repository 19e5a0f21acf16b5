// What happens turn by turn in a role-play when no model speaks: moods, lines by mood, and events.
import type { JSX } from "react";
import { useDocument, useStore } from "../context";
import { nextInList } from "../edits/ids";
import { listAt, setAt } from "../edits/paths";
import { AddNamed } from "../fields/AddNamed";
import { SelectField, type Offered } from "../fields/choices";
import { Group } from "../fields/Group";
import { LeadsTo } from "../fields/LeadsTo";
import { AddButton, PartList } from "../fields/lists";
import { NumberField, WordsField } from "../fields/text";
import type { Document, SceneOf } from "../model";
import { howMany } from "../reading/words";
import { BeatsEditor } from "./BeatsEditor";
import { CueSelect } from "./CuesFields";
import type { KindProps } from "./kinds";

type Props = KindProps<"roleplay">;

/** Every mood that the character has a picture for, or that this role-play speaks of. */
export function moodsOf(scene: SceneOf<"roleplay">, document: Document): readonly string[] {
  const moves = scene.moods?.moves ?? [];
  const named = [scene.moods?.start, ...moves.flatMap((move) => [move.from, move.to]), ...Object.keys(scene.lines ?? {}), ...(scene.events ?? []).map((event) => event.at.mood)];
  const pictured = Object.keys(document.cast?.[scene.plays.character]?.moods ?? {});
  return [...new Set([...pictured, ...named])].filter((mood): mood is string => Boolean(mood));
}

function offered(moods: readonly string[]): Offered {
  return moods.map((mood) => [mood, mood]);
}

export function MoodsFields({ scene, path }: Props): JSX.Element {
  const store = useStore();
  const moods = moodsOf(scene, useDocument());
  const at = [...path, "moods"];
  const set = (to: unknown): void => store.edit(to ? "adding moods" : "removing the moods", (now) => setAt(now, at, to));
  return (
    <Group title="Moods" aside={scene.moods ? `starts ${scene.moods.start || "nowhere"}, ${howMany(scene.moods.moves?.length, "move")}` : "none"} path={at} keep="roleplay.moods">
      {scene.moods ? (
        <>
          <SelectField label="Starts in the mood" path={[...at, "start"]} offered={offered(moods)} />
          <PartList path={[...at, "moves"]} one="move" blank={{ from: scene.moods.start, on: { cue: "" }, to: scene.moods.start }}>
            {(part) => (
              <div className="bw-row">
                <SelectField label="From" path={[...part, "from"]} offered={offered(moods)} />
                <CueSelect label="when heard" path={[...part, "on", "cue"]} scene={scene} />
                <SelectField label="to" path={[...part, "to"]} offered={offered(moods)} />
              </div>
            )}
          </PartList>
          {!store.readOnly && <button type="button" className="bw-quiet" onClick={() => set(undefined)}>Remove the moods</button>}
        </>
      ) : (
        <AddButton label="Let the mood change with what is said" onPress={() => set({ start: moods[0] ?? "calm", moves: [] })} />
      )}
    </Group>
  );
}

export function LinesFields({ scene, path }: Props): JSX.Element {
  const store = useStore();
  const moods = moodsOf(scene, useDocument());
  const at = [...path, "lines"];
  const count = Object.values(scene.lines ?? {}).reduce((sum, lines) => sum + lines.length, 0);
  const add = (mood: string): void => store.edit("adding lines", (now) => setAt(now, [...at, mood], [{ id: "l1", text: "" }]));
  return (
    <Group title="Authored lines" aside={howMany(count, "line")} path={at} keep="roleplay.lines">
      <p className="bw-hint">Said in this order, then by chance. Without a model, most learners meet these.</p>
      {moods.map((mood) => (
        <section key={mood} data-path={`.scenes[${path[1]}].lines.${mood}`}>
          <h4>{mood}</h4>
          <PartList path={[...at, mood]} one="line" blank={() => ({ id: nextInList("l", listAt(store.document, [...at, mood])), text: "" })} addLabel={`Add a line for “${mood}”`}>
            {(part, index, line) => <WordsField quiet label={`Line ${index + 1} when ${mood}`} path={typeof line === "string" ? part : [...part, "text"]} required rows={1} />}
          </PartList>
        </section>
      ))}
      <AddNamed label="Another mood" button="Add its first line" fallback="mood" taken={moods} onAdd={add} />
    </Group>
  );
}

export function EventFields({ scene, path }: Props): JSX.Element {
  const moods = moodsOf(scene, useDocument());
  return (
    <Group title="Events" aside={howMany(scene.events?.length, "event")} path={[...path, "events"]} keep="roleplay.events">
      <PartList path={[...path, "events"]} one="event" blank={{ at: { turn: 2 } }}>
        {(at, index) => (
          <>
            <div className="bw-row" data-path={`.scenes[${path[1]}].events[${index}].at`}>
              <NumberField label="After turn" path={[...at, "at", "turn"]} min={1} max={100} step={1} placeholder="any" />
              <SelectField label="In the mood" path={[...at, "at", "mood"]} absent="" offered={[["", "any mood"], ...offered(moods)]} />
            </div>
            <BeatsEditor path={[...at, "beats"]} />
            <SelectField label="Then" path={[...at, "then"]} absent="continue" offered={[["continue", "the conversation goes on"], ["decide", "the learner decides"]]} />
            {(scene.events?.[index]?.then === "decide" || scene.events?.[index]?.decision) && <LeadsTo label="In the decision" scene={scene.id} way={`.events[${index}].decision`} />}
          </>
        )}
      </PartList>
    </Group>
  );
}
