"""Zip archives: their documents as inputs, within limits, and under names that every system can write."""

import errno
import io
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TypeAlias

from converter.errors import ArchiveError, SourceError
from converter.interrupts import pass_on_interrupt
from converter.language.english import cut
from converter.source.inputs import Endings, Input, failing, is_taken, read_stream, reason, shown
from converter.source.limits import MEGABYTE, Limits
from converter.source.safe_names import LONGEST_NAME, is_too_long, safe_parts
from converter.source.url import PathOrUrl, Url

_ENTRY_BYTES = 1024
"""More than a member takes in the directory of an archive that people make."""
_MEMBER = b"PK\x03\x04"
"""What a member begins with."""
_MAKE_AGAIN = "Make or download the archive again, or unpack it with another program and give the folder."
_MORE_MEMBERS = "Split the archive into smaller ones, or raise the limit with --max-members."


class Held(NamedTuple):
    """An archive in memory: its name and its bytes."""

    name: str
    data: bytes

    def __str__(self) -> str:
        return self.name


_Source: TypeAlias = PathOrUrl | Held


def archive_members(path: _Source, parent: PurePosixPath, limits: Limits, endings: Endings) -> Iterator[Input]:
    """Yield the documents of a zip archive, in order of their names; of one that cannot be listed, what says why.

    Args:
        path: the archive, a file, a URL or in memory.
        parent: folder of their results, relative to the output folder.
        limits: sizes beyond which they are refused.
        endings: endings of the files that are taken; with `.zip` archives inside of it can be read, too.
    """
    try:
        members = list(_members(path, parent, limits, endings))
    except SourceError as error:
        members = [failing(_place(path), parent, error)]
    except Exception as error:  # what is damaged makes zipfile raise anything
        members = [failing(_place(path), parent, ArchiveError(f"it cannot be opened ({_words(error)})", _MAKE_AGAIN))]
    yield from members


def _place(path: _Source) -> PathOrUrl:
    return Path(path.name) if isinstance(path, Held) else path


def _members(path: _Source, parent: PurePosixPath, limits: Limits, endings: Endings) -> Iterator[Input]:
    with _Listing(path, limits) as file, zipfile.ZipFile(file) as archive:
        everything = archive.infolist()
        file.seek(0)
        if file.read(len(_MEMBER)) == _MEMBER and not any(item.header_offset == 0 for item in everything):
            # What is left of an archive that is cut off may end with the directory of an archive inside of it.
            raise ArchiveError(
                "the list of its contents leaves out the first file, so a part of it is missing", _MAKE_AGAIN
            )
    items = sorted((item for item in everything if _is_document(item, endings)), key=lambda item: item.filename)
    _refuse(len(everything), items, limits, endings)
    opened = _Archive(path, len(items), _stamp(items))
    for item in items:
        output = parent.joinpath(*safe_parts(item.filename))
        name = shown(f"{path}/{item.filename}")
        if is_too_long(item.filename):
            problem = f"a name in it has {len(item.filename):,} characters, more than can be written"
            yield failing(_place(path), output, ArchiveError(problem, _MAKE_AGAIN), cut(name, LONGEST_NAME))
        else:
            yield Input(
                name,
                output,
                partial(opened.read, item, limits, ".zip" in endings),
                None if isinstance(path, Held) else path,
                item.file_size,
            )


class _Listing(io.BufferedReader):
    """An archive whose directory is read; one that is too large for its members is refused before it takes memory."""

    def __init__(self, path: _Source, limits: Limits) -> None:
        super().__init__(_raw(path))
        self._most = max(limits.zip_members * _ENTRY_BYTES, MEGABYTE)

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > self._most:
            raise ArchiveError(f"its directory takes more than {self._most // MEGABYTE} MB", _MORE_MEMBERS)
        return super().read(size)


def _raw(path: _Source) -> io.RawIOBase | io.BytesIO:
    if isinstance(path, Held):
        return io.BytesIO(path.data)
    if isinstance(path, Url):
        from converter.source.object_store import ObjectFile

        return ObjectFile(path)
    return io.FileIO(path)


@lru_cache(maxsize=1)
def _of_another_process(path: _Source, stamp: int) -> "_Archive":
    """Return an archive of which this process reads some documents; it stays open until those of another one come."""
    return _Archive(path, sys.maxsize, stamp)


def _stamp(items: list[zipfile.ZipInfo]) -> int:
    """What tells an archive from another one that has taken its place."""
    return zlib.crc32(
        repr([(item.filename, item.CRC, item.header_offset) for item in items]).encode("utf-8", "replace")
    )


class _Archive:
    """An archive that is open from the first of its documents that is read to the last.

    To open it for each of them would read its directory as often, also where some of them are read once more.
    """

    __slots__ = ("_documents", "_left", "_path", "_stamp", "_zip")

    def __init__(self, path: _Source, documents: int, stamp: int) -> None:
        self._path = path
        self._stamp = stamp
        self._documents = self._left = documents
        self._zip: zipfile.ZipFile | None = None

    def __reduce__(self) -> tuple[Callable[[_Source, int], "_Archive"], tuple[_Source, int]]:
        path = self._path.absolute() if isinstance(self._path, Path) else self._path
        return _of_another_process, (path, self._stamp)

    def read(self, item: zipfile.ZipInfo, limits: Limits, archives: bool = False) -> bytes:
        """Read a document, or an archive where these are wanted.

        Raises:
            SourceError: it is damaged or beyond a limit.
        """
        self._left = (self._left or self._documents) - 1
        try:
            _refuse_member(item, limits, archives)
            if self._zip is None:
                self._zip = zipfile.ZipFile(
                    _Listing(self._path, limits) if isinstance(self._path, Url | Held) else self._path
                )
            # The sizes are what the archive says; the limit holds also where that is not true.
            with self._zip.open(item) as stream:
                return read_stream(stream, limits)
        except SourceError as error:
            if error.__cause__ is None:
                raise
            raise ArchiveError(f"it cannot be unpacked ({_words(error)})", _MAKE_AGAIN) from error
        except Exception as error:  # damaged members, and methods that are not known
            raise ArchiveError(f"it cannot be unpacked ({_words(error)})", _MAKE_AGAIN) from error
        finally:
            if not self._left and self._zip is not None:
                self._zip.close()
                self._zip = None


def _is_document(item: zipfile.ZipInfo, endings: Endings) -> bool:
    parts = PurePosixPath(item.filename.replace("\\", "/")).parts
    hidden = any(part.startswith((".", "__MACOSX")) and part not in (".", "..") for part in parts)
    return is_taken(item.filename, endings) and not item.is_dir() and not hidden


def _refuse(count: int, items: list[zipfile.ZipInfo], limits: Limits, endings: Endings) -> None:
    if count > limits.zip_members:
        raise ArchiveError(f"it has {count} members, more than {limits.zip_members}", _MORE_MEMBERS)
    total = sum(item.file_size for item in items)
    if total > limits.total_bytes:
        problem = f"its documents take {total // MEGABYTE} MB, more than {limits.total_bytes // MEGABYTE} MB"
        raise ArchiveError(problem, "Split the archive into smaller ones, or raise the limit with --max-total.")
    if not items:
        wanted = " or ".join(endings)
        raise ArchiveError(f"it holds no {wanted} file", f"Give an archive that holds {wanted} files.")


def _refuse_member(item: zipfile.ZipInfo, limits: Limits, archives: bool) -> None:
    if item.filename.lower().endswith(".zip") and not archives:
        raise ArchiveError(
            "it is an archive inside an archive, which is not opened",
            "Unpack the outer archive, and give the inner ones by themselves.",
        )
    if item.flag_bits & 1:
        raise ArchiveError("it is encrypted", "Unpack the archive with its password, and give the folder.")
    # A small member does no harm, however well it is compressed.
    if item.file_size > limits.zip_ratio * max(item.compress_size, 1) and item.file_size > MEGABYTE:
        raise ArchiveError(
            f"it is more than {limits.zip_ratio} times larger than its compressed form",
            "Do not unpack it: no report shrinks that far. Ask its sender what it is; raise the limit with "
            "--max-ratio if it is meant.",
        )


def _words(error: Exception) -> str:
    """Why an archive cannot be read. What zipfile says of names and bytes may hold an identifier, and is left out."""
    pass_on_interrupt(error)
    if isinstance(error, SourceError) and isinstance(error.__cause__, Exception):
        return _words(error.__cause__)
    if isinstance(error, SourceError | NotImplementedError) and str(error):
        return str(error)
    # A place before the beginning, which damaged data name, is an invalid argument.
    of_system = isinstance(error, OSError) and error.errno not in (None, errno.EINVAL)
    return reason(error) if of_system or isinstance(error, MemoryError) else "its data are damaged"
