"""JSON pointers (RFC 6901): `/measurementSets/0/category` names a value by the steps that lead to it."""

from collections.abc import Iterable
from typing import Any


def split(pointer: str) -> list[str]:
    """Return the steps of a pointer, as they are meant."""
    return [unescape(step) for step in pointer.split("/")[1:]]


def join(steps: Iterable[str | int]) -> str:
    """Return the pointer of some steps: names of members, and numbers of items."""
    return "".join(f"/{escape(str(step))}" for step in steps)


def escape(step: str) -> str:
    """Return a step as it is written in a pointer."""
    return step.replace("~", "~0").replace("/", "~1")


def unescape(step: str) -> str:
    """Return a step as it is meant."""
    return step.replace("~1", "/").replace("~0", "~")


def follow(data: Any, pointer: str) -> Any:
    """Return the value that a pointer leads to.

    Raises:
        LookupError: it leads nowhere.
        ValueError: it is no pointer, or has a name where a list has numbers.
    """
    if pointer and not pointer.startswith("/"):
        raise ValueError(f"This is not a JSON pointer: {pointer}")
    for step in split(pointer):
        if isinstance(data, list):
            data = data[_number(step)]
        elif isinstance(data, dict):
            data = data[step]
        else:
            raise LookupError(f"There is nothing inside of a plain value: {pointer}")
    return data


def _number(step: str) -> int:
    """The number of an item: written in one way only, so that a value has one pointer."""
    if not step.isdecimal() or step != str(int(step)):
        raise ValueError(f"This is not the number of an item: {step}")
    return int(step)
