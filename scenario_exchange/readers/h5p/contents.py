"""The kinds of content in a Branching Scenario as scenes: text, picture, film, slides."""

from typing import Any

from scenario_exchange.imported import ImportRefused, shortened
from scenario_exchange.readers.building import Draft
from scenario_exchange.readers.h5p.media import Media
from scenario_exchange.readers.h5p.quizzes import questions
from scenario_exchange.readers.h5p.values import Raw, items, library, obj, words
from scenario_exchange.readers.html_text import from_html, plain_from_html
from scenario_exchange.readers.wording import as_text, in_pieces

MAX_SLIDES = 200
MAX_PARTS = 60_000


class Contents:
    """Turns the parameters of one content into the texts and media of a page, or of several for slides."""

    def __init__(self, draft: Draft, media: Media) -> None:
        self.draft = draft
        self.media = media
        self.parts = 0

    def pages(self, action: Raw, place: str) -> list[Raw]:
        """Return the pages (without ids and ways on) that a content becomes; at least one."""
        kind, params = library(action), obj(action, "params")
        if kind == "CoursePresentation":
            return self._slides(params, place)
        if kind == "InteractiveVideo":
            return self._interactive_video(params, place)
        if kind == "Column":
            listed = [obj(each, "content") for each in items(params, "content")]
            return [
                page for number, each in enumerate(listed, 1) for page in self.pages(each, f"{place}, part {number}")
            ]
        page = self._page(kind, params, place)
        if page is None and (asked := self._questions(kind, action, place, "")):
            return asked
        if page is None:
            name = kind or "unknown"
            hint = "Build it again, as a question for example."
            self.draft.report.dropped(place, f"Its content (H5P {shortened(name, 40)}) has no counterpart here.", hint)
            title = plain_from_html(words(action, "metadata", "title"), self.draft.peek.limits, place)
            return [{"text": as_text(title)}]
        return [page]

    def text(self, source: str, place: str) -> str:
        """Return HTML of the source as authored text, naming what of it is lost."""
        found = from_html(source, self.draft.peek.limits, place)
        for lost in dict.fromkeys(found.lost):
            self.draft.report.dropped(place, f"Not converted: {lost}.")
        for kind, address, _ in found.media:
            what = f"A {'picture' if kind == 'img' else kind} in the text: {shortened(address, 90)}."
            self.draft.report.dropped(place, what, "Add it to the scene.")
        return found.text

    def _page(self, kind: str, params: Raw, place: str) -> Raw | None:
        if kind in ("AdvancedText", "Text", "Table"):
            return self.long(self.text(words(params, "text"), place))
        if kind == "Image":
            alt = words(params, "alt") or words(params, "title")
            decorative = params.get("decorative") is True
            return {"media": self.media.picture(obj(params, "file"), alt, place, decorative=decorative)}
        if kind == "Video":
            media, text = self.media.film(params, place)
            return {"media": media, "text": text}
        if kind == "ImageHotspots":
            return self._hotspots(params, place)
        return None

    def long(self, text: str) -> Raw:
        """Return a text as the fields of a page; what one field cannot hold stands in beats before it."""
        *before, last = in_pieces(text) or [""]
        return {"beats": [{"text": piece} for piece in before], "text": last}

    def _hotspots(self, params: Raw, place: str) -> Raw:
        texts = []
        for spot in items(params, "hotspots"):
            header = plain_from_html(words(spot, "header"), self.draft.peek.limits, place)
            parts = [self.text(words(each, "params", "text"), place) for each in items(spot, "content")]
            texts.append("\n\n".join(part for part in [f"**{as_text(header)}**" if header else "", *parts] if part))
        self.draft.report.changed(place, "The texts of the spots on the picture stand below it.")
        alt = words(params, "backgroundImageAltText") or words(params, "imageAltText")
        page = self.long("\n\n".join(each for each in texts if each))
        return {**page, "media": self.media.picture(obj(params, "image"), alt, place)}

    def _slides(self, params: Raw, place: str) -> list[Raw]:
        slides = items(params, "presentation", "slides")
        if len(slides) > MAX_SLIDES:
            self.draft.report.dropped(place, f"{len(slides) - MAX_SLIDES} slides after the first {MAX_SLIDES}.")
            slides = slides[:MAX_SLIDES]
        pages = [
            page for number, slide in enumerate(slides, 1) for page in self._slide(slide, f"{place}, slide {number}")
        ]
        self.draft.report.changed(place, f"Its {len(slides)} slides became pages; places on the slide are not kept.")
        return [page for page in pages if page.get("text") or page.get("media") or "kind" in page] or [{"text": ""}]

    def _slide(self, slide: Any, place: str) -> list[Raw]:
        """Return the page of a slide, and after it the questions that stand on it."""
        texts: list[str] = []
        media: list[Raw] = []
        asked: list[Raw] = []
        for element in items(slide, "elements"):
            action = obj(element, "action")
            kind = library(action)
            if not kind and isinstance(element, dict) and "goToSlide" in element:
                self.draft.report.dropped(place, "A button that leads to another slide.", "Draw the way on.")
                continue
            page = self._page(kind, obj(action, "params"), place) if kind != "ImageHotspots" else None
            if page is None and (found := self._questions(kind, action, place, "slide")):
                asked += found
                continue
            if page is None:
                self.draft.report.dropped(place, f"H5P {shortened(kind or 'element', 40)} has no counterpart here.")
                continue
            texts.extend([*(beat["text"] for beat in page.get("beats", [])), page.get("text", "")])
            media.extend(page.get("media", []))
        return [{**self.long("\n\n".join(text for text in texts if text)), "media": media}, *asked]

    def _questions(self, kind: str, action: Raw, place: str, inside: str) -> list[Raw]:
        """Return the question scenes that a quiz inside a slide or film becomes."""
        made = questions(kind, obj(action, "params"), place, self._bounded, self.draft.report)
        self.parts += sum(len(each.get("options", [])) + 1 for each in made)
        if self.parts > MAX_PARTS:
            told = f"The package has more than {MAX_PARTS:,} questions and options."
            raise ImportRefused("import.too-large", told, "Split it.", place)
        shown = obj(action, "params", "media", "type")
        page = self._page(library(shown), obj(shown, "params"), place) if made and shown else None
        if page and page.get("media"):
            made[0]["media"] = page["media"]
        for each in made if inside else []:
            asked = shortened(str(each.get("prompt") or each.get("text", "")), 60)
            self.draft.report.kept(place, f"The question “{asked}”, after the {inside}.")
        return made

    def _bounded(self, source: str, place: str) -> str:
        return self.draft.text(self.text(source, place), place)

    def _interactive_video(self, params: Raw, place: str) -> list[Raw]:
        video = obj(params, "interactiveVideo", "video")
        tracks = {"videoTrack": items(video, "textTracks", "videoTrack")}
        media, text = self.media.film({"sources": items(video, "files"), "textTracks": tracks}, place)
        asked: list[Raw] = []
        for interaction in items(params, "interactiveVideo", "assets", "interactions"):
            kind = library(obj(interaction, "action"))
            if found := self._questions(kind, obj(interaction, "action"), place, "film"):
                asked += found
                continue
            label = plain_from_html(words(interaction, "label"), self.draft.peek.limits, place)
            what = f"H5P {shortened(kind, 40)} inside the film{f' (“{shortened(label, 40)}”)' if label else ''}."
            self.draft.report.dropped(place, what, "Ask it in a scene after the film.")
        if asked:
            self.draft.report.changed(place, f"Its questions ({len(asked)}) are asked after the film.")
        return [{"media": media, "text": text}, *asked]


def leading(scene: Raw, goto: str) -> Raw:
    """Return a scene with its way on, wherever its kind has it."""
    return {**scene, "otherwise": {"goto": goto}} if scene["kind"] == "reply" else {**scene, "goto": goto}
