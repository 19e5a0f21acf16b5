"""Login and warm launch: ours against a bare Django view, with stock pylti1p3 and ltijs measured beside them.

All are asked as an LMS's frame asks: the login, then the launch with a token signed for its nonce, which is not timed.
What the bare view verifies and keeps is benchmarks.bare_launch.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from functools import cache
from http.cookies import SimpleCookie
from io import BytesIO
from itertools import count
from statistics import median
from time import process_time
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

from benchmarks import ltijs, site
from benchmarks.row import Row

LAUNCHES = 40
ROUNDS_BESIDE = 3
PEOPLE = 20
KID = "key-1"
HOST = "localhost:9100"
LTI = "https://purl.imsglobal.org/spec/lti/claim/"
_turns = count()


@dataclass(frozen=True)
class School:
    """An LMS with one activity, as far as logins and launches go."""

    issuer: str
    client_id: str
    key: Any = field(repr=False)

    def login_parameters(self, target: str, person: str) -> dict[str, str]:
        return {
            "iss": self.issuer, "client_id": self.client_id, "login_hint": person, "lti_message_hint": '{"cmid": 3}',
            "target_link_uri": target, "lti_deployment_id": "1",
        }  # fmt: skip

    def token(self, nonce: str, target: str, person: str) -> str:
        """Return the signed message of a learner's launch, with a claim of the gradebook as Moodle sends it."""
        import jwt

        now = int(time.time())
        body = {
            "iss": self.issuer, "aud": self.client_id, "sub": person, "iat": now, "exp": now + 60, "nonce": nonce,
            "name": f"Learner {person}", "given_name": "Learner", "family_name": person, "locale": "en",
            f"{LTI}message_type": "LtiResourceLinkRequest", f"{LTI}version": "1.3.0", f"{LTI}deployment_id": "1",
            f"{LTI}target_link_uri": target, f"{LTI}resource_link": {"id": "link-1", "title": "Refund"},
            f"{LTI}roles": ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
            f"{LTI}context": {"id": "course-1", "title": "Care", "type": ["CourseSection"]},
            f"{LTI}launch_presentation": {"locale": "en", "return_url": f"{self.issuer}/course/3"},
            f"{LTI}tool_platform": {"guid": "1", "product_family_code": "moodle", "version": "2025041400"},
            "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": {
                "scope": ["https://purl.imsglobal.org/spec/lti-ags/scope/score"],
                "lineitems": f"{self.issuer}/items", "lineitem": f"{self.issuer}/items/1",
            },
        }  # fmt: skip
        return jwt.encode(body, self.key, algorithm="RS256", headers={"kid": KID})


@dataclass(frozen=True)
class Answer:
    """What a tool answered: where the browser goes, and what it keeps."""

    status: int
    location: str
    cookies: dict[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Tool:
    """One WSGI application, and the paths of its two doors."""

    application: Any
    login: str
    launch: str

    def post(self, path: str, form: dict[str, str], cookies: dict[str, str]) -> tuple[Answer, float]:
        """Post a form as a browser's frame does; return the answer and the process time it took."""
        body = urlencode(form).encode()
        environ = {
            "REQUEST_METHOD": "POST", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "localhost",
            "SERVER_PORT": "9100", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": HOST, "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body)),
            "HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.9", "HTTP_SEC_FETCH_DEST": "iframe", "HTTP_USER_AGENT": "Mozilla/5.0",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "wsgi.input": BytesIO(body), "wsgi.url_scheme": "http", "wsgi.errors": None,
        }  # fmt: skip
        said: list[Any] = []
        begun = process_time()
        response = self.application(environ, lambda status, headers, info=None: said.extend((status, headers)))
        content = b"".join(response)
        response.close()
        taken = process_time() - begun
        headers = [(name.lower(), value) for name, value in said[1]]
        kept = dict(cookies)
        for name, value in headers:
            if name == "set-cookie":
                kept |= {each.key: each.value for each in SimpleCookie(value.replace("Partitioned", "")).values()}
        return Answer(int(said[0].split()[0]), dict(headers).get("location", ""), kept, content), taken


def let_in(tool: Tool, school: School, person: str) -> tuple[Answer, float]:
    """Carry one login and launch through; return where it ended and the process time of the tool."""
    target = f"http://{HOST}{tool.launch}"
    # The cookie by which our login knows that this browser keeps cookies: everybody's but the very first time.
    begun = {"lti-cookies-last": "1"}
    answer, first = tool.post(tool.login, school.login_parameters(target, person), begun)
    if answer.status != 302:
        raise AssertionError(f"The login at {tool.login} answered {answer.status}: {answer.body[:600]!r}")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer.location).query).items()}
    form = {"id_token": school.token(asked["nonce"], target, person), "state": asked["state"]}
    answer, second = tool.post(tool.launch, form, answer.cookies)
    if answer.status not in (302, 303):
        raise AssertionError(f"The launch at {tool.launch} answered {answer.status}: {answer.body[:600]!r}")
    return answer, first + second


@cache
def _school() -> School:
    """Make the platform, its activity and the people, each of whom has launched once."""
    site.ready()
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
    from django.utils import timezone
    from jwt.algorithms import RSAAlgorithm

    from foundation.api import Organisation
    from learning.api import Target, create_placement, new_cohort
    from lti.models import Context, Deployment, LineItem, Platform, PlatformStatus, ResourceLink

    name, key = uuid4().hex[:12], generate_private_key(65537, 2048)
    issuer = f"http://127.0.0.1:9/{name}"
    house = Organisation.objects.create(name="Benchmarks", slug=f"bench-{name}")
    platform = Platform.objects.create(
        organisation=house, issuer=issuer, client_id=name, status=PlatformStatus.ACTIVE, product="moodle",
        auth_url=f"{issuer}/auth", token_url=f"{issuer}/token",
        key_set={"keys": [{**json.loads(RSAAlgorithm.to_jwk(key.public_key())), "kid": KID, "alg": "RS256"}]},
        key_set_fetched_at=timezone.now(),
    )  # fmt: skip
    deployment = Deployment.objects.create(platform=platform, organisation=house, deployment_id="1")
    cohort = new_cohort(house, "Benchmarks")
    placement = create_placement(house, cohort, Target("scenario", uuid4()))
    context = Context.objects.create(deployment=deployment, context_id="course-1", cohort=cohort)
    column = LineItem.objects.create(
        deployment=deployment, context=context, placement=placement, url=f"{issuer}/items/1", label="Column",
        scopes=["https://purl.imsglobal.org/spec/lti-ags/scope/score"],
    )  # fmt: skip
    ResourceLink.objects.create(
        deployment=deployment, context=context, placement=placement, link_id="link-1", title="Refund", line_item=column
    )
    school = School(issuer, name, key)
    for number in range(PEOPLE):
        let_in(_our_tool(), school, f"person-{number}")
    return school


@cache
def _our_tool() -> Tool:
    from django.core.handlers.wsgi import WSGIHandler

    return Tool(WSGIHandler(), "/lti/login/", "/lti/launch/")


@cache
def _bare_tool() -> Tool:
    return Tool(_stock_application("benchmarks.bare_launch.answered_here"), "/bare/login/", "/bare/launch/")


@cache
def _pylti1p3_tool() -> Tool:
    from benchmarks import pylti1p3_launch

    school = _school()
    pylti1p3_launch.configure(school.issuer, school.client_id, _public_key())
    return Tool(_stock_application("benchmarks.pylti1p3_launch.answered_here"), "/stock/login/", "/stock/launch/")


def _stock_application(middleware: str) -> Any:
    """Return Django with the middleware that `startproject` writes, and one that points to a peer's addresses."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import override_settings

    listed = [
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ]
    with override_settings(MIDDLEWARE=[*listed, middleware]):
        return WSGIHandler()


def _public_key() -> dict[str, str]:
    from jwt.algorithms import RSAAlgorithm

    return {**json.loads(RSAAlgorithm.to_jwk(_school().key.public_key())), "kid": KID, "alg": "RS256", "use": "sig"}


def _taken_by(tool: Tool) -> float:
    school = _school()
    return sum(let_in(tool, school, f"person-{next(_turns) % PEOPLE}")[1] for _ in range(LAUNCHES))


def _ours() -> float:
    _school()
    return _taken_by(_our_tool())


def _peer() -> float:
    _school()
    return _taken_by(_bare_tool())


def _note() -> str:
    """Measure the libraries beside the bare view, in rounds that take turns as well."""
    rounds = [(_peer(), _taken_by(_pylti1p3_tool())) for _ in range(ROUNDS_BESIDE + 1)][1:]
    bare, stock = (median(times) for times in zip(*rounds, strict=True))
    beside = ltijs.said(_school(), LAUNCHES, bare)
    return f"of {LAUNCHES}; stock pylti1p3, which keeps no rows: {stock / bare:.2f}x the bare view; {beside}"


ROW = Row("login + warm launch: bare Django view", _ours, _peer, 1.5, _note)
