"""Choosing content: the page, and the signed answer that the LMS gets."""

import re
import time
from html import unescape
from urllib.parse import urlsplit

import jwt
import pytest

from lti import claims as names
from lti.models import LaunchRecord, ResourceLink, ToolKey
from lti.products.base import END_DATES
from tests.lti.conftest import COURSE, SCENARIO
from tests.lti.signing_platform import post_launch

ITEMS = names.DEEP_LINKING_ITEMS


def begin(lms, visitor, settings=None, **changes):
    asked = lms.begin(visitor)
    body = lms.deep_linking_claims(asked["nonce"], settings, **changes)
    return post_launch(visitor, lms.sign(body), asked["state"])


def field(page, name):
    return unescape(re.search(rf'name="{name}" value="([^"]*)"', page.content.decode()).group(1))


def choose(lms, visitor, picks, settings=None, **fields):
    """Choose on the page; returns the answer page and the decoded response."""
    page = begin(lms, visitor, settings)
    posted = {"request": field(page, "request"), "pick": picks, "graded": "1", **fields}
    answer = visitor.post("/lti/deep-link/answer/", posted)
    token = field(answer, "JWT")
    key = jwt.PyJWK(ToolKey.objects.get().public_jwk)
    return answer, jwt.decode(token, key.key, algorithms=["RS256"], audience=lms.row.issuer)


def test_page_offers_courses_modules_and_scenarios(lms, visitor):
    page = begin(lms, visitor)
    text = page.content.decode()
    assert page.status_code == 200
    for value in (f"course:{COURSE}", f"course:{COURSE}/m1", f"course:{COURSE}/m2", f"scenario:{SCENARIO}"):
        assert f'value="{value}"' in text
    assert 'type="checkbox" name="pick"' in text


def test_search_narrows_what_is_offered(lms, visitor):
    page = begin(lms, visitor)
    found = visitor.post("/lti/deep-link/", {"request": field(page, "request"), "words": "refund"}).content.decode()
    assert f"scenario:{SCENARIO}" in found
    assert f'value="course:{COURSE}"' not in found


def test_d1_lms_that_takes_one_gets_radio_buttons_and_one_item(lms, visitor):
    page = begin(lms, visitor, {"accept_multiple": False})
    assert 'type="radio" name="pick"' in page.content.decode()
    _, body = choose(lms, visitor, [f"course:{COURSE}", f"scenario:{SCENARIO}"], {"accept_multiple": "false"})
    assert len(body[ITEMS]) == 1


def test_response_says_everything_that_counts(lms, visitor):
    now = int(time.time())
    answer, body = choose(lms, visitor, [f"course:{COURSE}/m2"], {"data": "opaque"})
    [item] = body.pop(ITEMS)
    assert body.pop("nonce") and body.pop("exp") > now
    assert now - 8 <= body.pop("iat") <= now - 4
    assert body == {
        "iss": "client-lms",
        "aud": ["https://lms.example.org"],
        names.DEPLOYMENT_ID: "1",
        names.MESSAGE_TYPE: "LtiDeepLinkingResponse",
        names.VERSION: "1.3.0",
        names.DEEP_LINKING_DATA: "opaque",
    }
    own = item["custom"]["branchwise_item"]
    assert item == {
        "type": "ltiResourceLink",
        "title": "Refund",
        "text": "Six calls.",
        "url": "http://localhost:9100/lti/launch/",
        "custom": {"branchwise_target": f"course:{COURSE}/m2", "branchwise_item": own, **END_DATES},
        "lineItem": {"scoreMaximum": 100, "label": "Refund", "resourceId": own, "tag": "branchwise"},
        "iframe": {"width": 1000, "height": 720},
    }
    assert answer.status_code == 200


def test_d1_data_is_not_sent_where_there_was_none(lms, visitor):
    _, body = choose(lms, visitor, [f"scenario:{SCENARIO}"])
    assert names.DEEP_LINKING_DATA not in body


def test_several_choices_have_columns_of_their_own(lms, visitor):
    _, body = choose(lms, visitor, [f"course:{COURSE}", f"course:{COURSE}/m1", f"course:{COURSE}/m2"])
    ids = [item["lineItem"]["resourceId"] for item in body[ITEMS]]
    assert len(set(ids)) == 3
    assert [item["title"] for item in body[ITEMS]] == ["Care for customers", "First call", "Refund"]


@pytest.mark.parametrize(("wishes", "fields"), [({"accept_lineitem": False}, {}), (None, {"graded": ""})])
def test_no_column_where_lms_or_teacher_wants_none(lms, visitor, wishes, fields):
    _, body = choose(lms, visitor, [f"scenario:{SCENARIO}"], wishes, **fields)
    assert "lineItem" not in body[ITEMS][0]


def test_d1_cancelled_choice_is_an_empty_one_with_a_word(lms, visitor):
    _, body = choose(lms, visitor, [f"scenario:{SCENARIO}"], cancel="1")
    assert (body[ITEMS], body[names.DEEP_LINKING_MESSAGE]) == ([], "Nothing was chosen.")
    assert names.DEEP_LINKING_ERROR not in body


def test_d1_content_that_is_gone_is_answered_with_an_error(lms, visitor, content):
    page = begin(lms, visitor)
    content.all = []
    answer = visitor.post(
        "/lti/deep-link/answer/", {"request": field(page, "request"), "pick": f"scenario:{SCENARIO}", "graded": "1"}
    )
    body = jwt.decode(field(answer, "JWT"), options={"verify_signature": False})
    assert (answer.status_code, body[ITEMS]) == (400, [])
    assert "not published any more" in body[names.DEEP_LINKING_ERROR]
    assert 'action="https://lms.example.org/deep_links"' in answer.content.decode()
    assert LaunchRecord.objects.filter(code="launch.content_gone").exists()


def test_choice_of_nothing_stays_on_the_page(lms, visitor):
    page = begin(lms, visitor)
    for path in ("/lti/deep-link/answer/", "/lti/deep-link/details/"):
        text = visitor.post(path, {"request": field(page, "request")}).content.decode()
        assert "Nothing is chosen yet" in text
        assert 'name="JWT"' not in text


# --- titles and points of each


def make(lms, visitor, picks, product="", **wishes):
    """Go by way of the page of titles and points; returns it and the items."""
    type(lms.row).objects.update(product=product)
    page = begin(lms, visitor)
    token = field(page, "request")
    asked = visitor.post("/lti/deep-link/details/", {"request": token, "pick": picks})
    posted = {"request": field(asked, "request"), "pick": picks}
    for number, pick in enumerate(picks):
        points = wishes.get("points", [100] * len(picks))[number]
        if points is not None:
            posted[f"graded:{pick}"] = "1"
        posted[f"points:{pick}"] = points or ""
        posted[f"title:{pick}"] = wishes.get("titles", [""] * len(picks))[number]
    answer = visitor.post("/lti/deep-link/answer/", posted)
    return asked.content.decode(), jwt.decode(field(answer, "JWT"), options={"verify_signature": False})[ITEMS]


def test_each_choice_has_its_own_title_and_points(lms, visitor):
    picks = [f"course:{COURSE}/m1", f"course:{COURSE}/m2", f"scenario:{SCENARIO}"]
    page, items = make(lms, visitor, picks, points=[20, None, 250], titles=["Warm-up", "", "Final call"])
    assert "Make 3 activities" in page
    assert [item["title"] for item in items] == ["Warm-up", "Refund", "Final call"]
    assert [item.get("lineItem", {}).get("scoreMaximum") for item in items] == [20, None, 250]
    assert [item["lineItem"]["label"] for item in items if "lineItem" in item] == ["Warm-up", "Final call"]


@pytest.mark.parametrize(
    ("product", "typed", "points"),
    [("moodle", 250, 100), ("moodle", 0, 100), ("moodle", "7.5", 100), ("canvas", 250, 250), ("canvas", -3, 100)],
)
def test_points_stay_within_what_the_lms_takes(lms, visitor, product, typed, points):
    _, [item] = make(lms, visitor, [f"scenario:{SCENARIO}"], product, points=[typed])
    assert item["lineItem"]["scoreMaximum"] == points


def test_long_title_is_cut_for_activity_and_column(lms, visitor):
    _, [item] = make(lms, visitor, [f"scenario:{SCENARIO}"], titles=["x" * 400])
    assert (len(item["title"]), len(item["lineItem"]["label"])) == (255, 100)


@pytest.mark.parametrize(("product", "reviews"), [("moodle", True), ("canvas", False), ("openedx", False)])
def test_gradebooks_that_open_attempts_are_asked_to(lms, visitor, product, reviews):
    _, [item] = make(lms, visitor, [f"scenario:{SCENARIO}"], product)
    assert ("submissionReview" in item["lineItem"]) is reviews


def test_frame_is_measured_only_where_frames_are_taken(lms, visitor):
    _, body = choose(lms, visitor, [f"scenario:{SCENARIO}"], {"accept_presentation_document_targets": ["window"]})
    assert "iframe" not in body[ITEMS][0]


# --- looking closer, and choosing again


def test_look_shows_more_and_keeps_what_is_ticked(lms, visitor):
    page = begin(lms, visitor)
    posted = {"request": field(page, "request"), "pick": f"scenario:{SCENARIO}", "look": f"course:{COURSE}"}
    text = visitor.post("/lti/deep-link/", posted).content.decode()
    assert 'id="preview"' in text
    assert "<li><bdi>First call</bdi></li>" in text
    assert f'value="scenario:{SCENARIO}" checked' in text


@pytest.mark.parametrize(
    "look", ["x", "course:", f"course:{COURSE}/m9", "scenario:30000000-0000-4000-8000-000000000009"]
)
def test_look_at_what_is_not_there_shows_the_list(lms, visitor, look):
    page = begin(lms, visitor)
    answer = visitor.post("/lti/deep-link/", {"request": field(page, "request"), "look": look})
    assert (answer.status_code, 'id="preview"' in answer.content.decode()) == (200, False)


def test_changing_an_activity_ticks_its_content_and_keeps_its_item(lms, visitor):
    """The LMS sends what the link holds: custom parameters of its own."""
    page = begin(lms, visitor).content.decode()
    assert f'value="scenario:{SCENARIO}" checked' in page
    assert "The content of this activity now is ticked" in page
    _, body = choose(lms, visitor, [f"scenario:{SCENARIO}"])
    assert body[ITEMS][0]["custom"]["branchwise_item"] == "item-1"
    assert body[ITEMS][0]["lineItem"]["resourceId"] == "item-1"


def test_new_activity_has_an_item_of_its_own(lms, visitor):
    del lms.extra[names.CUSTOM]
    first, second = (choose(lms, visitor, [f"scenario:{SCENARIO}"])[1][ITEMS][0] for _ in range(2))
    assert first["custom"]["branchwise_item"] != second["custom"]["branchwise_item"]


def test_same_content_chosen_again_loses_nobodys_work(lms, visitor):
    """An LMS that does not say what the link holds: the new item replaces the old one, the placement stays."""
    first = lms.launch(visitor)
    again = {"branchwise_target": f"scenario:{SCENARIO}", "branchwise_item": "item-2"}
    second = lms.launch(visitor, custom=again)
    assert urlsplit(first["Location"]).path == urlsplit(second["Location"]).path
    assert ResourceLink.objects.get().item == "item-2"


def test_s17_answer_posts_itself_to_the_lms_without_inline_script(lms, visitor):
    answer, _ = choose(lms, visitor, [f"scenario:{SCENARIO}"])
    policy, text = answer["Content-Security-Policy"], answer.content.decode()
    assert 'action="https://lms.example.org/deep_links"' in text
    assert "form-action https://lms.example.org" in policy
    assert "frame-ancestors https://lms.example.org" in policy
    assert not re.search(r"<script(?![^>]*src=)", text)


def test_s17_hostile_return_address_is_no_way_into_the_page(lms, visitor):
    page = begin(lms, visitor, {"deep_link_return_url": 'https://lms.example.org/"><script>alert(1)</script>'})
    assert (page.status_code, LaunchRecord.objects.get().code) == (400, "launch.claim")


@pytest.mark.parametrize(
    "pick",
    ["scenario:30000000-0000-4000-8000-000000000009", f"course:{COURSE}/m9", f"scenario:{SCENARIO}/m1", "x", "course:"],
)
def test_what_was_not_offered_cannot_be_chosen(lms, visitor, pick):
    page = begin(lms, visitor)
    answer = visitor.post("/lti/deep-link/answer/", {"request": field(page, "request"), "pick": [pick]})
    assert answer.status_code == 400


@pytest.mark.parametrize("token", ["", "made-up", "a:b:c", "\0"])
def test_request_token_cannot_be_made_up(lms, visitor, token):
    for path in ("/lti/deep-link/", "/lti/deep-link/answer/"):
        assert visitor.post(path, {"request": token}).status_code == 400
    assert {record.code for record in LaunchRecord.objects.all()} == {"deep_link.expired"}


def test_chosen_content_is_what_the_activity_then_opens(lms, visitor):
    """C23: the returned link is launched."""
    _, body = choose(lms, visitor, [f"course:{COURSE}/m2"])
    custom = body[ITEMS][0]["custom"]
    response = lms.launch(visitor, custom=custom)
    assert response.status_code == 303


def test_settings_without_presentation_targets_are_fine(lms, visitor):
    assert begin(lms, visitor, {"accept_presentation_document_targets": None}).status_code == 200
