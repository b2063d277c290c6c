"""The state of a run as a hidden file in the folder of its results, and the lock that keeps a second run out."""

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click

from converter.cli.output import write_file
from converter.cli.overwrites import LOCK

_LONGEST_HEADER = 4096


class StateFile:
    """Lines in a file (`batch.state.Lines`)."""

    __slots__ = ("_end", "_path", "_reader", "_writer")

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reader: BinaryIO | None = None
        self._writer: BinaryIO | None = None
        self._end = 0

    def read(self) -> Iterator[tuple[int, bytes]]:
        """Yield the lines that are there whole, each with its offset."""
        self._refuse_other_kinds()
        self._reader = open(self._path, "rb")  # noqa: SIM115  # for the whole run
        line = self._reader.readline(_LONGEST_HEADER)
        while line.endswith(b"\n"):
            yield self._end, line
            self._end += len(line)
            line = self._reader.readline()

    def at(self, offset: int) -> bytes:
        """Return the line at an offset."""
        if self._reader is None:
            raise FileNotFoundError
        self._reader.seek(offset)
        return self._reader.readline()

    def begin(self, line: bytes) -> None:
        """Put a line in place of whatever is there."""
        self.close()
        with contextlib.suppress(FileNotFoundError):
            self._refuse_other_kinds()
        write_file(self._path, [line.decode("ascii")])
        self._end = len(line)

    def append(self, line: bytes) -> None:
        """Append a line behind those that are there whole; it is kept even if the process is killed right after."""
        if self._writer is None:
            self._writer = open(self._path, "r+b", buffering=0)  # noqa: SIM115  # for the whole run
            self._writer.seek(self._end)
            self._writer.truncate()
        left = memoryview(line)
        while left:
            left = left[self._writer.write(left) or 0 :]

    def _refuse_other_kinds(self) -> None:
        """Refuse what is no regular file: to open a named pipe would wait for whoever is at its other end."""
        if not stat.S_ISREG(os.stat(self._path).st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file")

    def close(self) -> None:
        """Let the file go."""
        for one in (self._reader, self._writer):
            if one is not None:
                one.close()
        self._reader = self._writer = None


@contextlib.contextmanager
def only_run(out: Path) -> Iterator[None]:
    """Keep other runs out of a folder of results, which is made where there is none.

    Raises:
        click.UsageError: another run is at work there.
        OSError: the folder cannot be locked; a result may still be written there.
    """
    from filelock import FileLock, Timeout

    out.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        words = f"Another run is writing into {out}. Wait until it is done, or name another folder with --out."
        raise click.UsageError(words) from None
    except NotImplementedError as error:  # of file systems without locks
        raise OSError(errno.ENOLCK, "the file system has no locks") from error
    try:
        yield
    finally:
        lock.release()
