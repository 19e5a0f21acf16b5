"""Large scenarios: nothing recurses along the story."""

from fractions import Fraction
from typing import Any

from scenario_engine.checks import check_to_publish
from scenario_engine.codec import decode_raw
from scenario_engine.document import Scenario


def chain(count: int, wordy: int | None = None) -> Scenario:
    """Return decisions in a row; the choice number `wordy` of each is the longest."""
    scenes: list[dict[str, Any]] = [
        {
            "id": f"s{i}",
            "kind": "decision",
            "shuffle": True,
            "choices": [
                {
                    "id": f"c{i}_{j}",
                    "text": "xx" if j == wordy else "x",
                    "goto": f"s{i + 1}",
                    "points": {"care": j},
                    "feedback": "Yes.",
                }
                for j in range(3)
            ],
        }
        for i in range(count)
    ]
    scenes.append({"id": f"s{count}", "kind": "ending", "outcome": "good"})
    decoded = decode_raw(
        {
            "format": 1,
            "id": "chain",
            "title": "Chain",
            "competencies": {"care": {"title": "Care"}},
            "scenes": scenes,
        }
    )
    assert decoded.scenario is not None, decoded.problems
    return decoded.scenario


def test_a_story_of_three_thousand_scenes_in_a_row_is_checked_and_proven():
    findings, proof = check_to_publish(chain(3_000))

    assert findings == []
    assert proof is not None
    assert proof.maximum == 6_000
    # Longer than an attempt may be: the total is proven, the path cannot be played to its end.
    assert proof.best_path == []
    assert len(proof.legs) == 3_000


def test_a_habit_that_pays_is_found_however_long_the_story_is():
    findings, _ = check_to_publish(chain(1_000, wordy=2))

    assert [(finding.part, finding.message) for finding in findings if finding.code == "score.habit-pays"] == [
        ("longest", "Who takes always the longest choice is graded 100% without a thought.")
    ]


def rooms(count: int) -> Scenario:
    """Return a walk to and fro without points: from every room on, or back; only the ending earns something."""
    scenes: list[dict[str, Any]] = [
        {
            "id": f"s{i}",
            "kind": "decision",
            "choices": [
                {"id": f"on{i}", "text": "On.", "goto": f"s{i + 1}"},
                {"id": f"back{i}", "text": "Back.", "goto": f"s{max(0, i - 1)}"},
            ],
        }
        for i in range(count)
    ]
    scenes.append({"id": f"s{count}", "kind": "ending", "outcome": "good", "points": {"care": 3}})
    raw = {"format": 1, "id": "rooms", "title": "Rooms", "competencies": {"care": {"title": "Care"}}, "scenes": scenes}
    decoded = decode_raw(raw)
    assert decoded.scenario is not None, decoded.problems
    return decoded.scenario


def test_decisions_without_points_need_not_be_remembered_in_a_loop():
    findings, proof = check_to_publish(rooms(300))

    assert proof is not None
    assert (proof.situations, proof.maximum) == (301, Fraction(3))
    assert "proof.not-proven" not in {finding.code for finding in findings}


def test_a_long_walk_to_and_fro_at_random_is_averaged():
    findings, _ = check_to_publish(rooms(300))

    assert [finding.message for finding in findings if finding.code == "score.chance-pays"] == [
        "A learner who picks at random is graded 100% on average."
    ]
