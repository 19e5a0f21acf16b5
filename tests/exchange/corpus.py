"""Files made to exhaust or deceive an importer, one set for each format: {name: (file name, bytes)}."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.exchange import fixtures, hostile
from tests.exchange.hostile_quizzes import quizzes
from tests.exchange.large import large_files

_MANY = 100_000


def twee(body: str, dialect: str) -> bytes:
    return (
        f':: StoryTitle\nT\n:: StoryData\n{{"format": "{dialect}", "start": "A"}}\n:: A\n{body}\n:: B\nBye\n'.encode()
    )


def _stories() -> Iterator[tuple[str, str, bytes]]:
    bodies = {
        "SugarCube": {
            "open-macros": "<<if " * 35_000,
            "open-strings": '<<link "' * 20_000,
            "open-links": "[[" * 90_000,
            "nested-ifs": "<<if $x>>" * 20_000 + "<</if>>" * 20_000,
            "many-elseifs": "<<if $x is 1>>a" + "<<elseif $x is 2>>b" * 8_000 + "<</if>>",
            "nested-links": '<<link "a">>' * 10_000,
            "switch": "<<switch $x>>" + "<<case 1>>a" * 15_000 + "<</switch>>",
            "marks": "''" * 90_000,
            "slashes": "//a" * 60_000,
            "tags": "<b>" * 60_000,
            "scripts": "<script>" * 20_000,
            "comments": "<!--" * 40_000,
            "paragraphs": "a\n\n" * 60_000,
            "links": "[[a->B]]" * 20_000,
            "arrows": "[[" + "->" * 1_900 + "]]" + "<-" * 90_000,
            "sets": "<<set $x to 1>>" * 12_000,
            "and": "<<if " + "$a and " * 6_000 + "$a>>x<</if>>",
            "not": "<<if " + "not " * 9_000 + "$a>>x<</if>>",
            "brackets": "<<if " + "(" * 9_000 + ")" * 9_000 + ">>x<</if>>",
            "minus": "<<set $x to " + "-" * 19_000 + "1>>",
            "backslashes": "\\" * 190_000,
            "quotes": "<<print " + "'\\" * 9_000 + ">>",
            "braces": "{" * 190_000,
            "variables": "".join(f"$v{i} " for i in range(20_000)),
            "huge-number": "<<set $x to " + "9" * 5_000 + ">>[[B]]",
            "entities": "&amp;" * 39_000,
        },
        "Harlowe": {
            "open-macros": "(if: " * 35_000,
            "open-hooks": "[" * 190_000,
            "closed-hooks": "]" * 190_000,
            "nested-hooks": "(if: $x)[" * 20_000 + "]" * 20_000,
            "brackets": "(set: $x to " + "(" * 9_000,
            "else": "(if: $x)[a]" + "(else-if: $x is 2)[b]" * 8_000,
            "many-macros": "(a:)" * 40_000,
            "names": "|n>" * 60_000,
            "history": '(if: (history:) contains "' * 5_000,
        },
        "Chapbook": {
            "modifiers": "[if x]\n" * 25_000,
            "braces": "{" * 190_000,
            "inserts": "{x}" * 60_000,
            "variables": "x: 1\n" * 30_000 + "--\nText",
            "forks": "> [[B]]\n" * 20_000,
        },
        "Snowman": {
            "open": "<%" * 90_000,
            "ifs": "<% if (s.x) { %>" * 12_000,
            "closing": "<% } %>" * 25_000,
            "anchors": '<a data-passage="' * 11_000,
            "anchors-closed": '<a data-passage="B">x</a>' * 7_000,
        },
        "Unknown": {"links": "[[" * 90_000},
    }
    for dialect, each in bodies.items():
        for name, body in each.items():
            yield f"{dialect.lower()}-{name}", "s.twee", twee(body[:199_000], dialect)
    doubling = "".join(f'\n:: N{i}\n<<include "N{i + 1}">><<include "N{i + 1}">>\n' for i in range(40))
    yield "sugarcube-doubling", "s.twee", twee('<<include "N0">>' + doubling, "SugarCube")
    long = "".join(f"\n:: P{i}\n<<set $x += 1>>a <<if $x gt {i}>>b<</if>> [[P{i + 1}]]\n" for i in range(2_000))
    yield "sugarcube-long", "s.twee", twee(long, "SugarCube")
    storylets = "".join(f"\n:: S{i}\n(storylet: when true)(open-storylets:)x\n" for i in range(2_000))
    yield "harlowe-storylets", "s.twee", twee(storylets, "Harlowe")
    yield "twee-passages", "s.twee", b":: a\n" * _MANY
    yield "twee-header", "s.twee", (":: " + "[" * 90_000 + "\nx").encode()
    yield "twee-nul", "s.twee", b":: A\nx\0y"
    yield "twee-latin", "s.twee", ":: A\nGrüße".encode("latin-1")
    yield "twee-data-depth", "s.twee", (":: StoryData\n" + "[" * 90_000 + "\n:: A\nx").encode()
    yield "twee-bidi", "s.twee", ":: A\u202e\nx \u2066 y [[\u202eA]]".encode()
    yield "twee-long-name", "s.twee", (":: " + "n" * 100_000 + "\nx [[" + "n" * 100_000 + "]]").encode()


def _pages() -> Iterator[tuple[str, str, bytes]]:
    yield "html-stories", "s.html", b"<tw-storydata name='a'>" * 60_000
    yield "html-passages", "s.html", b"<tw-storydata name='a'>" + b"<tw-passagedata pid='1' name='x'>" * 60_000
    yield "html-open-tag", "s.html", b"<tw-storydata " + b'a="b" ' * 300_000
    yield "html-open-quote", "s.html", b'<tw-storydata name="' + b"x" * 3_000_000
    yield "html-spaces", "s.html", b"<tw-storydata a" + b" " * 3_000_000 + b">"
    yield "html-doctype", "s.html", b'<!DOCTYPE x [<!ENTITY a "b">]><tw-storydata name="&a;">'
    yield "html-data", "s.html", fixtures.twine_html().replace("iVBOR", "iVBOR" + "A" * 4_000_000).encode()
    yield "html-twine1", "s.html", b'<div id="storeArea">' * 50_000
    yield "edu-nested", "e.html", b"<edu-role-play><edu-persona name='a'>" + b"<goals>" * 50_000
    yield "edu-many", "e.html", b"<edu-role-play><edu-persona name='a'></edu-role-play>" * 20_000
    yield "edu-scripts", "e.html", b"<edu-role-play><edu-persona>" + b"<script>" * 50_000
    yield "edu-unnamed", "e.html", b"<edu-role-play><edu-persona></edu-persona></edu-role-play>"
    yield "edu-turns", "e.html", fixtures.EDU_ROLEPLAY.replace(">9<", ">" + "9" * 5_000 + "<").encode()
    yield "olx-doctype", "o.xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a scenario_data="&b;"/>'
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    yield "olx-laughs", "o.xml", f'<!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]><a scenario_data="">&l9;</a>'.encode()
    yield "olx-depth", "o.xml", (b"<a>" * 90_000) + b"scenario_data"
    yield "olx-json", "o.xml", b"<a scenario_data='" + b"[" * 90_000 + b"'/>"


def _json() -> Iterator[tuple[str, str, bytes]]:
    yield "json-depth", "a.json", b'{"a":' * 90_000
    yield "json-list-depth", "a.json", b"[" * 90_000
    yield "json-many", "a.json", b"[" + b"{}," * 190_000 + b"{}]"
    yield "json-objects", "a.json", b"[" + b'{"a":1},' * 190_000 + b"{}]"
    yield "json-number", "a.json", b'{"nodes": [' + b"9" * 50_000 + b"]}"
    yield "json-nan", "a.json", b'{"nodes": [{"choices": [{"score": NaN}]}]}'
    yield "json-infinite", "a.json", b'{"nodes": [{"choices": [{"score": 1e999}]}]}'
    yield "json-surrogate", "a.json", b'{"passages": [{"text": "\\ud800"}]}'
    yield "json-nul", "a.json", b'{"passages": [{"text": "\\u0000"}]}'
    yield "json-twice", "a.json", b'{"nodes": [], "nodes": []}'
    yield "json-cut", "a.json", fixtures.TWINE_JSON.encode()[:-20]
    yield "json-utf16", "a.json", fixtures.TWINE_JSON.encode("utf-16-le")
    yield "json-comments", "a.json", b'{"a": 1 /* no */}'
    nodes = [{"id": i, "content": "<p>" * 50, "choices": [{"text": "<b>" * 20}] * 20} for i in range(250)]
    yield "xblock-many", "x.json", json.dumps({"nodes": nodes}).encode()
    yield "xblock-types", "x.json", json.dumps({"nodes": [{"id": [], "choices": [3, None, {"text": {}}]}]}).encode()
    yield "twine-types", "t.json", json.dumps({"name": [], "passages": [{"name": 3, "text": None, "tags": 4}]}).encode()
    yield "ink-loop", "i.json", _ink([{"->": "0"}])
    yield "ink-self", "i.json", _ink([["^a", {"->": ".^.^"}]])
    yield "ink-depth", "i.json", _ink(_nested(60))
    yield "ink-steps", "i.json", _ink([["ev"] * 300_000])
    yield "ink-choices", "i.json", _ink([[{"*": "0", "flg": 7}] * 20_000])
    yield "ink-stack", "i.json", _ink([["ev", *[1] * 100_000]])
    yield "ink-paths", "i.json", _ink([{"->": "." + "^." * 20_000}])
    yield "ink-returns", "i.json", _ink([["ev", {"^->": "0"}, {"temp=": "$r"}, "/ev", {"->": "0"}]])
    yield "ink-strings", "i.json", _ink([["str"] * 50_000])
    content: dict[str, Any] = {"branchingScenario": {"content": [{}] * 9_000}}
    yield "h5p-empty-contents", "c.json", json.dumps(content).encode()
    deep = fixtures.h5p_content()
    deep["branchingScenario"]["content"][1]["type"]["params"]["text"] = "<div>" * 50_000
    yield "h5p-html-depth", "c.json", json.dumps(deep).encode()
    wide = fixtures.h5p_content()
    wide["branchingScenario"]["content"][1]["type"]["params"]["text"] = "<b>x</b> " * 40_000
    yield "h5p-html-wide", "c.json", json.dumps(wide).encode()


def _ink(root: list[Any]) -> bytes:
    return json.dumps({"inkVersion": 21, "root": [*root, "done", None], "listDefs": {}}).encode()


def _nested(depth: int) -> list[Any]:
    found: list[Any] = ["^x"]
    for _ in range(depth):
        found = [found, None]
    return [found]


def _others() -> Iterator[tuple[str, str, bytes]]:
    yield "yaml-alias", "o.yaml", b"init_state_name: a\nstates: &x\n  a: *x\n"
    bomb = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{f'*a{i - 1},' * 9}]\n" for i in range(1, 9))
    yield "yaml-bomb", "o.yaml", f"init_state_name: a\n{bomb}".encode()
    yield "yaml-depth", "o.yaml", b"init_state_name: a\nstates: " + b"[" * 50_000
    yield "yaml-dashes", "o.yaml", b"init_state_name: a\nstates:\n  " + b"- " * 50_000 + b"x"
    yield "yaml-many", "o.yaml", b"init_state_name: a\nstates:\n" + b"  - x\n" * 70_000
    states = "".join(f"  s{i}: {{content: {{html: x}}}}\n" for i in range(9_000))
    yield "yaml-states", "o.yaml", f"init_state_name: a\nstates:\n{states}".encode()
    yield "yaml-tag", "o.yaml", b"init_state_name: !!python/object/apply:os.system [ls]\nstates: {}"
    yield "yaml-twice", "o.yaml", b"init_state_name: a\ninit_state_name: b\nstates: {}"
    yield "document-depth", "d.yaml", b"format: 1\nscenes: " + b"[" * 50_000
    yield "document-long", "d.json", b'{"format": 1, "scenes": [' + b"0," * 190_000 + b"0]}"
    yield "yarn-depth", "y.yarn", _yarn("\n".join(" " * i + f"-> o{i}" for i in range(600)))
    yield "yarn-options", "y.yarn", _yarn("-> a\n" * 30_000)
    yield "yarn-ifs", "y.yarn", _yarn("<<if $x>>\n" * 15_000)
    yield "yarn-forks", "y.yarn", _yarn("<<if $x>>\n-> a\n<<endif>>\n" * 4_000)
    yield "yarn-menus", "y.yarn", _yarn("-> a\n-> b\nline\n" * 3_000)
    yield "yarn-tags", "y.yarn", _yarn("line" + " #a" * 50_000)
    yield "yarn-marks", "y.yarn", _yarn("a: " + "[a" * 60_000)
    yield "yarn-values", "y.yarn", _yarn("a: " + "{$x}" * 40_000)
    yield "yarn-once", "y.yarn", _yarn("<<once>>\n" * 10_000)
    yield "yarn-nodes", "y.yarn", b"title: a\n---\nx\n===\n" * 30_000
    yield "pickle", "x.tws", b"cos\nsystem\n(S'ls'\ntR."
    yield "pickle-new", "x", b"\x80\x04\x95" + b"\0" * 50
    yield "binary", "x.html", bytes(range(256)) * 100
    yield "blank", "x.twee", b" \n" * 1000
    yield "mark-only", "x.json", b"\xef\xbb\xbf"


def _yarn(body: str) -> bytes:
    return f"title: A\n---\n{body}\n===\n".encode()


def _packages() -> Iterator[tuple[str, str, bytes]]:
    head = ("h5p.json", b'{"mainLibrary": "H5P.BranchingScenario"}')
    for name, (data, _) in hostile.PACKAGES.items():
        yield f"package-{name}", "p.h5p", data
    content = ("content/content.json", json.dumps(fixtures.h5p_content()).encode())
    yield "package-bomb", "p.h5p", hostile.packed([head, ("content/content.json", b" " * 60_000_000)])
    yield "package-list", "p.h5p", hostile.lists_a_million()
    yield (
        "package-picture-bomb",
        "p.h5p",
        hostile.packed([head, content, ("content/images/blanket.png", b"\0" * 60_000_000)]),
    )
    yield (
        "package-svg",
        "p.h5p",
        hostile.packed([head, content, ("content/images/blanket.png", b"<svg onload='x()'/>")]),
    )
    yield (
        "package-script",
        "p.h5p",
        hostile.packed([head, content, ("content/images/blanket.png", b"<script>x()</script>")]),
    )
    yield "package-json-depth", "p.h5p", hostile.packed([head, ("content/content.json", b"[" * 100_000)])
    yield (
        "pack-slip",
        "p.zip",
        hostile.packed([("course.yaml", b"format: 1\nmodules: [{scenario: ../../etc/passwd}]\n")]),
    )
    yield "pack-alias", "p.zip", hostile.packed([("course.yaml", b"a: &x [*x]\n")])
    yield "pack-nothing", "p.zip", hostile.packed([("readme.txt", b"hello")])


def all_files() -> dict[str, tuple[str, bytes]]:
    """Return the whole corpus."""
    found: dict[str, tuple[str, bytes]] = {}
    large = ((name, *each) for name, each in large_files().items())
    for source in (_stories(), _pages(), _json(), _others(), _packages(), quizzes(), large):
        for name, file, data in source:
            assert name not in found
            found[name] = (file, data)
    return found
