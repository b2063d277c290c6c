"""The text report in brief: a line for each document, and one for each finding."""

from collections.abc import Iterable, Iterator

from converter.emitters.reports.report import Report
from converter.emitters.reports.wording import effect_words, headline, label
from converter.findings.finding import Finding
from converter.findings.mask import Mask
from converter.language.visible import visible


def brief(reports: Iterable[Report], show_ids: bool = False) -> str:
    """Return the report of one or several documents, such as `error GUID002 line 104, column 83: The measure ...`."""
    return "".join(f"{visible(line)}\n" for report in reports for line in _document(report, show_ids))


def _document(report: Report, show_ids: bool) -> Iterator[str]:
    mask = Mask(report.secrets, show_ids)
    yield headline(report, show_ids)
    for group in report.groups:
        yield from (_finding(finding, mask, group.blocks) for finding in group.findings)


def _finding(finding: Finding, mask: Mask, blocks: bool) -> str:
    place = finding.place
    where = f" {place.where}" if place and place.line else ""
    words = effect_words(finding, blocks)
    remark = f" ({words})" if words else ""
    return f"{label(finding)} {finding.id}{where}{remark}: {' '.join(mask(finding.unmasked_message()).split())}"
