"""Code frames: the lines of a document around a place, for a person to look at. Values only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FrameLine:
    """A line of a frame.

    Attributes:
        line: line number in the document.
        text: one tag, indented as it is nested, whatever the layout of the document.
        marked: whether it is the element that the finding is about.
        mark: start and end, in the text, of the attribute concerned; None for the whole tag.
    """

    line: int
    text: str
    marked: bool = False
    mark: tuple[int, int] | None = None
