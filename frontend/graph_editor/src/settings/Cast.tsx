// The people of the story, and their moods with a picture each.
import type { JSX } from "react";
import { useStore, useValue } from "../context";
import { setAt, type Path } from "../edits/paths";
import { freshId } from "../edits/ids";
import { SelectField } from "../fields/choices";
import { AddButton, NamedList } from "../fields/lists";
import { LineField, LinesField, WordsField } from "../fields/text";
import { MediaField } from "../fields/MediaField";
import { useDocument } from "../context";
import { castName } from "../inspector/BeatsEditor";

const MOODS = ["calm", "guarded", "upset", "relieved", "concerned", "angry"];

export function CastSettings(): JSX.Element {
  const document = useDocument();
  return (
    <NamedList path={["cast"]} one="person" prefix="person" blank={{ name: "New person" }} titleOf={(id) => castName(document, id)}>
      {(at) => <PersonFields path={at} />}
    </NamedList>
  );
}

export function PersonFields({ path }: { path: Path }): JSX.Element {
  const name = useValue([...path, "name"]);
  return (
    <>
      {typeof name === "object" && name !== null
        ? <LineField label="Shown while the name is not known" path={[...path, "name", "fallback"]} hint="The name is the learner's own." />
        : <LineField label="Name" path={[...path, "name"]} required />}
      <div className="bw-row">
        <LineField label="Role" path={[...path, "role"]} />
        <LineField label="Pronouns" path={[...path, "pronouns"]} />
        <SelectField label="Form of address" path={[...path, "address"]} absent="" offered={[["", "not said"], ["formal", "formal"], ["informal", "informal"]]} />
      </div>
      <WordsField label="Background" path={[...path, "background"]} />
      <LinesField label="Wants, one a line" path={[...path, "goals"]} />
      <WordsField label="Manner" path={[...path, "manner"]} rows={1} />
      <LinesField label="Never says or does, one a line" path={[...path, "limits"]} />
      <h4>Moods</h4>
      <Moods path={[...path, "moods"]} />
    </>
  );
}

function Moods({ path }: { path: Path }): JSX.Element {
  const store = useStore();
  const moods = Object.keys((useValue(path) ?? {}) as object);
  const add = (): void => {
    const wanted = MOODS.find((mood) => !moods.includes(mood)) ?? "mood";
    const id = freshId(wanted, new Set(moods), "mood");
    store.edit("adding a mood", (document) => setAt(document, [...path, id], { image: "" }));
  };
  return (
    <>
      {moods.map((mood) => (
        <fieldset key={mood} className="bw-mood">
          <legend>{mood}</legend>
          <MediaField label="Picture" path={[...path, mood, "image"]} altPath={[...path, mood, "alt"]} />
          <WordsField label="What the picture shows, in words" path={[...path, mood, "alt"]} rows={1} />
        </fieldset>
      ))}
      <AddButton label={moods.length === 0 ? "Add a mood (calm)" : "Add a mood"} onPress={add} />
    </>
  );
}
