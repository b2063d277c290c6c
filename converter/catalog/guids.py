"""The index of identifiers of all years (`schemas/guids.json`), loaded only when a question needs it."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from converter.resources import load_json, shipped_folder


@lru_cache(maxsize=1)
def _index() -> dict[str, Any]:
    return load_json(shipped_folder() / "guids.json")


def published_as(guid: str) -> tuple[str, str, int] | None:
    """CMS id with version, QPP measure id and performance year of a version-specific id of any year, or None."""
    row = _index()["measures"].get(guid.lower())
    return (row[0], row[1], row[2]) if row else None


def years_of(guids: Iterable[str]) -> dict[int, int]:
    """How many of the version-specific ids belong to each performance year; unknown ones are left out."""
    counts: dict[int, int] = {}
    for guid in guids:
        row = _index()["measures"].get(guid.lower())
        if row:
            counts[row[2]] = counts.get(row[2], 0) + 1
    return counts
