"""What rules have reported of a submission: looked up for each violation of the schema, of which there may be many."""

from collections.abc import Iterable, Iterator


class Told:
    """Findings and the places that they are of.

    Attributes:
        at: pairs of the id of a finding and a JSON pointer.
    """

    __slots__ = ("_above", "at")

    def __init__(self, told: Iterable[tuple[str, str]]) -> None:
        self.at = frozenset(told)
        self._above = frozenset((id, one) for id, pointer in self.at for one in _upwards(pointer))

    def around(self, id: str, pointer: str) -> bool:
        """Whether a finding was reported at a value, at what holds it or at what is in it."""
        return (id, pointer) in self._above or any((id, one) in self.at for one in _upwards(pointer))


def _upwards(pointer: str) -> Iterator[str]:
    """Yield a pointer, and those of whatever holds the value."""
    yield pointer
    while pointer:
        pointer = pointer.rpartition("/")[0]
        yield pointer
