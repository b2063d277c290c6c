"""Signals that end a run: an interrupt, so that nothing is left half written, or a request to end."""

import contextlib
import signal
from collections.abc import Iterator
from threading import Event
from typing import Any, NoReturn

_ENDING = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""Signals that end a process, as far as a system has them."""


@contextlib.contextmanager
def as_interrupts() -> Iterator[None]:
    """Turn the signals that would end the process into `KeyboardInterrupt`; those that somebody handles are left."""
    names = [getattr(signal, name) for name in _ENDING if hasattr(signal, name)]
    taken = [one for one in names if signal.getsignal(one) is signal.SIG_DFL]
    with contextlib.suppress(ValueError):  # in another thread than the main one
        for one in taken:
            signal.signal(one, _interrupt)
    try:
        yield
    finally:
        with contextlib.suppress(ValueError):
            for one in taken:
                signal.signal(one, signal.SIG_DFL)


def _interrupt(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


@contextlib.contextmanager
def as_requests(stop: Event) -> Iterator[None]:
    """Let the first signal that would end the process set `stop`, so that what is begun is finished.

    The next one does what it did before. Those that are ignored, as by `nohup`, are left.
    """
    before: dict[int, Any] = {}

    def request(_number: int, _frame: object) -> None:
        stop.set()
        give_back()

    def give_back() -> None:
        while before:
            signal.signal(*before.popitem())

    with contextlib.suppress(ValueError):  # in another thread than the main one
        for name in ("SIGINT", *_ENDING):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) not in (signal.SIG_IGN, None):
                before[number] = signal.signal(number, request)
    try:
        yield
    finally:
        give_back()
