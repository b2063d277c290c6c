"""What another year asserts: the assertions of its implementation guide that are new, gone, changed or renumbered."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from converter.facts.files import Folders, load_table, load_year, years
from converter.guide.describe import Describer

_SCHEMA = "guide/year.schema.json"


class Asserted(NamedTuple):
    """What an assertion of a year says, in words where the words are all that matters.

    Attributes:
        severity: `error` for what is required, `warning` for what is recommended.
        place: where it applies. An extension of a template is not in it: templates are compared by themselves.
        check: number of its check in the table.
        says: what it asks for.
    """

    severity: str
    place: str
    check: int
    says: str


def assertion_changes(folders: Folders, before: int, after: int) -> Iterator[str]:
    """Yield the differences between the assertions of two years, a line each.

    Raises:
        DataFileError: a data file cannot be read, or does not have the right shape.
    """
    missing = [year for year in (before, after) if year not in years(folders, "guide")]
    if missing:
        yield f"not compared: there is no implementation guide of {missing[0]} among the data files"
        return
    old, new = (load_year(folders, "guide", _SCHEMA, year) for year in (before, after))
    table = load_table(folders, "guide/table")
    yield from _value_sets(old["valueSets"], new["valueSets"])
    yield from _assertions(_asserted(old, table), _asserted(new, table))


def _asserted(data: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, Asserted]:
    say = Describer(table["templates"])
    return {
        id: Asserted(severity, say.place(table["places"][place]), check, say.check(table["checks"][check]))
        for _, place, rows in data["rules"]
        for id, severity, check in rows
    }


def _value_sets(old: Mapping[str, list[str]], new: Mapping[str, list[str]]) -> Iterator[str]:
    for oid in sorted({*old} & {*new}):
        gone, added = (sorted({*one} - {*other}) for one, other in ((old[oid], new[oid]), (new[oid], old[oid])))
        if added:
            yield f"value set {oid}: {', '.join(added)} added"
        if gone:
            yield f"value set {oid}: {', '.join(gone)} removed"


def _assertions(old: Mapping[str, Asserted], new: Mapping[str, Asserted]) -> Iterator[str]:
    now = _pairs(old, new)
    kept = set(now.values())
    yield from (f"new      {id}: {_words(one)}" for id, one in new.items() if id not in kept)
    yield from (f"gone     {id}: {_words(one)}" for id, one in old.items() if id not in now)
    for id, other in now.items():
        if old[id] != new[other]:
            was, is_now = _words(old[id]), _words(new[other])
            before = "with another extension of a template" if was == is_now else was
            yield f"changed  {other}: {is_now}"
            yield f"         before: {before if id == other else f'{id}, {before}'}"
    yield from (f"renamed  {id} is {other}" for id, other in now.items() if id != other and old[id] == new[other])
    yield f"the same: {sum(1 for id, other in now.items() if old[id] == new[other])} of {len(new)}"


def _pairs(old: Mapping[str, Asserted], new: Mapping[str, Asserted]) -> dict[str, str]:
    """Id in the one year -> id of the same assertion in the other: a later guide may give it another number."""
    found = {id: id for id in old if id in new}
    free = [id for id in new if id not in old]
    for alike in (_same_number_and_content, _same_content, _same_number):
        for id in (id for id in old if id not in found):
            other = next((other for other in free if alike((id, old[id]), (other, new[other]))), None)
            if other is not None:
                free.remove(other)
                found[id] = other
    return {id: found[id] for id in old if id in found}


def _same_number_and_content(one: tuple[str, Asserted], other: tuple[str, Asserted]) -> bool:
    return _same_number(one, other) and _same_content(one, other)


def _same_content(one: tuple[str, Asserted], other: tuple[str, Asserted]) -> bool:
    return one[1] == other[1]


def _same_number(one: tuple[str, Asserted], other: tuple[str, Asserted]) -> bool:
    """Whether what stands behind the hyphen and the place are the same: guides give a new number before it."""
    return one[0].partition("-")[2] == other[0].partition("-")[2] != "" and one[1].place == other[1].place


def _words(one: Asserted) -> str:
    return f"{one.place}: {one.says}{'' if one.severity == 'error' else ' (recommended)'}"
