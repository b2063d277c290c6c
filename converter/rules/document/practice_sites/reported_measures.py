"""Rules about which measures a practice site reports, and about their rates (37, 59, 64, 65, 103)."""

from collections.abc import Iterable

from converter.findings import kinds
from converter.language.english import count_of, listed
from converter.resolve.resolved import ResolvedMeasure
from converter.rules.context import Context
from converter.rules.document.practice_sites.asked import in_set, known_measures, practice, program, set_name


def _reported(context: Context, measure_ids: Iterable[str]) -> dict[int, list[str]]:
    """`id()` of a quality section -> ids of those of its measures that are asked for; a measure twice counts twice."""
    found: dict[int, list[str]] = {
        id(one): [] for one in context.resolved.document.sections if one.category == "quality"
    }
    for item in known_measures(context):
        if item.known.measure_id in measure_ids:
            found.setdefault(id(item.section), []).append(item.known.measure_id)
    return found


def _words(context: Context, measure_ids: Iterable[str]) -> list[str]:
    return [context.resolved.catalog.short_name(one) for one in measure_ids]


def groups(context: Context) -> None:
    """Enough measures of each group are reported (64)."""
    for group in practice(context).groups:
        reported = _reported(context, group.measures)
        for section in context.resolved.document.sections:
            given = reported.get(id(section))
            if given is not None and len(given) < group.fewest:
                context.report(
                    kinds.TOO_FEW_OF_GROUP,
                    section.node,
                    program=program(context),
                    count=len(given),
                    expected_count=group.fewest,
                    measure_ids=group.measures,
                    given=str(len(given) or "none"),
                    measures=", ".join(_words(context, group.measures)),
                )


def total(context: Context) -> None:
    """Enough measures of all groups together are reported (65)."""
    asked = practice(context)
    of_all = tuple(one for group in asked.groups for one in group.measures)
    reported = _reported(context, of_all)
    for section in context.resolved.document.sections:
        given = reported.get(id(section))
        if given is not None and len(given) < asked.fewest_of_all:
            context.report(
                kinds.TOO_FEW_IN_ALL,
                section.node,
                program=program(context),
                count=len(given),
                expected_count=asked.fewest_of_all,
                measure_ids=of_all,
                given=str(len(given) or "none"),
                measures=", ".join(_words(context, of_all)),
            )


def required_measures(context: Context) -> None:
    """All measures that the program requires are reported (103)."""
    required = practice(context).required
    reported = _reported(context, required)
    for section in context.resolved.document.sections:
        given = reported.get(id(section))
        if given is None or len(given) >= len(required):
            continue
        missing = tuple(one for one in required if one not in given)
        context.report(
            kinds.REQUIRED_MEASURES,
            section.node,
            program=program(context),
            measure_ids=missing,
            required=listed(_words(context, required)),
            missing_ones=listed(_words(context, missing)),
        )


def rates(context: Context) -> None:
    """A measure has one performance rate for each population set (37), and each refers to its numerator (59)."""
    for item in known_measures(context):
        count, wanted = len(item.entry.rates), item.known.population_sets
        if count != wanted:
            context.report(
                kinds.RATE_NUMBER,
                item.entry.node,
                measure=item.label,
                found=str(count),
                count=count,
                expected_count=wanted,
                given=count_of(count, "performance rate"),
                expectation=count_of(wanted, "performance rate"),
                remedy="Export the measure with a performance rate for each numerator."
                if count < wanted
                else "Remove the performance rate that is repeated or belongs to another measure.",
            )
        _rates_of_sets(context, item, few=count < wanted)


def _rates_of_sets(context: Context, item: ResolvedMeasure, *, few: bool) -> None:
    """Report each population set without rate, but for those whose rate refers to something else."""
    given = [one.ids[0].root.lower() if one.ids and one.ids[0].root else "" for one in item.entry.rates]
    numerators = [one.populations.get("NUMER", "") for one in item.known.strata]
    # Rule rate_of_numerator says of these that they refer to something else.
    strangers = sum(1 for one in item.entry.rates if one.ids) - sum(one.lower() in given for one in numerators if one)
    missing = [index for index, one in enumerate(numerators) if one and one.lower() not in given]
    without_id = any(not one.ids for one in item.entry.rates)
    for index in missing[max(strangers, 0) :]:
        name = set_name(item, index)
        context.report(
            kinds.RATE_OF_SET_MISSING,
            item.entry.node,
            measure=item.label,
            population_id=numerators[index],
            population_set=name,
            note=in_set(item, index),
            caused_by=kinds.RATE_NUMBER.id if few else kinds.RATE_IDS.id if without_id else None,
        )
