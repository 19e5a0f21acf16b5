"""Reading a Branching Scenario: contents by their place in the list become scenes with ids that last."""

from typing import Any

from scenario_exchange.detect import Peek, Reader
from scenario_exchange.imported import Imported, ImportRefused, Report, shortened
from scenario_exchange.plain import decode_text, read_json
from scenario_exchange.readers.building import Draft
from scenario_exchange.readers.h5p import scoring
from scenario_exchange.readers.h5p.contents import Contents, leading
from scenario_exchange.readers.h5p.media import Media
from scenario_exchange.readers.h5p.sequence import read_sequence
from scenario_exchange.readers.h5p.values import Raw, items, library, number, obj, words
from scenario_exchange.readers.html_text import plain_from_html
from scenario_exchange.readers.naming import slug_of
from scenario_exchange.readers.wording import as_line

_CONTENT = "content/content.json"


def fits(peek: Peek) -> bool:
    """Return whether a file is an H5P package, or the content of a Branching Scenario by itself."""
    if peek.is_package:
        return "h5p.json" in peek.package
    return peek.looks_like_json and isinstance(peek.json, dict) and "branchingScenario" in peek.json


def read(peek: Peek) -> Imported:
    """Return the scenario of a file. Raises ImportRefused, also for other kinds of H5P."""
    head: Raw = {}
    content: Any = peek.json if not peek.is_package else None
    if peek.is_package:
        head = obj({"head": _json(peek, "h5p.json")}, "head")
        main = words(head, "mainLibrary")
        content = _json(peek, _CONTENT)
        if main and main != "H5P.BranchingScenario":
            return read_sequence(head, main, obj({"content": content}, "content"), peek)
    root = obj({"content": content}, "content", "branchingScenario")
    if not items(root, "content"):
        raise ImportRefused(
            "import.structure", "There is no content in the Branching Scenario.", "Export it again.", _CONTENT
        )
    return _Scenario(head, root, peek).build()


def _json(peek: Peek, name: str) -> Any:
    text = decode_text(peek.package.read(name), peek.limits, name)
    peek.check_words(text)
    return read_json(text, peek.limits, name)


def _node(value: Any) -> Raw:
    """Return a content; the first releases wrote `content` where later ones write `type`."""
    node = value if isinstance(value, dict) else {}
    return node if obj(node, "type") or not obj(node, "content") else {**node, "type": node["content"]}


def _question(node: Raw) -> Raw:
    """Return the question of a node; the first releases had it without a wrapper."""
    params = obj(node, "type", "params")
    return obj(params, "branchingQuestion") or params


class _Scenario:
    def __init__(self, head: Raw, root: Raw, peek: Peek) -> None:
        self.peek = peek
        self.root = root
        self.report = Report()
        title = words(head, "title") or words(root, "title") or peek.name
        title = plain_from_html(title, peek.limits)
        language = words(head, "language") or words(head, "defaultLanguage")
        self.draft = Draft(title, self.report, peek, key=title, language=language)
        self.contents = Contents(self.draft, Media(self.draft, peek))
        self.option = scoring.option_of(root)
        self.counts_questions = scoring.counts_questions(root)
        self.nodes = [_node(each) for each in items(root, "content")]
        if len(self.nodes) > peek.limits.scenes:
            raise ImportRefused("import.too-large", f"It has {len(self.nodes):,} contents.", "Split it.")
        self.places = [self._place(index, node) for index, node in enumerate(self.nodes)]
        self.ids = [self._id(index, node) for index, node in enumerate(self.nodes)]
        self.endings: list[tuple[Raw, float]] = []
        self.default_end = ""

    def build(self) -> Imported:
        """Return the imported scenario."""
        self._start_screen()
        for index, node in enumerate(self.nodes):
            if library(obj(node, "type")) == "BranchingQuestion":
                self._decision(index, node)
            else:
                self._pages(index, node)
        if self.option == scoring.STATIC:
            scoring.grade_endings(self.endings, self.report)
        for ending, _ in self.endings:
            self.draft.add(ending, ending.get("title", "End screen"))
        self.draft.head.update(scoring.head_of(self.option))
        self._behaviour()
        document = self.draft.finish()
        return Imported(format="h5p", documents=[document], media=self.draft.media, report=self.report)

    def _place(self, index: int, node: Raw) -> str:
        title = words(node, "type", "metadata", "title")
        question = words(_question(node), "question")
        plain = plain_from_html(title or question, self.peek.limits)
        return f"{index + 1}. {shortened(plain, 60)}" if plain else f"{index + 1}. {library(obj(node, 'type'))}"

    def _id(self, index: int, node: Raw) -> str:
        """Return an id that a re-import finds again even when contents before it were added or deleted."""
        own = words(node, "type", "subContentId")
        kind = slug_of(library(obj(node, "type")) or "scene", "scene", 24)
        if own:
            return self.draft.scene_ids.of(own, f"{kind} {own[:8]}")
        title = plain_from_html(words(node, "type", "metadata", "title"), self.peek.limits)
        return self.draft.scene_ids.fresh(slug_of(title, "scene") if title else kind)

    def _start_screen(self) -> None:
        screen = obj(self.root, "startScreen")
        title = plain_from_html(words(screen, "startScreenTitle"), self.peek.limits)
        text = self.contents.text(words(screen, "startScreenSubtitle"), "Start screen")
        alt = words(screen, "startScreenAltText")
        media = self.contents.media.picture(obj(screen, "startScreenImage"), alt, "Start screen")
        self.draft.head["start"] = self.ids[0]
        if title or text or media:
            scene_id = self.draft.scene_ids.fresh("start_screen")
            self.draft.head["start"] = scene_id
            page = {"kind": "page", "id": scene_id, "title": as_line(title), **self.contents.long(text), "media": media}
            self.draft.add({**page, "goto": self.ids[0]}, "Start screen")

    def _pages(self, index: int, node: Raw) -> None:
        place = self.places[index]
        pages = self.contents.pages(obj(node, "type"), place)
        names = [self.ids[index]] + [
            self.draft.scene_ids.fresh(f"{self.ids[index][:50]}_{number}") for number in range(2, len(pages) + 1)
        ]
        after = self._target(node, place, self.ids[index])
        title = as_line(words(node, "type", "metadata", "title")) if node.get("showContentTitle") else ""
        for name, page, goto in zip(names, pages, [*names[1:], after], strict=True):
            if "points" in page:
                page |= {"competency": scoring.COMPETENCY} if self.counts_questions else {"points": 0}
            self.draft.add(leading({"kind": "page", "id": name, "title": title, **page}, goto), place)
        if self.option == scoring.DYNAMIC and scoring.points_of(node, place, self.report):
            what = "Points for having seen it are left out: only what is chosen or answered earns points."
            self.report.dropped(place, what)

    def _decision(self, index: int, node: Raw) -> None:
        place = self.places[index]
        question = _question(node)
        asked = self.contents.long(self.contents.text(words(question, "question"), place))
        choices = [
            self._choice(self.ids[index], alternative, f"{place}, choice {number}")
            for number, alternative in enumerate(items(question, "alternatives"), 1)
            if isinstance(alternative, dict)
        ]
        if len(choices) > 50:
            self.report.dropped(
                place, f"{len(choices) - 50} of its {len(choices)} choices are left out.", "Group them."
            )
        shuffled = obj(self.root, "behaviour").get("randomizeBranchingQuestions") is True
        shuffled = shuffled or question.get("randomize") is True
        scene: Raw = {"kind": "decision", "id": self.ids[index], "beats": asked["beats"], "prompt": asked["text"]}
        self.draft.add({**scene, "choices": choices[:50], **({"shuffle": True} if shuffled else {})}, place)

    def _choice(self, scene_id: str, alternative: Raw, place: str) -> Raw:
        plain = plain_from_html(words(alternative, "text"), self.peek.limits, place)
        choice: Raw = {
            "id": self.draft.choice_id(scene_id, plain),
            "text": self.draft.text(self.contents.text(words(alternative, "text"), place), place) or "…",
        }
        choice["goto"] = self._target(alternative, place, choice["id"])
        points = scoring.points_of(alternative, place, self.report)
        if self.option == scoring.DYNAMIC and points:
            choice["points"] = {scoring.COMPETENCY: points}
        if (number(alternative, "nextContentId") or 0) >= 0 and "nextContentId" in alternative:
            self._feedback(choice, obj(alternative, "feedback"), place)
        return choice

    def _feedback(self, choice: Raw, feedback: Raw, place: str) -> None:
        text = self._feedback_text(feedback, place)
        media = self.contents.media.picture(obj(feedback, "image"), words(feedback, "imageAltText"), place)
        if text:
            choice["feedback"] = self.draft.text(text, place)
        if media:
            choice["then"] = [{"media": media[0]}]

    def _feedback_text(self, feedback: Raw, place: str) -> str:
        title = self.contents.text(words(feedback, "title"), place)
        rest = self.contents.text(words(feedback, "subtitle"), place)
        wrong = self.contents.text(words(feedback, "text"), place)
        if wrong:
            what = "Its feedback stands under a key that H5P does not show (“text”); it is shown here."
            self.report.changed(place, what, "Read it once.")
        return "\n\n".join(part for part in (title, rest, wrong) if part)

    def _target(self, source: Raw, place: str, near: str) -> str:
        """Return the scene that a way leads to; a negative or missing number is an end screen."""
        wanted = number(source, "nextContentId")
        if wanted is not None and 0 <= wanted < len(self.ids):
            return self.ids[int(wanted)]
        if wanted is not None and wanted >= len(self.ids):
            self.report.dropped(place, f"It leads to content {wanted + 1:g}, which does not exist.", "Draw the way on.")
            return ""
        feedback = obj(source, "feedback")
        if any(feedback.get(name) for name in ("title", "subtitle", "text", "image", "endScreenScore")):
            return self._own_end(feedback, place, near)
        return self._default_end()

    def _own_end(self, feedback: Raw, place: str, near: str) -> str:
        # Named by the way that leads there, never by a place in the list, which shifts.
        scene_id = self.draft.scene_ids.fresh(f"end_{near}")
        plain = plain_from_html(words(feedback, "title"), self.peek.limits, place)
        rest = {**feedback, "title": ""} if plain else feedback
        score = number(feedback, "endScreenScore") or 0.0
        media = self.contents.media.picture(obj(feedback, "image"), words(feedback, "imageAltText"), place)
        self._ending(scene_id, plain or "The end", self._feedback_text(rest, place), media, score)
        return scene_id

    def _default_end(self) -> str:
        if not self.default_end:
            self.default_end = self.draft.scene_ids.fresh("the_end")
            screens = [each for each in items(self.root, "endScreens") if isinstance(each, dict)]
            screen = screens[0] if screens else {}
            if len(screens) > 1:
                self.report.dropped("End screens", f"{len(screens) - 1} further end screens that nothing leads to.")
            title = plain_from_html(words(screen, "endScreenTitle"), self.peek.limits)
            text = self.contents.text(words(screen, "endScreenSubtitle"), "End screen")
            media = self.contents.media.picture(obj(screen, "endScreenImage"), "", "End screen")
            score = number(screen, "endScreenScore") or 0.0
            self._ending(self.default_end, title or "The end", text, media, score)
        return self.default_end

    def _ending(self, scene_id: str, title: str, text: str, media: list[Raw], score: float) -> None:
        base = {"kind": "ending", "id": scene_id, "title": as_line(title), "outcome": "read"}
        self.endings.append(({**base, **self.contents.long(text), "media": media}, score))

    def _behaviour(self) -> None:
        behaviour = obj(self.root, "behaviour")
        if behaviour.get("enableBackwardsNavigation"):
            self.report.dropped("Behaviour", "Learners cannot go back: what was said has been said.")
        if behaviour.get("forceContentFinished") or any(
            node.get("forceContentFinished") == "enabled" for node in self.nodes
        ):
            self.report.dropped("Behaviour", "Films and sounds need not be finished before going on.")


H5P = Reader(
    name="h5p",
    title="H5P Branching Scenario, quizzes and slides",
    extensions=(".h5p", ".json"),
    fits=fits,
    read=read,
)
