"""The result of checking a QPP JSON file, and its stages."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from converter import __version__
from converter.conversion import STRICTLY_BLOCKING, Conversion
from converter.emitters.report import Report, SetSummary, SubmissionSummary
from converter.errors import ConverterError
from converter.findings.collector import Collector
from converter.findings.finding import Finding
from converter.findings.place import Place
from converter.model.readiness import CategoryReadiness
from converter.model.submission import Submission
from converter.resources import Folders
from converter.rules.context import report_failure
from converter.rules.submission.context import SubmissionContext
from converter.rules.submission.file import examine
from converter.source.json_tree import JsonTree, parse_json
from converter.source.limits import Limits

if TYPE_CHECKING:
    from converter.model.inventory import Inventory

_PRIVATE = ("taxpayerIdentificationNumber", "nationalProviderIdentifier", "nationalProviderIdentifiers")


class SubmissionCheck(Conversion):
    """What was found in a QPP JSON file; like a `Conversion`, without a document.

    Attributes:
        submissions: the submissions and measurement sets that were checked.
    """

    __slots__ = ("_json", "submissions")

    def __init__(
        self, name: str, findings: Iterable[Finding], tree: JsonTree | None, submissions: list[SubmissionContext]
    ) -> None:
        super().__init__(name, findings, STRICTLY_BLOCKING)
        self._json = tree
        self.submissions = submissions

    def with_findings(self, findings: Iterable[Finding]) -> "SubmissionCheck":
        """Return the check with these findings in place of its own."""
        return SubmissionCheck(self.name, findings, self._json, self.submissions)

    def _submissions(self) -> list[SubmissionContext]:
        return self.submissions

    def _secrets(self) -> frozenset[str]:
        return frozenset(_secrets(self._json.data)) if self._json else frozenset()

    @property
    def year(self) -> int | None:
        """Performance year of the first submission; None where there is none."""
        return self.submissions[0].year if self.submissions else None

    @property
    def submission(self) -> Submission | None:
        """The submission; None where the file holds none, several, a measurement set alone, or one of wrong shape."""
        if self._json is None or len(self.submissions) != 1 or not isinstance(self._json.data, Mapping):
            return None
        try:
            return Submission.model_validate(self._json.data)
        except ValidationError:
            return None

    def locate(self, pointer: str) -> Place | None:
        """Return the place of a JSON pointer in the file; None where it leads to nothing."""
        if self._json is None or (pointer and not pointer.startswith("/")):
            return None
        place = self._json.place(pointer)
        return place if place.pointer == pointer else None

    @property
    def inventory(self) -> "Inventory":
        """Every measurement set, measurement and count."""
        from converter.model.inventory import Inventory
        from converter.rules.submission.inventory import submission_inventory

        if self._json is None:
            return Inventory()
        return submission_inventory([one.subject for one in self.submissions], self._json.place)

    @property
    def readiness(self) -> tuple[CategoryReadiness, ...]:
        """What is there of each category and what is missing to be scored, of one submission after the other."""
        from converter.rules.submission.readiness import readiness

        return tuple(row for one in self.submissions for row in readiness(one))

    def report(self) -> Report:
        """Return what the report emitters need."""
        first = self.submissions[0] if self.submissions else None
        subject = first.subject if first else None
        programs = {one.program: None for context in self.submissions for one in context.subject.sets if one.program}
        return Report(
            name=self.name.encode("utf-8", "replace").decode("utf-8"),
            year=self.year,
            program=", ".join(programs) or None,
            entity_type=subject.entity_type if subject else None,
            npi=subject.npi if subject else None,
            tin=subject.tin if subject else None,
            entity_id=subject.entity_id if subject else None,
            submission=_summary(self.submissions) if self.submissions else None,
            findings=self.findings,
            blocking=self.blocking,
            secrets=self._secrets(),
            take_inventory=lambda: self.inventory,
            tool_version=__version__,
            catalog_date=first.catalog.date if first else None,
            identifiers=first.catalog.identifiers if first else None,
            converted=False,
            take_readiness=lambda: self.readiness,
        )


def _summary(submissions: list[SubmissionContext]) -> SubmissionSummary:
    """What the file holds: of several submissions the sets one after the other."""
    subject = submissions[0].subject
    sets = [one for context in submissions for one in context.subject.sets]
    return SubmissionSummary(
        submissions[0].year,
        subject.entity_type,
        tuple(
            SetSummary(
                one.category or "no category",
                one.program,
                one.start.isoformat() if one.start else None,
                one.end.isoformat() if one.end else None,
                len(one.measurements),
            )
            for one in sets
        ),
    )


def _secrets(data: Any) -> Iterable[str]:
    """TINs and NPIs wherever they stand in a file."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            for name in _PRIVATE:
                found = value.get(name)
                yield from (
                    str(one) for one in (found if isinstance(found, list) else [found]) if one not in (None, "")
                )
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def check_json(data: bytes, name: str, folders: Folders, *, year: int | None, limits: Limits) -> SubmissionCheck:
    """Check a QPP JSON file: its shape by the schema of its year, and what CMS would reject.

    Args:
        data: the bytes of the file.
        name: name of the source, for reports.
        folders: where the data files are looked for.
        year: performance year that the file is said to be of; None to find it in the file.
        limits: sizes beyond which the file is refused.

    Returns:
        The result. Whatever is wrong with the file is a finding; nothing is raised for it.

    Raises:
        DataFileError: a data file is missing or does not have the right shape.
    """
    findings = Collector()
    tree, examined = None, []
    try:
        tree = parse_json(data, limits, findings)
        if tree:
            examined = examine(tree.data, findings, tree.place, folders, year)
    except ConverterError:
        raise
    except Exception as error:
        report_failure(findings, "submission_check", error)
    return SubmissionCheck(name, findings, tree, examined)
