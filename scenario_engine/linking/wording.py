"""Texts whose variables, people and glossary terms got other names: the braces and brackets in them follow."""

import re
from collections.abc import Mapping

import msgspec

from scenario_engine.messages import MessageError, rename_slots, slot_names
from scenario_engine.rich import TERM


class Rewording(msgspec.Struct, frozen=True):
    """The new names of what a text may mention: slots (variables and cast) and glossary terms."""

    slots: Mapping[str, str] = {}
    terms: Mapping[str, str] = {}

    def of(self, text: str) -> str:
        """Return `text` with the new names; the same text where it mentions none of them."""
        if "[[" in text:
            text = TERM.sub(self._term, text)
        if "{" not in text or not self.slots:
            return text
        try:
            return rename_slots(text, self.slots) if slot_names(text) & self.slots.keys() else text
        except MessageError:
            return text  # it is shown as typed, and checks have said so

    def _term(self, found: re.Match[str]) -> str:
        new = self.terms.get(found[1])
        return f"[[{new}|{found[2] or found[1].replace('_', ' ')}]]" if new else found[0]
