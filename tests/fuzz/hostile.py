"""Texts that do harm where they are shown raw, and what says that they are not."""

import re
from random import Random

ESCAPES = "\x1b]0;pwned\x07\x1b[2J\x9b31m\x7f\x00\r\b"
TURNING = "\u202eevil\u202c\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u202a\u202b\u202d"
FORGED = "a.xml\nb.xml: accepted\u2028\u2029\x85"
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&`|*_[x](https://evil.example/)![y](z)"
LINKS = "https://evil.example/?q=1 www.evil.example @someone a@evil.example #123 GH-123 owner/project#123"
FORMULA = '=HYPERLINK("https://evil.example")\t+1-1@SUM(1)'
TEXTS = (ESCAPES, TURNING, FORGED, MARKUP, LINKS, FORMULA, "\t=1+1", "\n# a\n- b\n```\n", "\ufeff\u200b\xa0", "é" * 50)

_RAW = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def raw(text: str, form: str = "text") -> str:
    """Return the first character that a report of a format shows raw; empty where there is none.

    A csv has line ends of two characters.
    """
    found = _RAW.search(text.replace("\r\n", "\n") if form == "csv" else text)
    return f"U+{ord(found[0]):04X}" if found else ""


def spoiled(text: str, random: Random, most: int = 3) -> str:
    """Return a text with pieces of it cut out, doubled, or hostile ones put in."""
    for _ in range(random.randrange(1, most + 1)):
        start = random.randrange(len(text) + 1)
        end = min(len(text), start + random.choice((0, 1, 1, 5, 40)))
        piece = random.choice(("", text[start:end] * 2, random.choice(TEXTS), chr(random.randrange(0xD800)), "0", "-"))
        text = text[:start] + piece + text[end:]
    return text
