"""edu-role-play HTML: persona, situation, objectives, rubric and turn limit become a role-play of ours."""

from typing import Any

from scenario_exchange.detect import Peek, Reader
from scenario_exchange.imported import Document, Imported, ImportRefused, Report, shortened
from scenario_exchange.markup import Element, drop_active, parse_html, without_scripts
from scenario_exchange.readers.building import Draft, is_language
from scenario_exchange.readers.naming import Names, slug_of
from scenario_exchange.readers.wording import as_line, as_text, cut

Raw = dict[str, Any]
_TAG = "<edu-role-play"
_END = "</edu-role-play>"
DEFAULT_TURNS = 12


def fits(peek: Peek) -> bool:
    """Return whether a page declares a role-play."""
    return peek.head[:1] == "<" and _TAG in peek.text.lower() and any(_declared(peek.text))


def read(peek: Peek) -> Imported:
    """Return every role-play of the page. Raises ImportRefused."""
    report = Report()
    imported = Imported(format="edu-role-play", documents=[], report=report)
    for source in _declared(peek.text)[: peek.limits.scenarios]:
        # What stands outside is the program that plays it; it is never run.
        root = parse_html(source, peek.limits)
        drop_active(root)
        element = next(root.iter("edu-role-play"), None)
        if element is not None:
            imported.documents.append(_Roleplay(element, report, peek).build())
    return imported


def _declared(text: str) -> list[str]:
    found: list[str] = []
    # The program that is bundled with a page mentions the tag in its own strings.
    text = without_scripts(text)
    lowered = text.lower()
    at = lowered.find(_TAG)
    while at >= 0:
        end = lowered.find(_END, at)
        stop = end + len(_END) if end >= 0 else len(text)
        if "<edu-persona" in lowered[at:stop]:
            found.append(text[at:stop])
        at = lowered.find(_TAG, stop)
    return found


def _words(element: Element | None) -> str:
    if element is None:
        return ""
    for line_end in element.iter("br", "p", "li", "div"):
        line_end.tail = f" {line_end.tail or ''}"
    return " ".join(str(element.text_content()).split())


# What is read of a role-play; of anything else the report says that it was not.
_READ = frozenset(
    ["edu-persona", "background", "goals", "constraints", "speech-patterns", "edu-scenario", "edu-objective",
     "edu-rubric", "criterion", "edu-termination", "turn-limit", "objective-check-every", "manual-end"]
)  # fmt: skip
_TEXT = frozenset(["p", "br", "ul", "ol", "li", "b", "strong", "i", "em", "u", "span", "a", "code", "h1", "h2", "h3"])


class _Roleplay:
    def __init__(self, element: Element, report: Report, peek: Peek) -> None:
        self.element = element
        self.report = report
        key = str(element.get("id") or "")
        persona = self._first("edu-persona")
        self.name = str(persona.get("name") or "").strip() if persona is not None else ""
        if persona is None or not self.name:
            raise ImportRefused(
                "import.structure", "The role-play has no persona with a name.", "Name the persona.", key
            )
        self.persona = persona
        title = key.replace("-", " ").strip().capitalize() or f"A conversation with {self.name}"
        language = str(element.get("locale") or element.get("lang") or "")
        self.draft = Draft(title, report, peek, key=key, language=language if is_language(language) else "")
        self.place = key or self.name
        self.competencies: Raw = {}
        self.criteria: Raw = {}

    def build(self) -> Document:
        """Return the document: briefing, role-play, ending."""
        who = self.draft.person(self.name)
        self._persona(who)
        objectives = self._objectives()
        uses = self._criteria(objectives)
        self._name_unread()
        brief, talk, end = (self.draft.scene_ids.fresh(name) for name in ("briefing", "conversation", "the_end"))
        text = self.draft.text(as_text(_words(self._first("edu-scenario"))), "Briefing")
        self.draft.add({"kind": "page", "id": brief, "title": "Briefing", "text": text, "goto": talk}, "Briefing")
        exits = dict.fromkeys(("turns", "learner", "stopped", "goals"), end)
        scene: Raw = {
            "kind": "roleplay",
            "id": talk,
            "title": as_line(f"With {self.name}"),
            "plays": {"learner": "you", "character": who},
            "ends": self._ends(),
            "exits": exits,
            "criteria": uses,
        }
        self.draft.add(scene, self.place)
        self.draft.add({"kind": "ending", "id": end, "title": "The end", "outcome": "read"})
        self.report.changed(self.place, "The end says nothing yet about how it went.", "Write the endings.")
        what = "Without a model the character has no lines of its own."
        self.report.changed(self.place, what, "Write lines for each mood, so that it can be played offline.")
        self.draft.cast = {"you": {"name": {"slot": "learner.first_name", "fallback": "You"}}, **self.draft.cast}
        head = self.draft.head
        head |= {"start": brief, "purpose": "coached"}
        if self.competencies:
            head |= {"competencies": self.competencies, "criteria": self.criteria}
        if objectives:
            head["objectives"] = objectives
        return self.draft.finish()

    def _name_unread(self) -> None:
        for child in self.element.iter():
            tag = child.tag if isinstance(child.tag, str) else ""
            if (
                tag
                and tag not in _READ | _TEXT
                and child is not self.element
                and child.get("data-erp-fallback") is None
            ):
                said = f": {shortened(_words(child), 60)}" if _words(child) else ""
                if not any(each.get("data-erp-fallback") is not None for each in child.iterancestors()):
                    self.report.dropped(self.place, f"Not converted: <{shortened(tag, 40)}>{said}.")

    def _first(self, tag: str) -> Element | None:
        return next(self.element.iter(tag), None)

    def _persona(self, who: str) -> None:
        member = self.draft.cast[who]
        fields = {"background": "background", "manner": "speech-patterns"}
        for field, tag in fields.items():
            text = _words(next(self.persona.iter(tag), None))
            if text:
                member[field] = self.draft.text(as_text(text), self.name)
        for field, tag in {"goals": "goals", "limits": "constraints"}.items():
            text = _words(next(self.persona.iter(tag), None))
            if text:
                member[field] = [cut(as_line(text), 1000)]
        role = as_line(str(self.persona.get("role") or ""))
        if role:
            member["role"] = role
        if self.persona.get("avatar"):
            hint = "Give the character a picture for each mood."
            self.report.dropped(self.name, f"The picture “{shortened(str(self.persona.get('avatar')), 60)}”.", hint)
        self.report.kept(self.name, "The persona is a cast member with background, goals, limits and manner.")

    def _objectives(self) -> list[Raw]:
        names = Names("objective")
        found = []
        for element in list(self.element.iter("edu-objective"))[:50]:
            own = str(element.get("id") or _words(element))
            text = as_text(_words(element)) or as_text(own)
            competency = slug_of(own, "skill")
            self.competencies[competency] = {"title": as_line(_words(element)) or competency}
            found.append({"id": names.of(own), "text": self.draft.text(text, own), "competency": competency})
            if element.get("detect"):
                self.report.dropped(
                    own, "What tells a model that it is met.", "Say it in the anchors of the criterion."
                )
        return found

    def _criteria(self, objectives: list[Raw]) -> list[Raw]:
        names = Names("criterion")
        uses: list[Raw] = []
        for element in list(self.element.iter("criterion"))[:50]:
            own = str(element.get("objective") or "") or f"criterion {len(uses) + 1}"
            competency = slug_of(own, "skill")
            self.competencies.setdefault(competency, {"title": as_line(own)})
            criterion = names.fresh(slug_of(own, "criterion"), _words(element))
            best = self.draft.text(as_text(_words(element)) or as_text(own), own)
            self.criteria[criterion] = {
                "competency": competency,
                "points": _weight(str(element.get("weight") or "")),
                "title": as_line(own.replace("-", " ")),
                "anchors": ["Not shown.", "A beginning.", "Partly shown.", "Mostly shown.", best],
            }
            uses.append({"use": criterion})
            hint = "Say for each level what a coach would see and hear."
            self.report.changed(
                own, "Its full credit became the best level; the levels below are not told apart.", hint
            )
        if not objectives and not uses:
            self.report.changed(self.place, "It has no objectives and no rubric: nothing is scored.", "Add criteria.")
        return uses

    def _ends(self) -> Raw:
        limit = _whole(_words(self._first("turn-limit")))
        if limit is None:
            self.report.changed(self.place, f"It names no turn limit; it ends after {DEFAULT_TURNS}.", "Set the limit.")
        ends: Raw = {"turns": max(1, min(100, limit or DEFAULT_TURNS))}
        if _words(self._first("manual-end")).lower() != "false":
            ends["learner_may_end_after"] = 1
        if self._first("objective-check-every") is not None:
            self.report.dropped(self.place, "How often a model looks whether the objectives are met.")
        return ends


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _weight(text: str) -> float:
    plain = text.strip()
    if not plain.isascii() or not plain.replace(".", "", 1).isdigit() or len(plain) > 8:
        return 1.0
    return min(1000.0, float(plain)) or 1.0


EDU_ROLEPLAY = Reader(
    name="edu-role-play", title="edu-role-play (HTML)", extensions=(".html", ".htm", ".erp"), fits=fits, read=read
)
