"""What the report emitters are given: one document and what is said about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from converter.account.measure_results import measures
from converter.findings.finding import Finding, Severity
from converter.findings.mask import masked_name
from converter.model.identity import Identity
from converter.model.inventory import Inventory
from converter.model.measure_result import MeasureResult
from converter.model.readiness import CategoryReadiness
from converter.model.summary import SubmissionSummary

_RANK: Mapping[Severity, int] = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one kind that have one cause; `blocks` says whether they blocked."""

    findings: tuple[Finding, ...]
    blocks: bool

    @property
    def id(self) -> str:
        """Id of the findings, such as `GUID002`."""
        return self.findings[0].id

    @property
    def caused_by(self) -> str | None:
        """Id of the finding that they follow from, or None."""
        return self.findings[0].caused_by


class Reported(Protocol):
    """What a report asks a result for, when it needs it."""

    @property
    def written_inventory(self) -> Inventory:
        """What became of every section, entry and aggregate count."""
        ...

    @property
    def readiness(self) -> tuple[CategoryReadiness, ...]:
        """What is there of each category and what is missing to be scored."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """One document under report.

    Attributes:
        name: name of the source, `stdin` for standard input.
        sha256: SHA-256 of its bytes in hexadecimal digits; empty where it could not be read.
        year: performance year, or None where it was not found.
        identity: who reports.
        submission: what the submission holds, or None where there is none.
        findings: all findings, root causes first.
        blocking: those of them that blocked.
        secrets: the TINs and NPIs of the document, to be masked.
        reported: tells inventory and readiness when they are asked for.
        tool_version: version of this tool.
        catalog_date: date of the measures that the document was compared with, or None.
        identifiers: whether their identifiers are `final`, `preliminary` or `none`; None where no year was found.
        converted: whether a document was to be converted; False where a submission was checked as it is.
    """

    name: str
    sha256: str
    year: int | None
    identity: Identity
    submission: SubmissionSummary | None
    findings: tuple[Finding, ...]
    blocking: tuple[Finding, ...]
    secrets: frozenset[str]
    reported: Reported
    tool_version: str = ""
    catalog_date: str | None = None
    identifiers: str | None = None
    converted: bool = True

    def __repr__(self) -> str:
        """Return what is reported on, without identifiers."""
        return f"<Report {masked_name(self.name)}: {len(self.findings)} findings>"

    @property
    def readiness(self) -> tuple[CategoryReadiness, ...]:
        """What is there of each category and what is missing to be scored; made anew each time."""
        return self.reported.readiness

    @property
    def inventory(self) -> Inventory:
        """What became of every section, entry and aggregate count; made anew each time."""
        return self.reported.written_inventory

    def measures(self, inventory: Inventory) -> tuple[MeasureResult, ...]:
        """Return what all entries of the inventory report."""
        return measures(inventory, self.errors if self.submission else ())

    @property
    def groups(self) -> tuple[Group, ...]:
        """The findings by cause: findings of one kind and cause are one group.

        Errors stand before warnings, and a cause before what follows from it.
        """
        blocking = {id(finding) for finding in self.blocking}
        groups: dict[tuple[str, str | None, bool], list[Finding]] = {}
        for finding in self.findings:
            groups.setdefault((finding.id, finding.caused_by, id(finding) in blocking), []).append(finding)
        found = [Group(tuple(one), blocks) for (_, _, blocks), one in groups.items()]
        causes = {group.id: group.caused_by for group in found}
        worst: dict[str, int] = {}
        for group in found:
            rank = _RANK[group.findings[0].severity]
            for one in (group.id, *_causes_of(group, causes)):
                worst[one] = min(rank, worst.get(one, rank))
        return tuple(sorted(found, key=lambda group: (worst[group.id], len(_causes_of(group, causes)))))

    @property
    def errors(self) -> list[Finding]:
        """Findings of severity error, those that did not block included."""
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]

    @property
    def remarks(self) -> list[Finding]:
        """Findings that did not block."""
        blocking = {id(finding) for finding in self.blocking}
        return [finding for finding in self.findings if id(finding) not in blocking]


def _causes_of(group: Group, causes: Mapping[str, str | None]) -> list[str]:
    """Ids of the findings that a group follows from, the nearest first."""
    found: list[str] = []
    cause = group.caused_by
    while cause and cause not in found:
        found.append(cause)
        cause = causes.get(cause)
    return found
