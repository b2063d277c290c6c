"""How CMS makes points of a submission, by year, from `schemas/scoring.json`."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from converter.facts.files import Folders, load_table

Row: TypeAlias = Mapping[str, Any]

SURENESS: Mapping[str, str] = {
    "A": "read in the data, in the regulation or in a published score object",
    "B": "several independent summaries agree",
    "C": "one summary or one example",
    "R": "general knowledge of the rules, not looked up",
}
"""How sure a row is -> in words."""
_UNCERTAIN = frozenset("CR")


class ScoringRules:
    """The rules of a year; rows are as in the data file, which says what they mean.

    Attributes:
        year: the performance year.
        date: date of the facts.
        assumed: what an answer has to say where the rules of the year are not known yet; else empty.
    """

    __slots__ = ("_data", "assumed", "date", "year")

    def __init__(self, data: Mapping[str, Any], year: int) -> None:
        self.year = year
        self.date: str = data["date"]
        last: int = data["through"]
        self.assumed = f"The rules of {year} are not known; those of {last} are used" if year > last else ""
        self._data = data

    def rows(self, name: str) -> Iterator[Row]:
        """Yield the rows of a table that apply to the year."""
        return (row for row in self._data[name] if row["from"] <= self.year <= row.get("to", self.year))

    def row(self, name: str) -> Row | None:
        """Return the one row of a table that applies to the year; None where there is none."""
        return next(self.rows(name), None)


def uncertain(row: Row) -> bool:
    """Whether an answer that rests on a row has to say so."""
    return row["sure"] in _UNCERTAIN


def doubt(row: Row) -> str:
    """What an answer says that rests on an uncertain row."""
    return f"{row['what']} ({row['source']})"


@lru_cache(maxsize=16)
def load_scoring_rules(folders: Folders, year: int) -> ScoringRules:
    """Load the rules of a year.

    Raises:
        DataFileError: the file cannot be read, or does not have the right shape.
    """
    return ScoringRules(load_table(folders, "scoring"), year)
