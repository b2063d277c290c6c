"""Signals that end a run: they are treated as an interrupt, so that nothing is left half written."""

import contextlib
import signal
from collections.abc import Iterator
from typing import NoReturn

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
