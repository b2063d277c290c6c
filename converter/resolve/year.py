"""Which performance year a document is of.

Three witnesses: the years of the document template, the most frequent start year of the performance periods, and the
most frequent year of the measure GUIDs. The year with most witnesses wins, the later one among equals; a template that
stands alone against the one other witness, or against both, is of the wrong edition. GUIDs are therefore asked only
where template and periods disagree, or where two years share the template and no period tells.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from converter.model.document import Document, QualityMeasure
from converter.model.numbers import iso_date

GuidYears: TypeAlias = Callable[[Iterable[str]], dict[int, int]]
"""Counts version-specific ids by year, such as `guids.years_of`."""


class Witnesses(NamedTuple):
    """What a document says of its year beside its template.

    Attributes:
        periods: most frequent start year of its performance periods; None where none can be read.
        guids: most frequent year of its measure GUIDs; None where none is known.
    """

    periods: int | None
    guids: int | None


def witnesses(document: Document, guid_years: GuidYears, preferred: Collection[int] = ()) -> Witnesses:
    """Ask periods and GUIDs for the year; among equally frequent ones a preferred year is named, else the later one."""
    periods = _most_frequent(_period_years(document), preferred)
    return Witnesses(periods, _most_frequent(guid_years(_guids(document)), preferred))


def assumed_year(told: Witnesses, known: Collection[int], others: Sequence[int] = ()) -> int | None:
    """The year that a document of no or of the wrong edition is taken for; None where nothing tells a known one.

    It is the one that periods and GUIDs agree on; where they do not, that of the periods, which say what was meant to
    be reported. Periods of before the first year leave no doubt that it is a document of then: GUIDs are not asked.

    Args:
        told: what periods and GUIDs say.
        known: the years that there are.
        others: what else tells, the most telling first.
    """
    early = told.periods is not None and told.periods < min(known)
    asked = (told.periods, None if early else told.guids, *others)
    return next((year for year in asked if year in known), None)


def performance_year(template_years: Collection[int], document: Document, guid_years: GuidYears) -> int | None:
    """Return the performance year, one of `template_years`; None where the template is of the wrong edition.

    Args:
        template_years: the years whose guide asks for the document's template; not empty.
        document: the document as written.
        guid_years: tells the years of GUIDs.
    """
    by_period = _most_frequent(_period_years(document), template_years)
    if by_period in template_years:
        return by_period
    if by_period is None and len(template_years) == 1:
        return max(template_years)
    # Only now, because the index of the GUIDs of all years is loaded for it.
    by_guid = _most_frequent(guid_years(_guids(document)), template_years)
    if by_guid in template_years:
        return by_guid
    return max(template_years) if by_period is None else None


def _most_frequent(counts: dict[int, int], preferred: Collection[int]) -> int | None:
    return max(counts, key=lambda year: (counts[year], year in preferred, year)) if counts else None


def _period_years(document: Document) -> dict[int, int]:
    starts = (date.text for act in document.periods for date in act.starts)
    dates = (iso_date(text) for text in starts if text)
    return Counter(int(found[:4]) for found in dates if found)


def _guids(document: Document) -> Iterable[str]:
    for section in document.sections:
        for entry in section.entries:
            if isinstance(entry, QualityMeasure):
                yield from (item.extension for item in entry.ids if item.extension)
