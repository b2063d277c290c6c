"""Indented JSON whose long lists are made item by item: byte for byte what `json.dumps` makes of the whole."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from converter.emitters.reports.spool import Spool
from converter.language.visible import visible_json

ITEMS = "\0"
"""What stands in a JSON value for a list that is made item by item."""
_MARK = '"\\u0000"'
_INDENT = 2


class Items:
    """A list of a JSON value, whose items are kept in a spool.

    Args:
        depth: how many lists and objects it is in.
    """

    __slots__ = ("_lead", "_spool")

    def __init__(self, depth: int) -> None:
        self._lead = "\n" + " " * _INDENT * (depth + 1)
        self._spool = Spool()

    def add(self, items: Iterable[Any]) -> None:
        """Add the items of one document."""
        texts = [
            visible_json(json.dumps(one, ensure_ascii=False, indent=_INDENT)).replace("\n", self._lead) for one in items
        ]
        if texts:
            self._spool.add(f",{self._lead}".join(texts))

    def __bool__(self) -> bool:
        return len(self._spool) > 0

    def pieces(self) -> Iterator[str]:
        """Yield the list as it is written."""
        if not self:
            yield "[]"
            return
        for number, text in enumerate(self._spool):
            yield ("," if number else "[") + self._lead
            yield text
        yield self._lead[:-_INDENT] + "]"

    def close(self) -> None:
        """Let everything go."""
        self._spool.close()


def json_pieces(content: Any, *lists: Items) -> Iterator[str]:
    """Yield a JSON text in which lists stand, in their order, for each `ITEMS`."""
    head, *rest = json.dumps(content, ensure_ascii=False, indent=_INDENT).split(_MARK)
    yield head
    for items, text in zip(lists, rest, strict=True):
        yield from items.pieces()
        yield text
    yield "\n"
