"""CSV report: one row for each finding, for spreadsheets and scripts.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, which spreadsheets do not show.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from converter.deadline import look
from converter.emitters.reports.formats import Emission
from converter.emitters.reports.report import Report
from converter.emitters.reports.spool import Spool
from converter.findings.finding import Finding
from converter.findings.mask import Mask
from converter.language.visible import visible

HEADER = (
    "source",
    "severity",
    "stage",
    "id",
    "slug",
    "official code",
    "measure id",
    "CMS id",
    "line",
    "column",
    "path",
    "message",
    "found",
    "expected",
    "fix",
    "caused by",
    "SHA-256",
    "tool version",
    "measures as of",
)
_FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+@\uff1d\uff0b\uff0d\uff20-]")
"""Also behind what a spreadsheet skips, and in the wide form of Japanese ones."""


class TableCsv(Emission):
    """A table with a row for each finding of one or several documents."""

    def __init__(self, show_ids: bool = False) -> None:
        self._show_ids = show_ids
        self._documents = Spool()

    def add(self, report: Report) -> None:
        """Write the rows of one more document."""
        mask = Mask(report.secrets, self._show_ids)
        name, origin = mask.foreign(report.name), (report.sha256, report.tool_version, report.catalog_date)
        findings = (finding for group in report.groups for finding in group.findings)
        self._documents.add(_lines(map(safe_cell, (*_row(name, finding, mask), *origin)) for finding in findings))

    def pieces(self) -> Iterator[str]:
        """Yield the table, piece by piece."""
        yield _lines([HEADER])
        yield from self._documents

    def close(self) -> None:
        """Remove what was kept for it."""
        self._documents.close()


def _lines(rows: Iterable[Iterable[str | float]]) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerows(rows)
    return target.getvalue()


def _row(name: str, finding: Finding, mask: Mask) -> Iterator[str | int | None]:
    look()
    place, measure = finding.place, finding.measure
    yield from (name, finding.severity.value, finding.stage.value, finding.id, finding.slug, finding.official_code)
    yield from (mask.foreign(measure.measure_id or ""), mask.foreign(measure.cms_id or "")) if measure else (None, None)
    yield from (place.line, place.column, mask.foreign(place.path)) if place else (None, None, None)
    yield from (
        mask(finding.unmasked_message()),
        mask(finding.unmasked() or ""),
        mask(finding.expected),
        mask(finding.fix),
    )
    yield finding.caused_by


def safe_cell(cell: str | float | None) -> str | float:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(cell, int | float):
        return cell
    text = visible(cell or "")
    return f"'{text}" if _FORMULA.match(text) else text
