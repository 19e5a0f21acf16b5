"""What each format writes, what it refuses, and that nothing which is lost stays untold."""

import csv
import io
import json
import re
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import html

from scenario_engine.codec import decode, decode_raw, encode_json, to_raw
from scenario_exchange import ImportRefused, read
from scenario_exchange.course_file import CourseFile, PackModule, read_course_file
from scenario_exchange.limits import Limits
from scenario_exchange.storyboards.guard import guard, unguard
from scenario_exchange.writers import WRITERS, ExportRefused, back, pack, write
from tests.engine.stories import CAFE, scenario

ROOT = Path(__file__).resolve().parents[3]
MEDIA = {"noor-cold.svg": b"<svg/>", "noor-warm.svg": b"<svg/>"}


def cafe(**changes: str) -> dict[str, Any]:
    body = CAFE
    for old, new in changes.items():
        assert old in body
        body = body.replace(old, new)
    return to_raw(scenario(body))


def page(document: dict[str, Any]) -> Any:
    return html.document_fromstring(write([document], {}, "storyboard-html", versions={"small": "3"}).data)


@pytest.mark.parametrize("writer", [each.name for each in WRITERS if each.name != "branching-xblock"])
def test_the_same_document_gives_the_same_file_name_and_report(writer: str) -> None:
    first, second = write([cafe()], MEDIA, writer), write([cafe()], MEDIA, writer)
    assert first.filename.startswith("small.")
    assert first.report.entries == second.report.entries != []
    if writer != "storyboard-docx":  # Word files carry the time they were made
        assert first.data == second.data


def test_a_pack_holds_course_scenario_and_media() -> None:
    with zipfile.ZipFile(io.BytesIO(write([cafe()], MEDIA, "pack").data)) as archive:
        assert archive.namelist() == ["course.yaml", "noor-cold.svg", "noor-warm.svg", "scenarios/small.yaml"]
        assert read_course_file(archive.read("course.yaml")).modules == [
            PackModule(id="small", scenario="scenarios/small.yaml", title="Small")
        ]
        decoded = decode(archive.read("scenarios/small.yaml"))
    assert decoded.scenario is not None
    assert to_raw(decoded.scenario) == cafe()


def test_a_pack_that_is_read_and_written_again_is_the_same_pack() -> None:
    modules = [PackModule(id="m1", scenario="scenarios/small.yaml", weight=2.0, attempts=3, gate="passed")]
    course = CourseFile(format=1, id="care", title="Care", language="de", modules=modules, send="running")
    media = dict.fromkeys(MEDIA, b"\x89PNG\r\n\x1a\n")
    written = write([cafe()], media, "pack", course=course)
    imported = read(io.BytesIO(written.data), "care.zip")
    assert imported.course == course
    again = write(imported.documents, imported.media, "pack", course=imported.course)
    assert again.data == written.data


@pytest.mark.parametrize(
    ("documents", "media", "format", "code"),
    [
        ([cafe(), cafe()], {}, "pack", "export.same-id"),
        ([cafe(**{"noor-cold.svg": "a/../b.svg"})], {"a/../b.svg": b""}, "pack", "export.media-name"),
        ([cafe(**{"noor-cold.svg": "course.yaml"})], {"course.yaml": b""}, "pack", "export.media-name"),
        ([cafe(), cafe()], {}, "csv", "export.one-at-a-time"),
        ([], {}, "csv", "export.empty"),
        ([cafe()], {}, "scorm", "export.unknown-format"),
        ([{"format": 1}], {}, "csv", "export.unreadable"),
    ],
)
def test_what_cannot_be_written_is_refused(documents: Any, media: Any, format: str, code: str) -> None:
    with pytest.raises(ExportRefused) as refused:
        write(documents, media, format)
    assert refused.value.code == code


@pytest.mark.parametrize("writer", [each.name for each in WRITERS])
def test_a_scenario_without_a_scene_is_written_too(writer: str) -> None:
    assert write([{"format": 1, "id": "empty", "title": "Empty"}], {}, writer).data


def test_a_medium_that_is_not_there_is_told() -> None:
    told = write([cafe()], {}, "pack").report.of_kind("dropped")
    assert [(each.place, each.what) for each in told] == [
        ("noor-cold.svg", "The file was not there to export."),
        ("noor-warm.svg", "The file was not there to export."),
    ]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\tx", "\rx", "\0x", "'=1", "''=1", "＝1"])
def test_a_cell_that_could_run_is_guarded_and_comes_back(cell: str) -> None:
    assert guard(cell) == f"'{cell}"
    assert unguard(guard(cell)) == cell


@pytest.mark.parametrize("cell", ["", "a=1", "'tis", "'", " =1", "1"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert (guard(cell), unguard(cell)) == (cell, cell)


def test_no_cell_of_a_sheet_begins_like_a_formula() -> None:
    data = write([cafe(**{"You again.": "=HYPERLINK(1)", "You asked.": "@sum"})], {}, "csv").data
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert {len(row) for row in rows} == {15}
    cells = [cell for row in rows for cell in row]
    assert "'=HYPERLINK(1)" in cells and "'@sum" in cells
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


def test_the_printed_storyboard_holds_every_scene_choice_and_criterion() -> None:
    found = page(cafe())
    assert [each.text for each in found.iter("h3")] == ["1. door", "2. hello", "3. fork", "4. Coffee", "5. look_back"]
    (table,) = [each for each in found.iter("table") if "What happened?" in each.text_content()]
    assert [each.text_content() for each in table.iter("th")] == ["Choice", "Leads to", "Points", "Feedback"]
    assert [" ".join(each.text_content().split()) for each in table.xpath(".//tr[2]/td | .//tr[1]/td")][:4] == [
        "What happened?askOnly once",
        "3. fork",
        "care +2Changes: trust +5; told = true; tone = kind; learn late",
        "Reaction: Noor (warm): The bus.Feedback: You asked.",
    ]
    assert table.xpath(".//tbody/tr[1]/td[2]//a/@href") == ["#scene-fork"]
    assert found.get_element_by_id("scene-fork").text == "3. fork"


def test_the_printed_storyboard_runs_nothing_and_fetches_nothing() -> None:
    raw = write(
        [cafe(**{"What do you say?": "<script>alert(1)</script><img src=x>"})], {}, "storyboard-html"
    ).data.decode()
    found = html.document_fromstring(raw)
    assert list(found.iter("script", "img", "link", "iframe")) == []
    assert "default-src 'none'" in raw and "&lt;script&gt;alert(1)" in raw
    assert not re.search(r"\son\w+=|javascript:|url\(", raw)


def test_the_printed_storyboard_can_be_signed_and_says_its_version() -> None:
    (box,) = page(cafe()).find_class("sign-off")
    assert [each.text for each in box.iter("dt")] == ["Name", "Role", "Date", "Signature"]
    assert "Small · 3 · " in box.text_content()


def test_each_table_has_heads_and_a_caption_and_levels_are_not_skipped() -> None:
    found = page(cafe())
    for table in found.iter("table"):
        heads = table.xpath(".//th[@scope='col']"), table.xpath(".//th[@scope='row']")
        assert (heads[0] and table.xpath("./caption")) or heads[1]
    levels = [int(each.tag[1]) for each in found.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1 and all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_a_storyboard_in_arabic_reads_from_right_to_left() -> None:
    document = {**cafe(), "language": "ar"}
    assert (page(document).get("dir"), page(document).get("lang")) == ("rtl", "ar")
    word = docx.Document(io.BytesIO(write([document], {}, "storyboard-docx").data))
    assert "w:bidi" in word.paragraphs[0]._p.xml and "w:bidiVisual" in word.tables[0]._tbl.xml


def test_the_word_storyboard_has_real_headings_tables_and_a_footer() -> None:
    word = docx.Document(io.BytesIO(write([cafe()], {}, "storyboard-docx", versions={"small": "3"}).data))
    titles = [each.text for each in word.paragraphs if each.style.name == "Heading 2"]
    assert titles == ["1. door", "2. hello", "3. fork", "4. Coffee", "5. look_back"]
    (choices,) = [each for each in word.tables if each.rows[0].cells[0].text == "Choice"]
    assert "w:tblHeader" in choices.rows[0]._tr.xml
    assert choices.rows[1].cells[0].text == "What happened?\nask\nOnly once"
    assert "Version: 3" in word.sections[0].header.paragraphs[0].text
    assert "PAGE" in word.sections[0].footer._element.xml


def test_a_word_storyboard_comes_back_with_what_can_be_edited_in_it() -> None:
    document = cafe()
    (back,) = read(io.BytesIO(write([document], {}, "storyboard-docx").data), "x.docx").documents
    ours = {scene["id"]: scene for scene in document["scenes"]}
    theirs = {scene["id"]: scene for scene in back["scenes"]}
    assert theirs["door"] == ours["door"] and theirs["fork"] == ours["fork"] and theirs["warm_end"] == ours["warm_end"]
    plain = [{name: value for name, value in choice.items() if name != "then"} for choice in ours["hello"]["choices"]]
    assert [
        {name: value for name, value in each.items() if name != "then"} for each in theirs["hello"]["choices"]
    ] == plain
    assert (back["variables"]["trust"]["range"], back["cast"]["noor"]["name"]) == ((0, 4), "Noor")


def screens(document: dict[str, Any]) -> tuple[list[dict[str, Any]], list[str]]:
    written = write([document], {}, "branching-xblock")
    return json.loads(written.data)["nodes"], [each.what for each in written.report.entries]


def test_the_branching_xblock_gets_screens_whole_scores_and_no_loops() -> None:
    nodes, told = screens(cafe())
    assert [node["id"] for node in nodes][:2] == ["door", "hello"]
    hello = nodes[1]["choices"]
    assert [(each["text"], each["score"]) for each in hello] == [
        ("What happened?", 2),
        ("Quiet, please.", 0),
        ("I know about the bus.", 0),
    ]
    assert "“Quiet, please.” takes 1 points away; there it is worth 0." in told
    assert "The route always leads to “warm_end”: conditions do not exist there." in told
    targets = {choice["target_node_id"] for node in nodes for choice in node["choices"]}
    assert targets <= {node["id"] for node in nodes}
    back = read(io.BytesIO(json.dumps({"nodes": nodes}).encode()), "x.json")
    assert back.format == "branching-xblock"


def test_a_story_of_more_than_thirty_screens_is_refused_for_the_branching_xblock() -> None:
    scenes = [{"id": f"s{i}", "kind": "page", "text": "x", "goto": f"s{i + 1}"} for i in range(31)]
    document = {
        "format": 1,
        "id": "long",
        "title": "Long",
        "scenes": [*scenes, {"id": "s31", "kind": "ending", "outcome": "good"}],
    }
    with pytest.raises(ExportRefused) as refused:
        screens(document)
    assert (refused.value.code, refused.value.message) == (
        "export.too-many-screens",
        "A branching XBlock holds 30 screens; this scenario needs 32.",
    )


def test_a_story_that_only_turns_in_a_circle_is_refused_with_the_scene() -> None:
    scenes = [
        {"id": "a", "kind": "page", "text": "x", "goto": "b"},
        {"id": "b", "kind": "page", "text": "x", "goto": "a"},
    ]
    with pytest.raises(ExportRefused) as refused:
        screens({"format": 1, "id": "round", "title": "Round", "scenes": scenes})
    assert (refused.value.code, refused.value.place) == ("export.loop", "b")


def test_twee_can_be_played_and_keeps_where_scenes_stand() -> None:
    written = write([cafe()], {}, "twee", layouts={"small": {"hello": {"x": 600, "y": 400}}}).data.decode()
    assert ':: hello [decision] {"position":"600,400"}' in written
    assert '[[What happened?|fork][$trust to Math.clamp($trust + 5, 0, 4); $told to true; $tone to "kind"' in written
    assert "<<if $trust gte 4 and not ($told is false)>>" in written.replace("(($", "($").replace(
        "<<if (", "<<if "
    ).replace("))>>", ")>>")
    imported = read(io.BytesIO(written.encode()), "x.twee")
    assert imported.layouts == {"small": {"hello": {"x": 600.0, "y": 400.0}}}
    assert imported.documents == [cafe()]


def test_a_missing_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from scenario_exchange.formats import MissingLibrary, library

    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingLibrary, match=r"python-docx. Install the extra: pip install 'branchwise\[formats\]'"):
        library("docx", "python-docx")


def many(scenes: int, choices: int) -> dict[str, Any]:
    """Return a document of decisions that each lead to the next."""
    made: list[dict[str, Any]] = [
        {
            "id": f"s{n}",
            "kind": "decision",
            "choices": [{"id": f"s{n}_c{at}", "text": "On", "goto": f"s{n + 1}"} for at in range(choices)],
        }
        for n in range(scenes)
    ]
    made.append({"id": f"s{scenes}", "kind": "ending", "outcome": "good"})
    return {"format": 1, "id": "long", "title": "Long", "scenes": made}


@pytest.mark.parametrize("format", ["csv", "twee"])
@pytest.mark.parametrize(("choices", "told"), [(46, []), (48, ["It has 15,047 rows; a file with more than 15,000"])])
def test_a_file_that_is_too_long_to_be_imported_again_says_so(format: str, choices: int, told: list[str]) -> None:
    made = write([many(307, choices)], {}, format)
    said = [each.what for each in made.report.of_kind("changed") if "imported again" in each.what]
    assert said == [f"{each} cannot be imported again." for each in told]
    if told:
        with pytest.raises(ImportRefused, match=r"more than 15,000 rows"):
            read(io.BytesIO(made.data), made.filename)
    else:
        assert len(read(io.BytesIO(made.data), made.filename).documents[0]["scenes"]) == 308


def test_a_pack_of_a_long_story_is_json_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    story = decode_raw(many(40, 3)).scenario
    assert story is not None
    document = to_raw(story)
    modules = [PackModule(id="m1", scenario="scenarios/long.yaml")]
    course = CourseFile(format=1, id="care", title="Care", modules=modules)
    monkeypatch.setattr(pack, "READABLE", 5_000)
    made = write([document], {}, "pack", course=course)
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        assert archive.namelist() == ["course.yaml", "scenarios/long.json"]
        assert read_course_file(archive.read("course.yaml")).modules[0].scenario == "scenarios/long.json"
    again = read(io.BytesIO(made.data), "long.zip")
    assert (again.documents, again.course) == ([document], course)
    assert write(again.documents, {}, "pack", course=again.course).data == made.data


def test_a_pack_that_is_too_long_to_be_uploaded_again_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    small = Limits(values=300, yaml_values=300)
    monkeypatch.setattr(back, "DEFAULT", small)
    monkeypatch.setattr(pack, "DEFAULT", small)
    made = write([many(40, 3)], {}, "pack")
    told = [(each.place, each.what) for each in made.report.of_kind("changed")]
    assert told == [("Long", "It holds more than 300 values, so the pack cannot be uploaded again.")]
    with pytest.raises(ImportRefused, match=r"more than 300 values"):
        read(io.BytesIO(made.data), "long.zip", small)


def test_a_pack_is_measured_as_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Indented, a document is larger than without its blanks."""
    document = many(40, 3)
    story = decode_raw(document).scenario
    assert story is not None
    small = Limits(text=len(encode_json(story)) + 1)
    monkeypatch.setattr(back, "DEFAULT", small)
    monkeypatch.setattr(pack, "READABLE", 0)
    made = write([document], {}, "pack")
    assert [each.what for each in made.report.of_kind("changed")] == [
        "It is larger than 0 MB, so the pack cannot be uploaded again."
    ]
    with pytest.raises(ImportRefused, match=r"at most [\d,]+ are read"):
        read(io.BytesIO(made.data), "long.zip", small)


def test_texts_in_a_scenarios_own_language_are_not_exported() -> None:
    made = write([cafe()], {}, "pack", texts={"small": {"EN": {"title": "Stale"}, "de": {"title": "Klein"}}})
    assert ("Small", "Texts in EN: it is written in that language itself.") in [
        (each.place, each.what) for each in made.report.of_kind("dropped")
    ]
    assert read(io.BytesIO(made.data), "small.zip").texts == {"small": {"de": {"title": "Klein"}}}


def test_a_word_storyboard_that_is_too_large_to_be_imported_again_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    small = Limits(elements=100)
    monkeypatch.setattr(back, "DEFAULT", small)
    made = write([cafe()], {}, "storyboard-docx")
    told = [each.what for each in made.report.of_kind("changed")]
    assert "The document is too large to be imported again." in told
    with pytest.raises(ImportRefused) as refused:
        read(io.BytesIO(made.data), "x.docx", small)
    assert refused.value.code == "import.too-large"


def test_a_word_storyboard_names_what_it_cannot_give_back() -> None:
    decoded = decode((ROOT / "tests/scenarios/letting-someone-go.yaml").read_bytes())
    assert decoded.scenario is not None
    made = write([to_raw(decoded.scenario)], {}, "storyboard-docx")
    dropped = [(each.place, each.what) for each in made.report.of_kind("dropped")]
    role_play = "Its role-play (who plays whom, ends, goals, lines) is not read back: it becomes a page."
    assert dropped == [
        ("talk", role_play),
        ("talk", "Its criteria (3) are not read back."),
        ("other_chair", role_play),
        ("The hardest fifteen minutes", "Its 3 criteria with their levels are not read back."),
        ("The hardest fifteen minutes", "Not read back: its objectives, scoring, safety."),
    ]
    again = read(io.BytesIO(made.data), made.filename).documents[0]
    assert {scene["id"]: scene["kind"] for scene in again["scenes"]}["talk"] == "page"
    assert "The document is too large to be imported again." not in [each.what for each in made.report.entries]


def test_a_word_storyboard_names_what_it_cannot_give_back_of_questions() -> None:
    asked: list[dict[str, Any]] = [
        {"id": "n", "type": "numeric", "answers": [{"value": 3}], "hints": [{"text": "Count."}]},
        {"id": "o", "type": "ordering", "items": ["First", "Then"]},
        {"id": "m", "type": "matching", "pairs": [{"left": "a", "right": "b"}, {"left": "c", "right": "d"}]},
        {"id": "s", "type": "single", "options": [{"text": "Yes", "credit": 1}, {"text": "No"}]},
    ]
    following = ["o", "m", "s", "end"]
    scenes = [
        {**each, "kind": "question", "prompt": "?", "goto": goto} for each, goto in zip(asked, following, strict=True)
    ]
    raw = {
        "format": 1,
        "id": "quiz",
        "title": "Quiz",
        "scenes": [*scenes, {"id": "end", "kind": "ending", "outcome": "read"}],
    }
    made = write([raw], {}, "storyboard-docx")
    assert [(each.place, each.what) for each in made.report.of_kind("dropped")] == [
        ("n", "Not read back: its accepted answers, hints."),
        ("o", "Not read back: its order."),
        ("m", "Not read back: its pairs."),
    ]
    again = {scene["id"]: scene for scene in read(io.BytesIO(made.data), made.filename).documents[0]["scenes"]}
    assert [{"answers", "hints", "items", "pairs"} & set(again[name]) for name in "noms"] == [set()] * 4
    assert [option["text"] for option in again["s"]["options"]] == ["Yes", "No"]
