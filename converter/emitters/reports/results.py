"""The results of a document's measures, one row for each population set, made from its inventory."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from converter.emitters.reports.entries import short_statuses
from converter.emitters.reports.report import Report
from converter.facts.catalog import INITIAL_POPULATION, role_of
from converter.language.terms import ROLE_NAMES
from converter.model.inventory import CountItem, EntryItem, Inventory, Status
from converter.model.numbers import whole_number

ROLES = tuple(code for code in ROLE_NAMES if role_of(code) == code)
"""Population roles, in the order of tables; the last one is shown only where it occurs."""


UNCLEAR = "unclear"
"""In place of a count of which there are several: which one counts cannot be told."""


@dataclass(slots=True)
class ResultRow:
    """The counts of a population set of a quality measure.

    Attributes:
        name: name of the population set; empty where the measure has only one.
        counts: role -> count as written.
        reported: the performance rate as written, or None.
    """

    name: str
    counts: dict[str, str] = field(default_factory=dict)
    reported: str | None = None

    @property
    def rate(self) -> float | None:
        """NUMER / (DENOM - DENEX - DENEXCEP), computed from the counts; None where that cannot be computed."""
        numbers = {role: whole_number(self.counts.get(role, "0")) for role in ("DENEX", "DENEXCEP")}
        numbers |= {role: whole_number(self.counts.get(role)) for role in ("NUMER", "DENOM")}
        numerator, denominator = numbers["NUMER"], numbers["DENOM"]
        excluded, excepted = numbers["DENEX"], numbers["DENEXCEP"]
        if numerator is None or denominator is None or excluded is None or excepted is None:
            return None
        below = denominator - excluded - excepted
        return numerator / below if below > 0 else None


@dataclass(frozen=True, slots=True)
class Result:
    """A measure or activity and its rows; those answered with yes or no, or with counts of their own, have none.

    `status` says what became of it, in a word or two.
    """

    category: str
    entry: EntryItem
    status: str
    rows: tuple[ResultRow, ...] = ()

    @property
    def proportion(self) -> tuple[str, str] | None:
        """Numerator and denominator of a promoting interoperability measure, as written; None for other entries."""
        if self.category == "quality" or not self.entry.counts or self.entry.answer is not None:
            return None
        counts: dict[str | None, str] = {}
        for one in self.entry.counts:
            counts[one.role] = UNCLEAR if one.role in counts else one.text or "missing"
        return counts.get("numerator", "missing"), counts.get("denominator", "missing")

    @property
    def proportion_rate(self) -> float | None:
        """Numerator / denominator, or None where that cannot be computed."""
        first, second = (whole_number(text) for text in self.proportion or ("", ""))
        return first / second if first is not None and second else None


def results(report: Report, inventory: Inventory) -> list[Result]:
    """Return the results of all entries, in document order."""
    entries = ((section.category, entry) for section in inventory.sections for entry in section.entries)
    return [
        Result(category, entry, status, tuple(_rows(entry)) if category == "quality" else ())
        for (category, entry), status in zip(entries, short_statuses(report, inventory), strict=True)
    ]


def percent(rate: float | None) -> str:
    """Return a rate as it is read, such as `83.46%`; empty where there is none."""
    return "" if rate is None else f"{rate * 100:.2f}%"


def read_rate(text: str | None) -> str:
    """Return a reported rate as it is read; as written where it is no number from 0 to 1."""
    try:
        number = float(text or "")
    except ValueError:
        return text or ""
    return percent(number) if 0 <= number <= 1 else text or ""


def shown_roles(found: Sequence[Result]) -> list[str]:
    """Return the roles that are columns of a table: those that every measure has, and others that occur.

    A submission knows no initial population, unlike a document.
    """
    given = {role for one in found for row in one.rows for role in row.counts}
    documents = any(one.entry.status is not Status.CHECKED for one in found)
    return [
        role for role in ROLES if role in given or (role != ROLES[-1] and (documents or role != INITIAL_POPULATION))
    ]


def _rows(entry: EntryItem) -> Iterator[ResultRow]:
    rows: dict[int, ResultRow] = {}
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


def _row(rows: dict[int, ResultRow], index: int | None, taken: Container[int]) -> ResultRow:
    """The row of a population set; where that is not known, the first row that still lacks the value."""
    if index is None:
        index = next((number for number in sorted(rows) if number not in taken), max(rows, default=-1) + 1)
    return rows.setdefault(index, ResultRow(""))


def _set_name(index: int, names: Sequence[str | None], alone: bool) -> str:
    if index < len(names) and names[index]:
        return names[index] or ""
    return "" if alone and len(names) < 2 else f"set {index + 1}"


def _added_up(counts: Iterable[CountItem]) -> Iterator[ResultRow]:
    """A row of sums, where several population sets are submitted as one rate."""
    addends: dict[str, list[CountItem]] = {}
    for count in counts:
        for pointer in count.pointers[:1]:
            addends.setdefault(pointer, []).append(count)
    if any(len(ones) > 1 for ones in addends.values()):
        sums = {ones[0].role or "": sum(whole_number(one.text) or 0 for one in ones) for ones in addends.values()}
        yield ResultRow("added up", {role: str(number) for role, number in sums.items()})
