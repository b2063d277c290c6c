"""Rules about improvement activities: how many a program asks for, and where none is needed."""

from collections.abc import Iterator
from typing import NamedTuple

from converter.facts.policies import PATHWAY, Row, basis
from converter.findings import kinds
from converter.language.english import count_of
from converter.language.terms import ENTRY_NOUNS
from converter.parsers.qpp_json.subject import MeasurementSubject, SetSubject
from converter.resolve.submission_context import SubmissionContext
from converter.rules.submission.judged import by_program, full_credit, judged

_SPECIAL = "a small, rural, shortage-area or non-patient-facing practice"
_PATHWAY = "under a MIPS Value Pathway"


class Activities(NamedTuple):
    """The improvement activities that a submission has under one program, and how many are asked for.

    Attributes:
        first: the first of their measurement sets.
        performed: those that are answered with yes.
        row: what the year asks for.
        found: how many there are: activities or, where they have weights, points.
        wanted: how many give full credit.
        lowered: why fewer than usual are asked for, in words; empty where they are not.
        pathways: whether the year has MIPS Value Pathways, under which fewer are asked for.
    """

    first: SetSubject
    performed: tuple[MeasurementSubject, ...]
    row: Row
    found: int
    wanted: int
    lowered: str
    pathways: bool

    @property
    def missing(self) -> int:
        """How many more are asked for."""
        return max(self.wanted - self.found, 0)

    @property
    def weighted(self) -> bool:
        """Whether activities have weights, so that points are counted."""
        return "weights" in self.row

    @property
    def words(self) -> str:
        """How many are asked for, such as `2 are required; 1 is enough for a small, rural, ... practice`."""
        if self.lowered:
            return f"{self.wanted} {_are(self.wanted)} required {self.lowered}"
        reduced = self.row["reduced"]
        return f"{self.wanted} {_are(self.wanted)} required; {reduced} {_are(reduced)} enough for {_SPECIAL}"

    @property
    def all_words(self) -> str:
        """The same with the pathways, under which fewer are asked for as well."""
        return self.words + (f" and {_PATHWAY}" if self.pathways and not self.lowered else "")

    def unit(self, count: int, more: str = "") -> str:
        """A number of them, such as `1 more activity` or `30 more points`."""
        lead = f"{more} " if more else ""
        return count_of(count, f"{lead}point") if self.weighted else count_of(count, f"{lead}activity")


def activities(context: SubmissionContext) -> Iterator[Activities]:
    """The improvement activities of a submission, by program; nothing where it is not known what is asked for."""
    row = context.rules.activities
    if row is None:
        return
    for program, sets in by_program(judged(context, "ia")).items():
        performed = performed_in(sets)
        # The weight of an unknown activity is not known, so neither is the sum.
        if full_credit(context, "ia", program) or any(one.facts is None for one in performed):
            continue
        lowered = _lowered(context, row, program)
        wanted = row["reduced"] if lowered else row["wanted"]
        full = any(one.measure_id in row["full"] for one in performed)
        found = wanted if full else sum(_worth(row, one) for one in performed)
        pathways = PATHWAY in context.rules.programs and PATHWAY in row.get("reducedPrograms", ())
        yield Activities(sets[0], performed, row, found, wanted, lowered, pathways)


def performed_in(sets: list[SetSubject]) -> tuple[MeasurementSubject, ...]:
    """The activities of measurement sets that are answered with yes, each once."""
    found = {item.measure_id or item.pointer: item for one in sets for item in one.measurements if item.value is True}
    return tuple(found.values())


def _worth(row: Row, item: MeasurementSubject) -> int:
    weights = row.get("weights")
    return 1 if weights is None else weights.get((item.facts or {}).get("weight"), 0)


def _lowered(context: SubmissionContext, row: Row, program: str) -> str:
    name = PATHWAY if program in context.catalog.pathways else program
    if name in row.get("reducedPrograms", ()):
        return _PATHWAY
    return "from an APM entity" if context.subject.entity_type in row.get("reducedEntities", ()) else ""


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def enough_activities(context: SubmissionContext) -> None:
    """As many improvement activities were performed as the year asks for."""
    for one in activities(context):
        if not one.missing or not one.performed:
            continue
        performed = len(one.performed)
        number = count_of(performed, ENTRY_NOUNS["ia"])
        weights = ", ".join(f"{name}-weighted {points}" for name, points in one.row.get("weights", {}).items())
        context.report(
            kinds.TOO_FEW_ACTIVITIES,
            one.first.pointer,
            what=f"The improvement activities answered with yes add up to {one.unit(one.found)}"
            if one.weighted
            else f"Only {number} {_are(performed)} answered with yes",
            count=one.found,
            minimum=one.wanted,
            unit="points" if one.weighted else "activities",
            wanted=one.words,
            all=f"{one.unit(one.wanted)} ({weights})" if weights else one.unit(one.wanted),
            basis=basis(one.row),
        )


def activity_performed(context: SubmissionContext) -> None:
    """At least one improvement activity was performed."""
    sets = context.subject.of_category("ia")
    values = [item.value for one in sets for item in one.measurements]
    if sets and context.complete("ia") and all(value is False for value in values):
        context.report(kinds.NO_ACTIVITY, sets[0].pointer)


def not_needed(context: SubmissionContext) -> None:
    """No improvement activities are sent under a program that gives full credit for them."""
    for program, sets in by_program(context.subject.of_category("ia")).items():
        row = full_credit(context, "ia", program)
        if row:
            context.report(
                kinds.ACTIVITIES_NOT_NEEDED,
                sets[0].pointer,
                program=program,
                under=context.catalog.program_words(program),
                basis=basis(row),
            )


RULES = (activity_performed, enough_activities, not_needed)
