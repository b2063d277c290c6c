"""How fast calls are made: at most 15 in a second, and none for ten minutes after CMS has answered 429."""

import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from converter.delivery.private_files import write_private

MOST_IN_A_SECOND = 15
"""CMS recommends this; it blocks an address from 25 a second on average."""
BLOCK_SECONDS = 600
"""How long CMS blocks an address; the time starts again with every call."""

_NEVER = 2.0**40
"""No time of a clock is as late."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The time and how to wait, so that tests need not."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


class Block(Protocol):
    """Remembers until when no call may be made to a host, also for later runs."""

    def until(self, host: str) -> float:
        """Return the time (seconds since 1970) from which on calls may be made; 0 for any."""

    def begin(self, host: str, until: float) -> None:
        """Remember a time."""


class BlockFile:
    """Keeps it in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def until(self, host: str) -> float:
        """Return the time from which on calls may be made; 0 if the file does not say."""
        return self._times().get(host, 0)

    def begin(self, host: str, until: float) -> None:
        """Remember a time."""
        write_private(self._path, json.dumps({**self._times(), host: until}) + "\n")

    def _times(self) -> dict[str, float]:
        try:
            found = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        items = found.items() if isinstance(found, dict) else ()
        return {name: float(one) for name, one in items if isinstance(one, int | float) and abs(one) < _NEVER}


class Pace:
    """Waits before a call for as long as it takes."""

    def __init__(self, clock: Clock, block: Block, host: str) -> None:
        self._clock, self._block, self._host = clock, block, host
        self._made: deque[float] = deque(maxlen=MOST_IN_A_SECOND)

    def turn(self) -> None:
        """Wait until another call is within the rate."""
        if len(self._made) == MOST_IN_A_SECOND:
            wait = self._made[0] + 1 - self._clock.now()
            if 0 < wait <= 1:  # more only if the clock was set back
                self._clock.sleep(wait)
        self._made.append(self._clock.now())

    def blocked(self) -> float:
        """Return for how many seconds no call may be made; 0 if calls may be made."""
        left = self._block.until(self._host) - self._clock.now()
        return left if 0 < left <= BLOCK_SECONDS else 0

    def begin_block(self) -> None:
        """Make no call for ten minutes."""
        self._block.begin(self._host, self._clock.now() + BLOCK_SECONDS)
