"""Which edition a document is of: its kind, its document template, its performance year (official code 5).

A document of no edition, or of the wrong one, blocks. It is checked all the same, as a document of the year that is
most likely; the finding says which one that is and why.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from converter.facts.guids import years_of
from converter.facts.profiles import Editions
from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.place import Tree
from converter.language.english import listed, span
from converter.language.near import edits
from converter.model.document import Document, Identifier, QualityMeasure
from converter.resolve.year import Witnesses, assumed_year, performance_year, witnesses

OF_NO_EDITION = (kinds.TEMPLATE_MISSING, kinds.TEMPLATE_OF_ANOTHER_YEAR, kinds.TEMPLATE_UNKNOWN)
"""Findings after which the year is only assumed."""

_DATE = re.compile(r"\s*(\d{4})\D?(\d{1,2})\D?(\d{1,2})\s*", re.ASCII)


def template_years(document_templates: Sequence[Identifier], editions: Editions) -> tuple[int, ...]:
    """Years of a document's templates, ascending; empty where none of them belongs to a year."""
    given = [item.extension or "" for item in document_templates if item.root == editions.root]
    return tuple(sorted({year for extension in given for year in editions.years.get(extension, ())}))


def find_year(
    document: Document, editions: Editions, asserted: int | None, tree: Tree, findings: Collector
) -> int | None:
    """Return the performance year.

    Where the document is of no edition or of the wrong one, there is a finding, and the year is the one that it is
    taken for; None where nothing tells one.

    Args:
        document: the document as written.
        editions: the published editions.
        asserted: the year that the caller says it is, or None to find it from the document.
        tree: tells places.
        findings: takes what is wrong.
    """
    years = template_years(document.templates, editions)
    if years:
        # A year that is asserted is not looked for, but the template must be of it.
        year = performance_year(years, document, years_of) if asserted is None else asserted
        if year is not None and year in years:
            return year
    lost = _Lost(document, editions, asserted, years)
    if years:
        _report_other_year(lost, tree, findings)
    elif any(item.root == editions.root for item in document.templates):
        _report_unknown(lost, tree, findings)
    else:
        _report_missing(lost, tree, findings)
    return lost.year


@dataclass(frozen=True)
class _Lost:
    """A document of no edition, or of the wrong one, and what it is taken for.

    Attributes:
        document: the document as written.
        editions: the published editions.
        asserted: the year that the caller says it is, or None.
        template_years: years of its template; empty where it is of none.
    """

    document: Document
    editions: Editions
    asserted: int | None
    template_years: Sequence[int]

    @cached_property
    def told(self) -> Witnesses:
        """What its periods and GUIDs say."""
        return witnesses(self.document, years_of)

    @cached_property
    def meant(self) -> Sequence[int]:
        """The years that its template tells, be it only written or published otherwise."""
        return self.template_years or _nearly(self.document, self.editions)

    @cached_property
    def year(self) -> int | None:
        """The year that it is taken for.

        That is its own, where it is whole and only sent for another; else the one that it was sent for, if it was.
        """
        own = performance_year(self.template_years, self.document, years_of) if self.template_years else None
        return own or self.asserted or assumed_year(self.told, self.editions.known, sorted(self.meant, reverse=True))

    @property
    def assumption(self) -> str:
        """As which year it is checked and why, as the end of a sentence."""
        if self.year is None:
            unknown = "" if self.dated else "; nothing in it says which performance year it is for"
            return f"{unknown}, so nothing else was checked"
        if self.year == self.asserted:
            reason = "it was sent for that year"
        elif names := self._witnesses((self.year,)):
            reason = f"{names[0][1]} are from that year"
        else:
            reason = "its template points to that year"
        return f"; it was checked as a {self.year} document, because {reason}"

    @property
    def dated(self) -> str:
        """That its dates are of a year that CMS takes nothing for; empty where they are not."""
        periods, known = self.told.periods, self.editions.known
        if periods is None or periods in known:
            return ""
        if periods < min(known):
            return f"; its dates are from {periods}, before the Quality Payment Program began in {min(known)}"
        return f"; its dates are from {periods} (known years: {span(known)})"

    @property
    def elsewhere(self) -> str:
        """What its dates and GUIDs are of, such as `its dates are of 2024 and its measure GUIDs are of 2023`."""
        found = {year for year in (self.told.periods, self.told.guids) if year is not None}
        return " and ".join(f"{name} are from {year}" for year, name in self._witnesses(sorted(found)))

    def _witnesses(self, years: Collection[int]) -> list[tuple[int, str]]:
        """What tells each of the years, in words; the dates first."""
        told = ((self.told.periods, "dates"), (self.told.guids, "measure GUIDs"))
        names = {year: [name for of, name in told if of == year] for year in years}
        found = [(year, f"its {listed(of, 'and')}") for year, of in names.items() if of]
        return sorted(found, key=lambda one: one[0] != self.told.periods)

    @property
    def extension(self) -> str:
        """The extensions of the year that it is taken for, with their years; of all years, where none is assumed."""
        years = self.editions.years
        rows = {key: of for key, of in years.items() if self.year is None or self.year in of}
        shown = [f"{key} ({listed(list(map(str, of)))})" for key, of in rows.items()]
        return f"The extension {shown[0]}" if len(shown) == 1 else f"One of the extensions {', '.join(shown)}"


def _report_missing(lost: _Lost, tree: Tree, findings: Collector) -> None:
    document, base = lost.document, lost.editions.base_root
    of_hl7 = any(item.root == base for item in document.templates)
    if of_hl7 and not document.sections:  # documents made for certification have no sections that CMS reads
        what = "has HL7's document template but not that of CMS: it is the kind of QRDA III made for certification"
    elif of_hl7:
        what = "has HL7's document template but not that of CMS, like a QRDA III made for certification"
    else:
        what = "does not have a document template, neither that of CMS nor that of HL7"
    remedy = "Export it again with the EHR's option for CMS (QPP or MIPS); adding a templateId by hand is not enough."
    if lost.dated:
        remedy = (
            f"Choose a reporting period from {span(lost.editions.known)} in the EHR, with its option for CMS (QPP or "
        )
        remedy += "MIPS), and export again."
    extension = lost.editions.extension_of(lost.year) if lost.year else None
    findings.add(
        kinds.TEMPLATE_MISSING,
        tree.place(document.node),
        what=what,
        dated=lost.dated,
        assumption=lost.assumption,
        root=lost.editions.root,
        extension=extension,
        year=lost.year,
        with_extension=f'extension "{extension}" ({lost.year})' if lost.year else "the extension of the year",
        remedy=remedy,
    )


def _report_other_year(lost: _Lost, tree: Tree, findings: Collector) -> None:
    years, wanted = _or(lost.template_years), lost.asserted or lost.year
    extension = lost.editions.extension_of(wanted or 0)
    expected = f"Template extension {extension} for performance year {wanted}"
    if lost.asserted:
        reason = f"it was sent for {wanted}"
        remedy = f"Convert it as a {years} document, or export it again with the {wanted} settings."
    elif wanted in lost.template_years:  # nothing but the template tells a year that CMS takes
        reason = f"{lost.elsewhere} (known years: {span(lost.editions.known)})"
        remedy = f"Correct the dates if the document reports {years}."
        expected, extension = f"Dates in {years}", None
    else:
        reason = lost.elsewhere
        agree = "template, dates and measures" if _has_measures(lost.document) else "template and dates"
        remedy = f"Export it again with the {wanted} settings, so that {agree} agree."
    findings.add(
        kinds.TEMPLATE_OF_ANOTHER_YEAR,
        tree.place(lost.document.node),
        found=_extensions(lost.document, lost.editions.root),
        years=years,
        template_years=tuple(lost.template_years),
        reason=reason,
        year=lost.year,
        extension=extension,
        remedy=remedy,
        expected=expected,
    )


def _report_unknown(lost: _Lost, tree: Tree, findings: Collector) -> None:
    given = next(item for item in lost.document.templates if item.root == lost.editions.root)
    extension = given.extension
    guide = f"the CMS implementation guide of {lost.year or 'the year that is reported'}"
    findings.add(
        kinds.TEMPLATE_UNKNOWN,
        tree.place(given.node),
        found=extension,
        given=f'The document template extension "{extension}"'
        if extension is not None
        else "The document template, which does not have an extension,",
        editions=lost.extension,
        year=lost.year,
        extension=lost.editions.extension_of(lost.year) if lost.year else None,
        note=_note(extension or "", lost.editions),
        dated=lost.dated,
        assumption=lost.assumption,
        guide=guide,
    )


def _note(extension: str, editions: Editions) -> str:
    """What an extension is that is none of CMS' document template."""
    if years := editions.superseded.get(extension):
        return f"; it was published for {_or(years)} but replaced before reporting began"
    if years := editions.ahead.get(extension):
        return f"; it is that of the {_or(years)} guide, which this version does not know yet"
    if other := editions.others.get(extension):
        template, years = other
        return f"; it is that of {template} for {span(years)}"
    if near := next((key for key in editions.years if _same(key, extension)), None):
        return f"; it is {near} written in a different form"
    nearest = _mistyped(extension, editions.years)
    if nearest is None:
        return ""
    slip = "two digits swapped" if sorted(nearest) == sorted(extension.strip()) else "one character wrong"
    return f"; it looks like {nearest}, the extension for {_or(editions.years[nearest])}, with {slip}"


def _mistyped(extension: str, known: Iterable[str]) -> str | None:
    """The one extension that differs from another text in a single digit, or in two that are swapped; else None."""
    found = [one for one in known if edits(one, extension.strip()) == 1]
    return found[0] if len(found) == 1 else None


def _nearly(document: Document, editions: Editions) -> tuple[int, ...]:
    """Years of an extension that was published first for them, or is written in another way."""
    for item in document.templates:
        extension = item.extension or ""
        if item.root == editions.root and extension:
            for key, years in {**editions.superseded, **editions.years}.items():
                if key == extension or _same(key, extension):
                    return years
    return ()


def _same(extension: str, other: str) -> bool:
    """Whether two extensions are the same date, however it is written: 2024-12-01, 2024-12-1, 20241201."""
    one, two = _DATE.fullmatch(extension), _DATE.fullmatch(other)
    return one is not None and two is not None and [*map(int, one.groups())] == [*map(int, two.groups())]


def _has_measures(document: Document) -> bool:
    return any(type(entry) is QualityMeasure for section in document.sections for entry in section.entries)


def _or(years: Sequence[int]) -> str:
    return " or ".join(str(one) for one in years)


def _extensions(document: Document, root: str) -> str:
    return ", ".join(item.extension or "(none)" for item in document.templates if item.root == root)
