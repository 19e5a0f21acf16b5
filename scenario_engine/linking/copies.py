"""A copy of a called scenario for one call: every name its own, except what the call shares."""

import hashlib
import re
from collections.abc import Mapping

import msgspec

from scenario_engine.cues import Patterns
from scenario_engine.document import Decision, Question, Scenario, Scene
from scenario_engine.document.base import NEXT_DRAWN, RETURN, Value
from scenario_engine.document.replies import ConditionalCue
from scenario_engine.document.scenes import Call
from scenario_engine.linking.names import Kind, rename_part
from scenario_engine.linking.wording import Rewording
from scenario_engine.texts import iter_texts, map_texts
from scenario_engine.worth import is_moment

MAX_ID = 64
MAX_MEDIA_KEY = 200
LEARNER = "you"
Names = Mapping[str, str]


class Origin(msgspec.Struct, frozen=True):
    """Where a text of a linked scenario came from: the scenario by its name in the library, its key there, its words.

    `rewordings` are what the text went through on its way, the first one first.
    """

    scenario: str
    key: str
    source: str
    rewordings: tuple[Rewording, ...] = ()


class Copy(msgspec.Struct, frozen=True):
    """A called scenario under new names. `own_variables` begin anew at each call, `given` are the values passed."""

    scenario: Scenario
    own_variables: set[str]
    shared_facts: set[str]
    given: dict[str, Value]
    origins: dict[str, Origin]
    media: dict[str, tuple[str, str]]


class Renaming:
    """The new name of everything in a called scenario."""

    def __init__(self, caller: Scenario, called: Scenario, place: str, call: Call) -> None:
        self._prefix = f"{place.replace('-', '_')}__"
        self._library_name = call.scenario
        self.media: dict[str, str] = {}
        self._shared: dict[Kind, Names] = {
            "variable": call.variables,
            "fact": call.facts,
            "competency": _joined_competencies(caller, called),
            "cast": {LEARNER: LEARNER},
        }

    def __call__(self, kind: Kind, name: str) -> str:
        if kind == "media":
            self.media[name] = new = _media_key(self._library_name, name)
            return new
        scene, _, part = name.partition(".")
        if kind == "goal":
            return f"{self.own(scene)}.{part}"
        if kind == "level":
            return f"{self.own(scene)}.{self.own(part)}"
        if name in (NEXT_DRAWN, RETURN):
            return name
        return self._shared.get(kind, {}).get(name) or self.own(name)

    def own(self, name: str) -> str:
        """Return the name that belongs to this call alone."""
        new = self._prefix + name
        if len(new) <= MAX_ID:
            return new
        return f"{new[: MAX_ID - 13]}_{hashlib.sha256(new.encode()).hexdigest()[:12]}"


def _joined_competencies(caller: Scenario, called: Scenario) -> Names:
    """Return the competencies of both that are one: those of the same shared id."""
    known = {each.uses: name for name, each in caller.competencies.items() if each.uses}
    return {name: known[each.uses] for name, each in called.competencies.items() if each.uses in known}


def _media_key(scenario: str, key: str) -> str:
    folder = re.sub(r"[^A-Za-z0-9_.\-]", "-", scenario).lstrip("._-") or "called"
    new = f"{folder}/{key}"
    if len(new) <= MAX_MEDIA_KEY:
        return new
    return f"called/{hashlib.sha256(new.encode()).hexdigest()}"


def copy_for(
    caller: Scenario,
    called: Scenario,
    place: str,
    call: Call,
    inside: tuple[dict[str, Origin], dict[str, tuple[str, str]]],
) -> Copy:
    """Return a copy of `called` for the call at the scene `place`; `inside` tells where its own calls came from."""
    rename = Renaming(caller, called, place, call)
    terms = {
        term: rename.own(term) for term, text in called.glossary.items() if caller.glossary.get(term, text) != text
    }
    slots = {**_renamed(rename, "variable", called.variables), **_renamed(rename, "cast", called.cast)}
    rewording = Rewording({old: new for old, new in slots.items() if old != new}, terms)
    renamed = _rename_scenario(called, rename, terms)
    keys = zip(iter_texts(called), iter_texts(renamed), strict=True)
    origins = {new: _origin(inside[0], call.scenario, old, source, rewording) for (old, source), (new, _) in keys}
    return Copy(
        scenario=map_texts(renamed, lambda _, text: rewording.of(text)),
        own_variables={rename("variable", each) for each in called.variables if each not in call.variables},
        shared_facts={rename("fact", each) for each in called.facts if each in call.facts},
        given={rename("variable", each): value for each, value in call.set.items()},
        origins=origins,
        media={new: inside[1].get(old, (call.scenario, old)) for old, new in rename.media.items()},
    )


def _origin(inside: Mapping[str, Origin], name: str, key: str, source: str, rewording: Rewording) -> Origin:
    before = inside.get(key) or Origin(name, key, source)
    return msgspec.structs.replace(before, rewordings=(*before.rewordings, rewording))


def _renamed(rename: Renaming, kind: Kind, names: Mapping[str, object]) -> dict[str, str]:
    return {name: rename(kind, name) for name in names}


def _rename_scenario(called: Scenario, rename: Renaming, terms: Names) -> Scenario:
    scoring = called.scoring
    scenes = [rename_part(_as_alone(scene, called), rename) for scene in called.scenes]
    return msgspec.structs.replace(
        called,
        start=rename("scene", called.start) if called.start else "",
        scenes=scenes,
        cast={rename("cast", name): rename_part(each, rename) for name, each in called.cast.items()},
        variables={rename("variable", name): each for name, each in called.variables.items()},
        facts={rename("fact", name): each for name, each in called.facts.items()},
        competencies={rename("competency", name): each for name, each in called.competencies.items()},
        criteria={rename("criterion", name): rename_part(each, rename) for name, each in called.criteria.items()},
        cues={rename("cue", name): _renamed_cue(each, rename) for name, each in called.cues.items()},
        glossary={terms.get(name, name): each for name, each in called.glossary.items()},
        scoring=msgspec.structs.replace(
            scoring, weights={rename("competency", name): each for name, each in scoring.weights.items()}
        ),
    )


def _renamed_cue(cue: Patterns, rename: Renaming) -> Patterns:
    if not isinstance(cue, ConditionalCue):
        return cue
    renamed: ConditionalCue = rename_part(cue, rename)
    return renamed


def _as_alone(scene: Scene, called: Scenario) -> Scene:
    """Return a scene that says itself what it took from the settings of its own scenario."""
    changes: dict[str, object] = {}
    if scene.retry_credit is None and is_moment(scene):
        changes["retry_credit"] = called.scoring.retry_credit
    if isinstance(scene, Decision | Question) and scene.feedback is None:
        changes["feedback"] = called.scoring.feedback
    return msgspec.structs.replace(scene, **changes) if changes else scene
