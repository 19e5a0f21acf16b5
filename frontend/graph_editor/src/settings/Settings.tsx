// What is true of the scenario as a whole: about it, its safety, what it teaches, and how it scores.
import { useMemo, type JSX } from "react";
import { useDocument } from "../context";
import { SelectField, TickField, sceneOffers } from "../fields/choices";
import { Group } from "../fields/Group";
import { NamedList, PartList } from "../fields/lists";
import { LineField, LinesField, NumberField, WordsField } from "../fields/text";
import { scenesOf } from "../model";
import { SharedCues } from "../inspector/CuesFields";
import { competencyOffers } from "../inspector/kinds";
import { readingTime } from "../reading/words";
import { CastSettings } from "./Cast";
import { CriteriaSettings, FactSettings, GlossarySettings, VariableSettings } from "./Story";

export function Settings(): JSX.Element {
  const document = useDocument();
  const size = (value: object | undefined): string => String(Object.keys(value ?? {}).length || "none");
  return (
    <div className="bw-form">
      <About />
      <Group title="Safety" aside={document.safety?.content_note ? "content note written" : "no content note"} path={["safety"]}><SafetyFields /></Group>
      <Group title="Objectives" aside={size(document.objectives)} path={["objectives"]}><Objectives /></Group>
      <Group title="Competencies" aside={size(document.competencies)} path={["competencies"]}><Competencies /></Group>
      <Group title="Scoring" aside={(document.scoring?.grade ?? "best_path").replace("_", " ")} path={["scoring"]}><ScoringFields /></Group>
      <Group title="Cast" aside={size(document.cast)} path={["cast"]}><CastSettings /></Group>
      <Group title="Variables" aside={size(document.variables)} path={["variables"]}><VariableSettings /></Group>
      <Group title="Facts" aside={size(document.facts)} path={["facts"]}><FactSettings /></Group>
      <Group title="Criteria" aside={size(document.criteria)} path={["criteria"]}><CriteriaSettings /></Group>
      <Group title="Cues" aside={size(document.cues)} path={["cues"]}><SharedCues /></Group>
      <Group title="Glossary" aside={size(document.glossary)} path={["glossary"]}><GlossarySettings /></Group>
    </div>
  );
}

function About(): JSX.Element {
  const document = useDocument();
  const { words, minutes } = useMemo(() => readingTime(document), [document]);
  return (
    <section>
      <h2>The scenario</h2>
      <p className="bw-hint">
        {scenesOf(document).length} scenes, {words.toLocaleString()} words; one way through takes about {minutes} {minutes === 1 ? "minute" : "minutes"} to read.
      </p>
      <LineField label="Title" path={["title"]} required />
      <WordsField label="Summary" path={["summary"]} />
      <div className="bw-row">
        <SelectField label="Purpose" path={["purpose"]} absent="coached" offered={[["practice", "Practice: completion only"], ["coached", "Coached: a coach confirms"], ["assessment", "Assessment: a reviewed key"]]} />
        <NumberField label="Minutes" path={["minutes"]} min={1} max={600} step={1} />
        <LineField label="Language" path={["language"]} placeholder="en" />
      </div>
      <SelectField label="Starts at" path={["start"]} absent="" offered={[["", "the first scene"], ...sceneOffers(document)]} />
      <WordsField label="Audience" path={["audience"]} rows={1} />
    </section>
  );
}

function SafetyFields(): JSX.Element {
  const document = useDocument();
  const support = document.safety?.support;
  return (
    <>
      <WordsField label="Content note" path={["safety", "content_note"]} hint="Said before the first scene: what may be hard." />
      <TickField label="The learner can stop at any time" path={["safety", "can_stop"]} absent />
      <WordsField label="Said to a learner who stops" path={["safety", "if_stopped", "text"]} />
      <SelectField label="Offered instead" path={["safety", "if_stopped", "offer"]} absent="" offered={[["", "nothing"], ...sceneOffers(document)]} />
      {typeof support === "object" ? <p className="bw-hint">Support: filled in by the host ({support.slot}).</p> : <WordsField label="Support" path={["safety", "support"]} />}
      <LinesField label="Not meant for, one a line" path={["not_for"]} />
    </>
  );
}

function Objectives(): JSX.Element {
  const document = useDocument();
  const taken = (document.objectives ?? []).map((each) => each.id);
  const free = (): string => {
    let number = taken.length + 1;
    while (taken.includes(`ob${number}`)) number += 1;
    return `ob${number}`;
  };
  return (
    <PartList path={["objectives"]} one="objective" blank={() => ({ id: free(), text: "" })}>
      {(at, index) => (
        <>
          <WordsField label={`Objective ${index + 1}`} path={[...at, "text"]} required hint="What the learner can do afterwards." />
          <SelectField label="Competency" path={[...at, "competency"]} absent="" offered={[["", "none"], ...competencyOffers(document)]} />
        </>
      )}
    </PartList>
  );
}

function Competencies(): JSX.Element {
  return (
    <NamedList path={["competencies"]} one="competency" prefix="competency" blank={{ title: "" }} titleOf={(_, value) => (value as { title?: string }).title ?? ""}>
      {(at, id) => (
        <>
          <LineField label="Title" path={[...at, "title"]} required />
          <LineField label="Shared id" path={[...at, "uses"]} placeholder="organisation/competency" hint="The same across scenarios and courses." />
          <WordsField label="Description" path={[...at, "description"]} />
          <NumberField label="Weight" path={["scoring", "weights", id]} min={0} placeholder="1" />
        </>
      )}
    </NamedList>
  );
}

function ScoringFields(): JSX.Element {
  const { scoring } = useDocument();
  const at = ["scoring"];
  return (
    <>
      <SelectField label="Grade" path={[...at, "grade"]} absent="best_path" offered={[["best_path", "points against the best path"], ["declared_max", "points against a declared maximum"], ["ending", "what the ending says"], ["completion", "completion"]]} />
      {scoring?.grade === "declared_max" && <NumberField label="Declared maximum" path={[...at, "max"]} min={0} />}
      <NumberField label="Credit of a later try, 0 to 1" path={[...at, "retry_credit"]} min={0} max={1} step={0.05} placeholder="0.5" />
      <SelectField label="Of several attempts" path={[...at, "attempt"]} absent="best" offered={[["best", "the best"], ["last", "the last"], ["first", "the first"], ["mean", "the mean"]]} />
      <NumberField label="Attempts allowed" path={[...at, "attempts"]} min={1} step={1} placeholder="any number" />
      <SelectField label="Feedback" path={[...at, "feedback"]} absent="at_once" offered={[["at_once", "at once"], ["debrief", "in the debrief"]]} />
      <SelectField label="Points are shown" path={[...at, "show_points"]} absent="debrief" offered={[["never", "never"], ["debrief", "in the debrief"], ["at_once", "at once"]]} />
      <SelectField label="While a coach has not confirmed" path={[...at, "while_pending"]} absent="hold" offered={[["hold", "no grade is sent"], ["send_rest", "the rest is sent"]]} />
      <NumberField label="Pass mark, 0 to 1" path={[...at, "pass"]} min={0} max={1} step={0.05} />
    </>
  );
}

