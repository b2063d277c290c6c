"""What comes nearest to what an assertion asks for, and what is wrong with it."""

from collections.abc import Sequence
from typing import NamedTuple

from converter.guide.paths import attribute_of, tag_of
from converter.guide.rows import Row
from converter.guide.seen import Element, Seen

_IDENTIFYING = ("root", "typeCode")
"""Attributes whose value says which element it is: one with another value is another element."""


class Flaw(NamedTuple):
    """An element that is meant to be what an assertion asks for.

    Attributes:
        element: the element, or the one inside of it that is wrong.
        attribute: the attribute of it that is wrong or missing; None where something inside is missing.
        expected: the value that the attribute should have; None where any, or none, would do.
        absent: whether the attribute should not be there.
    """

    element: Element
    attribute: str | None
    expected: str | None
    absent: bool = False


def nearest(scope: Element, path: Sequence[Row], seen: Seen) -> Flaw | None:
    """Return what is wrong with the element that is meant to be what a path leads to; None where none is meant.

    Args:
        scope: the element that the path begins in.
        path: its steps, each to a child.
        seen: the document.
    """
    for child in scope.iterchildren(tag_of(path[0]["element"])):
        flaws = _flaws(child, path[0], seen)
        if flaws:
            return flaws[0]
        if flaws is not None and len(path) > 1 and (deeper := nearest(child, path[1:], seen)):
            return deeper
    return None


def _flaws(element: Element, step: Row, seen: Seen) -> list[Flaw] | None:
    """What is wrong with an element of the right name; None where another one is meant by it."""
    wrong = []
    for name, value in step.get("attributes", {}).items():
        if not _fits(element.get(attribute_of(name)), value, seen):
            wrong.append(Flaw(element, attribute_of(name), value if isinstance(value, str) else None, value is False))
    inner = _inner_flaws(element, step, seen)
    if inner is None or any(one.attribute in _IDENTIFYING and not step.get("contains") for one in wrong):
        return None
    return wrong + inner


def _fits(found: str | None, value: object, seen: Seen) -> bool:
    if isinstance(value, bool):
        return (found is not None) is value
    return found in seen.value_sets[value["valueSet"]] if isinstance(value, dict) else found == value


def _inner_flaws(element: Element, step: Row, seen: Seen) -> list[Flaw] | None:
    wrong: list[Flaw] = []
    for template in step.get("templates", ()):
        same = [one for one in element.iterchildren(tag_of("templateId")) if one.get("root") == template["root"]]
        if not same:
            return None
        expected = template.get("extension")
        if "extension" in template and all(one.get("extension") != expected for one in same):
            wrong.append(Flaw(same[0], "extension", expected, expected is None))
    for part in step.get("contains", ()):
        if "element" not in part["path"][0] or not part["min"]:
            continue
        found = [_flaws(one, part["path"][0], seen) for one in element.iterchildren(tag_of(part["path"][0]["element"]))]
        if any(one == [] for one in found):
            continue
        meant = next((one for one in found if one), None)
        if meant is None:
            return None
        wrong += meant
    return wrong
