"""What links of Twine stories do, and the words they stand in; ifs whose passage changes what they ask about."""

from __future__ import annotations

import io
from typing import Any

import pytest

from scenario_engine.actions import Choose, Continue
from scenario_engine.codec import decode_raw
from scenario_engine.play import advance, start
from scenario_engine.story import compile_story
from scenario_exchange import Imported, read
from tests.exchange.readers.test_twine import entries, scenes, twee


def said(found: Imported, *choices: str) -> tuple[str, list[str]]:
    """Return the scene that is shown after choices, each by its id, and the texts said there."""
    (document,) = found.documents
    decoded = decode_raw(document)
    assert decoded.scenario is not None
    story = compile_story(decoded.scenario)
    state = start(story, "seed")
    for choice in choices:
        state = advance(story, state, Continue() if choice == "continue" else Choose(choice=choice))
    here = state.trail[-1]
    (scene,) = (each for each in decoded.scenario.scenes if each.id == here.scene)
    texts = {beat.id: beat.text for beat in getattr(scene, "beats", [])}
    return here.scene, [texts[beat] for beat in here.beats]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("You see a [[red door->B]] and a [[window|B]].", ["You see a red door and a window."]),
        ("What now? [[Run->B]] [[Hide->B]]", ["What now?"]),
        ("* [[Run->B]]\n* [[Hide->B]]", []),
        ("1. [[Run->B]]\n2. [[Hide->B]]", []),
        ("Say:\n[[Run->B]] | [[Hide->B]]", ["Say:"]),
        ("[[Run->B]] or [[hide->B]]?", ["Run or hide?"]),
        ("<b>[[Run->B]]</b> [[Hide->B]]", []),
    ],
)
def test_the_words_of_a_link_stay_where_they_are_part_of_a_sentence(written: str, text: list[str]) -> None:
    scene = scenes(twee(f":: A\n{written}\n\n:: B\nBye"))["a"]
    assert [beat["text"] for beat in scene.get("beats", [])] == text
    assert [choice["goto"] for choice in scene["choices"]] == ["b", "b"]


def test_a_link_that_goes_on_by_a_condition_leads_to_a_scene_that_decides() -> None:
    body = '<<set $x += 1>><<if $x gt 2>><<goto "B">><<else>><<goto "C">><</if>>'
    found = twee(f':: A\n<<link "Go">>{body}<</link>>\n\n:: B\nBye\n\n:: C\nNo')
    story = scenes(found)
    assert story["a"]["choose"] == [{"text": "Go", "goto": "a_go"}]
    assert story["a_go"]["rules"] == [
        {"when": {"attempt": "number", "at_least": 1}, "add": {"x": 1.0}, "goto": "a_go_then"}
    ]
    assert story["a_go_then"]["rules"] == [{"when": {"not": {"var": "x", "at_most": 2}}, "goto": "b"}]
    last = story[story["a_go_then"]["otherwise"]]
    assert (last["rules"], last["otherwise"]) == ([{"when": {"var": "x", "at_most": 2}, "goto": "c"}], "a")
    assert ("A", "What happens after “Go” became a scene of its own.") in entries(found, "changed")


def test_what_a_link_reveals_is_not_done_before_it_is_chosen() -> None:
    found = twee(
        ':: A\n<<if not $key>><<linkreplace "Pick it up">><<set $key to true>>It is yours.<</linkreplace>>'
        "<<else>>Nothing here.<</if>>\n[[B]]\n\n:: B\n[[A]] [[C]]\n\n:: C\nBye"
    )
    first, _ = scenes(found)["a"]["choices"]
    assert (first["goto"], first["once"], first["set"]) == ("a", True, {"key": True})
    assert first["then"] == [{"text": "It is yours."}]
    assert first["when"] == {"not": {"var": "key", "is": True}}


def test_a_passage_shown_inside_a_link_stands_behind_the_choice_with_its_own_ways() -> None:
    found = twee(
        ':: A\n<<link "Look">><<include "Box">><</link>>\n[[C]]\n\n:: Box\nA box.\n<<link "Open" "C">><</link>>\n\n:: C\nBye'
    )
    behind = scenes(found)["a_look"]
    assert behind["beats"] == [{"text": "A box."}]
    assert [(choice["text"], choice["goto"]) for choice in behind["choices"]] == [("Open", "c"), ("…", "a")]
    assert "box" not in scenes(found)


def test_a_passage_whose_links_only_change_it_can_be_left() -> None:
    found = twee(':: A\nHello. <<linkreplace "Wave">>She waves.<</linkreplace>>')
    scene = scenes(found)["a"]
    assert [(choice["text"], choice["goto"]) for choice in scene["choices"]] == [("Wave", "a"), ("…", "a_end")]
    assert scenes(found)["a_end"]["kind"] == "ending"
    assert ("A", "Its choices only lead back, so “…” leads on to an ending.") in entries(found, "changed")


def test_a_way_back_does_not_repeat_what_happened_on_the_way_in() -> None:
    found = twee(':: A\n<<set $gold += 1>><<link "Count">>You have $gold.<</link>>\n[[B]]\n\n:: B\nBye')
    assert scenes(found)["a_shown"]["choices"][0]["goto"] == "a_shown"


def test_a_link_shows_the_values_of_variables_and_dialects_draw_by_luck() -> None:
    found = twee(
        ':: A\n<<set $price to 3>>[[Pay $price coins->B]]\n<<link "Bet">><<goto `either("A", "B")`>><</link>>\n\n:: B\nBye'
    )
    story = scenes(found)
    assert story["a_shown"]["choices"][0]["text"] == "Pay {price} coins"
    assert story["a_bet"] == {"kind": "route", "id": "a_bet", "random": [{"goto": "a"}, {"goto": "b"}]}
    harlowe = twee(':: A\nx (link: "Bet")[(go-to: (either: "B", "C"))]\n\n:: B\nb\n\n:: C\nc', "Harlowe 3.3")
    assert scenes(harlowe)["a_bet"]["random"] == [{"goto": "b"}, {"goto": "c"}]


@pytest.mark.parametrize(
    ("body", "dialect"),
    [
        ("<<if not $seen>>First. <<set $seen to true>><<else>>Again.<</if>>", "SugarCube"),
        ("(if: not $seen)[First. (set: $seen to true)](else:)[Again.]", "Harlowe"),
        ("<% if (!s.seen) { %>First. <% s.seen = true %><% } else { %>Again.<% } %>", "Snowman"),
    ],
)
def test_an_if_that_changes_what_it_asks_about_shows_the_right_arm_each_time(body: str, dialect: str) -> None:
    found = twee(f":: A\n{body}\n[[Stay->A]] [[Go->B]]\n\n:: B\nBye", dialect)
    assert said(found) == ("a_shown", ["First."])
    assert said(found, "a_shown_stay") == ("a_shown", ["Again."])
    assert said(found, "a_shown_stay", "a_shown_stay") == ("a_shown", ["Again."])


def test_a_jump_goes_by_what_was_asked_before_its_arm_changed_it() -> None:
    found = twee(
        ':: A\n<<set $key to true>>[[B]]\n\n:: B\n<<if $key>><<set $key to false>><<goto "C">><</if>>Locked.\n\n:: C\nIn.'
    )
    assert said(found, "w1") == ("c", ["In."])


def test_links_win_over_a_jump_which_is_named() -> None:
    found = twee(':: A\nHurry! [[B]]\n<<timed 5s>><<goto "C">><</timed>>\n\n:: B\nBye\n\n:: C\nLate')
    assert scenes(found)["a"]["choose"] == [{"text": "B", "goto": "b"}]
    what = "It also goes on to “C” by itself, which a scene with choices does not."
    assert ("A", what) in entries(found, "dropped")


def test_what_is_no_variable_of_the_story_hides_nothing() -> None:
    found = twee(":: A\n<<if setup.debug>>Debug.<</if>><<if $bag.length gt 0>>Full.<</if>>\n[[B]]\n\n:: B\nBye")
    assert [beat.get("when") for beat in scenes(found)["a"]["beats"]] == [None, None]
    assert {what for _, what in entries(found, "changed")} >= {
        "Text is always there: “setup.debug” was not converted.",
        "Text is always there: “$bag.length gt 0” was not converted.",
    }
    assert "variables" not in found.documents[0]


def test_values_to_start_with_that_cannot_be_said_are_named() -> None:
    found = twee(
        ":: StoryInit\n<<set $bag to []>><<set $n to 2>>\n\n:: A\n<<if $bag>>Full.<</if>> $n\n[[B]]\n\n:: B\nBye"
    )
    assert ("Variables", "“$bag to []” at the beginning was not converted.") in entries(found, "dropped")
    what = "“$bag” is asked about, but nothing that was converted changes it: it stays false."
    assert ("Variables", what) in entries(found, "changed")


def test_visits_of_the_passage_itself_are_counted_as_each_format_counts_them() -> None:
    sugar = scenes(twee(":: A\n<<if visited() gt 1>>Again.<</if>>\n[[A]]"))["a"]
    assert sugar["beats"][0]["when"] == {"not": {"visits": "a", "at_most": 1}}
    harlowe = scenes(twee(':: A\n(if: visits is 1)[New.]\n(if: (history:) contains "A")[Old.]\n[[A]]', "Harlowe 3"))[
        "a"
    ]
    assert [beat["when"] for beat in harlowe["beats"]] == [{"visits": "a", "is": 1}, {"visits": "a", "at_least": 2}]


def test_verbatim_words_joined_lines_and_looks_arrive_as_they_are_read() -> None:
    sugar = twee(':: A\n"""a //b//""" {{{c}}} one \\\ntwo @@color:red;red@@ $$x\n>> said\n!!!! Four\n')
    assert scenes(sugar)["a"]["beats"] == [{"text": "a //b// c one two red $x\n> said\n#### Four"}]
    harlowe = twee(":: A\n==>\n`[[no link]]` one\n=><=\n##Two\n", "Harlowe 3.3")
    assert scenes(harlowe)["a"]["beats"] == [{"text": "\\[\\[no link\\]\\] one\n\n## Two"}]
    markdown = twee(":: A\n\\*plain\\* `code`\n\n1. one\n2. two\n", "Chapbook")
    assert scenes(markdown)["a"]["beats"] == [{"text": "\\*plain\\* `code`\n\n1. one\n1. two"}]


def test_a_page_that_does_not_name_its_format_is_read_by_its_marks() -> None:
    page = '<tw-storydata name="T" startnode="1"><tw-passagedata pid="1" name="A">&lt;% s.x = 1 %&gt;[[B]]</tw-passagedata>'
    found = read(
        io.BytesIO(f"{page}<tw-passagedata pid='2' name='B'>Bye</tw-passagedata></tw-storydata>".encode()), "s.html"
    )
    assert ("T", "The story does not name its format; it was read as Snowman.") in entries(found, "changed")


def test_passages_that_show_only_each_other_are_not_lost() -> None:
    found = twee(':: A\n[[C]]\n\n:: X\nOne <<include "Y">>\n\n:: Y\nTwo <<include "X">>\n\n:: C\nBye')
    story: dict[str, dict[str, Any]] = scenes(found)
    assert {"x", "y"} <= set(story)


def test_words_joined_with_a_value_are_words_and_tell_nothing_about_its_type() -> None:
    found = twee(':: A [nobr]\n<<set $gold to 3>>\n<<print "You have " + $gold + " coins.">>\n[[B]]\n\n:: B\nBye')
    assert scenes(found)["a_shown"]["beats"] == [{"text": "You have {gold} coins."}]
    harlowe = twee(":: A\n(set: $gold to 3)(if: $gold is > 2)[Rich.]\n[[B]]\n\n:: B\nBye", "Harlowe")
    assert scenes(harlowe)["a_shown"]["beats"][0]["when"] == {"not": {"var": "gold", "at_most": 2}}


def test_a_line_with_ifs_in_it_becomes_a_whole_line_for_each_case() -> None:
    found = twee(
        ":: A\nHello.\nYou see <<if $cat>>a ''cat''<<else>>nobody<</if>> here. $n left.\n"
        "<<if $dog>>\nWoof.\n<</if>>\nShe is<<if $dog>> very<</if>> glad.\n[[B]]\n\n:: B\n<<set $n += 1>>Bye"
    )
    cat, dog = {"var": "cat", "is": True}, {"var": "dog", "is": True}
    assert scenes(found)["a"]["beats"] == [
        {"text": "Hello."},
        {"text": "You see a **cat** here. {n} left.", "when": cat},
        {"text": "You see nobody here. {n} left.", "when": {"not": cat}},
        {"text": "Woof.", "when": dog},
        {"text": "She is very glad.", "when": dog},
        {"text": "She is glad.", "when": {"not": dog}},
    ]


def test_lines_with_too_many_ifs_stay_in_parts_and_say_so() -> None:
    ifs = " ".join(f"<<if $v{index}>>{index}<</if>>" for index in range(4))
    found = twee(f":: A\nSo {ifs} it is.\n[[B]]\n\n:: B\nBye")
    assert [beat["text"] for beat in scenes(found)["a"]["beats"]] == ["So", "0", "1", "2", "3", "it is."]
    assert ("A", "Text under a condition stands on lines of its own.") in entries(found, "changed")
