"""A course drafted from real documents while the worker is killed, then reviewed, published and played; and a model's
server that is busy, talks nonsense or hangs up, each ending in a state that a designer can read."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.faults.desk import Desk, filled_in
from tests.journeys.site import Site
from tests.journeys.walking import Learner

WORDS = [
    "When a delivery is late, the person at the door has often rung twice and heard two dates.",
    "Say first what happened and what it cost them. Offer a date only when you hold it in your hand.",
    "A promise names who does what and by when, and what happens if it fails.",
]


def docx() -> bytes:
    from docx import Document

    file, kept = Document(), io.BytesIO()
    file.add_heading("Late deliveries", 1)
    for line in WORDS:
        file.add_paragraph(line)
    file.save(kept)
    return kept.getvalue()


def pdf() -> bytes:
    """Return a one-page PDF with the words, written by hand."""
    lines = "".join(f"({line.replace('(', '').replace(')', '')}) Tj T* " for line in WORDS)
    stream = f"BT /F1 11 Tf 14 TL 40 760 Td {lines}ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return made + end % (table, len(made))


SOURCES: dict[str, tuple[Callable[[], bytes], str]] = {
    "late.docx": (docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "late.pdf": (pdf, "application/pdf"),
}


@pytest.fixture(scope="module")
def designer(site: Site) -> Desk:
    return Desk(site, "designer")


def begin(designer: Desk, topic: str, source: str = "") -> str:
    """Send the brief with a document; return the run's uuid."""
    fields: dict[str, Any] = filled_in(designer.get("/admin/drafting/"))
    fields |= {"topic": topic, "audience": "Drivers", "minutes": "20", "objectives": ""}
    if source:
        make, kind = SOURCES[source]
        fields["source"] = (source, make(), kind)
    return designer.post("/admin/drafting/", fields).strip("/").split("/")[-1]


def come_to(site: Site, run: str, *states: str, within_s: float = 120) -> dict[str, Any]:
    def there() -> dict[str, Any] | None:
        found: dict[str, Any] = site.inside("generation", uuid=run)
        return found if found["state"] in states else None

    found: dict[str, Any] = site.wait(there, f"Never {states}: {site.inside('generation', uuid=run)}", within_s)
    return found


def kill_in_mid_stage(site: Site, run: str) -> None:
    """Kill the worker while it holds a stage of the run, and start it again."""

    def held() -> bool:
        return any(each["held"] for each in site.inside("generation", uuid=run)["stages"] if each["state"] == "pending")

    site.wait(held, "No stage was ever worked on.", 60, pause_s=0.1)
    site.kill_worker()
    assert held(), "it died with the stage in its hands"
    site.start_worker()


def any_action(view: dict[str, Any]) -> dict[str, Any]:
    """Return something that can be done at a view."""
    if view["stage"] == "match":
        return {"type": "choose", "choice": view["match"]["samples"][0]["id"]}
    if view["stage"] == "scene" and view.get("question"):
        ids = [option["id"] for option in view["question"]["options"]]
        return {"type": "answer", "value": ids[0] if view["question"]["type"] == "single" else ids[:1]}
    if view["stage"] == "scene" and view.get("reply"):
        return {"type": "write", "text": "You waited in for nothing. I will ring you at noon."}
    if view.get("choices"):
        return {"type": "choose", "choice": view["choices"][0]["id"]}
    return {"type": "continue"}


@pytest.mark.parametrize("source", SOURCES)
def test_a_draft_survives_a_killed_worker_and_is_published_and_played(site: Site, designer: Desk, source: str) -> None:
    site.inside("use_model", provider="scripted")
    run = begin(designer, "[script: slow] a delivery that did not come", source)
    kill_in_mid_stage(site, run)
    come_to(site, run, "waiting")
    page = designer.get(f"/admin/drafting/{run}/")
    outline = filled_in(page)
    title = f"Late deliveries, kindly ({source})"
    designer.post(f"/admin/drafting/{run}/", {**outline, "title": title})
    kill_in_mid_stage(site, run)
    done = come_to(site, run, "done")
    assert {stage["state"] for stage in done["stages"]} == {"done"}
    assert title in designer.get(f"/admin/drafting/{run}/")
    modules = [stage for stage in done["stages"] if stage["kind"] == "module"]

    published = site.inside("publish_course", uuid=done["course"])
    assert (published["number"], len(published["modules"])) == (1, len(modules))
    address = site.inside("enter_course", uuid=done["course"], name="Ana Reis")
    learner = Learner.arrived(site, f"{site.url}{address}")
    spoken = ""
    for module in published["modules"]:
        learner.module, learner.answers = module, []
        last = learner.play(any_action)
        assert (last["view"]["over"], last["debrief"]["ending"]["id"] != "") == (True, True), module
        spoken += json.dumps(learner.answers)
    assert WORDS[0] in spoken, "the draft draws on the document"


FAULTS: dict[str, tuple[Callable[[Any], Any], tuple[str, ...], str]] = {
    "busy": (lambda server: server.rate_limit(retry_after=7, times=None), ("running",), "wait"),
    "nonsense": (lambda server: server.reply("I would rather talk about rain.", times=None), ("failed",), "mending"),
    "cut": (lambda server: server.reply('{"objectives": [{"te', times=None).truncate(after_chunks=1), ("running",), "before the answer was complete"),
    "refused": (lambda server: server.fail(401, times=None), ("failed",), "key"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_models_trouble_ends_in_a_state_that_can_be_read(site: Site, designer: Desk, llmock: Any, fault: str) -> None:
    break_it, states, words = FAULTS[fault]
    break_it(llmock)
    site.inside("use_model", provider="openai", base_url=llmock.base_url(), model="gpt-4o-mini")
    run = begin(designer, f"a delivery that did not come, {fault}")

    def told() -> bool:
        progress = json.loads(designer.get(f"/admin/drafting/{run}/progress/"))
        return progress["state"] in states and any(words in each["note"] for each in progress["stages"])

    site.wait(told, f"{fault}: {designer.get(f'/admin/drafting/{run}/progress/')}", 60)
    page = designer.get(f"/admin/drafting/{run}/")
    assert words in page and "Traceback" not in page
    assert "made-up-key" not in page + site.log("worker") + site.log("web")
    designer.post(f"/admin/drafting/{run}/cancel/", {})
    assert site.inside("generation", uuid=run)["state"] == "cancelled"
