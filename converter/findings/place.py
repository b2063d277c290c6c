"""Places: where in the document something stands: an element of XML, or a value of JSON.

A place is cheap to make. It names an element by its ordinal in document order; line, column, path and excerpt are
worked out by the document's locator when somebody reads them.
"""

from dataclasses import dataclass
from typing import Protocol

from converter.findings.frame import FrameLine


class Locator(Protocol):
    """What a document must be able to tell about one of its elements or values (numbered from 0 in document order)."""

    def ordinals(self, node: object) -> tuple[int, int | None]:
        """Number of the element that a node stands for, and of the `templateId` that gave it its type, or None."""
        ...

    def line_column(self, ordinal: int) -> tuple[int, int]:
        """Line and column, from 1 and in characters: just after an element's start tag, or at the start of a value."""
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


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Place:
    """An element of the document, and an attribute of it where the finding is about one.

    Two places are equal that have the same ordinal, attribute and position, whichever reading of the document they are
    from.

    Attributes:
        node: handle of the element in its document; None for a bare position.
        attribute: name of the attribute concerned, or None.
        position: line and column for a place that is no element (a document that could not be parsed).
        locator: works out what is asked for; None for a bare position.
    """

    node: object | None
    attribute: str | None = None
    position: tuple[int, int] | None = None
    locator: Locator | None = None

    @property
    def ordinal(self) -> int | None:
        """Number of the element in document order, the root is 0; None for a bare position."""
        return self.locator.ordinals(self.node)[0] if self.locator else None

    @property
    def anchor(self) -> int | None:
        """Number of the `templateId` that gives the element its type, or None.

        It is there that the official converter reports the element.
        """
        return self.locator.ordinals(self.node)[1] if self.locator else None

    @property
    def key(self) -> tuple[object, ...]:
        """What tells this place from others of the same reading of the document, without counting elements."""
        return id(self.node), self.attribute, self.position

    @property
    def line(self) -> int | None:
        """Line, from 1; None where it is not known."""
        return self._line_column()[0]

    @property
    def column(self) -> int | None:
        """Column, from 1, in characters, just after the start tag; None where it is not known."""
        return self._line_column()[1]

    @property
    def path(self) -> str:
        """Short path of the element, or JSON pointer of the value; empty for a bare position."""
        return self.locator.path(self.locator.ordinals(self.node)[0]) if self.locator else ""

    @property
    def pointer(self) -> str | None:
        """JSON pointer of a value of a JSON file; None for a place in XML, and for a bare position."""
        return self.locator.pointer(self.locator.ordinals(self.node)[0]) if self.locator else None

    @property
    def excerpt(self) -> str:
        """The element's start tag as written; empty for a bare position."""
        return self.locator.excerpt(self.locator.ordinals(self.node)[0], self.attribute) if self.locator else ""

    @property
    def tag(self) -> str:
        """The start tag at whose end line and column are; empty for a bare position, and for a value of JSON."""
        if self.locator is None or self.pointer is not None:
            return ""
        ordinal, anchor = self.locator.ordinals(self.node)
        return self.locator.excerpt(ordinal if anchor is None else anchor, None)

    @property
    def frame(self) -> tuple[FrameLine, ...]:
        """The element with what stands around it; empty for a bare position."""
        return self.locator.frame(self.locator.ordinals(self.node)[0], self.attribute) if self.locator else ()

    def _line_column(self) -> tuple[int, int] | tuple[None, None]:
        if self.position is not None or self.locator is None:
            return self.position or (None, None)
        ordinal, anchor = self.locator.ordinals(self.node)
        return self.locator.line_column(ordinal if anchor is None else anchor)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Place):
            return NotImplemented
        return (self.ordinal, self.attribute, self.position) == (other.ordinal, other.attribute, other.position)

    def __hash__(self) -> int:
        return hash((self.ordinal, self.attribute, self.position))

    def __repr__(self) -> str:
        return f"Place(ordinal={self.ordinal}, attribute={self.attribute!r}, position={self.position})"


class Tree(Protocol):
    """What rules need of a tree."""

    def place(self, node: object, attribute: str | None = None) -> Place:
        """Return the place of a node of the model."""
        ...
