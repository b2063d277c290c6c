"""Places: where in the document something stands.

A place is cheap to make. It names an element by its ordinal in document order; line, column, path and excerpt are
worked out by the document's locator when somebody reads them.
"""

from dataclasses import dataclass, field
from typing import Protocol

from converter.findings.frame import FrameLine


class Locator(Protocol):
    """What a document must be able to tell about one of its elements (numbered from 0 in document order)."""

    def line_column(self, ordinal: int) -> tuple[int, int]:
        """Line and column, from 1 and in characters, just after the `>` that ends the element's start tag."""
        ...

    def path(self, ordinal: int) -> str:
        """Return the path as `/ClinicalDocument/component/...`, with `[n]` where siblings share the name."""
        ...

    def excerpt(self, ordinal: int, attribute: str | None) -> str:
        """Return the element's start tag as it is written in the document."""
        ...

    def frame(self, ordinal: int, attribute: str | None) -> tuple[FrameLine, ...]:
        """Return the element with what stands around it, one tag to a line."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """An element of the document, and an attribute of it where the finding is about one.

    Attributes:
        ordinal: number of the element in document order, the root is 0; None for a bare position.
        anchor: number of the element whose position is reported: the `templateId` that gives the element its type,
            as the official converter reports it; the element itself where no template is concerned.
        attribute: name of the attribute concerned, or None.
        position: line and column for a place that is no element (a document that could not be parsed).
        locator: works out what is asked for; None for a bare position.
    """

    ordinal: int | None
    anchor: int | None = None
    attribute: str | None = None
    position: tuple[int, int] | None = None
    locator: Locator | None = field(default=None, repr=False, compare=False)

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
        """Short path of the element; empty for a bare position."""
        return self.locator.path(self.ordinal) if self.locator and self.ordinal is not None else ""

    @property
    def excerpt(self) -> str:
        """The element's start tag as written; empty for a bare position."""
        return self.locator.excerpt(self.ordinal, self.attribute) if self.locator and self.ordinal is not None else ""

    @property
    def tag(self) -> str:
        """The start tag, as written, at whose end `line` and `column` are; empty for a bare position."""
        number = self.ordinal if self.anchor is None else self.anchor
        return self.locator.excerpt(number, None) if self.locator and number is not None else ""

    @property
    def frame(self) -> tuple[FrameLine, ...]:
        """The element with what stands around it; empty for a bare position."""
        return self.locator.frame(self.ordinal, self.attribute) if self.locator and self.ordinal is not None else ()

    def _line_column(self) -> tuple[int, int] | tuple[None, None]:
        if self.position is not None:
            return self.position
        number = self.ordinal if self.anchor is None else self.anchor
        return self.locator.line_column(number) if self.locator and number is not None else (None, None)
