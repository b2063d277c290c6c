"""The index of identifiers of all years (`schemas/guids.json`), loaded only when a question needs it."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from converter.facts.files import load_json, shipped_folder

_WORD = re.compile(r"[a-z0-9]+")


class Published(NamedTuple):
    """What an identifier was published as.

    Attributes:
        kind: `measure` (version-specific id), `set` (version-neutral id), `population`, `hospital`, `preMips`,
            `au2016Superseded`, `publishedNotReportable`, `fhir` or `superseded` (a population id that was withdrawn).
        cms_id: CMS id, with version where the identifier has one; None where it is not known.
        measure_id: QPP measure id, or None.
        years: performance years in which it was published; empty where that is not known.
        role: population role, `STRAT` for a stratum; None for what is no population.
        number: population set, from 1; 0 for what is no population.
        title: title of the measure, or None.
    """

    kind: str
    cms_id: str | None
    measure_id: str | None = None
    years: tuple[int, ...] = ()
    role: str | None = None
    number: int = 0
    title: str | None = None


@lru_cache(maxsize=1)
def _index() -> dict[str, Any]:
    return load_json(shipped_folder() / "guids.json")


def published_as(guid: str, year: int | None = None) -> Published | None:
    """Say what an identifier was published as; None where it is not known.

    A population id of several years is named as that of `year`, where it is one of them, or of the latest.
    """
    index, key = _index(), guid.lower()
    if row := index["measures"].get(key):
        return Published("measure", row[0], row[1], (row[2],))
    if row := index["sets"].get(key):
        return Published("set", row[0], row[1], title=row[2] or None)
    if rows := index["populations"].get(key):
        last = next((row for row in rows if row[4] == year), rows[-1])
        return Published("population", last[0], last[1], tuple(row[4] for row in rows), last[2], last[3])
    if row := index["other"].get(key):
        return Published(row[0], row[1], title=row[2] if len(row) > 2 else None)
    if row := index["fhir"].get(key):
        return Published("fhir", row[0], title=row[3])
    if row := index["superseded"].get(key):
        return Published("superseded", row[0], role=row[1])
    return None


def titled(title: str) -> Published | None:
    """The one measure that has or had a title, whatever its letter case and signs; None where there is none."""
    row = _index()["titles"].get(plain_title(title))
    return Published("measure", row[0], row[1]) if row else None


@lru_cache(maxsize=1)
def _by_cms_id() -> dict[str, Published]:
    return {row[0]: Published("measure", row[0], row[1]) for row in _index()["sets"].values()}


def numbered(cms_id: str) -> Published | None:
    """The measure with a CMS id without version, in all its versions; None where it is not known."""
    return _by_cms_id().get(cms_id)


def plain_title(title: str) -> str:
    """A title as words in small letters."""
    return " ".join(_WORD.findall(title.lower()))


def years_of(guids: Iterable[str]) -> dict[int, int]:
    """How many of the version-specific ids belong to each performance year; unknown ones are left out."""
    counts: dict[int, int] = {}
    for guid in guids:
        row = _index()["measures"].get(guid.lower())
        if row:
            counts[row[2]] = counts.get(row[2], 0) + 1
    return counts


@lru_cache(maxsize=1)
def years_of_measures() -> dict[str, tuple[int, ...]]:
    """QPP measure id -> performance years in which it had a version-specific id, ascending."""
    found: dict[str, set[int]] = {}
    for _, measure_id, year in _index()["measures"].values():
        found.setdefault(measure_id, set()).add(year)
    return {measure_id: tuple(sorted(years)) for measure_id, years in found.items()}


def all_versions_shipped() -> Iterator[tuple[int, str, str, str | None]]:
    """Performance year, CMS id, QPP measure id and GUID (None where none is published) of all versions of measures."""
    for guid, (cms_id, measure_id, year) in _index()["measures"].items():
        yield year, cms_id, measure_id, guid
    for cms_id, measure_id, year in _index()["withoutGuid"]:
        yield year, cms_id, measure_id, None


def all_measure_guids() -> Iterable[tuple[str, int]]:
    """Version-specific id and performance year of every measure."""
    return ((guid, row[2]) for guid, row in _index()["measures"].items())


@lru_cache(maxsize=1)
def all_identifiers() -> tuple[str, ...]:
    """Every identifier that was ever published, of whatever kind, ascending."""
    kinds = ("measures", "sets", "populations", "other", "fhir", "superseded")
    return tuple(sorted({guid.lower() for kind in kinds for guid in _index()[kind]}))


def others_numbered(number: str) -> list[Published]:
    """What has the number of a CMS id and is no version of a performance year: hospital measures, FHIR, sets."""
    wanted = re.compile(rf"CMS{number}(?:v\d+|FHIR)?")
    others = (row for row in _index()["other"].values() if row[1] and wanted.fullmatch(row[1]))
    found = [Published(row[0], row[1], title=row[2] if len(row) > 2 else None) for row in others]
    found += [Published("fhir", row[0], title=row[3]) for row in _index()["fhir"].values() if wanted.fullmatch(row[0])]
    found += [
        Published("set", row[0], row[1], title=row[2] or None)
        for row in _index()["sets"].values()
        if wanted.fullmatch(row[0])
    ]
    return found
