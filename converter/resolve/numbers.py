"""Texts that stand for numbers and dates, read by the rules of the official converter."""

import math
import re
from datetime import date
from functools import lru_cache

_WHOLE = re.compile(r"[+-]?\d+")
_DATE = re.compile(r"(\d{4})(-?|/)(\d{2})\2(\d{2})(?:\D.*|\d{2,}.*)?", re.DOTALL)


def whole_number(text: str | None) -> int | None:
    """Read a 32-bit whole number; a sign and leading zeros are allowed, blanks and exponents are not."""
    if text is None:
        return None
    if len(text) < 10 and text.isdecimal():
        return int(text)
    if _WHOLE.fullmatch(text):
        number = int(text) if len(text) < 100 else 1 << 40
        if -(1 << 31) <= number < (1 << 31):
            return number
    return None


@lru_cache(maxsize=256)
def iso_date(text: str) -> str | None:
    """Read `YYYYMMDD`, `YYYY-MM-DD` or `YYYY/MM/DD`, with or without a time; return `YYYY-MM-DD`, or None."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[3]), int(match[4])).isoformat()
    except ValueError:
        return None


def decimal_number(text: str) -> float | None:
    """Read a plain decimal number such as a performance rate; None for anything else, infinity and NaN included."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if "_" not in text and math.isfinite(number) else None
