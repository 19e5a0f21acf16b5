"""A scenario as plain screens with choices: what simpler formats can hold of it. Each simplification is told."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import msgspec

from scenario_engine.document import (
    Beat,
    Choice,
    Decision,
    Ending,
    Page,
    Question,
    Reflection,
    Reply,
    Roleplay,
    Route,
    Scenario,
    Scene,
)
from scenario_engine.document.base import NEXT_DRAWN, RETURN
from scenario_engine.messages import format_message
from scenario_exchange.imported import Report, shortened

CONTINUE = "Continue"


class ScreenWay(msgspec.Struct, kw_only=True):
    """A way on: what it says, where it leads, its points, and what is told after it was taken."""

    text: str
    target: str
    score: float = 0
    told: str = ""


class Screen(msgspec.Struct, kw_only=True):
    """One screen."""

    id: str
    title: str
    content: str
    ways: list[ScreenWay] = []
    hint: str = ""

    def go_on(self, target: str) -> None:
        """Add the one way on."""
        self.ways.append(ScreenWay(text=CONTINUE, target=target))


class Screens:
    """Turns the scenes of one scenario into screens."""

    def __init__(self, scenario: Scenario, report: Report) -> None:
        self.scenario = scenario
        self.report = report
        self.scenes = {scene.id: scene for scene in scenario.scenes}
        weights = scenario.scoring.weights
        self.weights = {key: weights.get(key, 1) for key in scenario.competencies}

    def reached(self, start: str) -> dict[str, Screen]:
        """Return the screens that can be reached, by id, the first one first."""
        found: dict[str, Screen] = {}
        todo = deque([self._shown(start)])
        while todo:
            name = todo.popleft()
            if name in found or name not in self.scenes:
                continue
            found[name] = self._screen(self.scenes[name])
            todo.extend(way.target for way in found[name].ways)
        return found

    def _screen(self, scene: Scene) -> Screen:
        title = scene.title or scene.id
        parts = [f"## {scene.title}"] if scene.title else []
        parts += self._beats(scene.beats, title)
        parts.append(self._text(getattr(scene, "text", "") or getattr(scene, "prompt", ""), title))
        screen = Screen(id=scene.id, title=title, content="\n\n".join(part for part in parts if part))
        self._add_ways(scene, screen)
        screen.ways = [way for way in screen.ways if self._leads_on(way, scene.id, title)]
        if scene.media or scene.audio:
            self.report.dropped(title, "Its pictures and sound.")
        return screen

    def _leads_on(self, way: ScreenWay, source: str, title: str) -> bool:
        way.target = self._shown(way.target, source)
        if way.target not in self.scenes:
            self.report.dropped(title, f"“{shortened(way.text)}” leads nowhere.")
        return way.target in self.scenes

    def _text(self, text: str, place: str) -> str:
        if "{" in text:
            self.report.changed(place, "Words that are filled in during play were fixed.")
        names = {"learner.first_name": "you"}
        return format_message(text, names, self.scenario.language)

    def _beats(self, beats: Sequence[Beat], place: str) -> list[str]:
        always = [beat for beat in beats if beat.when is None]
        if len(always) < len(beats):
            self.report.changed(place, "Lines that are said under a condition: only what is always said was kept.")
        kept = always or list(beats[:1])
        return [self._beat(beat, place) for beat in kept]

    def _beat(self, beat: Beat, place: str) -> str:
        text = self._text(beat.text, place)
        member = self.scenario.cast.get(beat.who or "")
        name = member.name if member and isinstance(member.name, str) else beat.who
        return f"**{name}:** {text}" if name else text

    def _add_ways(self, scene: Scene, screen: Screen) -> None:
        if isinstance(scene, Decision):
            screen.ways = [self._choice(choice, screen.title) for choice in scene.choices]
            if scene.timed:
                self.report.dropped(screen.title, "Its time limit.")
        elif isinstance(scene, Page) and scene.choose:
            screen.ways = [ScreenWay(text=each.text, target=each.goto) for each in scene.choose]
        elif isinstance(scene, Question) and scene.type == "single":
            screen.ways = [
                ScreenWay(
                    text=each.text, target=scene.goto, score=(each.credit or 0) * scene.points, told=each.feedback
                )
                for each in scene.options
            ]
            screen.hint = scene.hints[0].text if scene.hints else ""
        elif isinstance(scene, Ending):
            if scene.afterwards:
                self.report.dropped(screen.title, "What follows the ending.")
        else:
            self._add_simplified(scene, screen)

    def _add_simplified(self, scene: Scene, screen: Screen) -> None:
        kind = str(scene.__struct_config__.tag)
        if isinstance(scene, Reply | Roleplay) and scene.if_not_assessed:
            samples = scene.if_not_assessed.samples
            screen.ways = [ScreenWay(text=each.text, target=each.goto) for each in samples]
            self.report.changed(screen.title, f"The {kind} became a choice among its samples.")
        elif isinstance(scene, Reply):
            screen.go_on(scene.otherwise.goto)
            self.report.changed(screen.title, "The reply became a page: nothing is written there.")
        elif isinstance(scene, Roleplay):
            screen.content += "\n\n" + "\n\n".join(self._beats(scene.opening, screen.title))
            screen.go_on(scene.exits.goals or scene.exits.turns)
            self.report.changed(screen.title, "The role-play became a page with its opening.")
        elif isinstance(scene, Reflection):
            screen.content += "\n\n" + "\n\n".join(self._text(each.text, screen.title) for each in scene.prompts)
            if scene.goto:
                screen.go_on(scene.goto)
            self.report.changed(screen.title, "The journal became a page: nothing is written there.")
        else:
            if isinstance(scene, Question):
                self.report.changed(
                    screen.title, f"The {scene.type} question became a page: it cannot be answered there."
                )
            target = getattr(scene, "goto", "")
            if target:
                screen.go_on(target)

    def _choice(self, choice: Choice, place: str) -> ScreenWay:
        if choice.when or choice.once:
            self.report.changed(place, f"“{shortened(choice.text)}” is always offered: conditions do not exist there.")
        told = [*self._beats(choice.then, place), self._text(choice.feedback, place)]
        if choice.better:
            self.report.dropped(place, f"The better phrasing for “{shortened(choice.text)}”.")
        return ScreenWay(
            text=self._text(choice.text, place),
            target=choice.goto,
            score=sum(self.weights.get(key, 1) * value for key, value in choice.points.items()),
            told="\n\n".join(part for part in told if part),
        )

    def _shown(self, target: str, source: str = "") -> str:
        """Return the screen that a target leads to; of a route's ways one that leads on and does not end the story."""
        seen: set[str] = set()
        while target not in seen:
            seen.add(target)
            scene = self.scenes.get(target)
            if target in (NEXT_DRAWN, RETURN):
                return self._after_draw(target)
            if not isinstance(scene, Route):
                return target
            ways = [each for each in _ways(scene) if each in self.scenes and each not in (*seen, source)]
            onward = next((each for each in ways if not isinstance(self.scenes[each], Ending)), ways[0] if ways else "")
            place = scene.title or scene.id
            self.report.changed(place, f"The route always leads to “{onward}”: conditions do not exist there.")
            target = onward
        return ""

    def _after_draw(self, target: str) -> str:
        draws = [scene.draw for scene in self.scenario.scenes if isinstance(scene, Route) and scene.draw]
        then = draws[0].then if draws and target == NEXT_DRAWN else ""
        self.report.changed(target, "Of scenes drawn by chance only the first is shown there.")
        return then if then in self.scenes and not isinstance(self.scenes[then], Route) else ""


def _ways(route: Route) -> list[str]:
    """Return the ways of a route, the one for when nothing special happened first."""
    drawn = [arm.goto for arm in route.random] + (route.draw.from_ if route.draw else [])
    called = [route.call.otherwise, *route.call.ways.values()] if route.call else []
    return [each for each in [route.otherwise, *drawn, *called, *(rule.goto for rule in route.rules)] if each]
