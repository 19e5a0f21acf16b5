"""Random scenarios of all nine kinds, and random players who know only what the view offers.

Every text names its scene ("scn3 …"), every cue, note and pattern says "hush": what leaks can be seen in the JSON.
"""

from random import Random
from typing import Any

from scenario_engine.actions import (
    Action,
    Answer,
    Arranged,
    CharacterSays,
    Choose,
    Clock,
    Continue,
    Hint,
    Judged,
    Leave,
    Reflect,
    Say,
    Stop,
    Tick,
    TimeUp,
    Write,
)
from scenario_engine.codec import decode_raw
from scenario_engine.document import Reply, Roleplay
from scenario_engine.state import State
from scenario_engine.story import Story, compile_story
from scenario_engine.view import view
from scenario_engine.views import QuestionView, View

KINDS = ("page", "line", "decision", "question", "reply", "roleplay", "reflection", "route")
QUESTIONS = ("single", "multiple", "numeric", "short_text", "ordering", "matching")
FACTS, MOODS, CUES = ("fa", "fb", "fc"), ("still", "angry", "glad"), ("hushed", "hushing", "hushable")
WORDS = ("hush", "Hush!", "hushes a lot", "sorry", "12,5", "why?", "no.", "é" * 20, "‘quoted’", "…", "ever and ever")
PRIVATE = "my own words"


def random_story(chance: Random) -> Story:
    """Return a story that can be played from its first scene; some of its ways on go round in circles."""
    return compile_story(decoded(random_document(chance)))


def decoded(raw: dict[str, Any]) -> Any:
    """Return the scenario in a raw document that must be sound."""
    found = decode_raw(raw)
    assert found.scenario is not None, found.problems
    return found.scenario


def random_document(chance: Random) -> dict[str, Any]:
    """Return a raw document with up to eight scenes of any kind and three endings."""
    count = chance.randint(2, 8)
    made = _Maker(chance, [f"scn{n}" for n in range(count)])
    scenes = [scene for n in range(count) for scene in made.scenes(n)]
    return {
        "format": 1,
        "id": "any",
        "title": "Any",
        "purpose": chance.choice(["coached", "assessment", "practice"]),
        "safety": {"can_stop": chance.random() < 0.8, "content_note": "Note.", **made.stopping()},
        "competencies": {"ca": {"title": "A", "uses": "x.y/a"}, "cb": {"title": "B"}},
        "scoring": made.scoring(),
        "cast": {
            "you": {"name": {"slot": "learner.first_name", "fallback": "you"}},
            "mia": {"name": "Mia", "moods": {mood: {"image": f"{mood}.svg", "alt": mood} for mood in MOODS}},
        },
        "variables": {
            "vn": {"type": "number", "range": [0, 4], "start": 2, "show": "meter", "words": [[0, "low"], [3, "high"]]},
            "vf": {"type": "flag"},
            "vc": {"type": "choice", "of": ["red", "blue"], "show": "words"},
        },
        "facts": {fact: {"text": f"Fact {fact}."} for fact in FACTS},
        "criteria": {
            "kr": {"competency": "ca", "points": 3, "anchors": ["0", "1", "2", "3", "4"], "forbidden": ["hush|sorry"]},
            "ks": {"competency": "cb", "points": 2, "anchors": ["0", "1", "2", "3", "4"]},
        },
        "cues": {CUES[0]: ["hush*"], CUES[1]: {"when": {"fact": "fa"}, "any": ["hushes (a )?lot|why"]}},
        "glossary": {"term": "A term."},
        "start": "scn0",
        "scenes": [*scenes, *made.endings()],
    }


class _Maker:
    def __init__(self, chance: Random, names: list[str]) -> None:
        self.chance, self.names = chance, names
        self.choices: list[str] = []

    def maybe(self, share: float = 0.5) -> bool:
        return self.chance.random() < share

    def stopping(self) -> dict[str, Any]:
        return {"if_stopped": {"text": "Fine.", "offer": "end_read"}} if self.maybe() else {}

    def scoring(self) -> dict[str, Any]:
        return {
            "grade": self.chance.choice(["best_path", "declared_max", "ending", "completion"]),
            "max": self.chance.choice([1, 7, 20]),
            "weights": {"cb": self.chance.choice([0, 0.5, 2])},
            "retry_credit": self.chance.choice([0, 0.5, 1]),
            "feedback": self.chance.choice(["at_once", "debrief"]),
            "show_points": self.chance.choice(["never", "debrief"]),
            "while_pending": self.chance.choice(["hold", "send_rest"]),
            "when_unfinished": self.chance.choice(["none", "score_so_far"]),
        }

    def endings(self) -> list[dict[str, Any]]:
        look = {"id": "look", "kind": "reflection", "prompts": [self.prompt("look", 0)], "done": True}
        made = [
            {
                "id": f"end_{outcome}",
                "kind": "ending",
                "outcome": outcome,
                "title": f"Ending {outcome}",
                "grade": self.chance.choice([0, 0.5, 1, "none"]),
                **({"points": {"ca": self.chance.choice([-1, 1])}} if self.maybe(0.3) else {}),
                **({"afterwards": "look"} if self.maybe() else {}),
            }
            for outcome in ("good", "poor", "read", "stopped")
        ]
        return [*made, look]

    def scenes(self, n: int) -> list[dict[str, Any]]:
        name, onward = self.names[n], self.names[n + 1] if n + 1 < len(self.names) else "end_good"
        kind = self.chance.choice(KINDS)
        own: dict[str, Any] = {"id": name, "kind": kind, "note": "hush, a note", "beats": self.beats(name)}
        if kind in ("decision", "question", "reply", "roleplay") and self.maybe(0.3):
            own["moment"] = self.chance.choice(["m1", "m2"])
        if self.maybe(0.2):
            own["retry_credit"] = self.chance.choice([0, 1])
        made: list[dict[str, Any]] = getattr(self, kind)(own, n, onward)
        return made

    def beats(self, name: str) -> list[dict[str, Any]]:
        made = [{"who": "mia", "mood": self.chance.choice(MOODS), "text": f"{name} beat. [[term]] {{vn, number}}"}]
        return [{**beat, **self.when()} for beat in made if self.maybe()]

    def when(self, share: float = 0.3) -> dict[str, Any]:
        return {"when": self.condition()} if self.maybe(share) else {}

    def condition(self, depth: int = 0) -> dict[str, Any]:
        simple: list[dict[str, Any]] = [
            {"var": "vn", "at_least": self.chance.randint(0, 4)},
            {"var": "vf", "is": self.maybe()},
            {"var": "vc", "is": "blue"},
            {"fact": self.chance.choice(FACTS)},
            {"visits": self.chance.choice(self.names), "at_least": self.chance.randint(1, 3)},
            {"chosen": f"{self.chance.choice(self.names)}_c0"},
            {"level": f"{self.chance.choice(self.names)}.kr", "at_least": 2},
            {"goal": f"{self.chance.choice(self.names)}.g0"},
            {"attempt": "number", "at_least": 2},
        ]
        if depth < 2 and self.maybe(0.3):
            inner = [self.condition(depth + 1) for _ in range(2)]
            return self.chance.choice([{"all": inner}, {"any": inner}, {"not": inner[0]}])
        return self.chance.choice(simple)

    def effects(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        if self.maybe():
            made["add"] = {"vn": self.chance.choice([-3, -1, 1, 2])}
        if self.maybe(0.3):
            made["set"] = self.chance.choice([{"vf": True}, {"vc": "blue"}, {"vn": 0}])
        if self.maybe(0.3):
            made["learn"] = [self.chance.choice(FACTS)]
        return made

    def target(self, n: int, onward: str) -> str:
        return onward if self.maybe(0.6) else self.chance.choice([*self.names, "end_poor", "end_read"])

    def points(self) -> dict[str, float]:
        return {name: self.chance.choice([-2, -0.5, 1, 3]) for name in ("ca", "cb") if self.maybe()}

    def page(self, own: dict[str, Any], n: int, onward: str) -> list[dict[str, Any]]:
        ways = [{"text": f"{own['id']} on", "goto": onward}, {"text": f"{own['id']} off", "goto": "end_read"}]
        return [{**own, "text": f"{own['id']} text", **({"choose": ways} if self.maybe() else {"goto": onward})}]

    def line(self, own: dict[str, Any], n: int, onward: str) -> list[dict[str, Any]]:
        return [{**own, "goto": onward}]

    def decision(self, own: dict[str, Any], n: int, onward: str) -> list[dict[str, Any]]:
        name = own["id"]
        choices = [self.choice(name, i, self.target(n, onward)) for i in range(self.chance.randint(1, 3))]
        choices.append({"id": f"{name}_on", "text": f"{name} on", "goto": onward, "points": self.points()})
        if self.maybe(0.3):
            own |= {"timed": {"seconds": 30, "on_timeout": f"{name}_c0", "learner_may_switch_off": self.maybe()}}
        if self.maybe(0.3) and "moment" not in own:
            own |= {"counting": "collect", **({"cap": 2} if self.maybe() else {})}
        return [{**own, "prompt": f"{name}?", "shuffle": self.maybe(), "choices": choices}]

    def choice(self, name: str, i: int, target: str) -> dict[str, Any]:
        return {
            "id": f"{name}_c{i}",
            "text": f"{name} says {i}",
            "goto": target,
            "once": self.maybe(0.3),
            "points": self.points(),
            **self.when(),
            **self.effects(),
            **({"then": [{"who": "mia", "text": f"{name} answer", **self.when()}]} if self.maybe() else {}),
            **({"feedback": f"{name} feedback", "better": f"{name} better"} if self.maybe() else {}),
        }

    def question(self, own: dict[str, Any], n: int, onward: str) -> list[dict[str, Any]]:
        name, kind = own["id"], self.chance.choice(QUESTIONS)
        own |= {
            "type": kind,
            "prompt": f"{name}?",
            "goto": onward,
            "competency": "ca",
            "points": 2,
            "tries": self.chance.randint(1, 3),
            "partial": self.maybe(0.7),
            "shuffle": self.maybe(),
            "hints": [{"text": f"{name} hint {i}", "cost": 0.25} for i in range(self.chance.randint(0, 2))],
            "counts": self.chance.choice(["yes", "yes", "confirmed", "practice"]),
            **({"confidence": "ask"} if self.maybe() else {}),
        }
        if kind in ("single", "multiple"):
            options = [
                {"text": f"{name} option {i}", "right": self.maybe(), "feedback": f"{name} so"} for i in range(3)
            ]
            own["options"] = [*options, {"text": f"{name} right", "right": True}]
        elif kind in ("numeric", "short_text"):
            answers = [{"value": 12.5, "tolerance": 0.5}] if kind == "numeric" else [{"any": ["Sorry", "hush"]}]
            no_match = {"credit": 0.25, "send_to_coach": self.maybe()}
            own |= {"answers": [{**answers[0], "feedback": f"{name} yes"}], "no_match": no_match}
            own |= {"unit": {"text": "{n, plural, one {minute} other {minutes}}"}} if kind == "numeric" else {}
        elif kind == "ordering":
            own["items"] = [{"id": f"itm{i}", "text": f"{name} item {i}"} for i in range(self.chance.randint(2, 5))]
        else:
            own["pairs"] = [{"id": f"par{i}", "left": f"{name} l{i}", "right": f"{name} r{i}"} for i in range(3)]
            own["extra_right"] = [f"{name} extra"] if self.maybe() else []
        return [own]

    def samples(self, name: str, target: str) -> dict[str, Any]:
        if self.maybe(0.3):
            return {}
        samples = [{"text": f"{name} sample {i}", "goto": target, **self.effects()} for i in range(2)]
        return {"if_not_assessed": {"ask": f"{name} nearest?", "samples": samples}}

    def reply(self, own: dict[str, Any], n: int, onward: str) -> list[dict[str, Any]]:
        name = own["id"]
        branch = [{"when": {"level": f"{name}.kr", "at_least": 3}, "goto": self.target(n, onward), **self.effects()}]
        own |= {
            "prompt": f"{name}?",
            "criteria": [{"use": "kr", "cues": {"family": ["hush, a cue"]}}, {"use": "ks"}],
            "counts": self.chance.choice(["yes", "confirmed", "practice"]),
            "branch": branch if self.maybe() else [],
            "otherwise": {"goto": onward, **self.effects()},
            "hide_criteria": self.maybe(0.3),
        }
        return [{**own, **self.samples(name, onward)}]

    def roleplay(self, own: dict[str, Any], n: int, onward: str) -> list[dict[str, Any]]:
        name = own["id"]
        cue = {"cue": self.chance.choice(CUES)}
        goals: list[dict[str, Any]] = [
            {"met_by": {"cue": self.chance.choice(CUES)}},
            {"met_by": {"released": ["fb"]}},
            {"met_by": {"learner": True}},
        ]
        events, called = self.events(name)
        own |= {
            "prompt": f"{name}?",
            "plays": {"learner": self.chance.choice(["you", "mia"]), "character": "mia", "present": ["you"]},
            "opening": [{"who": "mia", "text": f"{name} opens"}],
            "goals": [{"id": f"g{i}", "text": f"{name} goal {i}", **goal} for i, goal in enumerate(goals)],
            "cues": {CUES[2]: ["why|no"]} if self.maybe() else {},
            "releases": [{"fact": "fb", "on": cue}],
            "events": events,
            "lines": {mood: [f"{name} {mood} {i}" for i in range(self.chance.randint(0, 3))] for mood in MOODS},
            "ends": {"turns": self.chance.randint(1, 5), "learner_may_end_after": self.chance.randint(0, 2)},
            "criteria": [{"use": "kr"}] if self.maybe() else [],
            "counts": self.chance.choice(["yes", "confirmed", "practice"]),
            "exits": {"turns": onward, "learner": onward, "goals": onward, "stopped": "end_stopped"},
        }
        if self.maybe():
            own["ends"]["goals"] = self.chance.randint(1, 3)
        if self.maybe(0.7):
            moves = [{"from": a, "on": {"cue": self.chance.choice(CUES)}, "to": b} for a in MOODS for b in MOODS]
            own["moods"] = {"start": "still", "moves": self.chance.sample(moves, 4)}
        return [{**own, **self.samples(name, onward)}, *called]

    def events(self, name: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        if self.maybe(0.4):
            return [], []
        at = self.chance.choice([{"turn": 1}, {"turn": 2}, {"mood": "angry"}, {"turn": 1, "mood": "still"}])
        beats = [{"who": "mia", "text": f"{name} event"}] if self.maybe() else []
        if self.maybe():
            return [{"at": at, "beats": beats}], []
        inside = f"{name}_in"
        called = {"id": inside, "kind": "decision", "inside": name, "prompt": f"{name} inside?"}
        out = self.chance.choice(["return", "return", "end_poor"])
        choices = [self.choice(inside, 0, out), {"id": f"{inside}_on", "text": f"{name} back", "goto": "return"}]
        return [{"at": at, "beats": beats, "then": "decide", "decision": inside}], [{**called, "choices": choices}]

    def prompt(self, name: str, i: int) -> dict[str, Any]:
        return {"id": f"{name}_p{i}", "type": self.chance.choice(["journal", "goal"]), "text": f"{name} prompt {i}"}

    def reflection(self, own: dict[str, Any], n: int, onward: str) -> list[dict[str, Any]]:
        name = own["id"]
        asks = {"id": f"{name}_ask", "type": "ask_coach", "text": f"{name} ask", "shares": [f"{name}_p0", "transcript"]}
        return [{**own, "prompts": [self.prompt(name, 0), asks], "goto": onward}]

    def route(self, own: dict[str, Any], n: int, onward: str) -> list[dict[str, Any]]:
        kind = self.chance.randrange(4)
        if kind == 0:
            rules = [{"when": self.condition(), "goto": self.later(n), **self.effects()} for _ in range(2)]
            return [{**own, "rules": rules, "otherwise": onward}]
        if kind == 1:
            return [{**own, "random": [{"goto": onward, "chance": 2}, {"goto": self.later(n)}]}]
        if kind == 2:
            return [{**own, "otherwise": onward}]
        names = [f"{own['id']}_d{i}" for i in range(3)]
        draw = {"from": names, "count": self.chance.randint(1, 3), "then": onward}
        return [{**own, "draw": draw}, *({"id": each, "kind": "line", "goto": "next_drawn"} for each in names)]

    def later(self, n: int) -> str:
        return self.chance.choice([*self.names[n + 1 :], "end_good", "end_poor"])


def offered_actions(chance: Random, story: Story, state: State, shown: View) -> list[Action]:
    """Return actions that the view offers now, with any words; and those a host may record."""
    if shown.over:
        return []
    if state.awaits == "judgement":
        return [Judged(), Judged(_levels(chance, story, state))]
    if state.awaits == "character":
        words = chance.choice(WORDS)
        return [CharacterSays(), CharacterSays(words, mood="glad"), Arranged(voice=False)]
    found: list[Action] = [Choose(choice.id) for choice in shown.choices]
    if shown.can_continue:
        found.append(Continue())
    if shown.match is not None:
        found += [Choose(sample.id) for sample in shown.match.samples]
    if shown.question is not None:
        found += [_answer(chance, shown.question) for _ in range(2)]
        found += [Hint()] if shown.question.hints_left else []
    if shown.reply is not None:
        found.append(Write(chance.choice(WORDS)))
    found += _in_roleplay(chance, shown)
    for prompt in shown.prompts:
        shares = [share.id for share in prompt.shares if chance.random() < 0.5]
        found.append(Reflect(prompt.id, chance.choice([PRIVATE, ""]), shares))
    if shown.timer is not None:
        found += [Clock(on=shown.timer.is_off)] if shown.timer.may_switch_off else []
        found += [] if shown.timer.is_off else [TimeUp()]
    if shown.can_stop and chance.random() < 0.05:
        found.append(Stop())
    if not state.over and chance.random() < 0.1:
        found.append(Arranged(voice=chance.random() < 0.5, time_factor=chance.choice([None, 0, 2])))
    return found


def _levels(chance: Random, story: Story, state: State) -> dict[str, int | None]:
    scene = story.scenes[state.scene]
    assert isinstance(scene, Reply | Roleplay)
    return {use.use: chance.choice([None, 0, 1, 2, 3, 4]) for use in scene.criteria}


def _in_roleplay(chance: Random, shown: View) -> list[Action]:
    talk = shown.roleplay
    if talk is None or talk.inside or talk.ended or shown.stage != "scene":
        return []
    found: list[Action] = [Say(chance.choice([word for word in WORDS if word != "…"])) for _ in range(2)]
    found += [Tick(goal.id) for goal in talk.goals if goal.can_tick]
    return [*found, *([Leave()] if talk.can_leave else [])]


def _answer(chance: Random, question: QuestionView) -> Answer:
    confidence = chance.randint(0, 4) if question.asks_confidence else None
    ids = [option.id for option in question.options]
    value: Any = chance.choice(["hush", "Nothing", "sorry"])
    if question.type == "single":
        value = [chance.choice(ids)]
    elif question.type == "multiple":
        value = [each for each in ids if chance.random() < 0.5]
    elif question.type == "ordering":
        value = chance.sample(ids, len(ids))
    elif question.type == "matching":
        rights = chance.sample([option.id for option in question.right_side], len(ids))
        value = [[left, right] for left, right in zip(ids, rights, strict=True) if chance.random() < 0.8]
    elif question.type == "numeric":
        value = chance.choice([12.5, 12, "12.5", "-3", "0.001", 1e9])
    return Answer(value, confidence)


def pick_action(chance: Random, story: Story, state: State) -> Action | None:
    """Return one action that is offered now; None where play is over, or a draft's decision offers nothing."""
    offered = offered_actions(chance, story, state, view(story, state))
    return chance.choice(offered) if offered else None
