"""`view`: one state of an attempt as the learner meets it."""

from typing import cast

from babel import Locale, UnknownLocaleError

from scenario_engine.conversation import words_to_judge
from scenario_engine.document import Decision, Ending, Page, Question, Reflection, Reply, Roleplay, Scene
from scenario_engine.document.replies import IfNotAssessed
from scenario_engine.play.advance import can_continue
from scenario_engine.play.arranging import seconds_for, time_runs
from scenario_engine.rich import terms
from scenario_engine.rules import offered_choices
from scenario_engine.state import State, Visit
from scenario_engine.story import Story
from scenario_engine.view.asked import criteria_of, question_view
from scenario_engine.view.private import NOTHING_PRIVATE, Private, prompts_of
from scenario_engine.view.reaction import reaction_view
from scenario_engine.view.side import about_view, meters, notebook
from scenario_engine.view.talking import roleplay_view
from scenario_engine.view.words import NO_SLOTS, Slots, Words
from scenario_engine.views import ChoiceView, Direction, EndingView, MatchView, ReplyView, ScreenKind, TimerView, View


def view(story: Story, state: State, slots: Slots = NO_SLOTS, private: Private = NOTHING_PRIVATE) -> View:
    """Return what the learner may see now.

    `slots` are the host's values for authored slots ("learner.first_name", "organisation.name", "clock"). `private`
    are the learner's own words at the prompts of the present scene: hand them in for that learner alone.
    """
    words = Words(story, slots, state.variables)
    scene = story.scenes[state.scene]
    shown = View(
        seq=state.seq,
        title=words.line(story.scenario.title),
        language=story.locale,
        direction=direction(story.locale),
        scene=scene.id,
        kind=_kind(scene),
        stage=state.stage,
        awaits=state.awaits,
        heading=words.line(scene.title),
        meters=meters(words, state),
        notebook=notebook(words, state),
        can_continue=can_continue(story, state),
        can_stop=story.scenario.safety.can_stop and not state.over and state.stage != "stopped",
        over=state.over,
        graded=bool(state.graded_at),
    )
    if state.stage == "stopped":
        _show_stopped(words, state, shown)
    elif state.stage == "reaction" and not isinstance(scene, Roleplay):
        shown.reaction = reaction_view(words, state, scene)
        if isinstance(scene, Question) and shown.reaction.can_try_again:
            shown.prompt, shown.question = words.rich(scene.prompt), question_view(words, state, scene)
    else:
        _show_scene(words, state, scene, shown, private)
    _show_talk(words, state, scene, shown)
    shown.glossary = _glossary(words, shown)
    return shown


def _kind(scene: Scene) -> ScreenKind:
    return cast(ScreenKind, scene.__struct_config__.tag)  # a route has no screen, so it is never here


def direction(locale: str) -> Direction:
    """Return "rtl" for languages written from right to left, else "ltr"."""
    try:
        return "rtl" if Locale.parse(locale.replace("-", "_")).text_direction == "rtl" else "ltr"
    except (UnknownLocaleError, ValueError):
        return "ltr"


def _show_scene(words: Words, state: State, scene: Scene, shown: View, private: Private) -> None:
    visit = state.trail[-1]
    if len(state.trail) == 1 and not _has_begun(visit):
        shown.about = about_view(words)
    shown.beats = words.beats(scene.beats, visit.beats)
    shown.media = [words.media(use) for use in scene.media]
    shown.audio = words.spoken(scene.audio) if scene.audio else None
    if isinstance(scene, Page):
        shown.text = words.rich(scene.text)
        shown.choices = [ChoiceView(id=way.id, text=words.rich(way.text)) for way in scene.choose]
    elif isinstance(scene, Decision):
        _show_decision(words, state, scene, shown)
    elif isinstance(scene, Question):
        shown.prompt, shown.question = words.rich(scene.prompt), question_view(words, state, scene)
    elif isinstance(scene, Reply):
        _show_reply(words, state, scene, shown)
    elif isinstance(scene, Reflection):
        shown.prompts = prompts_of(words, state, scene, private)
    elif isinstance(scene, Ending):
        shown.text = words.rich(scene.text)
        shown.ending = EndingView(id=scene.id, outcome=scene.outcome, title=words.line(scene.title))


def _has_begun(visit: Visit) -> bool:
    return bool(visit.hints or visit.answers or visit.text or visit.wrote or len(visit.turns) > 1)


def _show_decision(words: Words, state: State, scene: Decision, shown: View) -> None:
    texts = {choice.id: choice.text for choice in offered_choices(scene, state)}
    shown.prompt = words.rich(scene.prompt)
    shown.choices = [ChoiceView(id=i, text=words.rich(texts[i])) for i in state.trail[-1].offered if i in texts]
    seconds = seconds_for(state, scene)
    if scene.timed and seconds is not None:
        is_off = not time_runs(state, scene)
        shown.timer = TimerView(seconds=seconds, may_switch_off=scene.timed.learner_may_switch_off, is_off=is_off)


def _show_reply(words: Words, state: State, scene: Reply, shown: View) -> None:
    visit = state.trail[-1]
    shown.prompt = words.rich(scene.prompt)
    if state.stage == "match" and scene.if_not_assessed:
        shown.match = _match(words, state, scene.if_not_assessed)
        return
    shown.reply = ReplyView(
        max_characters=scene.max_characters,
        criteria=[] if scene.hide_criteria else criteria_of(words, scene.criteria),
        text=visit.text,
    )


def _match(words: Words, state: State, asked: IfNotAssessed) -> MatchView:
    samples = [ChoiceView(id=sample.id, text=words.rich(sample.text)) for sample in asked.samples]
    return MatchView(ask=words.rich(asked.ask), samples=samples, text=words_to_judge(state))


def _show_talk(words: Words, state: State, scene: Scene, shown: View) -> None:
    """Show the role-play that is going on, also beside a scene that it has called."""
    around = words.story.scenes.get(state.talks[-1].scene) if state.talks else None
    if state.stage == "stopped" or not isinstance(around, Roleplay):
        return
    shown.roleplay = roleplay_view(words, state, around, inside=around.id != scene.id)
    if around.id == scene.id:
        shown.prompt = words.rich(around.prompt)
        if state.stage == "match" and around.if_not_assessed:
            shown.match = _match(words, state, around.if_not_assessed)


def _show_stopped(words: Words, state: State, shown: View) -> None:
    stopped = words.story.scenario.safety.if_stopped
    shown.kind = "ending"
    shown.heading = ""
    shown.ending = EndingView(id="stopped", outcome="stopped", title="")
    shown.text = words.rich(stopped.text) if stopped else []
    offered = words.story.scenes.get(stopped.offer) if stopped and not state.over else None
    if offered:
        shown.choices = [ChoiceView(id=offered.id, text=words.rich(offered.title or offered.id))]


def _glossary(words: Words, shown: View) -> dict[str, list[dict[str, object]]]:
    trees = [shown.text, shown.prompt, *(beat.text for beat in shown.beats), *(c.text for c in shown.choices)]
    if shown.reaction:
        trees += [*shown.reaction.notes, shown.reaction.better, *(beat.text for beat in shown.reaction.beats)]
    if shown.roleplay:
        trees += [*(beat.text for beat in shown.roleplay.said), *(goal.text for goal in shown.roleplay.goals)]
    if shown.question:
        trees += [option.text for option in [*shown.question.options, *shown.question.right_side]]
    trees += [prompt.prompt for prompt in shown.prompts]
    glossary = words.story.scenario.glossary
    mentioned = set().union(*(terms(tree) for tree in trees))
    return {term: words.rich(glossary[term]) for term in sorted(mentioned) if term in glossary}
