"""Code frames: the lines of a document around a place, for a person to look at. Values only."""

import re
from typing import NamedTuple

MOST_LINES = 7
"""How many lines of a frame are kept."""


class FrameLine(NamedTuple):
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


def pointed(lines: tuple[FrameLine, ...], found: str) -> tuple[FrameLine, ...]:
    """Mark the one attribute that has the value found, where so far a whole element is marked."""
    start = next((index for index, one in enumerate(lines) if one.marked and not one.mark), None)
    if start is None or not found:
        return lines
    # A plain search first: few frames have the value at all, and there may be thousands of frames.
    near = [index for index in range(start, len(lines)) if f'="{found}"' in lines[index].text]
    attribute = re.compile(rf'(?<=\s)[\w:]+="{re.escape(found)}"') if near else None
    hits = [(index, match.span()) for index in near if attribute and (match := attribute.search(lines[index].text))]
    if len(hits) != 1:
        return lines
    hit, mark = hits[0]
    return tuple(
        FrameLine(one.line, one.text, index == hit, mark if index == hit else None) for index, one in enumerate(lines)
    )


def nearest(lines: tuple[FrameLine, ...]) -> tuple[FrameLine, ...]:
    """Return the lines around the marked one."""
    marked = next((index for index, one in enumerate(lines) if one.marked), 0)
    start = max(min(marked - MOST_LINES // 2, len(lines) - MOST_LINES), 0)
    return lines[start : start + MOST_LINES]
