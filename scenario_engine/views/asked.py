"""What a learner is asked for: an answer, words, the nearest sample, private writing."""

from typing import Literal

from scenario_engine.views.shapes import ChoiceView, Rich, Shape


class HintView(Shape):
    """A hint already taken."""

    id: str
    text: Rich


class OptionView(Shape):
    """An option of a question; after a try at-once feedback may stand on it."""

    id: str
    text: Rich


class QuestionView(Shape):
    """A question as asked: never its key. `hint_cost` is the price of the next hint (0..1).

    Ordering: `options` in the order to begin from. Matching: `options` are the left sides. Ids of what is ordered or
    matched are made up per attempt and say nothing. `last_answer`: the ids, what was typed, or "left=right".
    """

    type: Literal["single", "multiple", "numeric", "short_text", "ordering", "matching"]
    options: list[OptionView] = []
    right_side: list[OptionView] = []
    tries: int = 1
    tries_left: int = 1
    hints: list[HintView] = []
    hints_left: int = 0
    hint_cost: float = 0
    asks_confidence: bool = False
    unit: str = ""
    last_answer: list[str] = []


class CriterionView(Shape):
    """What a reply will be read for, unless the author hides it."""

    id: str
    title: str
    anchors: list[Rich] = []


class ReplyView(Shape):
    """A reply to write; `text` is what was written, once it was."""

    max_characters: int
    criteria: list[CriterionView] = []
    text: str = ""


class MatchView(Shape):
    """The authored samples to match the own words to."""

    ask: Rich
    samples: list[ChoiceView]
    text: str


class ShareView(Shape):
    """Something the learner can let a coach see: another prompt's words, or the conversation (id `transcript`)."""

    id: str
    text: Rich = []
    shared: bool = False


class PromptView(Shape):
    """A private prompt. `text` are the learner's own words where the host keeps them; `wrote`: there are some."""

    id: str
    type: Literal["journal", "goal", "ask_coach"]
    prompt: Rich
    wrote: bool = False
    text: str = ""
    remind_after_days: list[int] = []
    shares: list[ShareView] = []
