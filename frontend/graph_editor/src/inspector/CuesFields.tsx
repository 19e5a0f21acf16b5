// Cue families: a name, and the wordings that point at it; a family may be looked for only while a condition holds.
import type { JSX } from "react";
import { useDocument, useStore, useValue } from "../context";
import { formatPath, setAt, type Path } from "../edits/paths";
import { SelectField } from "../fields/choices";
import { Group } from "../fields/Group";
import { AddButton, IconButton } from "../fields/lists";
import { AddNamed } from "../fields/AddNamed";
import { LinesField } from "../fields/text";
import type { Document, SceneOf } from "../model";
import { howMany } from "../reading/words";
import { ConditionField } from "./ConditionField";

type Family = string[] | { any?: string[]; when?: unknown };

interface Props {
  path: Path;
  /** Families that such a place commonly has: offered even while they are empty. */
  usual?: readonly string[];
}

export function Cues({ path, usual = [] }: Props): JSX.Element {
  const store = useStore();
  const cues = (useValue(path) ?? {}) as Record<string, Family>;
  const names = [...Object.keys(cues), ...usual.filter((name) => !(name in cues))];
  const remove = (name: string): void => {
    store.edit("deleting a cue", (now) => setAt(now, Object.keys(cues).length === 1 ? path : [...path, name], undefined));
    store.say(`Deleted the cue “${name}”.`, true);
  };
  return (
    <>
      {names.map((name) => (
        <FamilyFields key={name} name={name} family={cues[name]} path={[...path, name]} onRemove={name in cues && !store.readOnly ? () => remove(name) : undefined} />
      ))}
      <AddNamed label="Name of a new cue" button="Add the cue" fallback="cue" taken={names} onAdd={(name) => store.edit("adding a cue", (now) => setAt(now, [...path, name], []))} />
    </>
  );
}

function FamilyFields({ name, family, path, onRemove }: { name: string; family: Family | undefined; path: Path; onRemove?: () => void }): JSX.Element {
  const store = useStore();
  const plain = family === undefined || Array.isArray(family);
  const give = (): void => store.edit("changing a condition", (now) => setAt(now, path, { any: family }));
  return (
    <fieldset className="bw-mood" data-path={formatPath(path)}>
      <legend>{name}</legend>
      <LinesField
        label={`${name}: wordings, one a line`} path={plain ? path : [...path, "any"]} required
        hint="a|b for either, (…)? for what may be left out, * for any letters."
      />
      {plain ? family && <AddButton label="Look for it only while …" onPress={give} /> : <ConditionField path={[...path, "when"]} title="Looked for only if" />}
      {onRemove && <IconButton icon="remove" label={`Delete the cue ${name}`} onPress={onRemove} />}
    </fieldset>
  );
}

/** The cues that something in the role-play waits for; without wordings, only a model can hear them. */
function cuesWaitedFor(scene: SceneOf<"roleplay">): readonly string[] {
  const named = [...(scene.goals ?? []).map((goal) => goal.met_by.cue), ...(scene.releases ?? []).map((each) => each.on.cue), ...(scene.moods?.moves ?? []).map((move) => move.on.cue)];
  return [...new Set(named)].filter((name): name is string => Boolean(name));
}

/** Every cue that a role-play may name: its own, the scenario's, and those it names already. */
function cueNames(document: Document, scene: SceneOf<"roleplay">): readonly string[] {
  return [...new Set([...Object.keys(scene.cues ?? {}), ...Object.keys(document.cues ?? {}), ...cuesWaitedFor(scene)])];
}

export function CueSelect({ label, path, scene, absent }: { label: string; path: Path; scene: SceneOf<"roleplay">; absent?: string }): JSX.Element {
  const names = cueNames(useDocument(), scene).map((name) => [name, name] as const);
  return <SelectField label={label} path={path} absent={absent === undefined ? undefined : ""} offered={[...(absent === undefined ? [] : [["", absent] as const]), ...names]} />;
}

/** Cues that every role-play of the scenario may use. */
export function SharedCues(): JSX.Element {
  return (
    <>
      <p className="bw-hint">Wordings that any role-play here may listen for. A cue of the same name in a scene comes before.</p>
      <Cues path={["cues"]} />
    </>
  );
}

export function OwnCues({ path, scene }: { path: Path; scene: SceneOf<"roleplay"> }): JSX.Element {
  const { cues: shared = {} } = useDocument();
  const own = Object.keys(scene.cues ?? {});
  const open = cuesWaitedFor(scene).filter((name) => !own.includes(name) && !(name in shared));
  return (
    <Group title="Cues to listen for" aside={open.length > 0 ? `${open.length} without wording` : howMany(own.length, "cue")} path={path} keep="roleplay.cues">
      <Cues path={path} usual={open} />
    </Group>
  );
}
