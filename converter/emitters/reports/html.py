"""HTML report: one page that needs nothing else, for a person in a browser, on a phone or on paper."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from converter.account.entries import Entries
from converter.emitters.reports.html_findings import Bundle, FindingViews, Step
from converter.emitters.reports.html_inventory import SectionView, other_counts, section_views, unread_parts
from converter.emitters.reports.measure_words import percent, read_rate
from converter.emitters.reports.report import Report
from converter.emitters.reports.wording import (
    Outcome,
    ReadinessRow,
    completeness_note,
    contents,
    identity,
    measures_of,
    outcome,
    readiness_rows,
)
from converter.findings.finding import Severity
from converter.findings.mask import Mask
from converter.language.english import capital, number_of
from converter.language.terms import ROLE_NAMES


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What the page shows of a document. It does not keep the document, so that a page may be about many of them."""

    anchor: str
    name: str
    outcome: Outcome
    errors: int
    warnings: int
    notes: int
    facts: Mapping[str, str]
    contents: str
    steps: list[Step]
    bundles: list[Bundle]
    sections: list[SectionView]
    others: list[tuple[str, int]]
    parts: list[tuple[str, int | None, str]]
    measures: str
    version: str
    sha256: str
    readiness: list[ReadinessRow]
    completeness: str


def html(reports: Iterable[Report], show_ids: bool = False) -> str:
    """Return the report of one or several documents as one HTML page."""
    documents = [_document(number, report, show_ids) for number, report in enumerate(reports, 1)]
    page = _environment().get_template("report.html.j2").render(
        documents=documents,
        outcomes=Counter(one.outcome for one in documents),
        Outcome=Outcome,
        role_names=ROLE_NAMES,
        measures=sorted({one.measures for one in documents if one.measures}),
        version=documents[0].version if documents else "",
        masked=not show_ids,
    )  # fmt: skip
    return page.rstrip() + "\n"


def _document(number: int, report: Report, show_ids: bool) -> DocumentView:
    mask = Mask(report.secrets, show_ids)
    anchor = f"d{number}"
    inventory = report.inventory
    findings = FindingViews(report, mask, anchor, Entries(inventory))
    severities = Counter(finding.severity for finding in report.findings)
    return DocumentView(
        anchor=anchor,
        name=mask.name(report.name),
        outcome=outcome(report),
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        notes=severities[Severity.INFO],
        facts=dict(identity(report, mask)),
        contents=contents(report.submission) if report.submission else "",
        steps=findings.steps,
        bundles=findings.bundles,
        sections=section_views(report, inventory, mask, findings),
        others=other_counts(inventory),
        parts=unread_parts(inventory, mask),
        measures=measures_of(report),
        version=report.tool_version,
        sha256=report.sha256,
        readiness=readiness_rows(report, mask),
        completeness=completeness_note(report),
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("converter.emitters.reports"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {"capital": capital, "percent": percent, "read_rate": read_rate, "number_of": number_of}
    return environment
