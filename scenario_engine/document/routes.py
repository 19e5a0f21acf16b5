"""What routes are made of: rules, random arms, draws, and calls of other scenarios."""

from typing import Annotated, Literal

import msgspec

from scenario_engine.document.base import Id, Part, Target, Value, Word
from scenario_engine.document.conditions import Condition, Effects

Outcome = Literal["good", "mixed", "poor", "stopped", "read"]


class RouteRule(Effects, kw_only=True):
    """A branch of a route; the first whose condition holds is taken."""

    when: Condition
    goto: Target = ""


class Arm(Part, kw_only=True):
    """One arm of a random route; `chance` is a weight, not a percentage."""

    goto: Target = ""
    chance: Annotated[float, msgspec.Meta(gt=0, le=1000)] = 1


class Draw(Part, kw_only=True):
    """`count` different scenes out of `from`, in seeded order; each ends with goto next_drawn; then `then`."""

    from_: list[Target] = msgspec.field(name="from")
    count: Annotated[int, msgspec.Meta(ge=1, le=100)]
    then: Target = ""


class Call(Part, kw_only=True):
    """Another scenario is played here; the outcome of its ending decides the way on (`linking` puts it in place).

    `variables` and `facts` are shared by name: the called scenario's own name, then ours. `set` gives the called
    scenario's other variables a start. What is not named stays its own.
    """

    scenario: Word
    ways: dict[Outcome, Target] = {}
    otherwise: Target = ""
    variables: dict[Id, Id] = {}
    facts: dict[Id, Id] = {}
    set: dict[Id, Value] = {}
