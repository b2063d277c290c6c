"""The verdict on one input: what CMS would do with it, as far as it is known."""

from dataclasses import dataclass
from enum import StrEnum


class VerdictKind(StrEnum):
    """What CMS would do."""

    REFUSED = "refused"
    COSTS_POINTS = "costs points"
    UNCHECKED = "not fully checked"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What CMS would do with an input, in one of four kinds and in one sentence.

    Attributes:
        kind: refused by the converter or by CMS; accepted with a loss, or possibly refused; nothing found but not all
            checked; or nothing found, and every rule of the year and program was asked.
        sentence: the same in words that go on after the name of the input and a colon.
        unchecked: what was not checked, in words.
    """

    kind: VerdictKind
    sentence: str
    unchecked: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the sentence."""
        return self.sentence
