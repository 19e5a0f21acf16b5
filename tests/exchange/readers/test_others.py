"""branching-xblock, edu-role-play, Oppia, ink, Yarn and our own files."""

from __future__ import annotations

import copy
import io
import json
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest

from scenario_engine.codec import decode_raw
from scenario_engine.codec.reading import read_raw
from scenario_engine.texts import entry, staleness
from scenario_exchange import Imported, ImportRefused, read
from scenario_exchange.limits import Limits
from tests.exchange import fixtures
from tests.exchange.hostile import packed


def opened(data: str | bytes | dict[str, Any], name: str) -> Imported:
    source = json.dumps(data) if isinstance(data, dict) else data
    return read(io.BytesIO(source.encode() if isinstance(source, str) else source), name)


def refused(data: str | bytes | dict[str, Any], name: str) -> ImportRefused:
    with pytest.raises(ImportRefused) as caught:
        opened(data, name)
    return caught.value


def scenes(found: Imported) -> dict[str, dict[str, Any]]:
    return {scene["id"]: scene for scene in found.documents[0]["scenes"]}


def entries(found: Imported, kind: str) -> list[tuple[str, str]]:
    return [(entry.place, entry.what) for entry in found.report.entries if entry.kind == kind]


def test_xblock_nodes_keep_their_ids_and_scores() -> None:
    """The peer renames all ids when it imports its own export, and so resets every learner."""
    story = scenes(opened(fixtures.XBLOCK, "till.json"))
    assert list(story) == ["node_a", "node_b", "node_c"]
    assert story["node_a"]["choices"][0] == {
        "id": "node_a_count_again",
        "text": "Count again",
        "goto": "node_b",
        "points": {"score": 80.0},
    }
    longer = copy.deepcopy(fixtures.XBLOCK)
    longer["nodes"].insert(0, {"id": "new", "content": "", "choices": [{"text": "On", "target_node_id": "node-a"}]})
    assert list(scenes(opened(longer, "till.json"))) == ["new", "node_a", "node_b", "node_c"]


def test_xblock_nodes_are_found_in_the_olx_of_a_course() -> None:
    field = quoteattr(json.dumps(fixtures.XBLOCK))
    olx = f'<vertical><html>x</html><branching_xblock display_name="The till" scenario_data={field}/></vertical>'
    found = opened(olx, "unit.xml")
    assert (found.format, found.documents[0]["title"]) == ("branching-xblock", "The till")
    assert list(scenes(found)) == ["node_a", "node_b", "node_c"]


def in_course(**attributes: str) -> str:
    """Return the OLX of a course, in which the block keeps its nodes by their ids."""
    nodes = {node["id"]: node for node in reversed(fixtures.XBLOCK["nodes"])}
    data = quoteattr(json.dumps({"nodes": nodes, "start_node_id": fixtures.XBLOCK["nodes"][0]["id"]}))
    given = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
    return f'<vertical><branching_xblock xblock-family="xblock.v1" scenario_data={data} {given}/></vertical>'


def test_nodes_that_a_course_keeps_by_their_ids_arrive_with_their_start() -> None:
    found = opened(in_course(display_name="The till", enable_scoring="true", enable_undo="true"), "unit.xml")
    assert found.documents[0]["start"] == "node_a"
    assert scenes(found)["node_a"]["choices"][0]["points"] == {"score": 80.0}
    assert ("The till", "Going back: what was said has been said.") in entries(found, "dropped")


def test_scores_that_the_course_has_switched_off_do_not_count() -> None:
    found = opened(in_course(display_name="The till"), "unit.xml")
    assert "points" not in scenes(found)["node_a"]["choices"][0]
    assert found.documents[0]["scoring"] == {"grade": "completion"}
    assert ("The till", "Its scores: scoring is switched off in the course.") in entries(found, "dropped")


def test_more_than_thirty_nodes_and_loops_arrive() -> None:
    """The peer refuses more than thirty nodes, and every loop."""
    nodes = [
        {"id": f"n{i}", "content": f"{i}", "choices": [{"text": "on", "target_node_id": f"n{(i + 1) % 300}"}]}
        for i in range(300)
    ]
    assert len(opened({"nodes": nodes}, "long.json").documents[0]["scenes"]) == 300


def test_feedback_of_xblock_choices_is_kept() -> None:
    """The peer advertises feedback and discards it on every save."""
    data = copy.deepcopy(fixtures.XBLOCK)
    data["nodes"][0]["choices"][0]["feedback"] = "<p>Careful.</p>"
    assert scenes(opened(data, "t.json"))["node_a"]["choices"][0]["feedback"] == "Careful."


def test_a_role_play_arrives_with_persona_criteria_and_turn_limit() -> None:
    found = opened(fixtures.EDU_ROLEPLAY, "rent.html")
    (document,) = found.documents
    assert document["cast"]["ilse_brandt"] == {
        "name": "Ilse Brandt",
        "role": "Tenant",
        "background": "Lost her job in May.",
        "manner": "Short sentences.",
        "goals": ["Keep the flat."],
        "limits": ["Cannot pay before the 20th."],
    }
    talk = scenes(found)["conversation"]
    assert talk["plays"] == {"learner": "you", "character": "ilse_brandt"}
    assert talk["ends"] == {"turns": 9, "learner_may_end_after": 1}
    assert [use["use"] for use in talk["criteria"]] == ["name_feeling", "agree_plan"]
    assert document["criteria"]["agree_plan"]["points"] == 4.0
    assert document["criteria"]["agree_plan"]["anchors"][4] == "Two dates and two amounts."
    assert ("name-feeling", "What tells a model that it is met.") in entries(found, "dropped")


def test_oppia_states_become_scenes_by_what_they_ask() -> None:
    found = opened(fixtures.OPPIA, "bread.yaml")
    story = scenes(found)
    assert [scene["kind"] for scene in story.values()] == ["page", "decision", "question", "ending"]
    assert story["intro"]["text"] == "Four people, one **loaf**."
    assert [(c["text"], c["goto"], c.get("points")) for c in story["share"]["choices"]] == [
        ("A half", "share", None),
        ("A quarter", "word", {"answers": 1}),
    ]
    assert [answer["any"] for answer in story["word"]["answers"]] == [["fair", "fairly"], ["equal"]]
    assert story["word"]["tries"] == 3
    assert ("Word", "“Contains” became the answer itself.") in entries(found, "changed")


def test_oppia_of_the_oldest_release_arrives_too() -> None:
    story = scenes(opened(fixtures.OPPIA_OLD, "old.yaml"))
    assert [(c["text"], c["goto"], c["feedback"]) for c in story["first"]["choices"]] == [
        ("Yes please", "the_end", "Good."),
        ("Not yet", "first", "Take your time."),
    ]


def test_oppia_of_the_android_app_arrives_too() -> None:
    data = {"exploration_id": "1", "exploration": read_raw(fixtures.OPPIA.encode())}
    assert [scene["kind"] for scene in scenes(opened(data, "1.json")).values()] == [
        "page", "decision", "question", "ending",
    ]  # fmt: skip


def test_ink_arrives_where_it_is_plain() -> None:
    found = opened(fixtures.INK, "gate.ink.json")
    story = scenes(found)
    assert found.documents[0]["variables"]["patience"]["start"] == 3.0
    assert [(c["text"], c["once"]) for c in story["beginning"]["choices"]] == [("Knock", True), ("Wait", True)]
    assert story["beginning"]["choices"][1]["when"] == {"not": {"var": "patience", "at_most": 1}}
    assert story["scene_0_c_0"]["rules"][0]["add"] == {"patience": -1.0}
    assert story["door"]["beats"] == [{"text": "The door opens. Patience {patience}."}]


def test_ink_that_needs_more_is_refused_with_all_it_needs() -> None:
    data = copy.deepcopy(fixtures.INK)
    data["root"][0][:0] = [{"f()": "tell"}, "ev", "rnd", "/ev", {"->t->": "door"}]
    error = refused(data, "gate.json")
    assert error.code == "import.not-convertible"
    assert (
        error.message
        == "The story uses what a scenario does not have: chance (RANDOM), functions, tunnels (-> knot ->)."
    )


@pytest.mark.parametrize("release", [17, 22, "21", None])
def test_ink_of_another_release_is_refused(release: Any) -> None:
    assert refused({**fixtures.INK, "inkVersion": release}, "gate.json").code == "import.other-release"


def test_yarn_arrives_with_speakers_options_and_conditions() -> None:
    found = opened(fixtures.YARN, "mara.yarn")
    story = scenes(found)
    assert found.documents[0]["cast"] == {"mara": {"name": "Mara"}, "you": {"name": "You"}}
    assert story["start"]["beats"] == [{"text": "You are late.", "who": "mara"}]
    first, second = story["start"]["choices"]
    assert (first["text"], first["when"], first["add"]) == (
        "The bus was full.",
        {"not": {"var": "mood", "at_most": 0}},
        {"mood": 1.0},
    )
    assert (second["text"], second["goto"]) == ("I forgot.", "sorry")
    after = story[story[first["goto"]]["goto"]]
    assert [beat["text"] for beat in after["beats"]] == ["Never mind.", "Well.", "You count {mood} coins."]
    assert [choice["goto"] for choice in story["sorry"]["choices"]] == ["start", "away"]
    assert ("Start", "Not converted: <<fade_out 2>>.") in entries(found, "dropped")
    assert found.layouts["mara"]["start"] == {"x": 20.0, "y": 40.0}


def test_our_own_documents_arrive_as_they_are() -> None:
    found = opened(fixtures.DOCUMENT, "tiny.yaml")
    assert [scene["id"] for scene in found.documents[0]["scenes"]] == ["a", "b"]
    assert [entry.kind for entry in found.report.entries] == ["kept"]


def test_a_pack_arrives_with_the_media_it_uses() -> None:
    found = opened(fixtures.pack(), "tiny.zip")
    assert (found.format, [document["id"] for document in found.documents]) == ("pack", ["tiny"])
    assert found.media == {"media/dot.png": fixtures.PNG}
    assert ("notes.txt", "No scenario uses this file.") in entries(found, "dropped")


def test_a_pack_in_a_folder_of_its_own_arrives_too() -> None:
    data = packed([("p/course.yaml", fixtures.COURSE.encode()), ("p/scenarios/tiny.yaml", fixtures.DOCUMENT.encode())])
    assert opened(data, "p.zip").documents[0]["id"] == "tiny"


def test_a_faulty_document_of_ours_is_refused_with_the_place_of_its_fault() -> None:
    error = refused(fixtures.DOCUMENT.replace("kind: ending", "kind: finale"), "tiny.yaml")
    assert (error.code, error.place) == ("import.structure", "tiny.yaml: $.scenes[1].kind")


def test_a_pack_that_lacks_a_scenario_is_refused() -> None:
    error = refused(packed([("course.yaml", fixtures.COURSE.encode())]), "p.zip")
    assert (error.code, error.place) == ("package.missing-file", "scenarios/tiny.yaml")


def test_a_pack_with_two_scenarios_of_one_id_is_refused_with_both_files() -> None:
    course = fixtures.COURSE + "  - {id: two, scenario: scenarios/other.yaml}\n"
    other = fixtures.DOCUMENT.replace("title: Tiny", "title: Other")
    files = {"course.yaml": course, "scenarios/tiny.yaml": fixtures.DOCUMENT, "scenarios/other.yaml": other}
    error = refused(packed([(name, text.encode()) for name, text in files.items()]), "p.zip")
    assert (error.code, error.place) == ("import.same-id", "scenarios/other.yaml")
    assert error.message == "“scenarios/tiny.yaml” and “scenarios/other.yaml” have one id, “tiny”."


def test_two_modules_of_one_scenario_are_no_two_scenarios_of_one_id() -> None:
    course = fixtures.COURSE + "  - {id: two, scenario: scenarios/tiny.yaml}\n"
    found = opened(
        packed([("course.yaml", course.encode()), ("scenarios/tiny.yaml", fixtures.DOCUMENT.encode())]), "p.zip"
    )
    assert [document["id"] for document in found.documents] == ["tiny"]
    assert found.course is not None
    assert [each.scenario for each in found.course.modules] == ["scenarios/tiny.yaml"] * 2


def with_texts(name: str, data: bytes) -> bytes:
    files = [("course.yaml", fixtures.COURSE.encode()), ("scenarios/tiny.yaml", fixtures.DOCUMENT.encode())]
    return packed([*files, (name, data)])


def test_texts_in_the_language_of_their_scenario_are_left_out() -> None:
    """They would hide whatever its author changes later."""
    found = opened(with_texts("texts/tiny/EN.json", b'{"format": 1, "texts": {"title": "Small"}}'), "p.zip")
    assert found.texts == {}
    assert entries(found, "dropped") == [
        ("texts/tiny/EN.json", "Texts in EN, the language that “Tiny” is written in."),
    ]


def test_a_language_that_no_host_can_keep_is_left_out() -> None:
    name = f"texts/tiny/de{'-abcdefgh' * 5}.json"
    found = opened(with_texts(name, b'{"format": 1, "texts": {}}'), "p.zip")
    assert (found.texts, entries(found, "dropped")) == ({}, [(name, "No scenario uses this file.")])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"format: 1\ntexts: {title: Klein}\n", "import.json"),
        (b'{"format": 1, "texts": {"title": "' + b"\xff" + b'"}}', "import.encoding"),
        (b'{"format": 1, "texts": {"title": 3}}', "import.structure"),
    ],
)
def test_texts_of_a_pack_are_refused_as_any_other_text(data: bytes, code: str) -> None:
    error = refused(with_texts("texts/tiny/de.json", data), "p.zip")
    assert (error.code, error.place) == (code, "texts/tiny/de.json")


def test_texts_of_a_pack_are_bounded_as_any_other_text() -> None:
    table = {f"t{number}": "x" for number in range(100)}
    data = with_texts("texts/tiny/de.json", json.dumps({"format": 1, "texts": table}).encode())
    with pytest.raises(ImportRefused) as caught:
        read(io.BytesIO(data), "p.zip", Limits(values=100))
    assert (caught.value.code, caught.value.place) == ("import.too-large", "texts/tiny/de.json")


def translated(*mappings: str) -> str:
    """Return the exploration with texts in other languages for its first states."""
    source = fixtures.OPPIA
    for state, mapping in zip(("Intro", "Share", "Word"), mappings, strict=False):
        more = f"    written_translations: {{translations_mapping: {mapping}}}\n"
        source = source.replace(f"  {state}:\n", f"  {state}:\n{more}")
    return source


def test_texts_of_other_languages_in_an_exploration_come_along_with_the_mark_of_their_source() -> None:
    intro = "{content: {de: {data_format: html, translation: <p>Vier <b>Leute</b></p>, needs_update: false}, pt: {translation: x, needs_update: true}}, ca: {}}"
    share = "{b: {de: {translation: <p>Ein Viertel</p>}}, f: {de: {translation: Ja.}}, d: {de: {translation: Noch einmal.}}}"
    found = opened(translated(intro, share, "{d: {de: {translation: Hm}}}"), "b.yaml")
    first, choices = scenes(found)["intro"], scenes(found)["share"]["choices"]
    ids = [choice["id"] for choice in choices]
    assert found.texts["sharing_bread"]["de"] == {
        "scenes.intro.text": entry("Vier **Leute**", first["text"]),
        f"scenes.share.choices.{ids[0]}.feedback": entry("Noch einmal.", "Try again."),
        f"scenes.share.choices.{ids[1]}.text": entry("Ein Viertel", "A quarter"),
        f"scenes.share.choices.{ids[1]}.feedback": entry("Ja.", "Yes."),
        "scenes.word.no_match.feedback": entry("Hm", "Hm."),
    }
    decoded = decode_raw(found.documents[0]).scenario
    assert decoded is not None
    assert staleness(decoded, found.texts["sharing_bread"]["pt"])["scenes.intro.text"] == "stale"
    assert not [what for _, what in entries(found, "dropped") if "other languages" in what]


def test_texts_of_other_languages_that_find_no_place_are_named() -> None:
    share = "{content: {de: {translation: Wie viel?}, x-odd: {translation: y}}, h: {de: {translation: Zähle}}}"
    found = opened(translated("{ca: {de: {translation: Weiter}, pt: {translation: Siga}}}", share), "b.yaml")
    dropped = entries(found, "dropped")
    assert ("Intro", "Its texts in other languages: de, pt.") in dropped
    assert ("Share", "Some of its texts in other languages: de, x-odd.") in dropped
    assert set(found.texts["sharing_bread"]["de"]) == {"scenes.share.prompt"}


def test_voices_of_other_languages_in_an_exploration_are_named() -> None:
    voices = "    recorded_voiceovers: {voiceovers_mapping: {content: {de: {filename: a.mp3}}}}\n"
    found = opened(fixtures.OPPIA.replace("  Intro:\n", f"  Intro:\n{voices}"), "b.yaml")
    assert ("Intro", "Recorded voices are left out.") in entries(found, "dropped")


def test_a_role_play_names_what_is_not_read_of_it_and_keeps_weights_and_lines() -> None:
    source = (
        '<edu-role-play id="rent"><div data-erp-fallback><p>Not bundled.</p></div>'
        '<edu-persona name="Ann" avatar="warm"><background>Ten years.<br>Two moves.</background></edu-persona>'
        "<edu-opening>Hello?</edu-opening>"
        '<edu-rubric><criterion objective="ask" weight="4.5">Asks.</criterion></edu-rubric></edu-role-play>'
    )
    found = opened(source, "rent.html")
    (document,) = found.documents
    assert document["cast"]["ann"]["background"] == "Ten years. Two moves."
    assert [criterion["points"] for criterion in document["criteria"].values()] == [4.5]
    assert [(entry.place, entry.what) for entry in found.report.of_kind("dropped")] == [
        ("Ann", "The picture “warm”."),
        ("rent", "Not converted: <edu-opening>: Hello?."),
    ]
