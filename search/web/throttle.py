"""How often one client may ask: so many times at once, and so many times a minute after that."""

import ipaddress
import math
import time
from collections import OrderedDict

_MOST = 10_000
"""So many clients are remembered; the one that asked longest ago is forgotten first."""


class Throttle:
    """Counts what each client does; `burst` at once are let through, then `per_minute`."""

    def __init__(self, burst: int, per_minute: int) -> None:
        self._burst = burst
        self._rate = per_minute / 60
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> int:
        """Count one more of a client; return 0, or after how many seconds it may come again."""
        if seconds := self.full(client):
            return seconds
        self._keep(client, self._now(client) - 1)
        return 0

    def full(self, client: str) -> int:
        """Return as `wait` does, and count nothing."""
        left = self._now(client)
        return math.ceil((1 - left) / self._rate) if left < 1 else 0

    def _now(self, client: str) -> float:
        """Return how many a client has left."""
        left, since = self._left.get(client, (float(self._burst), 0.0))
        return min(float(self._burst), left + (time.monotonic() - since) * self._rate)

    def _keep(self, client: str, left: float) -> None:
        self._left[client] = left, time.monotonic()
        self._left.move_to_end(client)
        if len(self._left) > _MOST:
            self._left.popitem(last=False)


def network(client: str) -> str:
    """Return whom an address belongs to: of IPv6, one has a network of 64 bits."""
    try:
        address = ipaddress.ip_address(client.partition("%")[0])
    except ValueError:
        return client
    if address.version == 4:
        return client
    return str(ipaddress.ip_network((address, 64), strict=False).network_address)
