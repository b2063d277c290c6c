"""Builds the inventory of a document, on demand: what became of every count, and by which rule."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from converter.assemble.assembled import Assembled
from converter.assemble.population_sets import population_sets
from converter.assemble.quality_value import Shape, shape_of
from converter.facts.catalog import role_of
from converter.findings.finding import Finding, MeasureLabel
from converter.findings.place import Place
from converter.language.terms import MEMBER_OF_ROLE
from converter.model.document import (
    Activity,
    Count,
    Entry,
    Node,
    Performed,
    Period,
    PiCount,
    PiMeasure,
    Population,
    QualityMeasure,
    Rate,
    Section,
    Unread,
)
from converter.model.inventory import (
    AnswerItem,
    CountItem,
    EntryItem,
    Inventory,
    PartItem,
    RateItem,
    SectionItem,
    Status,
)
from converter.resolve.resolved import Resolved, ResolvedMeasure

_NOT_CONVERTED = "the document was not converted"
_ASIDES = {
    "supplemental": "counts of supplemental data are checked but not submitted",
    "reporting_stratum": "counts of reporting strata are checked but not submitted",
}
_OPTIONAL = "it is inside of a part without template that a submission does not need"
_TYPED_AS: dict[type, str] = {
    Rate: "a performance rate",
    Population: "a population",
    Period: "a performance period",
    PiCount: "a numerator or denominator",
    Performed: "a yes/no answer",
    QualityMeasure: "a measure",
    PiMeasure: "a measure",
    Activity: "an activity",
}
_LOST = "it belongs to no population"


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
        self.titles = {
            one["measureId"]: one["title"] for name in ("pi", "ia") for one in resolved.catalog.facts.get(name, ())
        }
        found = () if assembled else tuple(blocking)
        self.inside = _findings_inside(found)
        self.ordinals = {one.place.ordinal for one in found if one.place and one.place.ordinal is not None}
        self.seen: set[int] = set()
        self.uses = assembled.uses() if assembled else {}

    def build(self) -> Inventory:
        document = self.resolved.document
        sections = tuple(self._section(index, one) for index, one in enumerate(document.sections))
        others = [one for one in document.counts if id(one) not in self.seen]
        return Inventory(
            sections,
            tuple(self._others([*others, *document.unread_counts])),
            tuple(self._answer(one, None, _reason_of(one.inside)) for one in document.unread_answers),
            tuple(self._parts()),
        )

    def _others(self, counts: Iterable[Count]) -> Iterator[CountItem]:
        found = sorted(((self.place(one.node, None), one) for one in counts), key=lambda pair: pair[0].ordinal or 0)
        # A finding can only be inside of the last count that begins before it: the paths of the others are not needed.
        ordinals = [place.ordinal or 0 for place, _ in found]
        near = {bisect_right(ordinals, number) - 1 for number in self.ordinals}
        for index, (place, count) in enumerate(found):
            own = self._outcome(place)[1] if index in near else _NOT_CONVERTED
            if own != _NOT_CONVERTED and not self.assembled:
                yield CountItem(place, None, count.text, Status.REJECTED, own)
            else:
                yield CountItem(place, None, count.text, Status.IGNORED, self._why_ignored(count))

    @staticmethod
    def _why_ignored(count: Count) -> str:
        if count.odd.inside:
            return _reason_of(count.odd.inside)
        if type(count.owner) in _TYPED_AS:
            return f"by its template it is {_TYPED_AS[type(count.owner)]} and not a count"
        return _ASIDES.get(count.owner, _LOST) if isinstance(count.owner, str) else _LOST

    def _parts(self) -> Iterator[PartItem]:
        document = self.resolved.document
        for unread in document.unread:
            place = self.place(unread.node, None)
            name = place.path.rpartition("/")[2].partition("[")[0]
            status, reason = (Status.IGNORED, _reason_of(unread)) if unread.reason else self._outcome(place)
            if status is Status.CONVERTED:
                status, reason = Status.IGNORED, _OPTIONAL
            yield PartItem(place, name, status, reason)
        in_sections = {id(period) for section in document.sections for period in section.periods}
        for period in document.periods:
            if id(period) not in in_sections:
                reason = "a performance period counts only directly in the section that it is of"
                yield PartItem(self.place(period.node, None), "act", Status.IGNORED, reason)

    def _section(self, index: int, section: Section) -> SectionItem:
        pointer = f"/measurementSets/{index}" if self.assembled else None
        place = self.place(section.node, None)
        status, reason = self._outcome(place)
        entries = tuple(self._entry(pointer, number, one) for number, one in enumerate(section.entries))
        return SectionItem(place, section.category, status, reason, pointer, entries)

    def _entry(self, parent: str | None, number: int, entry: Entry) -> EntryItem:
        pointer = f"{parent}/measurements/{number}" if parent else None
        place = self.place(entry.node, None)
        status, reason = self._outcome(place)
        if isinstance(entry, QualityMeasure):
            return self._quality_entry(self.measures[id(entry)], place, status, reason, pointer)
        given = next((one.extension for one in entry.ids if one.extension is not None), None)
        label = MeasureLabel(given, None, self.titles.get(given or ""))
        answers = tuple(self._answers(entry, pointer))
        counts = tuple(self._pi_counts(entry)) if isinstance(entry, PiMeasure) else ()
        return EntryItem(place, label, status, reason, pointer, answers, counts)

    def _answers(self, entry: PiMeasure | Activity, pointer: str | None) -> Iterator[AnswerItem]:
        counted = isinstance(entry, PiMeasure) and entry.proportion
        reason = "the measure is reported with numerator and denominator" if counted else "copied"
        for performed in entry.performed:
            yield self._answer(performed, None if counted or pointer is None else f"{pointer}/value", reason)

    def _answer(self, performed: Performed, pointer: str | None, reason: str) -> AnswerItem:
        place, text = self.place(performed.node, None), next(iter(performed.codes), None)
        if self.assembled is None:
            return AnswerItem(place, text, *self._outcome(place))
        status = Status.CONVERTED if pointer else Status.IGNORED
        return AnswerItem(place, text, status, reason, (pointer,) if pointer else ())

    def _quality_entry(
        self, item: ResolvedMeasure, place: Place, status: Status, reason: str, pointer: str | None
    ) -> EntryItem:
        sets, strata = population_sets(item), item.measure.strata if item.measure else ()
        guids = ", ".join(one.extension or "" for one in item.references)
        return EntryItem(
            place=place,
            label=item.label or MeasureLabel(None, guids or None),
            status=status,
            reason=reason,
            pointer=pointer,
            answers=(),
            counts=tuple(self._quality_counts(item, sets)),
            rates=tuple(
                RateItem(self.place(one.node, None), next((a or b for a, b in one.values), None), sets.get(id(one)))
                for one in item.entry.rates
            ),
            set_names=tuple(one.name for one in strata),
            inverse=bool(item.measure and item.measure.facts.get("isInverse")),
        )

    def _outcome(self, place: Place) -> tuple[Status, str]:
        if self.assembled:
            return Status.CONVERTED, "submitted"
        inside = sorted(self.inside.get(place.path, ())) if self.inside else []
        return Status.REJECTED, f"see {', '.join(inside)}" if inside else _NOT_CONVERTED

    def _pi_counts(self, entry: PiMeasure) -> Iterator[CountItem]:
        for role, parts in (("numerator", entry.numerators), ("denominator", entry.denominators)):
            for part in parts:
                for count in part.counts:
                    reason = "copied" if entry.proportion else "a measure answered with yes or no takes no counts"
                    yield self._count(count, role, reason, None)

    def _quality_counts(self, item: ResolvedMeasure, sets: dict[int, int]) -> Iterator[CountItem]:
        for population in item.entry.populations:
            role = population.codes[0] if population.codes else None
            reason = self._way(item, population)
            for count in population.counts:
                found = self._count(count, role, reason, sets.get(id(population)))
                yield replace(found, alone=False) if len(population.counts) > 1 or count.odd.more else found

    def _way(self, item: ResolvedMeasure, population: Population) -> str:
        """By which rule the count of a population is submitted, or why it is not."""
        role = role_of(population.codes[0]) if population.codes else ""
        if role == "IPOP":
            return "the initial population is checked but has no member in QPP JSON"
        if role not in MEMBER_OF_ROLE:
            return "QPP JSON has no member for this population"
        if self.assembled is None:
            return _NOT_CONVERTED
        shape = shape_of(item, self.resolved.profile)
        if shape is Shape.STRATA:
            first = item.known.measure_id == self.resolved.profile.single_to_multi
            return "copied into the first stratum" if first else "copied into its stratum"
        return "added up over the population sets" if shape is Shape.SUM else "copied"

    def _count(self, count: Count, role: str | None, reason: str, population_set: int | None) -> CountItem:
        self.seen.add(id(count))
        place = self.place(count.node, None)
        if self.assembled is None:
            status, reason = self._outcome(place)
            return CountItem(place, role, count.text, status, reason, (), population_set)
        pointers = tuple(self.uses.get(count.value_node, ()))
        status = Status.CONVERTED if pointers else Status.IGNORED
        return CountItem(place, role, count.text, status, reason, pointers, population_set)


def _reason_of(unread: Unread | None) -> str:
    return (unread.reason if unread else "") or _OPTIONAL


def _findings_inside(blocking: Iterable[Finding]) -> dict[str, set[str]]:
    """Path of an element -> ids of the findings at it or inside of it."""
    inside: dict[str, set[str]] = {}
    for finding in blocking:
        path = finding.place.path if finding.place else ""
        while path:
            inside.setdefault(path, set()).add(finding.id)
            path = path[: path.rindex("/")]
    return inside


def inventory(
    resolved: Resolved,
    assembled: Assembled | None,
    blocking: Iterable[Finding],
    place: Callable[[Node, str | None], Place],
) -> Inventory:
    """Say of every section, entry and aggregate count what became of it."""
    blockers = tuple(blocking)
    return _Builder(resolved, None if blockers else assembled, blockers, place).build()
