"""Rules about quality data that is accepted and costs points: cases and numbers of measures (policy of the program)."""

from collections.abc import Iterator
from typing import NamedTuple

from converter.findings import kinds
from converter.language.english import count_of, shortened
from converter.parsers.qpp_json.subject import EHR, MeasurementSubject, SetSubject
from converter.resolve.submission_context import SubmissionContext
from converter.rules.submission.judged import by_program, judged

_OUTCOMES = ("outcome", "intermediateOutcome", "patientReportedOutcome", "patientEngagementExperience")


class QualityMeasures(NamedTuple):
    """The quality measures that a submission has under one program, by whatever method.

    Attributes:
        program: the program, or MIPS Value Pathway.
        first: the first of their measurement sets.
        items: measure id -> its measurement; of one that stands twice, the last.
        wanted: how many the program asks for; None where it asks for no number.
        listed: ids of all measures of the program that are reported from an EHR, where it asks for those.
        outcome_needed: whether one of them has to be an outcome or high-priority measure.
    """

    program: str
    first: SetSubject
    items: dict[str, MeasurementSubject]
    wanted: int | None
    listed: tuple[str, ...]
    outcome_needed: bool

    @property
    def missing(self) -> list[str]:
        """Ids of the listed measures that are not there, nor a measure that stands for them."""
        return [one for one in self.listed if one not in self.items and f"{one}SSP" not in self.items]

    @property
    def outcome(self) -> bool:
        """Whether one of them is an outcome or high-priority measure."""
        return any(
            item.facts and (item.facts.get("isHighPriority") or item.facts.get("measureType") in _OUTCOMES)
            for item in self.items.values()
        )


def quality_measures(context: SubmissionContext) -> Iterator[QualityMeasures]:
    """The quality measures of a submission, by program."""
    for program, sets in by_program(judged(context, "quality")).items():
        items = {item.measure_id: item for one in sets for item in one.measurements if item.measure_id}
        pathway = context.catalog.pathways.get(program)
        wanted: int | None = None
        all_of: tuple[str, ...] = ()
        if pathway:
            wanted = context.rules.pathway_measures
        elif program == "mips":
            wanted = context.rules.quality_measures
        elif (context.program(program) or {}).get("everyMeasure"):
            all_of = context.catalog.quality_of(program, EHR)
        outcome = wanted is not None and not (pathway and pathway.get("hasOutcomeAdminClaims"))
        yield QualityMeasures(program, sets[0], items, wanted, all_of, outcome)


def numbers_of_measures(context: SubmissionContext) -> None:
    """As many quality measures are reported as the program asks for, an outcome measure among them."""
    if not context.complete("quality"):
        return
    for one in quality_measures(context):
        count = len(one.items)
        if one.wanted is not None and count < one.wanted:
            context.report(
                kinds.TOO_FEW_MEASURES,
                one.first.pointer,
                count=count,
                number=count_of(count, "quality measure"),
                under=context.catalog.program_words(one.program),
                wanted=one.wanted,
                missing=one.wanted - count,
                program=one.program,
            )
        if one.outcome_needed and count and not one.outcome:
            none = "The one quality measure is not" if count == 1 else f"The {count} quality measures do not include"
            context.report(kinds.NO_OUTCOME_MEASURE, one.first.pointer, count=count, none=none)
        if one.missing:
            context.report(
                kinds.APP_MEASURES_MISSING,
                one.first.pointer,
                count=len(one.listed) - len(one.missing),
                wanted=len(one.listed),
                program=one.program,
                measure_ids=tuple(one.missing),
                are="is" if len(one.missing) == 1 else "are",
                under=context.catalog.program_words(one.program),
                lacking=shortened([context.catalog.short_name(measure_id) for measure_id in one.missing]),
                named=shortened(context.catalog.words_of(one.missing)),
                all="; ".join(context.catalog.words_of(one.listed)),
                required_ids=one.listed,
            )


def cases(context: SubmissionContext) -> None:
    """A measure has the cases that it needs to be scored."""
    for one in context.subject.of_category("quality"):
        for item in one.measurements:
            _check_cases(context, item)


def _check_cases(context: SubmissionContext, item: MeasurementSubject) -> None:
    if item.counts and all(counts.counted == 0 for counts in item.counts):
        counts = item.counts[0]
        context.report(
            kinds.NO_CASES,
            f"{counts.pointer}/eligiblePopulation",
            measure=item.label,
            stratum=" in any of its strata" if len(item.counts) > 1 else "",
            arithmetic=counts.arithmetic,
        )
        return
    minimum, found = context.rules.case_minimum, case_count(item)
    if found is not None and found < minimum:
        context.report(
            kinds.FEW_CASES,
            f"{item.counts[0].pointer}/eligiblePopulation",
            measure=item.label,
            found=str(found),
            count=found,
            wanted=minimum,
        )


def case_count(item: MeasurementSubject) -> int | None:
    """Cases of a measure, as CMS counts them over strata (`overallAlgorithm` of the measures data)."""
    if any(one.eligible is None for one in item.counts) or not item.counts:
        return None
    numbers = [one.eligible or 0 for one in item.counted_strata]
    return sum(numbers) if item.added_up else max(numbers)


RULES = (numbers_of_measures, cases)
