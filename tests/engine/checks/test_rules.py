"""Each rule on a small story that breaks it, and nothing else of its kind."""

from datetime import date

import pytest

from scenario_engine.checks import RULES, check
from scenario_engine.checks.explained import EXPLAINED
from scenario_engine.findings import Finding
from tests.engine.driving import scenario_of

# A story without a fault, to be broken in one place at a time.
SOUND = """
competencies: {care: {title: Care}}
cast: {you: {name: you}, mara: {name: Mara, moods: {calm: {image: m.svg, alt: Mara}}}}
variables: {trust: {type: number, range: [0, 5], start: 2, show: meter}, told: {type: flag, show: words}, tone: {type: choice, of: [low, high], show: words}}
facts: {late: {text: "It was late."}}
criteria: {warm: {competency: care, points: 2, anchors: [a, b, c, d, e]}}
start: hall
scenes:
  - {id: hall, kind: line, beats: [{who: mara, mood: calm, text: Hello}, {text: Late., when: {fact: late}}], goto: ask}
  - id: ask
    kind: decision
    choices:
      - {id: kind, feedback: Kindly said., text: a, points: {care: 2}, add: {trust: 1}, goto: done}
      - {id: curt, learn: [late], text: b, goto: done}
  - {id: done, afterwards: pre, kind: ending, outcome: good, because: [kind]}
  - {id: pre, kind: reply, counts: practice, criteria: [{use: warm}], otherwise: {goto: bye}}
  - {id: bye, kind: page, done: true, text: Bye.}
"""


def with_talk(rest: str, ends: str = "turns: 2") -> str:
    """Return what goes in place of the way from hall to ask: a role-play between them."""
    goals = "goals: ask, " if "goals" in ends else ""
    return (
        "goto: talk}\n  - {id: talk, kind: roleplay, plays: {learner: you, character: mara}, "
        f"ends: {{{ends}}}, exits: {{{goals}turns: ask, learner: ask, stopped: done}}, {rest}}}"
    )


def with_decisions(count: int, choices: str) -> str:
    """Return what goes in place of the way from hall to ask: decisions in a row; {n} and {next} are filled in."""
    scenes = ""
    for i in range(count):
        filled = choices.replace("{n}", str(i)).replace("{next}", f"d{i + 1}" if i < count - 1 else "ask")
        scenes += f"\n  - {{id: d{i}, kind: decision, choices: [{filled}]}}"
    return "goto: d0}" + scenes


LINES = "lines: {calm: [Hm.]}"
HARD = " ".join(
    ["Notwithstanding organisational considerations, representatives communicate institutional responsibilities"] * 20
)

# code: (what to replace, with what, where the finding is: scene or scene/part)
BROKEN: dict[str, tuple[str, str, str]] = {
    "structure.no-start": ("start: hall", "start: nowhere", ""),
    "structure.no-ending": ("afterwards: pre, kind: ending, outcome: good, because: [kind]", "kind: page, done: true, text: x", ""),
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
        "text: b, goto: lift}\n  - {id: lift, kind: decision, choices: [{id: up, text: a, when: {var: trust, at_most: 1}, goto: done}]}",
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
    "structure.never-offered": (
        "text: b, goto: done}",
        "text: b, goto: done}\n      - {id: odd, text: c, when: {var: trust, at_least: 4}, goto: done}",
        "ask/odd",
    ),
    "structure.never-followed": (
        "goto: ask}",
        "goto: r}\n  - {id: r, kind: route, rules: [{when: {var: trust, at_least: 1}, goto: ask}, {when: {var: trust, at_least: 2}, goto: done}], otherwise: ask}",
        "r",
    ),
    "structure.endless": (
        "text: b, goto: done}",
        "text: b, goto: pit}\n  - {id: pit, kind: decision, choices: [{id: round, text: r, goto: pit}, {id: out, text: o, when: {var: trust, at_least: 5}, goto: done}]}",
        "pit",
    ),
    "structure.impossible-condition": ("text: b,", "text: b, when: {var: trust, at_least: 9},", "ask/curt"),
    "structure.needless-condition": ("text: b,", "text: b, when: {var: trust, at_least: 0},", "ask/curt"),
    "unused.unread-variable": ("start: 2, show: meter", "start: 2", "/trust"),
    "unused.unwritten-variable": ("text: b,", "text: b, when: {var: told, is: false},", "/told"),
    "unused.variable": ("told: {type: flag, show: words}", "told: {type: flag}", "/told"),
    "unused.unlearned-fact": ("learn: [late], ", "", "/late"),
    "unused.idle-fact": (", {text: Late., when: {fact: late}}", "", "/late"),
    "unused.criterion": ("criteria: [{use: warm}], otherwise", "criteria: [], otherwise", "/warm"),
    "unused.cast-member": ("mara: {name", "ben: {name: Ben}, mara: {name", "/ben"),
    "unused.competency": ("{care: {title: Care}}", "{care: {title: Care}, calm: {title: Calm}}", "/calm"),
    "unused.glossary": ("start: hall", "start: hall\nglossary: {face: A claim.}", "/face"),
    "roleplay.exit": ("goto: ask}", with_talk(LINES, "turns: 2, goals: 1"), "talk/goals"),
    "roleplay.goal": (
        "goto: ask}",
        with_talk(LINES + ", goals: [{id: g, text: G, met_by: {released: [late]}}]"),
        "talk/g",
    ),
    "roleplay.mood": ("goto: ask}", with_talk("lines: {calm: [Hm.], angry: [No.]}, moods: {start: calm}"), "talk/angry"),
    "roleplay.lines": (
        "goto: ask}",
        with_talk(LINES + ", moods: {start: calm, moves: [{from: calm, on: {cue: x}, to: sad}]}, cues: {x: [well]}"),
        "talk/sad",
    ),
    "roleplay.event": ("goto: ask}", with_talk(LINES + ", events: [{id: e, at: {turn: 9}}]"), "talk/e"),
    "roleplay.empty-cue": (
        "goto: ask}",
        with_talk(LINES + ", releases: [{fact: late, on: {cue: x}}]"),
        "talk/x",
    ),
    "roleplay.cue-pattern": ("goto: ask}", with_talk(LINES + ", cues: {x: ['a (b']}"), "talk/x"),
    "timer.fixed": (
        "kind: decision",
        "kind: decision\n    timed: {seconds: 60, on_timeout: curt, learner_may_switch_off: false}",
        "ask",
    ),
    "timer.short": ("kind: decision", "kind: decision\n    timed: {seconds: 5, on_timeout: curt}", "ask"),
    "timer.pays": ("kind: decision", "kind: decision\n    timed: {seconds: 60, on_timeout: kind}", "ask/kind"),
    "text.no-transcript": ("kind: line, beats", "kind: line, audio: {file: a.mp3}, beats", "hall"),
    "text.hard-to-read": ("text: Bye.", f"text: '{HARD}.'", ""),
    "text.long": ("text: Bye.", f"text: '{'So it is. ' * 90}'", "bye"),
    "score.chance-pays": (
        "goto: ask}",
        with_decisions(2, "{id: p{n}, text: a, points: {care: 3}, goto: {next}}, {id: q{n}, text: b, points: {care: 3}, goto: {next}}"),
        "",
    ),
    "score.habit-pays": (
        "goto: ask}",
        with_decisions(
            4,
            "{id: p{n}, text: bbb, goto: {next}}, {id: q{n}, text: please, points: {care: 3}, goto: {next}},"
            " {id: r{n}, text: c, goto: {next}}, {id: s{n}, text: much longer, goto: {next}}",
        ),
        "/politest",
    ),
    "teaching.longest-is-best": (
        "goto: ask}",
        with_decisions(10, "{id: p{n}, text: no, goto: {next}}, {id: q{n}, text: much longer, points: {care: 3}, goto: {next}}"),
        "",
    ),
    "teaching.same-place": (
        "goto: ask}",
        with_decisions(4, "{id: p{n}, text: a, points: {care: 3}, goto: {next}}, {id: q{n}, text: b, goto: {next}}"),
        "",
    ),
    "teaching.no-feedback": ("feedback: Kindly said., ", "", "ask"),
    "teaching.objective-unpractised": (
        "start: hall",
        "start: hall\nobjectives: [{id: o, text: O, competency: calm}]",
        "/o",
    ),
    "teaching.tied-trait": (
        "moods: {calm: {image: m.svg, alt: Mara}}",
        "background: An immigrant., moods: {calm: {image: m.svg, alt: Mara}, angry: {image: a.svg, alt: Mara}}",
        "/mara",
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
    assert {rule.code for rule in RULES} - set(BROKEN) == {"score.bound", "proof.not-proven"}


def test_every_rule_is_explained():
    assert {rule.code for rule in RULES} == set(EXPLAINED)


def test_codes_are_unique():
    assert len({rule.code for rule in RULES}) == len(RULES)
