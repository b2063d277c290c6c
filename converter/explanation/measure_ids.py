"""Ids of measures, improvement activities and MIPS Value Pathways, looked up in the catalog of a year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from converter.explanation.explanation import Explanation, Subject
from converter.explanation.guid_lookup import current_lines, measure_explained
from converter.facts.catalog import Catalog, load_catalog, years_with
from converter.facts.files import Folders, years
from converter.facts.guids import years_of_measures
from converter.findings.finding import MeasureLabel
from converter.language.english import years_listed


@dataclass(frozen=True, slots=True)
class _List:
    """A list of the catalog: its name, the key of the id in it, what its entries are, and what they are called."""

    name: str
    key: str
    what: Subject
    called: str


_LISTS = (
    _List("pi", "measureId", Subject.PI_MEASURE, Subject.PI_MEASURE.value),
    _List("ia", "measureId", Subject.ACTIVITY, Subject.ACTIVITY.value),
    _List("mvps", "mvpId", Subject.PATHWAY, Subject.PATHWAY.value),
    _List("otherQuality", "measureId", Subject.MEASURE, "quality measure that is not reported from an EHR"),
    _List("cost", "measureId", Subject.MEASURE, "cost measure, which CMS computes itself"),
)


def id_explained(word: str, catalog: Catalog, folders: Folders) -> Explanation | None:
    """Explain a measure id, a CMS id, or the id of an activity or a pathway."""
    wanted = word.upper()
    for measure in catalog:
        cms_id = measure.cms_id.upper()
        if wanted in (measure.measure_id.upper(), cms_id, cms_id.partition("V")[0]):
            return measure_explained(word, measure, catalog)
    return _listed(word, catalog, folders) or _of_other_years(word, catalog) or _listed_before(word, catalog, folders)


def _listed(word: str, catalog: Catalog, folders: Folders) -> Explanation | None:
    for one in _LISTS:
        for row in catalog.facts.get(one.name, ()):
            if row[one.key].upper() == word.upper():
                return _entry(word, row, one, catalog.year, years_with(row[one.key], folders))
    return None


def _listed_before(word: str, catalog: Catalog, folders: Folders) -> Explanation | None:
    """Explain an id that the year of the catalog does not have, as it is in the newest year that has it."""
    for year in reversed(years(folders, "catalog")):
        if found := _listed(word, load_catalog(folders, year), folders):
            note = f"In {catalog.year} it cannot be reported.\n"
            return replace(found, text=found.text + note, year=catalog.year)
    return None


def _entry(word: str, row: dict[str, Any], of: _List, year: int, known: tuple[int, ...]) -> Explanation:
    id, title = row[of.key], row["title"]
    text = "\n".join([*_lines(row, id, of.called, year), f"  Performance years {years_listed(known)}"]) + "\n"
    measure = MeasureLabel(id, None, title) if of.what in (Subject.MEASURE, Subject.PI_MEASURE) else None
    return Explanation(word, of.what, text, id=id, title=title, year=year, years=known, measure=measure)


def _lines(row: dict[str, Any], id: str, called: str, year: int) -> Iterator[str]:
    yield f"{id}: {called}, performance year {year}"
    yield f"  {row['title']}"
    if row.get("metricType") == "proportion":
        yield "  Reported with numerator and denominator"
    elif row.get("metricType") == "boolean":
        yield "  Answered Y or N"
    for name, label in (
        ("exclusion", "May be replaced by"),
        ("substitutes", "Not together with"),
        ("quality", "Quality"),
    ):
        if row.get(name):
            yield f"  {label}: {', '.join(row[name])}"


def _of_other_years(word: str, catalog: Catalog) -> Explanation | None:
    """Explain a measure id that only other years have."""
    known = years_of_measures().get(word, ()) if re.fullmatch(r"\d{3}", word) else ()
    if not known:
        return None
    text = "\n".join(current_lines(word, catalog)) + "\n"
    return Explanation(word, Subject.MEASURE, text, id=word, year=catalog.year, years=known, measure=MeasureLabel(word))
