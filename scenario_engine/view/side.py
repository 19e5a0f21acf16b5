"""What stands beside the scene: the briefing, the meters and the notebook."""

from scenario_engine.document import Choice, Decision, NumberVariable
from scenario_engine.document.scenario import Safety
from scenario_engine.document.variables import Variable
from scenario_engine.state import State
from scenario_engine.view.words import Words
from scenario_engine.views import AboutView, FactView, MeterView


def about_view(words: Words) -> AboutView | None:
    """Return the briefing for the first screen, or None when there is nothing to say."""
    scenario = words.story.scenario
    safety: Safety = scenario.safety
    about = AboutView(
        summary=words.rich(scenario.summary),
        minutes=scenario.minutes,
        content_note=words.rich(safety.content_note),
        objectives=[words.rich(objective.text) for objective in scenario.objectives],
        not_for=[words.line(use) for use in scenario.not_for],
        support=words.rich(words.slot(safety.support)),
    )
    return about if about != AboutView() else None


def meters(words: Words, state: State) -> list[MeterView]:
    """Return the variables that the author shows, each with its word."""
    shown = []
    for name, variable in words.story.scenario.variables.items():
        value = state.variables.get(name)
        if variable.show == "hidden" or value is None:
            continue
        meter = MeterView(
            id=name, label=words.line(variable.label or _spoken(name)), word=_word(words, variable, value)
        )
        if variable.show == "meter" and isinstance(variable, NumberVariable) and not isinstance(value, str):
            meter.value, (meter.low, meter.high) = float(value), variable.range
        shown.append(meter)
    return shown


def _word(words: Words, variable: Variable, value: bool | float | str) -> str:
    if isinstance(variable, NumberVariable) and not isinstance(value, str):
        reached = [word for threshold, word in sorted(variable.words) if value >= threshold]
        return words.line(reached[-1]) if reached else ""
    return _spoken(str(value)) if isinstance(value, str) else ""


def _spoken(name: str) -> str:
    return name.replace("_", " ").capitalize()


def notebook(words: Words, state: State) -> list[FactView]:
    """Return the facts learned so far; those of the choice just made are marked new."""
    facts = words.story.scenario.facts
    fresh = _just_learned(words, state)
    return [
        FactView(id=name, text=words.rich(facts[name].text), is_new=name in fresh)
        for name in state.facts
        if name in facts
    ]


def _just_learned(words: Words, state: State) -> set[str]:
    """Return the facts that the last choice or turn taught, while what answers it is on screen."""
    turns = [turn for turn in state.trail[-1].turns if turn.by == "learner"]
    if turns:
        return set(turns[-1].learned)
    recent = state.trail[-1:] if state.stage == "reaction" else state.trail[-2:-1]
    for visit in recent:
        found: tuple[Decision, Choice] | None = words.story.choices.get(visit.took)
        if found:
            return set(found[1].learn)
    return set()
