"""Places: where in the document something stands: an element of XML, or a value of JSON.

A place is cheap to make. It names an element by its ordinal in document order; line, column, path and excerpt are
worked out by the document's locator when somebody reads them.
"""

from collections.abc import Mapping
from dataclasses import FrozenInstanceError
from typing import NamedTuple, NoReturn, Protocol

from converter.findings.frame import FrameLine, nearest
from converter.language.english import line_words


class Locator(Protocol):
    """What a document must be able to tell about one of its elements or values (numbered from 0 in document order)."""

    def ordinals(self, node: object) -> tuple[int, int | None]:
        """Number of the element that a node stands for, and of the `templateId` that gave it its type, or None."""
        ...

    def line_column(self, ordinal: int) -> tuple[int, int | None]:
        """Line and column, from 1 and in characters: just after an element's start tag, or at the start of a value.

        The column is None where the characters of the document cannot be counted.
        """
        ...

    def path(self, ordinal: int) -> str:
        """Return the path as `/ClinicalDocument/component/...`, with `[n]` where siblings share the name."""
        ...

    def pointer(self, ordinal: int) -> str | None:
        """Return the JSON pointer of a value; None for an element of XML."""
        ...

    def excerpt(self, ordinal: int, attribute: str | None) -> str:
        """Return the element's start tag as it is written in the document."""
        ...

    def frame(self, ordinal: int, attribute: str | None) -> tuple[FrameLine, ...]:
        """Return the element with what stands around it, one tag to a line."""
        ...

    def attribute_with(self, ordinal: int, value: str) -> tuple[object, str] | None:
        """Node and name of the one attribute that has a value, of an element and its first children; None without."""
        ...

    def inside(
        self, ordinal: int, attribute: str | None, xpaths: tuple[str, ...], member: str, names: Mapping[str, object]
    ) -> tuple[object, str | None] | None:
        """Node, and name of an attribute, that one of some XPaths, or a member of JSON, leads to; None where none does.

        `names` are what XPaths and members may name: what was found and the data of the finding.
        """
        ...


class Lines(Protocol):
    """The lines of a document that could not be parsed."""

    def around(self, line: int, column: int) -> tuple[FrameLine, ...]:
        """Return the lines around a position, marked there."""
        ...


class _Known(NamedTuple):
    """What is known of a place once it was worked out."""

    ordinal: int | None
    anchor: int | None
    official: tuple[int | None, int | None]
    line: int | None
    column: int | None
    path: str
    pointer: str | None
    excerpt: str
    frame: tuple[FrameLine, ...]


_set = object.__setattr__


class Place:
    """An element of the document, and an attribute of it where the finding is about one.

    Until somebody reads it, it is no more than the handle of an element and the document that can tell about it.
    `complete` works everything out and lets the document go: what is left are plain values that can be copied, pickled
    and compared.

    Two places are equal that have the same ordinal, attribute and position, whichever reading of the document they are
    from.

    Attributes:
        attribute: name of the attribute concerned, or None.
        position: line and column for a place that is no element (a document that could not be parsed).
    """

    __slots__ = ("_known", "_lines", "_locator", "attribute", "node", "position")

    node: object | None
    attribute: str | None
    position: tuple[int, int] | None
    _locator: Locator | None
    _lines: Lines | None
    _known: _Known | None

    def __init__(
        self,
        node: object | None,
        attribute: str | None = None,
        position: tuple[int, int] | None = None,
        locator: Locator | None = None,
        lines: Lines | None = None,
    ) -> None:
        _set(self, "node", node)
        _set(self, "attribute", attribute)
        _set(self, "position", position)
        _set(self, "_locator", locator)
        _set(self, "_lines", lines)
        _set(self, "_known", None)

    def of_value(self, found: str) -> "Place":
        """Return the place of the one attribute here, or in a child, that has a value; the place itself where none has.

        A finding about an element is shown at what is wrong in it.
        """
        if self.attribute or self._locator is None or not found:
            return self
        spot = self._locator.attribute_with(self._locator.ordinals(self.node)[0], found)
        return Place(spot[0], spot[1], locator=self._locator) if spot else self

    def inside(self, xpaths: tuple[str, ...], member: str, names: Mapping[str, object]) -> "Place | None":
        """Return the place that the first XPath that leads to something leads to, or a member of JSON; None without."""
        if self._locator is None or not (xpaths or member):
            return None
        spot = self._locator.inside(self._locator.ordinals(self.node)[0], self.attribute, xpaths, member, names)
        return Place(spot[0], spot[1], locator=self._locator) if spot else None

    def complete(self, *, shown: bool = True) -> "Place":
        """Work everything out, once, let the document go, and return the place itself.

        Args:
            shown: whether excerpt and frame are wanted; an inventory of thousands of places does without.
        """
        # Taken before the question, so that another thread that completes the place cannot take them away in between.
        node, locator = self.node, self._locator
        if self._known is None:
            _set(self, "_known", self._worked_out(node, locator, shown))
            _set(self, "node", None)
            _set(self, "_locator", None)
            _set(self, "_lines", None)
        return self

    def _worked_out(self, node: object | None, locator: Locator | None, shown: bool) -> _Known:
        attribute = self.attribute
        if locator is None:
            line, column = self.position or (None, None)
            frame = self._raw_frame() if shown else ()
            return _Known(None, None, self.position or (None, None), line, column, "", None, "", frame)
        ordinal, anchor = locator.ordinals(node)
        line, column = locator.line_column(ordinal)
        official: tuple[int | None, int | None] = (line, column) if anchor is None else locator.line_column(anchor)
        excerpt, frame = "", ()
        if shown:
            excerpt = locator.excerpt(ordinal, attribute)
            frame = nearest(locator.frame(ordinal, attribute))
        return _Known(
            ordinal, anchor, official, line, column, locator.path(ordinal), locator.pointer(ordinal), excerpt, frame
        )

    @property
    def ordinal(self) -> int | None:
        """Number of the element in document order, the root is 0; None for a bare position."""
        return self._known.ordinal if self._known else self._ordinals()[0]

    @property
    def anchor(self) -> int | None:
        """Number of the `templateId` that gives the element its type, or None."""
        return self._known.anchor if self._known else self._ordinals()[1]

    @property
    def official(self) -> tuple[int | None, int | None]:
        """Line and column where the official converter reports the element: at the `templateId` that gives its type."""
        if self._known:
            return self._known.official
        _, anchor = self._ordinals()
        return self._line_column() if self._locator is None or anchor is None else self._locator.line_column(anchor)

    @property
    def key(self) -> tuple[object, ...]:
        """What tells this place from others of the same reading of the document, without counting elements."""
        return id(self.node) if self.node is not None else self.ordinal, self.attribute, self.position

    @property
    def line(self) -> int | None:
        """Line, from 1; None where it is not known."""
        return self._known.line if self._known else self._line_column()[0]

    @property
    def column(self) -> int | None:
        """Column, from 1, in characters, just after the start tag; None where it is not known."""
        return self._known.column if self._known else self._line_column()[1]

    @property
    def where(self) -> str:
        """Line and column in words; empty where they are not known."""
        return line_words(self.line, self.column)

    @property
    def path(self) -> str:
        """Short path of the element, or JSON pointer of the value; empty for a bare position."""
        if self._known:
            return self._known.path
        return self._locator.path(self._locator.ordinals(self.node)[0]) if self._locator else ""

    @property
    def pointer(self) -> str | None:
        """JSON pointer of a value of a JSON file; None for a place in XML, and for a bare position."""
        if self._known:
            return self._known.pointer
        return self._locator.pointer(self._locator.ordinals(self.node)[0]) if self._locator else None

    @property
    def excerpt(self) -> str:
        """The element's start tag as written; empty for a bare position."""
        if self._known:
            return self._known.excerpt
        return self._locator.excerpt(self._locator.ordinals(self.node)[0], self.attribute) if self._locator else ""

    @property
    def frame(self) -> tuple[FrameLine, ...]:
        """The element with what stands around it, or the lines around a position; empty where nothing can be shown."""
        if self._known:
            return self._known.frame
        if self._locator is None:
            return self._raw_frame()
        return self._locator.frame(self._locator.ordinals(self.node)[0], self.attribute)

    def _raw_frame(self) -> tuple[FrameLine, ...]:
        lines = self._lines
        return lines.around(*self.position) if lines and self.position else ()

    def _ordinals(self) -> tuple[int | None, int | None]:
        return self._locator.ordinals(self.node) if self._locator else (None, None)

    def _line_column(self) -> tuple[int | None, int | None]:
        if self.position is not None or self._locator is None:
            return self.position or (None, None)
        return self._locator.line_column(self._locator.ordinals(self.node)[0])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Place):
            return NotImplemented
        return (self.ordinal, self.attribute, self.position) == (other.ordinal, other.attribute, other.position)

    def __hash__(self) -> int:
        return hash((self.ordinal, self.attribute, self.position))

    def __getstate__(self) -> tuple[str | None, tuple[int, int] | None, _Known | None]:
        self.complete()
        return self.attribute, self.position, self._known

    def __setstate__(self, state: tuple[str | None, tuple[int, int] | None, _Known | None]) -> None:
        names = ("attribute", "position", "_known", "node", "_locator", "_lines")
        for name, value in zip(names, (*state, None, None, None), strict=True):
            _set(self, name, value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot change {name} of a place")

    def __repr__(self) -> str:
        line, column = self.line, self.column
        return "<Place>" if line is None else f"<Place line {line}, column {column}>"


class Tree(Protocol):
    """What rules need of a tree."""

    def place(self, node: object, attribute: str | None = None) -> Place:
        """Return the place of a node of the model."""
        ...
