"""Variables: typed and bounded, shown as a meter with words or kept hidden."""

from typing import Annotated, Literal

import msgspec

from scenario_engine.document.base import Number, Part, ShortText, Word

Show = Literal["meter", "words", "hidden"]


class NumberVariable(Part, tag_field="type", tag="number", kw_only=True):
    """A whole or decimal number inside `range`; `words` name the stretch from each threshold upward."""

    range: tuple[Number, Number]
    start: Number = 0
    label: ShortText = ""
    show: Show = "hidden"
    words: list[tuple[Number, ShortText]] = []


class FlagVariable(Part, tag_field="type", tag="flag", kw_only=True):
    """True or false."""

    start: bool = False
    label: ShortText = ""
    show: Show = "hidden"


class ChoiceVariable(Part, tag_field="type", tag="choice", kw_only=True):
    """One of the named values in `of`; starts at the first unless `start` says otherwise."""

    of: Annotated[list[Word], msgspec.Meta(min_length=1, max_length=50)]
    start: Word | None = None
    label: ShortText = ""
    show: Show = "hidden"


Variable = NumberVariable | FlagVariable | ChoiceVariable
