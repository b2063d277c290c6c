"""The submission as lines of JSON, each value with a link to its place in the XML, and the places with links back."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from converter.deadline import look
from converter.emitters.reports.excerpts import underlined, visible_line
from converter.findings.mask import Mask
from converter.findings.place import Place
from converter.language.visible import visible
from converter.result import Result

_STEPS = 4
"""How many steps of a path are shown: its end tells most."""
_NAMES = ("measureId", "category")
"""Members that name the object that they are in."""


@dataclass(slots=True)
class Line:
    """A line of the JSON.

    Attributes:
        depth: how deep it is nested.
        name: name of the member, as JSON; empty for an item of a list.
        text: its value, or the bracket that opens or closes it, as it is shown.
        number: number of the value among all that have a place; 0 for one that has none.
        place: number of the place that it comes from.
        end: the comma after it, or nothing.
    """

    depth: int
    name: str
    text: str
    number: int = 0
    place: int = 0
    end: str = ""


@dataclass(slots=True)
class Origin:
    """A place in the XML that values come from.

    Attributes:
        number: its number, in the order of the document.
        where: line and column in words.
        path: the end of its path.
        before, mark, after: the tag as it is written; the mark is what the values come from.
        values: number and name of each value that comes from it.
    """

    number: int
    where: str
    path: str
    before: str
    mark: str
    after: str
    values: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Leaf:
    line: Line
    place: Place
    name: str


class Numbers:
    """The lines of a submission and the places that its values come from; both are empty where there is none."""

    def __init__(self, result: Result, members: Mapping[str, Any] | None, mask: Mask) -> None:
        self._result, self._mask = result, mask
        self._leaves: list[_Leaf] = []
        self.lines = list(self._value(members, "", "", 0, "")) if members else []
        self.origins = self._joined()

    def _value(self, value: object, name: str, pointer: str, depth: int, of: str) -> Iterator[Line]:
        """Yield the lines of a value; `of` names the measure, or the category, that it belongs to."""
        look()
        if isinstance(value, dict):
            of = next((self._shown(value[one]) for one in _NAMES if isinstance(value.get(one), str)), of)
            items = [(f'"{self._shown(key)}": ', f"{pointer}/{_escaped(key)}", one) for key, one in value.items()]
            yield from self._inside(items, name, "{}", depth, of)
        elif isinstance(value, list):
            yield from self._inside(
                [("", f"{pointer}/{at}", one) for at, one in enumerate(value)], name, "[]", depth, of
            )
        else:
            line = Line(depth, name, self._shown(json.dumps(value, ensure_ascii=False)))
            place = self._result.locate(pointer)
            if place is not None and place.line is not None:
                member = self._shown(pointer.rsplit("/", 1)[-1])
                self._leaves.append(_Leaf(line, place, f"{of} {member}".strip()))
                line.number = len(self._leaves)
            yield line

    def _inside(
        self, items: list[tuple[str, str, object]], name: str, brackets: str, depth: int, of: str
    ) -> Iterator[Line]:
        if not items:
            yield Line(depth, name, brackets)
            return
        yield Line(depth, name, brackets[0])
        for at, (key, pointer, one) in enumerate(items):
            lines = list(self._value(one, key, pointer, depth + 1, of))
            lines[-1].end = "," if at < len(items) - 1 else ""
            yield from lines
        yield Line(depth, "", brackets[1])

    def _shown(self, text: str) -> str:
        return visible(self._mask.foreign(text))

    def _joined(self) -> list[Origin]:
        """The places in the order of the document, each once, numbered from 1."""
        found: dict[Place, list[_Leaf]] = {}
        for leaf in self._leaves:
            found.setdefault(leaf.place, []).append(leaf)
        ordered = sorted(found.items(), key=lambda one: (one[0].line or 0, one[0].column or 0))
        origins = []
        for number, (place, leaves) in enumerate(ordered, 1):
            for leaf in leaves:
                leaf.line.place = number
            origins.append(self._origin(number, place, [(leaf.line.number, leaf.name) for leaf in leaves]))
        return origins

    def _origin(self, number: int, place: Place, values: list[tuple[int, str]]) -> Origin:
        look()
        marked = next((one for one in place.frame if one.marked), None)
        before = mark = after = ""
        if marked is not None:
            line = visible_line(marked._replace(text=self._mask.markup(marked.text)))
            start, end = underlined(line)
            before, mark, after = line.text[:start].lstrip(), line.text[start:end], line.text[end:]
        path = self._shown("/".join(place.path.split("/")[-_STEPS:]))
        return Origin(number, place.where, path, before, mark, after, values)


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
