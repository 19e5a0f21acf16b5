// The form of each kind of scene: what only that kind has.
import type { JSX } from "react";
import { useDocument, useStore } from "../context";
import { setAt, type Path } from "../edits/paths";
import { SelectField, TickField, type Offered } from "../fields/choices";
import { Group } from "../fields/Group";
import { LeadsTo } from "../fields/LeadsTo";
import { AddButton, IconButton, PartList } from "../fields/lists";
import { NumberField, WordsField } from "../fields/text";
import type { Document, SceneKind, SceneOf } from "../model";
import { offersFor, ConditionField } from "./ConditionField";
import { EffectsFields, PointsFields } from "./EffectsFields";
import { ChoicesEditor } from "./ChoicesEditor";

export interface KindProps<Kind extends SceneKind> {
  scene: SceneOf<Kind>;
  path: Path;
}

export const COUNTS: Offered = [["yes", "counts at once"], ["confirmed", "counts once a coach confirms"], ["practice", "practice only, never counts"]];
export const FEEDBACK: Offered = [["", "as the scenario says"], ["at_once", "at once"], ["debrief", "in the debrief"]];

export function competencyOffers(document: Document): Offered {
  return Object.entries(document.competencies ?? {}).map(([id, each]) => [id, each.title || id]);
}

export function PageForm({ scene, path }: KindProps<"page">): JSX.Element {
  return (
    <>
      <WordsField label="Text" path={[...path, "text"]} rows={6} hint="Short paragraphs. *Emphasis*, lists and links work." />
      <section>
        <h3>Ways on</h3>
        {(scene.goto || !scene.choose?.length) && <LeadsTo label="Leads to" scene={scene.id} way=".goto" />}
        <PartList path={[...path, "choose"]} one="way on" blank={{ text: "" }} addLabel="Add a way on with its own words">
          {(at, index) => (
            <>
              <WordsField label={`Way ${index + 1}`} path={[...at, "text"]} required rows={1} />
              <LeadsTo label="Leads to" scene={scene.id} way={`.choose[${index}].goto`} />
            </>
          )}
        </PartList>
        <TickField label="The learner is done here" path={[...path, "done"]} hint="The page may have no way on." />
      </section>
    </>
  );
}

export function LineForm({ scene }: KindProps<"line">): JSX.Element {
  return <LeadsTo label="Leads to" scene={scene.id} way=".goto" />;
}

export function DecisionForm({ scene, path }: KindProps<"decision">): JSX.Element {
  const choices: Offered = (scene.choices ?? []).map((each, index) => [each.id, `Choice ${index + 1}`]);
  const isHub = scene.counting === "collect";
  return (
    <>
      <WordsField label="Prompt" path={[...path, "prompt"]} hint="What the learner is asked, as one would say it." />
      <ChoicesEditor scene={scene} path={path} />
      <Group title="How it counts" aside={isHub ? `hub, up to ${scene.cap ?? "no limit"}` : (scene.counts ?? "yes")}>
        <SelectField label="Choices count" path={[...path, "counting"]} absent="first" offered={[["first", "the first, and a later better one in part"], ["collect", "each once: a hub"]]} />
        {isHub && <NumberField label="Most points of the hub" path={[...path, "cap"]} min={0} />}
        <SelectField label="Counts" path={[...path, "counts"]} absent="yes" offered={COUNTS} />
        <SelectField label="Feedback" path={[...path, "feedback"]} absent="" offered={FEEDBACK} />
        <TickField label="Shuffle the choices" path={[...path, "shuffle"]} />
      </Group>
      <Group title="Time limit" aside={scene.timed ? `${scene.timed.seconds} seconds` : "none"}>
        <TimedFields scene={scene} path={path} choices={choices} />
      </Group>
    </>
  );
}

function TimedFields({ scene, path, choices }: KindProps<"decision"> & { choices: Offered }): JSX.Element {
  const store = useStore();
  const set = (to: unknown): void => store.edit("changing the time limit", (document) => setAt(document, [...path, "timed"], to));
  if (!scene.timed) return <AddButton label="Add a time limit" onPress={() => set({ seconds: 30, on_timeout: choices[0]?.[0] ?? "" })} />;
  return (
    <>
      <NumberField label="Seconds" path={[...path, "timed", "seconds"]} min={5} max={3600} step={1} empty={30} />
      <SelectField label="When time is up, this is what was chosen" path={[...path, "timed", "on_timeout"]} offered={choices} />
      <TickField label="The learner may switch the clock off" path={[...path, "timed", "learner_may_switch_off"]} absent />
      {!store.readOnly && <button type="button" className="bw-quiet" onClick={() => set(undefined)}>Remove the time limit</button>}
    </>
  );
}

export function RouteForm({ scene, path }: KindProps<"route">): JSX.Element {
  return (
    <>
      <p className="bw-hint">No screen. The first rule that holds is taken; otherwise the last way.</p>
      <section>
        <h3>Rules</h3>
        <PartList path={[...path, "rules"]} one="rule" blank={{ when: { all: [] } }}>
          {(at, index) => (
            <>
              <ConditionField path={[...at, "when"]} title={`Rule ${index + 1}: if`} required />
              <LeadsTo label="Leads to" scene={scene.id} way={`.rules[${index}].goto`} />
              <EffectsFields path={at} />
            </>
          )}
        </PartList>
      </section>
      {(scene.rules?.length || scene.otherwise || !(scene.random?.length || scene.draw)) && <LeadsTo label="Otherwise" scene={scene.id} way=".otherwise" />}
      <Group title="By chance" aside={scene.random?.length ? `${scene.random.length} arms` : "no"} open={scene.random?.length ? true : undefined}>
        <PartList path={[...path, "random"]} one="arm" blank={{ chance: 1 }}>
          {(_, index) => (
            <div className="bw-row">
              <NumberField label="Weight" path={[...path, "random", index, "chance"]} min={0} />
              <LeadsTo label="Leads to" scene={scene.id} way={`.random[${index}].goto`} />
            </div>
          )}
        </PartList>
      </Group>
      <Group title="A draw of scenes" aside={scene.draw ? `${scene.draw.count} of ${scene.draw.from.length}` : "no"} open={scene.draw ? true : undefined}>
        <DrawFields scene={scene} path={path} />
      </Group>
    </>
  );
}

function DrawFields({ scene, path }: KindProps<"route">): JSX.Element {
  const store = useStore();
  const document = useDocument();
  const at = [...path, "draw"];
  const set = (to: unknown): void => store.edit("changing the draw", (now) => setAt(now, at, to));
  if (!scene.draw) return <AddButton label="Draw from several scenes" onPress={() => set({ from: [], count: 1 })} />;
  const { draw } = scene;
  const left = offersFor("visits", document).filter(([id]) => id !== scene.id && !draw.from.includes(id));
  return (
    <>
      <NumberField label="How many" path={[...at, "count"]} min={1} step={1} empty={1} />
      {draw.from.map((_, index) => (
        <div className="bw-row" key={index}>
          <LeadsTo label={`Scene ${index + 1}`} scene={scene.id} way={`.draw.from[${index}]`} />
          {!store.readOnly && <IconButton icon="close" label={`Take scene ${index + 1} out of the draw`} onPress={() => set({ ...draw, from: draw.from.filter((_each, i) => i !== index) })} />}
        </div>
      ))}
      {!store.readOnly && (
        <select aria-label="Add a scene to the draw" value="" onChange={(event) => set({ ...draw, from: [...draw.from, event.target.value] })}>
          <option value="">Add a scene to the draw…</option>
          {left.map(([id, words]) => <option key={id} value={id}>{words}</option>)}
        </select>
      )}
      <LeadsTo label="Then" scene={scene.id} way=".draw.then" />
      {!store.readOnly && <button type="button" className="bw-quiet" onClick={() => set(undefined)}>Remove the draw</button>}
    </>
  );
}

export function EndingForm({ scene, path }: KindProps<"ending">): JSX.Element {
  const document = useDocument();
  const store = useStore();
  const because = scene.because ?? [];
  const choices = offersFor("chosen", document);
  const set = (to: string[]): void => store.edit("changing what led here", (now) => setAt(now, [...path, "because"], to.length > 0 ? to : undefined));
  return (
    <>
      <SelectField label="Outcome" path={[...path, "outcome"]} offered={[["good", "Good"], ["mixed", "Mixed"], ["poor", "Poor"], ["read", "Read only"], ["stopped", "Stopped"]]} />
      <WordsField label="Text" path={[...path, "text"]} rows={4} />
      <GradeField scene={scene} path={path} />
      <TickField label="Counts as completed" path={[...path, "completes"]} absent />
      <Group title="What led here" aside={because.length > 0 ? `${because.length} ${because.length === 1 ? "choice" : "choices"}` : "nothing named"} path={[...path, "because"]}>
        <p className="bw-hint">Shown in the debrief where the learner made them.</p>
        {because.map((id) => (
          <div className="bw-effect" key={id}>
            <span>{choices.find(([each]) => each === id)?.[1] ?? `${id} (not there)`}</span>
            {!store.readOnly && <IconButton icon="close" label="Do not name this choice" onPress={() => set(because.filter((each) => each !== id))} />}
          </div>
        ))}
        {!store.readOnly && (
          <select aria-label="Name a choice" value="" onChange={(event) => set([...because, event.target.value])}>
            <option value="">Name a choice…</option>
            {choices.filter(([id]) => !because.includes(id)).map(([id, words]) => <option key={id} value={id}>{words}</option>)}
          </select>
        )}
      </Group>
      <PointsFields path={[...path, "points"]} />
      <LeadsTo label="Afterwards (not scored)" scene={scene.id} way=".afterwards" />
    </>
  );
}

/** The grade is a share, "none", or left to the scenario's scoring. */
function GradeField({ scene, path }: KindProps<"ending">): JSX.Element {
  const store = useStore();
  const how = scene.grade === "none" ? "none" : scene.grade == null ? "" : "own";
  const change = (to: string): void => {
    const grade = to === "own" ? 1 : to === "none" ? "none" : undefined;
    store.edit("changing the grade", (document) => setAt(document, [...path, "grade"], grade));
  };
  return (
    <div className="bw-row" data-path={`.scenes[${path[1]}].grade`}>
      <label className="bw-field">
        <span className="bw-label">Grade</span>
        <select disabled={store.readOnly} value={how} onChange={(event) => change(event.target.value)}>
          <option value="">as the scenario scores</option>
          <option value="own">a grade of its own</option>
          <option value="none">no grade</option>
        </select>
      </label>
      {how === "own" && <NumberField label="Share, 0 to 1" path={[...path, "grade"]} min={0} max={1} step={0.05} empty={0} />}
    </div>
  );
}
