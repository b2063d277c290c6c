"""Standard streams: closed, full or absent, they cost no result and are no failure of the tool."""

import contextlib
import errno
import io
import os
import sys
from collections.abc import Iterable
from typing import Any, TextIO

_STANDARD = 3
"""Number of the standard streams, whose descriptors come first."""


class _Closed(io.RawIOBase):
    """What stands for a standard output that is closed: whatever is written to it fails."""

    def writable(self) -> bool:
        return True

    def write(self, _: object) -> int:
        raise OSError(errno.EBADF, "standard output is closed")


class _Lenient(io.RawIOBase):
    """What stands between words and a standard error that may fail: what it does not take is dropped."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        # Without the buffer between: what it could not write, it would try again at the end, and fail.
        self._raw: Any = getattr(stream.buffer, "raw", stream.buffer)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._stream.isatty()

    def fileno(self) -> int:
        return self._stream.fileno()

    def write(self, data: Any) -> int:
        left = memoryview(data).cast("B")
        size = len(left)
        with contextlib.suppress(OSError, ValueError):
            while left and (written := self._raw.write(left)):
                left = left[written:]
        return size


def prepare_streams() -> None:
    """Make standard output and error such that words cost no data.

    A standard output that is closed is replaced by one that fails, because a result that nobody gets is an error. What
    a standard error does not take (it is closed, full, or its reader has gone) is dropped.
    """
    if None in (sys.stdin, sys.stdout, sys.stderr):
        _occupy_descriptors()
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(_Closed(), encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8", errors="replace")  # noqa: SIM115  # for the whole run
    elif isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = io.TextIOWrapper(
            _Lenient(sys.stderr), encoding=sys.stderr.encoding, errors="replace", line_buffering=True
        )
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _occupy_descriptors() -> None:
    """Take the descriptors of closed streams, so that no file gets them, into which a library might then print."""
    with contextlib.suppress(OSError):
        while (taken := os.open(os.devnull, os.O_RDWR)) < _STANDARD:
            pass
        os.close(taken)


def give_up_stdout() -> None:
    """After a failure: put one that fails in place of a standard output that cannot be written to.

    What could not be written would be tried again at the end, and change the exit code.
    """
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with contextlib.suppress(OSError):
            sys.stdout.close()
        sys.stdout = io.TextIOWrapper(_Closed(), encoding="utf-8")


def write_stdout(text: str) -> None:
    """Write text to standard output as UTF-8 with `\\n`, whatever the console thinks.

    Raises:
        OSError: it cannot be written to.
    """
    write_stream(sys.stdout, [text])


def write_stream(stream: TextIO, pieces: Iterable[str]) -> None:
    """Write text, given piece by piece, to standard output or error as UTF-8, with its line ends as they are.

    Raises:
        OSError: it cannot be written to.
    """
    try:
        stream.flush()
        for piece in pieces:
            stream.buffer.write(piece.encode("utf-8"))
        stream.buffer.flush()
    except OSError:
        # What could not be written would be tried again at the end, and fail without a word of ours.
        with contextlib.suppress(OSError):
            stream.close()
        raise
