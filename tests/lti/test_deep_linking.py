"""Choosing content: the page, and the signed answer that the LMS gets."""

import re
import time
from html import unescape

import jwt
import pytest

from lti import claims as names
from lti.models import LaunchRecord, ToolKey
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
        "custom": {"branchwise_target": f"course:{COURSE}/m2", "branchwise_item": own},
        "lineItem": {"scoreMaximum": 100, "label": "Refund", "resourceId": own, "tag": "branchwise"},
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


def test_d1_cancelled_choice_is_an_empty_one(lms, visitor):
    _, body = choose(lms, visitor, [f"scenario:{SCENARIO}"], cancel="1")
    assert body[ITEMS] == []


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
