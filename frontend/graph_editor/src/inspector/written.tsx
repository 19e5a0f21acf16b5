// What words are read by, in replies and role-plays alike: criteria with their cues, samples to match, how it counts.
import type { JSX } from "react";
import { useDocument, useStore } from "../context";
import { listAt, setAt, type Path } from "../edits/paths";
import { SelectField, TickField, type Offered } from "../fields/choices";
import { Group } from "../fields/Group";
import { LeadsTo } from "../fields/LeadsTo";
import { AddButton, PartList } from "../fields/lists";
import { NumberField, WordsField } from "../fields/text";
import type { SceneOf } from "../model";
import { howMany } from "../reading/words";
import { Cues } from "./CuesFields";
import { EffectsFields } from "./EffectsFields";
import { COUNTS } from "./kinds";

const USUAL = ["feelings", "facts", "matters"];

interface Folds {
  open?: boolean;
  /** The name under which it stays open or closed. */
  keep: string;
}

export function CriteriaFields({ path, ...folds }: Folds & { path: Path }): JSX.Element {
  const document = useDocument();
  const used = listAt(document, [...path, "criteria"]).length;
  const criteria: Offered = Object.entries(document.criteria ?? {}).map(([id, each]) => [id, each.title || id]);
  return (
    <Group title="Criteria" aside={howMany(used, "criterion", "criteria")} path={[...path, "criteria"]} {...folds}>
      <PartList path={[...path, "criteria"]} one="criterion" blank={() => ({ use: criteria[0]?.[0] ?? "" })}>
        {(at, _, part) => (
          <>
            <SelectField label="Criterion" path={[...at, "use"]} offered={criteria} />
            <NumberField label="Points at the highest level" path={[...at, "points"]} min={0} max={1000} step={0.5} placeholder="as the criterion says" />
            <Group title="Cues of this scene" aside={howMany(Object.keys((part.cues as object | undefined) ?? {}).length, "family", "families")} path={[...at, "cues"]}>
              <Cues path={[...at, "cues"]} usual={USUAL} />
            </Group>
          </>
        )}
      </PartList>
      {criteria.length === 0 && <p className="bw-hint">Make criteria in the Scenario tab first.</p>}
    </Group>
  );
}

interface SamplesProps extends Folds {
  scene: SceneOf<"reply"> | SceneOf<"roleplay">;
  path: Path;
  /** What is asked when samples are first added. */
  ask: string;
}

export function SamplesFields({ scene, path, ask, ...folds }: SamplesProps): JSX.Element {
  const store = useStore();
  const at = [...path, "if_not_assessed"];
  const set = (to: unknown): void => store.edit(to ? "adding samples" : "removing the samples", (now) => setAt(now, at, to));
  return (
    <Group title="When nothing reads the words" aside={howMany(scene.if_not_assessed?.samples?.length, "sample")} path={at} {...folds}>
      {scene.if_not_assessed ? (
        <>
          <WordsField label="Question" path={[...at, "ask"]} rows={1} />
          <PartList path={[...at, "samples"]} one="sample" blank={{ text: "" }}>
            {(part, index) => (
              <>
                <WordsField label={`Sample ${index + 1}`} path={[...part, "text"]} required rows={1} />
                <LeadsTo label="Leads to" scene={scene.id} way={`.if_not_assessed.samples[${index}].goto`} />
                <EffectsFields path={part} />
              </>
            )}
          </PartList>
          {!store.readOnly && <button type="button" className="bw-quiet" onClick={() => set(undefined)}>Remove the samples</button>}
        </>
      ) : (
        <AddButton label="Add samples to match" onPress={() => set({ ask, samples: [{ id: "s1", text: "" }] })} />
      )}
    </Group>
  );
}

export function WrittenCounts({ path, counts, most }: { path: Path; counts: string | undefined; most: string }): JSX.Element {
  return (
    <Group title="How it counts" aside={counts ?? "confirmed"}>
      <SelectField label="Counts" path={[...path, "counts"]} absent="confirmed" offered={COUNTS} />
      <NumberField label="Most characters" path={[...path, "max_characters"]} min={20} max={4000} step={1} placeholder={most} />
      <TickField label="Hide the criteria before writing" path={[...path, "hide_criteria"]} />
    </Group>
  );
}
