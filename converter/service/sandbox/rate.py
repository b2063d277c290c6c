"""How many calls may come, as CMS says it; beyond that they are refused until none came for ten minutes."""

from collections import deque

from starlette.types import ASGIApp, Receive, Scope, Send

from converter.service.sandbox.answers import transport_error
from converter.service.sandbox.clock import Clock

WINDOWS = ((5.0, 200), (120.0, 3000))
"""Seconds, and calls that may come in them: 40 a second over five, 25 a second over two minutes."""
BLOCK = 600.0
_MOST_ADDRESSES = 100
_COUNTED = "/api/"


class RateLimit:
    """Counts calls by the address that they come from.

    Args:
        clock: the clock that windows and blocks go by.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._calls: dict[str, tuple[deque[float], ...]] = {}
        self._blocked: dict[str, float] = {}

    def reset(self) -> None:
        """Forget all calls and blocks."""
        self._calls.clear()
        self._blocked.clear()

    def block(self, address: str) -> None:
        """Refuse all calls of an address until it has made none for ten minutes."""
        self._blocked[address] = self._clock.seconds() + BLOCK
        if len(self._blocked) > _MOST_ADDRESSES:
            self._blocked.pop(next(iter(self._blocked)))

    def is_blocked(self, address: str) -> bool:
        """Say whether the calls of an address are refused; one that comes during a block prolongs it."""
        if self._blocked.get(address, 0.0) > self._clock.seconds():
            self.block(address)
            return True
        self._blocked.pop(address, None)
        return False

    def is_taken(self, address: str) -> bool:
        """Count a call, and say whether it is taken."""
        if self.is_blocked(address):
            return False
        now = self._clock.seconds()
        windows = self._calls.setdefault(address, tuple(deque() for _ in WINDOWS))
        for (seconds, _), calls in zip(WINDOWS, windows, strict=True):
            # Those that come later than now were made before the clock was set back.
            while calls and not 0 <= now - calls[0] < seconds:
                calls.popleft()
            calls.append(now)
        if any(len(calls) > most for (_, most), calls in zip(WINDOWS, windows, strict=True)):
            del self._calls[address]
            self.block(address)
            return False
        if len(self._calls) > _MOST_ADDRESSES:
            self._calls.pop(next(iter(self._calls)))
        return True


class Limiting:
    """Refuses calls of the API where there are too many."""

    def __init__(self, app: ASGIApp, rate: RateLimit, counts: bool = True) -> None:
        self._app, self._rate, self._counts = app, rate, counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on a call, or refuse it."""
        if scope["type"] == "http" and scope["path"].startswith(_COUNTED):
            address = caller_address(scope)
            taken = self._rate.is_taken(address) if self._counts else not self._rate.is_blocked(address)
            if not taken:
                await transport_error(429, "Too many requests: wait ten minutes without a call.")(scope, receive, send)
                return
        await self._app(scope, receive, send)


def caller_address(scope: Scope) -> str:
    """Return the address that a call comes from."""
    client = scope.get("client")
    return str(client[0]) if client else ""
