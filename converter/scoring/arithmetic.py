"""Exact arithmetic: CMS rounds rates to two decimals and points to four, halves up."""

from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

_TENTH = Decimal("0.1")


def rounded(number: Fraction | Decimal | float, places: int) -> Decimal:
    """Return a number with so many decimals, halves up, without zeros at its end."""
    exact = Fraction(str(number)) if isinstance(number, float) else Fraction(number)
    digits = (exact.numerator * 10**places * 2 + exact.denominator) // (exact.denominator * 2)
    return tidy(Decimal(digits).scaleb(-places))


def percent(part: Fraction | Decimal | int, whole: Fraction | Decimal | int) -> Decimal:
    """Return a part of a whole in percent, with two decimals; the whole is not 0."""
    return rounded(Fraction(part) / Fraction(whole) * 100, 2)


def tidy(number: Decimal) -> Decimal:
    """Return a number without zeros at its end, and without an exponent."""
    return number.to_integral() if number == number.to_integral() else number.normalize()


def plain(number: Decimal) -> str:
    """How a number is shown in full."""
    return f"{tidy(number):f}"


def tenths(points: Decimal) -> str:
    """How points are shown in short: cut to one decimal, because 8.96 is still in decile 8."""
    return f"{points.quantize(_TENTH, rounding=ROUND_DOWN):f}"


def whole_points(number: Fraction) -> int:
    """Return a number rounded to whole points, halves up."""
    return int(rounded(number, 0))
