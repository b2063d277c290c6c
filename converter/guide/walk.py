"""The walk over a document that finds which assertions of the guide it fails, and where."""

from typing import NamedTuple

from converter.deadline import look
from converter.guide.guides import Assertion, Guide, State
from converter.guide.paths import children_of
from converter.guide.seen import Element, Seen

_OFTEN = 1000


class Failure(NamedTuple):
    """A check that an element fails.

    Attributes:
        assertions: the assertions that the check is of, one or more.
        element: the element.
        state: its state.
        above: the state of the element around it.
    """

    assertions: tuple[Assertion, ...]
    element: Element
    state: State
    above: State


def failures(root: Element, guide: Guide) -> list[Failure]:
    """Return every check that a document fails, at each of its places, in the order of the document.

    Args:
        root: root of a tree without comments and processing instructions.
        guide: the version of the guide.
    """
    found: list[Failure] = []
    seen = Seen(root, guide.value_sets)
    below = guide.below
    ahead = [(root, guide.start)]
    number = 0
    while ahead:
        element, above = ahead.pop()
        state = below(above, element, seen)
        number += 1
        if number % _OFTEN == 0:
            look()
        inner = len(element)
        if state.checks:
            children = children_of(element) if inner else {}
            for check, assertions in state.checks:
                if not check(element, children, seen):
                    found.append(Failure(assertions, element, state, above))
        if inner:
            ahead += [(child, state) for child in reversed(element)]
    return found
