"""Custom parameters: what is substituted, and what Moodle makes of them."""

from sandbox_lms.custom import expand, expand_as_moodle

KNOWN = {"User.username": "amara", "ResourceLink.id": None, "Context.title": ""}


def test_known_variables_are_replaced_and_others_stay():
    given = {"a": "$User.username", "b": "$ResourceLink.id", "c": "$Made.up", "d": 5, "e": "\\$User.username"}
    assert expand(given, KNOWN) == {"a": "amara", "b": None, "c": "$Made.up", "d": 5, "e": "$User.username"}


def test_moodle_lets_the_tool_win_and_writes_keys_with_capitals_twice():
    assert expand_as_moodle({"level": "tool"}, {"level": "link", "camelKey": "x"}, KNOWN) == {
        "level": "tool", "camelKey": "x", "camelkey": "x",
    }  # fmt: skip


def test_moodle_breaks_lines_into_new_keys_and_texts_every_value():
    assert expand_as_moodle({}, {"nl": "a\nb=c", "yes": True, "n": 5}, KNOWN) == {
        "nl": "a", "b": "c", "yes": "1", "n": "5",
    }  # fmt: skip


def test_moodle_takes_the_names_of_its_services_away():
    assert expand_as_moodle({}, {"scores_url": "x", "lineitem_url": "y", "mine": "z"}, KNOWN) == {"mine": "z"}
