"""Where a performance rate falls among the deciles of a benchmark, what that is worth, and what the next one takes."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from converter.facts.benchmarks import Benchmark
from converter.scoring.arithmetic import rounded

TOP = 10
BELOW = -1
"""What CMS writes in place of a decile that is below the floor."""


class InDecile(NamedTuple):
    """Where a rate falls.

    Attributes:
        decile: 1 to 10; -1 below the first decile that is worth more than the floor.
        points: decile and how far into it the rate is; the floor below it.
        partial: the decimals of the points.
        into: how far the rate is into the decile, in percentage points.
    """

    decile: int
    points: Decimal
    partial: Decimal
    into: Decimal


def in_decile(rate: Decimal, benchmark: Benchmark, floor: Decimal, decimals: int) -> InDecile:
    """Return where a rate in percent falls, of a benchmark that has bounds.

    Where several deciles begin at the same rate, the highest of them counts. Points have so many `decimals`.
    """
    reached = [index for index, bound in enumerate(benchmark.bounds) if _reaches(rate, bound, benchmark)]
    decile = benchmark.first + reached[-1] if reached else 0
    # Until 2022 whatever is below decile 3 gets the floor of 3 points, so that decile 2 is worth nothing of its own.
    if decile < floor or not reached:
        return InDecile(BELOW, floor, Decimal(0), Decimal(0))
    into = abs(rate - benchmark.bounds[reached[-1]])
    if decile == TOP:
        return InDecile(TOP, Decimal(TOP), Decimal(0), rounded(into, 2))
    width = abs(benchmark.bounds[reached[-1] + 1] - benchmark.bounds[reached[-1]])
    partial = rounded(Fraction(into) / Fraction(width), decimals)
    return InDecile(decile, decile + partial, partial, rounded(into, 2))


def next_bound(rate: Decimal, benchmark: Benchmark, points: Decimal) -> tuple[int, Decimal] | None:
    """Return the next decile that is worth more than points, and the rate at which it begins; None in decile 10.

    Of deciles that begin at the same rate it is the highest.
    """
    above = [
        (benchmark.first + index, bound)
        for index, bound in enumerate(benchmark.bounds)
        if not _reaches(rate, bound, benchmark) and benchmark.first + index > points
    ]
    if not above:
        return None
    nearest = above[0][1]
    return max(one for one in above if one[1] == nearest)


def _reaches(rate: Decimal, bound: Decimal, benchmark: Benchmark) -> bool:
    return rate <= bound if benchmark.inverse else rate >= bound
