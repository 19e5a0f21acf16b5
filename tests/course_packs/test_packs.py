"""Every pack is whole: it decodes, hangs together, and brings its media, credits and licence."""

import json
import re
from pathlib import Path

import pytest

from scenario_engine.checks import check_to_publish
from scenario_engine.codec import decode
from scenario_engine.codec.walk import walk_parts
from scenario_engine.document.cast import Mood
from scenario_engine.document.shared import Beat, MediaUse
from scenario_engine.messages import check_message
from scenario_engine.rich import rich, terms
from tests.course_packs.packs import PACKS, ROOT, SCENARIOS, course, scenario

each_pack = pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
each_scenario = pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)


def texts(path: Path) -> list[str]:
    return [
        value
        for _, part in walk_parts(scenario(path))
        for name in part.__struct_fields__
        if isinstance(value := getattr(part, name), str)
    ]


@each_scenario
def test_a_scenario_decodes_without_problems(path: Path) -> None:
    assert decode((ROOT / path).read_bytes()).problems == []


@each_scenario
def test_a_scenario_has_nothing_to_mend(path: Path) -> None:
    """A pack is an example: not even a warning. A note informs: a fact may be there for the learner alone."""
    findings, proof = check_to_publish(scenario(path))
    assert [finding for finding in findings if finding.level != "note"] == []
    assert proof is not None


@each_pack
def test_a_course_plays_every_scenario_of_its_pack_once(pack: Path) -> None:
    modules = course(pack)["modules"]
    assert sorted(module["scenario"] for module in modules) == sorted(
        path.relative_to(pack).as_posix() for path in pack.glob("scenarios/*.yaml")
    )
    assert len({module["id"] for module in modules}) == len(modules)
    assert sum(module["weight"] for module in modules) > 0


@each_pack
def test_a_course_claims_the_minutes_of_its_modules(pack: Path) -> None:
    claimed = [
        scenario((pack / module["scenario"]).relative_to(ROOT)).minutes or 0 for module in course(pack)["modules"]
    ]
    assert course(pack)["minutes"] == sum(claimed)


@each_pack
def test_modules_share_the_competencies_of_their_course(pack: Path) -> None:
    shared = course(pack)["competencies"]
    for module in course(pack)["modules"]:
        played = scenario((pack / module["scenario"]).relative_to(ROOT))
        assert {key: competency.uses for key, competency in played.competencies.items()} == {
            key: competency["uses"] for key, competency in shared.items()
        }, module["id"]


@each_scenario
def test_every_picture_exists_and_has_words(path: Path) -> None:
    media = [
        (part.image if isinstance(part, Mood) else part.use, part.alt)
        for _, part in walk_parts(scenario(path))
        if isinstance(part, Mood | MediaUse)
    ]
    pack = (ROOT / path).parents[1]
    assert [key for key, _ in media if not (pack / key).is_file()] == []
    assert [key for key, alt in media if not alt] == []


@each_pack
def test_no_picture_lies_about_unused(pack: Path) -> None:
    used = {
        part.image if isinstance(part, Mood) else part.use
        for path in pack.glob("scenarios/*.yaml")
        for _, part in walk_parts(scenario(path.relative_to(ROOT)))
        if isinstance(part, Mood | MediaUse)
    }
    assert used == {path.relative_to(pack).as_posix() for path in pack.glob("media/*.svg")}


@each_pack
def test_pictures_are_small_and_inert(pack: Path) -> None:
    for picture in pack.glob("media/*.svg"):
        svg = picture.read_text("utf-8")
        assert len(svg) < 16_000, picture.name
        assert not re.search(r"<script|<foreignObject|\son\w+=|href=|url\((?!#)|<!DOCTYPE", svg), picture.name


@each_pack
def test_portraits_are_those_of_the_cast_file(pack: Path) -> None:
    cast = json.loads((ROOT / "frontend/portraits/casts" / f"{pack.name}.json").read_text("utf-8"))
    drawn = {f"media/{name}-{mood}.svg" for name, person in cast["people"].items() for mood in person["moods"]}
    shown = {
        mood.image
        for path in pack.glob("scenarios/*.yaml")
        for member in scenario(path.relative_to(ROOT)).cast.values()
        for mood in member.moods.values()
    }
    assert drawn == shown


@each_pack
def test_a_pack_names_its_licence_and_credits(pack: Path) -> None:
    assert "CC BY 4.0" in (pack / "LICENSE").read_text("utf-8")
    assert "CC0 1.0" in (pack / "media/CREDITS.md").read_text("utf-8")
    assert "CC BY 4.0" in course(pack)["credits"]


@each_scenario
def test_glossary_terms_are_explained_and_used(path: Path) -> None:
    mentioned = set().union(*(terms(rich(text)) for text in texts(path)))
    assert mentioned == set(scenario(path).glossary)


@each_scenario
def test_slots_in_texts_are_well_formed(path: Path) -> None:
    assert [text for text in texts(path) if "{" in text and check_message(text)] == []


@each_scenario
def test_speakers_only_wear_moods_they_have(path: Path) -> None:
    cast = scenario(path).cast
    for _, part in walk_parts(scenario(path)):
        if isinstance(part, Beat) and part.who:
            member = cast[part.who]
            assert not part.mood or part.mood in member.moods, part.text


@each_scenario
def test_every_mood_is_seen_in_the_story(path: Path) -> None:
    worn = {(part.who, part.mood) for _, part in walk_parts(scenario(path)) if isinstance(part, Beat)}
    drawn = {(key, mood) for key, member in scenario(path).cast.items() for mood in member.moods}
    assert drawn <= worn
