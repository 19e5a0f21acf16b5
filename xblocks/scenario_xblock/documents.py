"""The block's scenario: decoded and compiled once per process, former editions kept so that nobody is stranded."""

from fractions import Fraction
from functools import lru_cache
from typing import Any

from scenario_engine.codec import decode, digest, encode_json
from scenario_engine.document import Scenario
from scenario_engine.story import Story, compile_story

# Learners half-way through an older edition go on with it; three are enough for a term's corrections.
FORMER_KEPT = 3


@lru_cache(maxsize=64)
def story_of(document: str, maximum: str) -> Story | None:
    """Return the compiled story of a stored JSON document, or None when it cannot be read."""
    scenario = decode(document.encode()).scenario
    if scenario is None:
        return None
    return compile_story(scenario, maximum=Fraction(maximum) if maximum else None)


def stored_form(scenario: Scenario) -> tuple[str, str]:
    """Return (document, digest) as the block keeps them."""
    return encode_json(scenario).decode(), digest(scenario)


def with_former(former: dict[str, Any], digest_: str, document: str, maximum: str) -> dict[str, Any]:
    """Return `former` with one more edition, the oldest ones dropped."""
    kept = {key: value for key, value in former.items() if key != digest_}
    kept[digest_] = {"document": document, "maximum": maximum}
    return dict(list(kept.items())[-FORMER_KEPT:])
