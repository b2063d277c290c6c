"""The result of checking a QPP JSON file, and its stages."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from converter import __version__
from converter.emitters.reports.report import Report, SetSummary, SubmissionSummary
from converter.errors import ConverterError
from converter.examination.qpp_json_file import examine
from converter.facts.files import Folders
from converter.findings.collector import Collector
from converter.findings.failures import report_failure
from converter.findings.finding import Finding
from converter.findings.place import Place
from converter.model.readiness import CategoryReadiness
from converter.model.submission import Submission
from converter.resolve.submission_context import SubmissionContext
from converter.result import STRICTLY_BLOCKING, Conversion
from converter.source.json.json_tree import JsonTree, parse_json
from converter.source.limits import Limits

if TYPE_CHECKING:
    from converter.model.inventory import Inventory

T = TypeVar("T")

_PRIVATE = re.compile(r"tin|npi|.*taxpayer.*|.*providerIdentifiers?", re.IGNORECASE)
_LIKE_PRIVATE = re.compile(r"\d{9,10}|\d{2}-\d{7}")
_OPEN = ("entityId", "measureId")


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
        from converter.account.submission_inventory import submission_inventory
        from converter.model.inventory import Inventory

        if self._json is None:
            return Inventory()
        return submission_inventory([one.subject for one in self.submissions], self._json.place)

    @property
    def readiness(self) -> tuple[CategoryReadiness, ...]:
        """What is there of each category and what is missing to be scored, of one submission after the other."""
        from converter.account.readiness import readiness

        rows = [(number, row) for number, one in enumerate(self.submissions, 1) for row in readiness(one)]
        if len(self.submissions) < 2:
            return tuple(row for _, row in rows)
        return tuple(replace(row, present=f"submission {number}: {row.present}") for number, row in rows)

    def report(self) -> Report:
        """Return what the report emitters need; of several submissions, who reports only where all say the same."""
        subjects = [one.subject for one in self.submissions]
        catalog = _common(one.catalog for one in self.submissions)
        programs = {one.program: None for context in self.submissions for one in context.subject.sets if one.program}
        return Report(
            name=self.name.encode("utf-8", "replace").decode("utf-8"),
            year=_common(one.year for one in self.submissions),
            program=", ".join(programs) or None,
            entity_type=_common(one.entity_type for one in subjects),
            npi=_common(one.npi for one in subjects),
            tin=_common(one.tin for one in subjects),
            entity_id=_common(one.entity_id for one in subjects),
            submission=_summary(self.submissions) if self.submissions else None,
            findings=self.findings,
            blocking=self.blocking,
            secrets=self._secrets(),
            take_inventory=lambda: self.inventory,
            tool_version=__version__,
            catalog_date=catalog.date if catalog else None,
            identifiers=catalog.identifiers if catalog else None,
            converted=False,
            take_readiness=lambda: self.readiness,
        )


def _common(values: Iterable[T]) -> T | None:
    """The value that all have; None where they differ, or there is none."""
    found = list(values)
    return found[0] if found and all(one == found[0] for one in found) else None


def _summary(submissions: list[SubmissionContext]) -> SubmissionSummary:
    """What the file holds: of several submissions the sets one after the other."""
    sets = [one for context in submissions for one in context.subject.sets]
    return SubmissionSummary(
        _common(one.year for one in submissions),
        _common(one.subject.entity_type for one in submissions),
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


def _secrets(data: Any) -> Iterator[str]:
    """TINs and NPIs wherever they stand in a file: by the name of their member, or because a text looks like one."""
    waiting = [("", data)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, Mapping):
            waiting += value.items()
        elif isinstance(value, list):
            waiting += ((name, one) for one in value)
        elif _is_private(name, value):
            yield str(value)


def _is_private(name: str, value: object) -> bool:
    if _PRIVATE.fullmatch(name):
        return isinstance(value, str | int | float) and not isinstance(value, bool) and value != ""
    return isinstance(value, str) and name not in _OPEN and _LIKE_PRIVATE.fullmatch(value.strip()) is not None


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
