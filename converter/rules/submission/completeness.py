"""Data completeness: which share of its eligible cases a quality measure reports (a computed member of the API)."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from converter.facts.policies import basis
from converter.findings import kinds
from converter.parsers.qpp_json.subject import Counts, MeasurementSubject
from converter.resolve.submission_context import SubmissionContext
from converter.rules.submission.counts import observed_parts, plain

_PARTS = ("met", "not met", "excluded", "excepted")
_OBSERVED = ("observations", "excepted", "excluded")


class Reporting(NamedTuple):
    """The reporting rate of a measure in percent, as CMS computes it, and the computation in figures."""

    rate: float
    arithmetic: str

    @property
    def words(self) -> str:
        """The rate as it is read."""
        return f"{self.rate:.2f}%"


def reporting(item: MeasurementSubject) -> Reporting | None:
    """How many of its eligible cases a measure reports; None where its counts do not say, or cannot be."""
    observed = observed_parts(item)
    if observed:
        return _reporting(observed[0], _OBSERVED, observed[1])
    strata = [_parts(one) for one in item.counted_strata]
    found = [one for one in strata if one is not None]
    if not found or len(found) < len(strata):
        return None
    if len(found) == 1 or item.added_up:
        parts = [sum(numbers) for numbers in zip(*(one for one, _ in found), strict=True)]
        return _reporting(parts, _PARTS, sum(eligible for _, eligible in found))
    return _mean(found) if item.algorithm == "simpleAverage" else None


def _parts(counts: Counts) -> tuple[tuple[int, ...], int] | None:
    """Met, not met, excluded and excepted cases, and the eligible ones; None where one that counts is not given."""
    if counts.met is None or counts.not_met is None or counts.eligible is None:
        return None
    return (counts.met, counts.not_met, counts.exclusion or 0, counts.exception or 0), counts.eligible


def _reporting(parts: Sequence[float], names: Sequence[str], eligible: float) -> Reporting | None:
    total = sum(parts)
    if eligible <= 0 or total > eligible or min(parts) < 0:
        return None
    sums = " + ".join(f"{plain(part)} {name}" for part, name in zip(parts, names, strict=True))
    return Reporting(round(total / eligible * 100, 2), f"{sums} = {plain(total)} of {plain(eligible)}")


def _mean(found: list[tuple[tuple[int, ...], int]]) -> Reporting | None:
    """The mean of the strata that have cases."""
    strata = [_reporting(parts, _PARTS, eligible) for parts, eligible in found if eligible]
    rates = [one.rate for one in strata if one is not None]
    if not rates or len(rates) < len(strata):
        return None
    shown = ", ".join(f"{rate:.2f}%" for rate in rates)
    return Reporting(round(sum(rates) / len(rates), 2), f"the mean of its strata, {shown}")


def incomplete(context: SubmissionContext) -> Iterator[tuple[MeasurementSubject, Reporting]]:
    """The quality measures that report less than the year asks for, in the order of the submission."""
    wanted = (context.rules.completeness or {}).get("percent", 0)
    for one in context.subject.of_category("quality"):
        for item in one.measurements:
            found = reporting(item)
            if found and found.rate < wanted:
                yield item, found


def data_completeness(context: SubmissionContext) -> None:
    """Of the cases that are eligible for a measure, the share that the year asks for is reported.

    A document counts every other case as not met, so that it cannot tell.
    """
    row = context.rules.completeness
    if row is None or context.converted:
        return
    for item, found in incomplete(context):
        where = item.counted_strata[0].pointer + "/eligiblePopulation" if item.counts else f"{item.pointer}/value"
        context.report(
            kinds.DATA_INCOMPLETE,
            where,
            measure=item.label,
            found=found.words,
            rate=found.rate,
            minimum=row["percent"],
            wanted=f"{row['percent']}%",
            arithmetic=found.arithmetic,
            basis=basis(row),
        )


RULES = (data_completeness,)
