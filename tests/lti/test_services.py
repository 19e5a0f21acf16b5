"""Service calls: rosters page by page, addresses, pauses; and pylti1p3's own service over our connector (C24, C25)."""

from decimal import Decimal
from urllib.parse import parse_qs

import pytest
from django.core.management import CommandError, call_command
from pylti1p3.names_roles import NamesRolesProvisioningService

from foundation.api import Answer
from learning.api import Participation
from lti import roster
from lti.models import Context, LineItem
from lti.protocol.connector import Connector
from lti.protocol.registration import PlatformRegistration
from lti.services import ags, calls, nrps
from lti.services.errors import NotAdmitted, ServiceError, retry_after_s
from tests.lti.fake_lms import FakeLms
from tests.lti.fake_web import Call, answer
from tests.lti.grading import deliver, give_grade

AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"


@pytest.fixture
def rosters(lms, web):
    """A roster of three pages; the address of the second has capitals that count."""
    FakeLms(web, lms.row.issuer)
    base = f"{lms.row.issuer}/members"
    pages = {"": ("person-7", "WyJBYkNk"), "WyJBYkNk": ("person-8", "last"), "last": ("person-9", None)}

    def serve(call):
        page = call.url.partition("page=")[2]
        sub, following = pages[page]
        link = {"Link": f'<{base}?page={following}>; rel="next"'} if following else {}
        member = {"user_id": sub, "given_name": "Ada", "family_name": sub.title(), "roles": ["Learner"]}
        return answer(call, 200, {"id": base, "members": [member]}, link)

    web.on("GET", base, serve)
    return base


def test_roster_is_read_to_its_end(lms, rosters, web):
    assert [member.sub for member in nrps.read_members(lms.row, rosters)] == ["person-7", "person-8", "person-9"]
    assert {call.headers["Accept"] for call in web.calls if call.path == rosters} == {nrps.CONTAINER_TYPE}
    [asked] = web.made("POST", f"{lms.row.issuer}/token")
    assert asked.form()["scope"] == "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"


def test_roster_that_points_at_itself_ends(lms, web):
    FakeLms(web, lms.row.issuer)
    base = f"{lms.row.issuer}/members"
    web.on("GET", base, lambda call: answer(call, 200, {"members": []}, {"Link": f'<{base}>; rel="next"'}))
    assert list(nrps.read_members(lms.row, base)) == []


def test_members_and_groups_that_no_launch_could_name_are_passed_over(lms, web):
    FakeLms(web, lms.row.issuer)
    ids = ["a\0b", "x" * 256, None, "", ["1"] * 200, 7, "person-7"]
    enrolled = [{"group_id": each} for each in ids]
    rows = [{"user_id": each, "group_enrollments": enrolled} for each in ids]
    web.serve_json(f"{lms.row.issuer}/members", {"members": rows})
    web.serve_json(f"{lms.row.issuer}/groups", {"groups": [{"id": each, "name": "North"} for each in ids]})
    found = list(nrps.read_members(lms.row, f"{lms.row.issuer}/members"))
    assert [(member.sub, member.groups) for member in found] == [(sub, ("7", "person-7")) for sub in ("7", "person-7")]
    groups = nrps.read_groups(lms.row, f"{lms.row.issuer}/groups")
    assert groups == [{"id": key, "name": "North"} for key in ("7", "person-7")]


def test_names_are_taken_over_for_people_who_launched_and_for_nobody_else(lms, rosters, visitor):
    lms.launch(visitor, namesroleservice=None, **{NRPS: {"context_memberships_url": rosters}})
    assert roster.take_over_names(Context.objects.get()) == 1
    assert Participation.objects.get().learner.display_name == "Ada Person-7"


def test_services_of_the_library_run_over_our_connector(lms, rosters):
    service = NamesRolesProvisioningService(
        Connector(PlatformRegistration(lms.row)), {"context_memberships_url": rosters}
    )
    assert [member["user_id"] for member in service.get_members()] == ["person-7", "person-8", "person-9"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.org/lineitem?type_id=2", "https://x.org/lineitem/scores?type_id=2"),
        ("https://x.org/lineitem", "https://x.org/lineitem/scores"),
        ("https://x.org/lineitem/?a=b?c", "https://x.org/lineitem/scores?a=b?c"),
    ],
)
def test_a1_path_goes_before_the_query(url, expected):
    assert calls.under(url, "/scores") == expected


def paged(web, base, rows, size):
    """Serve a list in pages whose addresses hold capitals that count."""

    def serve(call):
        number = int(call.url.partition("Page=")[2] or 0)
        more = {"Link": f'<{base}?Page={number + 1}>; rel="next"'} if (number + 1) * size < len(rows) else {}
        return answer(call, 200, rows[number * size :][:size], more)

    web.on("GET", base, serve)


def test_a6_column_is_found_on_a_later_page(lms, web):
    book = FakeLms(web, lms.row.issuer)
    rows = [{"id": f"{book.items_url}/{number}", "resourceLinkId": f"link-{number}"} for number in range(25)]
    paged(web, book.items_url, rows, 10)
    assert ags.find_line_item(lms.row, book.items_url, "link-23", "") == f"{book.items_url}/23"
    assert ags.find_line_item(lms.row, book.items_url, "link-99", "") is None
    asked = [call.url.partition("?")[2] for call in web.made("GET", book.items_url)]
    assert asked == [
        f"resource_link_id=link-{number}" if not page else f"Page={page}" for number in (23, 99) for page in range(3)
    ]


def test_a6_result_is_found_on_a_later_page(lms, web):
    book = FakeLms(web, lms.row.issuer)
    base = book.item_url.replace("lineitem?type_id=2", "results")
    rows = [{"userId": f"person-{number}", "resultScore": number, "resultMaximum": 100} for number in range(25)]
    paged(web, base, rows, 10)
    item = base.removesuffix("/results")
    assert ags.read_result(lms.row, item, "person-21", filtered=False).ratio == Decimal("0.21")
    assert ags.read_result(lms.row, item, "person-99", filtered=False) is None


def test_a6_column_of_ours_is_made_changed_and_deleted(lms, web):
    book = FakeLms(web, lms.row.issuer)
    url = ags.make_line_item(lms.row, book.items_url, {"label": "Care", "scoreMaximum": 100})
    web.on("DELETE", url, lambda call: answer(call, 204))
    ags.change_line_item(lms.row, url, {"label": "Care for customers", "scoreMaximum": 20})
    assert [(item["label"], item["scoreMaximum"]) for item in book.items] == [("Care for customers", 20)]
    assert ags.delete_line_item(lms.row, url).status == 204
    [put] = web.made("PUT", url)
    assert put.headers["Accept"] == put.headers["Content-Type"] == ags.ITEM_TYPE


@pytest.mark.parametrize(("status", "body"), [(200, b""), (204, b""), (200, b"updated")])
def test_change_of_a_column_needs_no_answer_but_its_status(lms, web, status, body):
    url = FakeLms(web, lms.row.issuer).item_url.partition("?")[0]
    web.on("PUT", url, lambda call: answer(call, status, body))
    ags.change_line_item(lms.row, url, {"label": "Care"})
    web.on("PUT", url, lambda call: answer(call, 403, b"no"))
    with pytest.raises(ServiceError, match="The LMS answered 403: no"):
        ags.change_line_item(lms.row, url, {"label": "Care"})


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ('<https://x.example/?a=1,2>; rel="next"', "https://x.example/?a=1,2"),
        ("<https://x.example/a>; rel=prev, <https://x.example/B>; rel=next", "https://x.example/B"),
        ('<https://x.example/a>; title="more"; rel="next"', "https://x.example/a"),
        ("< <https://x.example/b>; rel=next", "https://x.example/b"),
        ("<" * 60_000, ""),
        ('<https://x.example/a>; rel="nextish"', ""),
    ],
    ids=["comma", "second", "after a title", "stray bracket", "nothing but brackets", "another word"],
)
def test_linked_address_is_read_from_whatever_a_header_holds(web, header, found):
    call = Call("GET", "https://x.example/", {}, None)
    assert calls.linked(answer(call, 200, [], {"Link": header}), "next") == found


def test_n1_thousand_members_are_read_page_by_page(lms, web):
    FakeLms(web, lms.row.issuer)
    base = f"{lms.row.issuer}/members"
    people = [{"user_id": f"person-{number}", "roles": ["Learner"]} for number in range(1000)]

    def serve(call):
        number = int(call.url.partition("Page=")[2] or 0)
        more = {"Link": f'<{base}?Page={number + 1}>; rel="next"'} if number < 9 else {}
        return answer(call, 200, {"members": people[number * 100 :][:100]}, more)

    web.on("GET", base, serve)
    found = [member.sub for member in nrps.read_members(lms.row, base, limit=100, link_id="link-1", role=nrps.LEARNER)]
    assert found == [person["user_id"] for person in people]
    first, *later = [call.url.partition("?")[2] for call in web.made("GET", base)]
    assert parse_qs(first) == {"role": [nrps.LEARNER], "limit": ["100"], "rlid": ["link-1"]}
    assert later == [f"Page={number}" for number in range(1, 10)]


def test_parameters_are_encoded():
    url = calls.with_parameters("https://x.org/items?type=2", resource_link_id="block-v1:a+b@c")
    assert url == "https://x.org/items?type=2&resource_link_id=block-v1%3Aa%2Bb%40c"


@pytest.mark.parametrize(
    ("value", "seconds"), [("7", 7), ("0", 1), ("999999", 3600), ("", 30), ("soon", 30), ("-5", 30), ("٣", 30)]
)
def test_pause_is_kept_within_reason(value, seconds):
    assert retry_after_s(Answer("https://x.org", 429, {"Retry-After": value}, b"")) == seconds


def test_pause_may_be_a_date():
    answered = Answer("https://x.org", 429, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, b"")
    assert retry_after_s(answered) == 1


@pytest.mark.parametrize(
    ("product", "url", "admitted"),
    [
        ("", "https://lms.example.org/x", True),
        ("", "https://lms.example.org:444/x", False),
        ("", "http://lms.example.org/x", False),
        ("", "https://lms.example.org.evil.net/x", False),
        ("", "https://lms.example.org@evil.net/x", False),
        ("", "https://school.instructure.com/x", False),
        ("canvas", "https://school.instructure.com/x", True),
        ("canvas", "https://evilinstructure.com/x", False),
        ("", "nonsense", False),
    ],
)
def test_tokens_go_to_hosts_of_the_registration_only(lms, product, url, admitted):
    lms.row.product = product
    assert calls.admits(lms.row, url) is admitted
    if not admitted:
        with pytest.raises(NotAdmitted):
            calls.check_admitted(lms.row, url)


def test_host_that_an_admin_added_is_admitted(lms):
    lms.row.settings = {"origins": ["https://grades.example.net"]}
    assert calls.admits(lms.row, "https://grades.example.net/items/3")


def test_commands_deliver_and_verify_without_a_page(lms, web, visitor, capsys):
    """C25: grades can be driven without a browser."""
    book = FakeLms(web, lms.row.issuer)
    lms.extra[AGS] = book.endpoint
    lms.launch(visitor)
    give_grade(Participation.objects.get(), "0.5")
    call_command("deliver_grades", "--once")
    call_command("grades", "verify")
    assert capsys.readouterr().out == "1 tried, 0 on their way.\nEvery gradebook holds what was sent.\n"
    book.cells["person-7"].score = 70
    with pytest.raises(CommandError, match="1 cell differs"):
        call_command("grades", "verify")
    assert deliver() == 0


def test_unreadable_service_claims_are_ignored(lms, visitor):
    endpoints: list[object] = ["x", [], {"scope": "x", "lineitem": 7}, {"lineitem": "javascript:x", "scope": [1]}]
    for endpoint in endpoints:
        assert lms.launch(visitor, **{AGS: endpoint}).status_code == 303


@pytest.mark.parametrize("address", ["https://[", "https://x:y/", "https:///a", "https://x.example:99999/"])
def test_what_looks_like_an_address_and_is_none_counts_as_absent(lms, visitor, address):
    scopes = [f"https://purl.imsglobal.org/spec/lti-ags/scope/{name}" for name in ("score", "a\0b")]
    endpoint = {"scope": scopes, "lineitem": f"{lms.row.issuer}/items/3", "lineitems": address}
    more = {AGS: endpoint, NRPS: {"context_memberships_url": address}, "presentation": {"return_url": address}}
    assert lms.launch(visitor, **more).status_code == 303
    assert Context.objects.get().memberships_url == ""
    column = LineItem.objects.get()
    assert (column.items_url, column.scopes) == ("", scopes[:1])
