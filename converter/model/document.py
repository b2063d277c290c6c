"""The document as it is written: plain slotted classes, filled by the parsers in one walk.

A `Node` is the handle by which the document's tree knows an element. For an element that a template gives its type, the
node is that `templateId`, because that is where the official converter says the element stands. Texts are as written.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

Node: TypeAlias = Any
NOT_NEEDED = frozenset(("performance_rate", "IPOP", "IPP", "NUMEX"))
"""Types of parts, or population roles, that a submission does not need."""


@dataclass(slots=True, eq=False, repr=False)
class Identifier:
    """An `id` (or `templateId`) element: its root and extension."""

    root: str | None
    extension: str | None
    node: Node


@dataclass(slots=True, eq=False, repr=False)
class Unread:
    """A part below `structuredBody` that no parser took.

    Attributes:
        node: the element.
        type: what it looks like, such as `population`; `foreign` where it is in another namespace; empty where it
            looks like no part of a report.
        detail: what it would say: the population role, the measure id, the number, the namespace.
        parent: the nearest element around it that has a type, as its `templateId`; the root where there is none.
        templates: its `templateId`.
        title: title of a section, or None.
        reason: why nothing is lost with it; empty where it holds data that would be.
        measures: how many measures and activities are inside of it.
        counts: how many aggregate counts are.
        answers: how many yes/no answers are.
        untyped: how many parts inside of it lack their template as well.
        twofold: whether it carries the right template beside that of another kind.
    """

    node: Node
    type: str
    detail: str
    parent: Node
    templates: list[Identifier] = field(default_factory=list)
    title: str | None = None
    reason: str = ""
    measures: int = 0
    counts: int = 0
    answers: int = 0
    untyped: int = 0
    twofold: bool = False

    @property
    def needed(self) -> bool:
        """Whether a submission needs what it looks like."""
        return not {self.type, self.detail} & NOT_NEEDED


class Oddity(NamedTuple):
    """What is unusual about where or how an aggregate count is written.

    Attributes:
        inside: the part without a type that stands between it and its owner, or None.
        before: the `templateId` of the entry around it, where the count stands before it and so is not read; or None.
        lost: whether it stands where it counts for nothing.
        more: texts of further `value` elements; a count has one.
        foreign: a `value` in another namespace, which is not read, or None.
    """

    inside: Unread | None = None
    before: Node = None
    lost: bool = False
    more: tuple[str | None, ...] = ()
    foreign: Node = None


_PLAIN = Oddity()


@dataclass(slots=True, eq=False, repr=False)
class Count:
    """An aggregate count (template 27.3.3, or without it, in `Document.unread_counts`).

    Attributes:
        node: the element, or its `templateId`.
        text: its `value/@value`, None where that is missing.
        value_node: its first `value`.
        owner: None for the count of a population, or of a numerator or denominator, whose `counts` hold it (and not the
            other way too: a circle would keep the whole tree until the garbage is collected); for supplemental data
            and strata the name of the type; else the entry in which it is out of place.
        odd: what is unusual about it.
    """

    node: Node
    text: str | None
    value_node: Node = None
    owner: Any = None
    odd: Oddity = _PLAIN


@dataclass(slots=True, eq=False, repr=False)
class Population:
    """Measure data (27.3.16): the population codes, the ids it refers to, and its own aggregate counts."""

    node: Node
    codes: list[str]
    ids: list[Identifier]
    counts: list[Count] = field(default_factory=list)


@dataclass(slots=True, eq=False, repr=False)
class Rate:
    """A performance rate (27.3.25): the ids it refers to, and the values as text with their nullFlavor."""

    node: Node
    ids: list[Identifier]
    values: list[tuple[str | None, str | None]]


@dataclass(slots=True, eq=False, repr=False)
class QualityMeasure:
    """A measure reference and results (27.3.17) with ids, set ids and titles of its `externalDocument`."""

    node: Node
    ids: list[Identifier]
    set_ids: list[Identifier] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    populations: list[Population] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)


@dataclass(slots=True, eq=False, repr=False)
class Performed:
    """A measure performed observation (27.3.27): the codes of its values; `inside` as for a count."""

    node: Node
    codes: list[str | None]
    inside: Unread | None = None


@dataclass(slots=True, eq=False, repr=False)
class PiCount:
    """The numerator (27.3.31) or denominator (27.3.32) of a promoting interoperability measure."""

    node: Node
    counts: list[Count] = field(default_factory=list)


@dataclass(slots=True, eq=False, repr=False)
class PiMeasure:
    """A promoting interoperability measure: with numerator and denominator (27.3.28), or performed or not (27.3.29)."""

    node: Node
    ids: list[Identifier]
    proportion: bool
    numerators: list[PiCount] = field(default_factory=list)
    denominators: list[PiCount] = field(default_factory=list)
    performed: list[Performed] = field(default_factory=list)


@dataclass(slots=True, eq=False, repr=False)
class Activity:
    """An improvement activity (27.3.33) with its measure performed observations."""

    node: Node
    ids: list[Identifier]
    performed: list[Performed] = field(default_factory=list)


Entry: TypeAlias = QualityMeasure | PiMeasure | Activity


@dataclass(slots=True, eq=False, repr=False)
class PeriodDate:
    """A `low` or `high` of a performance period; None where it has no value."""

    node: Node
    text: str | None


@dataclass(slots=True, eq=False, repr=False)
class Period:
    """A reporting parameters act (17.3.8): starts and ends of the performance period as written."""

    node: Node
    starts: list[PeriodDate]
    ends: list[PeriodDate]
    has_time: bool = True


@dataclass(slots=True, eq=False, repr=False)
class Section:
    """A section of one category (`quality`, `pi` or `ia`)."""

    category: str
    node: Node
    templates: list[Identifier]
    periods: list[Period] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True, eq=False, repr=False)
class Performer:
    """A performer: the ids of its assigned entity (NPI) and of the organization (TIN, entity ids)."""

    node: Node
    ids: list[Identifier]
    organization_ids: list[Identifier]


@dataclass(slots=True, eq=False, repr=False)
class Stray:
    """A typed element that stands where its type has no meaning, or that has a second type.

    Attributes:
        kind: name of the type; of two types `first and second`.
        node: the `templateId` that gives the type; of two types that of the second.
        roots: roots of the templates of the two types; empty for an element out of place.
        inside: the part without a type around it, or None.
    """

    kind: str
    node: Node
    roots: tuple[str, ...] = ()
    inside: Unread | None = None


@dataclass(slots=True, eq=False, repr=False)
class Document:
    """A QRDA III document.

    Attributes:
        node: the `templateId` of the CMS document template, or the root where there is none.
        templates: all `templateId` of the document itself.
        recipients: all ids of intended recipients.
        performers: the performers of the service event.
        participant_ids: ids of all participants' entities.
        sections: the sections of a known category, in document order.
        periods: every reporting parameters act, in document order, those outside of a section of a known category too.
        counted: every aggregate count, in document order; of one of supplemental data or of a stratum, until somebody
            asks for it, only its element and the name of what it is of.
        aside_texts: texts of those counts; None where one of them is odd, so that each was read.
        read_aside: reads one of those counts.
        odd_counts: those of them about which something is unusual.
        strays: typed elements out of place, and elements with templates of two types.
        foreign_values: values of answers in another namespace, which are not read.
        unread: what no parser took, in document order; what is inside of one that holds data is not listed again, but
            for what a submission needs inside of one that it does not need.
        unread_counts: observations that are aggregate counts by their code and have no type.
        unread_answers: observations that are yes/no answers by their value and have no type.
    """

    node: Node
    templates: list[Identifier]
    recipients: list[Identifier] = field(default_factory=list)
    performers: list[Performer] = field(default_factory=list)
    participant_ids: list[Identifier] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    counted: list[Count | tuple[Node, str]] = field(default_factory=list)
    aside_texts: list[str | None] | None = None
    read_aside: Callable[["Document", Node, str], Count] | None = None
    odd_counts: list[Count] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    foreign_values: list[Node] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    unread_counts: list[Count] = field(default_factory=list)
    unread_answers: list[Performed] = field(default_factory=list)

    @property
    def counts(self) -> list[Count]:
        """Every aggregate count, in document order, those of supplemental data too."""
        # There are hundreds of these in a document, and a conversion asks for none of them.
        if self.read_aside:
            read = self.read_aside
            self.counted = [read(self, *one) if isinstance(one, tuple) else one for one in self.counted]
            self.read_aside = None
        return self.counted  # type: ignore[return-value]

    def count_texts(self) -> list[str | None]:
        """Texts of all aggregate counts, in no order."""
        if self.aside_texts is None:
            return [one.text for one in self.counts]
        return [*self.aside_texts, *(one.text for one in self.counted if type(one) is Count)]
