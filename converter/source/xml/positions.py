"""Positions of start tags: the second pass over a document, made only when a finding needs a place.

lxml gives the line on which a start tag ends and no column. The document is known to be well-formed and to have no
DOCTYPE by then, so that one pattern finds every start tag exactly.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator

_TAG = re.compile(
    r"""<(?:!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>|([^/!?\s][^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>))""", re.DOTALL
)
_LINE_END = re.compile(r"\r\n|\n|\r")


def start_tags(text: str) -> Iterator[re.Match[str]]:
    """Yield the start tags of a document in its order."""
    # Comments, CDATA and instructions are matched to be passed over: what looks like a tag in them is none.
    return (match for match in _TAG.finditer(text) if match.lastindex)


class Positions:
    """Start and end offsets, in characters, of every start tag of a document, in document order."""

    __slots__ = ("_ends", "_lines", "_starts", "_text")

    def __init__(self, data: bytes, encoding: str) -> None:
        self._text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
        # Not lists: there may be millions of tags.
        starts, ends = array("Q"), array("Q")
        for match in start_tags(self._text):
            starts.append(match.start())
            ends.append(match.end())
        self._starts, self._ends = starts, ends
        self._lines = array("Q", [0, *(match.end() for match in _LINE_END.finditer(self._text))])

    def __len__(self) -> int:
        return len(self._starts)

    def line_column(self, ordinal: int) -> tuple[int, int]:
        """Line and column, from 1, just after the `>` of the start tag: the convention of the official converter."""
        end = self._ends[ordinal]
        line = bisect_left(self._lines, end)
        return line, end - self._lines[line - 1] + 1

    def start_tag(self, ordinal: int) -> str:
        """Return the start tag as written."""
        return self._text[self._starts[ordinal] : self._ends[ordinal]]
