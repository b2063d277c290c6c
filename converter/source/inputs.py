"""Inputs: from what a user names (paths, folders, patterns, archives, standard input) to documents to be read.

A path that exists is taken literally before it is read as a pattern, because names with brackets are common.
"""

import errno
import glob
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, NamedTuple, NoReturn, TypeAlias

from converter.errors import ConverterError, SourceError, TooLargeError, UsageError
from converter.interrupts import pass_on_interrupt
from converter.language.english import cut
from converter.source.limits import MEGABYTE, Limits
from converter.source.url import PathOrUrl, Url, place_of

if TYPE_CHECKING:
    from converter.source.listing import Found

STDIN = "stdin"
Endings: TypeAlias = tuple[str, ...]
_ARCHIVE = ".zip"
_LONGEST = 200
"""How much of a name that leads nowhere is repeated."""
_FOLDER_REMEDY = "Give the account that runs this the right to read the folder, or leave the folder out."
_OWN_REPORT = "-error.json"
"""Ending of what a conversion writes in place of a submission; it is no document."""


class Input(NamedTuple):
    """A document to be read.

    Attributes:
        name: how reports name it: the path as given, `archive.zip/member.xml`, or `stdin`.
        output: where its result belongs, relative to the output folder and without ending.
        read: reads the bytes; raises `SourceError` where that fails. But for standard input it can be pickled, so that
            another process may read the document.
        path: the file or URL it is read from, or None for standard input.
        size: its size in bytes where that is not the size of a file; None where it is, or is not known.
    """

    name: str
    output: PurePosixPath
    read: Callable[[], bytes]
    path: PathOrUrl | None = None
    size: int | None = None


def from_anywhere(item: Input) -> Input:
    """Return an input that can also be read by a process with another working folder."""
    if not isinstance(item.read, partial):
        return item
    arguments = (one.absolute() if isinstance(one, Path) else one for one in item.read.args)
    return item._replace(read=partial(item.read.func, *arguments))


def expand(words: Iterable[str], limits: Limits, endings: Endings = (".xml",)) -> Iterator[Input]:
    """Turn words of a command line into inputs, in the order given; folders and archives in order of their names.

    What cannot be listed becomes an input that cannot be read.

    Args:
        words: paths, patterns, URLs, or - for standard input.
        limits: sizes beyond which input is refused.
        endings: endings of the files that are taken from folders and archives.

    Raises:
        UsageError: a word names nothing, or a folder that holds nothing to convert; or standard input is closed.
    """
    for word in words:
        if word == "-":
            if sys.stdin is None or sys.stdin.closed:
                raise UsageError("Standard input is closed; give a SOURCE.")
            yield Input(STDIN, PurePosixPath(STDIN), lambda: read_stream(sys.stdin.buffer, limits))
            continue
        place = place_of(word)
        try:
            if isinstance(place, Url):
                from converter.source.urls import url_inputs

                yield from url_inputs(place, limits, endings)
            else:
                yield from _named(os.fspath(place) if "://" in word else word, limits, endings)
        except ConverterError:
            raise
        except Exception as error:
            yield failing(place, PurePosixPath(place.name), SourceError(reason(error)))


def _named(word: str, limits: Limits, endings: Endings) -> Iterator[Input]:
    path = Path(word)
    if os.path.isdir(path):  # also false for a name that is too long for any file
        below = _folder(path, limits, endings)
        if (first := next(below, None)) is None:
            raise UsageError(f"The folder {word} holds no {', '.join(endings)} or .zip file.")
        yield first
        yield from below
    # A link that leads nowhere is a path too: to read it says what is wrong with it.
    elif os.path.lexists(path):
        yield from _file(path, PurePosixPath(), limits, endings)
    elif glob.has_magic(word):
        found = list(_pattern(word, limits, endings))
        if not found:
            raise UsageError(f"No file matches {cut(word, _LONGEST)}.")
        yield from found
    elif error := _hidden(path):
        yield failing(path, PurePosixPath(stem(path.name)), SourceError(reason(error)))
    else:
        raise UsageError(f"There is no file or folder {cut(word, _LONGEST)}.")


def _hidden(path: Path) -> OSError | None:
    """Why it cannot be said whether there is a file: a folder on the way may not be read; None where there is none."""
    try:
        os.lstat(path)
    except PermissionError as error:
        return error
    except (OSError, ValueError):
        pass
    return None


def _pattern(word: str, limits: Limits, endings: Endings) -> Iterator[Input]:
    from converter.source.listing import Unread, matching

    for one in sorted(matching(word), key=lambda found: found.path):
        if isinstance(one, Unread):
            yield _unlisted(one.path, PurePosixPath(one.path.name), one.error)
        else:
            yield from _file(one.path, PurePosixPath(), limits, endings)


def _folder(folder: Path, limits: Limits, endings: Endings) -> Iterator[Input]:
    from converter.source.listing import files_below

    yield from found_below(folder, sorted(files_below(folder), key=lambda found: found.path), limits, endings)


def found_below(folder: Path, found: "Iterable[Found]", limits: Limits, endings: Endings) -> Iterator[Input]:
    """Turn what was found in a folder and below it into inputs; what cannot be listed into one that cannot be read.

    Args:
        folder: the folder, from which the places of the results are reckoned.
        found: files, of which those with the endings and archives are taken, and what could not be opened.
        limits: sizes beyond which input is refused.
        endings: endings of the files that are taken.
    """
    from converter.source.listing import Unread

    for one in found:
        below = one.path.relative_to(folder)
        if isinstance(one, Unread):
            yield _unlisted(
                one.path, PurePosixPath(*below.parts or [os.path.basename(os.path.abspath(folder))]), one.error
            )
        elif is_taken(one.path.name, endings):
            yield from _file(one.path, PurePosixPath(*below.parent.parts), limits, endings)


def _unlisted(path: Path, output: PurePosixPath, error: OSError) -> Input:
    if isinstance(error, FileNotFoundError):
        return failing(path, output, SourceError("it is a link that leads nowhere", "Remove the link, or fix it."))
    if error.errno == errno.ELOOP:
        return failing(path, output, SourceError("it is a link that leads to itself", "Remove the link, or fix it."))
    return failing(path, output, SourceError(f"the folder cannot be opened ({reason(error)})", _FOLDER_REMEDY))


def _file(path: Path, parent: PurePosixPath, limits: Limits, endings: Endings) -> Iterator[Input]:
    if path.suffix.lower() == _ARCHIVE:
        # Most runs meet no archive, and what reads one takes a while to load.
        from converter.source.archives import archive_members

        yield from archive_members(path, parent / path.stem, limits, endings)
    else:
        yield Input(shown(path), parent / stem(path.name), partial(read_file, path, limits), path)


def shown(path: PathOrUrl | str) -> str:
    """Name of a place for reports; what is no text in it is replaced."""
    return os.fsencode(str(path)).decode("utf-8", errors="replace")


def stem(name: str) -> str:
    """Name of a result without its ending: that of the document without `.xml` in any case."""
    return name[:-4] if name.lower().endswith(".xml") and len(name) > 4 else name


def failing(path: PathOrUrl, output: PurePosixPath, error: SourceError, name: str | None = None) -> Input:
    """Return an input that cannot be read, and is named by its place unless it has another name."""
    return Input(name or shown(path), output, partial(_fail, error), path)


def _fail(error: SourceError) -> NoReturn:
    raise error


def reason(error: Exception) -> str:
    """Say in a few words why something could not be read; without the path, which may hold an identifier.

    Raises:
        KeyboardInterrupt: it was interrupted.
    """
    pass_on_interrupt(error)
    if isinstance(error, MemoryError):
        return "it does not fit into the memory"
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__


def read_file(path: Path, limits: Limits) -> bytes:
    """Read a file.

    Raises:
        SourceError: it cannot be read, or is larger than the limit.
    """
    try:
        with path.open("rb") as stream:
            return read_stream(stream, limits)
    except OSError as error:
        raise SourceError(reason(error)) from error


def read_stream(stream: IO[bytes], limits: Limits) -> bytes:
    """Read a binary stream up to the limit.

    Raises:
        SourceError: it cannot be read, or is larger than the limit.
    """
    parts: list[bytes] = []
    # One byte more than allowed is enough to know that there is too much.
    left = limits.document_bytes + 1
    try:
        # A pipe gives less at a time than it is asked for.
        while left > 0 and (part := stream.read(left)):
            parts.append(part)
            left -= len(part)
    except OSError as error:
        raise SourceError(reason(error)) from error
    if any(not isinstance(part, bytes) for part in parts):
        raise UsageError("The stream is one of text; open the document in binary mode.")
    if left <= 0:
        raise TooLargeError(str(limits.document_bytes // MEGABYTE))
    # A file comes in one part, which need not be copied.
    return parts[0] if len(parts) == 1 else b"".join(parts)


def names_one(word: str, item: Input) -> bool:
    """Whether a word names an input itself; not a folder or an archive in which it is."""
    place = place_of(word)
    if isinstance(place, Url):
        return place.is_pattern or (item.path == place and place.suffix.lower() != _ARCHIVE)
    return not (os.path.isdir(place) or word.lower().endswith(_ARCHIVE))


def is_taken(name: str, endings: Endings) -> bool:
    """Whether a file of a folder or archive is taken, by its name."""
    return name.lower().endswith((*endings, _ARCHIVE)) and not name.lower().endswith(_OWN_REPORT)
