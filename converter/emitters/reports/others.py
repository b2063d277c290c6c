"""The findings of a large group after the first: a line each, with what is different about it."""

from collections.abc import Iterator, Sequence
from itertools import islice

from converter.deadline import look
from converter.findings.finding import Finding
from converter.findings.mask import Mask

_AROUND = ".,;:()\"'"
_STEPS = 3


def others(findings: Sequence[Finding], mask: Mask, limit: int) -> list[tuple[str, str, str]]:
    """Return where, which measure, and the words in which the message differs from the first one's.

    Of another assertion of the implementation guide it is said in full, with what to write. Of JSON the end of the
    pointer is told as well, unless the measure says where it is.

    Args:
        findings: a group of findings; the first one is told in full elsewhere.
        mask: hides TINs and NPIs.
        limit: how many are returned at most.
    """
    shown = list(islice(findings, 1, limit + 1))
    places = [one.place for one in shown]
    lines = [place.line if place else None for place in places]
    with_column = len(set(lines)) < len(lines)
    first = _words(findings[0])
    rows = []
    for finding, place, line in zip(shown, places, lines, strict=True):
        look()
        where = f"line {line}" if line else ""
        if line and place and place.column and with_column:
            where += f", column {place.column}"
        if finding.data.get("assertion") != findings[0].data.get("assertion"):
            # Another assertion of the guide asks for something else to be written.
            rows.append((where, "", mask(f"{finding.message} {finding.fix}")))
            continue
        words = list(_different(first, _words(finding)))
        if place and place.path and (not words or (place.pointer is not None and finding.measure is None)):
            where_in_short = mask.foreign("/".join(place.path.split("/")[-_STEPS:]))
            words = [word for word in words if word not in where_in_short]
            words.insert(0, f"{where_in_short}:" if words else where_in_short)
        rows.append((where, mask.foreign(str(finding.measure)) if finding.measure else "", mask(" ".join(words))))
    return rows


def _words(finding: Finding) -> list[str]:
    """The words of the message but for the measure, which is told beside."""
    message = finding.message.replace(str(finding.measure), "", 1) if finding.measure else finding.message
    return [word.strip(_AROUND) for word in message.split()]


def _different(first: list[str], other: list[str]) -> Iterator[str]:
    if len(first) == len(other):
        return (word for before, word in zip(first, other, strict=True) if word != before)
    known = set(first)
    return (word for word in other if word not in known)
