"""Test-play of an unsaved document: stateless, on the real engine. Changes no row.

Between two requests the browser keeps a signed list of what was done; each request plays it again from the start.
The list holds no state of the engine, so it can leak nothing, and a document edited half-way goes on where it can.
What a designer writes at a reflection travels in the same signed list: it is their own, and kept nowhere else.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import msgspec
from django.core import signing

from authoring.checking import check_document
from scenario_engine.actions import LEARNER_ACTIONS, HostAction, LearnerAction, TimeUp
from scenario_engine.clock import run_clock
from scenario_engine.codec import decode_raw
from scenario_engine.document import Scenario as Document
from scenario_engine.errors import ActionRefused, EngineError, NotPlayable
from scenario_engine.findings import Finding
from scenario_engine.hosting import advance_without_judge, serve, set_apart
from scenario_engine.play import advance, start
from scenario_engine.state import State
from scenario_engine.story import Story, compile_story
from scenario_engine.views import Served, TestPlayed

SALT = "authoring.test-play"
MAX_AGE_S = 24 * 3600
_Recorded = LearnerAction | HostAction


class TestPlayRequest(msgspec.Struct, kw_only=True):
    """What the editor, a preview or a share page posts. The last two leave the document out: the server has it."""

    __test__ = False  # not a test class, whatever its name

    document: dict[str, Any] | None = None
    # Texts are looked up by it, and PostgreSQL cannot be asked for a NUL.
    locale: Annotated[str, msgspec.Meta(pattern="^[^\\x00]*$")] = ""
    from_scene: str = ""
    variables: dict[str, bool | float | str] = {}
    state: dict[str, Any] | None = None
    seq: int | None = None
    action: LearnerAction | None = None


class Track(msgspec.Struct):
    """What has been done so far: enough to play it again, and nothing that the learner does not know."""

    seed: str
    from_scene: str = ""
    variables: dict[str, bool | float | str] = {}
    locale: str = ""
    actions: list[_Recorded] = []
    own_words: dict[str, dict[str, str]] = {}
    moved_at: float = 0


def read_request(body: bytes) -> TestPlayRequest:
    """Decode a request. Raises msgspec.MsgspecError with the place of the first fault."""
    return msgspec.json.decode(body, type=TestPlayRequest)


def play_document(
    raw: Any,
    request: TestPlayRequest,
    *,
    texts: Callable[[str], Mapping[str, str] | None],
    media: Mapping[str, str],
    slots: Mapping[str, str],
    tells_findings: bool = True,
) -> TestPlayed:
    """Play one step of `raw`. `texts` gives the table of a language, `media` the address of each key.

    A document that cannot be played is answered by its findings; `tells_findings` is False where they would give the
    document away (a share link).
    """
    track = _track(request)
    decoded = decode_raw(raw)
    if decoded.scenario is None:
        return TestPlayed(findings=decoded.problems if tells_findings else [_unplayable()])
    document = _begin_at(decoded.scenario, track)
    try:
        story = compile_story(document, texts(track.locale) if track.locale else None, locale=track.locale)
        state, lost = _replay(story, track)
    except NotPlayable as error:
        findings = [finding for finding in check_document(raw) if finding.level == "error"]
        return TestPlayed(findings=(findings or [_unplayable(str(error))]) if tells_findings else [_unplayable()])
    code, refusal = ("refused", lost) if lost else _apply(story, state, track, request)
    _take_time(story, track, request)
    state, _ = _replay(story, track)
    # A designer watches the variables; whoever only reads a link is told no more than a learner.
    watched = {"variables": state.variables} if tells_findings else {}
    served = _serve(story, state, media, slots, track)
    served.error, served.error_code = refusal, code
    return TestPlayed(served=served, state={**_sign(track), **watched})


def _track(request: TestPlayRequest) -> Track:
    """Return the signed track of the request, or a new one; a bad or old signature simply starts again."""
    fresh = Track(secrets.token_hex(8), request.from_scene, request.variables, request.locale)
    signed = (request.state or {}).get("track")
    if not isinstance(signed, str):
        return fresh
    try:
        return msgspec.convert(signing.loads(signed, salt=SALT, max_age=MAX_AGE_S), Track)
    except (signing.BadSignature, msgspec.ValidationError):
        return fresh


def _sign(track: Track) -> dict[str, Any]:
    return {"track": signing.dumps(msgspec.to_builtins(track), salt=SALT, compress=True)}


def _begin_at(document: Document, track: Track) -> Document:
    """Return the document as if it started at the wanted scene with the wanted values: play from here."""
    known = {scene.id for scene in document.scenes}
    if track.from_scene in known:
        document = msgspec.structs.replace(document, start=track.from_scene)
    wanted = {name: value for name, value in track.variables.items() if name in document.variables}
    if not wanted:
        return document
    variables = {
        name: _start_with(variable, wanted[name]) if name in wanted else variable
        for name, variable in document.variables.items()
    }
    return msgspec.structs.replace(document, variables=variables)


def _start_with(variable: Any, value: Any) -> Any:
    """Return the variable starting at `value`, where it is one that the variable can have."""
    raw = {**msgspec.to_builtins(variable), "start": value}
    try:
        return msgspec.convert(raw, type(variable))
    except msgspec.ValidationError:
        return variable


def _replay(story: Story, track: Track) -> tuple[State, str]:
    """Play the track again. What no longer fits (the document was edited) ends it; the sentence says so."""
    state = start(story, track.seed)
    for index, action in enumerate(track.actions):
        try:
            state = advance(story, state, action)
        except EngineError:
            del track.actions[index:]
            return state, "The scenario was changed here: play went back to where it still fits."
    return state, ""


def _apply(story: Story, state: State, track: Track, request: TestPlayRequest) -> tuple[str, str]:
    """Append the posted action to the track; return the code and the sentence of a refusal, or nothing twice."""
    action = request.action
    if action is None:
        return "", ""
    if not isinstance(action, LEARNER_ACTIONS) or (request.seq is not None and request.seq != state.seq):
        return "stale", "This page was behind; here is where play stands."
    try:
        # Nobody reads here: the designer matches samples, as a learner does without a model.
        _, recorded = advance_without_judge(story, state, action)
    except ActionRefused as error:
        return error.code, str(error)
    track.actions.extend(recorded)
    track.moved_at = time.time()
    words = set_apart(state, action)[1]
    if words is not None:
        track.own_words[words.scene] = {**track.own_words.get(words.scene, {}), words.prompt: words.text}
    return "", ""


def _take_time(story: Story, track: Track, request: TestPlayRequest) -> None:
    """Let the time of a decision be over, by our clock, when the player asks because its own has run out."""
    if request.action is not None or not track.moved_at:
        return
    shown = serve(story, _replay(story, track)[0], lambda keys: {})
    if run_clock(shown, time.time() - track.moved_at):
        track.actions.append(TimeUp())
        track.moved_at = time.time()


def _serve(story: Story, state: State, media: Mapping[str, str], slots: Mapping[str, str], track: Track) -> Served:
    own = track.own_words.get(state.scene, {})
    served = serve(story, state, lambda keys: {k: media[k] for k in keys if k in media}, slots=slots, private=own)
    if track.moved_at:
        run_clock(served, time.time() - track.moved_at)
    return msgspec.structs.replace(served, can_start_again=True, is_preview=True)


def _unplayable(message: str = "This scenario cannot be played yet.") -> Finding:
    return Finding(code="play.not-playable", level="error", message=message)
