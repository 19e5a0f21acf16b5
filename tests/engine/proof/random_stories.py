"""Small random scenarios and random plays of them: conditions, loops, hubs, shared moments, routes, replies."""

from random import Random
from typing import Any

from scenario_engine.actions import Action, Answer, Choose, Continue, Judged, Write
from scenario_engine.codec import decode_raw
from scenario_engine.document import Decision, Ending, Question, Reply
from scenario_engine.play import advance, start
from scenario_engine.state import State
from scenario_engine.story import Story, compile_story


def random_story(seed: int) -> Story:
    """Return a story that can always be played to an ending from where it starts."""
    chance = Random(seed)
    names = [f"s{i}" for i in range(chance.randint(2, 5))]
    scenes = [_scene(chance, i, names) for i in range(len(names))]
    scenes += [
        {
            "id": f"end{i}",
            "kind": "ending",
            "outcome": outcome,
            **({"points": {"a": 1}} if chance.random() < 0.3 else {}),
        }
        for i, outcome in enumerate(("good", "mixed"))
    ]
    decoded = decode_raw(
        {
            "format": 1,
            "id": "random",
            "title": "Random",
            "competencies": {"a": {"title": "A"}, "b": {"title": "B"}},
            "scoring": {"retry_credit": chance.choice([0, 0.5, 1]), "weights": {"b": chance.choice([1, 0.5, 2])}},
            "variables": {"v": {"type": "number", "range": [0, 4], "start": 2}, "f": {"type": "flag"}},
            "facts": {"x": {"text": "x"}, "y": {"text": "y"}},
            "criteria": {"c": {"competency": "a", "points": 2, "anchors": ["0", "1", "2", "3", "4"]}},
            "scenes": scenes,
        }
    )
    assert decoded.scenario is not None, decoded.problems
    return compile_story(decoded.scenario)


def _scene(chance: Random, index: int, names: list[str]) -> dict[str, Any]:
    kind = chance.choices(["decision", "route", "question", "reply", "line"], [6, 2, 1, 1, 1])[0]
    onward = names[index + 1] if index + 1 < len(names) else "end0"
    own: dict[str, Any] = {"id": names[index], "kind": kind}
    if kind in ("decision", "question", "reply") and chance.random() < 0.3:
        own["moment"] = chance.choice(["m1", "m2"])
    if kind == "decision":
        hub = chance.random() < 0.2
        if hub:
            own |= {"counting": "collect", "moment": f"hub{index}"}
            own |= {"cap": chance.choice([1, 2])} if chance.random() < 0.5 else {}
        own["choices"] = [_choice(chance, index, i, names) for i in range(chance.randint(1, 3))]
        # The last choice is always there and leads on, so that no play gets stuck and every one can end.
        own["choices"].append({"id": f"on{index}", "text": "on", "goto": onward, "points": _points(chance)})
    elif kind == "route":
        own |= {
            "rules": [{"when": _condition(chance, names), "goto": _target(chance, index, names)}],
            "otherwise": onward,
        }
        if chance.random() < 0.4:
            own |= {"random": [{"goto": onward}, {"goto": _later(chance, index, names)}], "otherwise": ""}
    elif kind == "question":
        options = [{"id": "p", "text": "p", "credit": 1}, {"id": "q", "text": "q", "credit": chance.choice([0, 0.25])}]
        own |= {"type": "single", "competency": "b", "points": 2, "options": options, "goto": onward}
    elif kind == "reply":
        branch = [{"when": {"level": f"{names[index]}.c", "at_least": 3}, "add": {"v": 1}, "goto": onward}]
        own |= {"criteria": [{"use": "c"}], "counts": "yes", "branch": branch, "otherwise": {"goto": onward}}
    else:
        own["goto"] = onward
    return own


def _choice(chance: Random, index: int, number: int, names: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": f"c{index}_{number}",
        "text": "x",
        "goto": _target(chance, index, names),
        "points": _points(chance),
        "once": chance.random() < 0.5,
    }
    if chance.random() < 0.4:
        made["when"] = _condition(chance, names)
    if chance.random() < 0.5:
        made["add"] = {"v": chance.choice([-2, -1, 1, 2])}
    if chance.random() < 0.3:
        made["set"] = {"f": True}
    if chance.random() < 0.3:
        made["learn"] = [chance.choice("xy")]
    return made


def _points(chance: Random) -> dict[str, float]:
    return {name: chance.choice([-2, -1, -0.5, 0, 1, 2, 3]) for name in "ab" if chance.random() < 0.6}


def _target(chance: Random, index: int, names: list[str]) -> str:
    return chance.choice([*names[max(0, index - 2) :], "end1"])


def _later(chance: Random, index: int, names: list[str]) -> str:
    return chance.choice([*names[index + 1 :], "end1"])


def _condition(chance: Random, names: list[str]) -> dict[str, Any]:
    simple: list[dict[str, Any]] = [
        {"var": "v", "at_least": chance.randint(0, 4)},
        {"var": "f", "is": True},
        {"fact": chance.choice("xy")},
        {"visits": chance.choice(names), "at_least": chance.randint(1, 3)},
        {"chosen": f"c{chance.randrange(len(names))}_0"},
    ]
    one = chance.choice(simple)
    return one if chance.random() < 0.7 else {"any": [{"not": one}, chance.choice(simple)]}


def random_play(story: Story, seed: int, steps: int = 60) -> tuple[State, list[Action]]:
    """Return the state after playing at random until an ending or `steps` actions, and the actions."""
    chance = Random(seed)
    state = start(story, f"seed-{seed}")
    played: list[Action] = []
    while not state.graded_at and state.seq < steps:
        for action in _random_actions(chance, story, state):
            state = advance(story, state, action)
            played.append(action)
    return state, played


def _random_actions(chance: Random, story: Story, state: State) -> list[Action]:
    scene = story.scenes[state.scene]
    if state.stage == "reaction" or isinstance(scene, Ending):
        return [Continue()]
    if isinstance(scene, Decision):
        return [Choose(chance.choice(state.trail[-1].offered))]
    if isinstance(scene, Question):
        return [Answer([chance.choice(["p", "q"])])]
    if isinstance(scene, Reply):
        return [Write("Some words."), Judged({"c": chance.choice([None, 0, 1, 2, 3, 4])})]
    return [Continue()]
