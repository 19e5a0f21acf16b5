"""The transport of model calls: our guard decides which addresses may be called; connections are pinned to them."""

from __future__ import annotations

import httpx2

from foundation.api import OutboundError, checked_addresses


class GuardedTransport(httpx2.BaseTransport):
    """Resolves and checks the host first, then connects to just that address under the host's own name."""

    def __init__(self) -> None:
        self._inner = httpx2.HTTPTransport(retries=0)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request. Raises httpx2.ConnectError with our sentence when the address may not be called."""
        host = request.url.host
        try:
            address = checked_addresses(str(request.url))[0]
        except OutboundError as error:
            raise httpx2.ConnectError(str(error), request=request) from error
        request.extensions = {**request.extensions, "sni_hostname": host}
        request.url = request.url.copy_with(host=address)
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()
