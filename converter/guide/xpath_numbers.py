"""How the guide's assertions read numbers: as XPath 1.0 does, with its white space."""

import re
from collections.abc import Callable, Mapping

_BLANKS = " \t\r\n"
_NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_NPI = 10
_TIN = 9
_DECIMALS = 6
_TIME = 8


def number(text: str) -> float | None:
    """Return the number that a text is; None where it is none."""
    text = text.strip(_BLANKS)
    return float(text) if _NUMBER.fullmatch(text) else None


def _normal(text: str) -> str:
    return " ".join(text.split())


def _is_npi(text: str) -> bool:
    """Whether the tenth digit is the check digit (Luhn) of the nine before it with 80840 ahead."""
    text = _normal(text)
    if not (len(text) >= _NPI and text.isascii() and text.isdecimal()):
        return False
    total = 24  # what 80840 adds
    for position, digit in enumerate(text[: _NPI - 1]):
        doubled = int(digit) * (2 if position % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return (10 - total % 10) % 10 == int(text[_NPI - 1])


def _few_decimals(text: str) -> bool:
    return len(text.partition(".")[2]) <= _DECIMALS


FORMATS: Mapping[str, Callable[[str], bool]] = {
    "length-10": lambda text: len(_normal(text)) == _NPI,
    "number": lambda text: number(text) is not None,
    "npi-check-digit": _is_npi,
    "tin": lambda text: number(text) is not None and len(_normal(text)) == _TIN,
    "number-0-to-1": lambda text: (value := number(text)) is not None and 0 <= value <= 1,
    "at-most-6-decimals": _few_decimals,
    "at-least-8-characters": lambda text: len(text) >= _TIME,
}
"""Format -> whether a text has it."""
