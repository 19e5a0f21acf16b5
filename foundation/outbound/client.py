"""The client for outbound calls: guarded, pooled, timed out, capped, never following a redirect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlencode

import msgspec
import urllib3
from django.conf import settings
from urllib3 import exceptions as raised
from urllib3.response import BaseHTTPResponse
from urllib3.util import Url, parse_url

from foundation.outbound import errors
from foundation.outbound.addresses import Policy
from foundation.outbound.connections import pool_manager
from foundation.outbound.watch import Call, watched

CHUNK = 16 * 1024
USER_AGENT = "Branchwise"
# What `retries=False` and `redirect=False` come to, made once instead of for each call.
ONCE = urllib3.Retry(False, redirect=False)


@dataclass(frozen=True)
class Answer:
    """What the other side said, whatever its status; a redirect is an answer too."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def check(self) -> Answer:
        """Return self when the status is 2xx, else raise BadStatus."""
        if self.ok:
            return self
        raise errors.BadStatus(f"{_place(self.url)} answered {self.status}.", self.status)

    def json(self) -> Any:
        """Return the body as JSON; NaN, broken UTF-8 and too deep nesting are NotJson as well."""
        try:
            return msgspec.json.decode(self.body)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            raise errors.NotJson(f"{_place(self.url)} did not answer JSON: {error}.") from error

    def text(self, length: int = 500) -> str:
        """Return the beginning of the body, for logs and error pages."""
        return self.body[: length * 4].decode("utf-8", "replace")[:length]


class Client:
    """Calls other servers within a policy. One per process: it keeps connections open."""

    def __init__(
        self,
        policy: Policy,
        *,
        connect_timeout_s: float = 5,
        read_timeout_s: float = 10,
        total_timeout_s: float = 20,
        max_bytes: int = 1024 * 1024,
        per_host: int = 8,
        **tls: Any,
    ) -> None:
        self.policy = policy
        self.connect_timeout_s = connect_timeout_s
        self.read_timeout_s = read_timeout_s
        self.total_timeout_s = total_timeout_s
        self.max_bytes = max_bytes
        self._pools = pool_manager(policy, pools=50, per_pool=per_host)
        self._pools.connection_pool_kw.update(tls)

    def get(self, url: str, **options: Any) -> Answer:
        return self.request("GET", url, **options)

    def post(self, url: str, **options: Any) -> Answer:
        return self.request("POST", url, **options)

    def put(self, url: str, **options: Any) -> Answer:
        return self.request("PUT", url, **options)

    def delete(self, url: str, **options: Any) -> Answer:
        return self.request("DELETE", url, **options)

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        max_bytes: int | None = None,
        read_timeout_s: float | None = None,
        total_timeout_s: float | None = None,
    ) -> Answer:
        """Make one call and return the answer, whatever its status.

        Give at most one of `body`, `json` and `form`. Raises the errors of foundation.outbound.errors.
        """
        address = self._checked(url)
        sent = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
        if json is not None:
            body, sent["Content-Type"] = msgspec.json.encode(json), "application/json"
        elif form is not None:
            body = urlencode(form).encode()
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        timeout = _timeout(self.connect_timeout_s, read_timeout_s or self.read_timeout_s)
        with watched(total_timeout_s or self.total_timeout_s) as call:
            try:
                pool = self._pools.connection_from_host(address.host, address.port, address.scheme)
                response = pool.urlopen(
                    method,
                    address.request_uri,
                    body=body,
                    headers={**sent, **(headers or {})},
                    timeout=timeout,
                    redirect=False,
                    retries=ONCE,
                    assert_same_host=False,
                    preload_content=False,
                    decode_content=False,
                )
                content = _read(response, url, max_bytes or self.max_bytes)
            except (raised.HTTPError, OSError) as error:
                raise _translated(error, url, call) from error
            if call.cut:  # a body without length looks complete when its connection is cut
                raise errors.TimedOut(f"{_place(url)} did not finish its answer in time.")
        return Answer(url, response.status, response.headers, content)

    def checked_addresses(self, url: str) -> Sequence[str]:
        """Return the addresses of a web address, all of them allowed."""
        address = self._checked(url)
        port = address.port or (443 if address.scheme == "https" else 80)
        return self.policy.checked_addresses(address.host or "", port)

    def _checked(self, url: str) -> Url:
        try:
            address = _parsed(url)
        except raised.LocationParseError as error:
            raise errors.Refused(f"{url[:200]!r} is not a web address.") from error
        if not address.host or address.scheme not in ("http", "https"):
            raise errors.Refused(f"{url[:200]!r} is not a web address.")
        if address.auth:
            raise errors.Refused("A web address with a user name or password in it is not called.")
        self.policy.check_scheme(address.scheme, address.host)
        return address


# Services are called at the same few addresses again and again.
_parsed = lru_cache(maxsize=256)(parse_url)


@lru_cache(maxsize=64)
def _timeout(connect_s: float, read_s: float) -> urllib3.Timeout:
    return urllib3.Timeout(connect=connect_s, read=read_s)  # the pool copies it for each call


@cache
def client_for_this_site() -> Client:
    """Return the client that obeys this site's settings."""
    return Client(
        Policy(
            private_hosts=frozenset(host.lower() for host in settings.PRIVATE_HOSTS),
            allow_loopback=settings.ALLOW_LOOPBACK,
        )
    )


def checked_addresses(url: str) -> Sequence[str]:
    """Return the addresses that a client of another library may connect to for `url`.

    Raises OutboundError when this site's settings do not allow the call.
    """
    return client_for_this_site().checked_addresses(url)


def _read(response: BaseHTTPResponse, url: str, limit: int) -> bytes:
    """Read a body up to `limit` bytes; the connection goes back to its pool only when all was read."""
    content = bytearray()
    try:
        while chunk := response.read(CHUNK):
            content += chunk
            if len(content) > limit:
                raise errors.TooLarge(f"The answer of {_place(url)} is larger than {limit:,} bytes.")
            if response.length_remaining == 0:  # all that was announced; where nothing was, reading on finds the end
                break
    except BaseException:
        response.close()
        raise
    response.release_conn()
    return bytes(content)


def _translated(error: Exception, url: str, call: Call) -> errors.OutboundError:
    place = _place(url)
    if isinstance(error, (raised.NameResolutionError, raised.NewConnectionError, raised.ConnectTimeoutError)):
        return errors.Unreachable(f"{place} cannot be reached: {_last(error)}.")
    if call.cut or isinstance(error, (raised.TimeoutError, TimeoutError)):
        return errors.TimedOut(f"{place} did not answer in time.")
    if isinstance(error, raised.SSLError):
        return errors.Unreachable(f"{place} has no valid certificate: {_last(error)}.")
    return errors.Interrupted(f"The connection to {place} broke: {_last(error)}.")


def _last(error: Exception) -> str:
    return str(error).rsplit(": ", 1)[-1].rstrip(".)")


def _place(url: str) -> str:
    """Scheme, host and path: a query may hold what no log should."""
    return url.split("?", 1)[0].split("#", 1)[0][:200]
