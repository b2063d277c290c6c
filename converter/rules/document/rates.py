"""Rules about performance rates."""

from collections.abc import Iterator

from converter.facts.catalog import Measure
from converter.facts.guids import published_as
from converter.findings import kinds
from converter.language.english import either, instead_of_one
from converter.model.document import Rate
from converter.model.numbers import decimal_number
from converter.resolve.resolved import ResolvedMeasure
from converter.rules.context import Aspect, Context


def rate_values(context: Context) -> None:
    """A rate is a number from 0 to 1, or not applicable (33, 72)."""
    for item in context.resolved.measures:
        label = item.label
        for rate in item.entry.rates:
            value, null_flavor = rate.values[0] if rate.values else (None, None)
            if not value:
                if null_flavor != "NA":
                    context.report(kinds.RATE_MISSING, rate.node, measure=label)
                continue
            number = decimal_number(value)
            # The official converter refuses a minus even before a zero.
            if number is None or not 0 <= number <= 1 or value[0] == "-":
                context.report(kinds.RATE_INVALID, rate.node, measure=label, found=value)


def rate_ids_single(context: Context) -> None:
    """A rate refers to one population (61)."""
    for item, rate in _known(context):
        if len(rate.ids) != 1:
            label = item.label
            given = instead_of_one(len(rate.ids), "population")
            context.report(kinds.RATE_IDS, rate.node, measure=label, count=len(rate.ids), given=given)


def rate_of_numerator(context: Context) -> None:
    """A rate refers to a numerator of its measure (59)."""
    for item, rate in _known(context):
        measure = item.measure
        if measure is None:
            continue
        for one in rate.ids[:1]:
            guid = (one.root or "").lower()
            if ("NUMER", guid) not in measure.place_of:
                ids = tuple(one.populations["NUMER"] for one in measure.strata if "NUMER" in one.populations)
                what = _what(measure, guid, context.year)
                context.report(
                    kinds.RATE_NOT_NUMERATOR,
                    item.entry.node,
                    measure=measure.label,
                    found=one.root or "nothing",
                    target=f"{one.root}, {what}" if one.root else "an id without a value",
                    wanted=either(ids),
                    population_ids=ids,
                    related=(context.tree.place(rate.node),),
                    caused_by=context.cause(item.entry.node, Aspect.POPULATIONS),
                )


def _what(measure: Measure, guid: str, year: int) -> str:
    role = next((role for role, other in measure.place_of if other == guid), None)
    if role:
        return f"which is its {role} population,"
    published = published_as(guid, year)
    if published and published.role == "STRAT":
        return f"which is a stratum of {published.cms_id},"
    if published and published.kind == "population":
        return f"which is the {published.role} population of {published.cms_id},"
    return "which is not a population of the measure,"


def _known(context: Context) -> Iterator[tuple[ResolvedMeasure, Rate]]:
    return ((item, rate) for item in context.resolved.measures if item.measure for rate in item.entry.rates)


RULES = (rate_values, rate_ids_single, rate_of_numerator)
