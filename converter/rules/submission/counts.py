"""Rules about counts: no part is more than the whole (SV-052, SV-064, SV-067, SV-072, SV-075)."""

from collections.abc import Iterator, Mapping

from converter.findings import kinds
from converter.language.english import count_of
from converter.model.numbers import is_written
from converter.parsers.qpp_json.subject import REGISTRY, Counts, MeasurementSubject, SetSubject, whole
from converter.resolve.submission_context import SubmissionContext


def parts_within_denominator(context: SubmissionContext) -> None:
    """Met, not met, excluded and excepted cases are together no more than the denominator."""
    for _, item, counts in _counts(context):
        met, eligible = counts.met, counts.eligible
        if met is None or eligible is None or eligible < 0 or met < 0:
            continue
        exclusion, exception = counts.exclusion or 0, counts.exception or 0
        words = {
            "measure": item.label, "denominator": eligible, "stratum": counts.words, "stratum_name": counts.stratum
        }  # fmt: skip
        remainder = eligible - met - exclusion - exception
        # One mistake is told once: where the numerator is too large, the remainder is negative as well.
        if met > eligible:
            pointer = f"{counts.pointer}/performanceMet"
            context.report(
                kinds.NUMERATOR_OVER_DENOMINATOR,
                pointer,
                numerator=met,
                found=str(met),
                difference=eligible - met,
                **words,
            )
        elif remainder < 0:
            context.report(
                kinds.REMAINDER_NEGATIVE,
                f"{counts.pointer}/eligiblePopulation",
                numerator=met,
                exclusion=exclusion,
                exception=exception,
                found=str(remainder),
                **words,
            )
        elif (counts.not_met or 0) > remainder:
            not_met = counts.not_met or 0
            context.report(
                kinds.COUNTS_OVER_DENOMINATOR,
                f"{counts.pointer}/performanceNotMet",
                met=met,
                not_met=not_met,
                exclusion=exclusion,
                exception=exception,
                found=str(met + not_met + exclusion + exception),
                **words,
            )


def rates_in_percent(context: SubmissionContext) -> None:
    """The rate of a measure with one rate agrees with its counts: met / (met + not met) * 100."""
    for _, item, counts in _counts(context):
        value = item.value
        if counts.met is None or not isinstance(value, Mapping) or "strata" in value:
            continue
        given = value.get("performanceRate")
        below = counts.met + counts.not_met if counts.not_met is not None else counts.counted or 0
        # Counts that cannot be are told by the rule above, and make no rate.
        if not isinstance(given, int | float) or isinstance(given, bool) or not 0 <= counts.met <= below or not below:
            continue
        rate = counts.met / below * 100
        if not is_written(rate, repr(given), 1):
            computed = f"{rate:.4f}".rstrip("0").rstrip(".")
            context.report(
                kinds.RATE_UNLIKE_COUNTS,
                f"{item.pointer}/value/performanceRate",
                measure=item.label,
                found=f"{given:g}",
                computed=computed,
                computed_rate=float(computed),
                stratum="",
                arithmetic=f"{counts.met} / {below} * 100",
            )


def exclusions_by_registry(context: SubmissionContext) -> None:
    """A measure that is no measure of a registry has no exclusions when it is submitted by one (SV-067)."""
    for one, item, counts in _counts(context) if context.rules.registry_exclusions else ():
        if one.method != REGISTRY or item.facts is None or item.facts.get("isRegistryMeasure") or not counts.exclusion:
            continue
        context.report(
            kinds.EXCLUSION_BY_REGISTRY,
            f"{counts.pointer}/eligiblePopulationExclusion",
            measure=item.label,
            found=str(counts.exclusion),
            exclusion=counts.exclusion,
            cases=count_of(counts.exclusion, "excluded case"),
            stratum=counts.words,
            stratum_name=counts.stratum,
        )


def proportions(context: SubmissionContext) -> None:
    """No numerator of a promoting interoperability measure is more than its denominator (SV-072)."""
    for one in context.subject.sets:
        for item in one.measurements:
            if one.category not in ("pi", "aci") or not isinstance(item.value, Mapping):
                continue
            numerator, denominator = whole(item.value.get("numerator")), whole(item.value.get("denominator"))
            if numerator is not None and denominator is not None and numerator > denominator >= 0:
                context.report(
                    kinds.PI_NUMERATOR_OVER_DENOMINATOR,
                    f"{item.pointer}/value/numerator",
                    measure=item.label,
                    found=str(numerator),
                    numerator=numerator,
                    denominator=denominator,
                    difference=denominator - numerator,
                )


def observations(context: SubmissionContext) -> None:
    """The observations of a measure that is no proportion are no more than its denominator (SV-075)."""
    for one in context.subject.of_category("quality"):
        for item in one.measurements:
            observed = observed_parts(item)
            if observed is None or sum(observed[0]) <= observed[1]:
                continue
            parts, denominator = observed
            context.report(
                kinds.OBSERVATION_INSTANCES,
                f"{item.pointer}/value/observationInstances",
                measure=item.label,
                instances=parts[0],
                exception=parts[1],
                exclusion=parts[2],
                found=plain(sum(parts)),
                denominator=denominator,
            )


def observed_parts(item: MeasurementSubject) -> tuple[list[float], float] | None:
    """Observations, exceptions and exclusions of a measure that is no proportion, and its denominator; else None."""
    value = item.value
    if not isinstance(value, Mapping) or "observationInstances" not in value:
        return None
    names = ("observationInstances", "denominatorException", "numeratorExclusion")
    return [_number(value.get(name)) for name in names], _number(value.get("denominator"))


def _number(value: object) -> float:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else 0


def plain(number: float) -> str:
    """Return a number without zeros after its decimal point."""
    return f"{number:g}"


def _counts(context: SubmissionContext) -> Iterator[tuple[SetSubject, MeasurementSubject, Counts]]:
    return (
        (one, item, counts)
        for one in context.subject.of_category("quality")
        for item in one.measurements
        for counts in item.counts
    )


RULES = (parts_within_denominator, rates_in_percent, exclusions_by_registry, proportions, observations)
