"""The inventory of a document: every section, entry and aggregate count, and what became of it. Values only."""

from dataclasses import dataclass
from enum import StrEnum

from converter.findings.finding import MeasureLabel
from converter.findings.place import Place


class Status(StrEnum):
    """What became of a part of the document."""

    CONVERTED = "converted"
    IGNORED = "ignored"
    REJECTED = "rejected"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class CountItem:
    """An aggregate count.

    Attributes:
        place: where it stands.
        role: population role or `numerator`, `denominator`; None for supplemental data and the like.
        text: the count as written, None where it has no value.
        status: what became of it.
        reason: by which rule: copied, summed, first stratum, or why not.
        pointers: JSON pointers of the members of the submission that it went into.
        population_set: index of the measure's population set that it belongs to, None where that is not known.
    """

    place: Place
    role: str | None
    text: str | None
    status: Status
    reason: str
    pointers: tuple[str, ...] = ()
    population_set: int | None = None


@dataclass(frozen=True, slots=True)
class RateItem:
    """A performance rate as reported; it is checked and not submitted. The set is that of its numerator."""

    place: Place
    text: str | None
    population_set: int | None = None


@dataclass(frozen=True, slots=True)
class EntryItem:
    """A measure or activity.

    Attributes:
        place: where it stands.
        label: which one it is.
        status: what became of it.
        reason: why.
        pointer: JSON pointer of its measurement, or None.
        answer: the answer of a yes/no entry as written, or None.
        counts: its aggregate counts, those of its supplemental data left out.
        rates: its performance rates.
        set_names: names of the measure's population sets, None where CMS gives no name; empty for other entries.
        inverse: whether a lower rate is the better one.
        reporting_rate: which share of its eligible cases it reports; None where that cannot be seen.
    """

    place: Place
    label: MeasureLabel
    status: Status
    reason: str
    pointer: str | None
    answer: str | None
    counts: tuple[CountItem, ...]
    rates: tuple[RateItem, ...] = ()
    set_names: tuple[str | None, ...] = ()
    inverse: bool = False
    reporting_rate: float | None = None


@dataclass(frozen=True, slots=True)
class SectionItem:
    """A section with its entries; `category` is quality, pi or ia."""

    place: Place
    category: str
    status: Status
    reason: str
    pointer: str | None
    entries: tuple[EntryItem, ...]


@dataclass(frozen=True, slots=True)
class Inventory:
    """All of a document: each aggregate count stands once, in an entry or among the others.

    Attributes:
        sections: the sections, in document order.
        others: counts that belong to no population of an entry: supplemental data, reporting strata, strays.
    """

    sections: tuple[SectionItem, ...] = ()
    others: tuple[CountItem, ...] = ()

    def counts(self) -> tuple[CountItem, ...]:
        """All aggregate counts."""
        inside = (count for section in self.sections for entry in section.entries for count in entry.counts)
        return (*inside, *self.others)
