"""The text report in brief: a line for each document, and one for each finding."""

from collections.abc import Iterator

from converter.deadline import look
from converter.emitters.reports.formats import Emission
from converter.emitters.reports.report import Report
from converter.emitters.reports.spool import Spool
from converter.emitters.reports.wording import effect_words, headline, label
from converter.findings.finding import Finding
from converter.findings.mask import Mask
from converter.language.visible import visible


class Brief(Emission):
    """The report of one or several documents, such as `error GUID002 line 104, column 83: The measure ...`."""

    def __init__(self, show_ids: bool = False) -> None:
        self._show_ids = show_ids
        self._documents = Spool()

    def add(self, report: Report) -> None:
        """Write about one more document."""
        self._documents.add("".join(f"{visible(line)}\n" for line in _document(report, self._show_ids)))

    def pieces(self) -> Iterator[str]:
        """Yield the report; each piece consists of whole lines."""
        yield from self._documents

    def close(self) -> None:
        """Remove what was kept for it."""
        self._documents.close()


def _document(report: Report, show_ids: bool) -> Iterator[str]:
    mask = Mask(report.secrets, show_ids)
    yield headline(report, show_ids)
    for group in report.groups:
        yield from (_finding(finding, mask, group.blocks) for finding in group.findings)


def _finding(finding: Finding, mask: Mask, blocks: bool) -> str:
    look()
    place = finding.place
    where = f" {place.where}" if place and place.line else ""
    words = effect_words(finding, blocks)
    remark = f" ({words})" if words else ""
    return f"{label(finding)} {finding.id}{where}{remark}: {' '.join(mask(finding.unmasked_message()).split())}"
