"""How players answer questions and what they say in role-plays: fully right, fully wrong, or by chance."""

from random import Random
from typing import Any

from scenario_engine.credits import best_credit, option_credit
from scenario_engine.cues import families, phrases_of
from scenario_engine.document import Question, Roleplay
from scenario_engine.document.replies import ConditionalCue
from scenario_engine.play.answers import masked
from scenario_engine.simulate.players import Offer, Player
from scenario_engine.state import State
from scenario_engine.story import Story

WORDS = "…"
# No author foresees this answer.
STRANGE = "zzz"


def answer_to(question: Question, state: State, player: Player, chance: Random, language: str) -> Any:
    """Return an answer to a question as a browser would post it."""
    is_right = player.skill == "best" or (player.skill in ("random", "none") and chance.random() < 0.5)
    if question.type == "single":
        texts = {option.id: option.text for option in question.options}
        offered = state.trail[-1].offered
        options = [Offer(name, texts[name], float(option_credit(question, [name]))) for name in offered]
        return [player.pick(options, chance, language).name] if options else []
    if question.type == "multiple":
        return _multiple(question, player, chance)
    if question.type in ("numeric", "short_text"):
        return _typed(question, is_right)
    if question.type == "ordering":
        names = [str(getattr(item, "id", "")) for item in question.items]
        return [masked(state, question, name) for name in _arranged(names, player, is_right, chance)]
    lefts = [pair.id for pair in question.pairs]
    rights = _arranged(lefts, player, is_right, chance)
    return [[left, masked(state, question, right)] for left, right in zip(lefts, rights, strict=True)]


def _multiple(question: Question, player: Player, chance: Random) -> list[str]:
    if player.skill == "best":
        return [option.id for option in question.options if option.right or (option.credit or 0) > 0]
    return [] if player.skill == "worst" else [each.id for each in question.options if chance.random() < 0.5]


def _typed(question: Question, is_right: bool) -> Any:
    best = best_credit(question)
    for answer in question.answers if is_right else ():
        if float(answer.credit) >= float(best):
            return answer.value if answer.value is not None else (answer.any or [STRANGE])[0]
    known = [answer.value for answer in question.answers if answer.value is not None]
    return STRANGE if question.type == "short_text" else max(known, default=0) + 1_000


def _arranged(names: list[str], player: Player, is_right: bool, chance: Random) -> list[str]:
    if is_right:
        return names
    if player.skill == "worst":
        return names[::-1]
    return sorted(names, key=lambda _: chance.random())


def words_in(story: Story, scene: Roleplay, player: Player) -> str:
    """Return what a player says: the best one touches every cue that meets a goal or releases a fact."""
    if player.skill != "best":
        return WORDS
    wanted = {goal.met_by.cue for goal in scene.goals} | {release.on.cue for release in scene.releases}
    said = [WORDS]
    for name, patterns in families(story, scene).items():
        listed = patterns.any if isinstance(patterns, ConditionalCue) else patterns
        if name in wanted and listed:
            said += phrases_of(listed[0])[:1]
    return " ".join(said).replace("*", "")[: scene.max_characters]
