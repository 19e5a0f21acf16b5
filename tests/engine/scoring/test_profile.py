"""The practice profile: shown of offered at the moments met, never below 0, never a grade (rule 7)."""

from fractions import Fraction

from scenario_engine.actions import Judged, Write
from scenario_engine.play import advance
from scenario_engine.scoring import Judgement, ProfileEntry, Score, score
from scenario_engine.story import Story, compile_story
from tests.engine.driving import play, scenario_of

HEAD = """
competencies: {care: {title: Care}, pace: {title: Pace}}
criteria: {warm: {competency: care, points: 4, anchors: ["0", "1", "2", "3", "4"]}, brief: {competency: pace, points: 2, anchors: ["0", "1", "2", "3", "4"]}}
scenes:
"""
END = "  - {id: done, kind: ending, outcome: good}\n"


def of(scenes: str, head: str = "") -> Story:
    return compile_story(scenario_of(head + HEAD + scenes + END))


def care(scored: Score) -> tuple[Fraction, Fraction, int, int]:
    entry = scored.profile[0]
    return entry.shown, entry.offered, entry.moments, entry.moments_shown


def decision(name: str, goto: str, points: str, more: str = "") -> str:
    return (
        f"  - {{id: {name}, kind: decision, {more} choices: [{{id: {name}_a, text: a, points: {points}, goto: {goto}}},"
        f" {{id: {name}_b, text: b, points: {{care: -3}}, goto: {goto}}}]}}\n"
    )


def test_what_is_shown_is_never_less_than_nothing() -> None:
    story = of(decision("ask", "more", "{care: 2}") + decision("more", "done", "{care: 1}"))

    assert care(score(story, play(story, "ask_b", "more_a"))) == (0, 3, 2, 1)
    assert care(score(story, play(story, "ask_a", "more_a"))) == (3, 3, 2, 2)


def test_a_bonus_is_shown_and_was_not_offered() -> None:
    story = of(decision("ask", "more", "{care: 2}") + decision("more", "done", "{care: 1}", "bonus: true,"))

    assert care(score(story, play(story, "ask_a", "more_a"))) == (3, 2, 1, 1)


def test_only_the_positive_part_of_the_best_choice_was_offered() -> None:
    story = of(decision("ask", "done", "{care: 2, pace: -1}"))
    scored = score(story, play(story, "ask_a"))

    assert scored.moments[0].offered == {"care": 2}
    assert [(entry.shown, entry.offered, entry.moments) for entry in scored.profile] == [(2, 2, 1), (0, 0, 0)]


def test_what_a_second_visit_offers_is_not_asked() -> None:
    story = of(
        """  - {id: ask, kind: decision, choices: [{id: best, text: a, points: {care: 4}, when: {visits: ask, at_least: 2}, goto: done},
      {id: again, text: b, points: {care: 1}, goto: ask}]}
"""
    )

    assert care(score(story, play(story, "again", "best"))) == (Fraction(5, 2), 1, 1, 1)


def test_a_hub_offers_what_was_open_in_any_visit_and_no_more() -> None:
    story = of(
        """  - {id: hub, kind: decision, counting: collect, choices: [{id: one, text: a, points: {care: 1}, goto: hub},
      {id: two, text: b, points: {care: 2}, when: {chosen: one}, goto: hub}, {id: out, text: c, goto: done}, {id: odd, text: d, points: {care: 8}, when: {visits: hub, at_least: 9}, goto: done}]}
"""
    )

    assert care(score(story, play(story, "one", "out"))) == (1, 3, 1, 1)
    assert care(score(story, play(story, "out"))) == (0, 1, 1, 0)


def test_what_a_coach_has_confirmed_counts_while_the_rest_waits() -> None:
    story = of("  - {id: say, kind: reply, criteria: [{use: warm}, {use: brief}], otherwise: {goto: done}}\n")
    state = play(story, {"warm": 4, "brief": 4})
    scored = score(story, state, [Judgement(kind="level", seq=0, criterion="warm", value=3)])

    assert [(entry.shown, entry.offered, entry.moments) for entry in scored.profile] == [(3, 4, 1), (0, 0, 0)]
    assert [(entry.shown, entry.offered, entry.moments) for entry in score(story, state).profile] == [(0, 0, 0)] * 2


def test_what_is_excused_was_neither_shown_nor_offered() -> None:
    story = of('  - {id: say, kind: reply, counts: "yes", criteria: [{use: warm}], otherwise: {goto: done}}\n')

    assert care(score(story, play(story, {"warm": None}))) == (0, 0, 0, 0)


def test_words_that_nobody_has_read_yet_were_not_offered() -> None:
    story = of('  - {id: say, kind: reply, counts: "yes", criteria: [{use: warm}], otherwise: {goto: done}}\n')
    written = advance(story, play(story), Write("I see."))
    read = advance(story, written, Judged({"warm": 1}))

    assert [moment.status for moment in score(story, written).moments] == ["pending"]
    assert care(score(story, written)) == (0, 0, 0, 0)
    assert care(score(story, read)) == (1, 4, 1, 1)


def test_a_share_is_cut_at_one_and_needs_three_moments() -> None:
    entry = ProfileEntry(competency="care", shown=Fraction(4), offered=Fraction(3), moments=3, moments_shown=3)

    assert entry.share == 1
    assert ProfileEntry(competency="care", shown=Fraction(1), offered=Fraction(3), moments=2).share is None
    assert ProfileEntry(competency="care", shown=Fraction(1), offered=Fraction(3), moments=3).share == Fraction(1, 3)


def test_a_later_try_counts_by_the_share_of_its_own_scene() -> None:
    tries = "  - {id: %s, kind: decision, moment: m, retry_credit: %s, choices: [{id: %s, text: a, points: {care: %s}, goto: %s}]}\n"
    story = of(tries % ("one", 0, "low", 1, "two") + tries % ("two", 1, "high", 5, "done"))

    assert score(story, play(story, "low", "high")).total == 5


def test_what_is_left_out_of_a_moment_is_the_most_of_any_of_its_scenes_not_their_sum() -> None:
    reply = '  - {id: %s, kind: reply, counts: "yes", moment: m, criteria: [{use: warm}, {use: brief}], otherwise: {goto: %s}}\n'
    story = of(reply % ("one", "two") + reply % ("two", "done"))
    scored = score(story, play(story, {"warm": 4, "brief": None}, {"warm": 4, "brief": None}))

    assert (scored.maximum, scored.measured_against, scored.grade) == (6, 4, 1)
