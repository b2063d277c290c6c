"""A GUID that is nearly right above the right one, so that the eye finds the digits that differ."""

from itertools import pairwise
from typing import NamedTuple

from converter.findings.finding import Finding
from converter.findings.mask import Mask
from converter.language.visible import visible

_LONGEST = 60
_LABELS = ("In the file", "Known GUID")


class Difference(NamedTuple):
    """Two texts of the same length, blanks where the one has nothing, and the stretches that differ."""

    given: str
    known: str
    differing: tuple[tuple[int, int], ...]

    @property
    def rows(self) -> tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]:
        """Label of each text, and its stretches with whether they differ."""
        ends = [0, *(end for stretch in self.differing for end in stretch), len(self.given)]
        return tuple(
            (
                label,
                tuple(
                    (text[start:end], number % 2 == 1)
                    for number, (start, end) in enumerate(pairwise(ends))
                    if start < end
                ),
            )
            for label, text in zip(_LABELS, (self.given, self.known), strict=True)
        )

    @property
    def lines(self) -> tuple[str, ...]:
        """The two texts below each other, and carets below what differs."""
        carets = "".join(
            "^" if any(start <= at < end for start, end in self.differing) else " " for at in range(len(self.given))
        )
        width = max(map(len, _LABELS)) + 2
        labels = [f"{label}:".ljust(width) for label in _LABELS]
        return (labels[0] + self.given, labels[1] + self.known, " " * width + carets.rstrip())


def guid_difference(finding: Finding, mask: Mask) -> Difference | None:
    """Return how the GUID of a finding differs from the known one that it resembles; None where none is known."""
    known, given = finding.data.get("near_guid"), visible(mask(finding.unmasked() or ""))
    if not isinstance(known, str) or not given or len(given) > _LONGEST:
        return None
    from difflib import SequenceMatcher  # few findings know such a GUID

    above, below, differing = "", "", []
    for kind, i, j, k, m in SequenceMatcher(None, given.lower(), known.lower(), autojunk=False).get_opcodes():
        width = max(j - i, m - k)
        if kind != "equal":
            differing.append((len(above), len(above) + width))
        above, below = above + given[i:j].ljust(width), below + known[k:m].ljust(width)
    return Difference(above, below, tuple(differing)) if differing else None
