"""NPI and TIN as texts: how many digits they have, and what is wrong with one that is no such number."""

import re

from converter.language.english import listed

NPI_DIGITS, TIN_DIGITS = 10, 9

LOOK_ALIKE = str.maketrans("OoQIlSBZ", "00011582")
"""Letters that are read and typed for digits."""

_HIDDEN = re.compile(r"[Xx*#\u2022?_]{2,}")
_MOST_ZEROS = 3
"""No number has more leading zeros than this to lose."""
_ZEROS = (
    "Compare it with the TIN: if it begins with zeros, write them again (spreadsheets drop them); otherwise correct it "
    "to 9 digits."
)


def is_number(text: str, digits: int) -> bool:
    """Whether a text has just so many digits, and nothing else."""
    return len(text) == digits and text.isascii() and text.isdecimal()


def number_words(text: str, what: str, digits: int) -> dict[str, str]:
    """Say what is wrong with a text that should be a number, but not what its digits are, and what to do.

    Args:
        text: what is written.
        what: NPI or TIN.
        digits: how many digits it has.
    """
    plain, found = text.replace("-", "").replace(" ", ""), len(digits_of(text))
    if is_number(plain, digits):
        return {"note": "; it has dashes or blanks in it"}
    if _HIDDEN.search(plain):
        fix = f"Export the file again with the whole {what} in it: a masked one cannot be submitted."
        return {"note": "; characters such as X or * hide a part of it", "fix": fix}
    if is_number(plain.translate(LOOK_ALIKE), digits):
        note = f"; the letter {listed(_letters(plain))} stands in place of a digit that looks like it"
        return {"note": note, "fix": f"Compare it with the {what}, and write digits only."}
    if found == digits:
        return {"note": "; it has other characters in it"}
    note = f"; it has {found or 'no'} digit{'' if found == 1 else 's'}"
    if digits == TIN_DIGITS and plain.isdecimal() and digits - _MOST_ZEROS <= found < digits:
        return {"note": f"{note}: zeros at its beginning may have been lost", "fix": _ZEROS}
    return {"note": note}


def _letters(text: str) -> list[str]:
    return sorted({one for one in text if one.isalpha()})


def digits_of(text: str) -> str:
    """Return the digits of a text."""
    return "".join(one for one in text if one.isdecimal() and one.isascii())
