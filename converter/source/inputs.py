"""Inputs: from what a user names (paths, folders, patterns, archives, standard input) to documents to be read.

A path that exists is taken literally before it is read as a pattern, because names with brackets are common.
"""

import glob
import os
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TypeAlias

from converter.errors import ArchiveError, SourceError, TooLargeError, UsageError
from converter.source.limits import MEGABYTE, Limits

STDIN = "stdin"
Endings: TypeAlias = tuple[str, ...]
_ARCHIVE = ".zip"
_OWN_REPORT = "-error.json"
"""Ending of what a conversion writes in place of a submission; it is no document."""
_UNSAFE = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_WINDOWS_DROPS = re.compile(r"[. ]+$")
"""What Windows takes away from the end of a folder's name."""
_DEVICE = re.compile(r"(con|prn|aux|nul|(com|lpt)[1-9¹²³]) *(\.|$)", re.IGNORECASE)
"""Names that Windows keeps for devices, with whatever ending."""


@dataclass(frozen=True, slots=True)
class Input:
    """A document to be read.

    Attributes:
        name: how reports name it: the path as given, `archive.zip/member.xml`, or `stdin`.
        output: where its result belongs, relative to the output folder and without ending.
        read: reads the bytes; raises `SourceError` where that fails.
        path: the file it is read from, or None for standard input.
    """

    name: str
    output: PurePosixPath
    read: Callable[[], bytes]
    path: Path | None = None


def expand(words: Iterable[str], limits: Limits, endings: Endings = (".xml",)) -> Iterator[Input]:
    """Turn words of a command line into inputs, in the order given; folders and archives in order of their names.

    Args:
        words: paths, patterns, or - for standard input.
        limits: sizes beyond which input is refused.
        endings: endings of the files that are taken from folders and archives.

    Raises:
        UsageError: a word names nothing, or a folder that holds nothing to convert.
    """
    for word in words:
        if word == "-":
            yield Input(STDIN, PurePosixPath(STDIN), lambda: read_stream(sys.stdin.buffer, limits))
            continue
        path = Path(word)
        if path.is_dir():
            found = list(_folder(path, limits, endings))
            if not found:
                raise UsageError(f"The folder {word} holds no {', '.join(endings)} or .zip file.")
            yield from found
        # A link that leads nowhere is a path too: to read it says what is wrong with it.
        elif os.path.lexists(path):
            yield from _file(path, PurePosixPath(), limits, endings)
        else:
            yield from _pattern(word, limits, endings)


def _pattern(word: str, limits: Limits, endings: Endings) -> Iterator[Input]:
    if not glob.has_magic(word):
        raise UsageError(f"There is no file or folder {word}.")
    found = sorted(path for name in glob.glob(word, recursive=True) if (path := Path(name)).is_file())
    if not found:
        raise UsageError(f"No file matches {word}.")
    for path in found:
        yield from _file(path, PurePosixPath(), limits, endings)


def _folder(folder: Path, limits: Limits, endings: Endings) -> Iterator[Input]:
    for path in sorted(folder.rglob("*")):
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        if _is_taken(path.name, endings) and path.is_file():
            yield from _file(path, PurePosixPath(*path.parent.relative_to(folder).parts), limits, endings)


def _file(path: Path, parent: PurePosixPath, limits: Limits, endings: Endings) -> Iterator[Input]:
    if path.suffix.lower() == _ARCHIVE:
        yield from _archive(path, parent / path.stem, limits, endings)
    else:
        yield Input(shown(path), parent / stem(path.name), lambda: read_file(path, limits), path)


def shown(path: Path | str) -> str:
    """Name of a path for reports; what is no text in it is replaced."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def stem(name: str) -> str:
    """Name of a result without its ending: that of the document without `.xml` in any case."""
    return name[:-4] if name.lower().endswith(".xml") and len(name) > 4 else name


def read_file(path: Path, limits: Limits) -> bytes:
    """Read a file.

    Raises:
        SourceError: it cannot be read, or is larger than the limit.
    """
    try:
        with path.open("rb") as stream:
            return read_stream(stream, limits)
    except OSError as error:
        raise SourceError(error.strerror or type(error).__name__) from error


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
        raise SourceError(error.strerror or type(error).__name__) from error
    if any(not isinstance(part, bytes) for part in parts):
        raise UsageError("The stream is one of text; open the document in binary mode.")
    if left <= 0:
        raise TooLargeError(str(limits.document_bytes // MEGABYTE))
    # A file comes in one part, which need not be copied.
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _archive(path: Path, parent: PurePosixPath, limits: Limits, endings: Endings) -> Iterator[Input]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [item for item in archive.infolist() if _is_document(item, endings)]
            problem = _archive_problem(archive, members, limits, endings)
    except (OSError, zipfile.BadZipFile) as error:
        yield _failing(path, parent, ArchiveError(f"it cannot be opened ({error})"))
        return
    if problem:
        yield _failing(path, parent, ArchiveError(problem))
        return
    for item in sorted(members, key=lambda member: member.filename):
        yield Input(
            shown(f"{path}/{item.filename}"),
            parent.joinpath(*_safe_parts(item.filename)),
            lambda item=item: _read_member(path, item, limits),  # type: ignore[misc]
            path,
        )


def _is_document(item: zipfile.ZipInfo, endings: Endings) -> bool:
    parts = PurePosixPath(item.filename.replace("\\", "/")).parts
    hidden = any(part.startswith((".", "__MACOSX")) and part not in (".", "..") for part in parts)
    return _is_taken(item.filename, endings) and not item.is_dir() and not hidden


def _is_taken(name: str, endings: Endings) -> bool:
    return name.lower().endswith((*endings, _ARCHIVE)) and not name.lower().endswith(_OWN_REPORT)


def _archive_problem(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: Limits, endings: Endings
) -> str | None:
    if len(archive.infolist()) > limits.zip_members:
        return f"it has {len(archive.infolist())} members, more than {limits.zip_members}"
    total = sum(item.file_size for item in members)
    if total > limits.total_bytes:
        return f"its documents take {total // MEGABYTE} MB, more than {limits.total_bytes // MEGABYTE} MB"
    if not members:
        return f"it holds no {' or '.join(endings)} file"
    return None


def _safe_parts(name: str) -> list[str]:
    # Names in an archive are written by others: none may lead out of the output folder, and every system must be able
    # to write it. Not `PurePosixPath.parts`: to it, two slashes at the beginning are a root of their own.
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if not parts:
        return ["member"]
    folders = [_WINDOWS_DROPS.sub("_", _writable(part)) for part in parts[:-1]]
    name = stem(parts[-1])
    # A result has an ending of its own, so that only a name with a dot can still be one of a device.
    return [*folders, _writable(name) if "." in name else _UNSAFE.sub("_", name)]


def _writable(part: str) -> str:
    part = _UNSAFE.sub("_", part)
    return f"_{part}" if _DEVICE.match(part) else part


def _read_member(path: Path, item: zipfile.ZipInfo, limits: Limits) -> bytes:
    if item.filename.lower().endswith(".zip"):
        raise ArchiveError("it is an archive inside an archive, which is not opened")
    if item.flag_bits & 1:
        raise ArchiveError("it is encrypted")
    # A small member does no harm, however well it is compressed.
    if item.file_size > limits.zip_ratio * max(item.compress_size, 1) and item.file_size > MEGABYTE:
        raise ArchiveError(f"it is more than {limits.zip_ratio} times larger than its compressed form")
    try:
        # The sizes above are what the archive says; the limit holds also where that is not true.
        with zipfile.ZipFile(path) as archive, archive.open(item) as stream:
            return read_stream(stream, limits)
    # Damaged members, and methods that are not known, make zipfile raise any of these.
    except (OSError, zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise ArchiveError(f"it cannot be unpacked ({type(error).__name__})") from error


def _failing(path: Path, output: PurePosixPath, error: SourceError) -> Input:
    def read() -> bytes:
        raise error

    return Input(shown(path), output, read, path)
