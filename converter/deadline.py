"""The time limit of one document, looked at in every loop that may take long. Only this reads the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

_END: ContextVar[float | None] = ContextVar("deadline", default=None)


class OutOfTimeError(BaseException):
    """The time of a document is over. Not an `Exception`: a rule that it ends has not failed."""


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Limit what is done inside of it to some seconds; None for no limit."""
    token = _END.set(None if seconds is None else monotonic() + seconds)
    try:
        yield
    finally:
        _END.reset(token)


def look() -> None:
    """Look at the clock, if there is a limit.

    Raises:
        OutOfTimeError: the time is over.
    """
    end = _END.get()
    if end is not None and monotonic() > end:
        raise OutOfTimeError
