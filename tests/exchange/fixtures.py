"""A sound file of each format, written for these tests: small stories about a desk, a bus and a kitchen."""

from __future__ import annotations

import base64
import json
from typing import Any

from tests.exchange.hostile import packed
from tests.exchange.readers.samples import BOARDS

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

SUGARCUBE = """:: StoryTitle
The lost parcel

:: StoryData
{"ifid": "A1B2", "format": "SugarCube", "format-version": "2.36", "start": "Counter"}

:: StoryInit
<<set $trust to 3>><<set $told to false>>

:: Counter {"position":"600,400","size":"100,200"}
Mrs Aal puts a slip on ''your'' counter. Trust is $trust.
<<if $trust gt 2>>She smiles.<<elseif $told>>She waits.<<else>>She frowns.<</if>>
/* say it slowly */
[[Ask what happened->Story][$trust += 1]]
<<link "Send her away" "Street">><<set $told to true>><</link>>
<<if visited("Story")>>[[Apologise|Street]]<</if>>
<<audio "bell" play>>

:: Story
<<set $told to true>><<if $trust gte 10>><<goto "Street">><</if>>It has been //nine// days.
<<include "Rain">>
[[Counter]]

:: Rain
It is raining {outside}.

:: Street
She leaves. <script>alert(1)</script>

:: Code [script]
window.setup = {};
"""

HARLOWE = """:: StoryTitle
Night bus

:: StoryData
{"ifid": "C3", "format": "Harlowe", "format-version": "3.3", "start": "Stop"}

:: Setup [startup]
(set: $coins to 2)

:: Stop
The bus is late. You have $coins coins.
(if: $coins > 1)[The ''driver'' waves.](else:)[The driver looks away.]
(set: $seen to true)
(link-goto: "Get on", "Bus")
(link: "Give a coin")[(set: $coins to it - 1)He nods.(goto: "Bus")]
[[Walk home->Home]]
(live: 2s)[A dog barks.]
(enchant: "dog", (text-colour: red))

:: Bus
(display: "Sign")
(unless: $seen)[Who are you?]
(open-storylets:)
[[Home]]

:: Sign
Exact fare only.

:: Lost glove
(storylet: when $coins is 0)
A glove lies on the seat. [[Home]]

:: Home
(if: (history:) contains "Bus")[You rode.](goto-somewhere: "x")
"""

CHAPBOOK = """:: StoryTitle
Kitchen

:: StoryData
{"ifid": "D4", "format": "Chapbook", "format-version": "2.0", "start": "Kitchen"}

:: Kitchen
calm: 2
calm (passage.visits > 1): 1
--
The soup is **hot**. Calm: {calm}.

[if calm > 1]
Ola hums.

[else]
Ola is silent.

[cont'd]
{embed passage: 'Clock'}

{link to: 'Yard', label: 'Go outside'}

> [[Taste it->Soup]]

[JavaScript]
alert(1)

:: Clock
It is noon.

:: Soup
Too salty. {back link, label: 'Back'}

[[Kitchen]]

:: Yard
The end.
"""

SNOWMAN = """:: StoryTitle
Lift

:: StoryData
{"ifid": "E5", "format": "Snowman", "format-version": "2.0", "start": "Lobby"}

:: Lobby
<% s.floor = 1; %>
The lift is on <%= s.floor %>.
<% if (s.floor > 0) { %>
It *hums*.
<% } else { %>
It is still.
<% } %>
<% window.open("x") %>
[[Ride up|Roof]]
<a href="javascript:void(0)" data-passage="Stairs">Take the stairs</a>

:: Roof
Wind.

:: Stairs
[[Roof]]
"""


def twine_html(twee: str = "", *, start: str = 'startnode="1"', stories: int = 1) -> str:
    """Return a published Twine 2 page with `stories` stories of two passages."""
    del twee
    story = """<tw-storydata name="Story {n} &amp; more" {start} creator="Twine" creator-version="2.6" ifid="F{n}" zoom="1"
format="SugarCube" format-version="2.36" options="" hidden>
<style role="stylesheet" id="twine-user-stylesheet" type="text/twine-css">p {{ color: red }}</style>
<script role="script" id="twine-user-script" type="text/twine-javascript">alert(1)</script>
<tw-tag name="blue" color="blue"></tw-tag>
<tw-passagedata pid="1" name="First" tags="blue" position="100,200" size="100,100">Hello &lt;b&gt;you&lt;/b&gt;
&lt;&lt;link &quot;On&quot; &quot;Second &gt; last&quot;&gt;&gt;&lt;&lt;/link&gt;&gt;</tw-passagedata>
<tw-passagedata pid="2" name="Second &gt; last" tags="" position="300,200" size="100,100">Bye
&lt;img src=&quot;data:image/png;base64,{png}&quot; alt=&quot;A dot&quot;&gt;</tw-passagedata>
</tw-storydata>"""
    png = base64.b64encode(PNG).decode()
    body = "\n".join(story.format(n=n, start=start, png=png) for n in range(1, stories + 1))
    return (
        f'<!DOCTYPE html>\n<html><head><title>x</title><script>var a = "<b>";</script></head><body>{body}</body></html>'
    )


TWINE_JSON = json.dumps(
    {
        "name": "Ferry",
        "ifid": "G7",
        "format": "Harlowe",
        "start": "1",
        "script": "alert(1)",
        "passages": [
            {"pid": "1", "name": "Quay", "tags": [], "text": "[[Board->Deck]]", "metadata": {"position": "1,2"}},
            {"pid": "2", "name": "Deck", "tags": "", "text": "Gulls."},
        ],
    }
)


def h5p_content(scoring: str = "dynamic-score") -> dict[str, Any]:
    """Return the content of a Branching Scenario with a question, a text, a picture, slides and a film."""

    def text(value: str, then: int, own: str) -> dict[str, Any]:
        return {
            "type": {
                "library": "H5P.AdvancedText 1.1",
                "params": {"text": value},
                "subContentId": own,
                "metadata": {"title": f"Text {own[:2]}"},
            },
            "showContentTitle": True,
            "nextContentId": then,
        }

    question = {
        "type": {
            "library": "H5P.BranchingQuestion 1.0",
            "subContentId": "aaaa1111-0000",
            "params": {
                "branchingQuestion": {
                    "question": "<p>The guest is <strong>cold</strong>.</p>",
                    "alternatives": [
                        {
                            "text": "Fetch a blanket",
                            "nextContentId": 1,
                            "feedback": {"title": "Kind", "subtitle": "<p>She relaxes.</p>", "endScreenScore": 3},
                        },
                        {
                            "text": "Shrug",
                            "nextContentId": 2,
                            "feedback": {"text": "Hm.", "endScreenScore": 1},
                            "score": 9,
                        },
                        {
                            "text": "Leave",
                            "nextContentId": -1,
                            "feedback": {"title": "You left", "subtitle": "", "endScreenScore": 2},
                        },
                    ],
                }
            },
        }
    }
    picture = {
        "type": {
            "library": "H5P.Image 1.1",
            "params": {"file": {"path": "images/blanket.png"}, "alt": "A blanket"},
            "subContentId": "cccc3333-0000",
        },
        "nextContentId": 3,
    }
    slides = {
        "type": {
            "library": "H5P.CoursePresentation 1.24",
            "subContentId": "dddd4444-0000",
            "params": {
                "presentation": {
                    "slides": [
                        {
                            "elements": [
                                {"action": {"library": "H5P.AdvancedText 1.1", "params": {"text": "<p>One</p>"}}},
                                {"action": {"library": "H5P.MultiChoice 1.16", "params": {}}},
                            ]
                        },
                        {
                            "elements": [
                                {
                                    "action": {
                                        "library": "H5P.Image 1.1",
                                        "params": {"file": {"path": "images/gone.png"}},
                                    }
                                },
                                {"action": {"library": "H5P.AdvancedText 1.1", "params": {"text": "<p>Two</p>"}}},
                            ]
                        },
                    ]
                }
            },
        },
        "nextContentId": 4,
    }
    film = {
        "type": {
            "library": "H5P.InteractiveVideo 1.22",
            "subContentId": "eeee5555-0000",
            "params": {
                "interactiveVideo": {
                    "video": {"files": [{"path": "https://video.example/1", "mime": "video/YouTube"}]},
                    "assets": {"interactions": [{"action": {"library": "H5P.TrueFalse 1.6"}, "label": "<p>Sure?</p>"}]},
                }
            },
        },
        "nextContentId": -1,
    }
    return {
        "branchingScenario": {
            "title": "<p>The cold guest</p>",
            "startScreen": {"startScreenTitle": "<p>Welcome</p>", "startScreenSubtitle": "<p>A hotel.</p>"},
            "endScreens": [
                {"endScreenTitle": "Done", "endScreenSubtitle": "Thanks", "endScreenScore": 5, "contentId": -1}
            ],
            "content": [
                question,
                text("<p>Warm <em>now</em>.</p>", 2, "bbbb2222-0000"),
                picture,
                slides,
                film,
            ],
            "scoringOptionGroup": {"scoringOption": scoring, "includeInteractionsScores": True},
            "behaviour": {"enableBackwardsNavigation": True, "randomizeBranchingQuestions": True},
        }
    }


def h5p(content: dict[str, Any] | None = None, main: str = "H5P.BranchingScenario") -> bytes:
    head = {"title": "The cold guest", "language": "en", "mainLibrary": main, "embedTypes": ["div"]}
    return packed(
        [
            ("h5p.json", json.dumps(head).encode()),
            ("content/content.json", json.dumps(content or h5p_content()).encode()),
            ("content/images/blanket.png", PNG),
        ]
    )


XBLOCK: dict[str, Any] = {
    "nodes": [
        {
            "id": "node-a",
            "content": "<p>The till is <b>short</b>.</p>",
            "media": {"type": "image", "url": "/static/till.png", "alt": "A till"},
            "choices": [
                {"text": "Count again", "target_node_id": "node-b", "score": 80},
                {"text": "Say nothing", "target_node_id": "node-c", "score": 0},
            ],
            "hint": "Who was there?",
            "left_image_url": "",
            "overlay_text": False,
        },
        {"id": "node-b", "content": "<p>It adds up.</p>", "media": {}, "choices": [], "hint": ""},
        {"id": "node-c", "content": "<p>They find out.</p>", "media": {}, "choices": [], "hint": ""},
    ]
}

EDU_ROLEPLAY = """<!doctype html><html><head><script>var html = "<edu-role-play><edu-persona name='x'>";</script></head>
<body><edu-role-play id="late-rent" runtime-version="0.1.0" locale="en">
<edu-persona name="Ilse Brandt" role="Tenant"><background>Lost her job in May.</background>
<goals>Keep the flat.</goals><constraints>Cannot pay before the 20th.</constraints>
<speech-patterns>Short sentences.</speech-patterns></edu-persona>
<edu-scenario>You manage the house. Ilse owes two rents.</edu-scenario>
<edu-objective id="name-feeling" detect="COUNTS: ...">Name how Ilse feels.</edu-objective>
<edu-objective id="agree-plan">Agree on a plan with dates.</edu-objective>
<edu-rubric><criterion objective="name-feeling" weight="3">Names the feeling and its cause.</criterion>
<criterion objective="agree-plan" weight="4">Two dates and two amounts.</criterion></edu-rubric>
<edu-termination><turn-limit>9</turn-limit><objective-check-every>2</objective-check-every><manual-end>true</manual-end>
</edu-termination></edu-role-play></body></html>"""

OPPIA = """title: Sharing bread
language_code: en
objective: share fairly
init_state_name: Intro
schema_version: 47
states_schema_version: 42
param_specs: {}
states:
  Intro:
    content: {content_id: content, html: "<p>Four people, one <b>loaf</b>.</p>"}
    interaction:
      id: Continue
      customization_args: {buttonText: {value: {content_id: ca, unicode_str: Go on}}}
      answer_groups: []
      default_outcome: {dest: Share, feedback: {content_id: d, html: ''}, labelled_as_correct: false, param_changes: []}
      hints: []
      solution: null
    param_changes: []
  Share:
    content: {content_id: content, html: <p>How much each?</p>}
    interaction:
      id: MultipleChoiceInput
      customization_args: {choices: {value: [{content_id: a, html: <p>A half</p>}, {content_id: b, html: <p>A quarter</p>}]}}
      answer_groups:
        - rule_specs: [{rule_type: Equals, inputs: {x: 1}}]
          outcome: {dest: Word, feedback: {content_id: f, html: <p>Yes.</p>}, labelled_as_correct: true, param_changes: []}
      default_outcome: {dest: Share, feedback: {content_id: d, html: <p>Try again.</p>}, labelled_as_correct: false}
      hints: [{hint_content: {content_id: h, html: <p>Count heads.</p>}}]
  Word:
    content: {content_id: content, html: <p>Say it in one word.</p>}
    interaction:
      id: TextInput
      answer_groups:
        - rule_specs:
            - {rule_type: Equals, inputs: {x: {contentId: r, normalizedStrSet: [fair, fairly]}}}
            - {rule_type: Contains, inputs: {x: {contentId: r2, normalizedStrSet: [equal]}}}
          outcome: {dest: End, feedback: {content_id: f, html: <p>Good.</p>}, labelled_as_correct: true}
      default_outcome: {dest: Word, feedback: {content_id: d, html: <p>Hm.</p>}}
      hints: []
  End:
    content: {content_id: content, html: <p>Eat.</p>}
    interaction: {id: EndExploration, answer_groups: [], default_outcome: null}
"""

OPPIA_OLD = """default_skin: conversation_v1
param_changes: []
schema_version: 1
states:
- content: [{type: text, value: Ready?}]
  name: First
  param_changes: []
  widget:
    widget_id: MultipleChoiceInput
    customization_args: {choices: {value: [Yes please, Not yet]}}
    handlers:
    - name: submit
      rule_specs:
      - definition: {rule_type: atomic, name: Equals, inputs: {x: 0}, subject: answer}
        dest: END
        feedback: [Good.]
        param_changes: []
      - definition: {rule_type: default}
        dest: First
        feedback: [Take your time.]
        param_changes: []
"""

# (Once a choice, then a conditional choice, an assignment, and two knots.)
INK: dict[str, Any] = {
    "inkVersion": 21,
    "root": [
        [
            "^You stand at the gate.",
            "\n",
            "ev", "str", "^Knock", "/str", "/ev", {"*": "0.c-0", "flg": 20},
            "ev", "str", "^Wait", "/str", {"VAR?": "patience"}, 1, ">", "/ev", {"*": "0.c-1", "flg": 21},
            {
                "c-0": ["\n", "ev", {"VAR?": "patience"}, 1, "-", {"VAR=": "patience", "re": True}, "/ev", {"->": "door"}, {"#f": 5}],
                "c-1": ["\n", "^Nothing happens.", "\n", {"->": "door"}, {"#f": 5}],
            },
        ],
        "done",
        {
            "door": ["^The door opens. Patience ", "ev", {"VAR?": "patience"}, "out", "/ev", "^.", "\n", "end", {"#f": 1}],
            "global decl": ["ev", 3, {"VAR=": "patience"}, "/ev", "end", None],
        },
    ],
    "listDefs": {},
}  # fmt: skip

YARN = """title: Start
tags: intro
position: 20,40
---
<<declare $mood = 1>>
Mara: You are late. #line:01
// a remark
-> The bus was full. <<if $mood > 0>> #line:02
    <<set $mood to $mood + 1>>
    Mara: It always is.
-> I forgot.
    <<jump Sorry>>
<<if $mood > 1>>
    Mara: Never mind.
<<else>>
    Mara: Well.
<<endif>>
You count {$mood} coins.
<<fade_out 2>>
<<jump Sorry>>
===
title: Sorry
---
You: I am sorry.
[[Go back|Start]]
[[Leave|Away]]
===
title: Away
---
The end.
===
"""

DOCUMENT = """format: 1
id: tiny
title: Tiny
purpose: practice
scoring: {grade: completion}
start: a
scenes:
  - {id: a, kind: page, text: Hello, media: [{use: media/dot.png, alt: A dot}], goto: b}
  - {id: b, kind: ending, outcome: good, text: Bye}
"""

COURSE = """format: 1
id: tiny-course
title: Tiny course
modules:
  - {id: one, scenario: scenarios/tiny.yaml}
"""


def pack() -> bytes:
    return packed(
        [
            ("course.yaml", COURSE.encode()),
            ("scenarios/tiny.yaml", DOCUMENT.encode()),
            ("media/dot.png", PNG),
            ("notes.txt", b"by the way"),
        ]
    )


# Format: (name of the file, its bytes).
SOUND: dict[str, tuple[str, bytes]] = {
    "sugarcube": ("parcel.twee", SUGARCUBE.encode()),
    "harlowe": ("bus.twee", HARLOWE.encode()),
    "chapbook": ("kitchen.twee", CHAPBOOK.encode()),
    "snowman": ("lift.twee", SNOWMAN.encode()),
    "twine-html": ("story.html", twine_html().encode()),
    "twine-json": ("ferry.json", TWINE_JSON.encode()),
    "h5p": ("guest.h5p", h5p()),
    "branching-xblock": ("till.json", json.dumps(XBLOCK).encode()),
    "edu-role-play": ("rent.html", EDU_ROLEPLAY.encode()),
    "oppia": ("bread.yaml", OPPIA.encode()),
    "oppia-old": ("old.yaml", OPPIA_OLD.encode()),
    "ink": ("gate.ink.json", b"\xef\xbb\xbf" + json.dumps(INK).encode()),
    "yarn": ("mara.yarn", YARN.encode()),
    "document": ("tiny.yaml", DOCUMENT.encode()),
    "pack": ("tiny.zip", pack()),
}

# Storyboards and quizzes, each from its own module.
SOUND |= BOARDS
