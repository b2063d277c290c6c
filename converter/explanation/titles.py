"""Measures, activities and pathways by their titles, or parts of them."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from converter.explanation.explanation import Explanation, Subject
from converter.explanation.measure_ids import id_explained
from converter.facts.catalog import Catalog, load_catalog
from converter.facts.files import Folders, years
from converter.facts.guids import plain_title

_LISTS = (("measures", "measureId"), ("pi", "measureId"), ("ia", "measureId"), ("mvps", "mvpId"),
          ("otherQuality", "measureId"), ("cost", "measureId"))  # fmt: skip
_SHORTEST_WORD = 3
"""A title is looked for where one of the words has so many letters; a word of more may be the beginning of one."""
_WHOLE_TITLE = 3
"""So many words are a title by themselves, even where they are a part of others."""
_MOST = 20
_FILLERS = frozenset({"a", "an", "the", "of", "for", "and", "in", "with", "measure"})


class Titled(NamedTuple):
    """What has a title: its QPP id, its newest title, the newest year that has it, and whether it is an eCQM."""

    id: str
    title: str
    year: int
    electronic: bool


def title_explained(word: str, catalog: Catalog, folders: Folders) -> Explanation | None:
    """Explain what has a title, or list everything that has the words in its title; None where there is nothing."""
    plain = plain_title(word)
    words = [one for one in plain.split() if one not in _FILLERS]
    if "_" in word or not any(len(one) >= _SHORTEST_WORD and not one.isdecimal() for one in words):
        return None
    known = entries(folders)
    exact = [row for row, titles in known.values() if plain in titles] if len(words) >= _WHOLE_TITLE else []
    rows = exact or [row for row, titles in known.values() if any(_has(words, title) for title in titles)]
    if exact and sum(row.electronic for row in exact) == 1:
        rows = [row for row in exact if row.electronic]
    if len(rows) == 1:
        return _one(word, rows[0], catalog, folders)
    return _several(word, rows, catalog, folders) if rows else None


def _has(words: list[str], title: str) -> bool:
    known = title.split()
    return all(any(one == word or (len(word) > _SHORTEST_WORD and one.startswith(word)) for one in known)
               for word in words)  # fmt: skip


@lru_cache(maxsize=8)
def entries(folders: Folders) -> dict[str, tuple[Titled, frozenset[str]]]:
    """QPP id -> the entry and all its titles over the years, as plain words; eCQMs first."""
    found: dict[str, tuple[Titled, frozenset[str]]] = {}
    catalogs = [load_catalog(folders, year) for year in reversed(years(folders, "catalog"))]
    for name, key in _LISTS:
        for catalog in catalogs:
            for row in catalog.facts.get(name, ()):
                id = row[key]
                new = Titled(id, row["title"], catalog.year, name == "measures")
                entry, titles = found.get(id, (new, frozenset()))
                found[id] = entry, titles | {plain_title(row["title"])}
    return found


def _one(word: str, row: Titled, catalog: Catalog, folders: Folders) -> Explanation | None:
    of_year = id_explained(row.id, catalog, folders) or id_explained(row.id, load_catalog(folders, row.year), folders)
    return of_year and replace(of_year, word=word)


def _several(word: str, rows: list[Titled], catalog: Catalog, folders: Folders) -> Explanation:
    shown = rows[:_MOST]
    lines = [f"{len(rows)} measures, activities or pathways have these words in the title:"]
    lines += [f"  {row.id:<12}  {_cms_id(row, catalog):<10}  {row.title}" for row in shown]
    if len(rows) > _MOST:
        lines.append(f"  ... and {len(rows) - _MOST} more; add words of the title.")
    lines.append(f"`qrda2qpp explain {shown[0].id}` explains the first of them.")
    parts = tuple(_parts(shown, catalog, folders))
    return Explanation(word, Subject.SEVERAL, "\n".join(lines) + "\n", year=catalog.year, parts=parts)


def _cms_id(row: Titled, catalog: Catalog) -> str:
    measure = catalog.by_measure_id(row.id)
    return measure.cms_id if measure else ""


def _parts(rows: list[Titled], catalog: Catalog, folders: Folders) -> Iterator[Explanation]:
    for row in rows:
        if found := _one(row.id, row, catalog, folders):
            yield found
