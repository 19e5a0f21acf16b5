"""What is found in whole stories: order, reasons, what is not proven, and stories too broken to be searched."""

import pytest

from scenario_engine.checks import check, check_to_publish
from tests.engine.driving import read_scenario, scenario_of


def test_what_the_search_did_not_prove_is_said_with_the_reason():
    scenario = read_scenario("faulty-gift")
    (while_editing,) = [each for each in check(scenario, bound=20) if each.code == "proof.not-proven"]

    assert while_editing.level == "note"
    assert "which scenes and choices can be reached" in while_editing.message
    assert "more than 20 situations" in while_editing.message
    assert "Publishing searches up to 200,000" in while_editing.message


def test_reachability_is_proven_where_only_the_scores_are_too_many():
    ring = "competencies: {care: {title: Care}}\nscoring: {grade: declared_max, max: 9}\nscenes:\n"
    for i in range(4):
        choices = [
            f"{{id: c{i}{j}, text: x, feedback: y, points: {{care: {j}}}, goto: s{(i + 1) % 4}}}" for j in range(3)
        ]
        choices.append(f"{{id: out{i}, text: x, goto: end}}")
        ring += f"  - {{id: s{i}, kind: decision, shuffle: true, choices: [{', '.join(choices)}]}}\n"
    ring += "  - {id: end, kind: ending, outcome: good}\n"
    (found,) = check(scenario_of(ring), bound=100)

    assert found.code == "proof.not-proven"
    assert found.message.startswith("Not proven: what endings can be worth")


def test_a_lesson_need_not_practise_what_it_teaches():
    lesson = """
competencies: {care: {title: Care}}
objectives: [{id: o, text: O, competency: care}]
purpose: practice
scenes: [{id: a, kind: page, text: Read., goto: z}, {id: z, kind: ending, outcome: read}]
"""
    assert check(scenario_of(lesson)) == []


def test_a_best_path_beyond_the_bound_of_publishing_is_refused(monkeypatch):
    monkeypatch.setattr("scenario_engine.checks.fairness.DEFAULT_BOUND", 3)
    scenario = read_scenario("quiet-colleague")

    codes = {bound: [each.code for each in check(scenario, bound=bound) if each.scene == ""] for bound in (2, 3)}

    assert codes == {2: ["proof.not-proven"], 3: ["proof.not-proven", "score.bound"]}


def test_publishing_gets_the_proof_with_the_findings():
    findings, proof = check_to_publish(read_scenario("quiet-colleague"))

    assert [(each.scene, each.code) for each in findings] == [
        ("mend", "teaching.no-feedback"),
        ("step_now", "teaching.no-feedback"),
    ]
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


def test_a_story_that_cannot_begin_is_checked_to_the_end():
    decisions = "\n".join(
        f"  - {{id: d{n}, kind: decision, choices: [{{id: a{n}, text: x, points: {{care: 1}}, goto: {goto}}},"
        f" {{id: b{n}, text: y, goto: {goto}}}]}}"
        for n, goto in enumerate(["d1", "d2", "end"])
    )
    story = f"""
competencies: {{care: {{title: Care}}}}
variables: {{trust: {{type: number, range: [0, 5], start: 2}}}}
scenes:
  - {{id: r, kind: route, rules: [{{when: {{var: trust, at_least: 0}}, goto: r}}], otherwise: d0}}
{decisions}
  - {{id: end, kind: ending, outcome: good}}
"""
    findings = check_to_publish(scenario_of(story))[0]

    assert [(each.code, each.scene) for each in findings if each.level == "error"] == [
        ("score.nothing-to-earn", ""),
        ("structure.endless", "r"),
    ]


def test_a_question_with_nothing_to_pick_stops_every_play():
    asked = "{id: q, kind: question, type: single, competency: care, points: 1, prompt: Which?, goto: GOTO}"
    head = "competencies: {care: {title: Care}}\nscenes:\n"
    rest = f"  - {asked.replace('id: q', 'id: other').replace('GOTO}', 'GOTO, options: [{text: a}, {text: b}]}')}\n"
    rest += "  - {id: end, kind: ending, outcome: good, points: {care: 1}}"
    straight = f"{head}  - {asked}\n{rest}".replace("GOTO", "end").replace("goto: end,", "goto: other,", 1)
    drawn = (
        f"{head}  - {{id: r, kind: route, draw: {{from: [other, q], count: 1, then: end}}}}\n"
        f"  - {asked}\n{rest}".replace("GOTO", "next_drawn")
    )

    for story in (straight, drawn):
        findings, proof = check_to_publish(scenario_of(story))
        assert [(each.code, each.hint) for each in findings if each.level == "error" and each.scene == "q"] == [
            ("structure.stuck", "Give it options to pick from.")
        ]
        assert proof is None


def test_an_answer_that_one_above_it_takes_whole_is_named():
    scenario = scenario_of(
        """
competencies: {care: {title: Care}}
scenes:
  - {id: ask, kind: question, type: numeric, competency: care, points: 2, goto: word, answers: [{id: wide, value: 8, tolerance: 1, credit: 0.5}, {id: narrow, value: 8}]}
  - {id: word, kind: question, type: short_text, competency: care, points: 2, goto: done, answers: [{id: one, any: [Yes, yes]}, {id: none, any: []}]}
  - {id: done, kind: ending, outcome: good}
"""
    )
    found = [each for each in check(scenario) if each.code == "score.worthless-question"]

    assert [(each.scene, each.part, each.path, each.message) for each in found] == [
        (
            "ask",
            "narrow",
            "$.scenes[0].answers[1]",
            "Nothing that is typed is ever taken for the answer 8: one above it comes first.",
        ),
        ("word", "none", "$.scenes[1].answers[1]", "Accepted answer 2 says nothing."),
    ]


def test_a_finding_about_a_rule_says_which():
    scenario = scenario_of(
        """
scoring: {weights: {zeal: 2}}
variables: {trust: {type: number, range: [0, 5], start: 2}}
scenes:
  - id: fork
    kind: route
    rules: [{when: {var: trust, at_least: 0}, goto: done}, {when: {var: trust, at_least: 9}, goto: done}, {when: {fact: gone}, goto: done}]
    otherwise: done
  - {id: done, kind: ending, outcome: good}
"""
    )
    found = {
        each.code: each.message for each in check(scenario) if each.path.startswith(("$.scenes[0].rules", "$.scoring"))
    }

    assert {code: message for code, message in found.items() if "structure" in code} == {
        "structure.undefined-competency": "In the weights: There is no competency “zeal”.",
        "structure.undefined-fact": "In rule 3: There is no fact “gone”.",
        "structure.impossible-condition": "In rule 3: This condition can never hold: nothing in the scenario makes it true.",
        "structure.needless-condition": "In rule 1: This condition always holds, so it decides nothing.",
    }


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("", None),
        ("bonus: true,", "Chance decides what can be earned: “one” 0, “two” 2."),
        ("counts: practice,", "Chance decides what can be earned: “one” 0, “two” 2."),
    ],
)
def test_what_is_drawn_counts_alike(more, message):
    questions = "".join(
        f"  - {{id: {name}, kind: question, type: single, competency: care, points: 2, goto: next_drawn, {own} options: [{{id: a, text: a, credit: 1}}, {{id: b, text: b}}]}}\n"
        for name, own in (("one", more), ("two", ""))
    )
    scenario = scenario_of(
        f"""
competencies: {{care: {{title: Care}}}}
scenes:
  - {{id: pool, kind: route, draw: {{from: [one, two], count: 1, then: done}}}}
{questions}  - {{id: done, kind: ending, outcome: good}}
"""
    )
    found = [each.message for each in check(scenario) if each.code == "score.random-arms-unequal"]

    assert found == ([message] if message else [])
