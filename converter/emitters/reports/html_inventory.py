"""The inventory of a document as the HTML page shows it: plain values, masked, with the results of the measures."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from converter.account.entries import STATUS
from converter.deadline import look
from converter.emitters.reports.html_findings import FindingViews
from converter.emitters.reports.measure_words import percent, shown_roles
from converter.emitters.reports.report import Report
from converter.emitters.reports.wording import CATEGORIES
from converter.findings.mask import Mask
from converter.language.terms import ROLE_NAMES
from converter.model.inventory import CountItem, Inventory, Status
from converter.model.measure_result import MeasureResult, PopulationSetResult

_WORDS = {"converted": "converted", "checked": "checked", "held": "not converted", "rejected": "not converted"}


@dataclass(frozen=True, slots=True)
class CountView:
    """An aggregate count and what became of it."""

    role: str
    role_name: str
    set_name: str
    text: str
    line: int | None
    status: str
    word: str
    pointers: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """A measure or activity, its results and what became of it.

    `links` are anchor, id and number of its findings; `named` says that its counts belong to several population sets.
    """

    number: int
    name: str
    title: str
    line: int | None
    status: str
    word: str
    reason: str
    pointer: str | None
    value: str
    rate: str
    share: float | None
    inverse: bool
    reporting_rate: float | None
    rows: tuple[PopulationSetResult, ...]
    counts: tuple[CountView, ...]
    links: tuple[tuple[str, str, int], ...]
    named: bool


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with its entries; `roles`, `named` and `complete` tell which columns its table of results has."""

    category: str
    name: str
    pointer: str | None
    line: int | None
    roles: tuple[str, ...]
    named: bool
    complete: bool
    entries: tuple[EntryView, ...]


def section_views(report: Report, inventory: Inventory, mask: Mask, findings: FindingViews) -> list[SectionView]:
    """Return the sections of a document, with links to its findings."""
    found = report.measures(inventory)
    sections, start = [], 0
    for section in inventory.sections:
        ones = found[start : start + len(section.entries)]
        sections.append(
            SectionView(
                category=section.category,
                name=CATEGORIES.get(section.category) or mask.foreign(section.category),
                pointer=section.pointer,
                line=section.place.line,
                roles=tuple(shown_roles(ones)),
                named=any(row.name for one in ones for row in one.rows),
                complete=any(one.entry.reporting_rate is not None for one in ones),
                entries=tuple(_entry(start + index, one, mask, findings) for index, one in enumerate(ones)),
            )
        )
        start += len(section.entries)
    return sections


def other_counts(inventory: Inventory) -> list[tuple[str, int]]:
    """Return the counts that belong to no population: why they are not submitted, and how many there are."""
    return list(Counter(one.reason for one in inventory.others).items())


def unread_parts(inventory: Inventory, mask: Mask) -> list[tuple[str, int | None, str]]:
    """Return what is read by nothing: name of the element, its line, and why."""
    return [(mask.foreign(one.name), one.place.line, one.reason) for one in inventory.parts]


def _entry(number: int, one: MeasureResult, mask: Mask, findings: FindingViews) -> EntryView:
    look()
    entry, links = one.entry, findings.links(number)
    name, title = findings.name(number)
    proportion = one.proportion
    value = f"{proportion[0]} of {proportion[1]}" if proportion else entry.answer or "no answer"
    counts = tuple(_count(count, one.rows, entry.set_names, mask) for count in entry.counts)
    return EntryView(
        number=number,
        name=name,
        title=title,
        line=entry.place.line,
        status=_status(one),
        word="would be rejected" if entry.pointer and _status(one) == "rejected" else _WORDS[_status(one)],
        reason="" if entry.status is Status.CONVERTED else entry.reason,
        pointer=entry.pointer,
        value=mask.foreign(value),
        rate=percent(one.proportion_rate),
        share=one.proportion_rate,
        inverse=entry.inverse,
        reporting_rate=entry.reporting_rate,
        rows=tuple(_masked(row, mask) for row in one.rows),
        counts=counts,
        links=links,
        named=any(count.set_name for count in counts),
    )


def _masked(row: PopulationSetResult, mask: Mask) -> PopulationSetResult:
    shown = {role: mask(text) for role, text in row.counts.items()}
    return PopulationSetResult(mask.foreign(row.name), shown, mask(row.reported) if row.reported else None)


def _status(one: MeasureResult) -> str:
    if one.status in ("converted", "checked"):
        return one.status
    return "held" if one.status == "not converted" else "rejected"


def _count(count: CountItem, rows: Sequence[PopulationSetResult], names: Sequence[str | None], mask: Mask) -> CountView:
    index = count.population_set
    name = ""
    if index is not None and len(rows) > 1:
        name = (names[index] if index < len(names) else None) or f"set {index + 1}"
    return CountView(
        role=mask.foreign(count.role or "?"),
        role_name=ROLE_NAMES.get(count.role or "", ""),
        set_name=mask.foreign(name),
        text=mask(count.text) if count.text is not None else "no value",
        line=count.place.line,
        status=count.status.value,
        word=STATUS[count.status],
        pointers=count.pointers,
        reason=count.reason,
    )
