"""All assertions of all years: each once, with the years that have it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from converter.facts.files import Folders, load_json, load_table, load_year, shipped_folder, year_files
from converter.findings.finding import Severity
from converter.guide.describe import Describer


class Collected(NamedTuple):
    """An assertion, and where it is to be found.

    Attributes:
        id: its id.
        severity: error or warning, as the guide has it.
        place: in words, where it applies.
        says: in words, what it asks for.
        kind: kind of its check.
        years: the years whose CMS guide has it, ascending.
        base: the versions of HL7's guide that have it.
    """

    id: str
    severity: Severity
    place: str
    says: str
    kind: str
    years: tuple[int, ...]
    base: tuple[str, ...]


@lru_cache(maxsize=2)
def collected(folders: Folders) -> tuple[Collected, ...]:
    """Return the assertions of all years, in the order of their ids.

    Raises:
        DataFileError: a data file cannot be read, or does not have the right shape.
    """
    table = load_table(folders, "guide/table")
    say = Describer(table["templates"])
    places = [say.place(one) for one in table["places"]]
    checks = [say.check(one) for one in table["checks"]]
    found: dict[tuple[str, str, str, str, str], tuple[list[int], list[str]]] = {}
    for year, version, rules in _versions(folders):
        for _, place, rows in rules:
            for id, severity, check in rows:
                kind = table["checks"][check]["kind"]
                years, base = found.setdefault((id, severity, places[place], checks[check], kind), ([], []))
                if year:
                    years.append(year)
                else:
                    base.append(version)
    made = (
        Collected(id, Severity(severity), place, says, kind, tuple(sorted(years)), tuple(base))
        for (id, severity, place, says, kind), (years, base) in found.items()
    )
    return tuple(sorted(made, key=lambda one: (one.id.startswith("CMS"), one.id, one.years, one.place)))


def _versions(folders: Folders) -> Iterator[tuple[int | None, str, list[list[Any]]]]:
    """Year, name and rules of every version; of HL7's those that years are based on, without a year."""
    base = set()
    for year in sorted(year_files(folders, "guide")):
        data = load_year(folders, "guide", "guide/year.schema.json", year)
        base.add(data["basedOn"])
        yield year, data["version"], data["rules"]
    for name in sorted(base):
        yield None, name, load_json(shipped_folder() / "guide" / f"hl7-{name}.json")["rules"]
