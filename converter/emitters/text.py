"""Text report: for a person at a terminal, plain words and no markup."""

import textwrap
from collections.abc import Iterable

from converter.emitters.report import Mask, Report, masked, masked_name
from converter.findings.finding import Finding, Severity
from converter.model.submission import Submission

_WIDTH = 100
_CATEGORIES = {
    "quality": ("quality measure", "quality measures"),
    "pi": ("promoting interoperability measure", "promoting interoperability measures"),
    "aci": ("advancing care information measure", "advancing care information measures"),
    "ia": ("improvement activity", "improvement activities"),
}


def text(reports: Iterable[Report], show_ids: bool = False) -> str:
    """Return the report of one or several documents."""
    return "\n".join(_document(report, show_ids) for report in reports)


def _document(report: Report, show_ids: bool) -> str:
    mask = Mask(report.secrets, show_ids)
    lines = [headline(report, show_ids), *_identity(report, show_ids)]
    if report.submission:
        lines.append(f"  Submission: {contents(report.submission)}")
    for finding in report.findings:
        lines += ["", *_finding(finding, mask, finding in report.blocking)]
    return "\n".join(lines) + "\n"


def headline(report: Report, show_ids: bool = False) -> str:
    """Return one line: which document, whether it was converted, how many errors and warnings."""
    name = report.name if show_ids else masked_name(report.name)
    errors = len(report.errors)
    warnings = sum(1 for finding in report.findings if finding.severity is Severity.WARNING)
    counts = [_number(errors, "error")] if errors else []
    counts += [_number(warnings, "warning")] if warnings else []
    outcome = "not converted" if report.blocking else "converted"
    if report.blocking and report.submission:
        outcome = "converted, but CMS would reject it"
    return f"{name}: {outcome}" + (f" - {', '.join(counts)}" if counts else "")


def contents(submission: Submission) -> str:
    """Return what a submission holds, such as `6 quality measures, 4 improvement activities`."""
    parts = []
    for one in submission.measurementSets:
        names = _CATEGORIES[one.category]
        count = len(one.measurements)
        parts.append(f"{count} {names[0] if count == 1 else names[1]} ({one.performanceStart} to {one.performanceEnd})")
    return ", ".join(parts)


def _identity(report: Report, show_ids: bool) -> list[str]:
    facts = [f"performance year {report.year}"] if report.year else []
    if report.program is not None:
        facts.append(f"program {report.program}")
    if report.entity_type:
        facts.append(f"entity type {report.entity_type}")
    for label, value in (("NPI", report.npi), ("TIN", report.tin)):
        if value:
            facts.append(f"{label} {value if show_ids else masked(value)}")
    if report.entity_id:
        facts.append(f"entity id {report.entity_id}")
    return [f"  {', '.join(facts)[:1].upper()}{', '.join(facts)[1:]}"] if facts else []


def _finding(finding: Finding, mask: Mask, blocks: bool) -> list[str]:
    place = finding.place
    where = f"line {place.line}, column {place.column}" if place and place.line else ""
    code = f" (official code {finding.official_code})" if finding.official_code else ""
    label = finding.severity.value
    if finding.severity is Severity.ERROR and not blocks:
        label = "error that CMS would reject"
    lines = [f"{label} {finding.id} {finding.slug}{code}" + (f", {where}" if where else "")]
    lines += _wrap(mask(finding.message), "  ")
    if finding.expected and finding.expected != "-":
        lines += _wrap(mask(finding.expected), "  Expected: ")
    lines += _wrap(mask(finding.fix), "  What to do: ")
    if place and place.path:
        lines.append(f"  Where: {place.path}")
        lines += _wrap(mask(place.excerpt), "  There: ", lines=1)
    return lines


def _wrap(words: str, lead: str, lines: int | None = None) -> list[str]:
    return textwrap.wrap(
        words,
        _WIDTH,
        initial_indent=lead,
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
        max_lines=lines,
        placeholder=" ...",
    )


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
