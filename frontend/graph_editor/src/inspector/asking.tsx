// The forms of scenes that ask for an answer: quiz questions and written replies; and private writing.
import type { JSX } from "react";
import { useDocument } from "../context";
import { SelectField, TickField, type Offered } from "../fields/choices";
import { Group } from "../fields/Group";
import { LeadsTo } from "../fields/LeadsTo";
import { PartList } from "../fields/lists";
import { SeveralField } from "../fields/SeveralField";
import { LineField, LinesField, NumberField, WordsField } from "../fields/text";
import { shorten } from "../reading/words";
import { ConditionField } from "./ConditionField";
import { EffectsFields } from "./EffectsFields";
import { COUNTS, FEEDBACK, competencyOffers, type KindProps } from "./kinds";
import { CriteriaFields, SamplesFields, WrittenCounts } from "./written";

const TYPES: Offered = [
  ["single", "one right answer"], ["multiple", "several right answers"], ["numeric", "a number"], ["short_text", "a few words"],
  ["ordering", "put in order"], ["matching", "match pairs"],
];

export function QuestionForm({ scene, path }: KindProps<"question">): JSX.Element {
  const document = useDocument();
  return (
    <>
      <WordsField label="Question" path={[...path, "prompt"]} />
      <SelectField label="Type" path={[...path, "type"]} offered={TYPES} />
      <Answers scene={scene} path={path} />
      <LeadsTo label="Leads to" scene={scene.id} way=".goto" />
      <Group title="Points and tries" aside={`${scene.points ?? 0} points, ${scene.tries ?? 1} ${scene.tries && scene.tries > 1 ? "tries" : "try"}`}>
        <SelectField label="Competency" path={[...path, "competency"]} absent="" offered={[["", "none"], ...competencyOffers(document)]} />
        <NumberField label="Points" path={[...path, "points"]} min={0} />
        <NumberField label="Tries" path={[...path, "tries"]} min={1} max={20} step={1} />
        <TickField label="Partly right earns a part" path={[...path, "partial"]} absent />
        <TickField label="Shuffle" path={[...path, "shuffle"]} />
        <SelectField label="Confidence" path={[...path, "confidence"]} absent="" offered={[["", "not asked"], ["ask", "asked, never scored"]]} />
        <SelectField label="Feedback" path={[...path, "feedback"]} absent="" offered={FEEDBACK} />
        <SelectField label="Counts" path={[...path, "counts"]} absent="yes" offered={COUNTS} />
      </Group>
      <Group title="Hints" aside={String(scene.hints?.length ?? 0)} path={[...path, "hints"]}>
        <PartList path={[...path, "hints"]} one="hint" blank={{ text: "" }}>
          {(at, index) => (
            <>
              <WordsField label={`Hint ${index + 1}`} path={[...at, "text"]} required rows={1} />
              <NumberField label="Costs, as a share of the credit" path={[...at, "cost"]} min={0} max={1} step={0.05} />
            </>
          )}
        </PartList>
      </Group>
    </>
  );
}

function Answers({ scene, path }: KindProps<"question">): JSX.Element {
  switch (scene.type) {
    case "single":
    case "multiple":
      return (
        <section>
          <h3>Options</h3>
          <PartList path={[...path, "options"]} one="option" blank={scene.type === "single" ? { text: "", credit: 0 } : { text: "" }}>
            {(at, index) => (
              <>
                <WordsField label={`Option ${index + 1}`} path={[...at, "text"]} required rows={1} />
                {scene.type === "single"
                  ? <NumberField label="Credit, 0 to 1" path={[...at, "credit"]} min={0} max={1} step={0.25} />
                  : <TickField label="Right" path={[...at, "right"]} />}
                <WordsField label="Feedback" path={[...at, "feedback"]} rows={1} />
              </>
            )}
          </PartList>
        </section>
      );
    case "numeric":
    case "short_text":
      return (
        <section>
          <h3>Accepted answers</h3>
          <PartList path={[...path, "answers"]} one="answer" blank={scene.type === "numeric" ? { value: 0 } : { any: [] }}>
            {(at) => (
              <>
                {scene.type === "numeric"
                  ? <div className="bw-row"><NumberField label="Value" path={[...at, "value"]} /><NumberField label="Tolerance" path={[...at, "tolerance"]} min={0} /></div>
                  : <LinesField label="Any of these, one a line" path={[...at, "any"]} />}
                <NumberField label="Credit, 0 to 1" path={[...at, "credit"]} min={0} max={1} step={0.25} placeholder="1" />
                <WordsField label="Feedback" path={[...at, "feedback"]} rows={1} />
              </>
            )}
          </PartList>
          {scene.type === "numeric" && <LineField label="Unit" path={[...path, "unit", "text"]} />}
        </section>
      );
    case "ordering":
      return (
        <section>
          <h3>Items, in the right order</h3>
          <PartList path={[...path, "items"]} one="item" blank={{ text: "" }}>
            {(at, index, part) => <WordsField label={`Item ${index + 1}`} path={typeof part === "string" ? at : [...at, "text"]} required rows={1} />}
          </PartList>
        </section>
      );
    default:
      return (
        <section>
          <h3>Pairs</h3>
          <PartList path={[...path, "pairs"]} one="pair" blank={{ left: "", right: "" }}>
            {(at) => (
              <div className="bw-row">
                <WordsField label="This" path={[...at, "left"]} required rows={1} />
                <WordsField label="belongs to" path={[...at, "right"]} required rows={1} />
              </div>
            )}
          </PartList>
          <LinesField label="More right sides that belong to nothing, one a line" path={[...path, "extra_right"]} />
        </section>
      );
  }
}

export function ReplyForm({ scene, path }: KindProps<"reply">): JSX.Element {
  return (
    <>
      <WordsField label="Prompt" path={[...path, "prompt"]} hint="What the learner is asked to write." />
      <CriteriaFields path={path} open keep="reply.criteria" />
      <section>
        <h3>Ways on, by the levels reached</h3>
        <PartList path={[...path, "branch"]} one="rule" blank={{ when: { all: [] } }}>
          {(at, index) => (
            <>
              <ConditionField path={[...at, "when"]} title={`Rule ${index + 1}: if`} required />
              <LeadsTo label="Leads to" scene={scene.id} way={`.branch[${index}].goto`} />
              <EffectsFields path={at} />
            </>
          )}
        </PartList>
        <LeadsTo label="Otherwise" scene={scene.id} way=".otherwise.goto" />
      </section>
      <SamplesFields scene={scene} path={path} ask="Which of these is nearest to what you wrote?" open keep="reply.samples" />
      <WrittenCounts path={path} counts={scene.counts} most="1200" />
    </>
  );
}

function daysInWords(stored: unknown): string {
  return Array.isArray(stored) ? stored.join(", ") : "";
}

function wordsToDays(text: string): number[] | undefined {
  const days = text.split(/[\s,;]+/).map(Number).filter((day) => Number.isInteger(day) && day >= 1 && day <= 365);
  return days.length > 0 ? days : undefined;
}

export function ReflectionForm({ scene, path }: KindProps<"reflection">): JSX.Element {
  return (
    <>
      <p className="bw-hint">Private: never shown to a coach without consent, never scored.</p>
      <PartList path={[...path, "prompts"]} one="prompt" blank={{ type: "journal", text: "" }}>
        {(at, index, part) => (
          <>
            <SelectField label="Type" path={[...at, "type"]} offered={[["journal", "a line to write"], ["goal", "a goal: if … then I will …"], ["ask_coach", "ask a coach"]]} />
            <WordsField label={`Prompt ${index + 1}`} path={[...at, "text"]} required />
            {part.type === "goal" && <LineField label="Remind after days" path={[...at, "remind_after_days"]} placeholder="7, 30" read={daysInWords} write={wordsToDays} />}
            {part.type === "ask_coach" && (
              <SeveralField
                label="Shared with the coach" path={[...at, "shares"]} add="Share an item"
                offered={[["transcript", "the conversation"], ...scene.prompts.filter((each) => each.type !== "ask_coach").map((each, i) => [each.id, shorten(each.text, 48) || `prompt ${i + 1}`] as const)]}
              />
            )}
          </>
        )}
      </PartList>
      <LeadsTo label="Leads to" scene={scene.id} way=".goto" />
      <TickField label="The learner is done here" path={[...path, "done"]} />
    </>
  );
}
