"""Tables of texts: keys that survive reordering, plurals in the language of the text, and translations gone stale."""

from scenario_engine.actions import Choose
from scenario_engine.play import advance, start
from scenario_engine.rich import plain
from scenario_engine.story import compile_story
from scenario_engine.texts import entry, iter_texts, staleness
from scenario_engine.view import view
from tests.engine.stories import scenario

BODY = """
variables: {left: {type: number, range: [0, 9], start: 1}}
cast: {you: {name: you}, mia: {name: Mia}}
cues: {sorry: [sorry]}
scenes:
  - {id: one, kind: decision, prompt: "{left, plural, one {# day} other {# days}}", choices: [{id: a, text: "{left, plural, one {# hour} other {# hours}}", goto: talk}]}
  - id: talk
    kind: roleplay
    plays: {learner: you, character: mia}
    goals: [{id: g, text: Say sorry., met_by: {cue: sorry}}]
    lines: {any: [Yes., No.]}
    ends: {turns: 2, goals: 1}
    exits: {turns: end, goals: end, learner: end, stopped: end}
  - {id: end, kind: ending, outcome: good, title: Good}
"""


def test_lines_and_cues_are_texts_under_ids() -> None:
    keys = dict(iter_texts(scenario(BODY)))

    assert keys["scenes.talk.lines.any.l2.text"] == "No."
    assert keys["cues.sorry.0"] == "sorry"


def test_what_is_not_translated_keeps_the_plural_rules_of_its_own_language() -> None:
    half = {"scenes.one.prompt": "{left, plural, one {# Tag} other {# Tage}}"}
    russian = {"scenes.one.prompt": "{left, plural, one {# день} few {# дня} many {# дней} other {# дня}}"}
    stories = [
        compile_story(scenario(BODY.replace("start: 1", "start: 5")), each, locale=name)
        for name, each in (("ru", russian), ("ja", half))
    ]

    shown = [view(of, start(of, "seed")) for of in stories]

    assert [plain(each.prompt) for each in shown] == ["5 дней", "5 Tage"]
    assert [plain(each.choices[0].text) for each in shown] == ["5 hours", "5 hours"]
    one = compile_story(scenario(BODY), {"scenes.end.title": "よし"}, locale="ja")
    assert plain(view(one, start(one, "seed")).prompt) == "1 day"


def test_an_entry_with_its_source_is_a_text_like_any_other() -> None:
    table = {"scenes.end.title": entry("Gut", "Good"), "scenes.talk.lines.any.l1.text": "Ja."}
    german = compile_story(scenario(BODY), table, locale="de")

    assert german.scenes["end"].title == "Gut"
    talk = german.scenes["talk"]
    assert [line.text for line in talk.lines["any"]] == ["Ja.", "No."]
    assert advance(german, start(german, "seed"), Choose("a")).scene == "talk"


def test_each_text_of_a_table_is_missing_stale_fresh_or_left_over() -> None:
    table = {
        "scenes.end.title": entry("Gut", "Good"),
        "scenes.talk.lines.any.l1.text": entry("Jawohl.", "Yes, sir."),
        "scenes.talk.lines.any.l2.text": "Nein.",
        "scenes.gone.title": entry("Weg", "Gone"),
        "scenes.one.prompt": entry("", "whatever"),
        "scenes.gone.text": "",
    }

    standing = staleness(scenario(BODY), table)

    assert {key: standing[key] for key in table if key in standing} == {
        "scenes.end.title": "fresh",
        "scenes.talk.lines.any.l1.text": "stale",
        "scenes.talk.lines.any.l2.text": "fresh",
        "scenes.gone.title": "orphan",
        "scenes.one.prompt": "missing",
    }
    assert list(standing)[-1] == "scenes.gone.title"
    assert standing["title"] == "missing"
