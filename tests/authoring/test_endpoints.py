"""The endpoints of the editor: findings, test-play without leaks, proof, media, comments; and share links."""

from __future__ import annotations

import gc
import json
import weakref
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authoring import testplay
from authoring.checking import check_document
from authoring.drafts import Draft, save_draft
from authoring.media_store import MediaFile, store_media, url_of
from authoring.models import Scenario, ScenarioMedia, SceneComment, ShareLink

from .conftest import House, broken_document, document, sign_in

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


def ask(client: Client, scenario: Scenario, name: str, body: Any, status: int = 200) -> Any:
    url = reverse(f"scenarios:{name}", args=[scenario.pk])
    response = client.post(url, json.dumps(body), content_type="application/json")
    assert response.status_code == status, response.content
    return response.json()


def test_check_answers_the_findings_of_an_unsaved_document(house: House, scenario: Scenario) -> None:
    client = sign_in(house.designer)
    assert ask(client, scenario, "check", {"document": document()}) == {"findings": []}
    found = ask(client, scenario, "check", {"document": broken_document()})["findings"]
    assert ("error", "door") in {(finding["level"], finding.get("scene")) for finding in found}
    unreadable = ask(client, scenario, "check", {"document": {"format": 1, "id": "x"}})["findings"]
    assert unreadable[0]["code"] == "document.missing-field"
    assert ask(client, scenario, "check", {"document": 3}, 400) == {"error": "Post {document}."}
    assert "Line 1" in _raw(client, scenario, "check", b"{", 400)["error"]


def _raw(client: Client, scenario: Scenario, name: str, body: bytes, status: int) -> Any:
    url = reverse(f"scenarios:{name}", args=[scenario.pk])
    response = client.post(url, body, content_type="application/json")
    assert response.status_code == status
    return response.json()


def test_the_findings_are_kept_and_the_document_is_not() -> None:
    class Watched(dict[str, Any]):
        """A document that can be seen to go."""

    raw = Watched(document(title="Checked once"))
    gone = weakref.ref(raw)
    found = check_document(raw)
    assert check_document(document(title="Checked once")) is found
    del raw
    gc.collect()
    assert gone() is None


def test_play_goes_to_an_ending_without_storing_anything(house: House, scenario: Scenario) -> None:
    client = sign_in(house.designer)
    first = ask(client, scenario, "play", {"document": document()})
    assert [choice["id"] for choice in first["served"]["view"]["choices"]] == ["ask", "shrug"]
    step = {"document": document(), "state": first["state"], "seq": 0, "action": {"type": "choose", "choice": "ask"}}
    second = ask(client, scenario, "play", step)
    third = {"document": document(), "state": second["state"], "seq": 1, "action": {"type": "continue"}}
    last = ask(client, scenario, "play", third)["served"]
    assert last["view"]["ending"] == {"id": "calm", "outcome": "good", "title": "A new date"}
    assert last["debrief"]["ending"]["id"] == "calm"
    # The same request again gives the same answer: nothing was kept.
    assert ask(client, scenario, "play", step)["served"] == second["served"]


def test_play_never_tells_points_conditions_or_what_is_to_come(house: House, scenario: Scenario) -> None:
    client = sign_in(house.designer)
    answer = ask(client, scenario, "play", {"document": document()})
    told = json.dumps(answer["served"])
    for secret in (
        "points",
        "listening",
        "at_least",
        "calm",
        "gone",
        "She writes it down.",
        "You asked.",
        "goto",
        '"way"',
    ):
        assert secret not in told, secret
    track = signing.loads(answer["state"]["track"], salt=testplay.SALT)
    assert track["actions"] == []
    assert set(track) == {"seed", "from_scene", "variables", "locale", "actions", "own_words", "moved_at"}


def test_a_stale_or_impossible_action_is_answered_with_where_play_stands(house: House, scenario: Scenario) -> None:
    client = sign_in(house.designer)
    first = ask(client, scenario, "play", {"document": document()})
    base = {"document": document(), "state": first["state"]}
    stale = ask(client, scenario, "play", {**base, "seq": 4, "action": {"type": "choose", "choice": "ask"}})["served"]
    assert (stale["error_code"], stale["view"]["seq"]) == ("stale", 0)
    refused = ask(client, scenario, "play", {**base, "seq": 0, "action": {"type": "choose", "choice": "no"}})["served"]
    assert (refused["error_code"], refused["view"]["seq"]) == ("play.not-offered", 0)


def test_a_host_action_or_a_forged_state_is_of_no_use(house: House, scenario: Scenario) -> None:
    client = sign_in(house.designer)
    ask(client, scenario, "play", {"document": document(), "action": {"type": "judged", "levels": {}}}, 400)
    forged = signing.dumps({"seed": "x", "actions": [{"type": "choose", "choice": "ask"}]}, salt="other")
    answer = ask(client, scenario, "play", {"document": document(), "state": {"track": forged}})
    assert answer["served"]["view"]["seq"] == 0


def test_play_from_here_starts_at_the_scene_with_the_values_given(house: House, scenario: Scenario) -> None:
    body = {"document": document(), "from_scene": "way", "variables": {"trust": 5, "unknown": 1}}
    view = ask(sign_in(house.designer), scenario, "play", body)["served"]["view"]
    assert view["scene"] == "calm"
    assert view["meters"][0]["value"] == 5
    body["variables"] = {"trust": "much"}
    assert ask(sign_in(house.designer), scenario, "play", body)["served"]["view"]["scene"] == "gone"


def test_play_goes_back_where_an_edited_document_no_longer_fits(house: House, scenario: Scenario) -> None:
    client = sign_in(house.designer)
    first = ask(
        client, scenario, "play", {"document": document(), "action": {"type": "choose", "choice": "ask"}, "seq": 0}
    )
    edited = document()
    edited["scenes"][0]["choices"][0]["id"] = "asked"
    answer = ask(client, scenario, "play", {"document": edited, "state": first["state"]})["served"]
    assert (answer["view"]["scene"], answer["view"]["seq"]) == ("door", 0)
    assert answer["error"].startswith("The scenario was changed here")


def test_a_document_that_cannot_be_played_is_answered_by_its_findings(house: House, scenario: Scenario) -> None:
    client = sign_in(house.designer)
    for raw in ({"format": 1}, document(scenes=[], start="")):
        answer = ask(client, scenario, "play", {"document": raw})
        assert "served" not in answer
        assert answer["findings"], raw


def test_play_speaks_another_language_where_there_are_texts(house: House, draft: Draft) -> None:
    texts = {"de": {"scenes.door.prompt": "Was sagen Sie?"}}
    save_draft(house.organisation, document(), by=house.designer, scenario=draft.scenario, texts=texts)
    view = ask(sign_in(house.designer), draft.scenario, "play", {"document": document(), "locale": "de"})["served"][
        "view"
    ]
    assert "Was sagen Sie?" in json.dumps(view, ensure_ascii=False)
    assert view["language"] == "de"


def test_proof_tells_the_maximum_and_each_ending(house: House, scenario: Scenario) -> None:
    told = ask(sign_in(house.designer), scenario, "proof", {"document": document()})["proof"]
    assert told["maximum"] == "2"
    assert {ending["ending"] for ending in told["endings"]} == {"calm", "gone"}


def upload(client: Client, scenario: Scenario, name: str, data: bytes, **more: str) -> Any:
    url = reverse("scenarios:media", args=[scenario.pk])
    return client.post(url, {"file": SimpleUploadedFile(name, data), **more})


def test_media_is_uploaded_listed_and_served_for_ever_under_its_hash(house: House, scenario: Scenario) -> None:
    client = sign_in(house.designer)
    made = upload(client, scenario, "Mara calm.PNG", PNG, alt="Mara, calm").json()["media"][0]
    assert (made["key"], made["mime"], made["alt"]) == ("media/mara-calm.png", "image/png", "Mara, calm")
    assert upload(client, scenario, "Mara calm.PNG", PNG).json()["media"][0]["key"] == "media/mara-calm-2.png"
    assert len(client.get(reverse("scenarios:media", args=[scenario.pk])).json()["media"]) == 2
    served = Client().get(made["url"])
    assert b"".join(served) == PNG
    assert served["Cache-Control"] == "public, max-age=31536000, immutable"
    assert served["X-Content-Type-Options"] == "nosniff"
    assert "script-src 'none'" in served["Content-Security-Policy"]
    assert "sandbox" in served["Content-Security-Policy"]
    part = Client().get(made["url"], headers={"range": "bytes=0-3"})
    assert (part.status_code, b"".join(part), part["Content-Range"]) == (206, PNG[:4], f"bytes 0-3/{len(PNG)}")
    assert Client().get(made["url"], headers={"range": "bytes=999-"}).status_code == 416


@pytest.mark.parametrize("span, status", [("0-{}", 206), ("{}-", 416), ("-{}", 206)])
def test_a_span_that_no_file_has_is_answered(house: House, scenario: Scenario, span: str, status: int) -> None:
    row = store_media(scenario, "media/a.png", MediaFile("a.png", PNG))
    url = url_of(row.sha256, row.name)
    answers = [Client().get(url, headers={"range": f"bytes={span.format('9' * count)}"}) for count in (18, 5000)]
    assert [answered.status_code for answered in answers] == [status, 200]


@pytest.mark.parametrize("key", ["9" * 25, "9" * 5000, "abc", "-1", "²"])
def test_a_key_that_no_row_can_have_is_not_found(house: House, scenario: Scenario, key: str) -> None:
    client = sign_in(house.publisher)
    choosing = "wagtailsnippetchoosers_authoring_scenario"
    many = client.get(reverse(f"{choosing}:chosen_multiple"), {"id": key})
    assert (many.status_code, many.json()["result"]) == (200, [])
    assert client.get(reverse(f"{choosing}:chosen", args=[key])).status_code == 404
    bulk = reverse("wagtail_bulk_action", args=["authoring", "scenario", "delete"])
    assert client.get(bulk, {"id": key}).status_code == 404
    assert client.get(reverse("scenarios:proof_page", args=[scenario.pk]), {"version": key}).status_code == 404
    assert client.post(reverse("scenarios:share", args=[scenario.pk]), {"revoke": key}).status_code == 302


def test_media_that_is_not_what_it_says_is_refused(house: House, scenario: Scenario) -> None:
    client = sign_in(house.designer)
    for name, data in {"a.png": b"<html>", "b.html": b"<p>", "c.js": b"1", "d.svg": b"<html/>", "e": b""}.items():
        response = upload(client, scenario, name, data)
        assert response.status_code == 400, name
        assert response.json()["error"]
    for key in ("../x.png", "/etc/x.png", "a b.png"):
        assert upload(client, scenario, "a.png", PNG, key=key).status_code == 400, key
    assert ScenarioMedia.objects.count() == 0


def test_an_uploaded_svg_keeps_its_drawing_and_loses_its_scripts(house: House, scenario: Scenario) -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="alert(1)">'
        b'<script>alert(1)</script><a href="javascript:alert(1)"><path d="M0 0"/></a><foreignObject><p/></foreignObject>'
        b'<use xlink:href="https://evil.example/x.svg#a"/><use href="#a"/><image href="https://evil.example/p.png"/>'
        b'<rect fill="url(https://evil.example)" width="1"/><circle id="a" r="2" fill="url(#g)" style="x:url(//e)"/></svg>'
    )
    made = upload(sign_in(house.designer), scenario, "a.svg", svg).json()["media"][0]
    kept = b"".join(Client().get(made["url"])).decode()
    assert '<circle id="a" r="2" fill="url(#g)"/>' in kept
    for bad in ("script", "alert", "evil", "foreignObject", "onload", "style", "<a", "<image"):
        assert bad not in kept, bad
    for hostile in (
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b"<svg>",
        b"<a",
    ):
        assert upload(sign_in(house.designer), scenario, "b.svg", hostile).status_code == 400


def test_a_missing_file_is_a_warning_and_a_frozen_version_keeps_its_bytes(house: House, draft: Draft) -> None:
    from authoring.api import media_urls
    from authoring.publishing import publish

    raw = document()
    raw["scenes"][0]["media"] = [{"id": "m1", "use": "media/door.png", "alt": "A door"}]
    saved = save_draft(house.organisation, raw, by=house.designer, scenario=draft.scenario)
    assert [finding.code for finding in saved.findings if finding.code == "media.missing"] == ["media.missing"]
    files = {"media/door.png": MediaFile("door.png", PNG)}
    saved = save_draft(house.organisation, raw, by=house.designer, scenario=draft.scenario, media=files)
    version = publish(saved.revision.pk, house.publisher, timezone.now())
    before = media_urls(version.pk, ["media/door.png", "media/none.png"])
    files = {"media/door.png": MediaFile("door.png", PNG + b"other")}
    again = save_draft(house.organisation, raw, by=house.designer, scenario=draft.scenario, media=files)
    assert media_urls(version.pk, ["media/door.png"]) == before
    assert publish(again.revision.pk, house.publisher, timezone.now()).number == 2
    assert b"".join(Client().get(before["media/door.png"])) == PNG


def test_comments_are_added_settled_and_reopened(house: House, scenario: Scenario) -> None:
    reviewer, designer = sign_in(house.reviewer), sign_in(house.designer)
    added = ask(reviewer, scenario, "comments", {"scene": "door", "text": " Too curt? "}, 201)["comments"][0]
    assert (added["text"], added["author"], added["mine"], added["resolved"]) == ("Too curt?", "Reviewer", True, False)
    settled = ask(designer, scenario, "comments", {"id": added["id"], "resolved": True})["comments"][0]
    assert (settled["resolved"], settled["mine"]) == (True, False)
    own = ask(designer, scenario, "comments", {"text": "On the whole: fine."}, 201)["comments"][1]
    ask_denied = reviewer.post(
        reverse("scenarios:comments", args=[scenario.pk]),
        json.dumps({"id": own["id"]}),
        content_type="application/json",
    )
    assert ask_denied.status_code in (302, 403)
    for bad in ({"text": " "}, {"text": 3}, {"text": "x" * 4001}, {"text": "x", "scene": 3}):
        assert ask(designer, scenario, "comments", bad, 400)["error"]
    assert ask(designer, scenario, "comments", {"id": 9999}, 404)
    assert SceneComment.objects.count() == 2


def share(house: House, scenario: Scenario) -> str:
    page = sign_in(house.designer).post(
        reverse("scenarios:share", args=[scenario.pk]), {"note": "Client", "days": "14"}
    )
    text = page.content.decode()
    start = text.index("/authoring/shared/")
    return text[start : text.index('"', start)]


def test_a_share_link_plays_the_newest_draft_without_an_account_or_the_document(
    house: House, scenario: Scenario
) -> None:
    address = share(house, scenario)
    page = Client().get(address)
    assert (page.status_code, page["X-Robots-Tag"], page["Referrer-Policy"]) == (200, "noindex", "no-referrer")
    assert "unsafe" not in page["Content-Security-Policy"]
    assert b"play-document" not in page.content
    body = json.dumps({"document": document(title="Injected"), "from_scene": "calm"})
    strict = Client(enforce_csrf_checks=True)
    played = strict.post(f"{address}play/", body, content_type="application/json").json()["served"]["view"]
    assert (played["title"], played["scene"]) == ("The late parcel", "door")
    assert b"It was promised for Tuesday." in Client().get(f"{address}?mode=storyboard").content


def test_a_language_that_no_database_can_be_asked_for_is_refused(house: House, scenario: Scenario) -> None:
    address = f"{share(house, scenario)}play/"
    refused = Client().post(address, json.dumps({"locale": "d\0"}), content_type="application/json")
    assert (refused.status_code, "locale" in refused.json()["error"]) == (400, True)


def test_a_share_link_ends(house: House, scenario: Scenario) -> None:
    address = share(house, scenario)
    ShareLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(address).status_code == 404
    ShareLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    link = ShareLink.objects.get()
    assert address.split("/")[3] not in str(link.__dict__)
    sign_in(house.designer).post(reverse("scenarios:share", args=[scenario.pk]), {"revoke": str(link.pk)})
    assert Client().get(address).status_code == 404
    assert Client().post(f"{address}play/", "{}", content_type="application/json").status_code == 404


def test_a_shared_draft_that_cannot_be_played_gives_nothing_away(house: House, scenario: Scenario) -> None:
    address = share(house, scenario)
    save_draft(house.organisation, {"format": 1, "id": "x", "title": "X", "secret": 1}, by=None, scenario=scenario)
    told = Client().post(f"{address}play/", "{}", content_type="application/json").json()
    assert [finding["code"] for finding in told["findings"]] == ["play.not-playable"]


def test_previews_show_the_draft_and_the_storyboard(house: House, scenario: Scenario) -> None:
    client = sign_in(house.designer)
    url = reverse("scenarios:preview_on_edit", args=[scenario.pk])
    posted = {"document": json.dumps({"document": document(title="Unsaved"), "layout": {}})}
    assert client.post(url, posted).json() == {"is_valid": True, "is_available": True}
    for mode in ("play", "storyboard"):
        page = client.get(url, {"mode": mode})
        assert page.status_code == 200
        assert b"Unsaved" in page.content
    assert b"What do you say?" in client.get(url, {"mode": "storyboard"}).content
