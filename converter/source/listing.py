"""Files of folders and patterns: each real folder is visited once, and one that cannot be read is not passed over."""

import errno
import glob
import os
from collections import deque
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple, TypeAlias

_NOT_THERE = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL}
_ANY_DEPTH = "**"


class File(NamedTuple):
    """A file that was found."""

    path: Path


class Unread(NamedTuple):
    """A folder that cannot be opened, or a link that leads nowhere."""

    path: Path
    error: OSError


Found: TypeAlias = File | Unread
_Entries: TypeAlias = list[os.DirEntry[str]]


def files_below(folder: Path) -> Iterator[Found]:
    """Yield the files of a folder and of all below it, in no order, without hidden ones.

    A link to a folder is followed where that folder is in no other place.
    """
    for one in _folders([folder]):
        if isinstance(one, Unread):
            yield one
        else:
            yield from (found for entry in one[1] if (found := _file(entry)))


def matching(pattern: str) -> Iterator[Found]:
    """Yield the files that match a pattern, in no order; `**` stands for folders of any depth."""
    path = Path(pattern)
    steps = list(path.parts[1:] if path.anchor else path.parts)
    if steps[-1] == _ANY_DEPTH:
        steps.append("*")
    places = [Path(path.anchor)]
    for number, step in enumerate(steps, 1):
        last = number == len(steps)
        found = list(_step(places, step, last))
        yield from (one for one in found if isinstance(one, Unread) or last)
        places = [one.path for one in found if isinstance(one, File)]


def _step(places: Iterable[Path], step: str, last: bool) -> Iterator[Found]:
    """Go one step of a pattern further; what is no `Unread` are files in the last step, and folders before it."""
    if step == _ANY_DEPTH:
        for one in _folders(places):
            yield one if isinstance(one, Unread) else File(one[0])
        return
    for place in places:
        if not glob.has_magic(step):
            yield from _child(place / step, last)
            continue
        entries = _entries(place)
        if isinstance(entries, Unread):
            yield entries
            continue
        for entry in entries:
            if fnmatch(entry.name, step) and (step.startswith(".") or not entry.name.startswith(".")):
                found = _file(entry) if last else _subfolder(entry)
                yield from (found,) if found else ()


def _child(path: Path, last: bool) -> Iterator[Found]:
    try:
        os.stat(path)
    except ValueError:  # it holds a sign that no name has
        return
    except OSError as error:
        if error.errno not in _NOT_THERE:
            yield Unread(path, error)
    else:
        if path.is_file() if last else path.is_dir():
            yield File(path)


def _folders(tops: Iterable[Path]) -> Iterator[tuple[Path, _Entries] | Unread]:
    """Yield folders and all below them with their entries, each real folder once; hidden ones are left out."""
    seen: set[object] = set()
    # Links come last, so that a folder that is also reached without one keeps its own place.
    ahead, links = deque(tops), deque[Path]()
    while ahead or links:
        folder = ahead.popleft() if ahead else links.popleft()
        key = _real(folder)
        if key in seen:
            continue
        seen.add(key)
        entries = _entries(folder)
        if isinstance(entries, Unread):
            yield entries
            continue
        visible = [entry for entry in entries if not entry.name.startswith(".")]
        yield folder, visible
        for entry in visible:
            if isinstance(_subfolder(entry), File):
                (links if entry.is_symlink() else ahead).append(Path(entry.path))


def _real(folder: Path) -> object:
    """What tells a folder from others, by whatever path it is reached."""
    try:
        state = os.stat(folder)
    except OSError:
        return folder
    return (state.st_dev, state.st_ino) if state.st_ino else os.path.realpath(folder)


def _entries(folder: Path) -> _Entries | Unread:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except NotADirectoryError:
        return []
    except OSError as error:
        return Unread(folder, error)


def _subfolder(entry: os.DirEntry[str]) -> File | None:
    try:
        return File(Path(entry.path)) if entry.is_dir() else None
    except OSError:  # a link in a circle, which `_file` tells
        return None


def _file(entry: os.DirEntry[str]) -> Found | None:
    """Return a file, or a link that leads nowhere; None for anything else, such as a folder, a pipe or a device."""
    path = Path(entry.path)
    try:
        if entry.is_file():
            return File(path)
        if not entry.is_symlink() or os.path.exists(path):
            return None
        error: OSError = FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    except OSError as failure:
        error = failure
    # What its ending says to be a file is told when it is read; without one it may have been a folder.
    return File(path) if path.suffix else Unread(path, error)
