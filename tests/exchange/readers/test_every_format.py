"""What holds for every format: sound files arrive without faults of ours, always the same, and nothing is silent."""

from __future__ import annotations

import io
import random
from typing import Any

import pytest

from scenario_engine.actions import Choose, Continue
from scenario_engine.checks import check
from scenario_engine.codec import decode_raw
from scenario_engine.play import advance, start
from scenario_engine.story import compile_story
from scenario_engine.view import view
from scenario_exchange import READERS, Imported, read
from scenario_exchange.readers.pictures import extension_for
from tests.exchange.fixtures import SOUND

# A release that cannot play a kind of scene yet says so; that is no fault of the conversion.
NOT_OURS = {"play.not-yet"}


def imported(name: str) -> Imported:
    file, data = SOUND[name]
    return read(io.BytesIO(data), file)


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_file_gives_documents_without_errors(name: str) -> None:
    found = imported(name)
    assert found.documents
    for document in found.documents:
        decoded = decode_raw(document)
        assert decoded.problems == []
        assert decoded.scenario is not None
        errors = [each for each in check(decoded.scenario) if each.level == "error" and each.code not in NOT_OURS]
        assert errors == []


@pytest.mark.parametrize("name", SOUND)
def test_importing_again_gives_the_same_ids_and_words(name: str) -> None:
    first, second = imported(name), imported(name)
    assert (first.documents, first.media, first.layouts) == (second.documents, second.media, second.layouts)
    assert first.report.entries == second.report.entries


@pytest.mark.parametrize("name", SOUND)
def test_the_contents_tell_the_format_whatever_the_file_is_called(name: str) -> None:
    _, data = SOUND[name]
    other = "upload" if name not in ("sugarcube", "harlowe", "chapbook", "snowman") else "upload.txt"
    assert read(io.BytesIO(data), other).format == imported(name).format


@pytest.mark.parametrize("name", SOUND)
def test_every_scene_is_named_in_the_report(name: str) -> None:
    found = imported(name)
    if found.format in ("branchwise", "pack"):
        return  # all of it arrives as it is, and the report says that at once
    told = {entry.place for entry in found.report.entries if entry.kind == "kept"}
    for document in found.documents:
        for scene in document["scenes"]:
            if scene["kind"] not in ("route", "ending"):
                assert any(_same(scene, place) for place in told), scene


def _same(scene: dict[str, Any], place: str) -> bool:
    plain = "".join(char for char in place.lower() if char.isalnum())
    names = [
        scene["id"],
        scene.get("title", ""),
        scene.get("prompt", ""),
        *[str(b.get("text")) for b in scene.get("beats", [])],
    ]
    squeezed = ["".join(char for char in each.lower() if char.isalnum()) for each in names]
    return any(each and (each in plain or plain in each or plain[1:] in each) for each in squeezed) or any(
        char.isdigit() for char in place[:1]
    )


@pytest.mark.parametrize("name", SOUND)
def test_media_are_what_their_keys_say(name: str) -> None:
    for key, data in imported(name).media.items():
        assert key.endswith("." + extension_for(data))


def test_formats_have_names_of_their_own() -> None:
    assert len({reader.name for reader in READERS}) == len(READERS)


@pytest.mark.parametrize(
    "name", ["sugarcube", "harlowe", "chapbook", "snowman", "twine-html", "h5p", "branching-xblock", "ink", "yarn"]
)
@pytest.mark.parametrize("seed", range(4))
def test_an_imported_story_plays_to_its_end(name: str, seed: int) -> None:
    for document in imported(name).documents:
        scenario = decode_raw(document).scenario
        assert scenario is not None
        story = compile_story(scenario)
        chance = random.Random(seed)
        state = start(story, str(seed))
        for _ in range(60):
            if state.over:
                break
            offered = [choice.id for choice in view(story, state).choices]
            action = Choose(choice=chance.choice(offered)) if offered else Continue()
            state = advance(story, state, action)
        assert state.over
