"""Playing one attempt as a player would: an action for whatever the state awaits. Stands on the rules of play."""

from random import Random

from scenario_engine.actions import Action, Answer, Choose, Continue, Judged, Leave, Say, Tick, Write
from scenario_engine.document import Decision, Page, Question, Reply, Roleplay
from scenario_engine.errors import ActionRefused, NotPlayable
from scenario_engine.play import start
from scenario_engine.play.advance import step
from scenario_engine.play.roleplays import can_leave
from scenario_engine.simulate.answering import WORDS, answer_to, words_in
from scenario_engine.simulate.players import Offer, Player
from scenario_engine.state import State
from scenario_engine.story import Story
from scenario_engine.worth import best_level, choice_vector, value_of, weigh

# How often a random player ends a conversation that may be ended.
LEAVING = 0.2


class _Offers(dict[str, Offer]):
    """The choices of a story as offers, each worked out when it is first met: a long story has many that never are."""

    def __init__(self, story: Story) -> None:
        self._choices, self._weights = story.choices, weigh(story.scenario)

    def __missing__(self, name: str) -> Offer:
        choice = self._choices[name][1]
        offer = self[name] = Offer(name, choice.text, float(value_of(choice_vector(choice), self._weights)))
        return offer


class Driver:
    """Plays a story. What is offered where is worked out once for all plays."""

    def __init__(self, story: Story, most_actions: int) -> None:
        self._story, self._most = story, most_actions
        self._offers = _Offers(story)

    def play(self, player: Player, seed: str) -> State:
        """Return the state at the ending that fixes the grade, or where play cannot go on."""
        chance = Random(seed)  # noqa: S311 (a player is no secret)
        state = start(self._story, seed)
        while not state.graded_at and not state.over and state.seq < self._most:
            action = self._action(state, player, chance)
            if action is None:
                return state
            try:
                step(self._story, state, action)
            except (ActionRefused, NotPlayable):
                return state
        return state

    def _action(self, state: State, player: Player, chance: Random) -> Action | None:
        """Return what the player does now; None where nothing is left to choose."""
        scene = self._story.scenes[state.scene]
        language = self._story.locale
        if state.awaits == "judgement":
            return Judged(self._levels([use.use for use in getattr(scene, "criteria", [])], player, chance))
        if state.stage == "reaction":
            return Continue()
        if isinstance(scene, Decision):
            offered = [self._offers[name] for name in state.trail[-1].offered]
            return Choose(player.pick(offered, chance, language).name) if offered else None
        if isinstance(scene, Page) and scene.choose:
            return Choose(player.pick([Offer(way.id, way.text, 0) for way in scene.choose], chance, language).name)
        if isinstance(scene, Question):
            return Answer(answer_to(scene, state, player, chance, language))
        if isinstance(scene, Reply | Roleplay) and state.stage == "match":
            samples = scene.if_not_assessed.samples if scene.if_not_assessed else []
            return Choose(player.pick([Offer(each.id, each.text, 0) for each in samples], chance, language).name)
        if isinstance(scene, Reply):
            return Write(WORDS)
        if isinstance(scene, Roleplay):
            return self._turn(scene, state, player, chance)
        return Continue()

    def _turn(self, scene: Roleplay, state: State, player: Player, chance: Random) -> Action:
        """Leave now and then, tick what may be ticked (only the best do), else say something."""
        talk = state.talks[-1]
        if player.skill == "random" and can_leave(state, scene) and chance.random() < LEAVING:
            return Leave()
        open_goals = (goal for goal in scene.goals if goal.met_by.learner and goal.id not in talk.goals)
        goal = next(open_goals, None) if player.skill == "best" else None
        return Tick(goal.id) if goal is not None else Say(words_in(self._story, scene, player))

    def _levels(self, criteria: list[str], player: Player, chance: Random) -> dict[str, int | None]:
        if player.skill == "none":
            return {}
        if player.skill == "best":
            return {name: best_level(self._story.scenario, name) for name in criteria}
        return {name: 0 if player.skill == "worst" else int(chance.random() * 5) for name in criteria}
