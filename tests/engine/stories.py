"""Small stories for the engine's tests, written as YAML so that they read like an author's."""

from scenario_engine.codec import decode
from scenario_engine.document import Scenario
from scenario_engine.story import Story, compile_story

HEAD = "format: 1\nid: small\ntitle: Small\n"


def scenario(body: str) -> Scenario:
    """Return the scenario of a YAML body; `format`, `id` and `title` are given unless the body has them."""
    text = body if body.startswith("format:") else HEAD + body
    decoded = decode(text.encode())
    assert decoded.scenario is not None, decoded.problems
    return decoded.scenario


def story(body: str) -> Story:
    """Return the compiled story of a YAML body."""
    return compile_story(scenario(body))


CAFE = """
scoring: {feedback: at_once}
cast:
  you: {name: {slot: learner.first_name, fallback: you}}
  noor: {name: Noor, pronouns: she, moods: {cold: {image: noor-cold.svg, alt: Noor looks away}, warm: {image: noor-warm.svg}}}
variables:
  trust: {type: number, range: [0, 4], start: 2, show: meter, words: [[0, closed], [2, wary], [4, open]]}
  told: {type: flag}
  tone: {type: choice, of: [plain, kind]}
facts:
  late: {text: "Her bus was **late**."}
competencies: {care: {title: Care}}
glossary: {queue: "People who wait."}
start: door
scenes:
  - {id: door, kind: page, text: "Morning, {learner.first_name}. See the [[queue]].", goto: hello}
  - id: hello
    kind: decision
    beats:
      - {who: noor, mood: cold, text: "You again.", when: {visits: hello, at_most: 1}}
      - {who: noor, mood: warm, text: "Back so soon.", when: {visits: hello, at_least: 2}}
    prompt: What do you say?
    choices:
      - {id: ask, text: "What happened?", once: true, points: {care: 2}, add: {trust: 5}, set: {told: true, tone: kind}, learn: [late], then: [{who: noor, mood: warm, text: "The bus."}], feedback: "You asked.", goto: fork}
      - {id: hush, text: "Quiet, please.", points: {care: -1}, add: {trust: -9}, better: "Take your time.", goto: fork}
      - {id: secret, text: "I know about the bus.", when: {fact: late}, goto: fork}
  - id: fork
    kind: route
    rules:
      - {when: {all: [{var: trust, at_least: 4}, {not: {var: told, is: false}}]}, set: {told: false}, goto: warm_end}
    otherwise: hello
  - {id: warm_end, kind: ending, outcome: good, title: Coffee, afterwards: look_back}
  - {id: look_back, kind: page, text: Think of it., done: true}
"""
