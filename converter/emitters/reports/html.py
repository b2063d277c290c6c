"""HTML report: one page that needs nothing else, for a person in a browser, on a phone or on paper."""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined

from converter.account.entries import Entries
from converter.emitters.reports.html_findings import FindingViews, GroupView, pieces
from converter.emitters.reports.html_inventory import SectionView, other_counts, section_views, unread_parts
from converter.emitters.reports.measure_words import percent, read_rate
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
from converter.language.english import capital, number_of
from converter.language.terms import ROLE_NAMES
from converter.language.visible import visible_lines
from converter.model.verdict import Verdict, VerdictKind

_SCRIPT = "report.js"


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What the page shows of a document. It does not keep the document, so that a page may be about many of them.

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

    @property
    def rank(self) -> int:
        """The place of its verdict among the kinds, the worst first."""
        return list(VerdictKind).index(self.verdict.kind)


def html(reports: Iterable[Report], show_ids: bool = False) -> str:
    """Return the report of one or several documents as one HTML page."""
    environment = _environment()
    script = _script(environment)
    documents = [_document(number, report, show_ids) for number, report in enumerate(reports, 1)]
    index = sorted(documents, key=lambda one: (one.rank, -one.errors))
    page = environment.get_template("report.html.j2").render(
        documents=documents,
        index=index,
        kinds=Counter(one.verdict.kind for one in index),
        role_names=ROLE_NAMES,
        measures=sorted({one.measures for one in documents if one.measures}),
        version=documents[0].version if documents else "",
        masked=not show_ids,
        script=script,
        script_digest=b64encode(sha256(script.encode()).digest()).decode(),
    )  # fmt: skip
    return visible_lines(page.rstrip()) + "\n"


def _document(number: int, report: Report, show_ids: bool) -> DocumentView:
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


@cache
def _environment() -> Environment:
    """The templates, which take ten times as long to compile as a report to make."""
    environment = Environment(
        loader=PackageLoader("converter.emitters.reports"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {
        "capital": capital,
        "percent": percent,
        "read_rate": read_rate,
        "number_of": number_of,
        "pieces": pieces,
    }
    return environment


def _script(environment: Environment) -> str:
    """The script of the page, which its policy names by a digest so that no other one runs."""
    assert environment.loader is not None
    return environment.loader.get_source(environment, _SCRIPT)[0].replace("\r\n", "\n")
