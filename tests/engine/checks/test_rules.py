"""Each rule on a small story that breaks it, and nothing else of its kind."""

from datetime import date

import pytest

from scenario_engine.checks import RULES, check, check_to_publish
from scenario_engine.findings import Finding
from tests.engine.driving import read_scenario, scenario_of

# A story without a fault, to be broken in one place at a time.
SOUND = """
competencies: {care: {title: Care}}
cast: {you: {name: you}, mara: {name: Mara, moods: {calm: {image: m.svg, alt: Mara}}}}
variables: {trust: {type: number, range: [0, 5], start: 2}, told: {type: flag}, tone: {type: choice, of: [low, high]}}
facts: {late: {text: "It was late."}}
criteria: {warm: {competency: care, points: 2, anchors: [a, b, c, d, e]}}
start: hall
scenes:
  - {id: hall, kind: line, beats: [{who: mara, mood: calm, text: Hello}], goto: ask}
  - id: ask
    kind: decision
    choices:
      - {id: kind, text: a, points: {care: 2}, add: {trust: 1}, goto: done}
      - {id: curt, text: b, goto: done}
  - {id: done, kind: ending, outcome: good, because: [kind]}
"""

# code: (what to replace, with what, where the finding is: scene or scene/part)
BROKEN: dict[str, tuple[str, str, str]] = {
    "structure.no-start": ("start: hall", "start: nowhere", ""),
    "structure.no-ending": ("kind: ending, outcome: good, because: [kind]", "kind: page, done: true, text: x", ""),
    "structure.missing-target": ("text: b, goto: done", "text: b", "ask/curt"),
    "structure.unknown-target": ("text: b, goto: done", "text: b, goto: dome", "ask/curt"),
    "structure.route-without-default": (
        "goto: ask}",
        "goto: r}\n  - {id: r, kind: route, rules: [{when: {fact: late}, goto: ask}]}",
        "r",
    ),
    "structure.dead-end": (
        "text: b, goto: done",
        "text: b, goto: pit}\n  - {id: pit, kind: line, goto: pit",
        "pit",
    ),
    "structure.duplicate-id": ("{id: curt", "{id: kind", "ask/kind"),
    "structure.undefined-variable": ("add: {trust: 1}", "add: {trusts: 1}", "ask/kind"),
    "structure.undefined-fact": ("add: {trust: 1}", "learn: [later]", "ask/kind"),
    "structure.undefined-competency": ("points: {care: 2}", "points: {care: 2, core: 1}", "ask/kind"),
    "structure.undefined-criterion": (
        "goto: ask}",
        "goto: say}\n  - {id: say, kind: reply, counts: practice, criteria: [{use: worm}], otherwise: {goto: ask}}",
        "say/worm",
    ),
    "structure.undefined-cast-member": ("who: mara, mood: calm", "who: marta", "hall/b1"),
    "structure.undefined-mood": ("mood: calm,", "mood: clam,", "hall/b1"),
    "structure.undefined-scene": ("text: b,", "text: b, when: {visits: hell, at_most: 3},", "ask/curt"),
    "structure.undefined-choice": ("because: [kind]", "because: [kindly]", "done"),
    "structure.undefined-level": ("text: b,", "text: b, when: {not: {level: say.warm, at_least: 1}},", "ask/curt"),
    "structure.undefined-goal": ("text: b,", "text: b, when: {not: {goal: talk.done}},", "ask/curt"),
    "structure.foreign-timeout": ("kind: decision", "kind: decision\n    timed: {seconds: 9, on_timeout: late}", "ask/late"),
    "structure.value-misfit": ("add: {trust: 1}", "set: {trust: 9}", "ask/kind"),
    "structure.misplaced-inside": ("kind: decision", "kind: decision\n    inside: hall", "ask"),
    "structure.unreachable": ("  - {id: done", "  - {id: attic, kind: line, goto: done}\n  - {id: done", "attic"),
    "structure.never-played": (
        "text: b, goto: done}",
        "text: b, when: {fact: late}, goto: late}\n  - {id: late, kind: line, goto: done}",
        "late",
    ),
    "structure.stuck": (
        "text: b, goto: done}",
        "text: b, goto: lift}\n  - {id: lift, kind: decision, choices: [{id: up, text: a, when: {fact: late}, goto: done}]}",
        "lift",
    ),
    "play.unlinked": (
        "goto: ask}",
        "goto: q}\n  - {id: q, kind: route, call: {scenario: other, otherwise: ask}}",
        "q",
    ),
    "play.tries-unused": (
        "goto: ask}",
        "goto: q}\n  - {id: q, kind: question, type: single, tries: 2, feedback: debrief, options: [{text: a, right: true}], goto: ask}",
        "q",
    ),
    "text.message": ("text: b,", "text: 'b {',", "ask/curt"),
    "text.no-description": ("image: m.svg, alt: Mara", "image: m.svg", "/mara.calm"),
    "score.max-missing": ("start: hall", "start: hall\nscoring: {grade: declared_max}", ""),
    "score.no-grade-at-ending": ("start: hall", "start: hall\nscoring: {grade: ending}", "done"),
    "score.moment-mixed": (
        "goto: ask}",
        "goto: more}\n  - {id: more, kind: decision, moment: ask, bonus: true, choices: [{id: m, text: m, goto: ask}]}",
        "ask",
    ),
    "score.choice-confirmed": ("kind: decision", "kind: decision\n    counts: confirmed", "ask"),
    "score.level-unconfirmed": (
        "goto: ask}",
        "goto: say}\n  - {id: say, kind: reply, counts: yes, criteria: [{use: warm}], otherwise: {goto: ask}}",
        "say",
    ),
    "score.worthless-question": (
        "goto: ask}",
        "goto: q}\n  - {id: q, kind: question, type: single, points: 2, options: [{text: a, right: true}], goto: ask}",
        "q",
    ),
    "score.send-rest": (
        "goto: ask}",
        "goto: say}\n  - {id: say, kind: reply, criteria: [{use: warm}], otherwise: {goto: ask}}\nscoring: {while_pending: send_rest}",
        "",
    ),
    "score.nothing-to-earn": ("points: {care: 2}", "points: {care: 0}", ""),
    "score.best-below-one": ("start: hall", "start: hall\nscoring: {grade: declared_max, max: 4}", ""),
    "score.detour-pays": (
        "text: b, goto: done}",
        "text: b, goto: mend}\n  - {id: mend, kind: decision, choices: [{id: sorry, text: a, points: {care: 3}, goto: done}]}",
        "ask/curt",
    ),
    "score.outcome-disagrees": (
        "text: b, goto: done}",
        "text: b, points: {care: 1}, goto: gone}\n  - {id: gone, kind: ending, outcome: poor, points: {care: 5}}",
        "gone",
    ),
    "score.random-arms-unequal": (
        "goto: ask}",
        "goto: luck}\n  - {id: luck, kind: route, random: [{goto: ask}, {goto: gift}]}"
        "\n  - {id: gift, kind: decision, choices: [{id: g, text: g, points: {care: 1}, goto: ask}]}",
        "luck",
    ),
    "score.random-arms-uneven": (
        "goto: ask}",
        "goto: luck}\n  - {id: luck, kind: route, random: [{goto: ask}, {goto: hard}]}"
        "\n  - {id: hard, kind: decision, choices: [{id: g, text: g, points: {care: 2}, goto: done}, {id: h, text: h, goto: done},"
        " {id: i, text: i, goto: done}, {id: j, text: j, goto: done}]}",
        "luck",
    ),
    "score.unconfirmed-decides": (
        "goto: ask}",
        "goto: say}\n  - {id: say, kind: reply, criteria: [{use: warm}], branch: [{when: {level: say.warm, at_least: 3}, goto: ask}],"
        " otherwise: {goto: done}}",
        "say",
    ),
    "score.length-pays": (
        "text: b, goto: done}",
        "text: b, points: {care: 2}, goto: long}\n  - {id: long, kind: decision, choices: [{id: l, text: l, points: {care: 2}, goto: done}]}",
        "",
    ),
    "key.unreviewed": ("start: hall", "start: hall\npurpose: assessment", ""),
    "review.expired": (
        "start: hall",
        "start: hall\nreview: [{by: A, role: legal, on: 2020-01-01, until: 2021-01-01}]",
        "",
    ),
}  # fmt: skip


def findings_of(old: str, new: str) -> list[Finding]:
    # Scoring stands at the end of a snippet, where it ends the list of scenes.
    text = SOUND.replace(old, new, 1)
    if "\nscoring:" in new and "start: hall" not in new:
        text = SOUND.replace(old, new.split("\nscoring:")[0], 1) + "scoring:" + new.split("\nscoring:")[1] + "\n"
    return check(scenario_of(text), today=date(2026, 1, 1))


def test_a_sound_story_has_no_findings():
    assert check(scenario_of(SOUND), today=date(2026, 1, 1)) == []


@pytest.mark.parametrize("code", BROKEN)
def test_a_rule_names_the_place_and_what_to_do(code):
    old, new, place = BROKEN[code]
    assert old in SOUND
    found = [finding for finding in findings_of(old, new) if finding.code == code]

    assert [f"{each.scene}/{each.part}" if each.part else each.scene for each in found] == [place]
    assert all(each.message.endswith(".") and each.hint.endswith((".", "?")) and each.path for each in found)
    assert {each.level for each in found} == {rule.level for rule in RULES if rule.code == code}


def test_every_rule_has_an_example():
    assert {rule.code for rule in RULES} - set(BROKEN) == {"score.bound"}


def test_codes_are_unique():
    assert len({rule.code for rule in RULES}) == len(RULES)


def test_a_best_path_beyond_the_bound_of_publishing_is_refused(monkeypatch):
    monkeypatch.setattr("scenario_engine.checks.fairness.DEFAULT_BOUND", 3)
    scenario = read_scenario("quiet-colleague")

    assert check(scenario, bound=2) == []
    assert [finding.code for finding in check(scenario, bound=3)] == ["score.bound"]


def test_publishing_gets_the_proof_with_the_findings():
    findings, proof = check_to_publish(read_scenario("quiet-colleague"))

    assert findings == []
    assert proof is not None
    assert proof.maximum == 15
    assert (gift := check_to_publish(read_scenario("faulty-gift"))[1]) is not None
    assert gift.maximum == 24


def test_findings_come_in_the_order_of_the_scenes():
    scenario = read_scenario("meeting-across-cultures")
    order = {scene.id: position for position, scene in enumerate(scenario.scenes)}
    places = [order.get(finding.scene, -1) for finding in check(scenario)]

    assert places == sorted(places)


def test_a_poor_ending_that_beats_a_good_one_is_shown_with_its_grades():
    (found,) = [f for f in check(read_scenario("faulty-gift")) if f.code == "score.outcome-disagrees"]

    assert found.scene == "walked"
    assert "“moon” as little as 0.46" in found.message


def test_a_draft_full_of_faults_is_checked_to_the_end():
    findings = check(
        scenario_of("start: a\nscenes: [{id: a, kind: decision}, {id: a, kind: page}, {id: b, kind: route}]")
    )

    assert {finding.code for finding in findings} == {
        "structure.no-ending",
        "structure.missing-target",
        "structure.duplicate-id",
        "structure.dead-end",
        "structure.unreachable",
    }


def test_an_empty_scenario_is_checked_too():
    assert {finding.code for finding in check(scenario_of("scenes: []"))} == {"structure.no-start"}
