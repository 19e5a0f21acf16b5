"""Playing one attempt as a player would: an action for whatever the state awaits. Stands on the rules of play."""

from fractions import Fraction
from random import Random

from scenario_engine.actions import Action, Answer, Choose, Continue, Judged, Write
from scenario_engine.credits import option_credit
from scenario_engine.document import Decision, Page, Question, Reply
from scenario_engine.errors import ActionRefused, NotPlayable
from scenario_engine.play import advance, start
from scenario_engine.simulate.players import Offer, Player
from scenario_engine.state import State
from scenario_engine.story import Story
from scenario_engine.worth import best_level, choice_vector, value_of, weigh

WORDS = "…"


class Driver:
    """Plays a story. What is offered where is worked out once for all plays."""

    def __init__(self, story: Story, most_actions: int) -> None:
        self._story, self._most = story, most_actions
        weights = weigh(story.scenario)
        self._offers = {
            choice.id: Offer(choice.id, choice.text, float(value_of(choice_vector(choice), weights)))
            for _, choice in story.choices.values()
        }

    def play(self, player: Player, seed: str) -> State:
        """Return the state at the ending that fixes the grade, or where play cannot go on."""
        chance = Random(seed)  # noqa: S311 (a player is no secret)
        state = start(self._story, seed)
        while not state.graded_at and not state.over and state.seq < self._most:
            actions = self._actions(state, player, chance)
            try:
                for action in actions:
                    state = advance(self._story, state, action)
            except (ActionRefused, NotPlayable):
                return state
            if not actions:
                return state
        return state

    def _actions(self, state: State, player: Player, chance: Random) -> list[Action]:
        if state.stage == "reaction":
            return [Continue()]
        scene = self._story.scenes[state.scene]
        if isinstance(scene, Decision):
            offered = [self._offers[name] for name in state.trail[-1].offered]
            return [Choose(player.pick(offered, chance, self._story.locale).name)] if offered else []
        if isinstance(scene, Page) and scene.choose:
            ways = [Offer(way.id, way.text, 0) for way in scene.choose]
            return [Choose(player.pick(ways, chance, self._story.locale).name)]
        if isinstance(scene, Question):
            return [Answer(self._answer(scene, state.trail[-1].offered, player, chance))]
        if isinstance(scene, Reply):
            return self._reply(scene, state, player, chance)
        return [Continue()]

    def _answer(self, question: Question, offered: list[str], player: Player, chance: Random) -> list[str]:
        texts = {option.id: option.text for option in question.options}
        if question.type == "single":
            options = [Offer(name, texts[name], float(option_credit(question, [name]))) for name in offered]
            return [player.pick(options, chance, self._story.locale).name]
        right = [option.id for option in question.options if option_credit(question, [option.id]) > Fraction(0)]
        if player.skill == "best":
            return right
        if player.skill == "worst":
            return []
        return [name for name in offered if chance.random() < 0.5]

    def _reply(self, scene: Reply, state: State, player: Player, chance: Random) -> list[Action]:
        if state.stage == "match":
            samples = scene.if_not_assessed.samples if scene.if_not_assessed else []
            offers = [Offer(sample.id, sample.text, 0) for sample in samples]
            return [Choose(player.pick(offers, chance, self._story.locale).name)]
        return [Write(WORDS), Judged(self._levels([use.use for use in scene.criteria], player, chance))]

    def _levels(self, criteria: list[str], player: Player, chance: Random) -> dict[str, int | None]:
        if player.skill == "none":
            return {}
        if player.skill == "best":
            return {name: best_level(self._story.scenario, name) for name in criteria}
        return {name: 0 if player.skill == "worst" else int(chance.random() * 5) for name in criteria}
