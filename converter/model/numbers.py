"""Texts that stand for numbers and dates, read by the rules of the official converter."""

import math
import re
from datetime import date
from functools import lru_cache

_WHOLE = re.compile(r"[+-]?\d+")
_DATE = re.compile(r"(\d{4})(-?|/)(\d{2})\2(\d{2})(?:\D.*|\d{2,}.*)?", re.DOTALL)
_DECIMALS = 6
"""How many decimals of a rate are compared; the standard allows no more."""
_JUST_BELOW = 1 - 2e-10
"""A rate that is cut off lacks less than its last place. Counts have 10 digits, so that it lacks visibly less."""


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


def is_written(number: float, text: str, coarse: float) -> bool:
    """Whether a text is a number, rounded or cut off at the last decimal of the text.

    Args:
        number: the number.
        text: how it is written.
        coarse: how far a text without decimals may be off.
    """
    written = decimal_number(text)
    if written is None:
        return False
    decimals = min(len(text.strip().partition(".")[2]), _DECIMALS)
    place = 10**-decimals if decimals else coarse
    return -place / 2 <= (number - written) * _JUST_BELOW and number - written < place * _JUST_BELOW
