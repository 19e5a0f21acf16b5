"""A platform of our own that signs whatever a test wants: right, wrong or hostile."""

import base64
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from django.http import HttpResponse
from django.test import Client
from jwt.algorithms import RSAAlgorithm

from lti import claims as names
from lti.models import Platform

LAUNCH = "http://localhost:9100/lti/launch/"
LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"
TEACHER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"


class _Gone:
    def __repr__(self) -> str:
        return "gone"  # names of cases must not differ from process to process


GONE = _Gone()


@cache
def rsa_key(name: str, bits: int = 2048) -> RSAPrivateKey:
    """One key per name for the whole test run: making them is slow."""
    return generate_private_key(65537, bits)


def public_jwk(key: RSAPrivateKey, kid: str) -> dict[str, Any]:
    jwk = json.loads(RSAAlgorithm.to_jwk(key.public_key()))
    return {"kty": "RSA", "n": jwk["n"], "e": jwk["e"], "kid": kid, "alg": "RS256", "use": "sig"}


@dataclass
class SigningPlatform:
    """An LMS as far as launches go. `row` is its registration with us."""

    row: Platform
    key: RSAPrivateKey
    kid: str = "key-1"
    deployment_id: str = "1"
    extra: dict[str, Any] = field(default_factory=dict)

    def login_parameters(self, **changes: Any) -> dict[str, str]:
        parameters = {
            "iss": self.row.issuer,
            "client_id": self.row.client_id,
            "login_hint": "person-7",
            "lti_message_hint": '{"cmid": 3}',
            "target_link_uri": LAUNCH,
            "lti_deployment_id": self.deployment_id,
        }
        return _changed(parameters, changes)

    def begin(self, client: Client, **changes: Any) -> dict[str, str]:
        """Do the login and return what we asked the platform for."""
        response = client.post("/lti/login/", self.login_parameters(**changes))
        assert response.status_code == 302, response.content.decode()
        query = parse_qs(urlsplit(response["Location"]).query)
        return {name: values[0] for name, values in query.items()}

    def claims(self, issued: str, /, **changes: Any) -> dict[str, Any]:
        now = int(time.time())
        body = {
            "iss": self.row.issuer,
            "aud": self.row.client_id,
            "sub": "person-7",
            "iat": now,
            "exp": now + 60,
            "nonce": issued,
            names.MESSAGE_TYPE: "LtiResourceLinkRequest",
            names.VERSION: "1.3.0",
            names.DEPLOYMENT_ID: self.deployment_id,
            names.TARGET: LAUNCH,
            names.ROLES: [LEARNER],
            names.RESOURCE_LINK: {"id": "link-1", "title": "Refund"},
            names.CONTEXT: {"id": "course-1", "title": "Care", "type": ["CourseSection"]},
            **self.extra,
        }
        return _changed(body, changes)

    def deep_linking_claims(
        self, issued: str, settings: Mapping[str, Any] | None = None, /, **changes: Any
    ) -> dict[str, Any]:
        body = self.claims(issued)
        del body[names.RESOURCE_LINK]
        body[names.MESSAGE_TYPE] = "LtiDeepLinkingRequest"
        body[names.ROLES] = [TEACHER]
        body[names.DEEP_LINKING] = {
            "deep_link_return_url": f"{self.row.issuer}/deep_links",
            "accept_types": ["ltiResourceLink"],
            "accept_multiple": True,
            "accept_presentation_document_targets": ["iframe"],
            **(settings or {}),
        }
        return _changed(body, changes)

    def sign(self, body: Any, *, key: Any = None, algorithm: str = "RS256", **header: Any) -> str:
        head = {name: value for name, value in {"kid": self.kid, **header}.items() if value is not GONE}
        payload = json.dumps(body).encode() if not isinstance(body, bytes) else body
        api = jwt.PyJWS()
        token: str = api.encode(payload, key or self.key, algorithm=algorithm, headers=head)
        return token

    def launch(self, client: Client, body: Any = None, *, token: str | None = None, **changes: Any) -> HttpResponse:
        """Log in and launch, with claims changed as given."""
        asked = self.begin(client)
        signed = token or self.sign(body if body is not None else self.claims(asked["nonce"], **changes))
        return post_launch(client, signed, asked["state"])


def post_launch(client: Client, token: str, state: str) -> HttpResponse:
    return client.post("/lti/launch/", {"id_token": token, "state": state})


def unsigned(body: Mapping[str, Any], kid: str = "key-1") -> str:
    parts = [{"alg": "none", "typ": "JWT", "kid": kid}, body]
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts]
    return ".".join([*encoded, ""])


def _changed(base: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Apply changes: by claim name, or by the short name of an LTI claim; GONE takes a claim out."""
    found = dict(base)
    for name, value in changes.items():
        whole = name if name in found or not hasattr(names, name.upper()) else getattr(names, name.upper())
        if value is GONE:
            found.pop(whole, None)
        else:
            found[whole] = value
    return found
