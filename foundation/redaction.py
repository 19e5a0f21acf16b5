"""Taking secrets out of text before it is logged or stored."""

import re

HIDDEN = "[hidden]"

_RULES = (
    # A JSON Web Token, whole or cut.
    re.compile(r"\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,2}"),
    # API keys of the usual shape.
    re.compile(r"\b(?:sk|pk|key)-[A-Za-z0-9_-]{12,}"),
    re.compile(r"(?i)(?<=\bbearer )[^\s\"',;]+"),
    re.compile(r"(?i)(?<=\bbasic )[A-Za-z0-9+/=]{8,}"),
)
_NAMED = re.compile(
    r"(?i)(\b(?:[\w-]*(?:token|secret|password|passwd|assertion|api[_-]?key|authorization|cookie|sessionid|grant))"
    r"[\"']?\s*[=:]\s*[\"']?)(?!\[hidden\]|bearer |basic )([^\s\"'&,;}]+)"
)


def redact(text: str) -> str:
    """Return `text` with tokens, keys and passwords replaced."""
    for rule in _RULES:
        text = rule.sub(HIDDEN, text)
    return _NAMED.sub(rf"\g<1>{HIDDEN}", text)
