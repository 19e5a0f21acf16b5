"""A miniature LTI tool for these tests: own RSA key, key set, login, launch, deep linking, registration.

It knows nothing of Branchwise and checks only what a tool must; the platform is what is under test.
"""

import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
import urllib3
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from sandbox_lms import scopes

POOL = urllib3.PoolManager(timeout=20, retries=False)
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALL_SCOPES = list(scopes.ALL)


@cache
def first_key() -> RSAPrivateKey:
    """The key that every tool of a test run begins with: making one takes longer than a test."""
    return generate_private_key(65537, 2048)


@dataclass
class Tool:
    """The tool: what it knows of platforms (issuer → values) and what arrived."""

    platforms: dict[str, dict[str, str]] = field(default_factory=dict)
    #: Content items that the next deep linking answer carries.
    items: list[dict[str, Any]] = field(default_factory=list)
    #: Changes to the next deep linking answer's claims; None removes one.
    answer_claims: dict[str, Any] = field(default_factory=dict)
    #: Changes to the next authorisation request; None removes one.
    auth_changes: dict[str, str | None] = field(default_factory=dict)
    #: Changes to the registration request's body; None removes a key.
    registration_changes: dict[str, Any] = field(default_factory=dict)
    registration_answer: tuple[int, str] = (0, "")
    logins: list[dict[str, str]] = field(default_factory=list)
    launches: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, str]] = field(default_factory=list)
    key: RSAPrivateKey = field(default_factory=first_key)
    kid: str = "tool-key-1"
    url: str = ""
    server: ThreadingHTTPServer | None = None
    _states: dict[str, str] = field(default_factory=dict)

    def start(self) -> "Tool":
        tool = self

        class Handler(_Handler):
            pass

        Handler.tool = tool
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()

    def rotate(self) -> None:
        self.key, self.kid = generate_private_key(65537, 2048), f"tool-key-{secrets.token_hex(4)}"

    def addresses(self) -> dict[str, Any]:
        return {
            "initiate_login_uri": f"{self.url}/login",
            "redirect_uris": [f"{self.url}/launch"],
            "jwks_uri": f"{self.url}/jwks",
            "target_link_uri": f"{self.url}/launch",
        }

    def know(self, description: dict[str, Any], registration: dict[str, Any]) -> None:
        """Remember a platform that was registered by hand."""
        self.platforms[description["issuer"]] = {
            "auth": description["auth"], "token": description["token"], "jwks": description["jwks"],
            "aud": description["token"], "client_id": registration["client_id"],
        }  # fmt: skip

    def registration_body(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "application_type": "web",
            "grant_types": ["client_credentials", "implicit"],
            "response_types": ["id_token"],
            "initiate_login_uri": f"{self.url}/login",
            "redirect_uris": [f"{self.url}/launch"],
            "client_name": "Mini tool",
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_method": "private_key_jwt",
            "scope": " ".join(ALL_SCOPES),
            scopes.TOOL_CONFIGURATION: {
                "domain": urlsplit(self.url).netloc,
                "target_link_uri": f"{self.url}/launch",
                "claims": ["iss", "sub", "name", "email"],
                "custom_parameters": {"level": "tool", "who": "$User.username"},
                "messages": [{"type": scopes.RESOURCE_LINK, "label": "Mini"}, {"type": scopes.DEEP_LINKING}],
            },
        }
        body.update(self.registration_changes)
        return {key: value for key, value in body.items() if value is not None}

    # -- calls to the platform -------------------------------------------------------------------------
    def sign(self, claims: dict[str, Any]) -> str:
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": self.kid})

    def assertion(self, issuer: str, **changes: Any) -> str:
        known = self.platforms[issuer]
        now = int(time.time())
        claims = {
            "iss": known["client_id"], "sub": known["client_id"], "aud": known["aud"],
            "iat": now - 5, "exp": now + 300, "jti": secrets.token_hex(12), **changes,
        }  # fmt: skip
        return self.sign({key: value for key, value in claims.items() if value is not None})

    def ask_token(self, issuer: str, asked: list[str], **changes: Any) -> urllib3.BaseHTTPResponse:
        fields = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": self.assertion(issuer, **changes),
            "scope": " ".join(asked),
        }
        return POOL.request("POST", self.platforms[issuer]["token"], fields=fields, encode_multipart=False)

    def token(self, issuer: str, *asked: str) -> str:
        answer = self.ask_token(issuer, list(asked) or ALL_SCOPES)
        assert answer.status == 200, answer.data
        return str(json.loads(answer.data)["access_token"])

    def call(
        self, method: str, url: str, token: str, media_type: str, body: Any = None, **headers: str
    ) -> urllib3.BaseHTTPResponse:
        own = {"Authorization": f"Bearer {token}"}
        own["Content-Type" if body is not None else "Accept"] = media_type
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        return POOL.request(method, url, body=data, headers={**own, **headers})

    def post_score(self, item_url: str, token: str, **score: Any) -> urllib3.BaseHTTPResponse:
        """Post a FullyGraded score of 8 out of 10, changed by `score`; None removes a field."""
        body = {
            "scoreGiven": 8, "scoreMaximum": 10, "activityProgress": "Completed",
            "gradingProgress": "FullyGraded", "timestamp": stamp(), **score,
        }  # fmt: skip
        kept = {key: value for key, value in body.items() if value is not None}
        return self.call("POST", insert(item_url, "/scores"), token, scopes.SCORE_TYPE, kept)


def stamp(seconds: float = 0) -> str:
    """Return a time `seconds` after the beginning of a fixed day."""
    at = datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(seconds=seconds)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def insert(url: str, ending: str) -> str:
    """Put a path ending before the query, as AGS wants it."""
    path, mark, query = url.partition("?")
    return path + ending + mark + query


class _Handler(BaseHTTPRequestHandler):
    tool: Tool

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        if parts.path == "/jwks":
            jwk = json.loads(RSAAlgorithm.to_jwk(self.tool.key.public_key()))
            self._send(200, json.dumps({"keys": [{**jwk, "kid": self.tool.kid, "alg": "RS256", "use": "sig"}]}))
        elif parts.path == "/login":
            self._login(query)
        elif parts.path == "/register":
            self._register(query)
        else:
            self._send(404, "")

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        form = dict(parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True))
        if self.path.startswith("/login"):
            self._login(form)
        elif self.path.startswith("/launch"):
            self._launch(form)
        else:
            self._send(404, "")

    def _login(self, form: dict[str, str]) -> None:
        tool = self.tool
        tool.logins.append(form)
        known = tool.platforms[form["iss"]]
        state, nonce = secrets.token_urlsafe(12), secrets.token_urlsafe(12)
        tool._states[state] = nonce
        asked: dict[str, str | None] = {
            "scope": "openid", "response_type": "id_token", "response_mode": "form_post", "prompt": "none",
            "client_id": known["client_id"], "redirect_uri": f"{tool.url}/launch", "state": state,
            "nonce": nonce, "login_hint": form["login_hint"], "lti_message_hint": form["lti_message_hint"],
            **tool.auth_changes,
        }  # fmt: skip
        kept = {key: value for key, value in asked.items() if value is not None}
        self.send_response(302)
        self.send_header("Location", f"{known['auth']}?{urlencode(kept)}")
        self.send_header("Set-Cookie", f"state={state}; Path=/; Secure; SameSite=None; Partitioned")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _launch(self, form: dict[str, str]) -> None:
        tool = self.tool
        if "id_token" not in form:
            tool.errors.append(form)
            self._send(400, "error")
            return
        issuer = jwt.decode(form["id_token"], options={"verify_signature": False})["iss"]
        known = tool.platforms[issuer]
        keys = jwt.PyJWKSet.from_dict(json.loads(POOL.request("GET", known["jwks"]).data))
        kid = jwt.get_unverified_header(form["id_token"])["kid"]
        claims = jwt.decode(
            form["id_token"], keys[kid].key, algorithms=["RS256"], audience=known["client_id"], leeway=5
        )
        assert claims["nonce"] == tool._states.pop(form["state"])
        assert f"state={form['state']}" in self.headers.get("Cookie", "")
        tool.launches.append(claims)
        if claims[scopes.CLAIM + "message_type"] == scopes.DEEP_LINKING:
            self._answer_deep_link(claims, known)
        else:
            self._send(200, json.dumps(claims))

    def _answer_deep_link(self, claims: dict[str, Any], known: dict[str, str]) -> None:
        settings = claims[scopes.DL_CLAIM + "deep_linking_settings"]
        now = int(time.time())
        answer: dict[str, Any] = {
            "iss": known["client_id"], "aud": claims["iss"], "iat": now - 5, "exp": now + 300,
            "nonce": secrets.token_hex(8),
            scopes.CLAIM + "message_type": "LtiDeepLinkingResponse",
            scopes.CLAIM + "version": "1.3.0",
            scopes.CLAIM + "deployment_id": claims[scopes.CLAIM + "deployment_id"],
            scopes.DL_CLAIM + "content_items": self.tool.items,
        }  # fmt: skip
        if "data" in settings:
            answer[scopes.DL_CLAIM + "data"] = settings["data"]
        answer |= self.tool.answer_claims
        token = self.tool.sign({key: value for key, value in answer.items() if value is not None})
        url = escape(settings["deep_link_return_url"])
        page = f'<form method="post" action="{url}"><input type="hidden" name="JWT" value="{token}"></form>'
        self._send(200, page, "text/html")

    def _register(self, query: dict[str, str]) -> None:
        tool = self.tool
        token = query.get("registration_token")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        found = POOL.request("GET", query["openid_configuration"], headers=headers)
        configuration = json.loads(found.data)
        answer = POOL.request(
            "POST", configuration["registration_endpoint"], json=tool.registration_body(), headers=headers
        )
        tool.registration_answer = (answer.status, answer.data.decode())
        if answer.status == 200:
            tool.platforms[configuration["issuer"]] = {
                "auth": configuration["authorization_endpoint"], "token": configuration["token_endpoint"],
                "jwks": configuration["jwks_uri"],
                "aud": configuration.get("authorization_server", configuration["token_endpoint"]),
                "client_id": json.loads(answer.data)["client_id"],
            }  # fmt: skip
        self._send(200, "<p>done</p>", "text/html")

    def _send(self, status: int, body: str, media_type: str = "application/json") -> None:
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
