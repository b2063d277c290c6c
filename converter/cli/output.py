"""Writing results: whole files or nothing, and never in place of what is no regular file."""

import contextlib
import os
import stat
import sys
import time
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from converter.source.url import PathOrUrl, Url

_TEMPORARY = ".qrda2qpp-"
_STALE_SECONDS = 60
"""Age from which a temporary file is a left one where files cannot be locked."""


def write_file(path: PathOrUrl, pieces: Iterable[str]) -> None:
    """Write a text file, given piece by piece, as UTF-8 with `\\n`, atomically: it is there whole or not at all.

    A link is followed, and stays. What exists and is no regular file, such as a device (`NUL`, `/dev/null`), a named
    pipe or a standard stream (`/dev/stdout`), is written to, never replaced.

    Raises:
        OSError: it cannot be written.
    """
    data = (piece.encode("utf-8") for piece in pieces)
    if isinstance(path, Url):
        from converter.source.object_store import put_object

        return put_object(path, data)
    try:
        state = os.stat(path)
    except FileNotFoundError:
        state = None
    if state is not None and (stream := _standard_stream(state)) is not None:
        # Another descriptor of the same stream: to open it by name would cut off what is in it.
        with os.fdopen(os.dup(stream), "wb") as target:
            target.writelines(data)
    elif state is not None and not stat.S_ISREG(state.st_mode):
        with path.open("wb") as target:
            target.writelines(data)
    else:
        _write_whole(Path(os.path.realpath(path)) if path.is_symlink() else path, data)


def remove_file(path: PathOrUrl) -> None:
    """Remove a regular file that an earlier run has left; a link, a device or a named pipe stays.

    Raises:
        OSError: it cannot be removed.
    """
    if isinstance(path, Url):
        from converter.source.object_store import remove_object

        return remove_object(path)
    _remove_stale(path.parent.absolute())
    with contextlib.suppress(FileNotFoundError):
        if stat.S_ISREG(os.lstat(path).st_mode):
            path.unlink()


def _standard_stream(state: os.stat_result) -> int | None:
    """Descriptor of the standard output or error that a file is; None for another one."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            # On Windows whatever is no file has the number 0.
            if state.st_ino and os.path.samestat(state, os.fstat(stream.fileno())):
                stream.flush()
                return stream.fileno()
    return None


def _write_whole(path: Path, data: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_stale(path.parent.absolute())
    temporary = path.with_name(f"{_TEMPORARY}{os.urandom(8).hex()}")
    try:
        with open(temporary, "xb") as stream:
            held = _hold(stream)
            if not temporary.exists():  # a run that was clearing up came between
                return _write_whole(path, data)
            stream.writelines(data)
            stream.flush()
            if held:
                os.replace(temporary, path)
        if not held:
            os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _hold(stream: BinaryIO) -> bool:
    """Lock a file, so that other runs see that it is in use; False where that cannot be done."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@lru_cache(maxsize=4096)
def _remove_stale(folder: Path) -> None:
    """Remove the temporary files that a killed run has left in a folder; looked for once in a run."""
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):
            if name.startswith(_TEMPORARY):
                _remove_if_stale(folder / name)


def _remove_if_stale(path: Path) -> None:
    with contextlib.suppress(OSError):
        state = os.lstat(path)
        if not stat.S_ISREG(state.st_mode):
            return
        with open(path, "rb") as stream:
            held = _hold(stream)
            if held:
                path.unlink()
        if not held and sys.platform == "win32" and time.time() - state.st_mtime > _STALE_SECONDS:
            path.unlink()
