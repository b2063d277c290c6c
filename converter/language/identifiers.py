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
    "Compare it with the TIN: if the TIN starts with 0, put the missing zeros back; otherwise, correct it to 9 digits."
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
        return {"note": "; it contains dashes or spaces"}
    if _HIDDEN.search(plain):
        fix = (
            f"Export the file again with the full {what}: a number that was copied in masked form cannot be submitted."
        )
        return {
            "note": "; it is a masked number, in which characters such as X or * hide some of the digits",
            "fix": fix,
        }
    if is_number(plain.translate(LOOK_ALIKE), digits):
        return {"note": _letters(text), "fix": f"Compare it with the {what}, and write digits only."}
    if found == digits:
        return {"note": "; it contains other characters"}
    note = f"; it has {found or 'no'} digit{'' if found == 1 else 's'}"
    zeros = "zero" if digits - found == 1 else "zeros"
    if digits == TIN_DIGITS and plain.isdecimal() and digits - _MOST_ZEROS <= found < digits:
        return {
            "note": f"{note} (a spreadsheet may have dropped its leading {zeros})",
            "fix": _ZEROS,
        }
    return {"note": note}


def _letters(text: str) -> str:
    """Which letters of a text stand for digits, and where: `; character 3 is the letter O, not the digit 0`."""
    found = [
        f"character {at} is the letter {one}, not the digit {one.translate(LOOK_ALIKE)}"
        for at, one in enumerate(text, 1)
        if one.isalpha()
    ]
    return f"; {listed(found)}"


def digits_of(text: str) -> str:
    """Return the digits of a text."""
    return "".join(one for one in text if one.isdecimal() and one.isascii())
