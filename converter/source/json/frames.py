"""Code frames of JSON: a value with what stands around it, one member to a line, whatever the layout of the file."""

import json
from bisect import bisect_left
from collections.abc import Iterator
from typing import Protocol

from converter.findings.frame import FrameLine
from converter.language.english import cut

_AROUND, _INSIDE, _WIDTH = 2, 7, 160
_INDENT = "  "
_CLOSED = {"{": "}", "[": "]"}


class Values(Protocol):
    """What a frame asks a tree; values are numbered."""

    def parent(self, ordinal: int) -> int | None:
        """Number of what holds a value; None for the whole."""
        ...

    def children(self, ordinal: int) -> list[int]:
        """Numbers of the values in an object or list."""
        ...

    def written(self, ordinal: int) -> tuple[str | None, str, bool]:
        """Name of a member, value as written, and whether a comma follows."""
        ...

    def line_column(self, ordinal: int) -> tuple[int, int]:
        """Line and column of a value."""
        ...


def json_frame(values: Values, ordinal: int) -> tuple[FrameLine, ...]:
    """Return the frame of a value: what holds it, its neighbours, itself with what is in it."""
    parent = values.parent(ordinal)
    if parent is None:
        return (*_marked(values, ordinal, ""),)
    lines = [_line(values, parent, "", opened=True)]
    siblings = values.children(parent)
    index = bisect_left(siblings, ordinal)
    for one in siblings[max(index - _AROUND, 0) : index + 1 + _AROUND]:
        lines += _marked(values, one, _INDENT) if one == ordinal else [_line(values, one, _INDENT)]
    return tuple(lines)


def _marked(values: Values, ordinal: int, indent: str) -> Iterator[FrameLine]:
    children = values.children(ordinal)
    yield _line(values, ordinal, indent, marked=True, opened=bool(children))
    yield from (_line(values, one, indent + _INDENT) for one in children[:_INSIDE])
    if len(children) > _INSIDE:
        yield FrameLine(values.line_column(children[_INSIDE])[0], f"{indent}{_INDENT}...")


def _line(values: Values, ordinal: int, indent: str, *, marked: bool = False, opened: bool = False) -> FrameLine:
    name, text, comma = values.written(ordinal)
    if closed := _CLOSED.get(text[0]):
        filled = not text[1:].lstrip().startswith(closed)
        text = text[0] if opened else f"{text[0]}{'...' * filled}{closed}"
    label = "" if name is None else f"{json.dumps(name, ensure_ascii=False)}: "
    shown = indent + cut(label + " ".join(text.split()), _WIDTH)
    line = values.line_column(ordinal)[0]
    if comma and not opened:
        return FrameLine(line, f"{shown},", marked, (len(indent), len(shown)) if marked else None)
    return FrameLine(line, shown, marked)
