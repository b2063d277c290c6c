"""The members that CMS computes for the value of a quality measure, and adds to its answers."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from converter.facts.catalog import Catalog
from converter.parsers.qpp_json.subject import MeasurementSubject, set_subject
from converter.scoring.rates import reported


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
    found = reported(item, converted=False)
    computed = {"reportingRate": _number(found.complete), "caseCount": found.cases}
    if not item.counts:
        # The cases of a measure that is no proportion are its denominator.
        return {**value, **computed, "caseCount": value.get("denominator")}
    rate = _number(found.rate)
    return {
        "performanceRate": rate,
        **value,
        **computed,
        "performanceRateNumerator": rate,
        "performanceRateDenominator": 1,
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
