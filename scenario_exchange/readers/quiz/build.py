"""Quiz items to a scenario: one question scene after the other, then an ending."""

from __future__ import annotations

from collections import Counter
from typing import Any

from scenario_exchange.imported import Document, ImportRefused, Report, shortened
from scenario_exchange.readers.building import Draft, summary
from scenario_exchange.readers.naming import Names
from scenario_exchange.readers.quiz.gaps import Gap, gap_items, pairs_apart
from scenario_exchange.readers.quiz.items import QuizAnswer, QuizItem, QuizOption
from scenario_exchange.readers.quiz.worth import told_of_worth
from scenario_exchange.readers.wording import MAX_SHORT, MAX_TEXT, as_line, cut

_MAX_POINTS = 1_000.0
_MAX_NUMBER = 1_000_000.0
_MAX_TRIES = 20
_MAX_PARTS = 60_000
_KINDS = {"essay": "reply", "page": "page"}
Raw = dict[str, Any]


class QuizBuilder:
    """Collects the items of one quiz; `finish` gives the document."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.report: Report = draft.report
        self.competencies = Names("competency")
        self.titles: dict[str, str] = {}
        self.scenes: list[Raw] = []
        self.places: list[str] = []
        self.parts = 0

    def add(self, item: QuizItem) -> None:
        """Add an item."""
        place = item.place or item.name
        self._count(item, place)
        if item.kind == "matching" and len({right for _, right in item.pairs}) < len(item.pairs):
            for each in pairs_apart(item, self.report):
                self.add(each)
            return
        scene: Raw = {"id": self.draft.scene_ids.of(f"{len(self.scenes)} {item.name}", item.name), "title": item.name}
        scene["kind"] = _KINDS.get(item.kind, "question")
        scene["media"] = [_media(key, words) for key, words in item.media]
        scene["note"] = item.note
        text = self.draft.text(item.prompt, place)
        if item.kind == "page":
            scene["text"] = text
        elif item.kind == "essay":
            self._essay(scene, text, item, place)
        else:
            self._question(scene, text, item, place)
        self._tell(scene, item, place)
        self._append(scene, place)
        if item.feedback and not self._tell_with_answers(scene, item):
            name = self.draft.scene_ids.fresh(f"{scene['id'][:50]}_after")
            self._append({"id": name, "kind": "page", "text": self.draft.text(item.feedback, place)}, place)
            self.report.changed(place, "The feedback for the whole question stands on a page of its own after it.")

    def _count(self, item: QuizItem, place: str) -> None:
        self.parts += len(item.options) + len(item.answers) + len(item.pairs) + len(item.extra_right)
        if self.parts > _MAX_PARTS:
            told = f"The quiz has more than {_MAX_PARTS:,} options and answers."
            raise ImportRefused("import.too-large", told, "Split it.", place)

    def _append(self, scene: Raw, place: str) -> None:
        self.draft.peek.check_time()
        if len(self.scenes) >= self.draft.peek.limits.scenes:
            raise ImportRefused(
                "import.too-large",
                f"“{self.draft.title}” has more than {self.draft.peek.limits.scenes:,} scenes.",
                "Split it.",
            )
        self.scenes.append(scene)
        self.places.append(place)

    def _essay(self, scene: Raw, text: str, item: QuizItem, place: str) -> None:
        scene |= {"prompt": text, "counts": "practice"}
        if item.max_characters:
            scene["max_characters"] = max(20, min(4_000, item.max_characters))
        self.report.changed(
            place, "The essay became a reply without criteria: nothing is scored.", "Add criteria in the editor."
        )

    def _question(self, scene: Raw, text: str, item: QuizItem, place: str) -> None:
        points = max(0.0, min(_MAX_POINTS, item.points))
        if points != item.points:
            self.report.changed(place, f"{item.points:g} points were cut to {points:g}.")
        scene |= {"type": item.kind, "prompt": text, "points": points, "shuffle": item.shuffle}
        if not item.partial:
            scene["partial"] = False
        scene["competency"] = self._competency(item.category)
        hints = item.hints[: _MAX_TRIES - 1]
        scene["hints"] = [{"text": self.draft.text(hint, place)} for hint in hints]
        tries = max(1, min(_MAX_TRIES, max(item.tries, len(hints) + 1)))
        if tries > 1:
            # Where they come from a hint shows after a wrong try, and only the try costs: so it is here.
            scene |= {"tries": tries, "retry_credit": _share(1 - item.penalty)}
            told = f"{tries} tries; a further try costs {_share(item.penalty):.0%} of the points."
            free = " Its hints cost nothing, and may be taken before the first try." if hints else ""
            self.report.changed(place, told + free, "Check that this is meant.")
        if item.kind in ("single", "multiple"):
            scene["options"] = self._options(item, place)
        elif item.kind in ("numeric", "short_text"):
            scene["answers"] = [each for answer in item.answers if (each := self._answer(answer, item, place))]
            scene["no_match"] = self._no_match(item, place)
            scene["unit"] = {"text": item.unit} if item.unit and item.kind == "numeric" else None
        elif item.kind == "matching":
            scene["pairs"] = [{"left": left, "right": right} for left, right in item.pairs]
            scene["extra_right"] = [cut(each, MAX_SHORT) for each in item.extra_right]
        else:
            scene["items"] = [{"text": each} for each in item.ordered]

    def _no_match(self, item: QuizItem, place: str) -> Raw | None:
        words = {"feedback": self.draft.text(item.no_match, place)} if item.no_match else {}
        worth = {"credit": _share(item.no_match_share)} if item.no_match_share > 0 else {}
        return {**worth, **words} or None

    def _competency(self, category: str) -> str:
        title = as_line(category) or "Knowledge"
        name = self.competencies.of(title)
        self.titles[name] = title
        return name

    def _options(self, item: QuizItem, place: str) -> list[Raw]:
        if told := told_of_worth(item):
            self.report.changed(place, told, "Look at the points.")
        return [self._option(option, item.kind, place) for option in item.options]

    def _option(self, option: QuizOption, kind: str, place: str) -> Raw:
        worth = {"credit": _share(option.share)} if kind == "single" else {"right": option.share > 0}
        made: Raw = {"text": self.draft.text(option.text, place), **worth}
        return made | ({"feedback": self.draft.text(option.feedback, place)} if option.feedback else {})

    def _answer(self, answer: QuizAnswer, item: QuizItem, place: str) -> Raw | None:
        made: Raw = {"credit": _share(answer.share)}
        if answer.feedback:
            made["feedback"] = self.draft.text(answer.feedback, place)
        if item.kind == "numeric":
            if answer.value is None or max(abs(answer.value), abs(answer.tolerance)) > _MAX_NUMBER:
                self.report.dropped(place, f"The answer {answer.value} is no number that can be asked for.")
                return None
            return made | {"value": answer.value, "tolerance": abs(answer.tolerance)}
        if any("*" in word for word in answer.words):
            self.report.changed(
                place, "A star stands for any words where it comes from; here it is a star.", "List the wordings."
            )
        return made | {"any": [cut(word, MAX_SHORT) for word in answer.words]}

    def _tell(self, scene: Raw, item: QuizItem, place: str) -> None:
        """Give what is told after the right answer, and after others, to the answers; name it where it has no place."""
        if not (item.told_right or item.told_wrong):
            return
        if item.kind not in ("single", "numeric", "short_text"):
            for name, words in (("the right answer", item.told_right), ("other answers", item.told_wrong)):
                if words:
                    hint = "Say it on the page after it."
                    self.report.dropped(place, f"What is told after {name}: “{shortened(words)}”.", hint)
            return
        for each in [*scene.get("options", []), *scene.get("answers", [])]:
            _add_words(each, item.told_right if each["credit"] == 1 else item.told_wrong)
        if item.kind != "single" and item.told_wrong:
            scene["no_match"] = scene["no_match"] or {}
            _add_words(scene["no_match"], item.told_wrong)

    def _tell_with_answers(self, scene: Raw, item: QuizItem) -> bool:
        """Add feedback for the whole question to each answer, where answers have feedback."""
        if item.kind not in ("single", "numeric", "short_text"):
            return False
        for each in [*scene.get("options", []), *scene.get("answers", [])]:
            _add_words(each, item.feedback)
        if item.kind != "single":
            scene["no_match"] = scene["no_match"] or {}
            _add_words(scene["no_match"], item.feedback)
        return True

    def _tell_kept(self) -> None:
        by_place: dict[str, list[Raw]] = {}
        for scene, place in zip(self.scenes, self.places, strict=True):
            by_place.setdefault(place, []).append(scene)
        for place, scenes in by_place.items():
            self.report.kept(place, became(scenes))

    def finish(self) -> Document | None:
        """Return the document, or None when there was nothing to ask."""
        if not self.scenes:
            return None
        end = self.draft.scene_ids.fresh("end")
        targets = [*(each["id"] for each in self.scenes[1:]), end]
        for scene, following in zip(self.scenes, targets, strict=True):
            if scene["kind"] == "reply":
                scene["otherwise"] = {"goto": following}
            else:
                scene["goto"] = following
            self.draft.add(scene)
        self._tell_kept()
        self.draft.add({"id": end, "kind": "ending", "outcome": "good", "title": self.draft.title})
        if not any(scene.get("points") for scene in self.scenes):
            self.draft.head |= {"purpose": "practice", "scoring": {"grade": "completion"}}
        if self.titles:
            self.draft.head["competencies"] = {name: {"title": title} for name, title in self.titles.items()}
        others = sum(scene["kind"] != "question" for scene in self.scenes)
        questions = sum(scene["kind"] == "question" for scene in self.scenes)
        self.report.kept(
            self.draft.title,
            f"{_number(questions, 'question')} and {_number(others, 'other scene')}, in one quiz.",
        )
        self.report.changed(
            self.draft.title, "An ending was added after the last question.", "Write what the learner reads there."
        )
        return self.draft.finish()


def became(scenes: list[Raw]) -> str:
    """Return what a report says that one thing of the source became."""
    first, *rest = scenes
    if not rest:
        return summary(first)
    kinds = Counter(scene["kind"] for scene in scenes)
    return f"It became {' and '.join(_number(count, kind) for kind, count in kinds.items())}."


def _number(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _add_words(answer: Raw, words: str) -> None:
    joined = "\n\n".join(part for part in (answer.get("feedback", ""), words) if part)
    if joined:
        answer["feedback"] = cut(joined, MAX_TEXT)


def _share(value: float) -> float:
    return round(max(0.0, min(1.0, value)), 6) if value == value else 0.0


def _media(key: str, words: str) -> Raw:
    # Without words nobody said that it is decoration: the checks ask for them.
    return {"use": key, "alt": as_line(words)} if words else {"use": key}


def add_or_tell(builder: QuizBuilder, item: QuizItem) -> None:
    """Add an item if it can be asked; tell what it lacks otherwise."""
    place = item.place or item.name
    lacks = {
        "single": not item.options,
        "multiple": not item.options,
        "numeric": not item.answers,
        "short_text": not item.answers,
        "matching": len(item.pairs) < 1,
        "ordering": len(item.ordered) < 2,
    }.get(item.kind, False)
    if lacks:
        builder.report.dropped(
            place, f"The question “{shortened(item.name)}” has no answers to offer.", "Complete it where it comes from."
        )
    else:
        builder.add(item)


def add_gaps(builder: QuizBuilder, item: QuizItem, gaps: list[Gap]) -> None:
    """Add the questions of a text with gaps; tell when there is nothing to ask."""
    made = gap_items(item, gaps, builder.report)
    if not made:
        builder.report.dropped(
            item.place, f"“{shortened(item.name)}” has no gap with answers.", "Complete it where it comes from."
        )
    for each in made:
        add_or_tell(builder, each)
