"""The clock of the sandbox: it can be set, and tokens, blocks and dates of data go by it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


class Clock:
    """A clock that runs on from where it was set.

    Args:
        start: the time that it shows at first, with a time zone; None for that of the machine.
        ticks: tells how many seconds have gone by since some moment.
    """

    def __init__(self, start: datetime | None = None, ticks: Callable[[], float] = monotonic) -> None:
        self._ticks = ticks
        self.set(start or datetime.now(UTC))

    def set(self, now: datetime) -> None:
        """Set it.

        Raises:
            ValueError: the time has no time zone, or is not between 2000 and 2100.
        """
        if now.tzinfo is None or not EARLIEST <= now < LATEST:
            raise ValueError("a time between 2000 and 2100, with a time zone")
        self._set, self._at = now.astimezone(UTC), self._ticks()

    def advance(self, seconds: float) -> None:
        """Let some seconds go by at once.

        Raises:
            ValueError: they are negative, or the time would not be between 2000 and 2100.
        """
        if not 0 <= seconds <= (LATEST - EARLIEST).total_seconds():
            raise ValueError("a number of seconds of 0 or more")
        self.set(self.now() + timedelta(seconds=seconds))

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return self._set + timedelta(seconds=self._ticks() - self._at)

    def seconds(self) -> float:
        """Return the time in seconds since 1970."""
        return self.now().timestamp()

    def text(self) -> str:
        """Return the time as CMS writes it, such as `2026-02-01T12:00:00Z`."""
        return self.now().isoformat(timespec="seconds").replace("+00:00", "Z")
