"""Quiz items to a scenario: one question scene after the other, then an ending."""

from __future__ import annotations

from typing import Any

from scenario_exchange.imported import Document, Report, shortened
from scenario_exchange.readers.building import Draft
from scenario_exchange.readers.naming import Names
from scenario_exchange.readers.quiz.items import QuizAnswer, QuizItem, QuizOption
from scenario_exchange.readers.wording import MAX_SHORT, as_line, cut

_MAX_POINTS = 1_000.0
_MAX_NUMBER = 1_000_000.0
_MAX_TRIES = 20
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

    def add(self, item: QuizItem) -> None:
        """Add an item."""
        place = item.place or item.name
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
        self.scenes.append(scene)
        if item.feedback and not self._tell_with_answers(scene, item):
            page = {
                "id": self.draft.scene_ids.fresh(f"{scene['id'][:50]}_after"),
                "kind": "page",
                "text": item.feedback,
            }
            self.scenes.append(page)
            self.report.changed(place, "The feedback for the whole question stands on a page of its own after it.")

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
        scene["competency"] = self._competency(item.category)
        scene["hints"] = [
            {"text": self.draft.text(hint, place), "cost": _share(item.penalty)}
            for hint in item.hints[: _MAX_TRIES - 1]
        ]
        tries = max(1, min(_MAX_TRIES, max(item.tries, len(item.hints) + 1)))
        if tries > 1:
            scene |= {"tries": tries, "retry_credit": _share(1 - item.penalty)}
            told = f"{tries} tries; a hint costs {_share(item.penalty):.0%} of the points, and so does a further try."
            self.report.changed(place, told, "Check that this is meant.")
        if item.kind in ("single", "multiple"):
            scene["options"] = self._options(item, place)
        elif item.kind in ("numeric", "short_text"):
            scene["answers"] = [each for answer in item.answers if (each := self._answer(answer, item, place))]
            scene["no_match"] = {"feedback": item.no_match} if item.no_match else None
        elif item.kind == "matching":
            scene["pairs"] = [{"left": left, "right": right} for left, right in item.pairs]
            scene["extra_right"] = [cut(each, MAX_SHORT) for each in item.extra_right]
        else:
            scene["items"] = [{"text": each} for each in item.ordered]

    def _competency(self, category: str) -> str:
        title = as_line(category) or "Knowledge"
        name = self.competencies.of(title)
        self.titles[name] = title
        return name

    def _options(self, item: QuizItem, place: str) -> list[Raw]:
        if any(option.share < 0 for option in item.options) and item.kind == "single":
            self.report.changed(
                place, "Options that take points away are worth nothing: below zero there are no points."
            )
        shares = {option.share for option in item.options if option.share > 0}
        if item.kind == "multiple" and len(shares) > 1:
            self.report.changed(place, "Right options of different worth now share the points evenly.")
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

    def _tell_with_answers(self, scene: Raw, item: QuizItem) -> bool:
        """Add feedback for the whole question to each answer, where answers have feedback."""
        if item.kind not in ("single", "numeric", "short_text"):
            return False
        for each in [*scene.get("options", []), *scene.get("answers", [])]:
            each["feedback"] = "\n\n".join(part for part in (each.get("feedback", ""), item.feedback) if part)
        if item.kind != "single":
            told = (scene.get("no_match") or {}).get("feedback", "")
            scene["no_match"] = {"feedback": "\n\n".join(part for part in (told, item.feedback) if part)}
        return True

    def finish(self) -> Document | None:
        """Return the document, or None when there was nothing to ask."""
        if not self.scenes:
            return None
        end = self.draft.scene_ids.fresh("end")
        for scene, following in zip(self.scenes, [*(each["id"] for each in self.scenes[1:]), end], strict=True):
            if scene["kind"] == "reply":
                scene["otherwise"] = {"goto": following}
            else:
                scene["goto"] = following
            self.draft.add(scene, scene.get("title", ""))
        self.draft.add({"id": end, "kind": "ending", "outcome": "good", "title": self.draft.title})
        if self.titles:
            self.draft.head["competencies"] = {name: {"title": title} for name, title in self.titles.items()}
        questions = sum(scene["kind"] == "question" for scene in self.scenes)
        self.report.kept(
            self.draft.title, f"{questions} questions and {len(self.scenes) - questions} other scenes, in one quiz."
        )
        self.report.changed(
            self.draft.title, "An ending was added after the last question.", "Write what the learner reads there."
        )
        return self.draft.finish()


def _share(value: float) -> float:
    return round(max(0.0, min(1.0, value)), 6) if value == value else 0.0


def _media(key: str, words: str) -> Raw:
    return {"use": key, "alt": cut(words, MAX_SHORT)} if words else {"use": key, "decorative": True}


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
