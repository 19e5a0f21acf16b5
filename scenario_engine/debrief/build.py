"""`debrief`: everything a learner sees after an ending, from the attempt and its score."""

from collections.abc import Sequence
from fractions import Fraction

from scenario_engine.debrief.corrections import corrections
from scenario_engine.debrief.script import script
from scenario_engine.document import Ending
from scenario_engine.scoring import Judgement, ProfileEntry, Score, round_ratio
from scenario_engine.state import State
from scenario_engine.story import Story
from scenario_engine.view.words import NO_SLOTS, Slots, Words
from scenario_engine.views import (
    CalibrationView,
    Debrief,
    EndingView,
    GradeView,
    ProfileBar,
    ProfileWord,
    Rich,
)
from scenario_engine.worth import Weights, value_of

# Of a confidence from 0 to 4.
SURE = 3
_WORDS: tuple[tuple[Fraction, ProfileWord], ...] = (
    (Fraction(9, 10), "strong"),
    (Fraction(13, 20), "steady"),
    (Fraction(2, 5), "growing"),
)


def debrief(
    story: Story, state: State, score: Score, judgements: Sequence[Judgement] = (), slots: Slots = NO_SLOTS
) -> Debrief:
    """Return the debrief of an attempt that has reached an ending or was stopped."""
    words = Words(story, slots, state.variables)
    ending = story.scenes.get(state.graded_at)
    entries = script(words, state, score)
    return Debrief(
        ending=_ending(words, ending if isinstance(ending, Ending) else None),
        led_here=_led_here(words, state, ending),
        script=entries,
        profile=[_bar(words, entry) for entry in score.profile],
        grade=_grade(score),
        corrections=corrections(words, state, judgements),
        try_next=_try_next(words, state, score),
        path=[visit.scene for visit in state.trail],
        calibration=_calibration(state),
    )


def _ending(words: Words, ending: Ending | None) -> EndingView:
    if ending is None:
        return EndingView(id="stopped", outcome="stopped", title="")
    return EndingView(id=ending.id, outcome=ending.outcome, title=words.line(ending.title))


def _led_here(words: Words, state: State, ending: object) -> list[Rich]:
    if not isinstance(ending, Ending):
        return []
    made = [words.story.choices[name][1] for name in ending.because if state.chosen.get(name)]
    return [words.rich(choice.text) for choice in made]


def _bar(words: Words, entry: ProfileEntry) -> ProfileBar:
    competency = words.story.scenario.competencies.get(entry.competency)
    bar = ProfileBar(
        competency=entry.competency,
        title=words.line(competency.title) if competency else entry.competency,
        uses=entry.uses,
        moments=entry.moments,
        moments_shown=entry.moments_shown,
    )
    if entry.share is not None:
        bar.share = round(float(entry.share), 4)
        bar.word = next((word for least, word in _WORDS if entry.share >= least), "emerging")
    return bar


def _calibration(state: State) -> CalibrationView | None:
    """Return how sure and how right the learner was, over all answers that came with a confidence."""
    told = [
        (visit.confidence >= SURE, visit.credits[-1] == "1") for visit in state.trail if visit.confidence is not None
    ]
    if not told:
        return None
    return CalibrationView(
        answers=len(told),
        sure_and_right=told.count((True, True)),
        sure_and_wrong=told.count((True, False)),
        unsure_and_right=told.count((False, True)),
        unsure_and_wrong=told.count((False, False)),
    )


def _grade(score: Score) -> GradeView:
    if score.grade is None or score.held:
        shown = score.so_far if score.so_far is not None else score.grade
        provisional = float(round_ratio(shown)) if shown is not None and score.held else None
        return GradeView(reason="pending" if score.held else score.reason, provisional=provisional)
    return GradeView(ratio=float(round_ratio(score.grade)))


def _try_next(words: Words, state: State, score: Score) -> Rich:
    """Return the better phrasing for the moment where the most was left lying."""
    gaps: list[tuple[Fraction, str]] = []
    weights = Weights(words.story.scenario.scoring.weights)
    for moment in score.moments:
        visits = {visit.seq: visit for visit in state.trail}
        for each in moment.tries:
            found = words.story.choices.get(visits[each.seq].took) if each.seq in visits else None
            if found and found[1].better:
                gap = value_of(moment.offered, weights) - value_of(each.vector, weights)
                gaps.append((gap, found[1].better))
    return words.rich(max(gaps, key=lambda pair: pair[0])[1]) if gaps else []
