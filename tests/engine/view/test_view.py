"""What the learner may see now, and nothing more."""

import msgspec

from scenario_engine.actions import Action, Choose, Continue, Stop
from scenario_engine.play import advance, start
from scenario_engine.story import compile_story
from scenario_engine.view import media_keys, view
from scenario_engine.views import BeatView, ChoiceView, FactView, FeedbackView, MeterView, PortraitView, View
from tests.engine.stories import CAFE, scenario, story


def after(*actions: Action) -> View:
    cafe = story(CAFE)
    state = start(cafe, "seed")
    for action in actions:
        state = advance(cafe, state, action)
    return view(cafe, state, {"learner.first_name": "Ada **B**"})


def words(text: str) -> list[dict[str, object]]:
    return [{"t": "p", "c": [text]}]


def test_a_page_fills_slots_and_explains_terms() -> None:
    shown = after()
    assert shown.text[0]["c"][0] == "Morning, Ada **B**. See the "
    assert shown.glossary == {"queue": words("People who wait.")}
    assert shown.meters == [MeterView(id="trust", label="Trust", word="wary", value=2, low=0, high=4)]
    assert (shown.can_continue, shown.can_stop, shown.notebook, shown.about) == (True, True, [], None)


def test_a_decision_shows_only_what_is_offered() -> None:
    shown = after(Continue())
    cold = PortraitView(key="noor-cold.svg", alt="Noor looks away")
    assert shown.beats == [BeatView(id="b1", who="noor", name="Noor", text=words("You again."), portrait=cold)]
    assert shown.choices == [
        ChoiceView(id="ask", text=words("What happened?")),
        ChoiceView(id="hush", text=words("Quiet, please.")),
    ]
    assert media_keys(shown) == {"noor-cold.svg"}


def test_the_reaction_comes_first_and_facts_arrive() -> None:
    shown = after(Continue(), Choose("ask"))
    warm = BeatView(
        id="b1", who="noor", name="Noor", text=words("The bus."), portrait=PortraitView(key="noor-warm.svg")
    )
    assert shown.reaction == FeedbackView(said=words("What happened?"), beats=[warm], notes=[words("You asked.")])
    assert [(fact.id, fact.is_new) for fact in shown.notebook] == [("late", True)]
    assert isinstance(shown.notebook[0], FactView)
    assert shown.choices == []


def test_nothing_of_what_is_to_come_leaves_the_engine() -> None:
    cafe = story(CAFE)
    state = start(cafe, "seed")
    for action in (Continue(), Choose("hush"), Continue()):
        state = advance(cafe, state, action)
        sent = msgspec.json.encode(view(cafe, state)).decode()
        for hidden in (
            "warm_end",
            "Coffee",
            "look_back",
            "secret",
            "points",
            "when",
            "goto",
            "bus",
            "-9",
            'kind":"route',
        ):
            assert hidden not in sent, hidden


def test_points_are_shown_only_where_the_author_shows_them_and_only_when_earned() -> None:
    shown = story(CAFE.replace("{feedback: at_once}", "{feedback: at_once, show_points: at_once}"))
    state = advance(shown, advance(shown, start(shown, "s"), Continue()), Choose("ask"))
    reaction = view(shown, state).reaction
    assert reaction is not None
    assert reaction.points == {"Care": 2}
    assert b"-1" not in msgspec.json.encode(view(shown, state))


def test_stopping_is_an_ending_of_its_own() -> None:
    shown = after(Continue(), Stop())
    assert (shown.kind, shown.over, shown.can_stop) == ("ending", True, False)
    assert shown.ending is not None
    assert shown.ending.outcome == "stopped"


def test_another_language_lies_over_the_same_graph() -> None:
    texts = {"scenes.hello.choices.ask.text": "ماذا حدث؟", "scenes.door.text": "صباح الخير"}
    arabic = compile_story(scenario(CAFE), texts, locale="ar")
    state = advance(arabic, start(arabic, "seed"), Continue())
    shown = view(arabic, state)
    assert (shown.language, shown.direction) == ("ar", "rtl")
    assert shown.choices[0].text == words("ماذا حدث؟")
    assert shown.choices[1].text == words("Quiet, please.")
