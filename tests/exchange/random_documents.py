"""Random documents of all nine kinds for round trips: every one decodes and defines each name that it uses."""

from typing import Any

from hypothesis import strategies as st

from scenario_engine.codec import decode_raw, to_raw
from scenario_engine.document import Scenario

# What breaks formats: quotes, brackets, line ends, formulas, marks of other languages, empty lines, unusual blanks.
NASTY = [
    "=1+1", "+2", "-", "@x", "'=x", "''", '"', "a,b;c", "|", "]]", "[[x|y]]", "<<if>>", "/* beat */", "*/", "\\n", "\\",
    ":: Start", "a\n:: b", "a\nb", "a\r\nb", "a\rb", "x\n", "\n\nx", " x ", "\tx", "x\u2028y", "x\x85y", "x\x0by", "{n}", "'{'",
    "<b>&amp;</b>", "]]>", "$trust", "Mara: hello", "#", "- x", "1. x", "Ünï ✓ 漢字", "\u202eabc", "\ufeffx", "\x01", "true", "\u00a0x\u00a0",
]  # fmt: skip
_characters = st.characters(exclude_categories=("Cs",), exclude_characters="\0")
texts = st.one_of(st.sampled_from(NASTY), st.text(_characters, min_size=1, max_size=20), st.just("Plain words."))
maybe = st.one_of(st.just(""), texts)
_numbers = st.one_of(st.integers(-9, 9), st.sampled_from([0.5, -0.25, 1e-7, 12.75]))
_points = st.dictionaries(st.sampled_from(["care", "clarity"]), _numbers, max_size=2)
_media = st.builds(lambda alt: {"use": "media/a.png", "alt": alt}, maybe)


def _simple() -> st.SearchStrategy[dict[str, Any]]:
    compared = st.one_of(
        st.builds(lambda n: {"at_least": n}, _numbers),
        st.builds(lambda n, m: {"at_least": n, "at_most": m}, _numbers, _numbers),
        st.builds(lambda n: {"is": n}, _numbers),
    )
    return st.one_of(
        st.builds(lambda each: {"var": "trust", **each}, compared),
        st.just({"var": "told", "is": True}),
        st.builds(lambda word: {"var": "tone", "is": word}, st.sampled_from(["kind", "not plain", "true", 'q"'])),
        st.builds(lambda each: {"visits": "s0", **each}, compared),
        st.builds(lambda each: {"attempt": "number", **each}, compared),
        st.just({"fact": "late"}),
        st.just({"chosen": "c0"}),
        st.builds(lambda each: {"level": "s0.kind", **each}, compared),
        st.just({"goal": "s0.calm"}),
    )


conditions = st.recursive(
    _simple(),
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=5,
)
_effects = st.fixed_dictionaries(
    {},
    optional={
        "add": st.dictionaries(st.just("trust"), _numbers, max_size=1),
        "set": st.one_of(
            st.just({"told": True}), st.just({"tone": "not plain"}), st.just({"tone": "yes"}), st.just({})
        ),
        "learn": st.lists(st.just("late"), max_size=1),
    },
)
_beats = st.lists(
    st.fixed_dictionaries(
        {"text": maybe},
        optional={
            "who": st.sampled_from(["mara", "you"]),
            "mood": st.just("cold"),
            "when": conditions,
            "media": _media,
        },
    ),
    max_size=3,
)


@st.composite
def _scene(draw: st.DrawFn, index: int, targets: list[str]) -> dict[str, Any]:
    kind = draw(
        st.sampled_from(["page", "line", "decision", "question", "reply", "roleplay", "reflection", "route", "ending"])
    )
    goto = st.sampled_from(["", *targets])
    scene: dict[str, Any] = {
        "id": f"s{index}",
        "kind": kind,
        "title": draw(maybe),
        "beats": draw(_beats),
        "note": draw(maybe),
    }
    sample = st.fixed_dictionaries({"text": texts, "goto": goto})
    if kind == "page":
        choose = st.lists(st.fixed_dictionaries({"text": texts, "goto": goto}), max_size=2)
        scene |= {"text": draw(maybe), "goto": draw(goto), "choose": draw(choose), "done": draw(st.booleans())}
    elif kind in ("line", "ending"):
        scene |= (
            {"goto": draw(goto)}
            if kind == "line"
            else {"outcome": "good", "text": draw(maybe), "points": draw(_points)}
        )
    elif kind == "decision":
        count = draw(st.integers(0, 3))
        scene |= {"prompt": draw(maybe), "shuffle": draw(st.booleans())}
        scene["choices"] = [draw(_choice(f"c{index if not n else f'{index}_{n}'}", goto)) for n in range(count)]
    elif kind == "question":
        options = st.lists(
            st.fixed_dictionaries(
                {"text": texts, "feedback": maybe},
                optional={"credit": st.sampled_from([0, 1, 0.5, 0.3]), "right": st.booleans()},
            ),
            max_size=3,
        )
        scene |= {
            "type": draw(st.sampled_from(["single", "multiple"])),
            "prompt": draw(maybe),
            "points": draw(st.integers(0, 5)),
        }
        scene |= {"competency": "care", "goto": draw(goto), "options": draw(options)}
    elif kind == "reply":
        rules = st.lists(
            st.builds(lambda when, to, more: {"when": when, "goto": to, **more}, conditions, goto, _effects), max_size=2
        )
        scene |= {
            "prompt": draw(maybe),
            "criteria": [{"use": "kind"}],
            "branch": draw(rules),
            "otherwise": {"goto": draw(goto)},
        }
        if draw(st.booleans()):
            scene["if_not_assessed"] = {"ask": draw(maybe), "samples": draw(st.lists(sample, min_size=1, max_size=2))}
    elif kind == "roleplay":
        scene |= {
            "plays": {"learner": "you", "character": "mara"},
            "ends": {"turns": 3},
            "exits": {"turns": draw(goto)},
        }
        scene |= {"prompt": draw(maybe), "lines": {"cold": [draw(texts)]}, "opening": draw(_beats)}
    elif kind == "reflection":
        scene |= {"prompts": [{"id": "r1", "type": "journal", "text": draw(texts)}], "goto": draw(goto)}
    else:
        rules = st.lists(
            st.builds(lambda when, to, more: {"when": when, "goto": to, **more}, conditions, goto, _effects), max_size=2
        )
        scene |= {"rules": draw(rules), "otherwise": draw(goto)}
    return scene


@st.composite
def _choice(draw: st.DrawFn, name: str, goto: st.SearchStrategy[str]) -> dict[str, Any]:
    choice = {"id": name, "text": draw(texts), "goto": draw(goto), "points": draw(_points), "then": draw(_beats)}
    choice |= {"feedback": draw(maybe), "better": draw(maybe), "once": draw(st.booleans()), **draw(_effects)}
    return choice | ({"when": draw(conditions)} if draw(st.booleans()) else {})


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a document as `to_raw` gives it."""
    return to_raw(draw(scenarios()))


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Draw a scenario."""
    targets = [f"s{i}" for i in range(draw(st.integers(1, 5)))]
    decoded = decode_raw(
        {
            "format": 1,
            "id": draw(st.sampled_from(["small", "Other-one"])),
            "title": draw(texts),
            "summary": draw(maybe),
            "language": draw(st.sampled_from(["en", "de", "ar", "fi"])),
            "competencies": {"care": {"title": draw(texts)}, "clarity": {"title": "Clarity"}},
            "cast": {
                "you": {"name": "you"},
                "mara": {"name": draw(texts), "moods": {"cold": {"image": "media/m.png", "alt": draw(maybe)}}},
            },
            "variables": {
                "trust": {"type": "number", "range": [0, 10], "start": 3},
                "told": {"type": "flag"},
                "tone": {"type": "choice", "of": ["plain", "kind", "not plain", "true", "yes", 'q"']},
            },
            "facts": {"late": {"text": draw(texts)}},
            "criteria": {"kind": {"competency": "care", "points": 4, "anchors": ["0", "1", "2", "3", draw(texts)]}},
            "scenes": [draw(_scene(index, targets)) for index in range(len(targets))],
        }
    )
    assert decoded.scenario is not None, decoded.problems
    return decoded.scenario
