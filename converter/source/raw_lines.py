"""The lines of a document that could not be parsed, around the position of the error, without what names people.

Nothing is known of such a document but its text. So letters and digits between tags, in comments, and in telephone
numbers and mail addresses are replaced, in JSON those of the values of members that name people or places, and
whatever may be a TIN or NPI is masked.
"""

import re

from converter.findings.frame import FrameLine
from converter.findings.mask import Mask
from converter.source.naming import ELEMENTS, TELLING_NOBODY, hidden, without_names

_AROUND = 2
_BACK, _ON = 50, 70
_NEAR = 4000
"""How far around a column a line is looked at: far enough to know what is inside a tag."""
_CUT = "..."
_XML = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|(?P<tag><(?:[^\W\d]|[/?!:])[^<>]*>?)|<[^<>]*|[^<]+", re.DOTALL
)
_ATTRIBUTE = re.compile(
    r"""(?P<kept>\A<[/?!]?[\w:.-]*|[\w:.-]+\s*=\s*(?!["']?\s*(?:tel|mailto|fax|sms|https?):)(?:"[^"]*"?|'[^']*'?|[^\s"'>]*))"""
    r"""|\w""",
    re.IGNORECASE,
)
_NAMING = re.compile(rf"</?(?:[\w.-]+:)?(?:{'|'.join(sorted(ELEMENTS))})(?![\w.-])", re.IGNORECASE)
_VALUE = re.compile(r"""(?P<name>[\w:.-]+)\s*=\s*(?:"[^"]*"?|'[^']*'?|[^\s"'>]*)""")
_mask = Mask((), show=False)


class RawLines:
    """The lines of a document that is not well-formed XML or JSON; they are looked for when they are wanted."""

    __slots__ = ("_data", "_encoding", "_json")

    def __init__(self, data: bytes, encoding: str, *, json: bool = False) -> None:
        """Take a document.

        Args:
            data: its bytes.
            encoding: the codec that reads them.
            json: whether it is JSON, and not XML.
        """
        self._data, self._encoding, self._json = data, encoding, json

    def around(self, line: int, column: int) -> tuple[FrameLine, ...]:
        """Return up to five lines around a position, cut to what is near its column, and marked there."""
        text = self._text()
        # libxml2 counts line feeds alone.
        ends = re.compile(r"\r\n|\n|\r" if self._json else r"\n")
        starts = [0, *(match.end() for match in ends.finditer(text)), len(text) + 1]
        line = min(line, len(starts) - 1)
        shown = []
        for number in range(max(line - _AROUND, 1), min(line + _AROUND, len(starts) - 1) + 1):
            start, end = starts[number - 1], starts[number] - 1
            if number == line:
                column = min(max(column, 1) - 1, max(end - start - 1, 0))
                # libxml2 stops after the character that it cannot take.
                column -= not self._json and column > 0 and text[start + column - 1] in "&<"
                words, mark = self._piece(text, start, start + column, end)
                shown.append(FrameLine(number, words, True, (mark, mark + 1)))
            else:
                shown.append(FrameLine(number, self._piece(text, start, start, end)[0]))
        return tuple(shown)

    def _text(self) -> str:
        try:
            text = self._data.decode(self._encoding, "replace")
        except (LookupError, ValueError):  # a document may declare codecs that read no text
            text = self._data.decode("utf-8", "replace")
        return text.removeprefix("\ufeff")

    def _piece(self, text: str, start: int, at: int, end: int) -> tuple[str, int]:
        """What is shown of a line around an offset, and which character of it stands there."""
        back, on = max(at - 2 * _NEAR, 0), min(at + _NEAR, end)
        piece = _mask.foreign(self._without_names(text[back:on])) + " "
        first, last = max(at - _BACK, start), min(at + _ON, end)
        words = piece[first - back : last - back].rstrip("\r\n") or " "
        lead, tail = _CUT if first > start else "", _CUT if last < end else ""
        return lead + words.replace("\t", " ") + tail, at - first + len(lead)

    def _without_names(self, text: str) -> str:
        """A text, as long as it was, in which letters and digits of what may be a name are replaced."""
        if not self._json:
            return _XML.sub(lambda token: _tag(token[0]) if token["tag"] else hidden(token[0]), text)
        return without_names(text)


def _tag(tag: str) -> str:
    if _NAMING.match(tag):
        tag = _VALUE.sub(
            lambda one: one[0] if one["name"] in TELLING_NOBODY else one["name"] + hidden(one[0][len(one["name"]) :]),
            tag,
        )
    return _ATTRIBUTE.sub(lambda one: one["kept"] or "x", tag)
