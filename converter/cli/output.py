"""Writing results: whole files or nothing."""

import contextlib
import errno
import io
import os
import sys
from pathlib import Path
from typing import TextIO


def write_file(path: Path, text: str) -> None:
    """Write a text file as UTF-8 with `\\n`, atomically: it is there whole or not at all.

    What exists and is no file, such as a device (`NUL`, `/dev/null`) or a named pipe, is written to, never replaced.

    Raises:
        OSError: it cannot be written.
    """
    if _is_no_file(path):
        path.write_bytes(text.encode("utf-8"))
        return
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".qrda2qpp-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode("utf-8"))
        _give_usual_mode(temporary)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def remove_file(path: Path) -> None:
    """Remove a file that an earlier run has left; a device or a named pipe stays."""
    if not _is_no_file(path):
        path.unlink(missing_ok=True)


def _is_no_file(path: Path) -> bool:
    return os.path.exists(path) and not path.is_file()


def _give_usual_mode(path: str) -> None:
    # mkstemp makes files that only their owner may read; results are ordinary files.
    mask = os.umask(0)
    os.umask(mask)
    os.chmod(path, 0o666 & ~mask)


class _Closed(io.RawIOBase):
    """What stands for a standard output that is closed: whatever is written to it fails."""

    def writable(self) -> bool:
        return True

    def write(self, _: object) -> int:
        raise OSError(errno.EBADF, "standard output is closed")


def replace_closed_streams() -> None:
    """Put streams in place of standard output and error that are closed: one that fails, and one that takes no notice.

    Nobody reads what is said on an error stream that is closed, but a result that nobody gets is an error.
    """
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(_Closed(), encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # for the whole run


def write_stdout(text: str) -> None:
    """Write text to standard output as UTF-8 with `\\n`, whatever the console thinks.

    Raises:
        OSError: it cannot be written to.
    """
    write_stream(sys.stdout, text)


def write_stream(stream: TextIO, text: str) -> None:
    """Write text to standard output or error as UTF-8, with its line ends as they are.

    Raises:
        OSError: it cannot be written to.
    """
    try:
        stream.flush()
        stream.buffer.write(text.encode("utf-8"))
        stream.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError:
        # What could not be written would be tried again at the end, and fail without a word of ours.
        with contextlib.suppress(OSError):
            stream.close()
        raise
