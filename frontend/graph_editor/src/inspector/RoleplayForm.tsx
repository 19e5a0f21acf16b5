// The form of a role-play: who plays whom, what the learner is after, how long it goes on, and where it leads.
import type { JSX } from "react";
import { useDocument, useStore } from "../context";
import { setAt, type Path } from "../edits/paths";
import { SelectField, TickField, type Offered } from "../fields/choices";
import { Group } from "../fields/Group";
import { LeadsTo } from "../fields/LeadsTo";
import { AddButton, PartList } from "../fields/lists";
import { SeveralField } from "../fields/SeveralField";
import { NumberField, WordsField } from "../fields/text";
import type { SceneOf } from "../model";
import { howMany } from "../reading/words";
import { PersonFields } from "../settings/Cast";
import { BeatsEditor, castName } from "./BeatsEditor";
import { offersFor } from "./ConditionField";
import { CueSelect, OwnCues } from "./CuesFields";
import type { KindProps } from "./kinds";
import { EventFields, LinesFields, MoodsFields } from "./RoleplayTurns";
import { CriteriaFields, SamplesFields, WrittenCounts } from "./written";

type Props = KindProps<"roleplay">;

export function RoleplayForm({ scene, path }: Props): JSX.Element {
  return (
    <>
      <Roles scene={scene} path={path} />
      <WordsField label="Prompt" path={[...path, "prompt"]} hint="What the learner is asked to do in this conversation." />
      <Group title="Opening" aside={howMany(scene.opening?.length, "beat")} path={[...path, "opening"]} keep="roleplay.opening">
        <p className="bw-hint">What is said before the learner's first turn.</p>
        <BeatsEditor path={[...path, "opening"]} addLabel="Add an opening beat" />
      </Group>
      <OwnCues path={[...path, "cues"]} scene={scene} />
      <Goals scene={scene} path={path} />
      <Releases scene={scene} path={path} />
      <MoodsFields scene={scene} path={path} />
      <LinesFields scene={scene} path={path} />
      <EventFields scene={scene} path={path} />
      <Ends scene={scene} path={path} />
      <CriteriaFields path={path} keep="roleplay.criteria" />
      <SamplesFields scene={scene} path={path} ask="Which of these best describes what you did?" keep="roleplay.samples" />
      <WrittenCounts path={path} counts={scene.counts} most="800" />
    </>
  );
}

function Roles({ scene, path }: Props): JSX.Element {
  const document = useDocument();
  const store = useStore();
  const cast: Offered = Object.keys(document.cast ?? {}).map((id) => [id, castName(document, id)]);
  const { learner, character } = scene.plays;
  const others = cast.filter(([id]) => id !== learner && id !== character);
  const addLearner = (): void => store.edit("adding the learner to the cast", (now) => setAt(now, ["cast", learner], { name: "You" }));
  return (
    <section data-path={`.scenes[${path[1]}].plays`}>
      <h3>Who plays whom</h3>
      <div className="bw-row">
        <SelectField label="The learner is" path={[...path, "plays", "learner"]} offered={cast} />
        <SelectField label="and talks with" path={[...path, "plays", "character"]} offered={cast} />
      </div>
      {learner === "you" && !document.cast?.you && <AddButton label="Add the learner to the cast" onPress={addLearner} />}
      {cast.length < 2 && <p className="bw-hint">A role-play needs two people: add them under Cast in the Scenario tab.</p>}
      {(others.length > 0 || (scene.plays.present?.length ?? 0) > 0) && <SeveralField label="Also in the room" path={[...path, "plays", "present"]} offered={others} add="Add somebody" />}
      {document.cast?.[character] && (
        <Group title={`Who ${castName(document, character)} is`} aside="in every scene">
          <PersonFields path={["cast", character]} />
        </Group>
      )}
    </section>
  );
}

function Goals({ scene, path }: Props): JSX.Element {
  const document = useDocument();
  const facts = offersFor("fact", document);
  return (
    <Group title="Goals" aside={howMany(scene.goals?.length, "goal")} path={[...path, "goals"]} keep="roleplay.goals">
      <PartList path={[...path, "goals"]} one="goal" blank={{ text: "", met_by: { learner: true } }}>
        {(at, index) => (
          <>
            <WordsField label={`Goal ${index + 1}`} path={[...at, "text"]} required rows={1} hint="Something one could see or hear happen." />
            <div data-path={`.scenes[${path[1]}].goals[${index}].met_by`}>
              <CueSelect label="Met when this cue is heard" path={[...at, "met_by", "cue"]} scene={scene} absent="no cue" />
              <SeveralField label="Met when these facts are out" path={[...at, "met_by", "released"]} offered={facts} add="Add a fact" />
              <TickField label="The learner may tick it off" path={[...at, "met_by", "learner"]} />
            </div>
          </>
        )}
      </PartList>
    </Group>
  );
}

function Releases({ scene, path }: Props): JSX.Element {
  const facts = offersFor("fact", useDocument());
  return (
    <Group title="Facts that come out" aside={howMany(scene.releases?.length, "fact")} path={[...path, "releases"]} keep="roleplay.releases">
      <PartList path={[...path, "releases"]} one="release" blank={() => ({ fact: facts[0]?.[0] ?? "", on: { cue: "" } })} addLabel="Add a fact that comes out">
        {(at) => (
          <div className="bw-row">
            <CueSelect label="When this cue is heard" path={[...at, "on", "cue"]} scene={scene} />
            <SelectField label="the learner learns" path={[...at, "fact"]} offered={facts} />
          </div>
        )}
      </PartList>
      {facts.length === 0 && <p className="bw-hint">Make facts in the Scenario tab first.</p>}
    </Group>
  );
}

function Ends({ scene, path }: { scene: SceneOf<"roleplay">; path: Path }): JSX.Element {
  return (
    <Group title="Ends and ways on" aside={howMany(scene.ends?.turns ?? 6, "turn")} path={[...path, "ends"]} also={[...path, "exits"]} keep="roleplay.ends">
      <div className="bw-row">
        <NumberField label="Most turns" path={[...path, "ends", "turns"]} min={1} max={100} step={1} empty={6} />
        <NumberField label="Goals that end it" path={[...path, "ends", "goals"]} min={1} max={20} step={1} placeholder="none" />
        <NumberField label="May be ended after turn" path={[...path, "ends", "learner_may_end_after"]} min={0} max={100} step={1} placeholder="0" />
      </div>
      <LeadsTo label="All goals met" scene={scene.id} way=".exits.goals" />
      <LeadsTo label="Turns used up" scene={scene.id} way=".exits.turns" />
      <LeadsTo label="The learner ends it" scene={scene.id} way=".exits.learner" />
      <LeadsTo label="The learner stops" scene={scene.id} way=".exits.stopped" />
    </Group>
  );
}
