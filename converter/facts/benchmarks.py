"""The benchmarks of quality measures, from `schemas/benchmarks/<year>.json` (facts of CMS, with origin and date)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from converter.facts.files import Folders, load_year, years

_DECILES, _PERCENTILES = 9, 11
"""How many figures a record has that gives deciles (to 2022), and one that gives percentiles (from 2023)."""


class Benchmark(NamedTuple):
    """What the performance rates of others were worth, for a measure and a submission method.

    Attributes:
        measure_id: the measure.
        method: submission method that it applies to.
        year: year of the data that it was computed from.
        performance_year: year in which it is used.
        published: the figures as published.
        bounds: where deciles begin, in percent: rising, or falling for an inverse measure. Empty where the published
            figures contradict themselves.
        first: the decile that the first bound begins: 2, or 1 from 2023 on.
        inverse: whether a lower rate is better.
        average: average rate in percent, or None.
        topped_out: whether the measure is topped out.
        capped: whether the points are capped, because it has been topped out for two years.
        cap_removed: whether CMS has removed the cap.
        mock: whether the source itself calls the figures mock data.
    """

    measure_id: str
    method: str
    year: int
    performance_year: int
    published: tuple[Decimal, ...]
    bounds: tuple[Decimal, ...]
    first: int
    inverse: bool
    average: float | None
    topped_out: bool
    capped: bool
    cap_removed: bool
    mock: bool

    @property
    def historical(self) -> bool:
        """Whether it was computed from data of an earlier year, so that it was known before the year began."""
        return self.year < self.performance_year

    @property
    def flat(self) -> bool:
        """Whether all deciles that count begin at the same rate of 100%."""
        return len(set(self.bounds[1:])) == 1 and self.bounds[-1] == 100


class Benchmarks:
    """The benchmarks of a year.

    Attributes:
        year: the performance year.
        date: date of the facts.
    """

    __slots__ = ("_rows", "date", "year")

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self.year: int = facts["performanceYear"]
        self.date: str = facts["date"]
        self._rows: Mapping[str, Mapping[str, Any]] = facts["benchmarks"]

    def of(self, measure_id: str, method: str) -> Benchmark | None:
        """Return the benchmark of a measure by a submission method, or None."""
        row = self._rows.get(measure_id, {}).get(method)
        return None if row is None else benchmark_of(measure_id, method, self.year, row)

    @property
    def measure_ids(self) -> tuple[str, ...]:
        """The measures that have a benchmark."""
        return tuple(self._rows)

    def methods(self, measure_id: str) -> tuple[str, ...]:
        """Submission methods by which a measure has a benchmark."""
        return tuple(self._rows.get(measure_id, ()))


@lru_cache(maxsize=16)
def load_benchmarks(folders: Folders, year: int) -> Benchmarks | None:
    """Load the benchmarks of a year; None where there are none.

    Raises:
        DataFileError: the file cannot be read, or does not have the right shape.
    """
    if year not in years(folders, "benchmarks"):
        return None
    return Benchmarks(load_year(folders, "benchmarks", "benchmarks.schema.json", year))


def benchmark_of(measure_id: str, method: str, year: int, row: Mapping[str, Any]) -> Benchmark:
    """Return the benchmark that a record of the data file describes."""
    published = tuple(Decimal(str(one)) for one in row.get("deciles") or row["percentiles"])
    inverse = row.get("inverse", False)
    if "deciles" in row:
        bounds, first, size = published, 2, _DECILES
    else:
        # The value at 99 begins no decile of a measure for which more is better, nor that at 1 one of an inverse one.
        bounds, first, size = (published[:0:-1] if inverse else published[:-1]), 1, _PERCENTILES
    usable = len(published) == size and _in_order(reversed(bounds) if inverse else bounds)
    return Benchmark(
        measure_id=measure_id,
        method=method,
        year=row["benchmarkYear"],
        performance_year=year,
        published=published,
        bounds=bounds if usable else (),
        first=first,
        inverse=inverse,
        average=row.get("average"),
        topped_out=row.get("toppedOut", False),
        capped=row.get("sevenPointCap", False),
        cap_removed=row.get("sevenPointCapRemoved", False),
        mock=row.get("mock", False),
    )


def _in_order(bounds: Iterable[Decimal]) -> bool:
    return all(low <= high for low, high in pairwise(bounds))
