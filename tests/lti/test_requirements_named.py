"""Every numbered requirement on launches has a test that carries its number."""

import re
from pathlib import Path

HERE = Path(__file__).parent
WANTED = [
    *(f"C{number}" for number in range(1, 26)),
    *(f"S{number}" for number in range(1, 23)),
    *(f"K{number}" for number in range(1, 7)),
    *(f"A{number}" for number in range(1, 8)),
    "N1",
    "D1",
    "D2",
    "R1",
    "R2",
    "X1",
]


def test_every_requirement_is_named_by_a_test():
    text = "\n".join(path.read_text() for path in sorted(HERE.glob("test_*.py")) if path != Path(__file__))
    named = {match.upper() for match in re.findall(r"def test_([a-z]\d+)_", text)}
    named |= set(re.findall(r'"([A-Z]\d+) [^"]+"', text))
    assert [each for each in WANTED if each not in named] == []
