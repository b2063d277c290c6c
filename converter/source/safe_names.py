"""Names that others have given, in an archive or an object store, as names that every system can write."""

import re
import zlib

from converter.source.inputs import stem

_UNSAFE = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_WINDOWS_DROPS = re.compile(r"[. ]+$")
"""What Windows takes away from the end of a folder's name."""
_DEVICE = re.compile(r"(con|prn|aux|nul|(com|lpt)[1-9¹²³]) *(\.|$)", re.IGNORECASE)
"""Names that Windows keeps for devices, with whatever ending."""

LONGEST_NAME = 1000
"""Most characters of a path that is written."""
_LONGEST_PART, _SHORT = 200, 40
"""Most bytes of a part of it; characters of what stands for a longer one."""


def is_too_long(name: str) -> bool:
    """Whether a path, or a part of it, has more characters than can be written."""
    parts = name.replace("\\", "/").split("/")
    return len(name) > LONGEST_NAME or any(len(part.encode("utf-8", "replace")) > _LONGEST_PART for part in parts)


def safe_parts(name: str) -> list[str]:
    """Return the parts of the path of a result, without ending, for a document that others have named.

    None of them leads out of the output folder, and every system can write it.
    """
    # Not `PurePosixPath.parts`: to it, two slashes at the beginning are a root of their own.
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if not parts:
        return ["member"]
    folders = [_WINDOWS_DROPS.sub("_", _writable(part)) for part in parts[:-1]]
    if is_too_long(name):
        return [f"{_writable(parts[-1])[:_SHORT]}-{zlib.crc32(name.encode('utf-8', 'replace')):08x}"]
    name = stem(parts[-1])
    # A result has an ending of its own, so that only a name with a dot can still be one of a device.
    return [*folders, _writable(name) if "." in name else _UNSAFE.sub("_", name)]


def _writable(part: str) -> str:
    part = _UNSAFE.sub("_", part)
    return f"_{part}" if _DEVICE.match(part) else part
