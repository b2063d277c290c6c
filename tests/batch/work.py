"""Work for other processes, some of which does not end well."""

import os
import signal
import time

from converter.batch.lost import Lost


class Mortal:
    """The work of `fragile`, with what is said of an item that its process died of."""

    def __call__(self, number: int) -> int:
        return fragile(number)

    def lost(self, _: int, why: Lost) -> Lost:
        return why


def double(number: int) -> int:
    return 2 * number


def worker(_: int) -> int:
    """Return the process that this is done in."""
    return os.getpid()


def fragile(number: int) -> int:
    """Die at 13, hang at 31, and fail at 41."""
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    if number == 31:
        time.sleep(120)
    if number == 41:
        raise ValueError("41")
    return double(number)
