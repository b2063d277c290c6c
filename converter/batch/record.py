"""What is kept of a file in a run over many: a small record, whatever its size."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from converter.emitters.reports.report import Report
from converter.emitters.reports.wording import Counted, counted, verdict_on, with_counts
from converter.findings.finding import Effect, Finding, Severity, Stage
from converter.findings.kinds import OUTPUT_TAKEN, OUTPUT_UNWRITABLE
from converter.findings.mask import Mask
from converter.model.identity import Identity
from converter.model.verdict import VerdictKind
from converter.result import Result


class Fate(StrEnum):
    """What became of a file, in the words and the order of the summary."""

    ACCEPTED = "accepted"
    UNCHECKED = "not fully checked"
    COSTS_POINTS = "accepted at a cost"
    WOULD_BE_REJECTED = "that CMS would reject"
    REFUSED = "refused"
    NOT_READ = "not read"
    NOT_WRITTEN = "not written"
    FAILED = "with a failure of this tool"


_FATES = {
    VerdictKind.ACCEPTED: Fate.ACCEPTED,
    VerdictKind.UNCHECKED: Fate.UNCHECKED,
    VerdictKind.COSTS_POINTS: Fate.COSTS_POINTS,
    VerdictKind.REFUSED: Fate.WOULD_BE_REJECTED,
}


class Cause(NamedTuple):
    """An error that follows from no other one: its id, its slug and what it says."""

    id: str
    slug: str
    message: str


class Record(NamedTuple):
    """What is kept of a file. Identifiers are masked unless the run shows them.

    Attributes:
        source: name of the file.
        ok: whether nothing blocked.
        fate: what became of it.
        verdict: the same in a sentence, after the name; empty where nothing blocked.
        found: how much was found, as that line says it; not counted where nothing blocked.
        causes: the errors that follow from no other one; those that blocked come first.
        errors: how many errors were found.
        warnings: how many warnings were found.
        year: performance year, or None.
        identity: who reports.
        measures: how many measures and activities are submitted.
        size: size of the file in bytes; 0 where it could not be read.
    """

    source: str
    ok: bool
    fate: Fate
    verdict: str
    found: Counted
    causes: tuple[Cause, ...]
    errors: int
    warnings: int
    year: int | None
    identity: Identity
    measures: int
    size: int

    @classmethod
    def of(cls, values: Sequence[Any]) -> "Record":
        """Return the record that was written as these values, in which tuples may have become lists.

        Raises:
            TypeError, ValueError: they are those of no record.
        """
        one = cls(*values)
        return one._replace(
            fate=Fate(one.fate),
            found=Counted(*one.found),
            causes=tuple(Cause(*cause) for cause in one.causes),
            identity=Identity(*one.identity),
        )

    @property
    def headline(self) -> str:
        """What became of it in one line, with how much was found; empty where nothing blocked."""
        return with_counts(self.verdict, self.found) if self.verdict else ""

    def and_more(self, findings: Iterable[Finding]) -> "Record":
        """Return the record with what other files of the run have to do with the file, which are warnings."""
        more = list(findings)
        costs = any(one.effect is not Effect.REMARK for one in more)
        dearer = costs and self.fate in (Fate.ACCEPTED, Fate.UNCHECKED)
        return self._replace(
            fate=Fate.COSTS_POINTS if dearer else self.fate,
            found=self.found._replace(warnings=self.found.warnings + len({one.id for one in more})),
            warnings=self.warnings + len(more),
        )


def record(result: Result, show_ids: bool) -> Record:
    """Return what is kept of a result."""
    report = result.report(complete=False)
    if report.errors:  # they are quoted
        report = result.report()
    mask = Mask(report.secrets, show_ids)
    who = report.identity

    def shown(text: str | None) -> str | None:
        return None if text is None else mask.foreign(text)

    return Record(
        source=mask.foreign(report.name),
        ok=result.ok,
        fate=fate(result),
        verdict="" if result.ok else verdict_on(report, show_ids),
        found=Counted("", 0, 0) if result.ok else counted(report),
        causes=tuple(Cause(one.id, one.slug, " ".join(mask(one.unmasked_message()).split())) for one in causes(report)),
        errors=len(report.errors),
        warnings=sum(1 for one in report.findings if one.severity is Severity.WARNING),
        year=report.year,
        identity=Identity(
            shown(who.program),
            who.entity_type,
            mask.number(who.npi) if who.npi else None,
            mask.number(who.tin) if who.tin else None,
            shown(who.entity_id),
            shown(who.mvp),
        ),
        measures=sum(one.measurements for one in report.submission.sets) if report.submission else 0,
        size=result.size,
    )


def fate(result: Result) -> Fate:
    """Return what became of a file."""
    if result.ok:
        return _FATES[result.verdict.kind]
    blocking = result.blocking
    if any(one.stage is Stage.TOOL for one in blocking):
        return Fate.FAILED
    if any(one.kind in (OUTPUT_TAKEN, OUTPUT_UNWRITABLE) for one in blocking):
        return Fate.NOT_WRITTEN
    return Fate.NOT_READ if any(one.stage is Stage.XML for one in blocking) else Fate.REFUSED


def causes(report: Report) -> list[Finding]:
    """Return the errors that follow from no other one; those that blocked come first."""
    errors = [*report.blocking, *(one for one in report.errors if one not in report.blocking)]
    return [one for one in errors if one.caused_by is None] or errors
