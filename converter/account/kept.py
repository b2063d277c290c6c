"""What a result keeps of an input once it is let go: plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from converter.account.reading import Facts, Reading
from converter.findings.finding import Finding
from converter.findings.place import Place
from converter.model.assertion import FailedAssertion
from converter.model.inventory import Inventory
from converter.model.readiness import CategoryReadiness
from converter.resolve.submission_context import SubmissionContext


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """What is kept of an input: plain values, worked out while it was there.

    Attributes:
        facts: what is said of it as a whole.
        members: its submission as QPP JSON, or None.
        taken: what became of everything, by the findings that blocked.
        written: the same where those are left out of account that CMS alone would reject.
        rows: the readiness.
        places: JSON pointer -> place.
        assertions: the assertions of the implementation guide that it fails.
    """

    facts: Facts
    members: Mapping[str, Any] | None
    taken: Inventory
    written: Inventory
    rows: tuple[CategoryReadiness, ...]
    places: Mapping[str, Place]
    assertions: tuple[FailedAssertion, ...] = ()

    @classmethod
    def of(cls, reading: Reading, blocking: Iterable[Finding]) -> "Kept":
        """Work out all that a result may be asked for."""
        places = {pointer: place for pointer in reading.pointers() if (place := reading.locate(pointer))}
        for place in places.values():
            place.complete(shown=False)
        against = tuple(blocking)
        taken = written = completed(reading.inventory(against))
        if against and reading.members is not None:
            written = completed(reading.inventory(()))
        return cls(reading.facts, reading.members, taken, written, reading.readiness(), places, reading.assertions)

    def inventory(self, blocking: Iterable[Finding], /) -> Inventory:
        """Return the inventory as it was taken."""
        return self.taken if any(True for _ in blocking) else self.written

    def readiness(self) -> tuple[CategoryReadiness, ...]:
        """Return the readiness as it was found."""
        return self.rows

    def locate(self, pointer: str, /) -> Place | None:
        """Return the place of a pointer."""
        return self.places.get(pointer)

    def pointers(self) -> Iterable[str]:
        """Return the pointers for which there is a place."""
        return self.places

    def place_at(self, _path: str, /) -> Place | None:
        """Return nothing: elements go with the input."""
        return None

    def contexts(self) -> list[SubmissionContext]:
        """Return nothing: the rules' view of a submission goes with the input."""
        return []


def completed(inventory: Inventory) -> Inventory:
    """Work out all places of an inventory, without excerpts and frames."""
    for place in inventory.places():
        place.complete(shown=False)
    return inventory
