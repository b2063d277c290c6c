"""What no terminal or page may get raw, shown as escapes: control characters, and those that turn the reading order.

A value of a document, or the name of a file, could otherwise clear a screen, forge a line or read backwards.
"""

import re
from functools import cache

_TURNING = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_RAW = rf"\x7f-\x9f\u2028\u2029\ud800-\udfff{_TURNING}"
_SHORT = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}


def visible(text: str) -> str:
    r"""Return a text in one line, with `\x1b`, `\u202e` or `\n` where it has such a character."""
    return text if text.isprintable() else _pattern(rf"[\x00-\x1f{_RAW}]").sub(_escape, text)


def visible_lines(text: str) -> str:
    """Return a text of several lines, which stay, with escapes for all other such characters."""
    if text.replace("\n", "").isprintable():
        return text
    return _pattern(rf"[\x00-\x09\x0b-\x1f{_RAW}]").sub(_escape, text)


def visible_json(text: str) -> str:
    r"""Return a JSON text of the same meaning, with `\u009b` where `json.dumps` leaves such a character raw."""
    if text.isascii() and "\x7f" not in text:
        return text
    return _pattern(f"[{_RAW}]").sub(lambda one: f"\\u{ord(one[0]):04x}", text)


@cache
def _pattern(characters: str) -> re.Pattern[str]:
    """A pattern of characters, which most runs never need, and which takes a while to make."""
    return re.compile(characters)


def _escape(one: re.Match[str]) -> str:
    code = ord(one[0])
    return _SHORT.get(one[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")
