"""Small random scenarios that use everything at once: hubs, draws, time-outs, attempts, questions, words, role-plays."""

from random import Random
from typing import Any

from scenario_engine.codec import decode_raw
from scenario_engine.story import Story, compile_story

Parts = dict[str, Any]
KINDS = {"decision": 6, "route": 2, "question": 2, "reply": 1.5, "line": 0.5, "page": 1, "roleplay": 1.5, "draw": 1}


def wide_story(seed: int) -> Story:
    """Return a random story; every scene has a way on that is always open."""
    decoded = decode_raw(_Writer(seed).scenario())
    assert decoded.scenario is not None, decoded.problems
    return compile_story(decoded.scenario)


class _Writer:
    def __init__(self, seed: int) -> None:
        self._chance = chance = Random(seed)
        self._loops = chance.random() < 0.5
        self._kinds = chance.choices(list(KINDS), list(KINDS.values()), k=chance.randint(2, 3))
        self._names = [f"s{i}" for i in range(len(self._kinds))]
        self._spoken = [n for n, kind in zip(self._names, self._kinds, strict=True) if kind in ("reply", "roleplay")]
        self._more: list[Parts] = []

    def scenario(self) -> Parts:
        chance = self._chance
        scenes = [self._scene(place) for place in range(len(self._names))]
        anchors = list("01234")
        warm: Parts = {"competency": "a", "points": 2, "anchors": anchors}
        return {
            "format": 1,
            "id": "wide",
            "title": "Wide",
            "competencies": {"a": {"title": "A"}, "b": {"title": "B"}},
            "scoring": {
                "retry_credit": chance.choice([0, 0.25, 0.5, 1]),
                "weights": {"b": chance.choice([0, 0.5, 1, 2])},
                "feedback": chance.choice(["at_once", "debrief"]),
                "while_pending": "send_rest",
            },
            "variables": {"v": {"type": "number", "range": [0, 3], "start": 1}, "f": {"type": "flag"}},
            "facts": {"x": {"text": "x"}, "y": {"text": "y"}},
            "cast": {"you": {"name": "Y"}, "ann": {"name": "A"}},
            "criteria": {"c": warm | ({"forbidden": ["bad"]} if self._may(0.5) else {})},
            "scenes": [*scenes, self._ending("end0", "good"), self._ending("end1", "mixed"), *self._more],
        }

    def _ending(self, name: str, outcome: str) -> Parts:
        points = self._points() if self._may(0.3) else {}
        shared = {"moment": "m1"} if points and self._may(0.2) else {}
        return {"id": name, "kind": "ending", "outcome": outcome, "points": points, **shared}

    def _may(self, share: float) -> bool:
        return self._chance.random() < share

    def _onward(self, place: int) -> str:
        return self._names[place + 1] if place + 1 < len(self._names) else "end0"

    def _anywhere(self, place: int) -> str:
        first = max(0, place - 2) if self._loops else place + 1
        return self._chance.choice([*self._names[first:], "end0", "end1"])

    def _points(self) -> Parts:
        return {name: self._chance.choice([-2, -1, -0.5, 0, 1, 2, 3]) for name in "ab" if self._may(0.6)}

    def _condition(self) -> Parts:
        chance = self._chance
        how, number = chance.choice(["at_least", "at_most", "is"]), chance.randint(0, 3)
        simple: list[Parts] = [
            {"var": "v", how: number},
            {"var": "f", "is": self._may(0.7)},
            {"fact": chance.choice("xy")},
            {"visits": chance.choice(self._names), how: min(number, 2)},
            {"chosen": f"c{chance.randrange(len(self._names))}_0"},
            {"attempt": "number", how: max(number, 1)},
            *({"level": f"{name}.c", how: number} for name in self._spoken),
        ]
        one, other = chance.choice(simple), chance.choice(simple)
        return chance.choice([one, one, {"not": one}, {"all": [one, other]}, {"any": [{"not": one}, other]}])

    def _effects(self) -> Parts:
        found: Parts = {"add": {"v": self._chance.choice([-2, -1, 1, 2])}} if self._may(0.4) else {}
        found |= {"set": self._chance.choice([{"f": True}, {"f": False}, {"v": 2}])} if self._may(0.25) else {}
        return found | ({"learn": [self._chance.choice("xy")]} if self._may(0.25) else {})

    def _choices(self, name: str, targets: list[str], onward: str) -> list[Parts]:
        made: list[Parts] = []
        for number in range(self._chance.randint(1, 3)):
            own: Parts = {
                "id": f"{name}_{number}",
                "text": "x",
                "goto": self._chance.choice(targets),
                "points": self._points(),
            }
            own |= {"once": True} if self._may(0.4) else {}
            own |= {"when": self._condition()} if self._may(0.4) else {}
            made.append(own | self._effects())
        return [*made, {"id": f"{name}_on", "text": "on", "goto": onward, "points": self._points()}]

    def _counting(self) -> Parts:
        found: Parts = {"retry_credit": self._chance.choice([0, 0.5, 1])} if self._may(0.1) else {}
        extra: Parts = self._chance.choice(
            [{"moment": "m1"}, {"moment": "m2"}, {"bonus": True}, {"counts": "practice"}]
        )
        return found | (extra if self._may(0.4) else {})

    def _scene(self, place: int) -> Parts:
        kind, name, onward = self._kinds[place], self._names[place], self._onward(place)
        own: Parts = {"id": name, "kind": kind}
        if kind == "decision":
            return own | self._decision(place)
        if kind == "question":
            return own | self._counting() | self._question(onward)
        if kind == "page" and self._may(0.7):
            ways = {"near": onward, "far": self._anywhere(place)}
            return own | {"choose": [{"id": way, "text": way, "goto": to} for way, to in ways.items()]}
        if kind in ("page", "line"):
            return own | {"goto": onward}
        if kind == "reply":
            return own | self._reply(place)
        if kind == "roleplay":
            return own | self._roleplay(place)
        return own | {"kind": "route"} | (self._draw(name, onward) if kind == "draw" else self._route(place))

    def _decision(self, place: int) -> Parts:
        targets = [self._anywhere(place) for _ in range(2)]
        own: Parts = {}
        if self._may(0.25):
            own = {"counting": "collect"} | ({"cap": self._chance.choice([0, 1, 2])} if self._may(0.5) else {})
            targets += [self._names[place]] * 2 if self._loops else []
        else:
            own = self._counting()
        own["choices"] = self._choices(f"c{place}", targets, self._onward(place))
        if self._may(0.2):
            own["timed"] = {"seconds": 9, "on_timeout": self._chance.choice(own["choices"])["id"]}
        return own

    def _route(self, place: int) -> Parts:
        rule = {"when": self._condition(), "goto": self._anywhere(place)} | self._effects()
        if self._may(0.4):
            return {"rules": [rule], "random": [{"goto": self._onward(place)}, {"goto": "end1", "chance": 2}]}
        return {"rules": [rule], "otherwise": self._onward(place)}

    def _draw(self, name: str, onward: str) -> Parts:
        pool = [f"{name}_{number}" for number in range(self._chance.randint(2, 3))]
        for each in pool:
            if self._may(0.7):
                extra = self._chance.choice([{"bonus": True}, {"counts": "practice"}]) if self._may(0.2) else {}
                self._more.append({"id": each, "kind": "question"} | extra | self._question("next_drawn"))
            else:
                choices = self._choices(each, ["next_drawn"], "next_drawn")
                self._more.append({"id": each, "kind": "decision", "choices": choices})
        return {"draw": {"from": pool, "count": self._chance.randint(1, len(pool)), "then": onward}}

    def _question(self, onward: str) -> Parts:
        chance = self._chance
        kind = chance.choice(["single", "multiple", "numeric", "short_text", "ordering", "matching"])
        share = chance.choice([0, 0.25, 0.5])
        parts: dict[str, Parts] = {
            "single": {"options": [{"id": each, "text": each, "credit": c} for each, c in (("p", 1), ("q", share))]},
            "multiple": {"options": [{"id": each, "text": each, "right": each != "q"} for each in "pqr"]},
            "numeric": {"answers": [{"value": 9, "tolerance": 2, "credit": 0.5}, {"value": chance.choice([8, 99])}]},
            "short_text": {"answers": [{"any": ["yes"], "credit": share}, {"any": ["so"], "credit": 0.25}]},
            "ordering": {"items": ["one", "two", "three"]},
            "matching": {"pairs": [{"left": "l", "right": "r"}, {"left": "m", "right": "s"}]},
        }
        own = {"type": kind, "competency": chance.choice("ab"), "points": 2, "goto": onward, **parts[kind]}
        own |= {"no_match": {"credit": 0.75}} if kind in ("numeric", "short_text") and self._may(0.5) else {}
        own |= {"hints": [{"text": "h", "cost": chance.choice([0, 0.5, 1])}]} if self._may(0.3) else {}
        return own | {"tries": chance.choice([1, 2])} | ({"partial": False} if self._may(0.2) else {})

    def _reply(self, place: int) -> Parts:
        level = {"level": f"{self._names[place]}.c", "at_least": self._chance.randint(1, 4)}
        rules = [{"when": level, "goto": self._anywhere(place)} | self._effects()] if self._may(0.7) else []
        own: Parts = {"criteria": [{"use": "c"}], "counts": self._chance.choice(["yes", "confirmed"]), "branch": rules}
        own["otherwise"] = {"goto": self._onward(place)} | self._effects()
        return self._counting() | own | self._samples(place)

    def _samples(self, place: int) -> Parts:
        ways = [{"id": f"n{place}", "text": "s", "goto": self._anywhere(place)} | self._effects()]
        return {"if_not_assessed": {"samples": ways}} if self._may(0.4) else {}

    def _roleplay(self, place: int) -> Parts:
        """Return a role-play on which the search is exact: one goal that nothing else needs, and one event at the first turn."""
        chance, name, onward = self._chance, self._names[place], self._onward(place)
        turns = chance.randint(1, 2)
        own: Parts = {
            "plays": {"learner": "you", "character": "ann"},
            "lines": {"any": ["Hm."]},
            "cues": {"one": ["foo"], "two": ["bar"]},
            "goals": [
                {
                    "id": "g",
                    "text": "g",
                    "met_by": {"learner": True} if turns == 2 and self._may(0.5) else {"cue": "two"},
                }
            ],
            "releases": [{"fact": "x", "on": {"cue": "one"}}],
            "ends": {"turns": turns, "learner_may_end_after": chance.randint(0, 2)},
            "exits": {
                "turns": onward,
                "learner": self._anywhere(place),
                "goals": self._anywhere(place),
                "stopped": "end1",
            },
            "counts": chance.choice(["yes", "confirmed", "practice"]),
        }
        own["ends"] |= {"goals": 1} if self._may(0.5) else {}
        own |= {"criteria": [{"use": "c"}]} if self._may(0.6) else {}
        if self._may(0.5):
            own["events"] = [{"at": {"turn": 1}, "then": "decide", "decision": f"{name}_in"}]
            choices = self._choices(f"{name}_in", ["return", self._anywhere(place)], "return")
            self._more.append({"id": f"{name}_in", "kind": "decision", "inside": name, "choices": choices})
        return own | self._samples(place)
