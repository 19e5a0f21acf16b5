// Beats: who speaks in which mood, or narration; each may have a condition.
import type { JSX } from "react";
import { useDocument, useEditor, useValue } from "../context";
import type { Path } from "../edits/paths";
import { SelectField } from "../fields/choices";
import { PartList } from "../fields/lists";
import { WordsField } from "../fields/text";
import type { Beat, Document } from "../model";
import { ConditionField } from "./ConditionField";

export function castName(document: Document, id: string): string {
  const name = document.cast?.[id]?.name;
  return typeof name === "string" ? name : (name?.fallback ?? id);
}

export function BeatsEditor({ path, addLabel }: { path: Path; addLabel?: string }): JSX.Element {
  const beats = (useValue(path) ?? []) as Beat[];
  // A conversation goes back and forth: the next beat begins with whoever spoke last but one.
  const next = beats.at(-2)?.who ?? beats.at(-1)?.who;
  return (
    <PartList path={path} one="beat" addLabel={addLabel} blank={next ? { who: next, text: "" } : { text: "" }}>
      {(at) => <BeatFields path={at} />}
    </PartList>
  );
}

function BeatFields({ path }: { path: Path }): JSX.Element {
  const document = useDocument();
  const { media } = useEditor();
  const beat = (useValue(path) ?? {}) as Beat;
  const moods = beat.who ? Object.entries(document.cast?.[beat.who]?.moods ?? {}) : [];
  const picture = beat.mood ? media.urls.get(document.cast?.[beat.who ?? ""]?.moods?.[beat.mood]?.image ?? "") : undefined;
  return (
    <>
      <div className="bw-row">
        {picture && <img className="bw-thumb" src={picture} alt="" />}
        <SelectField label="Who" path={[...path, "who"]} absent="" offered={[["", "Narration"], ...Object.keys(document.cast ?? {}).map((id) => [id, castName(document, id)] as const)]} />
        {(moods.length > 0 || beat.mood) && <SelectField label="Mood" path={[...path, "mood"]} absent="" offered={[["", "no mood"], ...moods.map(([id]) => [id, id] as const)]} />}
      </div>
      <WordsField quiet label={beat.who ? `${castName(document, beat.who)} says` : "Narration"} path={[...path, "text"]} required />
      <ConditionField path={[...path, "when"]} title="Shown only if" />
    </>
  );
}
