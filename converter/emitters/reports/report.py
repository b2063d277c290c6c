"""What the report emitters are given: one document and what is said about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from converter.account.measure_results import measures
from converter.findings.finding import Effect, Finding, Severity
from converter.findings.mask import masked_text
from converter.model.identity import Identity
from converter.model.inventory import Inventory
from converter.model.measure_result import MeasureResult
from converter.model.readiness import CategoryReadiness
from converter.model.summary import SubmissionSummary
from converter.model.verdict import Verdict

if TYPE_CHECKING:  # a conversion asks no guide
    from converter.model.assertion import FailedAssertion

_RANK: Mapping[Effect, int] = {effect: rank for rank, effect in enumerate(Effect)}


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one kind that have one cause.

    Attributes:
        findings: the findings, at least one.
        blocks: whether they blocked.
        follows: whether they follow from another group.
    """

    findings: tuple[Finding, ...]
    blocks: bool
    follows: bool = False

    @property
    def id(self) -> str:
        """Id of the findings, such as `GUID002`."""
        return self.findings[0].id

    @property
    def effect(self) -> Effect:
        """What they do to the submission."""
        return self.findings[0].effect

    @property
    def severity(self) -> Severity:
        """Error, warning or info."""
        return self.findings[0].severity

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

    @property
    def assertions(self) -> "tuple[FailedAssertion, ...]":
        """The assertions of the implementation guide that fail."""
        ...

    @property
    def verdict(self) -> Verdict:
        """What CMS would do with it."""
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
        outdated: whether the measures are so old that CMS may have corrected them since.
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
    outdated: bool = False

    def __repr__(self) -> str:
        """Return what is reported on, without identifiers."""
        return f"<Report {masked_text(self.name)}: {len(self.findings)} findings>"

    @property
    def readiness(self) -> tuple[CategoryReadiness, ...]:
        """What is there of each category and what is missing to be scored; made anew each time."""
        return self.reported.readiness

    @property
    def verdict(self) -> Verdict:
        """What CMS would do with it, as far as it is known."""
        return self.reported.verdict

    @property
    def inventory(self) -> Inventory:
        """What became of every section, entry and aggregate count; made anew each time."""
        return self.reported.written_inventory

    def measures(self, inventory: Inventory) -> tuple[MeasureResult, ...]:
        """Return what all entries of the inventory report."""
        return measures(inventory, self.errors if self.submission else ())

    @property
    def groups(self) -> tuple[Group, ...]:
        """The findings by cause, in the order of the damage: findings of one kind and cause are one group.

        What follows from a cause comes below it, and a cause counts by the worst of that; among causes of the same
        damage, those that something follows from come first.
        """
        blocking = {id(finding) for finding in self.blocking}
        gathered: dict[tuple[str, str | None, bool], list[Finding]] = {}
        for finding in self.findings:
            gathered.setdefault((finding.id, finding.caused_by, id(finding) in blocking), []).append(finding)
        ids = {id for id, _, _ in gathered}
        below: dict[str | None, list[Group]] = {}
        for (id_, cause, blocks), ones in gathered.items():
            known = cause if cause in ids and cause != id_ else None
            below.setdefault(known, []).append(Group(tuple(ones), blocks, follows=known is not None))
        trees = [_tree(root, below) for root in below.pop(None, [])]
        trees += [ones for ones in below.values()]  # what follows from itself by a detour
        trees.sort(key=lambda tree: (min(_RANK[one.effect] for one in tree), len(tree) == 1))
        return tuple(group for tree in trees for group in tree)

    @property
    def errors(self) -> list[Finding]:
        """Findings of severity error, those that did not block included."""
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]

    @property
    def remarks(self) -> list[Finding]:
        """Findings that did not block."""
        blocking = {id(finding) for finding in self.blocking}
        return [finding for finding in self.findings if id(finding) not in blocking]


def _tree(root: Group, below: dict[str | None, list[Group]]) -> list[Group]:
    """A group and all that follows from it, each below its cause; what is taken leaves the groups below."""
    found = [root]
    for one in sorted(below.pop(root.id, ()), key=lambda one: _RANK[one.effect]):
        found += _tree(one, below)
    return found
