"""The content that a schema describes, as a row of slots, and how the children of an element fill them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xmlschema.validators import XsdElement, XsdGroup


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for children of one name, or of one of several names.

    Attributes:
        elements: what the schema says of the children that may stand here; empty where any other element may.
        least: how many there must be.
        most: how many there may be; None for any number.
    """

    elements: "tuple[XsdElement, ...]"
    least: int
    most: int | None

    @property
    def names(self) -> list[str]:
        """Names of the children that may stand here, with their namespace."""
        return [str(one.name) for one in self.elements]


@dataclass(frozen=True, slots=True)
class Filling:
    """How the children of an element fill the slots of its type.

    Attributes:
        slots: the slots, in their order.
        places: for each child the number of its slot; None for a child that has none.
        strays: numbers of the children that stand out of order.
    """

    slots: Sequence[Slot]
    places: Sequence[int | None]
    strays: frozenset[int]


@lru_cache(maxsize=512)
def slots_of(group: "XsdGroup") -> list[Slot] | None:
    """Return the slots of a content model; None for one that is not a plain row."""
    from xmlschema.validators import XsdElement, XsdGroup

    if group.model != "sequence" or group.max_occurs != 1:
        return [_choice(group)] if group.model == "choice" else None
    slots: list[Slot] = []
    for one in _named(group):
        if isinstance(one, XsdElement):
            slots.append(Slot((one,), one.min_occurs, one.max_occurs))
        elif isinstance(one, XsdGroup):
            inner = slots_of(one)
            if inner is None:
                return None
            slots += inner if one.min_occurs else [Slot(slot.elements, 0, slot.most) for slot in inner]
        else:
            slots.append(Slot((), one.min_occurs, one.max_occurs))
    return slots


def _choice(group: "XsdGroup") -> Slot:
    from xmlschema.validators import XsdElement

    elements = tuple(one for one in group.iter_elements() if isinstance(one, XsdElement))
    plain = len(elements) == len(_named(group)) and all(one.max_occurs == 1 for one in elements)
    least = group.min_occurs if plain and all(one.min_occurs for one in elements) else 0
    return Slot(elements, least, group.max_occurs if plain else None)


def _named(group: "XsdGroup") -> "XsdGroup":
    """Return the group that a reference names, or the group itself."""
    return group if group.ref is None else group.ref


def fill(slots: Sequence[Slot], names: Sequence[str]) -> Filling:
    """Put children, given by their names, into slots.

    As few of them as possible count as out of order; the others stand in the order of the slots.
    """
    numbers = {name: number for number, slot in reversed(list(enumerate(slots))) for name in slot.names}
    anything = next((number for number, slot in enumerate(slots) if not slot.elements), None)
    places = [numbers.get(name, anything) for name in names]
    known = [(child, place) for child, place in enumerate(places) if place is not None and slots[place].elements]
    # The longest row that is in order stays: then as few elements as possible are told to be moved.
    kept = set(_longest_row([place for _, place in known]))
    strays = frozenset(child for at, (child, _) in enumerate(known) if at not in kept)
    return Filling(slots, places, strays)


def _longest_row(numbers: Sequence[int]) -> Iterator[int]:
    """Yield the positions of a longest row of numbers that never falls."""
    ends: list[int] = []  # last number of the best row of each length
    at: list[int] = []  # its position
    before: list[int] = []
    for position, number in enumerate(numbers):
        length = bisect_right(ends, number)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        at[length : length + 1] = [position]
    position = at[-1] if at else -1
    while position >= 0:
        yield position
        position = before[position]
