"""H5P packages without branches: a quiz, slides, a film or a column, one scene after the other."""

from __future__ import annotations

from scenario_exchange.detect import Peek
from scenario_exchange.imported import Imported, ImportRefused, Report, shortened
from scenario_exchange.readers.building import Draft
from scenario_exchange.readers.h5p.contents import Contents, leading
from scenario_exchange.readers.h5p.media import Media
from scenario_exchange.readers.h5p.quizzes import QUIZZES
from scenario_exchange.readers.h5p.scoring import COMPETENCY
from scenario_exchange.readers.h5p.values import Raw, items, library, obj, words
from scenario_exchange.readers.html_text import plain_from_html
from scenario_exchange.readers.naming import slug_of
from scenario_exchange.readers.quiz.build import became
from scenario_exchange.readers.wording import as_line, as_text

_SHOWN = ("CoursePresentation", "InteractiveVideo", "AdvancedText", "Text", "Image", "Video", "ImageHotspots")


def read_sequence(head: Raw, main: str, content: Raw, peek: Peek) -> Imported:
    """Return the contents of a package one after the other. Raises ImportRefused for kinds that are not read."""
    kind = main.removeprefix("H5P.")
    if kind not in (*QUIZZES, *_SHOWN, "QuestionSet", "Column", "InteractiveBook"):
        raise ImportRefused(
            "import.not-convertible",
            f"This is {shortened(main, 60)}, which is not read.",
            "Of H5P these are: Branching Scenario, Question Set, Multiple Choice, True/False, Single Choice Set, "
            "Fill in the Blanks, Drag the Words, Mark the Words, Essay, Course Presentation, Interactive Video, "
            "Column and Interactive Book.",
            "h5p.json",
        )
    return _Sequence(head, kind, content, peek).build()


class _Sequence:
    def __init__(self, head: Raw, kind: str, content: Raw, peek: Peek) -> None:
        title = plain_from_html(words(head, "title") or peek.name, peek.limits)
        language = words(head, "language") or words(head, "defaultLanguage")
        self.peek = peek
        self.kind = kind
        self.content = content
        self.report = Report()
        self.draft = Draft(title, self.report, peek, key=title, language=language)
        self.contents = Contents(self.draft, Media(self.draft, peek))
        self.scenes: list[tuple[Raw, str]] = []

    def build(self) -> Imported:
        """Return the imported sequence."""
        for number, action in enumerate(self._actions(), 1):
            self.peek.check_time()
            title = plain_from_html(words(action, "metadata", "title"), self.peek.limits)
            place = f"{number}. {shortened(title or library(action), 60)}"
            before = len(self.scenes)
            for page in self.contents.pages(action, place):
                # Of what has no counterpart only the title is left: here nothing hangs on its place.
                if page != {"text": as_text(title)}:
                    self._add(action, title, page, place)
            if added := [scene for scene, _ in self.scenes[before:]]:
                self.report.kept(place, became(added))
        if not self.scenes:
            told = " ".join(entry.what for entry in self.report.of_kind("dropped")[:5])
            raise ImportRefused("import.empty", "There is nothing to show or to ask in this package.", told)
        end = self.draft.scene_ids.fresh("the_end")
        targets = [*(scene["id"] for scene, _ in self.scenes[1:]), end]
        for (scene, _), goto in zip(self.scenes, targets, strict=True):
            self.draft.add(leading(scene, goto))
        if any(scene.get("points") for scene, _ in self.scenes):
            self.draft.head["competencies"] = {COMPETENCY: {"title": "Score"}}
        else:
            self.draft.head |= {"purpose": "practice", "scoring": {"grade": "completion"}}
        self.draft.add({"kind": "ending", "id": end, "title": "The end", "outcome": "read"})
        self.report.changed(self.draft.title, "An ending was added after the last scene.", "Write what is read there.")
        self._tell_rest()
        return Imported(format="h5p", documents=[self.draft.finish()], media=self.draft.media, report=self.report)

    def _actions(self) -> list[Raw]:
        if self.kind == "QuestionSet":
            intro = obj(self.content, "introPage")
            text = words(intro, "introduction")
            page = {
                "library": "H5P.AdvancedText",
                "params": {"text": text},
                "metadata": {"title": words(intro, "title")},
            }
            asked = [each for each in items(self.content, "questions") if isinstance(each, dict)]
            return [*([page] if intro.get("showIntroPage") is True and text else []), *asked]
        if self.kind == "InteractiveBook":
            return [each for each in items(self.content, "chapters") if isinstance(each, dict)]
        return [{"library": f"H5P.{self.kind}", "params": self.content}]

    def _add(self, action: Raw, title: str, page: Raw, place: str) -> None:
        if len(self.scenes) >= self.peek.limits.scenes:
            told = f"“{self.draft.title}” has more than {self.peek.limits.scenes:,} scenes."
            raise ImportRefused("import.too-large", told, "Split it.", place)
        own = words(action, "subContentId")[:8]
        kind = slug_of(library(action) or "scene", "scene", 24)
        name = self.draft.scene_ids.fresh(slug_of(f"{kind} {own}" if own else title or kind, "scene"))
        scene: Raw = {"kind": "page", "id": name, "title": as_line(title), **page}
        if "points" in scene:
            scene["competency"] = COMPETENCY
        self.scenes.append((scene, place))

    def _tell_rest(self) -> None:
        """Name what the whole says, which a sequence of scenes does not have."""
        place, content = self.draft.title, self.content
        if content.get("randomQuestions") is True or content.get("poolSize"):
            self.report.dropped(
                place, "Drawing questions by chance, or their order: all are asked, one after the other."
            )
        if content.get("passPercentage"):
            self.report.dropped(place, "The share of points that passes.", "Set the outcome of the ending by a route.")
        if any(obj(each, "params", "behaviour").get("enableRetry") is True for each in self._actions()):
            self.report.dropped(place, "Trying again without end: each question is answered once.", "Set more tries.")
        told = [words(each, "feedback") for each in items(content, "endGame", "overallFeedback")]
        if shown := plain_from_html(" ".join(each for each in told if each), self.peek.limits):
            self.report.dropped(
                place, f"What is told of the whole result: “{shortened(shown)}”.", "Write it into the ending."
            )
        if obj(content, "backgroundImage"):
            self.report.dropped(place, "The picture behind the questions.")
