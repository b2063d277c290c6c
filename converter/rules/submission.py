"""Rules about the submission: what CMS would reject although the document converts, and what it should know."""

from converter.assemble.quality import MEMBER_OF_ROLE
from converter.findings import kinds
from converter.model.submission import MultiRate, PerformanceRate, StratumRate, SummedRate
from converter.resolve.numbers import whole_number
from converter.resolve.resolved import ResolvedMeasure
from converter.rules.context import Context

_ENTITY_NAMES = {"apm": "an APM entity", "subgroup": "a subgroup", "virtualGroup": "a virtual group"}


def entity_ids(context: Context) -> None:
    """The submission says who reports: NPI, TIN or entity id, as the entity type asks."""
    identity, profile = context.resolved.identity, context.resolved.profile
    if context.assembled is None or identity.program is None:
        return
    entity, roots = identity.program.entity_type, profile.identifiers
    kind = profile.output.entity_id_from.get(entity)
    if kind and identity.entity is None and entity != "virtualGroup":
        context.report(kinds.ENTITY_ID_MISSING, entity=_ENTITY_NAMES[entity], root=roots[kind])
    if entity in profile.output.npi_for and identity.npi is None:
        context.report(kinds.NPI_MISSING, root=roots["npi"])
    if entity in ("individual", "group") and identity.tin is None:
        context.report(kinds.TIN_MISSING, root=roots["tin"])


def remainders(context: Context) -> None:
    """No measure has a negative `performanceNotMet`."""
    for item, value in _quality_values(context):
        rates = value.strata if isinstance(value, MultiRate) else [value]
        for index, rate in enumerate(rates):
            if rate.performanceNotMet is not None and rate.performanceNotMet < 0:
                _report_remainder(context, item, index if isinstance(value, MultiRate) else None, rate)


def _report_remainder(
    context: Context, item: ResolvedMeasure, index: int | None, rate: PerformanceRate | SummedRate | StratumRate
) -> None:
    populations = item.populations.get("DENOM", []) if index is None else item.cells.get((index, "DENOM"), [])
    node = populations[0].counts[0].node if populations and populations[0].counts else item.entry.node
    context.report(
        kinds.REMAINDER_NEGATIVE,
        node,
        measure=item.label,
        found=str(rate.performanceNotMet),
        denominator=rate.eligiblePopulation or 0,
        numerator=rate.performanceMet or 0,
        exclusion=rate.eligiblePopulationExclusion or 0,
        exception=rate.eligiblePopulationException or 0,
    )


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
            names = ", ".join(others)
            context.report(
                kinds.COUNTS_IN_FIRST_STRATUM, item.entry.node, measure=measure.label, first=first, others=names
            )
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
                label = item.label
                context.report(kinds.NUMEX_DROPPED, population.counts[0].node, measure=label, found=str(number))


def other_populations(context: Context) -> None:
    """A population that is no part of the measure is not lost unseen."""
    known = {"IPOP", "NUMEX", *MEMBER_OF_ROLE}
    for item, _ in _quality_values(context):
        for role, populations in item.populations.items():
            measure = item.measure
            if measure is None or role in measure.number_of or (role in known and role != "NUMEX"):
                continue
            wanted = ", ".join(measure.number_of)
            for population in populations:
                context.report(
                    kinds.POPULATION_IGNORED, population.node, measure=measure.label, role=role, wanted=wanted
                )


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


RULES = (entity_ids, remainders, special_measures, numerator_exclusions, other_populations)
