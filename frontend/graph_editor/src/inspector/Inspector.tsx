// The pane of one scene: its head, the form of its kind, and what any scene may carry.
import type { JSX } from "react";
import { useDocument, useEditor, useLooking } from "../context";
import { type Path } from "../edits/paths";
import { SelectField, TickField } from "../fields/choices";
import { Group } from "../fields/Group";
import { IconButton, PartList } from "../fields/lists";
import { MediaField } from "../fields/MediaField";
import { LineField, NumberField, WordsField } from "../fields/text";
import { Icon } from "../icons";
import { indexOfScene, scenesOf, startOf, type Scene } from "../model";
import { KIND_HINTS, KIND_WORDS, howMany, sceneName } from "../reading/words";
import { BeatsEditor } from "./BeatsEditor";
import { offersFor } from "./ConditionField";
import { DecisionForm, EndingForm, LineForm, PageForm, RouteForm } from "./kinds";
import { QuestionForm, ReflectionForm, ReplyForm } from "./asking";
import { RoleplayForm } from "./RoleplayForm";
import { PreservedScene } from "./PreservedScene";

export function Inspector(): JSX.Element {
  const document = useDocument();
  const { scene: id } = useLooking();
  const index = indexOfScene(document, id);
  const scene = scenesOf(document)[index];
  if (!scene) {
    return <p className="bw-empty">{scenesOf(document).length > 0 ? "Choose a scene in the graph or the outline." : "Add a first scene to begin."}</p>;
  }
  return <SceneForm key={scene.id} scene={scene} index={index} />;
}

function SceneForm({ scene, index }: { scene: Scene; index: number }): JSX.Element {
  const path: Path = ["scenes", index];
  const beats = scene.kind !== "route";
  return (
    <div className="bw-form" data-path={`.scenes[${index}]`}>
      <SceneHead scene={scene} />
      <LineField label="Title" path={[...path, "title"]} placeholder="For you and the debrief" />
      {beats && (
        <Group title="Beats" aside={howMany(scene.beats?.length, "beat")} open={scene.kind === "line" || (scene.beats?.length ?? 0) > 0 ? true : undefined} path={[...path, "beats"]}>
          <BeatsEditor path={[...path, "beats"]} />
        </Group>
      )}
      <KindForm scene={scene} path={path} />
      <Group title="Pictures, sound, film" aside={howMany(scene.media?.length, "file")} path={[...path, "media"]}>
        <MediaList path={[...path, "media"]} />
      </Group>
      <Group title="Scoring moment" aside={scene.moment ? `shared with ${scene.moment}` : scene.bonus ? "bonus" : "its own"}>
        <MomentFields scene={scene} path={path} />
      </Group>
      <Group title="Note for authors" aside={scene.note ? "written" : "none"}>
        <WordsField quiet label="Note for authors" path={[...path, "note"]} hint="Never shown to learners." />
      </Group>
    </div>
  );
}

function SceneHead({ scene }: { scene: Scene }): JSX.Element {
  const { store, host } = useEditor();
  const document = useDocument();
  const isStart = startOf(document) === scene.id;
  return (
    <header className="bw-scenehead">
      <h2>
        <Icon name={KIND_WORDS[scene.kind] ? scene.kind : "note"} /> {KIND_WORDS[scene.kind] ?? scene.kind}
        <code>{scene.id}</code>
      </h2>
      <div className="bw-scenehead__tools">
        {host.can("play") && (
          <button type="button" className="bw-button bw-button--small" onClick={() => store.play(scene.id)}>
            <Icon name="start" /> Play from here
          </button>
        )}
        {isStart ? <span className="bw-badge">The start</span> : !store.readOnly && <button type="button" className="bw-quiet" onClick={() => store.setStart(scene.id)}>Start here</button>}
        {!store.readOnly && (
          <>
            <IconButton icon="copy" label={`Duplicate ${sceneName(scene)}`} onPress={() => store.duplicateScene(scene.id)} />
            <IconButton icon="remove" label={`Delete ${sceneName(scene)}`} onPress={() => store.deleteScenes([scene.id])} />
          </>
        )}
      </div>
      <p className="bw-hint">{KIND_HINTS[scene.kind] ?? "A kind this editor does not know. It is kept as it is."}</p>
    </header>
  );
}

function KindForm({ scene, path }: { scene: Scene; path: Path }): JSX.Element {
  switch (scene.kind) {
    case "page":
      return <PageForm scene={scene} path={path} />;
    case "line":
      return <LineForm scene={scene} path={path} />;
    case "decision":
      return <DecisionForm scene={scene} path={path} />;
    case "question":
      return <QuestionForm scene={scene} path={path} />;
    case "reply":
      return <ReplyForm scene={scene} path={path} />;
    case "roleplay":
      return <RoleplayForm scene={scene} path={path} />;
    case "route":
      return <RouteForm scene={scene} path={path} />;
    case "ending":
      return <EndingForm scene={scene} path={path} />;
    case "reflection":
      return <ReflectionForm scene={scene} path={path} />;
    default:
      return <PreservedScene scene={scene} />;
  }
}

function MediaList({ path }: { path: Path }): JSX.Element {
  return (
    <PartList path={path} one="file" blank={{ use: "" }}>
      {(at, _, part) => (
        <>
          <MediaField label="File" path={[...at, "use"]} accept="*/*" altPath={[...at, "alt"]} />
          {part.decorative !== true && <WordsField label="What it shows, in words" path={[...at, "alt"]} rows={1} />}
          <TickField label="Only decoration" path={[...at, "decorative"]} />
          <WordsField label="Caption" path={[...at, "caption"]} rows={1} />
          <WordsField label="Transcript" path={[...at, "transcript"]} rows={2} />
        </>
      )}
    </PartList>
  );
}

function MomentFields({ scene, path }: { scene: Scene; path: Path }): JSX.Element {
  const document = useDocument();
  const others = offersFor("visits", document).filter(([id]) => id !== scene.id);
  const inside = scenesOf(document).filter((each) => each.kind === "roleplay").map((each) => [each.id, sceneName(each)] as const);
  return (
    <>
      <SelectField label="This is another try at" path={[...path, "moment"]} absent="" offered={[["", "nothing: a moment of its own"], ...others]} hint="A repair after a bad start is a later try at the same moment." />
      <TickField label="Bonus: counts, and is not needed for full marks" path={[...path, "bonus"]} />
      <NumberField label="Credit of a later try, 0 to 1" path={[...path, "retry_credit"]} min={0} max={1} step={0.05} placeholder="as the scenario" />
      {inside.length > 0 && <SelectField label="Inside a role-play" path={[...path, "inside"]} absent="" offered={[["", "no"], ...inside]} />}
    </>
  );
}
