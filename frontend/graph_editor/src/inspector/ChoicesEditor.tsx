// The choices of a decision, each with what answers it, what it earns and what it changes.
import type { JSX } from "react";
import { useDocument, useLooking, useStore } from "../context";
import { SelectField, TickField } from "../fields/choices";
import { Group } from "../fields/Group";
import { LeadsTo } from "../fields/LeadsTo";
import { AddButton, PartTools } from "../fields/lists";
import { WordsField } from "../fields/text";
import { sceneById, type Choice, type SceneOf } from "../model";
import { sceneName, shorten } from "../reading/words";
import { BeatsEditor } from "./BeatsEditor";
import { ConditionField } from "./ConditionField";
import { EffectsFields, PointsFields } from "./EffectsFields";
import { formatPath, type Path } from "../edits/paths";

export function ChoicesEditor({ scene, path }: { scene: SceneOf<"decision">; path: Path }): JSX.Element {
  const store = useStore();
  const choices = scene.choices ?? [];
  return (
    <section>
      <h3>Choices</h3>
      <ol className="bw-parts">
        {choices.map((choice, index) => (
          <li key={choice.id} className="bw-part bw-choice">
            <ChoiceFields scene={scene.id} choice={choice} path={[...path, "choices", index]} index={index} />
            <PartTools
              path={[...path, "choices"]} index={index} count={choices.length} one="choice"
              onDelete={() => store.deleteChoice([...path, "choices", index], choice.id, shorten(choice.text, 40))}
            />
          </li>
        ))}
      </ol>
      <AddButton label="Add a choice" onPress={() => store.addChoice(Number(path[1]))} />
    </section>
  );
}

interface ChoiceProps {
  scene: string;
  choice: Choice;
  path: Path;
  index: number;
}

function ChoiceFields({ scene, choice, path, index }: ChoiceProps): JSX.Element {
  const document = useDocument();
  const { reveal } = useLooking();
  const target = choice.goto ? sceneById(document, choice.goto) : undefined;
  const revealed = reveal.path.replace("$", "").startsWith(formatPath(path));
  const more = [choice.then?.length ? "reaction" : "", choice.feedback ? "feedback" : "", choice.better ? "better wording" : ""].filter(Boolean);
  return (
    <div className="bw-part__body" data-path={formatPath(path)}>
      <WordsField label={`Choice ${index + 1}`} path={[...path, "text"]} required />
      <LeadsTo label="Leads to" scene={scene} way={formatPath(["choices", index, "goto"])} />
      <Group title="What follows" aside={more.join(", ") || (target ? `goes straight to ${sceneName(target)}` : "nothing yet")} open={revealed || undefined}>
        <h4>The reaction</h4>
        <BeatsEditor path={[...path, "then"]} addLabel="Add a beat to the reaction" />
        <WordsField label="Feedback" path={[...path, "feedback"]} hint="About the words used, never about the person." />
        <WordsField label="A better way to say it" path={[...path, "better"]} />
      </Group>
      <PointsFields path={[...path, "points"]} />
      <EffectsFields path={path} />
      <ConditionField path={[...path, "when"]} title="Offered only if" />
      <Group title="Order and repeats" aside={[choice.once && "once", choice.pin && `pinned ${choice.pin}`].filter(Boolean).join(", ") || "as usual"}>
        <TickField label="Can be chosen once" path={[...path, "once"]} />
        <SelectField label="Place when shuffled" path={[...path, "pin"]} absent="" offered={[["", "anywhere"], ["first", "always first"], ["last", "always last"]]} />
      </Group>
    </div>
  );
}
