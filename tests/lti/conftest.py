"""An organisation with content, a registered platform, and an Internet of the test's own."""

import os
from itertools import count
from types import SimpleNamespace
from uuid import UUID

import pylti1p3
import pytest

from foundation.api import Organisation, client_for_this_site
from learning.api import Participation
from lti import key_sets, ports, registration, tool_keys
from lti.grades import lanes
from lti.models import Deployment, Platform, PlatformStatus
from lti.ports import Content, Part
from lti.services import calls, tokens
from sandbox_lms import testing
from tests.lti import over_http
from tests.lti.enrolling import enrol
from tests.lti.fake_web import FakeWeb, answer
from tests.lti.signing_platform import SigningPlatform, public_jwk, rsa_key

SCENARIO = UUID("10000000-0000-4000-8000-000000000001")
COURSE = UUID("20000000-0000-4000-8000-000000000001")
CONTENT = [
    Content("course", COURSE, "Care for customers", "Six calls.", 40, (Part("m1", "First call"), Part("m2", "Refund"))),
    Content("scenario", SCENARIO, "The refund", "An upset customer.", 10),
]


@pytest.fixture(scope="session", autouse=True)
def _library_that_was_asked_for():
    """A run against the other distribution of the library must not quietly test the usual one."""
    wanted = os.environ.get("BRANCHWISE_TEST_LTI_LIBRARY", "")
    assert str(pylti1p3.__file__).startswith(wanted), pylti1p3.__file__


@pytest.fixture(autouse=True)
def _keys_made_once(monkeypatch):
    """Making a key takes longer than most tests: the first, second ... key of each test is the same in all of them."""
    numbers = count(1)
    monkeypatch.setattr(
        tool_keys, "generate_private_key", lambda *, key_size, **_: rsa_key(f"of the tool {next(numbers)}", key_size)
    )


@pytest.fixture(autouse=True)
def _lanes_as_they_start():
    lanes.forget_all()  # a process remembers platforms by their keys, and each test's platform is number 1


@pytest.fixture(autouse=True)
def _kinds_of_the_site(settings):
    """The test settings list chores only; here the site's own work is run, and nobody is knocked up by messages."""
    settings.WORK_KINDS = "config.work.KINDS"


@pytest.fixture
def organisation(db):
    return Organisation.objects.create(name="North College", slug="north")


@pytest.fixture
def web(monkeypatch):
    """Every outbound call of this app goes here."""
    found = FakeWeb()
    for module in (key_sets, tokens, calls, registration):
        monkeypatch.setattr(module, "client_for_this_site", lambda: found)
    tokens.forget_all()
    return found


@pytest.fixture
def content(monkeypatch, organisation):
    """What the organisation has published; other organisations have nothing."""
    published = SimpleNamespace(all=list(CONTENT))

    def search(asking, words):
        if asking != organisation:
            return []
        wanted = words.lower().split()
        return [each for each in published.all if all(word in each.title.lower() for word in wanted)]

    monkeypatch.setattr(ports, "search_content", search)
    return published


def add_platform(web, organisation, *, name="lms", key="first", deployment_id="1", **fields):
    """Register a platform that publishes its key."""
    issuer = f"https://{name}.example.org"
    row = Platform.objects.create(
        organisation=organisation,
        name=name,
        issuer=issuer,
        client_id=f"client-{name}",
        status=PlatformStatus.ACTIVE,
        auth_url=f"{issuer}/auth",
        token_url=f"{issuer}/token",
        jwks_url=f"{issuer}/jwks",
        **fields,
    )
    Deployment.objects.create(platform=row, organisation=organisation, deployment_id=deployment_id)
    platform = SigningPlatform(row, rsa_key(key), deployment_id=deployment_id)
    web.on("GET", row.jwks_url, lambda call: answer(call, 200, {"keys": [public_jwk(platform.key, platform.kid)]}))
    return platform


@pytest.fixture
def lms(web, content, organisation):
    """An active platform whose activities show the scenario."""
    platform = add_platform(web, organisation)
    platform.extra["https://purl.imsglobal.org/spec/lti/claim/custom"] = {
        "branchwise_target": f"scenario:{SCENARIO}",
        "branchwise_item": "item-1",
    }
    return platform


@pytest.fixture(scope="session")
def served(django_db_setup, django_db_blocker):
    """This site behind a real socket, for visitors."""
    with django_db_blocker.unblock(), over_http.serving() as url:
        yield url


@pytest.fixture
def visitor(served, db):
    """A browser that speaks real HTTP."""
    found = over_http.Visitor(served)
    yield found
    found.close()


@pytest.fixture
def stranger(served, db):
    """Another browser."""
    found = over_http.Visitor(served)
    yield found
    found.close()


@pytest.fixture(scope="package")
def sandbox():
    with testing.start() as running:
        yield running


@pytest.fixture
def site(live_server, settings, content):
    """This site on localhost, allowed to call 127.0.0.1: for a browser, another site."""
    settings.PUBLIC_URL = live_server.url
    settings.ALLOW_LOOPBACK = True
    client_for_this_site.cache_clear()
    tokens.forget_all()
    yield live_server.url
    client_for_this_site.cache_clear()


@pytest.fixture
def book(lms, web, visitor):
    """The gradebook of an LMS with one learner, who has launched once."""
    return enrol(lms, web, visitor)[0]


@pytest.fixture
def participation(book):
    return Participation.objects.get()
