"""Rules about what the conversion changes or leaves out, as the official converter does: nothing is lost unseen."""

from converter.assemble.quality_value import Shape, shape_of, stratum_name
from converter.findings import kinds
from converter.language.english import count_of
from converter.language.terms import MEMBER_OF_ROLE
from converter.model.numbers import whole_number
from converter.resolve.resolved import ResolvedMeasure
from converter.rules.context import Context, Words


def special_measures(context: Context) -> None:
    """Measures that CMS' converter treats in a way of its own are named."""
    profile = context.resolved.profile
    for item in _quality_measures(context):
        measure, shape = item.known, shape_of(item, profile)
        if measure.measure_id == profile.single_to_multi and shape is Shape.STRATA:
            first, *others = (stratum_name(stratum) for stratum in measure.strata)
            words: Words = {"stratum": first, "strata": tuple(others), "others": ", ".join(others)}
            context.report(kinds.COUNTS_IN_FIRST_STRATUM, item.entry.node, measure=measure.label, **words)
        elif shape is Shape.SUM and measure.population_sets > 1:
            count = measure.population_sets
            context.report(kinds.COUNTS_SUMMED, item.entry.node, measure=measure.label, count=count)


def numerator_exclusions(context: Context) -> None:
    """A numerator exclusion, which QPP JSON has no member for, is named with its number."""
    for item in _quality_measures(context):
        if item.known.number_of.get("NUMEX") is None:
            continue  # rule other_populations tells it
        for population in item.populations.get("NUMEX", ()):
            number = whole_number(population.counts[0].text) if population.counts else None
            if number:
                words: Words = {"found": str(number), "count": number, "cases": count_of(number, "excluded case")}
                context.report(kinds.NUMEX_DROPPED, population.counts[0].node, measure=item.label, **words)


def other_populations(context: Context) -> None:
    """A population that is no part of the measure is not lost unseen."""
    known = {"IPOP", "NUMEX", *MEMBER_OF_ROLE}
    for item in _quality_measures(context):
        for role, populations in item.populations.items():
            measure = item.measure
            if measure is None or role in measure.number_of or (role in known and role != "NUMEX"):
                continue
            roles = tuple(measure.number_of)
            words: Words = {"role": role, "roles": roles, "wanted": ", ".join(roles)}
            for population in populations:
                context.report(kinds.POPULATION_IGNORED, population.node, measure=measure.label, **words)


def _quality_measures(context: Context) -> list[ResolvedMeasure]:
    """The quality measures of the submission, of which nothing was left out that has no error."""
    if context.assembled is None:
        return []
    return [
        item for source in context.assembled.sets for item in source.measurements if isinstance(item, ResolvedMeasure)
    ]


RULES = (special_measures, numerator_exclusions, other_populations)
