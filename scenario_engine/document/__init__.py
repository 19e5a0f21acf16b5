"""Document format 1: the msgspec structs that define a scenario. Reading and writing bytes lives in `codec`."""

from scenario_engine.document.cast import CastMember, Fact, Mood, Slot
from scenario_engine.document.conditions import Condition
from scenario_engine.document.replies import CriterionDefinition
from scenario_engine.document.scenario import (
    FORMAT,
    Competency,
    Objective,
    Review,
    Safety,
    Scenario,
    Scoring,
    StoppedOffer,
)
from scenario_engine.document.scenes import (
    Choice,
    Decision,
    Ending,
    Line,
    Option,
    Page,
    PageChoice,
    Question,
    Reflection,
    Reply,
    Roleplay,
    Route,
    Scene,
)
from scenario_engine.document.shared import Beat
from scenario_engine.document.variables import ChoiceVariable, FlagVariable, NumberVariable, Variable

__all__ = [
    "FORMAT",
    "Beat",
    "CastMember",
    "Choice",
    "ChoiceVariable",
    "Competency",
    "Condition",
    "CriterionDefinition",
    "Decision",
    "Ending",
    "Fact",
    "FlagVariable",
    "Line",
    "Mood",
    "NumberVariable",
    "Objective",
    "Option",
    "Page",
    "PageChoice",
    "Question",
    "Reflection",
    "Reply",
    "Review",
    "Roleplay",
    "Route",
    "Safety",
    "Scenario",
    "Scene",
    "Scoring",
    "Slot",
    "StoppedOffer",
    "Variable",
]
