"""Media of an H5P package: paths relative to content/, addresses of the web, tracks of films."""

from scenario_exchange.detect import Peek
from scenario_exchange.imported import shortened
from scenario_exchange.readers.building import Draft
from scenario_exchange.readers.h5p.values import Raw, items, words
from scenario_exchange.readers.html_text import plain_from_html
from scenario_exchange.readers.wording import as_line


class Media:
    """Brings files of the package into the draft."""

    def __init__(self, draft: Draft, peek: Peek) -> None:
        self.draft = draft
        self.peek = peek

    def file(self, source: Raw, place: str) -> str:
        """Return the media key of a file, or "" when it is elsewhere or missing (the report says so)."""
        path = words(source, "path").removesuffix("#tmp")
        if not path:
            return ""
        name = f"content/{path}"
        if "://" in path or path.startswith("//"):
            hint = "Add it again, or link to it."
            self.draft.report.dropped(place, f"A file elsewhere is not brought along: {shortened(path, 90)}.", hint)
            return ""
        if not self.peek.is_package or name not in self.peek.package:
            self.draft.report.dropped(place, f"The package lacks the file “{shortened(path)}”.", "Add it again.")
            return ""
        return self.draft.bring(name, self.peek.package.read(name), place)

    def picture(self, source: Raw, alt: str, place: str, *, decorative: bool = False) -> list[Raw]:
        """Return a picture as media of a scene, in a list that is empty when there is none."""
        key = self.file(source, place)
        if not key:
            return []
        words_for_it = as_line(plain_from_html(alt, self.peek.limits, place))
        return [{"use": key, **({"decorative": True} if decorative else {"alt": words_for_it})}]

    def film(self, params: Raw, place: str) -> tuple[list[Raw], str]:
        """Return (media, text) of a Video: its own file, or a link to where it is."""
        for source in items(params, "sources"):
            path = words(source, "path")
            if path.startswith("https://") and not any(char in path for char in " ()<>\\{}'\""):
                self.draft.report.changed(place, f"The film is elsewhere and became a link: {shortened(path, 90)}.")
                return [], f"[{as_line(words(params, 'title')) or 'Video'}]({path})"
            key = self.file(source, place) if isinstance(source, dict) else ""
            if key:
                return [{"use": key, **self._captions(params, place)}], ""
        return [], ""

    def _captions(self, params: Raw, place: str) -> Raw:
        for track in items(params, "textTracks", "videoTrack"):
            source = track.get("track") if isinstance(track, dict) else None
            key = self.file(source, place) if isinstance(source, dict) else ""
            if key.endswith(".vtt"):
                return {"captions": key}
        return {}
