"""The submission as plain JSON data, and the elements of the document that each of its values comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from converter.model.document import Activity, Node, PiMeasure, Section
from converter.resolve.resolved import Resolved, ResolvedMeasure

Source: TypeAlias = ResolvedMeasure | PiMeasure | Activity


class Origin(NamedTuple):
    """Where a value of the submission comes from.

    Attributes:
        nodes: the elements that it is made of: one, or all that are added up; the first stands for it.
        attribute: the attribute that it is copied from, or None.
    """

    nodes: Sequence[Node]
    attribute: str | None = None


@dataclass(slots=True)
class SetSource:
    """What a measurement set comes from: its section, and for each measurement the entry."""

    section: Section
    measurements: list[Source]


@dataclass(slots=True)
class Assembled:
    """A submission with its origin.

    Attributes:
        resolved: the document that it is assembled from.
        members: the submission as QPP JSON, in the member order of the official converter; absent members are left out.
        sets: what its measurement sets come from, in their order.
        origins: JSON pointer of a value -> where it comes from. Of members that a submission may lack, only those that
            it has.
    """

    resolved: Resolved
    members: dict[str, Any]
    sets: list[SetSource]
    origins: Mapping[str, Origin]

    def locate(self, pointer: str) -> tuple[Node, str | None] | None:
        """Return the node and attribute that a value comes from; None where the pointer leads to no value.

        A value that is computed from several counts is found at the first of them: a sum at its first addend,
        `performanceNotMet` at the denominator.
        """
        found = self.origins.get(pointer)
        return (found.nodes[0], found.attribute) if found else None

    def locate_nearest(self, pointer: str) -> tuple[Node, str | None]:
        """Return where a value comes from; of one that is missing, where that comes from which would hold it."""
        while pointer and pointer not in self.origins:
            pointer = pointer.rpartition("/")[0]
        origin = self.origins[pointer]
        return origin.nodes[0], origin.attribute

    def uses(self) -> dict[Node, list[str]]:
        """Element of a count -> JSON pointers of the values that it goes into, its own member first."""
        found: dict[Node, list[str]] = {}
        for pointer, origin in self.origins.items():
            if origin.attribute == "value":
                for node in origin.nodes:
                    found.setdefault(node, []).append(pointer)
        return found
