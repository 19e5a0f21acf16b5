"""A role-play as it stands."""

from scenario_engine.state import RoleplayEnd
from scenario_engine.views.asked import CriterionView
from scenario_engine.views.shapes import BeatView, PortraitView, Rich, Shape


class PersonView(Shape):
    """Somebody of the cast."""

    id: str
    name: str
    role: str = ""
    portrait: PortraitView | None = None


class GoalView(Shape):
    """An aim of the role-play; `can_tick` where the learner says whether it is met."""

    id: str
    text: Rich
    met: bool = False
    can_tick: bool = False


class RoleplayView(Shape):
    """A role-play as it stands: everything said so far (the opening included), and how it may go on.

    Also present, with `inside` set, beside a scene that the role-play has called: the conversation goes on after it.
    `ended` says why nothing more can be said: Continue leads on. `voiced`: a model speaks for the character.
    """

    plays: PersonView
    character: PersonView
    said: list[BeatView]
    max_characters: int
    is_reversed: bool = False
    present: list[PersonView] = []
    goals: list[GoalView] = []
    goals_needed: int | None = None
    criteria: list[CriterionView] = []
    turns: int = 0
    turns_left: int = 0
    can_leave: bool = False
    voiced: bool = False
    inside: bool = False
    ended: RoleplayEnd = ""
