"""Words that several report formats share."""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from converter.emitters.reports.report import Report
from converter.findings.finding import Effect, Finding, Severity
from converter.findings.mask import Mask
from converter.language.english import capital, number_of, plural
from converter.language.terms import CATEGORY_NAMES, ENTITY_NOUNS, ENTRY_NOUNS
from converter.language.visible import visible
from converter.model.summary import SubmissionSummary
from converter.model.verdict import Verdict, VerdictKind

CATEGORIES: Mapping[str, str] = {one: capital(CATEGORY_NAMES[one]) for one in ENTRY_NOUNS}
"""Category -> its name as a heading, of those that a document can report."""

_ENTITIES: Mapping[str, str] = {**ENTITY_NOUNS, "individual": "individual"}
"""Entity type -> its name below the label "entity type", where "individual" says enough."""
_IDENTIFIERS: Mapping[str, str] = {"final": "final", "preliminary": "preliminary", "none": "not published yet"}


class Outcome(StrEnum):
    """What became of a document."""

    CONVERTED = "converted"
    WOULD_BE_REJECTED = "converted, but CMS would reject it"
    NOT_CONVERTED = "not converted"
    NOTHING_AGAINST = "nothing found that CMS would reject"
    REJECTED = "CMS would reject it"


def outcome(report: Report) -> Outcome:
    """Return what became of a document."""
    if not report.converted:
        return Outcome.REJECTED if report.errors else Outcome.NOTHING_AGAINST
    if report.submission is None:
        return Outcome.NOT_CONVERTED
    return Outcome.WOULD_BE_REJECTED if report.errors else Outcome.CONVERTED


class Counted(NamedTuple):
    """How much was found: findings of one kind count once, and what follows from another one by itself.

    Attributes:
        errors: the errors and what follows from them, in words; empty for none.
        warnings: how many warnings.
        notes: how many notes.
    """

    errors: str
    warnings: int
    notes: int

    def __str__(self) -> str:
        """Return it in words, such as `1 error in 5 places, 7 consequences, 2 warnings`; empty for nothing."""
        parts = [number_of(count, word) for count, word in ((self.warnings, "warning"), (self.notes, "note")) if count]
        return ", ".join([self.errors, *parts] if self.errors else parts)


def counted(report: Report) -> Counted:
    """Count what was found."""
    groups = report.groups
    roots = Counter(one.severity for one in groups if not one.follows)
    kinds = roots[Severity.ERROR]
    places = sum(len(one.findings) for one in groups if one.severity is Severity.ERROR and not one.follows)
    errors = [number_of(kinds, "error") + (f" in {places:,} places" if places > kinds else "")] if kinds else []
    if follows := sum(len(one.findings) for one in groups if one.follows):
        errors.append(number_of(follows, "consequence"))
    return Counted(", ".join(errors), roots[Severity.WARNING], roots[Severity.INFO])


def counts(report: Report) -> str:
    """Return how much was found in words; empty for nothing."""
    return str(counted(report))


def headline(report: Report, show_ids: bool = False) -> str:
    """Return one line: which document, the verdict on it, how many errors and warnings."""
    return with_counts(verdict_on(report, show_ids), counted(report))


def verdict_on(report: Report, show_ids: bool) -> str:
    """Return which document, and the verdict on it."""
    mask = Mask(report.secrets, show_ids)
    return f"{visible(mask.foreign(report.name))}: {mask.foreign(report.verdict.sentence)}"


def with_counts(verdict: str, found: Counted) -> str:
    """Return the verdict on a document with how much was found in it."""
    return f"{verdict} - {found}" if any(found) else verdict


def masked_verdict(one: Verdict, mask: Mask) -> Verdict:
    """Return a verdict with the identifiers in its words masked: what an activity is called may be a TIN."""
    return Verdict(one.kind, mask.foreign(one.sentence), tuple(mask.foreign(words) for words in one.unchecked))


_EFFECTS: Mapping[Effect, str] = {
    Effect.REFUSES: "CMS would reject it",
    Effect.MAY_REFUSE: "CMS may reject it",
    Effect.LOSES_CATEGORY: "the category scores 0",
    Effect.COSTS_POINTS: "it may cost points",
}


def effect_words(finding: Finding, blocks: bool) -> str:
    """Return what a finding does to the submission; empty for a remark, and where it blocks, which says enough."""
    return "" if blocks else _EFFECTS.get(finding.effect, "")


def label(finding: Finding) -> str:
    """Return what a finding is: an error, a warning or a note."""
    return "note" if finding.severity is Severity.INFO else finding.severity.value


def contents(submission: SubmissionSummary) -> str:
    """Return what a submission holds, such as `6 quality measures (2025-01-01 to 2025-12-31)`."""
    parts = []
    for one in submission.sets:
        noun = ENTRY_NOUNS.get(one.category, "measurement")
        number = f"{one.measurements} {noun if one.measurements == 1 else plural(noun)}"
        parts.append(number + (f" ({one.start} to {one.end})" if one.start and one.end else ""))
    return ", ".join(parts)


def provenance(report: Report) -> str:
    """Return by which version, with which data and of which bytes a report was made: an audit asks for it."""
    parts = [f"qrda2qpp {report.tool_version}", measures_of(report), report.sha256 and f"SHA-256 {report.sha256}"]
    return "; ".join(part for part in parts if part)


class ReadinessRow(NamedTuple):
    """A category of a submission in words: what is there, what is missing to be scored, what was not checked."""

    category: str
    program: str
    present: str
    missing: list[str]
    unchecked: list[str]

    @property
    def verdict(self) -> list[str]:
        """What is missing and what was not checked; that nothing is missing only where all was checked."""
        return [
            *(self.missing or ([] if self.unchecked else ["nothing"])),
            *(f"not checked: {words}" for words in self.unchecked),
        ]


def readiness_rows(report: Report, mask: Mask) -> list[ReadinessRow]:
    """Return for each category of a submission what is there and what is missing to be scored."""
    return [
        ReadinessRow(
            CATEGORIES.get(one.category, one.category),
            mask.foreign(one.program or ""),
            mask.foreign(one.present),
            [mask.foreign(words) for words in one.lacking],
            [mask.foreign(words) for words in one.unchecked],
        )
        for one in report.readiness
    ]


def refused(report: Report) -> bool:
    """Whether something refuses the input: what that is comes before whatever it lacks to be scored."""
    return report.verdict.kind is VerdictKind.REFUSED


def completeness_note(report: Report) -> str:
    """Return what is said of data completeness below the results of a document that converts; else empty."""
    seen = not report.converted or report.submission is None
    return "" if seen else "Data completeness cannot be seen in a report from an EHR."


def identity(report: Report, mask: Mask) -> list[tuple[str, str]]:
    """Return who reports what: pairs of a label and a value, masked; what the document does not say is left out."""
    entity = _ENTITIES.get(report.identity.entity_type or "", report.identity.entity_type)
    facts = (
        ("performance year", str(report.year) if report.year else None),
        ("program", mask.foreign(report.identity.program) if report.identity.program is not None else None),
        ("entity type", mask(entity) if entity is not None else None),
        ("NPI", mask.number(report.identity.npi) if report.identity.npi else None),
        ("TIN", mask.number(report.identity.tin) if report.identity.tin else None),
        ("entity id", mask.foreign(report.identity.entity_id) if report.identity.entity_id else None),
        ("MVP", mask.foreign(report.identity.mvp) if report.identity.mvp else None),
    )
    return [(name, value) for name, value in facts if value is not None]


_OUTDATED = ", older than a year (CMS may have corrected them since: look for a newer version of this tool)"


def measures_of(report: Report) -> str:
    """Return which measures the document was compared with, such as `measures of 2025 as of 2026-08-20 (final)`."""
    if report.catalog_date is None:
        return ""
    status = _IDENTIFIERS.get(report.identifiers or "", report.identifiers)
    measures = f"measures of {report.year} as of {report.catalog_date}, identifiers {status}"
    return measures + (_OUTDATED if report.outdated else "")
