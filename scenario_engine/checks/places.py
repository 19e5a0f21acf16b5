"""Where in a scene something stands, in words: what has no id is told apart in a list of findings all the same."""

import re

_RULE = re.compile(r"\.(?:rules|branch)\[(\d+)\]")
_OUTSIDE = {"$.scoring.weights": "In the weights: ", "$.safety.if_stopped": "In what stopping offers: "}


def place(path: str) -> str:
    """Return how a message about `path` (in a scene, or from "$") begins; "" where an id says where it is."""
    rule = _RULE.match(path)
    if rule:
        return f"In rule {int(rule[1]) + 1}: "
    return next((words for start, words in _OUTSIDE.items() if path.startswith(start)), "")
