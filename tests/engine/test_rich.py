"""Authored text becomes a small tree; nothing else gets through."""

import pytest

from scenario_engine.rich import escape, plain, rich, terms


def test_the_subset() -> None:
    text = "a\nb **x *y*** [[face|Face]] [k](https://a.example)\n\n- one\n\n> said\n\n# H\n\n1. `c`  \nd\n\n---"
    term = {"t": "term", "id": "face", "c": ["Face"]}
    link = {"t": "a", "href": "https://a.example", "c": ["k"]}
    bold = {"t": "b", "c": ["x ", {"t": "i", "c": ["y"]}]}
    assert rich(text) == [
        {"t": "p", "c": ["a b ", bold, " ", term, " ", link]},
        {"t": "ul", "c": [[{"t": "p", "c": ["one"]}]]},
        {"t": "quote", "c": ["said"]},
        {"t": "h", "c": ["H"]},
        {"t": "ol", "c": [[{"t": "p", "c": [{"t": "code", "c": ["c"]}, {"t": "br"}, "d"]}]]},
        {"t": "hr"},
    ]
    assert terms(rich(text)) == {"face"}


@pytest.mark.parametrize(
    "text", ["<b>x</b>", "<script>alert(1)</script>", "[j](javascript:x)", "[d](data:text/html,x)", "&lt;", "a | b"]
)
def test_everything_else_is_shown_as_typed(text: str) -> None:
    assert rich(text) == [{"t": "p", "c": [text]}]


@pytest.mark.parametrize("name", ["**Bo**", "[[face]]", "<i>", "[x](https://a.example)", "# x", "1. x", "a_b_c"])
def test_a_hosts_value_means_nothing_but_itself(name: str) -> None:
    tree = rich(f"Hello {escape(name)}!")
    assert plain(tree).replace("⁠", "") == f"Hello {name}!"
    assert all(isinstance(part, str) for part in tree[0]["c"])
