"""Fuzzed readers: sound files, mutated, cut and mixed with noise, raise nothing but the one documented exception."""

from __future__ import annotations

import io
import json
import os
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenario_engine.codec import decode_raw
from scenario_exchange import ImportRefused, read
from scenario_exchange.limits import Limits
from scenario_exchange.refusals import REFUSALS
from tests.exchange.fixtures import SOUND, h5p, h5p_content, twine_html
from tests.exchange.hostile import packed

# A longer run: FUZZ_EXAMPLES=2000.
FUZZ = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
# A generous guard: a reader that loops is refused by its own clock, and the test fails on the code.
LIMITS = Limits(seconds=60)

_TOKENS = {
    "sugarcube": ["<<if $x>>", "<<else>>", "<</if>>", "<<link 'a' 'B'>>", "<</link>>", "<<set $x to 1>>", "[[B]]", "[[a|B]]",
                  "<<include 'B'>>", "<<switch $x>>", "<<case 1>>", "<</switch>>", "$x", "''", "//", "<b>", "</b>", "/*", "*/", "\n",
                  "<<goto 'A'>>", "<<print $x>>", "<<set $x += '", ">>", "<<", "words", "{", "}", "<script>", "\u202e", "é", "'#"],
    "harlowe": ["(if: $x)", "(else:)", "[", "]", "[[B]]", "(set: $x to 1)", "(put: 2 into $x)", "(goto: 'B')", "(link: 'a')",
                "(display: 'B')", "|n>", "<n|", "$x", "(open-storylets:)", "(storylet: when $x is 1)", "(", ")", '"', "''", "//", "\n"],
    "chapbook": ["x: 1\n", "--\n", "[if x > 1]\n", "[else]\n", "[cont'd]\n", "{x}", "{embed passage: 'B'}", "[[B]]", "> ", "\n",
                 "{link to: 'B', label: 'a'}", "[unless x]\n", "{", "}", "*", "_", "[note]\n", "x (x > 1): 2\n"],
    "snowman": ["<%", "%>", "<% if (s.x > 1) { %>", "<% } else { %>", "<% } %>", "<%= s.x %>", "<% s.x = 1; %>", "[[B]]", "\n",
                '<a data-passage="B">', "</a>", "*", "words"],
    "yarn": ["-> a\n", "    -> b\n", "<<if $x>>\n", "<<else>>\n", "<<endif>>\n", "<<jump B>>\n", "Mara: hi {$x}\n", "<<set $x to 1>>\n",
             "===\n", "---\n", "title: B\n", "[[a|B]]\n", "<<declare $x = 1>>\n", " #line:1\n", "=> c\n", "<<once>>\n", "<<detour B>>\n"],
}  # fmt: skip


def check(data: bytes, name: str) -> None:
    """Read, and demand either documents that decode or a refusal that says something."""
    try:
        found = read(io.BytesIO(data), name, LIMITS)
    except ImportRefused as error:
        assert error.code in REFUSALS
        assert error.code != "import.too-slow"
        assert error.message
        return
    for document in found.documents:
        assert decode_raw(document).problems == []
    assert found.report.entries


@st.composite
def mutated(draw: st.DrawFn, data: bytes) -> bytes:
    """Return `data` with pieces cut, doubled, exchanged for noise, or with the end missing."""
    rng = random.Random(draw(st.integers(0, 2**32)))
    for _ in range(draw(st.integers(1, 6))):
        start = rng.randrange(len(data) + 1)
        end = min(len(data), start + rng.choice([1, 2, 10, 200]))
        piece = data[start:end]
        noise = draw(
            st.sampled_from(
                [b"", piece * 3, b"\0", b"\xff", b'"', b"<", b">>", b"[[", b"{", b"}", b"\n", b"9" * 400, b"-", b"~"]
            )
        )
        data = data[:start] + noise + data[end:]
    return data[: rng.randrange(len(data) + 1)] if draw(st.booleans()) and data else data


@pytest.mark.parametrize("name", SOUND)
def test_a_mutated_file_raises_nothing_else(name: str) -> None:
    file, sound = SOUND[name]

    @FUZZ
    @given(mutated(sound))
    def run(data: bytes) -> None:
        check(data, file)

    run()


@pytest.mark.parametrize("dialect", _TOKENS)
def test_any_jumble_of_a_dialect_raises_nothing_else(dialect: str) -> None:
    names = st.lists(st.sampled_from(_TOKENS[dialect]), max_size=60)

    @FUZZ
    @given(names, names)
    def run(first: list[str], second: list[str]) -> None:
        if dialect == "yarn":
            text = f"title: A\n---\n{''.join(first)}\n===\ntitle: B\n---\n{''.join(second)}\n===\n"
            check(text.encode(), "a.yarn")
            return
        head = f':: StoryTitle\nT\n:: StoryData\n{{"format": "{dialect}", "start": "A"}}\n'
        check(f"{head}:: A\n{''.join(first)}\n:: B\n{''.join(second)}\n".encode(), "a.twee")

    run()


_JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        found += _places(inner, (*path, key))
    return found


@st.composite
def restructured(draw: st.DrawFn, source: str) -> Any:
    """Return JSON values with some exchanged for others of any type, or taken out."""
    data = json.loads(source)
    for _ in range(draw(st.integers(1, 4))):
        places = _places(data)
        if not places:
            break
        *path, last = draw(st.sampled_from(places))
        holder = data
        for key in path:
            holder = holder[key]
        if draw(st.booleans()):
            holder[last] = draw(_JUNK)
        else:
            del holder[last]
    return data


@pytest.mark.parametrize("name", ["twine-json", "branching-xblock", "ink", "h5p-json", "h5p"])
def test_json_of_the_wrong_shape_raises_nothing_else(name: str) -> None:
    file, sound = SOUND.get(name, ("content.json", b""))
    source = json.dumps(h5p_content()) if name.startswith("h5p") else sound.decode("utf-8-sig")

    @FUZZ
    @given(restructured(source))
    def run(data: Any) -> None:
        check(h5p(data) if name == "h5p" else json.dumps(data).encode(), file)

    run()


@FUZZ
@given(
    st.binary(max_size=400),
    st.sampled_from([".html", ".twee", ".json", ".h5p", ".yaml", ".yarn", ".zip", ".xml", ".tws", ""]),
)
def test_any_bytes_under_any_name_raise_nothing_else(data: bytes, extension: str) -> None:
    check(data, f"file{extension}")


@FUZZ
@given(st.dictionaries(st.text(min_size=1, max_size=30), st.binary(max_size=200), max_size=6))
def test_any_package_raises_nothing_else(files: dict[str, bytes]) -> None:
    named = [(name.encode("utf-8", "replace").decode(), data) for name, data in files.items()]
    check(packed([("h5p.json", b"{}"), *named]), "any.h5p")


@FUZZ
@given(st.text(max_size=300), st.text(max_size=60))
def test_any_words_in_a_page_arrive_or_are_refused(text: str, name: str) -> None:
    page = twine_html().replace("Hello", text).replace("Story 1", name)
    check(page.encode("utf-8", "replace"), "page.html")
