"""Reflections: private words stay with the host, sharing is item by item, and nothing of them is scored."""

import msgspec
import pytest

from scenario_engine.actions import Action, Choose, Continue, Reflect, Reflected, Stop
from scenario_engine.debrief import debrief
from scenario_engine.errors import ActionRefused
from scenario_engine.hosting import PrivateWords, advance_without_judge, serve, set_apart
from scenario_engine.play import advance, start
from scenario_engine.scoring import score
from scenario_engine.state import State
from scenario_engine.story import Story
from scenario_engine.transcripts import replay
from scenario_engine.view import view
from tests.engine.stories import story

BODY = """
purpose: practice
scenes:
  - {id: go, kind: decision, choices: [{id: a, text: A., goto: end}]}
  - {id: end, kind: ending, outcome: good, title: End, afterwards: look}
  - id: look
    kind: reflection
    prompts:
      - {id: mine, type: journal, text: What happened?}
      - {id: next, type: goal, text: If … then …, remind_after_days: [3, 10]}
      - {id: coach, type: ask_coach, text: Talk it over., shares: [mine, transcript]}
    done: true
"""
SECRET = "I was afraid"


@pytest.fixture(scope="module")
def look() -> Story:
    return story(BODY)


def there(of: Story, *actions: Action) -> State:
    return replay(of, "seed", [Choose("a"), Continue(), *actions])


def test_the_words_are_set_apart_and_both_forms_lead_to_one_state(look: Story) -> None:
    state = there(look)
    said = Reflect("mine", f" {SECRET} ", [])

    recorded, private = set_apart(state, said)

    assert recorded == Reflected("mine", wrote=True)
    assert private == PrivateWords("look", "mine", SECRET)
    assert advance(look, state, said) == advance(look, state, recorded)
    assert SECRET.encode() not in msgspec.json.encode(advance(look, state, said))
    assert set_apart(state, Continue()) == (Continue(), None)


def test_a_host_without_a_judge_records_no_private_words(look: Story) -> None:
    _, recorded = advance_without_judge(look, there(look), Reflect("mine", SECRET))

    assert recorded == [Reflected("mine", wrote=True)]


def test_the_learners_own_words_come_back_to_their_own_page_alone(look: Story) -> None:
    state = there(look, Reflect("mine", SECRET))

    own = serve(look, state, lambda keys: {}, private={"mine": SECRET, "next": "not written any more"})

    assert [(prompt.id, prompt.wrote, prompt.text) for prompt in own.view.prompts] == [
        *(("mine", True, SECRET), ("next", False, ""), ("coach", False, "")),
    ]
    assert [prompt.text for prompt in view(look, state).prompts] == ["", "", ""]
    assert own.view.prompts[1].remind_after_days == [3, 10]


def test_a_second_visit_goes_on_with_what_was_written_and_shared() -> None:
    again = story(
        """
purpose: practice
scenes:
  - {id: go, kind: decision, choices: [{id: a, text: A., goto: look}, {id: b, text: B., goto: end}]}
  - id: look
    kind: reflection
    prompts:
      - {id: mine, type: journal, text: What happened?}
      - {id: coach, type: ask_coach, text: Talk it over., shares: [mine, transcript]}
    goto: go
  - {id: end, kind: ending, outcome: good, title: End}
"""
    )
    first: list[Action] = [Choose("a"), Reflect("mine", SECRET), Reflect("coach", "", ["mine"]), Continue()]
    state = replay(again, "seed", [*first, Choose("a")])

    served = serve(again, state, lambda keys: {}, private={"mine": SECRET})

    assert [
        (each.wrote, each.text, [(item.id, item.shared) for item in each.shares]) for each in served.view.prompts
    ] == [
        (True, SECRET, []),
        (False, "", [("mine", True), ("transcript", False)]),
    ]
    erased = replay(again, "seed", [*first, Choose("a"), Reflect("mine", ""), Continue(), Choose("a")])
    assert [each.wrote for each in serve(again, erased, lambda keys: {}).view.prompts] == [False, False]


def test_sharing_is_item_by_item_and_can_be_taken_back(look: Story) -> None:
    state = there(look, Reflect("coach", "Please.", ["transcript"]))
    assert state.trail[-1].shared == {"coach": ["transcript"]}
    assert [(share.id, share.shared) for share in view(look, state).prompts[2].shares] == [
        ("mine", False),
        ("transcript", True),
    ]

    state = advance(look, state, Reflected("coach", wrote=False))

    assert (state.trail[-1].shared, state.trail[-1].wrote) == ({}, [])


@pytest.mark.parametrize(
    "action", [Reflect("nothing", "x"), Reflect("mine", "x", ["transcript"]), Reflected("coach", True, ["next"])]
)
def test_what_is_not_asked_cannot_be_written_or_shared(look: Story, action: Action) -> None:
    with pytest.raises(ActionRefused):
        advance(look, there(look), action)


def test_nothing_has_to_be_written_and_going_on_ends_it(look: Story) -> None:
    state = there(look, Continue())

    assert (state.over, state.graded_at, state.stopped) == (True, "end", False)


def test_stopping_after_the_ending_keeps_the_grade(look: Story) -> None:
    state = there(look, Stop())

    assert (state.over, state.stopped) == (True, False)
    assert score(look, state).grade == 1


def test_a_debrief_has_nothing_of_it(look: Story) -> None:
    state = there(look, Reflect("mine", SECRET), Continue())

    told = debrief(look, state, score(look, state))

    assert [entry.scene for entry in told.script] == ["go"]
    assert "What happened" not in msgspec.json.encode(told).decode()


def test_writing_is_kept_in_the_order_of_the_prompts(look: Story) -> None:
    state = there(look, Reflect("next", "x"), Reflect("mine", "y"))

    assert state.trail[-1].wrote == ["mine", "next"]
    assert start(look, "seed").trail[0].wrote == []
