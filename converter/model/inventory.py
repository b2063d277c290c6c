"""The inventory of a document: every section, entry and aggregate count, and what became of it. Values only."""

from collections.abc import Iterator
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
        alone: whether it is the only count of its population; else it cannot be told which one is meant.
    """

    place: Place
    role: str | None
    text: str | None
    status: Status
    reason: str
    pointers: tuple[str, ...] = ()
    population_set: int | None = None
    alone: bool = True


@dataclass(frozen=True, slots=True)
class AnswerItem:
    """A yes/no answer (measure performed observation).

    Attributes:
        place: where it stands.
        text: the answer as written, None where it has none.
        status: what became of it.
        reason: why.
        pointers: JSON pointer of the value that it became; empty where it was not converted.
    """

    place: Place
    text: str | None
    status: Status
    reason: str
    pointers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartItem:
    """A section, act, organizer or observation that is read by nothing.

    Attributes:
        place: where it stands.
        name: name of its element.
        status: `ignored` where nothing is lost with it, `rejected` where it kept the document from being converted.
        reason: why.
    """

    place: Place
    name: str
    status: Status
    reason: str


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
        answers: its yes/no answers.
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
    answers: tuple[AnswerItem, ...]
    counts: tuple[CountItem, ...]
    rates: tuple[RateItem, ...] = ()
    set_names: tuple[str | None, ...] = ()
    inverse: bool = False
    reporting_rate: float | None = None

    @property
    def answer(self) -> str | None:
        """The answer of a yes/no entry as written; None where it has none, or several that differ."""
        texts = {one.text for one in self.answers}
        return texts.pop() if len(texts) == 1 else None


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
    """All of a document: each aggregate count and each answer appears once, in an entry or among the others.

    Attributes:
        sections: the sections, in document order.
        others: counts that belong to no population of an entry: supplemental data, reporting strata, strays.
        other_answers: answers that belong to no entry.
        parts: what is read by nothing, and why; what is inside of a part that holds data is not listed again.
    """

    sections: tuple[SectionItem, ...] = ()
    others: tuple[CountItem, ...] = ()
    other_answers: tuple[AnswerItem, ...] = ()
    parts: tuple[PartItem, ...] = ()

    def counts(self) -> tuple[CountItem, ...]:
        """All aggregate counts."""
        inside = (count for section in self.sections for entry in section.entries for count in entry.counts)
        return (*inside, *self.others)

    def places(self) -> Iterator[Place]:
        """All places of the inventory."""
        for section in self.sections:
            yield section.place
            for entry in section.entries:
                yield entry.place
                yield from (rate.place for rate in entry.rates)
        yield from (count.place for count in self.counts())
        yield from (answer.place for answer in self.answers())
        yield from (part.place for part in self.parts)

    def answers(self) -> tuple[AnswerItem, ...]:
        """All yes/no answers."""
        inside = (answer for section in self.sections for entry in section.entries for answer in entry.answers)
        return (*inside, *self.other_answers)
