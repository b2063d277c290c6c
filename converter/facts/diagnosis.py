"""What an identifier is that is not the GUID of a measure of the year: a plain answer, which rules turn into findings.

The order of the questions is that of the ways in which vendors go wrong (`docs/findings`): a version of another year, a
set id, a population id, a measure that clinicians do not report, a GUID in wrapping, a misspelt one.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from converter.facts.catalog import Catalog, Measure
from converter.facts.guids import Published, all_measure_guids, published_as

_GUID = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f-])")
_NOT_HEX = re.compile(r"[^0-9a-f]")
_CMS_ID = re.compile(r"(?:CMS(?=\d+)|(?=\d+v))(\d{1,4})(?:v\d{1,2})?(?:FHIR)?", re.IGNORECASE)
_HEX_LENGTH = 32
_CHUNKS = ((0, 11), (11, 22), (22, 32))
_FARTHEST = 2


class Misspelling(NamedTuple):
    """A known GUID that the text is nearly: which one, how many characters differ, and where."""

    guid: str
    distance: int
    difference: str


class Diagnosis(NamedTuple):
    """The answer.

    Attributes:
        guid: the identifier without its wrapping, in small letters.
        wrapped: whether there was wrapping (braces, `urn:uuid:`, blanks).
        published: what it was published as, or None.
        misspelt: the known GUID that it nearly is, or None.
        named: the measure of the year whose id (QPP measure id or CMS id) stands in place of the GUID, or None.
    """

    guid: str
    wrapped: bool
    published: Published | None = None
    misspelt: Misspelling | None = None
    named: Measure | None = None


def diagnose(text: str, catalog: Catalog) -> Diagnosis:
    """Say what a text is that stands in place of a measure GUID and is none of the year of the catalog."""
    guid = unwrapped(text)
    wrapped = guid != text.lower()
    published = published_as(guid, catalog.year)
    if published is None and (measure := catalog.measure(guid)):
        published = Published("measure", measure.cms_id, measure.measure_id, (catalog.year,))
    if published:
        return Diagnosis(guid, wrapped, published)
    named = _named(text.strip(), catalog)
    return Diagnosis(guid, wrapped, misspelt=None if named else _misspelt(guid, catalog), named=named)


def unwrapped(text: str) -> str:
    """Return an identifier in small letters without what is written around it: blanks, braces, quotes, `urn:uuid:`."""
    found: list[str] = _GUID.findall(text.lower())
    if len(found) == 1 and len(re.findall(r"[0-9a-f]{5,}", text.lower())) == 2:
        return found[0]
    return text.strip().lower()


def _named(text: str, catalog: Catalog) -> Measure | None:
    digits = text.lstrip("0") if text.isdecimal() else ""
    return catalog.by_measure_id(digits.zfill(3)) if digits else by_cms_number(text, catalog)


def by_cms_number(cms_id: str | None, catalog: Catalog) -> Measure | None:
    """The measure of the year with the number of a CMS id, of whatever version: CMS165 for `CMS165v4`."""
    match = _CMS_ID.fullmatch(cms_id or "")
    return next((one for one in catalog if match and one.cms_id.lower().startswith(f"cms{match[1]}v")), None)


def measure_of_populations(ids: Iterable[str], catalog: Catalog) -> tuple[Measure, int, int] | None:
    """The measure of the year that most of the population ids belong to.

    Returns:
        The measure, how many of the ids are its own, and how many ids there are; None where no measure has more than
        half of them.
    """
    given = {one.lower() for one in ids if one}
    votes = Counter(owner for one in given for owner in catalog.owners_of(one))
    if not votes:
        return None
    guid, count = votes.most_common(1)[0]
    measure = catalog.measure(guid)
    return (measure, count, len(given)) if measure and 2 * count > len(given) else None


def _misspelt(guid: str, catalog: Catalog) -> Misspelling | None:
    digits = _NOT_HEX.sub("", guid)
    if not _HEX_LENGTH - _FARTHEST <= len(digits) <= _HEX_LENGTH + _FARTHEST:
        return None
    near = sorted(
        (distance, year != catalog.year, -year, known)
        for known, year in _candidates(digits)
        if (distance := _distance(digits, known.replace("-", ""))) <= _FARTHEST
    )
    if not near or (len(near) > 1 and near[0][:2] == near[1][:2]):
        return None
    distance, _, _, known = near[0]
    return Misspelling(known, distance, _difference(guid, known))


@lru_cache(maxsize=1)
def _chunk_index() -> dict[tuple[int, str], list[tuple[str, int]]]:
    index: dict[tuple[int, str], list[tuple[str, int]]] = {}
    for guid, year in all_measure_guids():
        digits = guid.replace("-", "")
        for number, (start, end) in enumerate(_CHUNKS):
            index.setdefault((number, digits[start:end]), []).append((guid, year))
    return index


def _candidates(digits: str) -> set[tuple[str, int]]:
    """Known GUIDs that share a third with the digits: with at most two edits, one third is always untouched."""
    index = _chunk_index()
    return {
        candidate
        for number, (start, end) in enumerate(_CHUNKS)
        for shift in range(-_FARTHEST, _FARTHEST + 1)
        if start + shift >= 0
        for candidate in index.get((number, digits[start + shift : end + shift]), ())
    }


def _distance(a: str, b: str) -> int:
    """Edit distance, exact up to two."""
    if len(a) == len(b):
        differing = sum(1 for x, y in zip(a, b, strict=True) if x != y)
        if differing <= _FARTHEST:
            return differing
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1]


def _difference(given: str, known: str) -> str:
    digits, wanted = (_NOT_HEX.sub("", one) for one in (given, known))
    if digits == wanted and _NOT_HEX.sub("", given.replace("-", "")) != given.replace("-", ""):
        return "it contains a character that is not a hexadecimal digit (0 to 9, a to f)"
    if digits == wanted:
        return "a hyphen is missing or misplaced"
    if _distance(digits, wanted) > 1:
        return "two characters differ"
    at = next(
        (i for i, (x, y) in enumerate(zip(digits, wanted, strict=False)) if x != y), min(len(digits), len(wanted))
    )
    if len(digits) < len(wanted):
        return f'digit {at + 1}, "{wanted[at]}", is missing'
    if len(digits) > len(wanted):
        return f'digit {at + 1}, "{digits[at]}", is extra'
    return f'digit {at + 1} is "{digits[at]}" instead of "{wanted[at]}"'


def is_guid(text: str) -> bool:
    """Whether a text has the form of a GUID."""
    return _GUID.fullmatch(text.lower()) is not None
