"""Code frames: the lines of a document around a place, for a person to look at. Values only."""

from typing import NamedTuple

MOST_LINES = 7
"""How many lines of a frame are kept."""


class FrameLine(NamedTuple):
    """A line of a frame.

    Attributes:
        line: line number in the document.
        text: one tag or member, indented as it is nested, whatever the layout of the document; a line as written where
            it could not be parsed, without what names people.
        marked: whether it is the element that the finding is about.
        mark: start and end, in the text, of the attribute concerned; None for the whole tag.
    """

    line: int
    text: str
    marked: bool = False
    mark: tuple[int, int] | None = None

    def __repr__(self) -> str:
        """Return the number of the line; its text may hold a TIN or NPI."""
        return f"<FrameLine {self.line}{', marked' if self.marked else ''}>"


def nearest(lines: tuple[FrameLine, ...]) -> tuple[FrameLine, ...]:
    """Return the lines around the marked one."""
    marked = next((index for index, one in enumerate(lines) if one.marked), 0)
    start = max(min(marked - MOST_LINES // 2, len(lines) - MOST_LINES), 0)
    return lines[start : start + MOST_LINES]
