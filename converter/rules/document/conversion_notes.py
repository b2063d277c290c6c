"""Rules about what the conversion changes or leaves out, as the official converter does: nothing is lost unseen."""

from converter.assemble.quality_value import MEMBER_OF_ROLE
from converter.findings import kinds
from converter.model.numbers import whole_number
from converter.model.submission import MultiRate, PerformanceRate, SummedRate
from converter.resolve.resolved import ResolvedMeasure
from converter.rules.context import Context, Words


def special_measures(context: Context) -> None:
    """Measures that CMS' converter treats in a way of its own are named."""
    profile = context.resolved.profile
    for item, value in _quality_values(context):
        measure = item.measure
        if measure is None:
            continue
        sets = sum(1 for stratum in measure.strata if stratum.populations)
        if measure.measure_id == profile.single_to_multi and isinstance(value, MultiRate):
            first, *others = (stratum.stratum for stratum in value.strata)
            words: Words = {"stratum": first, "strata": tuple(others), "others": ", ".join(others)}
            context.report(kinds.COUNTS_IN_FIRST_STRATUM, item.entry.node, measure=measure.label, **words)
        elif isinstance(value, SummedRate) and sets > 1:
            context.report(kinds.COUNTS_SUMMED, item.entry.node, measure=measure.label, count=sets)


def numerator_exclusions(context: Context) -> None:
    """A numerator exclusion, which QPP JSON has no member for, is named with its number."""
    for item, _ in _quality_values(context):
        if item.known.number_of.get("NUMEX") is None:
            continue  # rule other_populations
        for population in item.populations.get("NUMEX", ()):
            number = whole_number(population.counts[0].text) if population.counts else None
            if number:
                words: Words = {"found": str(number), "count": number}
                context.report(kinds.NUMEX_DROPPED, population.counts[0].node, measure=item.label, **words)


def other_populations(context: Context) -> None:
    """A population that is no part of the measure is not lost unseen."""
    known = {"IPOP", "NUMEX", *MEMBER_OF_ROLE}
    for item, _ in _quality_values(context):
        for role, populations in item.populations.items():
            measure = item.measure
            if measure is None or role in measure.number_of or (role in known and role != "NUMEX"):
                continue
            roles = tuple(measure.number_of)
            words: Words = {"role": role, "roles": roles, "wanted": ", ".join(roles)}
            for population in populations:
                context.report(kinds.POPULATION_IGNORED, population.node, measure=measure.label, **words)


def _quality_values(
    context: Context,
) -> list[tuple[ResolvedMeasure, PerformanceRate | SummedRate | MultiRate]]:
    if context.assembled is None:
        return []
    return [
        (item, measurement.value)
        for source, one in zip(context.assembled.sets, context.assembled.submission.measurementSets, strict=True)
        for item, measurement in zip(source.measurements, one.measurements, strict=True)
        if isinstance(item, ResolvedMeasure) and isinstance(measurement.value, PerformanceRate | SummedRate | MultiRate)
    ]


RULES = (special_measures, numerator_exclusions, other_populations)
