"""Honest files near the bounds, one for each format: {name: (file name, bytes)}. What a reader may cost, at its worst."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from tests.exchange import fixtures
from tests.exchange.hostile import packed


def each(count: int, made: Callable[[int], str]) -> str:
    """Return what is made of 0, 1 ... count - 1, one after the other."""
    return "".join(made(n) for n in range(count))


_ROW = "Szene,Wer,Text,Wahl,Führt zu,Punkte,Wenn,Rückmeldung\n"


def csv_rows(count: int) -> bytes:
    """Return a storyboard of `count` rows: a line and two choices to a scene."""
    rows = []
    for n in range(count // 3):
        rows.append(f"Scene {n},Noor,Words of scene {n}.,,,,,\n")
        rows.append(f",,,Ask {n},Scene {n + 1},Care +2,,Good.\n")
        rows.append(f",,,Wait {n},Scene {n // 2},Care -1,,\n")
    return (_ROW + "".join(rows) + f"Scene {count // 3},,The end.,,,,,\n").encode()


def csv_scenes(count: int) -> bytes:
    return (_ROW + each(count, lambda n: f"Scene {n},Noor,Words of scene {n}.,,,,,\n")).encode()


def csv_nowhere(count: int) -> bytes:
    """Return choices that all lead to scenes of their own that are nowhere."""

    def row(n: int) -> str:
        return f",,,Ask {n},Nowhere {n},,,\n" if n % 4 else f"Scene {n // 4},Noor,Words.,,,,,\n"

    return (_ROW + each(count, row)).encode()


def csv_speakers(count: int) -> bytes:
    return (_ROW + each(count, lambda n: f"Scene {n},Name {n},Words.,,,,,\n")).encode()


def markdown_same(count: int) -> bytes:
    """Return scenes whose names give the same id."""
    scenes = each(count, lambda n: f"\n## Scene {'!' * (n % 70)}{'?' * (n // 70)}\n\nWords.\n\n- Ask -> Scene\n")
    return f"# Board\n{scenes}".encode()


def markdown(count: int) -> bytes:
    def scene(n: int) -> str:
        ways = f"- Ask {n} -> Scene {n + 1} [+2 care]\n- Wait -> Scene {n // 2}\n"
        return f"\n## Scene {n}\n\nNoor: Words of scene {n}.\n\n{ways}"

    return f"# Board\n{each(count, scene)}\n## Scene {count} (good)\n\nThe end.\n".encode()


def moodle(count: int) -> bytes:
    answers = each(3, lambda n: f'<answer fraction="{0 if n else 100}"><text>Answer {n}</text></answer>')

    def question(n: int) -> str:
        asked = f'<questiontext format="html"><text>&lt;p&gt;What is &lt;b&gt;{n}&lt;/b&gt;?&lt;/p&gt;</text></questiontext>'
        name = f"<name><text>Q{n}</text></name>"
        return f'<question type="multichoice">{name}{asked}<single>true</single>{answers}</question>\n'

    return f'<?xml version="1.0"?>\n<quiz>{each(count, question)}</quiz>'.encode()


def gift(count: int) -> bytes:
    return each(count, lambda n: f"::Q{n}::What is {n}? {{=Right.#Yes. ~Wrong.#No. ~Also wrong.}}\n\n").encode()


def qti1(count: int) -> bytes:
    start, item = fixtures_qti1()
    return (start + each(count, lambda n: item.replace("i1", f"i{n}")) + _QTI_END).encode()


_QTI_END = "</section></assessment></questestinterop>"


def fixtures_qti1() -> tuple[str, str]:
    from tests.exchange.readers.quizzes import QTI1

    first, _, rest = QTI1.partition("<item ")
    return first, "<item " + rest[: rest.index("</item>") + 7]


def qti_package(count: int) -> bytes:
    from tests.exchange.readers.quizzes import CHOICE, package

    return package(*(CHOICE.replace('"Choice"', f'"Choice{n}"') for n in range(count)))


_PROSE = "Words in *some* place, said_by Mara [gently] to 3. You & me, don't go. "


def twee(count: int, dialect: str = "SugarCube", words: str = "") -> bytes:
    body = each(count - 1, lambda n: f"\n:: P{n}\n{words}Words of passage {n}. [[Ask->P{n + 1}]] [[Wait->P{n // 2}]]\n")
    head = f':: StoryTitle\nLong\n\n:: StoryData\n{{"format": "{dialect}", "start": "P0"}}\n'
    return f"{head}{body}\n:: P{count - 1}\nThe end.\n".encode()


def twine_html(count: int) -> bytes:
    def passage(n: int) -> str:
        place = f'position="{n % 90}00,{n // 90}00" size="100,100"'
        ways = f"[[Ask-&gt;P{n + 1}]] [[Wait-&gt;P{n // 2}]]"
        return f'<tw-passagedata pid="{n + 1}" name="P{n}" tags="" {place}>Words {n}. {ways}</tw-passagedata>\n'

    return f'<tw-storydata name="Long" startnode="1" format="Harlowe">{each(count, passage)}</tw-storydata>'.encode()


def twine_json(count: int) -> bytes:
    passages = [
        {"pid": str(n + 1), "name": f"P{n}", "tags": [], "text": f"Words {n}. [[Ask->P{n + 1}]] [[Wait->P{n // 2}]]"}
        for n in range(count)
    ]
    return json.dumps({"name": "Long", "format": "Harlowe", "start": "1", "passages": passages}).encode()


def yarn(count: int) -> bytes:
    def node(n: int) -> str:
        ways = f"-> Ask\n    <<jump N{n + 1}>>\n-> Wait\n    <<jump N{n // 2}>>\n"
        return f"title: N{n}\n---\nMara: Words {n}.\n{ways}===\n"

    return each(count, node).encode()


def ink(count: int) -> bytes:
    knots: dict[str, Any] = {}

    def choice(n: int, at: int, text: str) -> list[Any]:
        return ["ev", "str", f"^{text}", "/str", "/ev", {"*": f"k{n}.c-{at}", "flg": 20}]

    for n in range(count):
        ways = {f"c-{at}": ["\n", {"->": f"k{to}"}, {"#f": 5}] for at, to in enumerate((min(n + 1, count - 1), n // 2))}
        knots[f"k{n}"] = [f"^Words {n}.", "\n", *choice(n, 0, "Ask"), *choice(n, 1, "Wait"), {**ways, "#f": 1}]
    root = [[{"->": "k0"}, None], "done", knots]
    return json.dumps({"inkVersion": 21, "root": root, "listDefs": {}}).encode()


def xblock(count: int) -> bytes:
    nodes = [
        {
            "id": f"node-{n}",
            "content": f"<p>Words <b>{n}</b>.</p>",
            "choices": [
                {"text": "Ask", "target_node_id": f"node-{min(n + 1, count - 1)}", "score": 80},
                {"text": "Wait", "target_node_id": f"node-{n // 2}", "score": 0},
            ],
        }
        for n in range(count)
    ]
    return json.dumps({"nodes": nodes}).encode()


def h5p_json(count: int) -> bytes:
    def question(n: int) -> dict[str, Any]:
        ways = [{"text": "Ask", "nextContentId": (n + 1) % count}, {"text": "Wait", "nextContentId": -1}]
        params = {"branchingQuestion": {"question": f"<p>Words {n}.</p>", "alternatives": ways}}
        return {"type": {"library": "H5P.BranchingQuestion 1.0", "params": params, "subContentId": f"id-{n}"}}

    return json.dumps({"branchingScenario": {"title": "Long", "content": [question(n) for n in range(count)]}}).encode()


def oppia(count: int) -> bytes:
    states = {
        f"S{n}": {
            "content": {"content_id": "content", "html": f"<p>Words {n}.</p>"},
            "interaction": {"id": "Continue", "default_outcome": {"dest": f"S{min(n + 1, count - 1)}"}},
        }
        for n in range(count)
    }
    exploration = {"title": "Long", "language_code": "en", "init_state_name": "S0", "states": states}
    return json.dumps({"exploration": exploration}).encode()


def own_json(count: int) -> bytes:
    scenes: list[dict[str, Any]] = [
        {"id": f"s{n}", "kind": "page", "text": f"Words {n}.", "goto": f"s{n + 1}"} for n in range(count - 1)
    ]
    scenes.append({"id": f"s{count - 1}", "kind": "ending", "outcome": "good", "text": "Bye"})
    return json.dumps({"format": 1, "id": "long", "title": "Long", "start": "s0", "scenes": scenes}).encode()


def own_yaml(count: int) -> bytes:
    scenes = each(count - 1, lambda n: f"  - {{id: s{n}, kind: page, text: Words {n}., goto: s{n + 1}}}\n")
    return (
        f"format: 1\nid: long\ntitle: Long\nstart: s0\nscenes:\n{scenes}"
        f"  - {{id: s{count - 1}, kind: ending, outcome: good, text: Bye}}\n"
    ).encode()


def pack(count: int) -> bytes:
    return packed(
        [
            ("course.yaml", fixtures.COURSE.replace("tiny.yaml", "long.json").encode()),
            ("scenarios/long.json", own_json(count)),
        ]
    )


def docx_table(count: int, columns: int = 8) -> bytes:
    """Return a Word table of `count` rows, written by hand: a library would take minutes."""
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    head = ["Szene", "Wer", "Text", "Wahl", "Führt zu", "Punkte", "Wenn", "Rückmeldung"]
    rows = [head]
    for n in range(count // 2):
        rows.append([f"Scene {n}", "Noor", f"Words {n}.", "", "", "", "", ""])
        rows.append(["", "", "", f"Ask {n}", f"Scene {n + 1}", "Care +2", "", ""])
    table = "".join("<w:tr>" + "".join(cell.format(text) for text in row[:columns]) + "</w:tr>" for row in rows)
    return _docx(f"<w:tbl>{table}</w:tbl><w:p/>")


def docx_outline(count: int) -> bytes:
    def styled(style: str, text: str) -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'

    def scene(n: int) -> str:
        ways = styled("ListBullet", f"Ask -&gt; Scene {n + 1}") + styled("ListBullet", "Wait -&gt; Scene 0")
        return styled("Heading1", f"Scene {n}") + styled("Normal", f"Ines: Words {n}.") + ways

    return _docx(styled("Title", "Long") + each(count, scene))


def _docx(body: str) -> bytes:
    import docx

    out = io.BytesIO()
    docx.Document().save(out)
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, text.encode() if name == "word/document.xml" else old.read(name))
    return made.getvalue()


# Name: (file name, what makes it, of how many it is just within the bounds).
LARGE: dict[str, tuple[str, Callable[[int], bytes], int]] = {
    "csv-rows": ("board.csv", csv_rows, 14_900),
    "csv-scenes": ("scenes.csv", csv_scenes, 9_900),
    "csv-nowhere": ("nowhere.csv", csv_nowhere, 14_900),
    "csv-speakers": ("speakers.csv", csv_speakers, 9_900),
    "markdown": ("board.md", markdown, 3_700),
    "markdown-same": ("same.md", markdown_same, 4_900),
    "moodle": ("quiz.xml", moodle, 3_900),
    "gift": ("quiz.gift", gift, 9_900),
    "qti1": ("bank.xml", qti1, 2_000),
    "qti-package": ("quiz.zip", qti_package, 1_900),
    "sugarcube": ("s.twee", twee, 9_900),
    "harlowe": ("s.twee", lambda count: twee(count, "Harlowe"), 9_900),
    "chapbook": ("s.twee", lambda count: twee(count, "Chapbook"), 9_900),
    "snowman": ("s.twee", lambda count: twee(count, "Snowman"), 9_900),
    "prose": ("s.twee", lambda count: twee(count, "Harlowe", _PROSE * 4), 5_500),
    "twine-html": ("s.html", twine_html, 9_900),
    "twine-json": ("s.json", twine_json, 9_900),
    "yarn": ("s.yarn", yarn, 9_900),
    "ink": ("i.json", ink, 3_300),
    "xblock": ("x.json", xblock, 9_900),
    "h5p-json": ("content.json", h5p_json, 9_900),
    "oppia": ("o.json", oppia, 9_900),
    "own-json": ("d.json", own_json, 9_900),
    "own-yaml": ("d.yaml", own_yaml, 6_000),
    "pack": ("p.zip", pack, 9_900),
    "docx-table": ("b.docx", docx_table, 4_600),
    "docx-outline": ("b.docx", docx_outline, 3_700),
    "too-many-words": ("s.twee", lambda count: twee(count, "Harlowe", _PROSE * 20), 9_900),
}


def large_files() -> dict[str, tuple[str, bytes]]:
    """Return the files, made."""
    return {f"large-{name}": (file, make(count)) for name, (file, make, count) in LARGE.items()}
