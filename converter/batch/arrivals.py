"""Files that arrive in a folder: each is handed on once it is complete, and once more whenever it has changed.

What tells of changes (watchfiles) only says where to look. It misses some, such as what others write on a network
drive; so the whole folder is looked at now and then as well.
"""

import os
import re
import stat
import time
import zipfile
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from pathlib import Path
from threading import Event
from typing import NamedTuple, TypeAlias

from converter.errors import SourceError, UsageError
from converter.source.inputs import Endings, is_taken, reason
from converter.source.listing import File, Found, Unread, files_below

_State: TypeAlias = tuple[int, int]
"""Size and time of change of a file; of what cannot be read a negative number and the number of the error."""
_Changed: TypeAlias = Collection[str] | None
"""Paths of what has changed; None where everything is to be looked at."""

_PAUSE = 5.0
"""Seconds until watching is tried again after it has failed."""
_SCAN_SHARE = 20
"""The folder is looked at as a whole so seldom that this takes at most one part in so many of the time."""
_END_BYTES = 4096
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)")


class Pace(NamedTuple):
    """How often is looked, and how long a file stays as it is before it is complete; in seconds.

    Attributes:
        look: between two looks at files that may still be written.
        whole: of a file that has an end.
        broken: of a file that has none, as when somebody is still writing it.
        scan: between two looks at the whole folder, or more where that takes long.
    """

    look: float = 0.5
    whole: float = 2.0
    broken: float = 30.0
    scan: float = 30.0


USUAL = Pace()


def arrivals(folder: Path, endings: Endings, stop: Event, pace: Pace) -> Generator[list[Found], None, None]:
    """Yield what is in a folder and below it and what arrives there, as soon as it is complete, until `stop` is set.

    Nothing is held open meanwhile, and nothing in the folder is changed.

    Args:
        folder: the folder.
        endings: endings of the files that are taken, besides archives.
        stop: ends it.
        pace: how often is looked.

    Raises:
        UsageError: watchfiles is not installed.
        SourceError: the folder is gone or cannot be read.
    """
    files = _Files(folder, endings, pace)
    due, earliest, latest, next_look = True, 0.0, 0.0, 0.0
    for changed in _changes(folder, stop, pace.look):
        now = time.monotonic()
        due = due or changed is None or files.see(changed)
        if now >= (earliest if due else latest):
            files.scan()
            due, end = False, time.monotonic()
            earliest = end + _SCAN_SHARE * (end - now)
            latest = max(earliest, end + pace.scan)
        if now >= next_look:
            next_look = now + pace.look
            if found := files.complete():
                yield found


def _changes(folder: Path, stop: Event, look: float) -> Iterator[_Changed]:
    """Yield what changes in a folder; nothing now and then, and None where changes may have been missed."""
    try:
        from watchfiles import watch
    except ImportError as error:
        raise UsageError('Watching a folder needs watchfiles: pip install "qrda2qpp[watch]"') from error
    while not stop.is_set():
        begun = False
        try:
            for changes in watch(
                os.path.realpath(folder),
                watch_filter=None,
                debounce=400,
                stop_event=stop,
                rust_timeout=int(look * 1000),
                yield_on_timeout=True,
                ignore_permission_denied=True,
            ):
                yield [path for _, path in changes] if begun else None
                begun = True
        # A name that is no text, a link in a circle, too many folders for the system, a folder that is gone.
        except (OSError, RuntimeError):
            yield None
            again = time.monotonic() + _PAUSE
            while time.monotonic() < again and not stop.wait(look):
                yield ()


class _Files:
    """The files of a folder: those that are waited for, and those that were handed on, as they were then."""

    def __init__(self, folder: Path, endings: Endings, pace: Pace, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder, self._real = folder, os.path.realpath(folder)
        self._endings, self._pace, self._clock = endings, pace, clock
        self._waiting: dict[Path, tuple[Found, _State, float]] = {}
        self._known: dict[Path, _State] = {}

    def scan(self) -> None:
        """Look at the whole folder.

        Raises:
            SourceError: it is gone or cannot be read.
        """
        found = self._below(self._folder)
        paths = {one.path for one in found}
        self._known = {path: state for path, state in self._known.items() if path in paths}
        self._look_at(found)

    def see(self, changed: Iterable[str]) -> bool:
        """Look at what has changed: paths below the real path of the folder; True where all is to be looked at.

        Raises:
            SourceError: the folder is gone or cannot be read.
        """
        if not os.path.isdir(self._folder):
            self._below(self._folder)
        for one in changed:
            parts = Path(os.path.relpath(one, self._real)).parts if one.startswith(self._real) else ()
            if any(part.startswith(".") for part in parts):
                continue
            path = self._folder.joinpath(*parts)
            # What is reached through a link may have its place elsewhere.
            if not parts or os.path.realpath(path.parent) != os.path.dirname(one):
                return True
            if os.path.isdir(path):
                self._look_at(self._below(path))
            elif is_taken(path.name, self._endings):
                self._look_at([File(path)])
        return False

    def _below(self, folder: Path) -> list[Found]:
        found = list(files_below(folder))
        if folder == self._folder:
            for one in found:
                if isinstance(one, Unread) and one.path == folder:
                    raise SourceError(reason(one.error)) from one.error
            if not os.path.isdir(folder):
                raise SourceError("it is not a folder any more")
        return [one for one in found if isinstance(one, Unread) or is_taken(one.path.name, self._endings)]

    def _look_at(self, found: Iterable[Found]) -> None:
        now = self._clock()
        for one in found:
            state = _state(one)
            if state is None:
                self._known.pop(one.path, None)
            elif one.path not in self._waiting and self._known.get(one.path) != state:
                self._waiting[one.path] = (one, state, now)

    def complete(self) -> list[Found]:
        """Return what is waited for no longer: it has stayed as it is for a while. What is gone is forgotten."""
        now = self._clock()
        done: list[Found] = []
        for one, before, since in list(self._waiting.values()):
            state = _state(one)
            if state == before and not self._is_complete(one, now - since):
                continue
            del self._waiting[one.path]
            if state is None:
                self._known.pop(one.path, None)
            elif state != before:
                self._waiting[one.path] = (one, state, now)
            else:
                self._known[one.path] = state
                done.append(one)
        return sorted(done, key=lambda one: one.path)

    def _is_complete(self, one: Found, seconds: float) -> bool:
        if seconds >= self._pace.broken:
            return True
        return seconds >= self._pace.whole and isinstance(one, File) and has_end(one.path)


def _state(one: Found) -> _State | None:
    """State of a file, or of what cannot be opened; None where there is nothing of the kind."""
    try:
        state = os.stat(one.path)
        if isinstance(one, File):
            return (state.st_size, state.st_mtime_ns) if stat.S_ISREG(state.st_mode) else None
        with os.scandir(one.path):
            return None
    except OSError as error:
        return (-1, error.errno or 0) if os.path.lexists(one.path) else None


def has_end(path: Path) -> bool:
    """Whether a file has an end, as far as its last bytes say: that of its root element, or the directory of a zip."""
    try:
        if path.suffix.lower() == ".zip":
            return zipfile.is_zipfile(path)
        with path.open("rb") as stream:
            # In UTF-16 every other byte is 0.
            begin = stream.read(_END_BYTES).replace(b"\0", b"")
            stream.seek(max(stream.seek(0, os.SEEK_END) - _END_BYTES, 0))
            end = stream.read().replace(b"\0", b"")
    except OSError:  # on Windows, one that is being written may not be opened
        return False
    root = _ROOT.search(begin)
    return root is not None and re.search(rb"</" + re.escape(root[1]) + rb"\s*>", end) is not None
