"""Builds the inventory of a document, on demand: what became of every count, and by which rule."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from converter.assemble.assembled import Assembled
from converter.assemble.population_sets import population_sets
from converter.assemble.quality import MEMBER_OF_ROLE
from converter.findings.finding import Finding, MeasureLabel
from converter.findings.place import Place
from converter.model.document import Count, Entry, Node, PiMeasure, Population, QualityMeasure, Section
from converter.model.inventory import CountItem, EntryItem, Inventory, RateItem, SectionItem, Status
from converter.model.submission import MultiRate, SummedRate
from converter.resolve.resolved import Resolved, ResolvedMeasure

_NOT_CONVERTED = "the document was not converted"
_ROLE_OF_CODE = {"IPP": "IPOP"}

_Paths: TypeAlias = list[tuple[str, str]]
"""Path and id of findings."""


class _Builder:
    """Walks one document; `blocking` are the findings that kept it from being converted."""

    def __init__(
        self,
        resolved: Resolved,
        assembled: Assembled | None,
        blocking: Iterable[Finding],
        place: Callable[[Node, str | None], Place],
    ) -> None:
        self.resolved = resolved
        self.assembled = assembled
        self.place = place
        self.measures = {id(item.entry): item for item in resolved.measures}
        facts = resolved.catalog.facts
        self.titles = {one["measureId"]: one["title"] for name in ("pi", "ia") for one in facts.get(name, ())}
        self.blocking = [] if assembled else [(one.place.path, one.id) for one in blocking if one.place]
        self.seen: set[int] = set()

    def build(self) -> Inventory:
        sections = tuple(self._section(index, one) for index, one in enumerate(self.resolved.document.sections))
        others = tuple(
            CountItem(
                self.place(count.node, None),
                None,
                count.text,
                Status.IGNORED,
                "counts of supplemental data and strata are checked but not submitted",
            )
            for count in self.resolved.document.counts
            if id(count) not in self.seen
        )
        return Inventory(sections, others)

    def _section(self, index: int, section: Section) -> SectionItem:
        pointer = f"/measurementSets/{index}" if self.assembled else None
        place = self.place(section.node, None)
        status, reason, inside = self._outcome(place, self.blocking)
        entries = tuple(self._entry(pointer, number, one, inside) for number, one in enumerate(section.entries))
        return SectionItem(place, section.category, status, reason, pointer, entries)

    def _entry(self, parent: str | None, number: int, entry: Entry, among: _Paths) -> EntryItem:
        pointer = f"{parent}/measurements/{number}" if parent else None
        place = self.place(entry.node, None)
        status, reason, inside = self._outcome(place, among)
        if isinstance(entry, QualityMeasure):
            return self._quality_entry(self.measures[id(entry)], EntryItem(
                place, MeasureLabel(None), status, reason, pointer, None, ()
            ), inside)  # fmt: skip
        given = next((one.extension for one in entry.ids if one.extension is not None), None)
        label = MeasureLabel(given, None, self.titles.get(given or ""))
        performed = next((code for one in entry.performed for code in one.codes), None)
        counts = tuple(self._pi_counts(entry, pointer, inside)) if isinstance(entry, PiMeasure) else ()
        return EntryItem(place, label, status, reason, pointer, performed, counts)

    def _quality_entry(self, item: ResolvedMeasure, entry: EntryItem, inside: _Paths) -> EntryItem:
        sets = population_sets(item)
        rates = tuple(
            RateItem(
                self.place(one.node, None),
                (one.values[0][0] or one.values[0][1]) if one.values else None,
                sets.get(id(one)),
            )
            for one in item.entry.rates
        )
        strata = item.measure.strata if item.measure else ()
        return replace(
            entry,
            label=item.label or MeasureLabel(None, ", ".join(one.extension or "" for one in item.references) or None),
            counts=tuple(self._quality_counts(item, entry.pointer, sets, inside)),
            rates=rates,
            set_names=tuple(one.name for one in strata),
            inverse=bool(item.measure and item.measure.facts.get("isInverse")),
        )

    def _outcome(self, place: Place, among: _Paths) -> tuple[Status, str, _Paths]:
        """Status, reason, and those of the blocking findings that stand inside of the place."""
        if self.assembled:
            return Status.CONVERTED, "submitted", []
        path = place.path if among else ""
        inside = [one for one in among if one[0].startswith(path)]
        ids = sorted({one for _, one in inside})
        return Status.REJECTED, f"see {', '.join(ids)}" if ids else _NOT_CONVERTED, inside

    def _pi_counts(self, entry: PiMeasure, pointer: str | None, inside: _Paths) -> Iterator[CountItem]:
        for role, parts in (("numerator", entry.numerators), ("denominator", entry.denominators)):
            for part in parts:
                for count in part.counts:
                    yield self._count(count, role, "copied", [f"{pointer}/value/{role}"], inside)

    def _quality_counts(
        self, item: ResolvedMeasure, pointer: str | None, sets: Mapping[int, int], inside: _Paths
    ) -> Iterator[CountItem]:
        for population in item.entry.populations:
            role = population.codes[0] if population.codes else None
            reason, targets = self._destination(item, population, pointer)
            for count in population.counts:
                found = self._count(count, role, reason, targets, inside)
                yield replace(found, population_set=sets.get(id(population)))

    def _destination(self, item: ResolvedMeasure, population: Population, pointer: str | None) -> tuple[str, list[str]]:
        role = _ROLE_OF_CODE.get(population.codes[0], population.codes[0]) if population.codes else ""
        member = MEMBER_OF_ROLE.get(role)
        if role == "IPOP":
            return "the initial population is checked but has no member in QPP JSON", []
        if member is None:
            return "QPP JSON has no member for this population", []
        value = self._value(pointer)
        if isinstance(value, MultiRate):
            strata = [index for (index, of), found in item.cells.items() if of == role and population in found]
            return "copied into its stratum", [
                f"{pointer}/value/strata/{index}/{name}" for index in strata for name in _members(role, member)
            ]
        reason = "added up over the population sets" if isinstance(value, SummedRate) else "copied"
        return reason, [f"{pointer}/value/{name}" for name in _members(role, member)]

    def _value(self, pointer: str | None) -> object:
        if pointer is None or self.assembled is None:
            return None
        steps = pointer.split("/")
        return self.assembled.submission.measurementSets[int(steps[2])].measurements[int(steps[4])].value

    def _count(self, count: Count, role: str | None, reason: str, targets: list[str], inside: _Paths) -> CountItem:
        self.seen.add(id(count))
        place = self.place(count.node, None)
        if self.assembled is None:
            status, reason, _ = self._outcome(place, inside)
            return CountItem(place, role, count.text, status, reason)
        status = Status.CONVERTED if targets else Status.IGNORED
        return CountItem(place, role, count.text, status, reason, tuple(targets))


def _members(role: str, member: str) -> tuple[str, ...]:
    """The member a count goes into, and the remainder that it takes part in."""
    return member, "performanceNotMet"


def inventory(
    resolved: Resolved,
    assembled: Assembled | None,
    blocking: Iterable[Finding],
    place: Callable[[Node, str | None], Place],
) -> Inventory:
    """Say of every section, entry and aggregate count what became of it."""
    return _Builder(resolved, assembled, blocking, place).build()
