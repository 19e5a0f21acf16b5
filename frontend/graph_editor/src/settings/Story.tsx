// What the story remembers and reads for: variables, facts, criteria; and the glossary.
import type { JSX } from "react";
import { useDocument, useStore } from "../context";
import { setAt, type Path } from "../edits/paths";
import { SelectField, TickField } from "../fields/choices";
import { NamedList, PartList } from "../fields/lists";
import { LineField, LinesField, NumberField, WordsField } from "../fields/text";
import { competencyOffers } from "../inspector/kinds";
import type { Variable } from "../model";
import { shorten } from "../reading/words";

const BLANKS: Readonly<Record<Variable["type"], Variable>> = {
  number: { type: "number", range: [0, 10], start: 0 },
  flag: { type: "flag" },
  choice: { type: "choice", of: ["first"] },
};

export function VariableSettings(): JSX.Element {
  return (
    <NamedList path={["variables"]} one="variable" prefix="variable" blank={{ ...BLANKS.number }} titleOf={(id, value) => (value as Variable).label || id}>
      {(at, _, value) => <VariableFields path={at} variable={value as Variable} />}
    </NamedList>
  );
}

function VariableFields({ path, variable }: { path: Path; variable: Variable }): JSX.Element {
  const store = useStore();
  const retype = (to: Variable["type"]): void => {
    const { label, show } = variable;
    const kept = { ...(label ? { label } : {}), ...(show ? { show } : {}) };
    store.edit("changing the type", (document) => setAt(document, path, { ...BLANKS[to], ...kept }));
  };
  return (
    <>
      <LineField label="Label" path={[...path, "label"]} />
      <div className="bw-row">
        <label className="bw-field">
          <span className="bw-label">Type</span>
          <select disabled={store.readOnly} value={variable.type} onChange={(event) => retype(event.target.value as Variable["type"])}>
            <option value="number">a number</option>
            <option value="flag">yes or no</option>
            <option value="choice">one of several words</option>
          </select>
        </label>
        <SelectField label="Shown" path={[...path, "show"]} absent="hidden" offered={[["hidden", "hidden"], ["meter", "as a meter"], ["words", "in words"]]} />
      </div>
      {variable.type === "number" && (
        <>
          <div className="bw-row">
            <NumberField label="Lowest" path={[...path, "range", 0]} empty={0} />
            <NumberField label="Highest" path={[...path, "range", 1]} empty={0} />
            <NumberField label="Start" path={[...path, "start"]} placeholder="0" />
          </div>
          <WordsField
            label="Words of the meter, one a line" path={[...path, "words"]} hint="From which number on, then the word: 3 guarded"
            read={(stored) => (Array.isArray(stored) ? stored.map((pair) => (pair as unknown[]).join(" ")).join("\n") : "")}
            write={readMeterWords}
          />
        </>
      )}
      {variable.type === "flag" && <TickField label="Starts as yes" path={[...path, "start"]} />}
      {variable.type === "choice" && (
        <>
          <LinesField label="Values, one a line" path={[...path, "of"]} />
          <SelectField label="Start" path={[...path, "start"]} absent="" offered={[["", "the first"], ...variable.of.map((each) => [each, each] as const)]} />
        </>
      )}
    </>
  );
}

/** "3 guarded" a line, as pairs; lines without a number or a word are left out. */
export function readMeterWords(text: string): [number, string][] | undefined {
  const pairs = text.split("\n").flatMap((line): [number, string][] => {
    const match = /^\s*(-?\d+(?:\.\d+)?)\s*[:,]?\s+(.+?)\s*$/.exec(line);
    return match ? [[Number(match[1]), match[2] ?? ""]] : [];
  });
  return pairs.length > 0 ? pairs : undefined;
}

export function FactSettings(): JSX.Element {
  return (
    <NamedList path={["facts"]} one="fact" prefix="fact" blank={{ text: "" }} titleOf={(_, value) => shorten((value as { text?: string }).text ?? "", 48)}>
      {(at) => <WordsField label="What the learner comes to know" path={[...at, "text"]} required />}
    </NamedList>
  );
}

export function CriteriaSettings(): JSX.Element {
  const document = useDocument();
  const competencies = competencyOffers(document);
  const blank = { competency: competencies[0]?.[0] ?? "", points: 4, anchors: ["", "", "", "", ""] };
  return (
    <NamedList path={["criteria"]} one="criterion" prefix="criterion" blank={blank} titleOf={(id, value) => (value as { title?: string }).title || id}>
      {(at) => (
        <>
          <LineField label="Title" path={[...at, "title"]} />
          <div className="bw-row">
            <SelectField label="Competency" path={[...at, "competency"]} offered={competencies} />
            <NumberField label="Points at level 4" path={[...at, "points"]} min={0} empty={0} />
          </div>
          {[0, 1, 2, 3, 4].map((level) => (
            <WordsField key={level} label={`Level ${level}: what can be seen in the words`} path={[...at, "anchors", level]} required rows={1} />
          ))}
          <h4>A weak and a strong wording</h4>
          <PartList path={[...at, "pairs"]} one="pair" blank={{ weak: "", strong: "" }}>
            {(pair) => (
              <>
                <WordsField label="Weak" path={[...pair, "weak"]} required rows={1} />
                <WordsField label="Strong" path={[...pair, "strong"]} required rows={1} />
              </>
            )}
          </PartList>
          <LinesField label="Words that cap the level, one a line" path={[...at, "forbidden"]} />
        </>
      )}
    </NamedList>
  );
}

export function GlossarySettings(): JSX.Element {
  return (
    <NamedList path={["glossary"]} one="term" prefix="term" blank="" titleOf={(id) => id}>
      {(at) => <WordsField label="Meaning" path={at} required />}
    </NamedList>
  );
}
