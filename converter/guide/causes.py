"""Mistakes that explain others: what fails only because of another mistake is not told by itself."""

from collections.abc import Iterator, Mapping, Sequence

from converter.deadline import look
from converter.guide.mistake import Mistake
from converter.guide.rows import Row
from converter.guide.seen import Element
from converter.source.xml.tree import local_name

_HIGH = 10
"""So many levels a cause may lie below what it explains: an observation is nine below the document."""


def told_by_causes(found: Sequence[Mistake]) -> list[Mistake]:
    """Return the mistakes that no other explains; what these explain is added to them."""
    causes = _causes(found)
    for one, nearest in causes.items():
        cause, seen = nearest, {one}
        while cause in causes and cause not in seen:
            seen.add(cause)
            cause = causes[cause]
        if cause not in causes:
            cause.failures += one.failures
    return [one for one in found if one not in causes or _in_circle(one, causes)]


def _causes(found: Sequence[Mistake]) -> dict[Mistake, Mistake]:
    """Mistake -> the one that explains it."""
    at: dict[Element, list[Mistake]] = {}
    below: dict[Element, list[Mistake]] = {}
    # Many elements may ask the same of one around them: it has one cause, and is one.
    distinct = {(id(one.row), one.scope): one for one in reversed(found)}
    for one in reversed(distinct.values()):
        at.setdefault(one.scope, []).append(one)
        for around in _around(one.scope):
            below.setdefault(around, []).append(one)
    known: dict[tuple[int, Element], Mistake | None] = {}
    for key, one in distinct.items():
        look()
        known[key] = _cause(one, at, below)
    causes = ((one, known[id(one.row), one.scope]) for one in found)
    return {one: cause for one, cause in causes if cause is not None and cause is not one}


def _in_circle(one: Mistake, causes: dict[Mistake, Mistake]) -> bool:
    """Whether its causes lead round to each other: then each of them is told."""
    seen = {one}
    while (cause := causes.get(one)) is not None:
        if cause in seen:
            return True
        seen.add(cause)
        one = cause
    return False


def _around(element: Element) -> Iterator[Element]:
    """An element and those around it, up to some levels."""
    at: Element | None = element
    for _ in range(_HIGH):
        if at is None:
            return
        yield at
        at = at.getparent()


def _cause(one: Mistake, at: Mapping[Element, list[Mistake]], below: Mapping[Element, list[Mistake]]) -> Mistake | None:
    for other in below.get(one.scope, ()):
        if other is not one and _explains(other, one):
            return other
    parent = one.failure.element.getparent() if one.attributes else None
    if parent is not None:
        return next((other for other in at.get(parent, ()) if _forbids(other, one)), None)
    return None


def _explains(one: Mistake, other: Mistake) -> bool:
    """Whether the other one would not be there but for this one, at or inside of its element."""
    if other.too_many:
        return _repeats(one, other)
    return bool(other.steps) and _lacks(one, other)


def _lacks(one: Mistake, other: Mistake) -> bool:
    """Whether the other one, which lacks something, would have it but for this one inside of it."""
    if other.flaw is not None and one.scope is other.flaw.element:
        return other.flaw.attribute in one.attributes if other.flaw.attribute else not one.attributes
    if one.flaw is not None and other.flaw is not None and one.flaw.element is other.flaw.element:
        return one.scope is not other.scope
    if one.scope is other.scope or one.program:
        return False
    names = other.names
    if one.attributes:
        return _has_attribute(other.steps, local_name(one.scope), one.attributes) and _parent_name(one.scope) in names
    if one.too_many or not one.steps or local_name(one.scope) not in names:
        return False
    if one.steps[0]["element"] == "templateId":
        return bool(one.roots & other.roots)
    return one.steps[0]["element"] in names


def _repeats(one: Mistake, other: Mistake) -> bool:
    """Whether the other one counts too many because the one does, in an element on the way."""
    names, whole = ([step["element"] for step in of.steps] for of in (one, other))
    before = whole[: len(whole) - len(names)]
    return one.too_many and bool(before) and [*before[-1:], *names] == [local_name(one.scope), *whole[len(before) :]]


def _forbids(one: Mistake, other: Mistake) -> bool:
    """Whether the element that the other one is about may not be there at all."""
    if one.row["kind"] != "none" or len(one.steps) != 1:
        return False
    step = one.steps[0]
    element = other.failure.element
    alike = all(element.get(name) == value for name, value in step.get("attributes", {}).items() if value is not True)
    return step["element"] == local_name(element) and alike


def _has_attribute(steps: Sequence[Row], name: str, attributes: frozenset[str]) -> bool:
    return any(
        (step.get("element") == name and bool(attributes & set(step.get("attributes", {}))))
        or any(_has_attribute(one["path"], name, attributes) for one in step.get("contains", ()))
        for step in steps
    )


def _parent_name(element: Element) -> str:
    parent = element.getparent()
    return local_name(parent) if parent is not None else ""
