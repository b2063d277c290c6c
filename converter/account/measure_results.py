"""What the measures and activities of a document report: counts, rates and answers, from its inventory."""

from collections.abc import Container, Iterable, Iterator, Sequence

from converter.account.entries import short_statuses
from converter.facts.catalog import role_of
from converter.findings.finding import Finding
from converter.model.inventory import CountItem, EntryItem, Inventory
from converter.model.measure_result import UNCLEAR, MeasureResult, PopulationSetResult
from converter.model.numbers import whole_number


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
    rows: dict[int, PopulationSetResult] = {}
    for count in entry.counts:
        role = role_of(count.role or "?")
        taken = {index for index, one in rows.items() if one.counts.get(role, UNCLEAR) != UNCLEAR}
        row = _row(rows, count.population_set, taken)
        clear = count.alone and role not in row.counts
        row.counts[role] = (count.text if count.text is not None else "no value") if clear else UNCLEAR
    for rate in entry.rates:
        row = _row(rows, rate.population_set, {index for index, one in rows.items() if one.reported is not None})
        row.reported = rate.text if rate.text is not None else "no value"
    for index, row in sorted(rows.items()):
        row.name = _set_name(index, entry.set_names, len(rows) == 1)
        yield row
    yield from _added_up(entry.counts)


def _row(rows: dict[int, PopulationSetResult], index: int | None, taken: Container[int]) -> PopulationSetResult:
    """The row of a population set; where that is not known, the first row that still lacks the value."""
    if index is None:
        index = next((number for number in sorted(rows) if number not in taken), max(rows, default=-1) + 1)
    return rows.setdefault(index, PopulationSetResult(""))


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
