"""A role-play as the learner sees it: the conversation so far, the aims, how it may go on. Never a cue or a rule."""

from scenario_engine.conversation import Spoken, beats_of, spoken_in, stretch_of
from scenario_engine.document import Roleplay
from scenario_engine.play.roleplays import can_leave
from scenario_engine.state import State, Talk, Turn, Visit
from scenario_engine.view.asked import criteria_of
from scenario_engine.view.words import Words, typed
from scenario_engine.views import BeatView, GoalView, PersonView, RoleplayView


def roleplay_view(words: Words, state: State, scene: Roleplay, *, inside: bool = False) -> RoleplayView:
    """Return the role-play that is going on; `inside`: as it stands beside a scene that it has called."""
    talk = state.talks[-1]
    last = next(visit for visit in reversed(state.trail) if visit.scene == scene.id)
    needed = scene.ends.goals
    return RoleplayView(
        plays=_person(words, scene.plays.learner),
        character=_person(words, scene.plays.character, talk.mood),
        present=[_person(words, name) for name in scene.plays.present],
        is_reversed=scene.plays.learner != "you",
        said=_said_so_far(words, state, scene, last),
        goals=[_goal(words, scene, talk, index) for index in range(len(scene.goals))],
        goals_needed=needed,
        criteria=[] if scene.hide_criteria else criteria_of(words, scene.criteria),
        max_characters=scene.max_characters,
        turns=talk.turns,
        turns_left=max(0, scene.ends.turns - talk.turns),
        can_leave=not inside and can_leave(state, scene),
        voiced=state.voice,
        inside=inside,
        ended="" if inside else last.ended,
    )


def _said_so_far(words: Words, state: State, scene: Roleplay, last: Visit) -> list[BeatView]:
    shown: list[BeatView] = []
    for visit in stretch_of(words.story, state, last):
        shown += said_in_visit(words, scene, visit) if visit.scene == scene.id else _called(words, scene, visit)
    return shown


def _called(words: Words, scene: Roleplay, visit: Visit) -> list[BeatView]:
    """Return a choice that was made in a scene inside, and what was said to it, as part of the conversation."""
    choice = words.story.choices[visit.took][1]
    own = Spoken(scene.plays.learner, choice.text, is_learner=True)
    answers = words.beats(choice.then, visit.reaction)
    for answer in answers:
        answer.id = f"t{visit.seq}-{answer.id}"
    return [_beat(words, own, f"t{visit.seq}", is_authored=True), *answers]


def said_in_visit(words: Words, scene: Roleplay, visit: Visit) -> list[BeatView]:
    """Return what was said in one visit to a role-play, in order."""
    shown: list[BeatView] = []
    for number, turn in enumerate(visit.turns):
        name = f"t{visit.seq}-{number}"
        shown += _event(words, scene, turn, name) if turn.by == "event" else _turn(words, scene, turn, name)
    return shown


def _turn(words: Words, scene: Roleplay, turn: Turn, name: str) -> list[BeatView]:
    return [_beat(words, said, name, is_authored=bool(turn.line)) for said in spoken_in(scene, turn)]


def _event(words: Words, scene: Roleplay, turn: Turn, name: str) -> list[BeatView]:
    shown = []
    for beat in beats_of(scene, turn):
        view = words.beat(beat)
        view.id, view.is_learner = f"{name}-{beat.id}", beat.who == scene.plays.learner
        shown.append(view)
    return shown


def _beat(words: Words, said: Spoken, name: str, *, is_authored: bool) -> BeatView:
    person = _person(words, said.who, said.mood)
    return BeatView(
        id=name,
        text=words.rich(said.text) if is_authored else typed(said.text),
        who=said.who,
        name=person.name,
        role=person.role,
        is_learner=said.is_learner,
        portrait=person.portrait,
        by_model=said.by_model,
    )


def _person(words: Words, name: str, mood: str = "") -> PersonView:
    member = words.story.scenario.cast.get(name)
    if member is None:
        return PersonView(id=name, name=name)
    portrait = words.portrait(member, mood)
    return PersonView(id=name, name=words.name(member), role=words.line(member.role), portrait=portrait)


def _goal(words: Words, scene: Roleplay, talk: Talk, index: int) -> GoalView:
    goal = scene.goals[index]
    met = goal.id in talk.goals
    can_tick = goal.met_by.learner and not met
    return GoalView(id=goal.id, text=words.rich(goal.text), met=met, can_tick=can_tick)
