"""H5P Branching Scenario: contents by number become scenes with lasting ids; scores stay fair; losses are named."""

from __future__ import annotations

import copy
import io
import json
from typing import Any

import pytest

from scenario_exchange import Imported, ImportRefused, read
from tests.exchange import fixtures
from tests.exchange.hostile import packed


def imported(content: dict[str, Any] | None = None) -> Imported:
    return read(io.BytesIO(fixtures.h5p(content)), "guest.h5p")


def scenes(found: Imported) -> dict[str, dict[str, Any]]:
    return {scene["id"]: scene for scene in found.documents[0]["scenes"]}


def entries(found: Imported, kind: str) -> list[tuple[str, str]]:
    return [(entry.place, entry.what) for entry in found.report.entries if entry.kind == kind]


QUESTION = "branchingquestion_aaaa1111"


def test_a_scenario_arrives_scene_by_scene() -> None:
    found = imported()
    story = scenes(found)
    assert list(story) == [
        "start_screen",
        QUESTION,
        "advancedtext_bbbb2222",
        "image_cccc3333",
        "coursepresentation_dddd4444",
        "coursepresentation_dddd4444_2",
        "interactivevideo_eeee5555",
        f"end_{QUESTION}_leave",
        "the_end",
    ]
    assert found.documents[0]["start"] == "start_screen"
    assert story["start_screen"]["goto"] == QUESTION
    assert story[QUESTION]["prompt"] == "The guest is **cold**."
    assert story[QUESTION]["shuffle"] is True
    assert story["advancedtext_bbbb2222"]["text"] == "Warm *now*."
    assert story["interactivevideo_eeee5555"]["text"] == "[Video](https://video.example/1)"
    assert (story["the_end"]["title"], story["the_end"]["text"]) == ("Done", "Thanks")


def test_pictures_come_along_by_key() -> None:
    found = imported()
    (media,) = scenes(found)["image_cccc3333"]["media"]
    assert media["alt"] == "A blanket"
    assert found.media == {media["use"]: fixtures.PNG}


def test_points_of_choices_count_also_on_the_choice_that_ends_it() -> None:
    """The peer ignores the points of the choice that ends the scenario."""
    choices = scenes(imported())[QUESTION]["choices"]
    assert [choice["points"] for choice in choices] == [{"score": 3.0}, {"score": 1.0}, {"score": 2.0}]
    assert imported().documents[0]["scoring"] == {"grade": "best_path"}


def test_a_short_path_is_measured_by_what_all_paths_can_earn() -> None:
    """The peer measures a path by the scenes it visited, so that a short one is always 100 %."""
    from scenario_engine.codec import decode_raw
    from scenario_engine.proof import prove
    from scenario_engine.story import compile_story

    scenario = decode_raw(imported().documents[0]).scenario
    assert scenario is not None
    assert float(prove(compile_story(scenario), 10_000).maximum) == 3.0


def test_end_scores_become_grades_of_endings() -> None:
    found = imported(fixtures.h5p_content("static-end-score"))
    grades = {scene["id"]: scene["grade"] for scene in found.documents[0]["scenes"] if scene["kind"] == "ending"}
    assert grades == {f"end_{QUESTION}_leave": 0.4, "the_end": 1.0}


@pytest.mark.parametrize("old", [True, False])
def test_a_scenario_without_scores_is_practice(old: bool) -> None:
    content = fixtures.h5p_content("no-score")
    if old:
        del content["branchingScenario"]["scoringOptionGroup"]
        content["branchingScenario"]["scoringOption"] = "no-score"
    document = imported(content).documents[0]
    assert (document["purpose"], document["scoring"]) == ("practice", {"grade": "completion"})


def test_files_of_releases_before_1_5_keep_their_scores() -> None:
    content = fixtures.h5p_content()
    del content["branchingScenario"]["scoringOptionGroup"]
    content["branchingScenario"]["scoringOption"] = "dynamic-score"
    assert "points" in scenes(imported(content))[QUESTION]["choices"][0]


def test_feedback_under_a_wrong_key_is_shown_and_named() -> None:
    found = imported()
    assert scenes(found)[QUESTION]["choices"][1]["feedback"] == "Hm."
    changed = [what for place, what in entries(found, "changed") if place == "1. The guest is cold., choice 2"]
    assert changed == [
        "It has a “score” where H5P knows none; it was left out.",
        "Its feedback stands under a key that H5P does not show (“text”); it is shown here.",
    ]


def test_what_has_no_counterpart_is_named_with_its_place() -> None:
    dropped = entries(imported(), "dropped")
    assert ("4. CoursePresentation, slide 1", "H5P MultiChoice has no counterpart here.") in dropped
    assert ("4. CoursePresentation, slide 2", "The package lacks the file “images/gone.png”.") in dropped
    assert ("5. InteractiveVideo", "H5P TrueFalse inside the film (“Sure?”).") in dropped
    assert ("Behaviour", "Learners cannot go back: what was said has been said.") in dropped


def test_deleting_a_content_renames_no_other_scene() -> None:
    """In the peer a content is its place in the list, so that deleting one shifts all others."""
    content = fixtures.h5p_content()
    root = content["branchingScenario"]
    before = set(scenes(imported(copy.deepcopy(content))))
    del root["content"][1]
    root["content"][0]["type"]["params"]["branchingQuestion"]["alternatives"][0]["nextContentId"] = 1
    root["content"][0]["type"]["params"]["branchingQuestion"]["alternatives"][1]["nextContentId"] = 1
    for index, node in enumerate(root["content"][1:], 2):
        node["nextContentId"] = index if index < 4 else -1
    after = set(scenes(imported(content)))
    assert before - after == {"advancedtext_bbbb2222"}
    assert after - before == set()


def test_a_way_to_a_content_that_does_not_exist_is_left_open_and_named() -> None:
    content = fixtures.h5p_content()
    content["branchingScenario"]["content"][1]["nextContentId"] = 40
    found = imported(content)
    assert "goto" not in scenes(found)["advancedtext_bbbb2222"]
    assert ("2. Text bb", "It leads to content 41, which does not exist.") in entries(found, "dropped")


def test_a_missing_way_leads_to_the_end() -> None:
    content = fixtures.h5p_content()
    del content["branchingScenario"]["content"][1]["nextContentId"]
    assert scenes(imported(content))["advancedtext_bbbb2222"]["goto"] == "the_end"


def test_scripts_in_texts_are_left_out_and_named() -> None:
    content = fixtures.h5p_content()
    html = (
        '<p onclick="x()">Warm<script>alert(1)</script><a href="javascript:x()">now</a></p><img src="x" onerror="y()">'
    )
    content["branchingScenario"]["content"][1]["type"]["params"]["text"] = html
    found = imported(content)
    assert scenes(found)["advancedtext_bbbb2222"]["text"] == "Warmnow"
    assert [what for place, what in entries(found, "dropped") if place == "2. Text bb"] == [
        "Not converted: <script>.",
        "Not converted: link to javascript:x().",
        "A picture in the text: x.",
    ]


def test_other_kinds_of_h5p_are_refused_by_name() -> None:
    with pytest.raises(ImportRefused) as refused:
        read(io.BytesIO(fixtures.h5p(main="H5P.Flashcards")), "quiz.h5p")
    assert refused.value.code == "import.not-convertible"
    assert "H5P.Flashcards" in refused.value.message


@pytest.mark.parametrize("content", [{}, {"branchingScenario": {}}, {"branchingScenario": {"content": "x"}}, []])
def test_a_package_without_content_is_refused(content: Any) -> None:
    data = packed([("h5p.json", b"{}"), ("content/content.json", json.dumps(content).encode())])
    with pytest.raises(ImportRefused) as refused:
        read(io.BytesIO(data), "x.h5p")
    assert refused.value.code in ("import.structure", "import.empty")


def with_quizzes(**options: Any) -> dict[str, Any]:
    """Return the content with quizzes on its first slide and in its film."""
    content = fixtures.h5p_content()
    root = content["branchingScenario"]
    root["scoringOptionGroup"] |= options
    slide = root["content"][3]["type"]["params"]["presentation"]["slides"][0]
    slide["elements"][1:] = [
        {"action": {"library": f"H5P.{kind} 1.16", "params": copy.deepcopy(params)}}
        for kind, params in (("MultiChoice", fixtures.MULTI_CHOICE), ("SingleChoiceSet", fixtures.SINGLE_CHOICES))
    ]
    film = root["content"][4]["type"]["params"]["interactiveVideo"]["assets"]["interactions"]
    film[0]["action"]["params"] = fixtures.TRUE_FALSE
    return content


SLIDES = "coursepresentation_dddd4444"


def test_quizzes_on_slides_become_questions_after_their_slide() -> None:
    found = imported(with_quizzes())
    story = scenes(found)
    assert [story[SLIDES]["goto"], story[f"{SLIDES}_2"]["goto"], story[f"{SLIDES}_3"]["goto"]] == [
        f"{SLIDES}_2",
        f"{SLIDES}_3",
        f"{SLIDES}_4",
    ]
    assert (story[SLIDES]["text"], story[f"{SLIDES}_4"]["text"]) == ("One", "Two")
    assert story[f"{SLIDES}_2"] == {
        "kind": "question",
        "id": f"{SLIDES}_2",
        "type": "multiple",
        "prompt": "What **helps**?",
        "points": 2,
        "competency": "score",
        "options": [
            {"text": "A blanket", "right": True, "feedback": "Warm."},
            {"text": "A form", "right": False},
            {"text": "Hot tea", "right": True},
        ],
        "shuffle": True,
        "goto": f"{SLIDES}_3",
    }
    assert story[f"{SLIDES}_3"]["options"] == [{"text": "The guest", "credit": 1}, {"text": "The porter", "credit": 0}]
    tip = ("4. CoursePresentation, slide 1, answer 2", "“Is it warm?”: only what is chosen is answered.")
    lost = ("4. CoursePresentation, slide 1, question 2", "“Nothing to choose?” has no answers to choose from.")
    assert {tip, lost} <= set(entries(found, "dropped"))


@pytest.mark.parametrize("kind", ["MultiChoice", "SingleChoiceSet"])
def test_answers_beyond_what_a_question_holds_are_named(kind: str) -> None:
    content = fixtures.h5p_content()
    words = [f"Answer {number}" for number in range(52)]
    answers = [{"text": text, "correct": text == words[0]} for text in words]
    params: dict[str, dict[str, Any]] = {
        "MultiChoice": {"question": "Which?", "answers": answers},
        "SingleChoiceSet": {"choices": [{"question": "Which?", "answers": words}]},
    }
    slide = content["branchingScenario"]["content"][3]["type"]["params"]["presentation"]["slides"][0]
    slide["elements"][1:] = [{"action": {"library": f"H5P.{kind} 1.16", "params": params[kind]}}]
    found = imported(content)
    assert [option["text"] for option in scenes(found)[f"{SLIDES}_2"]["options"]] == words[:50]
    assert "2 answers after the first 50." in [what for _, what in entries(found, "dropped")]


def test_quizzes_of_a_film_are_asked_after_it() -> None:
    found = imported(with_quizzes())
    story = scenes(found)
    film, asked = story["interactivevideo_eeee5555"], story["interactivevideo_eeee5555_2"]
    assert (film["goto"], asked["goto"], asked["type"], asked["prompt"]) == (
        asked["id"],
        "the_end",
        "single",
        "She is cold.",
    )
    assert asked["options"] == [
        {"text": "True", "credit": 1, "feedback": "Yes."},
        {"text": "False", "credit": 0, "feedback": "Look again."},
    ]
    assert ("5. InteractiveVideo", "Its questions (1) are asked after the film.") in entries(found, "changed")


def test_quizzes_that_did_not_count_do_not_count_here() -> None:
    story = scenes(imported(with_quizzes(includeInteractionsScores=False)))
    assert "competency" not in story[f"{SLIDES}_2"] and story[f"{SLIDES}_2"]["points"] == 0


def test_a_set_of_questions_becomes_a_quiz() -> None:
    content = fixtures.h5p_quiz()
    found = read(io.BytesIO(fixtures.h5p(content, main="H5P.QuestionSet")), "set.h5p")
    intro, hot, cold, tea, ice, marked, end = found.documents[0]["scenes"]
    assert (intro["text"], end["kind"]) == ("Ready?", "ending")
    assert hot["prompt"] == "Fill in.\n\nTea is \\_\\_\\_\\_\\_ and 2 \\* 3.\\\nIce is (…)."
    assert hot["answers"] == [{"any": ["hot", "warm"], "credit": 1}]
    assert hot["hints"] == [{"text": "Feel it."}]
    assert cold["prompt"].startswith("Fill in.\n\nTea is hot and")
    assert [(each["text"], each["credit"], each["feedback"]) for each in tea["options"]] == [
        ("Tea", 1.0, "Yes."),
        ("ice", 0.0, "No."),
        ("ink", 0.0, "No."),
    ]
    assert ice["prompt"].startswith("Drag.\n\nTea and")
    assert [each["text"] for each in marked["options"] if each["right"]] == ["tea"]
    dropped = [entry.what for entry in found.report.of_kind("dropped")]
    assert dropped == [
        "Its content (H5P DragQuestion) has no counterpart here.",
        "The share of points that passes.",
    ]
    kept = [(entry.place, entry.what) for entry in found.report.of_kind("kept")]
    assert kept[1] == ("2. Blanks", "It became 2 questions.")


def test_an_empty_quiz_is_refused() -> None:
    with pytest.raises(ImportRefused) as refused:
        read(io.BytesIO(fixtures.h5p({"questions": []}, main="H5P.QuestionSet")), "set.h5p")
    assert refused.value.code == "import.empty"


def test_one_point_for_the_whole_answer_is_earned_by_the_whole_alone() -> None:
    answers = [{"text": word, "correct": word != "ink"} for word in ("tea", "milk", "ink")]
    params = {"question": "Drink?", "answers": answers, "behaviour": {"singlePoint": True}}
    found = read(io.BytesIO(fixtures.h5p(params, main="H5P.MultiChoice")), "one.h5p")
    scene = found.documents[0]["scenes"][0]
    assert (scene["points"], scene["partial"]) == (1, False)
