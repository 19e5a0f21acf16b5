"""Reading an exploration: each state becomes a scene by what it asks."""

import re
from typing import Any

from scenario_exchange.detect import Peek, Reader
from scenario_exchange.imported import Imported, ImportRefused, Report, shortened
from scenario_exchange.plain import read_yaml
from scenario_exchange.readers.building import Draft
from scenario_exchange.readers.h5p.values import Raw, items, number, obj, words
from scenario_exchange.readers.html_text import from_html, plain_from_html
from scenario_exchange.readers.oppia.answers import LOOSE, numbers_of, picked, words_of
from scenario_exchange.readers.oppia.components import as_html
from scenario_exchange.readers.oppia.states import OLD_END, Rule, State, states_of
from scenario_exchange.readers.oppia.translations import Translations
from scenario_exchange.readers.quiz.texts import named_medium, shown_address
from scenario_exchange.readers.wording import MAX_TEXT, as_line, in_pieces

_ASKED = ("TextInput", "NumericInput", "FractionInput")
_FILLED = re.compile(r"\{\{[^{}]{1,60}\}\}")

MAX_TRIES = 3
MAX_RULES = 500


def fits(peek: Peek) -> bool:
    """Return whether a file is an exploration."""
    if peek.looks_like_json:
        return bool(states_of(_unwrapped(peek.json))) and "init_state_name" in _unwrapped(peek.json)
    lines = {line.partition(":")[0] for line in peek.head.split("\n")}
    old = "widget:" in peek.head and "states" in lines
    named = peek.extension in (".yaml", ".yml") and "states:" in peek.text
    return not peek.is_package and ("init_state_name" in lines or old or (named and "init_state_name:" in peek.text))


def read(peek: Peek) -> Imported:
    """Return the exploration. Raises ImportRefused."""
    data = peek.json if peek.looks_like_json else read_yaml(peek.text, peek.limits, peek.name)
    exploration = _unwrapped(data)
    states = [state for state in states_of(exploration) if state.name]
    if not states:
        raise ImportRefused("import.structure", "The exploration has no states.", "Export it again.", "states")
    return _Exploration(exploration, states, peek).build()


def _unwrapped(data: Any) -> Raw:
    inner = data.get("exploration") if isinstance(data, dict) else None
    return inner if isinstance(inner, dict) else obj({"data": data}, "data")


class _Exploration:
    def __init__(self, exploration: Raw, states: list[State], peek: Peek) -> None:
        self.exploration = exploration
        self.report = Report()
        title = words(exploration, "title") or peek.name.rpartition(".")[0]
        self.draft = Draft(title, self.report, peek, key=title, language=words(exploration, "language_code"))
        self.states = list({state.name: state for state in states}.values())
        self.ids = {state.name: self.draft.scene_ids.of(state.name) for state in self.states}
        self.points = False
        self.translations = Translations(self._text, self.report)

    def build(self) -> Imported:
        """Return the imported exploration."""
        head = self.draft.head
        start = words(self.exploration, "init_state_name")
        if start in self.ids:
            head["start"] = self.ids[start]
        elif start:
            self.report.changed("init_state_name", f"“{shortened(start)}” does not exist.", "Choose the first scene.")
        objective = words(self.exploration, "objective")
        if objective:
            head["summary"] = self.draft.text(as_line(objective, MAX_TEXT), "objective")
        for state in self.states:
            self._state(state)
        if OLD_END in self._targets() and OLD_END not in self.ids:
            self.draft.add({"kind": "ending", "id": self._old_end(), "title": "The end", "outcome": "read"}, OLD_END)
        if self.points:
            head["competencies"] = {"answers": {"title": "Answers"}}
            head["scoring"] = {"grade": "best_path"}
        else:
            head |= {"purpose": "practice", "scoring": {"grade": "completion"}}
        self._tell_rest()
        if self.exploration.get("param_specs"):
            self.report.dropped("param_specs", "Parameters of the exploration are left out.", "Use variables.")
        document = self.draft.finish()
        tables = self.translations.tables(document, self.states)
        texts = {document["id"]: {language: dict(table) for language, table in tables.items()}} if tables else {}
        return Imported(format="oppia", documents=[document], media=self.draft.media, report=self.report, texts=texts)

    def _tell_rest(self) -> None:
        for name in ("blurb", "author_notes", "category"):
            if told := words(self.exploration, name).strip():
                self.report.dropped(name, f"“{shortened(told)}”.")
        if tags := [each for each in items(self.exploration, "tags") if isinstance(each, str)]:
            self.report.dropped("tags", f"{shortened(', '.join(tags))}.")

    def _targets(self) -> set[str]:
        return {
            rule.goto for state in self.states for rule in [*state.rules, *([state.default] if state.default else [])]
        }

    def _old_end(self) -> str:
        return self.draft.scene_ids.of(OLD_END, "the end")

    def _state(self, state: State) -> None:
        text = self._text(state.html, state.name)
        *before, last = in_pieces(text) or [""]
        base: Raw = {"id": self.ids[state.name], "title": as_line(state.name), "beats": [{"text": t} for t in before]}
        self._name_losses(state)
        kind = state.interaction
        if not before:
            field = "prompt" if kind in ("MultipleChoiceInput", *_ASKED) else "text"
            self.translations.note(state, state.content_id, f"scenes.{base['id']}.{field}")
        if kind == "EndExploration":
            self.draft.add({"kind": "ending", **base, "text": last, "outcome": "read"}, state.name)
        elif kind == "MultipleChoiceInput":
            self._decision(state, base, last)
        elif kind in _ASKED:
            self._question(state, base, last)
        elif kind in ("ItemSelectionInput", "DragAndDropSortInput") and (asked := picked(state, self._choice_text)):
            self._asked(state, base, last, asked)
        else:
            if kind not in ("Continue", ""):
                hint = "Ask it with a question or a decision."
                self.report.dropped(state.name, f"Its interaction ({shortened(kind, 40)}) has no counterpart.", hint)
            way = _onward(state)
            if way is not None and way.feedback:
                told = plain_from_html(way.feedback, self.draft.peek.limits, state.name)
                self.report.dropped(
                    state.name, f"What it says on going on: “{shortened(told)}”.", "Say it in the scene."
                )
            goto = self._goto(way, state.name) if way is not None else ""
            self.draft.add({"kind": "page", **base, "text": last, "goto": goto}, state.name)

    def _name_losses(self, state: State) -> None:
        changes = state.changes + sum(rule.changes for rule in state.rules)
        if changes:
            self.report.dropped(state.name, f"{changes} changes of parameters.", "Set variables by hand.")
        if state.voiced:
            self.report.dropped(state.name, "Recorded voices are left out.", "Add them as audio.")
        if state.parts:
            self.report.dropped(state.name, f"Parts of its content that are no text: {state.parts}.", "Add them.")
        if state.fallbacks:
            self.report.dropped(state.name, "What it says after several wrong answers.", "Say it in a hint.")
        if others := sum(rule.others for rule in [*state.rules, *([state.default] if state.default else [])]):
            self.report.dropped(state.name, f"Further feedbacks, of which one was drawn: {others}.")
        if state.solution:
            self.report.dropped(state.name, "The solution is left out.", "Tell it in the feedback.")

    def _decision(self, state: State, base: Raw, prompt: str) -> None:
        offered = state.arguments.get("choices")
        listed = offered if isinstance(offered, list) else []
        texts = [each.get("html", "") if isinstance(each, dict) else each for each in listed]
        choices = []
        for index, (given, source) in enumerate(list(zip(listed, texts, strict=True))[:50]):
            rule = next((rule for rule in state.rules if _is_choice(rule, index)), None) or state.default or Rule()
            place = f"{state.name}, choice {index + 1}"
            text = self._text(source if isinstance(source, str) else str(source), place)
            choice: Raw = {
                "id": self.draft.choice_id(base["id"], plain_from_html(str(source), self.draft.peek.limits)[:200]),
                "text": self.draft.text(text, place) or "…",
                "goto": self._goto(rule, place),
            }
            key = f"scenes.{base['id']}.choices.{choice['id']}"
            self.translations.note(state, words(given, "content_id"), f"{key}.text")
            self.translations.note(state, rule.feedback_id, f"{key}.feedback")
            feedback = self._text(rule.feedback, place)
            if feedback:
                choice["feedback"] = self.draft.text(feedback, place)
            if rule.correct:
                self.points = True
                choice["points"] = {"answers": 1}
            choices.append(choice)
        if len(texts) > 50:
            self.report.dropped(state.name, f"{len(texts) - 50} choices after the fiftieth.")
        for hint in state.hints:
            self.report.dropped(
                state.name, f"A hint: “{shortened(plain_from_html(hint), 60)}”.", "Say it in the scene."
            )
        shuffled = {"shuffle": True} if state.arguments.get("showChoicesInShuffledOrder") is True else {}
        self.draft.add({"kind": "decision", **base, "prompt": prompt, "choices": choices, **shuffled}, state.name)

    def _choice_text(self, source: str, place: str) -> str:
        return self.draft.text(self._text(source, place), place)

    def _asked(self, state: State, base: Raw, prompt: str, asked: Raw) -> None:
        """A question to pick several from, or to put in order: the rule that leads on says what is right."""
        told = [text for rule in [*state.rules, state.default] if rule and (text := rule.feedback.strip())]
        for each in told:
            plain = plain_from_html(each, self.draft.peek.limits, state.name)
            self.report.dropped(
                state.name, f"What it says to an answer: “{shortened(plain)}”.", "Say it in a feedback."
            )
        self._one_way(state, {"kind": "question", **asked, **base, "prompt": prompt, "partial": False})

    def _question(self, state: State, base: Raw, prompt: str) -> None:
        numeric = state.interaction == "NumericInput"
        labelled, onward = any(rule.correct for rule in state.rules), _best(state).goto
        answers: list[Raw] = []
        if len(state.rules) > MAX_RULES:
            self.report.dropped(state.name, f"{len(state.rules) - MAX_RULES} rules after the first {MAX_RULES}.")
        for rule in state.rules[:MAX_RULES]:
            right = rule.correct if labelled else rule.goto == onward != state.name
            answers += self._answers(rule, state, right, numeric)
        scene: Raw = {"kind": "question", "type": "numeric" if numeric else "short_text", **base, "prompt": prompt}
        scene["answers"] = answers
        if state.default and state.default.feedback:
            scene["no_match"] = {
                "feedback": self.draft.text(self._text(state.default.feedback, state.name), state.name)
            }
            self.translations.note(state, state.default.feedback_id, f"scenes.{base['id']}.no_match.feedback")
        self._one_way(state, scene)

    def _one_way(self, state: State, scene: Raw) -> None:
        """A question has one way on: where the right answer leads."""
        ahead = [rule for rule in state.rules if rule.goto != state.name]
        again = state.default is not None and state.default.goto == state.name
        if len({rule.goto for rule in [*ahead, *([state.default] if state.default and not again else [])]}) > 1:
            what = "Different answers led to different states; now all lead where the right one does."
            self.report.changed(state.name, what, "Use a decision where the way should differ.")
        best = _best(state)
        hints = [self.draft.text(self._text(hint, state.name), state.name) for hint in state.hints[:20]]
        scene |= {"goto": self._goto(best, state.name), "hints": [{"text": hint} for hint in hints if hint]}
        is_asked = bool(scene.get("answers") or scene.get("options") or scene.get("items"))
        if again and is_asked:
            scene["tries"] = MAX_TRIES
            self.report.changed(state.name, f"It asked until the answer was right; now there are {MAX_TRIES} tries.")
        if is_asked:
            self.points = True
            scene |= {"competency": "answers", "points": 1}
        self.draft.add(scene, state.name)

    def _answers(self, rule: Rule, state: State, right: bool, numeric: bool) -> list[Raw]:
        extra: Raw = {"credit": int(right)}
        feedback = self._text(rule.feedback, state.name)
        if feedback:
            extra["feedback"] = self.draft.text(feedback, state.name)
        found = numbers_of(rule) if numeric else words_of(rule)
        if found is None:
            self.report.dropped(state.name, f"The rule {shortened(rule.kind, 40)}.", "Add the answers by hand.")
            return []
        if numeric and rule.kind.startswith(("IsLess", "IsGreater")):
            self.report.changed(state.name, f"“{rule.kind}” became a range that ends at a million.", "Look at it.")
        if not numeric and rule.kind in LOOSE:
            self.report.changed(state.name, f"“{rule.kind}” became the answer itself.", "Add other wordings.")
        return [{**found, **extra}]

    def _goto(self, rule: Rule, place: str) -> str:
        if rule.goto in self.ids:
            return self.ids[rule.goto]
        if rule.goto == OLD_END:
            return self._old_end()
        self.report.dropped(place, f"It leads to “{shortened(rule.goto)}”, which does not exist.", "Draw the way on.")
        return ""

    def _text(self, source: str, place: str) -> str:
        told: list[str] = []
        found = from_html(as_html(source, told), self.draft.peek.limits, place)
        for each in dict.fromkeys(told):
            self.report.changed(place, each)
        for lost in dict.fromkeys(found.lost):
            self.report.dropped(place, f"Not converted: {shortened(lost, 90)}.")
        for tag, address, words_for_it in found.media:
            shown = f" ({shortened(words_for_it, 60)})" if words_for_it else ""
            what = f"The {named_medium(tag)} {shown_address(address)}{shown}."
            self.report.dropped(place, what, "Add it to the scene.")
        if match := _FILLED.search(source):
            self.report.dropped(place, f"What it fills in: {match[0]} stands as it is written.", "Write it out.")
        return found.text


def _best(state: State) -> Rule:
    """Return the rule of the right answer: one that is called so, else the first that leads on."""
    ahead = [rule for rule in state.rules if rule.goto != state.name]
    return next((rule for rule in ahead if rule.correct), ahead[0] if ahead else state.default or Rule())


def _onward(state: State) -> Rule | None:
    """Return where a state leads that asks nothing here: never back to itself when there is another way."""
    ways = [*([state.default] if state.default else []), *state.rules]
    return next((rule for rule in ways if rule.goto != state.name), ways[0] if ways else None)


def _is_choice(rule: Rule, index: int) -> bool:
    return rule.kind == "Equals" and number(rule.inputs, "x") == index


OPPIA = Reader(
    name="oppia", title="Oppia exploration (YAML, JSON)", extensions=(".yaml", ".yml", ".json"), fits=fits, read=read
)
