"""Performance rate, cases and data completeness of a quality measure, as CMS computes them of its counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from converter.parsers.qpp_json.subject import Counts, MeasurementSubject
from converter.rules.submission.completeness import reporting
from converter.rules.submission.scoring import case_count
from converter.scoring.arithmetic import percent, rounded

_RATE_OF: Mapping[str, str] = {"overallStratumOnly": "overall", "split": "performance"}
"""How strata become one rate -> the stratum whose rate it is."""
_ADDED_UP = ("weightedAverage", "sumNumerators")


@dataclass(frozen=True, slots=True)
class Reported:
    """What a measurement reports.

    Attributes:
        rate: performance rate in percent, with two decimals; None where it cannot be computed.
        met: cases that the rate counts as met; None where it is no single fraction of cases.
        counted: cases that the rate is computed over; as `met`.
        cases: cases of the measure; None where the counts do not say.
        complete: share of the eligible cases that is reported, in percent; None where the counts do not say.
        assumed: whether data completeness has to be assumed, because the counts do not show it.
        end_to_end: whether the measure says that it was reported electronically from end to end.
        why: why there is no rate, as a sentence; empty where there is one.
    """

    rate: Decimal | None
    met: int | None
    counted: int | None
    cases: int | None
    complete: Decimal | None
    assumed: bool
    end_to_end: bool
    why: str = ""


class _NoRateError(Exception):
    """There is no rate; the text says why."""


def reported(item: MeasurementSubject, *, converted: bool) -> Reported:
    """Return what a measurement reports.

    Args:
        item: the measurement.
        converted: whether it comes from a QRDA III document, whose counts do not say how many cases were left out.
    """
    found = reporting(item)
    assumed = converted or found is None
    complete = None if found is None else Decimal(str(found.rate))
    value = item.value if isinstance(item.value, Mapping) else {}
    end_to_end = value.get("isEndToEndReported") is True
    try:
        rate, fraction = _rate(item, value)
    except _NoRateError as error:
        return Reported(None, None, None, case_count(item), complete, assumed, end_to_end, str(error))
    met, counted = fraction or (None, None)
    return Reported(rate, met, counted, case_count(item), complete, assumed, end_to_end)


def _rate(item: MeasurementSubject, value: Mapping[str, object]) -> tuple[Decimal, tuple[int, int] | None]:
    """Return the rate, and the cases that are met and counted.

    Raises:
        _NoRateError: there is none.
    """
    if item.facts is None:
        raise _NoRateError("The measure is not one of this year.")
    if item.metric_type == "nonProportion":
        raise _NoRateError("The measure is not a proportion; its rate is not computed here.")
    if not item.counts:
        raise _NoRateError("The measure reports no counts.")
    if "strata" in value:
        return _overall(item)
    given = value.get("performanceRate")
    if isinstance(given, int | float) and not isinstance(given, bool):
        return _within(rounded(Fraction(str(given)), 2)), _counted(item.counts[0])
    met, counted = _fraction(item.counts[0])
    return percent(met, counted), (met, counted)


def _overall(item: MeasurementSubject) -> tuple[Decimal, tuple[int, int] | None]:
    name = _RATE_OF.get(item.algorithm or "")
    if name:
        one = next((one for one in item.counts if one.stratum == name), None)
        if one is None:
            raise _NoRateError(f"The stratum {name}, whose rate counts, is not reported.")
        met, counted = _fraction(one)
        return percent(met, counted), (met, counted)
    if item.algorithm in _ADDED_UP:
        return _added_up(item.counts, same_cases=item.algorithm == "sumNumerators")
    if item.algorithm == "simpleAverage":
        parts = [_fraction(one) for one in item.counts if one.counted != 0]
        if not parts:
            raise _NoRateError("No patient counts for the rate: the denominator is 0.")
        return rounded(sum(Fraction(met, counted) for met, counted in parts) / len(parts) * 100, 2), None
    raise _NoRateError("The measures data does not say how its strata make one rate.")


def _added_up(counts: Sequence[Counts], *, same_cases: bool) -> tuple[Decimal, tuple[int, int]]:
    parts = [_fraction(one) for one in counts if one.counted != 0]
    if not parts:
        raise _NoRateError("No patient counts for the rate: the denominator is 0.")
    met = sum(one for one, _ in parts)
    counted = parts[0][1] if same_cases else sum(one for _, one in parts)
    if same_cases and len({one for _, one in parts}) > 1:
        raise _NoRateError("Its strata have different denominators, so that their numerators cannot be added up.")
    if met > counted:
        raise _NoRateError("The rate would be above 100%.")
    return percent(met, counted), (met, counted)


def _fraction(counts: Counts) -> tuple[int, int]:
    """Return the cases met, and those that count for the rate.

    Raises:
        _NoRateError: there is no rate of them.
    """
    found = _counted(counts)
    if found is None:
        raise _NoRateError("A count that the rate needs is missing.")
    met, counted = found
    if met < 0 or counted < 0:
        raise _NoRateError("A count is below 0.")
    if counted == 0:
        raise _NoRateError("No patient counts for the rate: the denominator is 0.")
    if met > counted:
        raise _NoRateError("The rate would be above 100%.")
    return met, counted


def _counted(counts: Counts) -> tuple[int, int] | None:
    if counts.met is None:
        return None
    if counts.not_met is not None:
        # A negative number would hide in the sum.
        return (counts.met, -1) if counts.not_met < 0 else (counts.met, counts.met + counts.not_met)
    return None if counts.counted is None else (counts.met, counts.counted)


def _within(rate: Decimal) -> Decimal:
    if rate < 0 or rate > 100:
        raise _NoRateError("The reported rate is not between 0% and 100%.")
    return rate
