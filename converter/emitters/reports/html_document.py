"""A document as HTML pages show it: plain values, masked."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from converter.account.entries import Entries
from converter.emitters.reports.html_findings import FindingViews, GroupView
from converter.emitters.reports.html_inventory import SectionView, other_counts, section_views, unread_parts
from converter.emitters.reports.report import Report
from converter.emitters.reports.wording import (
    ReadinessRow,
    completeness_note,
    contents,
    counts,
    identity,
    masked_verdict,
    measures_of,
    readiness_rows,
)
from converter.findings.finding import Effect, Severity
from converter.findings.mask import Mask
from converter.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What the page shows of a document.

    `clean` says that nothing has to be corrected; `errors` and `warnings` are kinds of findings, without consequences.
    """

    anchor: str
    name: str
    verdict: Verdict
    clean: bool
    counts: str
    errors: int
    warnings: int
    facts: Mapping[str, str]
    contents: str
    groups: list[GroupView]
    sections: list[SectionView]
    others: list[tuple[str, int]]
    parts: list[tuple[str, int | None, str]]
    measures: str
    version: str
    sha256: str
    readiness: list[ReadinessRow]
    completeness: str


def document_view(number: int, report: Report, show_ids: bool) -> DocumentView:
    """Return what a page shows of a document; `number` tells it from the others of the page."""
    mask = Mask(report.secrets, show_ids)
    anchor = f"d{number}"
    inventory = report.inventory
    findings = FindingViews(report, mask, anchor, Entries(inventory))
    severities = Counter(group.severity for group in report.groups if not group.follows)
    return DocumentView(
        anchor=anchor,
        name=mask.foreign(report.name),
        verdict=masked_verdict(report.verdict, mask),
        clean=all(finding.effect is Effect.REMARK for finding in report.findings),
        counts=counts(report),
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        facts=dict(identity(report, mask)),
        contents=contents(report.submission) if report.submission else "",
        groups=findings.groups,
        sections=section_views(report, inventory, mask, findings),
        others=other_counts(inventory),
        parts=unread_parts(inventory, mask),
        measures=measures_of(report),
        version=report.tool_version,
        sha256=report.sha256,
        readiness=readiness_rows(report, mask),
        completeness=completeness_note(report),
    )
