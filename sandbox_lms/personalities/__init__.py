"""The LMSs that the sandbox can be. One module each; `of` finds the one of an `Lms` row."""

from typing import TYPE_CHECKING

from sandbox_lms.personalities.base import Options, Personality, Refusal
from sandbox_lms.personalities.brightspace import Brightspace
from sandbox_lms.personalities.canvas import Canvas
from sandbox_lms.personalities.moodle import Moodle
from sandbox_lms.personalities.openedx import OpenEdx
from sandbox_lms.personalities.sakai import Sakai

if TYPE_CHECKING:
    from sandbox_lms.models import Lms

PERSONALITIES: dict[str, Personality] = {
    personality.key: personality for personality in (Moodle(), Canvas(), OpenEdx(), Brightspace(), Sakai())
}


def of(lms: "Lms") -> Personality:
    """Return the personality of `lms`."""
    return PERSONALITIES[lms.personality]


__all__ = ["PERSONALITIES", "Options", "Personality", "Refusal", "of"]
