"""The quality measures of a year as rows of a table, and which of them a query means."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from converter.facts.catalog import Catalog
from converter.facts.guids import plain_title

_DIGITS = re.compile(r"[0-9a-f]{8,32}")
_NONE = "-"
_NOT_PUBLISHED = "not published"


class MeasureRow(NamedTuple):
    """A measure of a year; the CMS id and GUID of one that is not reported from an EHR are dashes."""

    year: int
    measure_id: str
    cms_id: str
    guid: str
    title: str


def measure_rows(catalog: Catalog, query: str, every: bool) -> Iterator[MeasureRow]:
    """Yield the measures of a year that a query means, in the order of the catalog.

    Args:
        catalog: the catalog of the year.
        query: part of an id, a GUID or a title, a GUID without hyphens, or words of a title; empty for all.
        every: whether measures that are not reported from an EHR are meant as well.
    """
    return (row for row in _rows(catalog, every) if not query or _means(query, row))


def _rows(catalog: Catalog, every: bool) -> Iterator[MeasureRow]:
    for facts in catalog.facts["measures"]:
        guid = facts.get("guid", _NOT_PUBLISHED).lower()
        yield MeasureRow(catalog.year, facts["measureId"], facts["eMeasureId"], guid, facts["title"])
    for facts in catalog.facts.get("otherQuality", ()) if every else ():
        yield MeasureRow(catalog.year, facts["measureId"], _NONE, _NONE, facts["title"])


def _means(query: str, row: MeasureRow) -> bool:
    wanted = query.strip().lower()
    if wanted in f"{row.measure_id}  {row.cms_id}  {row.guid}  {row.title}".lower():
        return True
    digits = re.sub(r"[^0-9a-z]", "", wanted)
    if _DIGITS.fullmatch(digits):
        return row.guid.replace("-", "").startswith(digits)
    words, known = plain_title(query).split(), plain_title(row.title).split()
    return digits == row.cms_id.lower() or (bool(words) and all(any(one.startswith(w) for one in known) for w in words))
