"""What a word may become while it is still being written: names that begin with it, and titles that have it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from converter.explanation.glossary import words_known
from converter.explanation.official_codes import official_codes, plain_name
from converter.explanation.titles import entries
from converter.facts.catalog import load_catalog
from converter.facts.files import Folders, years
from converter.findings.kinds import TABLE
from converter.language.near import squeezed

MOST = 8
"""How many are suggested: more are not read."""


class Suggestion(NamedTuple):
    """A word of which something is known: how it is asked for, and what it is called."""

    word: str
    title: str


def suggestions(word: str, folders: Folders) -> tuple[Suggestion, ...]:
    """Return at most `MOST` words that begin with what is written so far, and then those whose titles have it.

    Upper and lower case, blanks and hyphens do not matter.
    """
    written = squeezed(word)
    if not written:
        return ()
    rows = _known(folders)
    first = [one for key, _, one in rows if key.startswith(written)]
    words = word.lower().split()
    inside = (one for _, text, one in rows if all(part in text for part in words))
    return tuple(dict.fromkeys((*first, *inside)))[:MOST]


@lru_cache(maxsize=8)
def _known(folders: Folders) -> tuple[tuple[str, str, Suggestion], ...]:
    """What may be suggested: the word without separators, the words of its title in lower case, the suggestion."""
    return tuple((squeezed(one.word), f"{one.word} {one.title}".lower(), one) for one in dict.fromkeys(_all(folders)))


def _all(folders: Folders) -> Iterator[Suggestion]:
    for kind in TABLE.values():
        yield Suggestion(kind.id, kind.slug.replace("-", " "))
    for row in official_codes():
        yield Suggestion(f"code {row['code']}", plain_name(row["name"]))
    for one, _ in entries(folders).values():
        yield Suggestion(one.id, one.title)
    for year in reversed(years(folders, "catalog")):
        for measure in load_catalog(folders, year):
            yield Suggestion(measure.cms_id, f"{measure.title} ({year})")
    for word in words_known(folders):
        yield Suggestion(word, "")
