"""Which edition a document is of: its kind, its document template, its performance year (official code 5).

A document of no edition, or of the wrong one, blocks. It is checked all the same, as a document of the year that is
most likely; the finding says which one that is and why.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from converter.facts.guids import years_of
from converter.facts.profiles import Editions
from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.place import Tree
from converter.language.english import listed, span
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
            unknown = "" if self.dated else "; nothing in it tells its performance year"
            return f"{unknown}, so nothing else was checked"
        if self.year == self.asserted:
            reason = "it was sent for that year"
        elif names := self._witnesses((self.year,)):
            reason = f"{names[0][1]} are of that year"
        else:
            reason = "its template is of that year"
        return f"; it is checked as a document of {self.year}, because {reason}"

    @property
    def dated(self) -> str:
        """That its dates are of a year that CMS takes nothing for; empty where they are not."""
        periods, known = self.told.periods, self.editions.known
        if periods is None or periods in known:
            return ""
        return f"; its dates are of {periods} (CMS takes {span(known)})"

    @property
    def elsewhere(self) -> str:
        """What its dates and GUIDs are of, such as `its dates are of 2024 and its measure GUIDs are of 2023`."""
        found = {year for year in (self.told.periods, self.told.guids) if year is not None}
        return " and ".join(f"{name} are of {year}" for year, name in self._witnesses(sorted(found)))

    def _witnesses(self, years: Collection[int]) -> list[tuple[int, str]]:
        """What tells each of the years, in words; the dates first."""
        told = ((self.told.periods, "dates"), (self.told.guids, "measure GUIDs"))
        names = {year: [name for of, name in told if of == year] for year in years}
        found = [(year, f"its {listed(of, 'and')}") for year, of in names.items() if of]
        return sorted(found, key=lambda one: one[0] != self.told.periods)

    @property
    def template(self) -> str:
        """The template of the year that it is taken for, as an element; of no year, where none is assumed."""
        extension = self.editions.extension_of(self.year) if self.year else None
        return f'<templateId root="{self.editions.root}" extension="{extension}"/>' if extension else ""

    @property
    def extension(self) -> str:
        """The extension of the year that it is taken for, with the year; of all years, where none is assumed."""
        years = self.editions.years
        rows = {key: of for key, of in years.items() if self.year is None or self.year in of}
        return ", ".join(f"{key} ({listed(list(map(str, of)))})" for key, of in rows.items())


def _report_missing(lost: _Lost, tree: Tree, findings: Collector) -> None:
    document, base = lost.document, lost.editions.base_root
    of_hl7 = any(item.root == base for item in document.templates)
    if of_hl7 and not document.sections:  # documents made for certification have no sections that CMS reads
        what = "carries HL7's template and not that of CMS: it is a QRDA III of the kind made for certification"
    elif of_hl7:
        what = "carries HL7's document template and not that of CMS, like a QRDA III made for certification"
    else:
        what = "carries no document template, neither that of CMS nor that of HL7"
    remedy = "Export it again with the EHR's option for CMS (QPP or MIPS); a templateId added by hand does not do."
    if lost.template:
        remedy += f" The document template of {lost.year} is {lost.template}."
    findings.add(
        kinds.TEMPLATE_MISSING,
        tree.place(document.node),
        what=what,
        dated=lost.dated,
        assumption=lost.assumption,
        root=lost.editions.root,
        extension=f'extension "{lost.editions.extension_of(lost.year)}"' if lost.year else "the extension of the year",
        remedy=remedy,
    )


def _report_other_year(lost: _Lost, tree: Tree, findings: Collector) -> None:
    years, wanted = _or(lost.template_years), lost.asserted or lost.year
    expected = f"Template extension {lost.editions.extension_of(wanted or 0)} for performance year {wanted}"
    if lost.asserted:
        reason = f"it was sent for {wanted}"
        remedy = f"Convert it as a document of {years}, or export it again with the settings of {wanted}."
    elif wanted in lost.template_years:  # nothing but the template tells a year that CMS takes
        reason = f"{lost.elsewhere} (CMS takes {span(lost.editions.known)})"
        remedy = f"Correct the dates if the document reports {years}."
        expected = f"Dates of {years}"
    else:
        reason = lost.elsewhere
        agree = "template, dates and measures" if _has_measures(lost.document) else "template and dates"
        remedy = f"Export it again with the settings of {wanted}, so that {agree} agree."
    findings.add(
        kinds.TEMPLATE_OF_ANOTHER_YEAR,
        tree.place(lost.document.node),
        found=_extensions(lost.document, lost.editions.root),
        years=years,
        reason=reason,
        year=lost.year,
        remedy=remedy,
        expected=expected,
    )


def _report_unknown(lost: _Lost, tree: Tree, findings: Collector) -> None:
    given = next(item for item in lost.document.templates if item.root == lost.editions.root)
    extension = given.extension
    guide = f"the CMS implementation guide of {lost.year or 'the year that is reported'}"
    remedy = f"; its document template is {lost.template}" if lost.template else ""
    findings.add(
        kinds.TEMPLATE_UNKNOWN,
        tree.place(given.node),
        found=extension,
        extension=f'The extension "{extension}" of the document template'
        if extension is not None
        else "The document template, which has no extension,",
        editions=lost.extension,
        note=_note(extension or "", lost.editions),
        dated=lost.dated,
        assumption=lost.assumption,
        guide=guide,
        remedy=remedy,
    )


def _note(extension: str, editions: Editions) -> str:
    """What an extension is that is none of CMS' document template."""
    if years := editions.superseded.get(extension):
        return f"; it was published for {_or(years)} and replaced before reporting began"
    if years := editions.ahead.get(extension):
        return f"; it is that of the guide for {_or(years)}, which this version does not know yet"
    if other := editions.others.get(extension):
        template, years = other
        return f"; it is that of {template} of {span(years)}"
    near = next((key for key in editions.years if _same(key, extension)), None)
    return f"; it is {near} written in another way" if near else ""


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
