"""What the report emitters are given: one document and what is said about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from converter.findings.finding import Finding, Severity

if TYPE_CHECKING:
    from converter.model.inventory import Inventory
    from converter.model.readiness import CategoryReadiness

_RANK: Mapping[Severity, int] = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def _nothing() -> "Inventory":
    from converter.model.inventory import Inventory

    return Inventory()


@dataclass(frozen=True, slots=True)
class SetSummary:
    """A measurement set in short; dates are None where they cannot be read."""

    category: str
    program: str | None
    start: str | None
    end: str | None
    measurements: int


@dataclass(frozen=True, slots=True)
class SubmissionSummary:
    """A submission in short: its year, entity type and measurement sets."""

    year: int | None
    entity_type: str | None
    sets: tuple[SetSummary, ...]


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


@dataclass(frozen=True, slots=True)
class Report:
    """One document under report.

    Attributes:
        name: name of the source, `stdin` for standard input.
        year: performance year, or None where it was not found.
        program: program name as written, or None.
        entity_type: entity type, or None.
        npi: national provider identifier as written, or None.
        tin: taxpayer identification number as written, or None.
        entity_id: virtual group, APM entity or subgroup id, or None.
        submission: what the submission holds, or None where there is none.
        findings: all findings, root causes first.
        blocking: those of them that blocked.
        secrets: the TINs and NPIs of the document, to be masked.
        take_inventory: makes the inventory when it is asked for.
        mvp: id of the MIPS Value Pathway, or None.
        tool_version: version of this tool.
        catalog_date: date of the measures that the document was compared with, or None.
        identifiers: whether their identifiers are `final`, `preliminary` or `none`; None where no year was found.
        converted: whether a document was to be converted; False where a submission was checked as it is.
        take_readiness: tells the readiness of the submission when it is asked for.
    """

    name: str
    year: int | None
    program: str | None
    entity_type: str | None
    npi: str | None
    tin: str | None
    entity_id: str | None
    submission: "SubmissionSummary | None"
    findings: tuple[Finding, ...]
    blocking: tuple[Finding, ...]
    secrets: frozenset[str]
    take_inventory: "Callable[[], Inventory]" = _nothing
    mvp: str | None = None
    tool_version: str = ""
    catalog_date: str | None = None
    identifiers: str | None = None
    converted: bool = True
    take_readiness: "Callable[[], tuple[CategoryReadiness, ...]]" = tuple

    @property
    def readiness(self) -> "tuple[CategoryReadiness, ...]":
        """What is there of each category and what is missing to be scored; made anew each time."""
        return self.take_readiness()

    @property
    def inventory(self) -> "Inventory":
        """What became of every section, entry and aggregate count; made anew each time."""
        return self.take_inventory()

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
