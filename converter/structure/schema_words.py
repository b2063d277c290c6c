"""Words for the parts of a schema and of a document: names, lists of names, and what a value looks like."""

from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree

from converter.language.english import cut, listed
from converter.language.near import near_name
from converter.source.xml.tree import local_name
from converter.structure.reader import words_of

_LONGEST_NAME = 40
_MOST_NAMES, MOST_ALLOWED = 8, 20
"""In a message; in what is expected."""


def value_words(kind: Any) -> str:
    """What a value of a simple type looks like."""
    one: Any = kind
    while one is not None and not words_of(one) and not _choices(one):
        one = one.base_type
    if one is not None and words_of(one):
        return words_of(one)
    if one is not None and len(_choices(one)) == 1:
        return f'"{_choices(one)[0]}"'
    return f"one of {any_of(_choices(one))}" if one is not None else "a value of the kind that the schema describes"


def _choices(kind: Any) -> list[str]:
    return [str(value) for value in getattr(kind, "enumeration", None) or ()]


def texts(element: etree._Element) -> list[Any]:
    """Return the texts that stand directly in an element."""
    return [element.text, *(child.tail for child in element)]


def local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]


def shortened(name: str) -> str:
    """Return a name, or the beginning of a long one."""
    return cut(name, _LONGEST_NAME, _LONGEST_NAME)


def name_of(element: etree._Element | None) -> str:
    """Return how sentences call an element."""
    return "the document" if element is None else shortened(local_name(element))


def nearest(name: str, allowed: Iterable[str]) -> str | None:
    """Return the one of the names allowed that a name nearly is, or None."""
    found = near_name(name, allowed)
    return found if found != name else None


def any_of(names: Sequence[str], most: int = _MOST_NAMES) -> str:
    """Return `a, b or c`, each once, or `a, b or 7 others`."""
    each = list(dict.fromkeys(names))
    return listed(each if len(each) <= most else [*each[:most], f"{len(each) - most} others"], "or")


def one_of(names: Sequence[str]) -> str:
    """Return what is expected where any of some elements may stand."""
    return f"One of {any_of(names, MOST_ALLOWED)}" if len(set(names)) > 1 else names[0] if names else "No element"
