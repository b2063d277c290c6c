"""What the measures and activities of a document report: counts, rates and answers, from its inventory."""

from bisect import insort
from collections.abc import Iterable, Iterator, Sequence

from converter.account.entries import short_statuses
from converter.facts.catalog import role_of
from converter.findings.finding import Finding
from converter.model.inventory import CountItem, EntryItem, Inventory
from converter.model.measure_result import UNCLEAR, MeasureResult, PopulationSetResult
from converter.model.numbers import whole_number

_RATE = ""
"""Stands for the reported rate, which is no role."""


def measures(inventory: Inventory, errors: Iterable[Finding] = ()) -> tuple[MeasureResult, ...]:
    """Return what all entries of an inventory report, in document order.

    Args:
        inventory: the inventory of the document.
        errors: findings that are named as the status of an entry that is part of a submission.
    """
    entries = ((section.category, entry) for section in inventory.sections for entry in section.entries)
    return tuple(
        MeasureResult(category, entry, status, tuple(_rows(entry)) if category == "quality" else ())
        for (category, entry), status in zip(entries, short_statuses(inventory, errors), strict=True)
    )


def _rows(entry: EntryItem) -> Iterator[PopulationSetResult]:
    rows = _Rows()
    for count in entry.counts:
        role = role_of(count.role or "?")
        index, row = rows.of(count.population_set, role)
        clear = count.alone and role not in row.counts
        row.counts[role] = text = (count.text if count.text is not None else "no value") if clear else UNCLEAR
        rows.take(index, role, text != UNCLEAR)
    for rate in entry.rates:
        index, row = rows.of(rate.population_set, _RATE)
        row.reported = rate.text if rate.text is not None else "no value"
        rows.take(index, _RATE, True)
    for index, row in rows:
        row.name = _set_name(index, entry.set_names, len(rows) == 1)
        yield row
    yield from _added_up(entry.counts)


class _Rows:
    """The rows of a measure by the numbers of their population sets, and which of them have which value."""

    def __init__(self) -> None:
        self._rows: dict[int, PopulationSetResult] = {}
        self._order: list[int] = []
        self._taken: dict[str, set[int]] = {}
        self._from: dict[str, int] = {}
        """Value -> where in the order the first row may be that lacks it: else each look would begin anew."""

    def of(self, index: int | None, value: str) -> tuple[int, PopulationSetResult]:
        """The row of a population set; where that is not known, the first row that still lacks the value."""
        if index is None:
            taken, at = self._taken.get(value, ()), self._from.get(value, 0)
            while at < len(self._order) and self._order[at] in taken:
                at += 1
            self._from[value] = at
            index = self._order[at] if at < len(self._order) else (self._order[-1] + 1 if self._order else 0)
        if index not in self._rows:
            self._rows[index] = PopulationSetResult("")
            if self._order and index < self._order[-1]:
                self._from.clear()
            insort(self._order, index)
        return index, self._rows[index]

    def take(self, index: int, value: str, clear: bool) -> None:
        """Note that a row has a value; one that is not clear leaves its place to the next."""
        taken = self._taken.setdefault(value, set())
        if clear:
            taken.add(index)
        elif index in taken:
            taken.remove(index)
            self._from.pop(value, None)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[tuple[int, PopulationSetResult]]:
        return ((index, self._rows[index]) for index in self._order)


def _set_name(index: int, names: Sequence[str | None], alone: bool) -> str:
    if index < len(names) and names[index]:
        return names[index] or ""
    return "" if alone and len(names) < 2 else f"set {index + 1}"


def _added_up(counts: Iterable[CountItem]) -> Iterator[PopulationSetResult]:
    """A row of sums, where several population sets are submitted as one rate."""
    addends: dict[str, list[CountItem]] = {}
    for count in counts:
        for pointer in count.pointers[:1]:
            addends.setdefault(pointer, []).append(count)
    if any(len(ones) > 1 for ones in addends.values()):
        sums = {ones[0].role or "": sum(whole_number(one.text) or 0 for one in ones) for ones in addends.values()}
        yield PopulationSetResult("added up", {role: str(number) for role, number in sums.items()})
