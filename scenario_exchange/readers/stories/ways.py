"""Ways on of a passage: choices, and routes for what happens before it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scenario_exchange.imported import shortened
from scenario_exchange.readers.stories.pieces import Asks, Chance, Change, Jump, Link, spoken
from scenario_exchange.readers.stories.variables import opposite

if TYPE_CHECKING:
    from scenario_exchange.readers.stories.assemble import _Assembly as Assembly

Raw = dict[str, Any]
ALWAYS: Raw = {"attempt": "number", "at_least": 1}
MAX_CHOICES = 50


def decision(base: Raw, links: list[Link], of: Assembly, place: str) -> list[Raw]:
    """Return the scene that offers `links`: a page when there is one plain way, else a decision."""
    choices = [choice for link in links if (choice := _choice(base["id"], link, of, place)) is not None]
    if not choices:
        return [{"kind": "line", **base, "goto": ""}]
    (only, *others) = choices
    if not others and set(only) <= {"id", "text", "goto"}:
        return [{"kind": "page", **base, "choose": [{"text": only["text"], "goto": only["goto"]}]}]
    return _split({"kind": "decision", **base}, choices, of, place)


def _split(scene: Raw, choices: list[Raw], of: Assembly, place: str) -> list[Raw]:
    if len(choices) <= MAX_CHOICES:
        return [{**scene, "choices": choices}]
    of.report.changed(place, f"Its {len(choices)} choices are spread over several scenes.", "Group them.")
    scenes: list[Raw] = []
    while len(choices) > MAX_CHOICES:
        now, choices = choices[: MAX_CHOICES - 1], choices[MAX_CHOICES - 1 :]
        more = of.draft.scene_ids.fresh(f"{scene['id'][:52]}_more", f"more {scene['id']}")
        onward = {"id": of.draft.choice_id(scene["id"], "more"), "text": "…", "goto": more}
        scenes.append({**scene, "choices": [*now, onward]})
        scene = {"kind": "decision", "id": more, "title": scene.get("title", "")}
    return [*scenes, {**scene, "choices": choices}]


def _choice(scene_id: str, link: Link, of: Assembly, place: str) -> Raw | None:
    text = of.draft.text(of.filled(link.text, link.shown, place), place) or "…"
    when = of.when(link.when, place, link)
    if when is False:
        of.report.dropped(place, f"The choice “{shortened(spoken(link.text), 40)}” would never be offered.")
        return None
    choice: Raw = {
        "id": of.draft.choice_id(scene_id, link.text or link.target),
        "text": text,
        "goto": of.target(link.target, place, back=link.stays),
    }
    if isinstance(when, dict):
        choice["when"] = when
    if link.once:
        choice["once"] = True
    if link.reaction:
        choice["then"] = of.draft.beats(of.filled(link.reaction, link.said, place))
    effects = of.variables.effects(_unconditional(link, of, place), place)
    return choice | {name: value for name, value in effects.items() if value}


def _unconditional(link: Link, of: Assembly, place: str) -> list[Change]:
    for change in link.changes:
        if change.when is not None:
            what = f"“{shortened(change.source)}” of the choice “{shortened(spoken(link.text), 40)}” has a condition."
            of.report.dropped(place, what, "Set it by hand, in a route after the choice.")
    return [change for change in link.changes if change.when is None]


def routes_before(scene_id: str, shown: str, pieces: list[Any], of: Assembly, place: str) -> list[Raw]:
    """Return the routes that make a passage's changes and jumps before it shows, the first one with its id."""
    steps = _steps(pieces, of, place)
    names = [scene_id] + [
        of.draft.scene_ids.fresh(f"{scene_id[:52]}_then", f"then {index} {scene_id}") for index in range(1, len(steps))
    ]
    if not steps:
        return [{"kind": "route", "id": scene_id, "otherwise": shown}]
    routes = []
    for name, after, (rules, target) in zip(names, [*names[1:], shown], steps, strict=True):
        goto = target if target is not None else after
        told = [{"when": when, **effects, "goto": goto} for when, effects in rules]
        routes.append({"kind": "route", "id": name, "rules": told, "otherwise": after})
    return routes


# What happens on the way in: rules of (condition, effects), the first that holds, and where to when it is not onward.
Step = tuple[list[tuple[Any, Raw]], str | None]


def _steps(pieces: list[Any], of: Assembly, place: str) -> list[Step]:
    """Return what happens on the way in, in order."""
    steps: list[Step] = []
    waiting: list[Change] = []

    def flush() -> None:
        if waiting:
            when = of.variables.condition(waiting[0].when)
            effects = {k: v for k, v in of.variables.effects(waiting, place).items() if v} if when is not None else {}
            if effects and when is not False:
                steps.append(([(when if isinstance(when, dict) else dict(ALWAYS), effects)], None))
            for change in waiting if when is None else ():
                of.report.dropped(place, f"“{shortened(change.source)}” was not converted: its condition is not.")
            waiting.clear()

    for piece in pieces:
        if isinstance(piece, Change):
            if waiting and waiting[0].when != piece.when:
                flush()
            waiting.append(piece)
        elif isinstance(piece, Asks):
            for claim, asked in of.asked.items():
                if claim.key == piece.key:
                    flush()
                    flag = of.variables.flag_of(claim)
                    no = opposite(asked)
                    steps.append(([(asked, {"set": {flag: True}}), (no, {"set": {flag: False}})], None))
        elif isinstance(piece, Jump | Chance) and piece.when is not None:
            flush()
            when = of.variables.condition(piece.when)
            if isinstance(when, dict) or when is True:
                target = of.way_on(piece, of.ids[place], place)
                steps.append(([(when if isinstance(when, dict) else dict(ALWAYS), {})], target))
            elif when is None:
                names = " or ".join(f"“{shortened(name)}”" for name in of.targets_of(piece))
                what = f"It goes on to {names} on a condition that was not converted."
                of.report.dropped(place, what, "Draw the way on.")
    flush()
    return steps
