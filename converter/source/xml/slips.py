"""What commonly happened to a file that is nearly XML: its encoding, its quotation marks, what comes before it."""

import re
import unicodedata
from typing import NamedTuple

_BOM = b"\xef\xbb\xbf"
_CURLY = re.compile(rb"=\s*(?:\xe2\x80[\x98-\x9f]|[\x91-\x94])")
_SECOND = re.compile(rb"<\?xml\b|<(?:\w+:)?ClinicalDocument\b")
_EXPORTED = "Correct the XML at this place, or export the report again and do not edit the file by hand."
_SAVED = 'Save the file as UTF-8, with encoding="UTF-8" in its first line.'


class Slip(NamedTuple):
    """What is wrong with a file, as the end of a sentence, and what to do."""

    problem: str
    remedy: str


def syntax_slip(data: bytes, line: int, problem: str) -> Slip:
    """Say what is wrong with a file that is not well-formed, and what to do.

    Args:
        data: the bytes of the file.
        line: the line at which the parser stopped, from 1.
        problem: what the parser says, in words.
    """
    text = data.removeprefix(_BOM)
    if text[:1].isspace() and text.lstrip().startswith(b"<?xml"):
        blank = "a blank line comes" if b"\n" in text[: text.index(b"<")] else "spaces come"
        return Slip(
            f"{blank} before the XML declaration (<?xml ...?>), which must be at the very start of the file",
            "Delete everything before <?xml, or download the report again.",
        )
    lines = data.split(b"\n", line)
    if len(lines) >= line > 0 and _CURLY.search(lines[line - 1]):
        return Slip(
            "values are in curly quotation marks instead of straight ones",
            "Export the report again, or replace the curly quotation marks with straight ones in a plain text editor.",
        )
    if len(lines) >= line > 0 and data.count(b"<ClinicalDocument") > 1 and _SECOND.search(lines[line - 1]):
        return Slip(
            "a second document follows the end of the first",
            "Send each document in a file of its own; do not join exported files.",
        )
    return Slip(problem, _EXPORTED)


def encoding_slip(data: bytes, declared: str, problem: str) -> Slip:
    """Say what is wrong with the encoding of a file, and what to do; Windows-1252 declared as UTF-8 is named as that.

    Args:
        data: the bytes of the file.
        declared: the encoding that the file says it has.
        problem: what the parser says, in words.
    """
    found = _windows_character(data) if declared.upper() in ("UTF-8", "UTF8") else None
    if found is None:
        return Slip(problem, _SAVED)
    byte, name = found
    return Slip(
        f"it is probably written in Windows-1252, because it contains the byte 0x{byte:02X} ({name} in Windows-1252)",
        "Export the report again as UTF-8, or open the file in a plain text editor and save it as UTF-8.",
    )


def _windows_character(data: bytes) -> tuple[int, str] | None:
    """The first byte that is not UTF-8, and the name of its character in Windows-1252; None where it has none there."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = data[error.start]
        try:
            return byte, unicodedata.name(bytes([byte]).decode("cp1252")).lower()
        except (UnicodeDecodeError, ValueError):
            return None
    return None
