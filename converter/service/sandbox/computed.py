"""The members that CMS computes for the value of a quality measure, and adds to its answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from converter.facts.catalog import Catalog
from converter.parsers.qpp_json.subject import Counts, MeasurementSubject, set_subject
from converter.rules.submission.scoring import case_count

_HUNDRED = 100


def with_computed(members: Mapping[str, Any], catalog: Catalog) -> list[dict[str, Any]]:
    """Return the measurements of a set, with what CMS computes in the values of quality measures.

    Args:
        members: the set.
        catalog: the measures of its year.
    """
    subject = set_subject(members, catalog, "")
    return [
        {**one, "value": _value(one.get("value"), item) if subject.category == "quality" else one.get("value")}
        for one, item in zip(members.get("measurements") or (), subject.measurements, strict=True)
    ]


def _value(value: Any, item: MeasurementSubject) -> Any:
    if not isinstance(value, Mapping):
        return value
    if not item.counts:
        return {**value, **_observations(value)}
    met = value["performanceRate"] if "performanceRate" in value else _performance(item)
    return {
        **value,
        "performanceRate": met,
        "reportingRate": _reporting(item),
        "caseCount": case_count(item),
        "performanceRateNumerator": met,
        "performanceRateDenominator": 1,
    }


def _performance(item: MeasurementSubject) -> float | None:
    """Return the performance rate in percent: met / (met + not met); None where nobody is counted."""
    if item.algorithm == "split":
        return _mean([_rate(one) for one in item.counts if one.stratum == "performance"])
    if item.added_up:
        return _percent(sum(one.met or 0 for one in item.counts), sum(_counted(one) for one in item.counts))
    return _mean([_rate(one) for one in item.counted_strata])


def _reporting(item: MeasurementSubject) -> float | None:
    """Return how much of the denominator is accounted for, in percent."""
    if item.added_up:
        whole = sum(one.eligible or 0 for one in item.counts)
        return _percent(sum(_accounted(one) for one in item.counts), whole)
    return _mean([_percent(_accounted(one), one.eligible or 0) for one in item.counted_strata])


def _observations(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is computed for a measure that is not a proportion."""
    whole, seen = value.get("denominator"), value.get("observationInstances")
    if not isinstance(whole, int | float) or not isinstance(seen, int | float):
        return {}
    parts = seen + sum(value.get(name) or 0 for name in ("denominatorException", "numeratorExclusion"))
    return {"reportingRate": _percent(parts, whole), "caseCount": whole}


def _counted(one: Counts) -> int:
    return (one.met or 0) + one.not_met if one.not_met is not None else one.counted or 0


def _accounted(one: Counts) -> int:
    return _counted(one) + (one.exclusion or 0) + (one.exception or 0)


def _rate(one: Counts) -> float | None:
    return _percent(one.met or 0, _counted(one))


def _percent(part: float, whole: float) -> float | None:
    return round(part / whole * _HUNDRED, 2) if whole else None


def _mean(rates: Sequence[float | None]) -> float | None:
    known = [one for one in rates if one is not None]
    return round(sum(known) / len(known), 2) if known else None
