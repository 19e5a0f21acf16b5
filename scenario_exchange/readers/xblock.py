"""The JSON of branching-xblock, by itself or in its field of a course's OLX."""

from typing import Any

import msgspec

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
_OFF = ("", "false", "null")
# Settings of the block in a course that a scenario does not have.
_SETTINGS = {
    "enable_undo": "Going back: what was said has been said.",
    "enable_reset_activity": "Starting anew inside the block: how often it may be played is set where it is placed.",
    "background_image_url": "The picture behind all its nodes.",
}


def fits(peek: Peek) -> bool:
    """Return whether a file holds the nodes of a branching-xblock."""
    if peek.looks_like_json:
        return _is_scenario(_unwrapped(peek.json))
    return peek.head[:1] == "<" and _FIELD in peek.text


def read(peek: Peek) -> Imported:
    """Return every scenario of the file. Raises ImportRefused."""
    report = Report()
    found = [(Block(), _unwrapped(peek.json))] if peek.looks_like_json else _in_olx(peek)
    if not found:
        raise ImportRefused("import.structure", f"No block has the field “{_FIELD}”.", "Export the course again.")
    imported = Imported(format="branching-xblock", documents=[], report=report)
    for block, data in found[: peek.limits.scenarios]:
        document = _Scenario(block, data, report, peek).build()
        if any(document["id"] == each["id"] for each in imported.documents):
            document["id"] = f"{document['id'][:50]}_{len(imported.documents) + 1}"
        imported.documents.append(document)
    return imported


def _unwrapped(data: Any) -> Any:
    inner = data.get(_FIELD) if isinstance(data, dict) else None
    return inner if isinstance(inner, dict) else data


def _nodes(data: Any) -> list[Any]:
    """Return the nodes: the editor exports a list of them, the block keeps them by their ids."""
    by_id = obj(data, "nodes")
    return [{"id": key, **node} if isinstance(node, dict) else node for key, node in by_id.items()] or items(
        data, "nodes"
    )


def _is_scenario(data: Any) -> bool:
    nodes = _nodes(data)
    return bool(nodes) and all(isinstance(node, dict) and "choices" in node for node in nodes)


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """What a course says of a block beside its nodes."""

    title: str = ""
    scored: bool = True
    lost: tuple[str, ...] = ()


def _block(element: Any) -> Block:
    on = [name for name, told in _SETTINGS.items() if str(element.get(name) or "").strip('"').lower() not in _OFF]
    # A course leaves out what is as it is at first, and scoring is off at first.
    scored = str(element.get("enable_scoring") or "").strip('"').lower() not in _OFF
    return Block(
        title=str(element.get("display_name") or ""), scored=scored, lost=tuple(_SETTINGS[name] for name in on)
    )


def _in_olx(peek: Peek) -> list[tuple[Block, Any]]:
    root = parse_xml(peek.text, peek.limits)
    found = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        source = element.get(_FIELD) or element.findtext(_FIELD) or ""
        if source.strip():
            data = _unwrapped(read_json(source, peek.limits, str(element.get("url_name") or element.tag)))
            if _is_scenario(data):
                found.append((_block(element), data))
    return found


class _Scenario:
    def __init__(self, block: Block, data: Raw, report: Report, peek: Peek) -> None:
        title = block.title or peek.name.rpartition(".")[0]
        self.nodes = [node for node in _nodes(data) if isinstance(node, dict)]
        self.block = block
        self.start = _name(data, "start_node_id")
        self.report = report
        self.draft = Draft(title, report, peek, key=title)
        # The id of a node lasts: scenes are named by it alone, so importing again never renames one.
        self.ids: dict[str, str] = {}
        for index, node in enumerate(self.nodes):
            own = _name(node) or f"node {index + 1}"
            if own in self.ids:
                report.dropped(own, "A second node with this id: ways lead to the first.", "Draw the ways to it.")
            self.ids.setdefault(own, self.draft.scene_ids.of(own))
        self.has_scores = any(number(choice, "score") for node in self.nodes for choice in items(node, "choices"))

    def build(self) -> Raw:
        """Return the document."""
        seen: set[str] = set()
        for index, node in enumerate(self.nodes):
            own = _name(node) or f"node {index + 1}"
            scene_id = self.ids[own] if own not in seen else self.draft.scene_ids.fresh(self.ids[own])
            seen.add(own)
            self._node(scene_id, node, own)
        if self.start in self.ids:
            self.draft.head["start"] = self.ids[self.start]
        for lost in self.block.lost:
            self.report.dropped(self.draft.title, lost)
        if self.has_scores and not self.block.scored:
            told = "Its scores: scoring is switched off in the course."
            self.report.dropped(self.draft.title, told, "Give points where an answer should count.")
        if self.has_scores and self.block.scored:
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
        if points and self.block.scored:
            choice["points"] = {_COMPETENCY: max(-1000.0, min(1000.0, points))}
        if hint := words(source, "hint").strip():
            self.report.dropped(place, f"Its hint: “{shortened(hint)}”.", "Say it in the scene.")
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
        media = obj(node, "media")
        found = [(words(media, "url"), words(media, "alt")), (words(node, "transcript_url"), "")]
        found += [
            (words(node, f"{side}_image_url"), words(node, f"{side}_image_alt_text")) for side in ("left", "right")
        ]
        for address, alt in dict.fromkeys(found):
            if address.strip():
                told = f" ({shortened(alt, 60)})" if alt.strip() else ""
                what = f"A file elsewhere is not brought along: {shortened(address, 90)}{told}."
                self.report.dropped(place, what, "Add it to the scene.")


def _name(source: Raw, field: str = "id") -> str:
    value = source.get(field)
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


BRANCHING_XBLOCK = Reader(
    name="branching-xblock", title="branching-xblock (JSON, OLX)", extensions=(".json", ".xml"), fits=fits, read=read
)
