"""Zip archives: their documents as inputs, within limits, and under names that every system can write."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from converter.errors import ArchiveError, SourceError
from converter.source.inputs import Endings, Input, is_taken, read_stream, shown, stem
from converter.source.limits import MEGABYTE, Limits

_UNSAFE = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_WINDOWS_DROPS = re.compile(r"[. ]+$")
"""What Windows takes away from the end of a folder's name."""
_DEVICE = re.compile(r"(con|prn|aux|nul|(com|lpt)[1-9¹²³]) *(\.|$)", re.IGNORECASE)
"""Names that Windows keeps for devices, with whatever ending."""


def archive_members(path: Path, parent: PurePosixPath, limits: Limits, endings: Endings) -> Iterator[Input]:
    """Yield the documents of a zip archive, in order of their names.

    Args:
        path: the archive.
        parent: folder of their results, relative to the output folder.
        limits: sizes beyond which they are refused.
        endings: endings of the files that are taken.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [item for item in archive.infolist() if _is_document(item, endings)]
            problem = _problem(archive, members, limits, endings)
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
    return is_taken(item.filename, endings) and not item.is_dir() and not hidden


def _problem(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: Limits, endings: Endings) -> str | None:
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
