"""The result of a conversion: the submission, the findings, and where every value comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from converter import __version__
from converter.account.across_files import Batch
from converter.assemble.assembled import Assembled
from converter.assemble.locate import locate
from converter.emitters.qpp_json import qpp_json
from converter.emitters.reports.report import Report, SetSummary, SubmissionSummary
from converter.errors import UsageError
from converter.findings import kinds
from converter.findings.finding import Finding, Severity, Stage
from converter.findings.mask import Mask, masked_name
from converter.findings.place import Place
from converter.model.document import Document
from converter.model.readiness import CategoryReadiness
from converter.model.submission import Submission
from converter.parsers.qrda3.header import header_ids
from converter.resolve.resolved import Resolved
from converter.resolve.submission_context import SubmissionContext
from converter.source.xml.tree import XmlTree

if TYPE_CHECKING:
    from converter.model.inventory import Inventory
    from converter.structure import Structure

ALWAYS_BLOCKING = frozenset({Stage.XML, Stage.CONVERT, Stage.TOOL})
STRICTLY_BLOCKING = ALWAYS_BLOCKING | {Stage.SUBMISSION}

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Examined:
    """A document whose submission was checked.

    Attributes:
        assembled: the submission, and where its values come from.
        submission: what the submission rules looked at.
        whole: whether nothing blocked; otherwise the submission lacks what has errors, and is not written.
    """

    assembled: Assembled
    submission: SubmissionContext
    whole: bool


class Conversion:
    """What became of one document.

    Attributes:
        name: name of the source; `stdin` for standard input, `bytes` for bytes.
        findings: all findings: errors before warnings, causes before what follows from them.
    """

    __slots__ = ("_blocking", "_examined", "_resolved", "_tree", "findings", "name")

    def __init__(
        self,
        name: str,
        findings: Iterable[Finding],
        blocking: frozenset[Stage],
        tree: XmlTree | None = None,
        resolved: Resolved | None = None,
        examined: Examined | None = None,
    ) -> None:
        self.name = name
        self.findings = tuple(sorted(findings, key=lambda finding: _RANK[finding.severity]))
        self._blocking = blocking
        self._tree = tree
        self._resolved = resolved
        self._examined = examined

    def with_findings(self, findings: Iterable[Finding]) -> "Conversion":
        """Return the conversion with these findings in place of its own."""
        return Conversion(self.name, findings, self._blocking, self._tree, self._resolved, self._examined)

    def compared(self, batch: Batch) -> "Conversion":
        """Return the conversion with what other files of the same run have to do with it."""
        more = batch.compare(masked_name(Mask(self._secrets(), show=False)(self.name)), self._submissions())
        return self.with_findings((*self.findings, *more)) if more else self

    def _submissions(self) -> list[SubmissionContext]:
        return [self._converted.submission] if self._converted else []

    @property
    def _converted(self) -> Examined | None:
        """What was examined, where it is the whole submission."""
        return self._examined if self._examined and self._examined.whole else None

    @property
    def ok(self) -> bool:
        """True when nothing blocked."""
        return not self.blocking

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The errors of a stage that blocks: `xml`, `convert` and `tool`; with `check` or strict also `submission`."""
        return tuple(finding for finding in self.errors if finding.stage in self._blocking)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings of severity error."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Findings of severity warning."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.WARNING)

    @property
    def year(self) -> int | None:
        """Performance year whose rules were applied, be it only assumed; None where nothing told one."""
        return self._resolved.profile.year if self._resolved else None

    @property
    def document(self) -> Document | None:
        """The document as written; None where it could not be read as QRDA III."""
        return self._resolved.document if self._resolved else None

    @property
    def submission(self) -> Submission | None:
        """The QPP submission; None where the conversion was blocked."""
        return self._converted.assembled.submission if self._converted else None

    def to_json(self, indent: int | None = None) -> str:
        """Return the submission as QPP JSON text.

        Raises:
            UsageError: there is no submission; `findings` says why.
        """
        if self.submission is None:
            raise UsageError("There is no submission; see `findings`.")
        return qpp_json(self.submission, indent)

    def locate(self, pointer: str) -> Place | None:
        """Return the place in the document that a value of the submission comes from.

        Args:
            pointer: JSON pointer, such as `/measurementSets/0/measurements/1/value/performanceMet`.

        Returns:
            The place; that of the first addend for a sum, of the denominator for `performanceNotMet`; None where the
            pointer leads to nothing that the document says.
        """
        if self._converted is None or self._tree is None:
            return None
        found = locate(self._converted.assembled, pointer)
        return self._tree.place(*found) if found else None

    def place_at(self, path: str) -> Place | None:
        """Return the place of an element of the document.

        Args:
            path: where it is, as places and reports write it: in short (`/ClinicalDocument/component`) or in the
                `local-name()` form of the official converter.

        Returns:
            The place, or None where the path leads nowhere.
        """
        element = self._tree.find(path) if self._tree else None
        return self._tree.place(element) if self._tree and element is not None else None

    @property
    def inventory(self) -> "Inventory":
        """Every section, entry and aggregate count, and what became of it and why; made when it is asked for."""
        from converter.account.inventory import inventory
        from converter.model.inventory import Inventory

        if self._resolved is None or self._tree is None:
            return Inventory()
        assembled = self._converted.assembled if self._converted else None
        return inventory(self._resolved, assembled, self.blocking, self._tree.place)

    @property
    def readiness(self) -> tuple[CategoryReadiness, ...]:
        """What is there of each category and what is missing to be scored; empty where nothing could be checked.

        Of a category with errors it is not judged what is missing.
        """
        from converter.account.readiness import readiness

        return readiness(self._examined.submission) if self._examined else ()

    def check_structure(self, structure: "Structure") -> "Conversion":
        """Return this conversion with what a schema says of the structure of its document, as warnings at the end.

        A document that is not a QRDA III document at all is not checked. A failure of the check is a warning as well.
        """
        from converter.structure import examine_structure

        if self._tree is None or any(finding.kind is kinds.NOT_QRDA_III for finding in self.findings):
            return self
        return self.with_findings((*self.findings, *examine_structure(self._tree, structure)))

    def report(self) -> Report:
        """Return what the report emitters need."""
        identity = self._resolved.identity if self._resolved else None
        program = identity.program if identity else None
        catalog = self._resolved.catalog if self._resolved else None
        return Report(
            name=self.name.encode("utf-8", "replace").decode("utf-8"),  # names of files may be no text
            year=self.year,
            program=identity.recipients[0].extension if identity and identity.recipients else None,
            entity_type=program.entity_type if program else None,
            npi=identity.npi.extension if identity and identity.npi else None,
            tin=identity.tin.extension if identity and identity.tin else None,
            entity_id=identity.entity.extension if identity and identity.entity else None,
            submission=_summary(self.submission) if self.submission else None,
            findings=self.findings,
            blocking=self.blocking,
            secrets=self._secrets(),
            take_inventory=self._written_inventory,
            mvp=identity.mvp.extension if identity and identity.mvp else None,
            tool_version=__version__,
            catalog_date=catalog.date if catalog else None,
            identifiers=catalog.identifiers if catalog else None,
            take_readiness=lambda: self.readiness,
        )

    def _written_inventory(self) -> "Inventory":
        """The inventory of a report: where there is a submission, it says where everything is in it."""
        if self._resolved is None or self._tree is None or self._converted is None:
            return self.inventory
        from converter.account.inventory import inventory

        return inventory(self._resolved, self._converted.assembled, (), self._tree.place)

    def _secrets(self) -> frozenset[str]:
        """TIN and NPI of the header, wherever they stand, and what stands in place of them."""
        if self._resolved is None or self._tree is None:
            return frozenset()
        roots = {self._resolved.profile.identifiers.get(name) for name in ("npi", "tin")}
        return frozenset(
            one.value for one in header_ids(self._tree.root) if one.value and (one.root in roots or one.private)
        )


def _summary(submission: Submission) -> SubmissionSummary:
    return SubmissionSummary(
        submission.performanceYear,
        submission.entityType,
        tuple(
            SetSummary(one.category, one.programName, one.performanceStart, one.performanceEnd, len(one.measurements))
            for one in submission.measurementSets
        ),
    )
