"""Faults: the place of what is wrong, and the other one where two things do not go together."""

from collections.abc import Mapping
from typing import NamedTuple

from converter.findings.place import Place


class Framed(NamedTuple):
    """A place that is shown with a code frame, and what is said above it; nothing where that is empty."""

    words: str
    place: Place


def framed(
    id: str, place: Place, related: tuple[Place, ...], found: str | None, data: Mapping[str, object]
) -> tuple[Framed, ...]:
    """Return the place of a fault, and where it is one of a pair, the other one.

    Args:
        id: id of the kind of finding.
        place: the element or value that is reported.
        related: other places that belong to it.
        found: what stands in the document.
        data: the data of the finding.
    """
    from converter.findings.mark import Mark
    from converter.findings.marks import MARKS

    mark = MARKS.get(id) or Mark()
    names = {"found": found or "", **data}
    between = mark.between and len(related) > 1
    start = related[0] if between else place
    fault = None if start.attribute else start.inside(mark.fault, mark.member, names)
    named = next((one for one in related if one.attribute), None)
    if start.attribute or fault:
        words, fault = mark.words, fault or start
    elif named:
        words, fault = mark.missing if mark.fault else mark.words, named
    elif mark.missing:
        words, fault = mark.missing, start.inside(mark.holder, "", names) or start
    else:
        words, fault = "" if mark.fault else mark.words, start.of_value((found or "").strip('"'))
    first = Framed(words, fault)
    if not mark.other_words:
        return (first,)
    other = None
    if words != mark.missing:
        other = fault.inside(mark.other, mark.other_member, names) or start.inside(mark.other, "", names)
    elsewhere = [one for one in related if one not in (place, start, fault)]
    if other is None and elsewhere and not mark.other:
        other = elsewhere[0].inside(mark.fault, mark.member, names) or elsewhere[0]
    return (first,) if other is None or other == fault else (first, Framed(mark.other_words, other))
