"""The JSON of branching-xblock, by itself or in its field of a course's OLX."""

from typing import Any

from scenario_exchange.detect import Peek, Reader
from scenario_exchange.imported import Imported, ImportRefused, Report, shortened
from scenario_exchange.markup import parse_xml
from scenario_exchange.plain import read_json
from scenario_exchange.readers.building import Draft
from scenario_exchange.readers.h5p.values import Raw, items, number, obj, words
from scenario_exchange.readers.html_text import from_html
from scenario_exchange.readers.wording import as_line, in_pieces

_FIELD = "scenario_data"
_COMPETENCY = "score"


def fits(peek: Peek) -> bool:
    """Return whether a file holds the nodes of a branching-xblock."""
    if peek.looks_like_json:
        return _is_scenario(_unwrapped(peek.json))
    return peek.head[:1] == "<" and _FIELD in peek.text


def read(peek: Peek) -> Imported:
    """Return every scenario of the file. Raises ImportRefused."""
    report = Report()
    found = [("", _unwrapped(peek.json))] if peek.looks_like_json else _in_olx(peek)
    if not found:
        raise ImportRefused("import.structure", f"No block has the field “{_FIELD}”.", "Export the course again.")
    imported = Imported(format="branching-xblock", documents=[], report=report)
    for title, data in found[: peek.limits.scenarios]:
        document = _Scenario(title or peek.name.rpartition(".")[0], data, report, peek).build()
        if any(document["id"] == each["id"] for each in imported.documents):
            document["id"] = f"{document['id'][:50]}_{len(imported.documents) + 1}"
        imported.documents.append(document)
    return imported


def _unwrapped(data: Any) -> Any:
    inner = data.get(_FIELD) if isinstance(data, dict) else None
    return inner if isinstance(inner, dict) else data


def _is_scenario(data: Any) -> bool:
    nodes = items(data, "nodes")
    return bool(nodes) and all(isinstance(node, dict) and "choices" in node for node in nodes)


def _in_olx(peek: Peek) -> list[tuple[str, Any]]:
    root = parse_xml(peek.text, peek.limits)
    found = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        source = element.get(_FIELD) or element.findtext(_FIELD) or ""
        if source.strip():
            data = _unwrapped(read_json(source, peek.limits, str(element.get("url_name") or element.tag)))
            if _is_scenario(data):
                found.append((str(element.get("display_name") or ""), data))
    return found


class _Scenario:
    def __init__(self, title: str, data: Raw, report: Report, peek: Peek) -> None:
        self.nodes = [node for node in items(data, "nodes") if isinstance(node, dict)]
        self.report = report
        self.draft = Draft(title, report, peek, key=title)
        # The id of a node lasts: scenes are named by it alone, so importing again never renames one.
        self.ids: dict[str, str] = {}
        for index, node in enumerate(self.nodes):
            own = _name(node) or f"node {index + 1}"
            if own in self.ids:
                report.dropped(own, "A second node with this id: ways lead to the first.", "Draw the ways to it.")
            self.ids.setdefault(own, self.draft.scene_ids.of(own))
        self.scored = any(number(choice, "score") for node in self.nodes for choice in items(node, "choices"))

    def build(self) -> Raw:
        """Return the document."""
        seen: set[str] = set()
        for index, node in enumerate(self.nodes):
            own = _name(node) or f"node {index + 1}"
            scene_id = self.ids[own] if own not in seen else self.draft.scene_ids.fresh(self.ids[own])
            seen.add(own)
            self._node(scene_id, node, own)
        if self.scored:
            self.draft.head["competencies"] = {_COMPETENCY: {"title": "Score"}}
            self.draft.head["scoring"] = {"grade": "best_path"}
            what = "The grade is measured by the best total that any path can reach, as before."
            self.report.kept("Scores", what)
        else:
            self.draft.head |= {"purpose": "practice", "scoring": {"grade": "completion"}}
        return self.draft.finish()

    def _node(self, scene_id: str, node: Raw, place: str) -> None:
        text = self._text(words(node, "content"), place)
        self._media(node, place)
        hint = words(node, "hint").strip()
        if hint:
            self.report.changed(place, "Its hint became a note for authors.", "Say it in the scene if it helps.")
        *before, last = in_pieces(text) or [""]
        base: Raw = {"id": scene_id, "title": as_line(words(node, "title")), "note": hint[:20_000]}
        beats = [{"text": piece} for piece in before]
        choices = [each for each in items(node, "choices") if isinstance(each, dict)]
        if not choices:
            self.draft.add({"kind": "ending", **base, "beats": beats, "text": last, "outcome": "read"}, place)
            return
        made = [self._choice(scene_id, choice, f"{place}, choice {i}") for i, choice in enumerate(choices[:50], 1)]
        if len(choices) > 50:
            self.report.dropped(place, f"{len(choices) - 50} choices after the fiftieth.", "Group them.")
        self.draft.add({"kind": "decision", **base, "beats": beats, "prompt": last, "choices": made}, place)

    def _choice(self, scene_id: str, source: Raw, place: str) -> Raw:
        wanted = _name(source, "target_node_id")
        choice: Raw = {
            "id": self.draft.choice_id(scene_id, words(source, "text") or "choice"),
            "text": self.draft.text(self._text(words(source, "text"), place), place) or "…",
            "goto": self.ids.get(wanted, ""),
        }
        if not choice["goto"]:
            self.report.dropped(place, f"It leads to “{shortened(wanted)}”, which does not exist.", "Draw the way on.")
        points = number(source, "score")
        if points:
            choice["points"] = {_COMPETENCY: max(-1000.0, min(1000.0, points))}
        feedback = self._text(words(source, "feedback"), place)
        if feedback:
            choice["feedback"] = self.draft.text(feedback, place)
        return choice

    def _text(self, source: str, place: str) -> str:
        found = from_html(source, self.draft.peek.limits, place)
        lost = [*found.lost, *(f"{kind} {address}" for kind, address, _ in found.media)]
        for each in dict.fromkeys(lost):
            self.report.dropped(place, f"Not converted: {shortened(each, 90)}.")
        return found.text

    def _media(self, node: Raw, place: str) -> None:
        addresses = [words(obj(node, "media"), "url")]
        addresses += [words(node, name) for name in ("left_image_url", "right_image_url", "transcript_url")]
        for address in addresses:
            if address.strip():
                what = f"A file elsewhere is not brought along: {shortened(address, 90)}."
                self.report.dropped(place, what, "Add it to the scene.")


def _name(source: Raw, field: str = "id") -> str:
    value = source.get(field)
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


BRANCHING_XBLOCK = Reader(
    name="branching-xblock", title="branching-xblock (JSON, OLX)", extensions=(".json", ".xml"), fits=fits, read=read
)
