"""Which hosts and addresses we may call. Opening connections is foundation.outbound.connections."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from foundation.outbound.errors import Refused, Unreachable

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]

# IPv6 ranges that carry an IPv4 address inside: the inner one decides as well.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def resolve(host: str, port: int) -> Sequence[str]:
    """Return every address of a host, in the resolver's order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Policy:
    """What this site may call: the public Internet by https, plus what its operator allows.

    `private_hosts` holds "host" or "host:port" in lower case: these may resolve to private or loopback
    addresses. `allow_loopback` lets localhost and *.localhost be called, also by http (`make run`, tests).
    """

    private_hosts: Collection[str] = ()
    allow_loopback: bool = False
    resolver: Resolver = field(default=resolve)

    def check_scheme(self, scheme: str, host: str) -> None:
        if scheme == "https" or (scheme == "http" and self.allow_loopback and is_loopback_name(host)):
            return
        raise Refused(f"{scheme or 'An address without scheme'}://{host} is not called: use https.")

    def checked_addresses(self, host: str, port: int) -> Sequence[str]:
        """Return the addresses of `host`, all of them allowed.

        One address that is not allowed refuses the host: a name that points both outside and inside
        is no accident.
        """
        if is_loopback_name(host) and not _is_address(host):
            addresses: Sequence[str] = ["127.0.0.1"]  # never asks DNS about localhost (RFC 6761)
        else:
            try:
                addresses = self.resolver(host, port)
            except (OSError, UnicodeError) as error:
                raise Unreachable(f"The host name {host} cannot be resolved.") from error
        if not addresses:
            raise Unreachable(f"The host name {host} has no address.")
        for address in addresses:
            self._check(address, host, port)
        return addresses

    def _check(self, address: str, host: str, port: int) -> None:
        ip = ipaddress.ip_address(address.split("%")[0])
        if is_public(ip):
            return
        if self.allow_loopback and is_loopback_name(host) and ip.is_loopback:
            return
        listed = host.lower() in self.private_hosts or f"{host.lower()}:{port}" in self.private_hosts
        if listed and is_private_network(ip):
            return
        raise Refused(
            f"{host} resolves to {ip}, which is not a public address. "
            "If it is a server of yours, list the host in BRANCHWISE_PRIVATE_HOSTS."
        )


def is_loopback_name(host: str) -> bool:
    """Say whether a host names this machine by convention or by a literal loopback address."""
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    return _is_address(name) and ipaddress.ip_address(name.strip("[]")).is_loopback


def is_public(ip: IpAddress) -> bool:
    """Say whether an address is on the public Internet, whatever form hides it."""
    inner = _inner(ip)
    if inner is not None:
        return is_public(inner)
    special = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved
    return ip.is_global and not special and not ip.is_unspecified


def is_private_network(ip: IpAddress) -> bool:
    """Say whether an operator may allow an address: private or loopback, never a metadata service."""
    inner = _inner(ip)
    if inner is not None:
        return is_private_network(inner)
    barred = ip.is_link_local or ip.is_multicast or ip.is_unspecified
    return ip.is_private and not barred


def _inner(ip: IpAddress) -> ipaddress.IPv4Address | None:
    """The IPv4 address inside a mapped, 6to4, Teredo or NAT64 address, if there is one."""
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
