"""Twine: stories of four dialects in three kinds of files; links in macros too; scripts never run."""

from __future__ import annotations

import io
import pickle
from typing import Any

import pytest

from scenario_exchange import Imported, ImportRefused, read
from scenario_exchange.limits import Limits
from tests.exchange import fixtures


def twee(source: str, format_name: str = "SugarCube", name: str = "story.twee") -> Imported:
    head = f':: StoryTitle\nStory\n\n:: StoryData\n{{"ifid": "X", "format": "{format_name}", "start": "A"}}\n\n'
    return read(io.BytesIO((head + source).encode()), name)


def scenes(found: Imported, index: int = 0) -> dict[str, dict[str, Any]]:
    return {scene["id"]: scene for scene in found.documents[index]["scenes"]}


def entries(found: Imported, kind: str) -> list[tuple[str, str]]:
    return [(entry.place, entry.what) for entry in found.report.entries if entry.kind == kind]


def test_sugarcube_arrives_with_its_variables_conditions_and_links_in_macros() -> None:
    found = read(io.BytesIO(fixtures.SUGARCUBE.encode()), "parcel.twee")
    (document,) = found.documents
    assert document["variables"] == {
        "trust": {"type": "number", "range": [0.0, 1000.0], "start": 3.0},
        "told": {"type": "flag", "start": False},
    }
    counter = scenes(found)["counter"]
    assert [beat["text"] for beat in counter["beats"]] == [
        "Mrs Aal puts a slip on **your** counter. Trust is {trust}.",
        "She smiles.",
        "She waits.",
        "She frowns.",
    ]
    low, told = {"var": "trust", "at_most": 2}, {"var": "told", "is": True}
    assert [beat.get("when") for beat in counter["beats"]] == [
        None,
        {"not": low},
        {"all": [low, told]},
        {"all": [low, {"not": told}]},
    ]
    assert counter["note"] == "say it slowly"
    assert [(choice["text"], choice["goto"]) for choice in counter["choices"]] == [
        ("Ask what happened", "story"),
        ("Send her away", "street"),
        ("Apologise", "street"),
    ]
    assert [choice.get("add") for choice in counter["choices"]] == [{"trust": 1.0}, None, None]
    assert [choice.get("set") for choice in counter["choices"]] == [None, {"told": True}, None]
    assert counter["choices"][2]["when"] == {"visits": "story", "at_least": 1}
    assert found.layouts == {"the_lost_parcel": {"counter": {"x": 600.0, "y": 400.0}}}


def test_changes_and_jumps_on_the_way_in_become_routes() -> None:
    found = read(io.BytesIO(fixtures.SUGARCUBE.encode()), "parcel.twee")
    story = scenes(found)
    always = {"attempt": "number", "at_least": 1}
    assert story["story"]["rules"] == [{"when": always, "set": {"told": True}, "goto": "story_then"}]
    assert story["story_then"]["rules"] == [{"when": {"var": "trust", "at_least": 10}, "goto": "street"}]
    assert story["story_then"]["otherwise"] == "story_shown"
    assert [beat["text"] for beat in story["story_shown"]["beats"]] == [
        "It has been *nine* days.",
        "It is raining '{'outside'}'.",
    ]
    assert story["street"]["kind"] == "ending"


def test_what_is_not_converted_is_named_with_its_passage() -> None:
    found = read(io.BytesIO(fixtures.SUGARCUBE.encode()), "parcel.twee")
    assert entries(found, "dropped") == [
        ("Counter", "Not converted: <<audio>>."),
        ("Street", "Not converted: <script>."),
        ("Code", "A script or style sheet is left out."),
    ]
    assert "alert" not in str(found.documents)
    assert "window.setup" not in str(found.documents)


def test_harlowe_arrives_with_hooks_storylets_and_history() -> None:
    found = read(io.BytesIO(fixtures.HARLOWE.encode()), "bus.twee")
    story = scenes(found)
    assert [(c["text"], c["goto"]) for c in story["stop_shown"]["choices"]] == [
        ("Get on", "bus"),
        ("Give a coin", "bus"),
        ("Walk home", "home"),
    ]
    assert story["stop_shown"]["choices"][1]["add"] == {"coins": -1.0}
    assert story["stop_shown"]["choices"][1]["then"] == [{"text": "He nods."}]
    assert story["bus"]["choices"][0]["when"] == {"var": "coins", "is": 0}
    assert story["home"]["beats"] == [{"text": "You rode.", "when": {"visits": "bus", "at_least": 1}}]
    assert ("Stop", 'Not converted: (enchant: "dog", (text-colour: red)).') in entries(found, "dropped")
    assert ("Home", 'Not converted: (goto-somewhere: "x").') in entries(found, "dropped")


def test_chapbook_arrives_with_its_variables_modifiers_and_inserts() -> None:
    found = read(io.BytesIO(fixtures.CHAPBOOK.encode()), "kitchen.twee")
    shown = scenes(found)["kitchen_shown"]
    assert [beat["text"] for beat in shown["beats"]] == [
        "The soup is **hot**. Calm: {calm}.",
        "Ola hums.",
        "Ola is silent.",
        "It is noon.",
    ]
    assert [(c["text"], c["goto"]) for c in shown["choices"]] == [("Go outside", "yard"), ("Taste it", "soup")]
    assert ("Kitchen", "Not converted: [JavaScript].") in entries(found, "dropped")


def test_a_passage_counts_its_visits_on_the_way_in() -> None:
    story = scenes(read(io.BytesIO(fixtures.CHAPBOOK.encode()), "kitchen.twee"))
    again = {"not": {"visits": "kitchen", "at_most": 1}}
    assert story["kitchen"]["otherwise"] == "kitchen_then"
    assert story["kitchen_then"]["rules"] == [{"when": again, "set": {"calm": 1.0}, "goto": "kitchen_shown"}]


def test_snowman_is_read_as_text_and_never_run() -> None:
    found = read(io.BytesIO(fixtures.SNOWMAN.encode()), "lift.twee")
    shown = scenes(found)["lobby_shown"]
    assert [beat["text"] for beat in shown["beats"]] == ["The lift is on {floor}.", "It *hums*.", "It is still."]
    assert [(c["text"], c["goto"]) for c in shown["choices"]] == [("Ride up", "roof"), ("Take the stairs", "stairs")]
    assert entries(found, "dropped") == [("Lobby", 'Not converted: “window.open("x")”.')]


def test_a_published_page_arrives_with_pictures_inside_it() -> None:
    found = read(io.BytesIO(fixtures.twine_html().encode()), "story.html")
    story = scenes(found)
    assert found.documents[0]["title"] == "Story 1 & more"
    assert story["first"]["choose"] == [{"text": "On", "goto": "second_last"}]
    assert story["first"]["beats"] == [{"text": "Hello **you**"}]
    (media,) = [beat["media"] for beat in story["second_last"]["beats"] if "media" in beat]
    assert media["alt"] == "A dot"
    assert found.media == {media["use"]: fixtures.PNG}
    assert ("Story 1 & more", "The story's own script and style sheet are left out.") in entries(found, "dropped")


@pytest.mark.parametrize("before", ["", "\n ", "\ufeff\r\n"])
def test_the_program_of_a_page_does_not_count_as_words_whatever_stands_before_it(before: str) -> None:
    program = "<script>" + "run(1); " * 500 + "</script>"
    page = before + fixtures.twine_html().replace("</head>", f"{program}</head>")
    small = Limits(words=len(page) // 4)
    assert len(read(io.BytesIO(page.encode()), "story.html", small).documents) == 1


def test_an_archive_gives_one_scenario_for_each_story() -> None:
    found = read(io.BytesIO(fixtures.twine_html(stories=3).encode()), "archive.html")
    assert [document["id"] for document in found.documents] == ["story_1_more", "story_2_more", "story_3_more"]


@pytest.mark.parametrize("start", ["", 'startnode="99"', 'startnode="x"'])
def test_a_story_whose_first_passage_is_missing_starts_at_the_first_and_says_so(start: str) -> None:
    found = read(io.BytesIO(fixtures.twine_html(start=start).encode()), "story.html")
    assert found.documents[0]["start"] == "first"
    assert any("play starts at “First”" in what for _, what in entries(found, "changed"))


def test_json_says_by_number_or_name_where_it_starts() -> None:
    for start in ('"1"', "1", '"Quay"'):
        source = fixtures.TWINE_JSON.replace('"start": "1"', f'"start": {start}')
        assert read(io.BytesIO(source.encode()), "f.json").documents[0]["start"] == "quay"


@pytest.mark.parametrize(
    ("written", "text", "target"),
    [
        ("[[B]]", "B", "b"),
        ("[[words->B]]", "words", "b"),
        ("[[B<-words]]", "words", "b"),
        ("[[words|B]]", "words", "b"),
        ("[[a -> b->B]]", "a -\\> b".replace("\\", ""), "b"),
        ('<<link "words" "B">><</link>>', "words", "b"),
        ("<<link [[words|B]]>><</link>>", "words", "b"),
        ('<<button "words">><<goto "B">><</button>>', "words", "b"),
        ("<<link 'B'>><<goto [[B]]>><</link>>", "B", "b"),
    ],
)
def test_every_form_of_a_link_is_found(written: str, text: str, target: str) -> None:
    found = twee(f":: A\nHello {written}\n\n:: B\nBye")
    assert scenes(found)["a"]["choose"] == [{"text": text, "goto": target}]


def test_a_link_that_leads_nowhere_stays_a_finding_and_is_named() -> None:
    found = twee(":: A\n[[Gone]] [[$where]]\n")
    assert [choice["goto"] for choice in scenes(found)["a"]["choices"]] == ["", ""]
    assert entries(found, "dropped") == [
        ("A", "A link leads to “Gone”, which does not exist."),
        ("A", "Where a link leads is worked out during play."),
    ]


def test_a_condition_that_cannot_be_said_leaves_the_text_and_is_named() -> None:
    found = twee(":: A\n<<if random(1, 6) gt 3>>Luck.<</if>>\n<<set $x to $y * 2>>[[B]]\n\n:: B\nBye")
    assert scenes(found)["a_shown"]["beats"] == [{"text": "Luck."}]
    assert ("A", "Text is always there: “random(1, 6) > 3” was not converted.") in entries(found, "changed")
    assert ("A", "“$x to $y * 2” was not converted.") in entries(found, "dropped")


def test_names_in_other_scripts_and_names_alike_get_ids_of_their_own() -> None:
    found = twee(
        ":: A\n[[日本]] [[Kaffee!]] [[kaffee]] [[Ärger]] [[return]]\n\n:: 日本\n1\n\n:: Kaffee!\n2\n\n:: kaffee\n3\n\n:: Ärger\n4\n\n:: return\n5"
    )
    ids = list(scenes(found))
    assert len(set(ids)) == 6
    assert ids[0] == "a"
    assert ids[2] == "kaffee"
    assert ids[4] == "arger"
    assert "return" not in ids


def test_twee_headers_are_read_leniently() -> None:
    found = twee(":: A  [one two]  <10,20>\n\\:: no header\n[[Odd \\[name\\]]]\n", name="old.tw2")
    assert scenes(found)["a"]["beats"][0]["text"].startswith(":: no header")
    assert found.layouts["story"]["a"] == {"x": 10.0, "y": 20.0}


def test_broken_story_data_is_named_and_the_story_still_arrives() -> None:
    source = ":: StoryTitle\nT\n:: StoryData\n{broken\n:: Start\nHi [[End]]\n:: End\nBye"
    found = read(io.BytesIO(source.encode()), "t.twee")
    assert found.documents[0]["start"] == "start"
    assert entries(found, "changed")[0][0] == "StoryData"


def test_passages_that_include_each_other_end() -> None:
    found = twee(':: A\nOne <<include "B">>[[C]]\n\n:: B\nTwo <<include "A">>\n\n:: C\nEnd')
    assert [beat["text"] for beat in scenes(found)["a"]["beats"]] == ["One", "Two"]
    assert any("inside itself" in what for _, what in entries(found, "dropped"))


def test_a_passage_of_sixty_links_keeps_them_all() -> None:
    links = "".join(f"[[Say {i}->B]]\n" for i in range(60))
    found = twee(f":: A\n{links}\n:: B\nBye")
    said = [choice["text"] for scene in found.documents[0]["scenes"] for choice in scene.get("choices", [])]
    assert [text for text in said if text != "…"] == [f"Say {i}" for i in range(60)]


def test_a_file_of_twine_1_is_refused_because_it_could_run_a_program() -> None:
    class Evil:
        def __reduce__(self) -> tuple[Any, ...]:
            return (pytest.fail, ("a pickle was opened",))

    for name in ("story.tws", "story.bin"):
        with pytest.raises(ImportRefused) as refused:
            read(io.BytesIO(pickle.dumps(Evil())), name)
        assert refused.value.code == "import.pickle"


def test_a_page_of_twine_1_says_what_to_do() -> None:
    page = '<html><body><div id="storeArea"><div tiddler="Start">Hi</div></div></body></html>'
    with pytest.raises(ImportRefused) as refused:
        read(io.BytesIO(page.encode()), "old.html")
    assert refused.value.code == "import.other-release"


def test_what_scripts_comments_and_templates_hold_is_no_story() -> None:
    real = fixtures.twine_html()
    fake = '<tw-storydata name="Fake"><tw-passagedata pid="1" name="X">no</tw-passagedata></tw-storydata>'
    page = real.replace("<body>", f"<body><script>var s = '{fake}';</script><!-- {fake} --><template>{fake}</template>")
    page = page.replace("alert(1)", f"'{fake}'")
    found = read(io.BytesIO(page.encode()), "story.html")
    assert [document["title"] for document in found.documents] == ["Story 1 & more"]
    assert list(scenes(found)) == ["first", "second_last"]


def test_a_first_passage_given_by_name_is_found() -> None:
    found = read(io.BytesIO(fixtures.twine_html(start='startnode="Second &gt; last"').encode()), "story.html")
    assert found.documents[0]["start"] == "second_last"


def test_an_empty_story_of_an_archive_keeps_no_other_back() -> None:
    page = fixtures.twine_html() + '<tw-storydata name="Empty" hidden></tw-storydata>'
    found = read(io.BytesIO(page.encode()), "archive.html")
    assert len(found.documents) == 1
    assert ("Empty", "The story has no passages.") in entries(found, "dropped")


def test_emphasis_lists_and_headings_of_each_dialect_arrive() -> None:
    sugar = twee(":: A\n!Head\n''b'' //i// __u__\n* one\n* two\n----\n> said\n")
    assert scenes(sugar)["a"]["beats"] == [{"text": "# Head\n\n**b** *i* u\n- one\n- two\n\n---\n\n> said"}]
    harlowe = twee(":: A\n#Head\n''b'' //i// ~~s~~\n* one\n---\nend\n", "Harlowe 3.3")
    assert scenes(harlowe)["a"]["beats"] == [{"text": "# Head\n\n**b** *i* s\n- one\n\n---\n\nend"}]
    markdown = twee(":: A\n# Head\n**b** _i_ snake_case\n- one\n", "Chapbook")
    assert scenes(markdown)["a"]["beats"] == [{"text": "# Head\n\n**b** *i* snake\\_case\n- one"}]
