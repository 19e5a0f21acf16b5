"""Questions of learning platforms: what they ask, what answers are worth, what is told, and what the report says."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import Any

import pytest

from scenario_engine.checks import check
from scenario_engine.codec import decode_raw
from scenario_engine.credits import answer_credit
from scenario_exchange import Imported, ImportRefused, read
from tests.exchange.readers.quizzes import correct, qti2

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def opened(data: str, name: str) -> Imported:
    found = read(io.BytesIO(data.encode()), name)
    scenario = decode_raw(found.documents[0]).scenario
    assert scenario is not None
    assert [each for each in check(scenario) if each.level == "error"] == []
    return found


def asked(found: Imported) -> list[dict[str, Any]]:
    return [scene for scene in found.documents[0]["scenes"] if scene["kind"] != "ending"]


def told(found: Imported, kind: str) -> list[str]:
    return [entry.what for entry in found.report.entries if entry.kind == kind]


def moodle(kind: str, body: str, text: str = "Pick.") -> Imported:
    question = f'<question type="{kind}"><name><text>Tea</text></name>'
    question += f'<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>{body}</question>'
    return opened(f"<quiz>{question}</quiz>", "tea.xml")


def answer(fraction: int, text: str, feedback: str = "") -> str:
    return f'<answer fraction="{fraction}"><text>{text}</text><feedback><text>{feedback}</text></feedback></answer>'


def credit(scene: dict[str, Any], *given: str) -> Fraction:
    raw = {"format": 1, "id": "a", "title": "A", "scenes": [scene, {"id": "end", "kind": "ending", "outcome": "read"}]}
    scenario = decode_raw(raw | {"competencies": {scene["competency"]: {"title": "K"}}}).scenario
    assert scenario is not None
    question: Any = scenario.scenes[0]
    return answer_credit(question, given)


# Gaps


def test_gaps_are_asked_one_after_the_other_and_share_the_points() -> None:
    text = "<p>Warm the {1:MULTICHOICE:=pot#Right.~cup#No.}, add {2:SHORTANSWER:=two~%50%three#Many.~*#How many?} spoons.</p>"
    found = moodle("cloze", "<generalfeedback><text>Good tea.</text></generalfeedback>", text)
    first, second = asked(found)
    assert [first["prompt"], second["prompt"]] == [
        "Warm the \\_\\_\\_\\_\\_, add (…) spoons.",
        "Warm the pot, add \\_\\_\\_\\_\\_ spoons.",
    ]
    assert (first["type"], first["points"], second["type"], second["points"]) == ("single", 1.0, "short_text", 2.0)
    assert first["options"] == [
        {"text": "pot", "credit": 1.0, "feedback": "Right."},
        {"text": "cup", "credit": 0.0, "feedback": "No."},
    ]
    assert [(each["any"], each["credit"]) for each in second["answers"]] == [(["two"], 1.0), (["three"], 0.5)]
    assert second["no_match"]["feedback"] == "How many?\n\nGood tea."
    assert told(found, "kept")[0] == "It became 2 questions."
    assert any("2 gaps" in each for each in told(found, "changed"))
    assert told(found, "dropped") == []


def test_numbers_in_gaps_keep_their_tolerance() -> None:
    (scene,) = asked(moodle("multianswer", "", "Wait {1:NUMERICAL:=4:0.5#Yes~%50%4:1} minutes."))
    assert scene["type"] == "numeric"
    assert scene["answers"] == [
        {"credit": 1.0, "feedback": "Yes", "value": 4.0, "tolerance": 0.5},
        {"credit": 0.5, "value": 4.0, "tolerance": 1.0},
    ]


@pytest.mark.parametrize(("kind", "tag"), [("gapselect", "selectoption"), ("ddwtos", "dragbox")])
def test_words_to_choose_for_gaps_are_offered_by_group(kind: str, tag: str) -> None:
    listed = "".join(
        f"<{tag}><text>{word}</text><group>{group}</group></{tag}>"
        for word, group in (("milk", 1), ("lemon", 1), ("hot", 2), ("cold", 2))
    )
    first, second = asked(moodle(kind, listed, "Add [[2]] while it is [[3]]."))
    assert [(each["text"], each["credit"]) for each in first["options"]] == [("milk", 0.0), ("lemon", 1.0)]
    assert second["prompt"] == "Add lemon while it is \\_\\_\\_\\_\\_."
    assert [each["text"] for each in second["options"]] == ["hot", "cold"]


def test_gaps_between_signs_accept_each_of_their_words() -> None:
    found = moodle("gapfill", f"<delimitchars>[]</delimitchars>{answer(0, 'sugar')}", "Green or [black|red].")
    assert asked(found)[0]["answers"] == [{"credit": 1.0, "any": ["black", "red"]}]
    assert "Wrong words are no longer offered: sugar." in told(found, "changed")


def test_a_long_text_shows_whole_once_and_by_paragraph_with_each_gap() -> None:
    page, first, second = asked(
        moodle("cloze", "", f"<p>{'word ' * 400}{{1:SA:=a}}</p><p>Then {{1:SA:=b}}.</p><p>{'more ' * 50}</p>")
    )
    assert page["kind"] == "page" and len(page["text"]) > 2_000
    assert len(first["prompt"]) < len(page["text"])
    assert second["prompt"] == "Then \\_\\_\\_\\_\\_."


def test_gaps_without_answers_are_named() -> None:
    found = moodle("gapselect", "<selectoption><text>milk</text><group>1</group></selectoption>", "[[1]] and [[9]].")
    assert len(asked(found)) == 1
    assert "Gaps without answers are left out: 1." in told(found, "dropped")


# What answers are worth


def test_a_right_side_of_several_left_sides_is_right_for_each_of_them() -> None:
    """As one matching question every right side could be used once, and two that look the same would not be."""
    pairs = "".join(
        f"<subquestion><text>{left}</text><answer><text>{right}</text></answer></subquestion>"
        for left, right in (("Assam", "black"), ("Ceylon", "black"), ("Sencha", "green"))
    )
    found = moodle("matching", f"<defaultgrade>3</defaultgrade>{pairs}")
    scenes = asked(found)
    assert [scene["prompt"] for scene in scenes] == ["Pick.\n\nAssam", "Pick.\n\nCeylon", "Pick.\n\nSencha"]
    assert [scene["points"] for scene in scenes] == [1.0, 1.0, 1.0]
    assert [[each["credit"] for each in scene["options"]] for scene in scenes] == [[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]


def test_an_answer_that_stands_for_any_other_keeps_its_worth() -> None:
    body = answer(100, "green") + answer(10, "*", "At least tea.")
    (scene,) = asked(moodle("shortanswer", body))
    assert scene["no_match"] == {"credit": 0.1, "feedback": "At least tea."}
    assert credit(scene, "coffee") == Fraction(1, 10)


def test_all_or_nothing_stays_all_or_nothing() -> None:
    (scene,) = asked(moodle("multichoiceset", answer(100, "leaf") + answer(100, "bud") + answer(0, "root")))
    assert (scene["type"], scene["partial"]) == ("multiple", False)


def test_another_worth_of_wrong_options_is_told() -> None:
    found = moodle("multichoice", "<single>false</single>" + answer(50, "a") + answer(50, "b") + answer(0, "c"))
    assert told(found, "changed")[0] == (
        "Each wrong option takes away 100% of the points (nothing where it comes from)."
    )
    same = moodle("multichoice", "<single>false</single>" + answer(50, "a") + answer(50, "b") + answer(-100, "c"))
    assert not any("wrong option" in each for each in told(same, "changed"))


def test_a_further_try_costs_once_also_with_a_hint() -> None:
    body = "<penalty>0.25</penalty><hint><text>Think.</text></hint>" + answer(100, "a") + answer(0, "b")
    (scene,) = asked(moodle("multichoice", body))
    assert (scene["tries"], scene["retry_credit"], scene["hints"]) == (2, 0.75, [{"text": "Think."}])


def test_the_end_of_a_range_is_inside_it() -> None:
    (scene,) = asked(opened("How hot? {#0.1..0.3}", "a.gift"))
    assert credit(scene, "0.3") == credit(scene, "0.1") == 1
    assert credit(scene, "0.301") == 0


# What is told, and media


def test_what_is_told_of_right_and_wrong_answers_stands_with_them() -> None:
    words = "<correctfeedback><text>Well done.</text></correctfeedback><incorrectfeedback><text>Not yet.</text></incorrectfeedback>"
    (scene,) = asked(moodle("multichoice", answer(100, "a", "A!") + answer(0, "b") + words))
    assert [each["feedback"] for each in scene["options"]] == ["A!\n\nWell done.", "Not yet."]


def test_what_is_told_after_other_answers_is_named_where_it_has_no_place() -> None:
    body = answer(1, "first", "Yes.") + answer(2, "second")
    found = moodle("ordering", f"{body}<incorrectfeedback><text>Look again.</text></incorrectfeedback>")
    assert [each["text"] for each in asked(found)[0]["items"]] == ["first", "second"]
    assert told(found, "dropped") == [
        "What is told of its parts: “Yes.”.",
        "What is told after other answers: “Look again.”.",
    ]


def test_pictures_in_texts_and_of_the_first_releases_come_along() -> None:
    body = f"<image>pot.png</image><image_base64>{DOT}</image_base64>" + answer(100, "a") + answer(0, "b")
    found = moodle("multichoice", body, f'Look: <img src="data:image/png;base64,{DOT}" alt="A cup">')
    media = asked(found)[0]["media"]
    assert sorted(each.get("alt", "") for each in media) == ["", "A cup"]
    assert sorted(found.media) == sorted(each["use"] for each in media)
    assert told(found, "dropped") == []


def test_a_picture_of_a_feedback_does_not_give_the_answer_away() -> None:
    told_with = f'&lt;img src="data:image/png;base64,{DOT}" alt="The answer"&gt; Yes.'
    found = moodle("multichoice", answer(100, "a", told_with) + answer(0, "b"))
    assert "media" not in asked(found)[0]
    assert told(found, "dropped") == ["The picture in its feedback: “The answer”."]


def test_an_option_that_is_a_picture_has_its_words() -> None:
    option = f'<answer fraction="100" format="html"><text>&lt;img src="data:image/png;base64,{DOT}" alt="Teapot"&gt;</text></answer>'
    (scene,) = asked(moodle("multichoice", option + answer(0, "Cup")))
    assert [each["text"] for each in scene["options"]] == ["Teapot", "Cup"]


def test_the_unit_of_the_answers_stands_after_the_field() -> None:
    units = "".join(
        f"<unit><multiplier>{by}</multiplier><unit_name>{name}</unit_name></unit>"
        for by, name in ((1, "min"), (60, "s"))
    )
    found = moodle("numerical", f"{answer(100, '4')}<units>{units}</units>")
    assert asked(found)[0]["unit"] == {"text": "min"}
    assert "Answers in other units: s." in told(found, "dropped")


def test_tags_and_numbers_are_notes_for_authors() -> None:
    body = "<idnumber>T7</idnumber><tags><tag><text>tea</text></tag></tags>" + answer(100, "a") + answer(0, "b")
    assert asked(moodle("multichoice", body))[0]["note"] == "Tags: tea. Number: T7."


# GIFT


def test_gift_names_the_form_of_each_text() -> None:
    (scene,) = asked(opened("[markdown]Which **leaf**? { =[html]<b>green</b>#[plain]*yes* ~[plain]<b> }", "a.gift"))
    assert scene["prompt"] == "Which **leaf**?"
    assert scene["options"][0] == {"text": "**green**", "credit": 1.0, "feedback": "\\*yes\\*"}


def test_gift_numbers_may_have_a_way_out() -> None:
    (scene,) = asked(opened("How many? {#3:1~#Count again}", "a.gift"))
    assert scene["answers"] == [{"credit": 1.0, "value": 3.0, "tolerance": 1.0}]
    assert scene["no_match"] == {"feedback": "Count again"}


def test_gift_questions_of_one_wording_are_each_in_the_report() -> None:
    found = opened("Ready? {T}\n\nReady? {F}", "a.gift")
    assert [entry.place for entry in found.report.of_kind("kept")] == ["1. Ready?", "2. Ready?", "a"]


# QTI 1.2

CANVAS = """<questestinterop><assessment title="Tea quiz"><section><item ident="i" title="Q"><itemmetadata><qtimetadata>
<qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>
<presentation><material><mattext texttype="text/html">{text}</mattext></material>{asked}</presentation>
<resprocessing>{worth}</resprocessing>{told}</item></section></assessment></questestinterop>"""


def canvas(kind: str, text: str, asked: str, worth: str, told: str = "") -> Imported:
    return opened(CANVAS.format(kind=kind, text=text, asked=asked, worth=worth, told=told), "export.xml")


def choices(name: str, *words: str, label: str = "") -> str:
    labels = "".join(
        f'<response_label ident="{name}{n}"><material><mattext>{word}</mattext></material></response_label>'
        for n, word in enumerate(words)
    )
    own = f"<material><mattext>{label}</mattext></material>" if label else ""
    return f'<response_lid ident="{name}" rcardinality="Single">{own}<render_choice>{labels}</render_choice></response_lid>'


def gives(name: str, key: str, points: int = 100, more: str = "") -> str:
    test = f'<varequal respident="{name}">{key}</varequal>' if key else "<other/>"
    worth = f'<setvar action="Add">{points}</setvar>' if points else ""
    return f"<respcondition><conditionvar>{test}</conditionvar>{worth}{more}</respcondition>"


def test_several_blanks_accept_every_wording_they_list() -> None:
    both = choices("x", "black", "dark", label="one") + choices("y", "milk", label="two")
    found = canvas("fill_in_multiple_blanks_question", "[one] tea with [two]", both, gives("x", "x0", 50))
    first, second = asked(found)
    assert found.documents[0]["title"] == "Tea quiz"
    assert [each["any"] for each in first["answers"]] == [["black"], ["dark"]]
    assert (first["prompt"], second["prompt"]) == (
        "\\_\\_\\_\\_\\_ tea with (…)",
        "black tea with \\_\\_\\_\\_\\_",
    )


def test_several_lists_are_asked_one_after_the_other() -> None:
    both = choices("x", "black", "blue", label="one") + choices("y", "milk", "ink", label="two")
    found = canvas(
        "multiple_dropdowns_question", "[one] tea with [two]", both, gives("x", "x0", 50) + gives("y", "y0", 50)
    )
    assert [[each["credit"] for each in scene["options"]] for scene in asked(found)] == [[1.0, 0.0], [1.0, 0.0]]


def test_a_range_of_numbers_is_one_answer() -> None:
    field = '<response_str ident="r"><render_fib fibtype="Decimal"/></response_str>'
    bounds = '<vargte respident="r">3</vargte><varlte respident="r">5</varlte>'
    worth = f'<respcondition><conditionvar><or><varequal respident="r">4</varequal><and>{bounds}</and></or></conditionvar><setvar>100</setvar></respcondition>'
    (scene,) = asked(canvas("numerical_question", "How long?", field, worth))
    assert (scene["type"], scene["answers"]) == ("numeric", [{"credit": 1.0, "value": 4.0, "tolerance": 1.0}])


def test_feedback_for_all_for_right_and_for_one_answer_is_told_where_it_belongs() -> None:
    def words(name: str, text: str) -> str:
        return f'<itemfeedback ident="{name}"><material><mattext>{text}</mattext></material></itemfeedback>'

    show = '<displayfeedback linkrefid="{}"/>'
    worth = gives("x", "", 0, show.format("general_fb")) + gives("x", "x1", 0, show.format("b")) + gives("x", "x0")
    told_all = (
        words("general_fb", "Tea.") + words("b", "No leaf.") + words("correct_fb", "Yes.") + words("lost", "Gone.")
    )
    found = canvas("multiple_choice_question", "?", choices("x", "leaf", "stone"), worth, told_all)
    assert [each["feedback"] for each in asked(found)[0]["options"]] == ["Yes.\n\nTea.", "No leaf.\n\nTea."]
    assert told(found, "dropped") == ["What is told of some answers: “Gone.”."]


def test_an_order_is_read_from_the_condition_that_gives_points() -> None:
    parts = choices("x", "pour", "boil", "drink").replace("Single", "Ordered")
    worth = "".join(f'<varequal respident="x">x{n}</varequal>' for n in (1, 0, 2))
    worth = f"<respcondition><conditionvar>{worth}</conditionvar><setvar>5</setvar></respcondition>"
    (scene,) = asked(canvas("", "Order.", parts, worth))
    assert [each["text"] for each in scene["items"]] == ["boil", "pour", "drink"]
    assert scene["partial"] is False


def test_what_is_worked_out_is_named_and_not_turned_into_an_essay() -> None:
    source = CANVAS.format(kind="calculated_question", text="5 plus [x]?", asked="", worth="", told="")
    with pytest.raises(ImportRefused) as caught:
        opened(source, "a.xml")
    assert (caught.value.code, "drawn by chance" in caught.value.hint) == ("import.empty", True)


def test_a_doctype_that_only_names_the_format_is_passed_over() -> None:
    source = CANVAS.format(kind="", text="Leaf?", asked=choices("x", "yes", "no"), worth=gives("x", "x0"), told="")
    named = f'<?xml version="1.0"?>\n<!-- made by hand -->\n<!DOCTYPE questestinterop SYSTEM "ims_qtiasiv1p2.dtd">\n{source}'
    assert len(asked(opened(named, "a.xml"))) == 1
    with pytest.raises(ImportRefused) as caught:
        opened(f'<!DOCTYPE questestinterop [<!ENTITY a "b">]>{source}', "a.xml")
    assert caught.value.code == "import.doctype"


# QTI 2 and 3


def processed(item: str, template: str = "", rules: str = "", more: str = "") -> str:
    return item.replace(
        "</assessmentItem>",
        f'<responseProcessing template="{template}">{rules}</responseProcessing>{more}</assessmentItem>',
    )


SEVERAL = (
    '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="0"><simpleChoice identifier="a">leaf</simpleChoice>'
    '<simpleChoice identifier="b">bud</simpleChoice><simpleChoice identifier="c">root</simpleChoice></choiceInteraction>'
)


def test_what_only_the_whole_answer_earns_is_earned_by_it_alone() -> None:
    item = qti2("Plant", SEVERAL, key=correct("a", "b"), cardinality="multiple")
    (scene,) = asked(opened(processed(item, "http://x/rptemplates/match_correct"), "a.xml"))
    assert scene["partial"] is False
    (scene,) = asked(opened(processed(item, "http://x/rptemplates/map_response"), "a.xml"))
    assert "partial" not in scene


def test_points_come_from_the_mapping_where_nothing_else_says_them() -> None:
    mapping = (
        '<mapping upperBound="3"><mapEntry mapKey="a" mappedValue="2"/><mapEntry mapKey="b" mappedValue="1"/></mapping>'
    )
    item = qti2("Plant", SEVERAL, key=correct("a", "b") + mapping, cardinality="multiple").replace("MAXSCORE", "OTHER")
    found = opened(processed(item, "map_response"), "a.xml")
    assert asked(found)[0]["points"] == 3.0
    assert told(found, "changed")[0].startswith("Right options share the points evenly, and each wrong option")


RULES = """<responseCondition><responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>
<setOutcomeValue identifier="FEEDBACK"><baseValue baseType="identifier">ok</baseValue></setOutcomeValue></responseIf>
<responseElse><setOutcomeValue identifier="FEEDBACK"><baseValue baseType="identifier">oh</baseValue></setOutcomeValue></responseElse></responseCondition>"""
ONE = SEVERAL.replace('maxChoices="0"', 'maxChoices="1"')


def test_feedback_that_contradicts_itself_is_never_shown_together() -> None:
    shown = '<modalFeedback outcomeIdentifier="FEEDBACK" identifier="{}">{}</modalFeedback>'
    more = shown.format("ok", "Yes.") + shown.format("oh", "No.") + shown.format("c", "In the ground?")
    found = opened(processed(qti2("Plant", ONE, key=correct("a")), "", RULES, more + shown.format("z", "Hm.")), "a.xml")
    assert [each["feedback"] for each in asked(found)[0]["options"]] == ["Yes.", "No.", "In the ground?\n\nNo."]
    assert told(found, "dropped") == ["What is told after some answers: “Hm.”."]


def test_gaps_to_fill_from_a_list_are_picked_one_by_one() -> None:
    body = """<gapMatchInteraction responseIdentifier="RESPONSE"><gapText identifier="l">leaves</gapText><gapText identifier="w">water</gapText>
<p>Pour <gap identifier="G1"/> over <gap identifier="G2"/>.</p></gapMatchInteraction>"""
    item = qti2("Pour", body, key=correct("w G1", "l G2"), cardinality="multiple", base="directedPair")
    first, second = asked(opened(item, "a.xml"))
    assert [each["credit"] for each in first["options"]] == [0.0, 1.0]
    assert second["prompt"] == "Pour water over \\_\\_\\_\\_\\_."


def test_several_things_at_once_are_asked_one_after_the_other() -> None:
    entry = '<p>Tea comes from <textEntryInteraction responseIdentifier="TWO"/>.</p>'
    second = '<responseDeclaration identifier="TWO" cardinality="single" baseType="string"><correctResponse><value>China</value></correctResponse></responseDeclaration>'
    item = qti2("Both", ONE + entry, key=correct("a")).replace("<outcome", f"{second}<outcome", 1)
    found = opened(item, "a.xml")
    assert [scene["type"] for scene in asked(found)] == ["single", "short_text"]
    assert sum(scene["points"] for scene in asked(found)) == 2.0
    assert "The 2 things that it asks are asked one after the other." in told(found, "changed")


def test_the_gap_of_a_single_entry_reads_as_a_gap() -> None:
    body = '<p>It is <textEntryInteraction responseIdentifier="RESPONSE"/>, not <b>coffee</b>.</p>'
    (scene,) = asked(opened(qti2("Tea", body, key=correct("tea"), base="string"), "a.xml"))
    assert scene["prompt"] == "It is \\_\\_\\_\\_\\_, not **coffee**."


def test_a_tolerance_of_the_rules_is_kept() -> None:
    body = '<p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    rule = '<responseCondition><responseIf><equal toleranceMode="absolute" tolerance="0.5 0.5"><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal></responseIf></responseCondition>'
    (scene,) = asked(opened(processed(qti2("Heat", body, key=correct("80"), base="float"), "", rule), "a.xml"))
    assert scene["answers"] == [{"credit": 1.0, "value": 80.0, "tolerance": 0.5}]


def test_a_slider_asks_for_a_number() -> None:
    body = '<sliderInteraction responseIdentifier="RESPONSE" lowerBound="0" upperBound="9"><prompt>How many?</prompt></sliderInteraction>'
    (scene,) = asked(opened(qti2("Cups", body, key=correct("3"), base="integer"), "a.xml"))
    assert (scene["type"], scene["prompt"], scene["answers"][0]["value"]) == ("numeric", "How many?", 3.0)


def test_language_and_words_for_graders_are_kept() -> None:
    body = '<extendedTextInteraction responseIdentifier="RESPONSE"><prompt>Schreib.</prompt></extendedTextInteraction><rubricBlock view="scorer"><p>Achte auf Ruhe.</p></rubricBlock>'
    found = opened(qti2("Brief", body).replace("<assessmentItem", '<assessmentItem xml:lang="de"', 1), "a.xml")
    assert found.documents[0]["language"] == "de"
    assert (asked(found)[0]["note"], asked(found)[0]["prompt"]) == ("Achte auf Ruhe.", "Schreib.")


def test_what_is_drawn_by_chance_is_named() -> None:
    body = "<p>What is <printedVariable identifier='A'/>?</p>" + ONE
    with pytest.raises(ImportRefused) as caught:
        opened(qti2("Sum", body, key=correct("a")), "a.xml")
    assert "drawn by chance" in caught.value.hint
