"""The shapes a browser receives: what the learner may see now, and nothing more. Built in `view` and `debrief`."""

from scenario_engine.views.after import (
    CalibrationView,
    CorrectionView,
    Debrief,
    DebriefEntry,
    GradeView,
    ProfileBar,
    ProfileWord,
)
from scenario_engine.views.asked import (
    CriterionView,
    HintView,
    MatchView,
    OptionView,
    PromptView,
    QuestionView,
    ReplyView,
    ShareView,
)
from scenario_engine.views.now import (
    AboutView,
    EndingView,
    FactView,
    FeedbackView,
    MeterView,
    TimerView,
    View,
)
from scenario_engine.views.served import (
    Delivery,
    DeliveryStatus,
    Served,
    TestPlayed,
)
from scenario_engine.views.shapes import (
    BeatView,
    ChoiceView,
    Direction,
    MediaView,
    PortraitView,
    Rich,
    ScreenKind,
)
from scenario_engine.views.talking import (
    GoalView,
    PersonView,
    RoleplayView,
)

__all__ = [
    "AboutView",
    "BeatView",
    "CalibrationView",
    "ChoiceView",
    "CorrectionView",
    "CriterionView",
    "Debrief",
    "DebriefEntry",
    "Delivery",
    "DeliveryStatus",
    "Direction",
    "EndingView",
    "FactView",
    "FeedbackView",
    "GoalView",
    "GradeView",
    "HintView",
    "MatchView",
    "MediaView",
    "MeterView",
    "OptionView",
    "PersonView",
    "PortraitView",
    "ProfileBar",
    "ProfileWord",
    "PromptView",
    "QuestionView",
    "ReplyView",
    "Rich",
    "RoleplayView",
    "ScreenKind",
    "Served",
    "ShareView",
    "TestPlayed",
    "TimerView",
    "View",
]
