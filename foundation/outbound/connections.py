"""urllib3 connections that only open to checked addresses, while Host, SNI and certificate keep the name."""

from __future__ import annotations

import socket
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.util import connection as sockets

from foundation.outbound.addresses import Policy
from foundation.outbound.watch import note_socket


class _Guarded(HTTPConnection):
    """Resolves by itself, checks every address, and connects to what it checked."""

    policy: Policy

    def _new_conn(self) -> socket.socket:
        self.policy.check_scheme(self.guarded_scheme, self.host)
        last: OSError | None = None
        for address in self.policy.checked_addresses(self.host, self.port):
            try:
                sock = sockets.create_connection((address, self.port), self.timeout, socket_options=self.socket_options)
            except TimeoutError as error:
                raise ConnectTimeoutError(self, f"{self.host} did not answer in time") from error
            except OSError as error:
                last = error
                continue
            note_socket(sock)
            return sock
        raise NewConnectionError(self, f"no connection to {self.host}:{self.port}: {last}") from last

    @property
    def guarded_scheme(self) -> str:
        return "https" if isinstance(self, HTTPSConnection) else "http"

    def request(self, *args: Any, **kwargs: Any) -> None:
        if self.sock is None:
            self.connect()
        note_socket(self.sock)
        super().request(*args, **kwargs)


class _GuardedTls(_Guarded, HTTPSConnection):
    pass


def pool_manager(policy: Policy, pools: int, per_pool: int) -> PoolManager:
    """Return a pool manager whose every connection obeys `policy`."""
    plain = type("PlainConnection", (_Guarded,), {"policy": policy})
    tls = type("TlsConnection", (_GuardedTls,), {"policy": policy})
    manager = PoolManager(num_pools=pools, maxsize=per_pool, block=False, retries=False)
    manager.pool_classes_by_scheme = {
        "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("TlsPool", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
    }
    return manager
