"""A JSON file, and where its values stand. Implements the `Locator` of its places; all of that is made on first use."""

import json
import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.frame import FrameLine
from converter.findings.place import Place
from converter.language.english import cut
from converter.source.json.frames import json_frame
from converter.source.json.pointers import escape, follow, split, unescape
from converter.source.limits import MEGABYTE, Limits
from converter.source.naming import hidden, names_somebody, without_names
from converter.source.raw_lines import RawLines

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)
_WORD = re.compile(r"\S+")
_LINE_END = re.compile(r"\r\n|\n|\r")
_SURROGATE = re.compile("[\ud800-\udfff]")
_COMMA = re.compile(r"\s*,")
_NAMES = re.compile(r"\{(\w+)\}")
_WIDTH = 160
_LONGEST = 4 * _WIDTH
"""How much of a value is asked for to be shown."""
_DIGITS = 300
"""More digits than any count has; numbers of more cannot be computed with."""
_CUT_OFF = re.compile(r"(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-|\.|[eE][+-]|\\?u?[0-9a-fA-F]{0,4})\s*")
"""What may be left of a word, a number or an escape where a file breaks off."""

_WORDS = (
    (r"Expecting property name enclosed in double quotes", "a name in double quotes is missing, or there is a comma "
     "too many before it"),
    (r"Expecting ',' delimiter", "a comma or a closing bracket is missing"),
    (r"Expecting ':' delimiter", "a colon is missing after a name"),
    (r"Expecting value|Illegal trailing comma.*", "a value is missing"),
    (r"Invalid control character at", "there is a line end or another control character in a text"),
    (r"Invalid \\\\?.*escape.*", "there is a backslash that means nothing in a text"),
    (r"Unterminated string starting at", "a text is not closed by a quotation mark"),
    (r"Extra data", "there is more after the end of the JSON"),
)  # fmt: skip
"""Words of the JSON parser, which has no codes for what is wrong -> words for people."""
_SURELY_READ = 500
"""Depth to which the parser, which is recursive, reads whoever calls it."""


class JsonTree:
    """A parsed JSON file.

    Attributes:
        data: what it holds.
        repeated: pointers of members that stand twice in their object.
    """

    __slots__ = (
        "_children",
        "_earlier",
        "_ends",
        "_lines",
        "_nodes",
        "_numbers",
        "_pointers",
        "_starts",
        "_text",
        "data",
        "repeated",
    )

    def __init__(self, data: Any, text: str, with_repeated: bool) -> None:
        self.data = data
        self._text = text
        self._nodes: dict[str, str] = {}
        self._children: dict[int, list[int]] = {}
        self._numbers: dict[str, int] = {}
        self._earlier: dict[str, list[int]] = {}
        self._pointers: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._lines: list[int] = []
        self.repeated: list[str] = self._scan() if with_repeated else []

    def place(self, pointer: str) -> Place:
        """Return the place of a value, or of what would hold it where there is none."""
        if not self._numbers:
            self._scan()
        while pointer and pointer not in self._numbers:
            pointer = pointer.rpartition("/")[0]
        return Place(self._nodes.setdefault(pointer, pointer), locator=self)

    def pointers(self) -> list[str]:
        """Pointers of all values, in the order of the file."""
        if not self._numbers:
            self._scan()
        return list(self._numbers)

    def first_place(self, pointer: str) -> Place:
        """Return the place where a member that is given several times is given first."""
        return Place(self._earlier[pointer][0], locator=self)

    def ordinals(self, node: Any) -> tuple[int, None]:
        """Number of a value, by its pointer, or by its number where a pointer does not tell it."""
        return node if isinstance(node, int) else self._numbers[node], None

    def line_column(self, ordinal: int) -> tuple[int, int]:
        """Line and column, from 1, of the first character of a value."""
        if not self._lines:
            self._lines = [0, *(match.end() for match in _LINE_END.finditer(self._text))]
        start = self._starts[ordinal]
        line = bisect_right(self._lines, start)
        return line, start - self._lines[line - 1] + 1

    def path(self, ordinal: int) -> str:
        """JSON pointer of a value."""
        return self._pointers[ordinal]

    def pointer(self, ordinal: int) -> str:
        """JSON pointer of a value."""
        return self._pointers[ordinal]

    def excerpt(self, ordinal: int, attribute: str | None) -> str:  # noqa: ARG002  # trees have one shape
        """Return a value as written, or its beginning, without what names somebody."""
        shown = ""
        # Word by word: a value may be as long as the file, and many findings may be about it.
        for word in _WORD.finditer(self._text, self._starts[ordinal], self._ends[ordinal]):
            shown += f" {word[0][: _WIDTH + 1]}" if shown else word[0][: _WIDTH + 1]
            if len(shown) > _WIDTH:
                break
        return cut(hidden(shown) if self._names_somebody(ordinal) else without_names(shown), _WIDTH)

    def _names_somebody(self, ordinal: int) -> bool:
        return any(names_somebody(step) for step in split(self._pointers[ordinal]))

    def attribute_with(self, ordinal: int, value: str) -> None:
        """Tell that values of JSON have no attributes."""

    def inside(
        self,
        ordinal: int,
        attribute: str | None,  # noqa: ARG002  # trees have one shape
        xpaths: tuple[str, ...],  # noqa: ARG002
        member: str,
        names: Mapping[str, object],
    ) -> tuple[str, None] | None:
        """Pointer of a member of a value, or with `../` of one beside it."""
        pointer = self._pointers[ordinal]
        name = member.format_map(names) if all(one in names for one in _NAMES.findall(member)) else ""
        if name.startswith("../"):
            pointer, name = pointer.rpartition("/")[0], name.removeprefix("../")
        found = f"{pointer}/{name}"
        return (self._nodes.setdefault(found, found), None) if name and found in self._numbers else None

    def frame(self, ordinal: int, attribute: str | None) -> tuple[FrameLine, ...]:  # noqa: ARG002  # trees have one shape
        """Return a value with what stands around it, one member to a line."""
        return json_frame(self, ordinal)

    def parent(self, ordinal: int) -> int | None:
        """Number of the object or list that holds a value; None for the whole."""
        pointer = self._pointers[ordinal]
        return self._numbers[pointer.rpartition("/")[0]] if pointer else None

    def children(self, ordinal: int) -> list[int]:
        """Numbers of the values in an object or list, in the order of the file."""
        if ordinal not in self._children:
            self._children[ordinal] = self._find_children(ordinal)
        return self._children[ordinal]

    def _find_children(self, ordinal: int) -> list[int]:
        pointer = self._pointers[ordinal]
        if self._numbers.get(pointer) != ordinal:
            return []  # what is in a member that is given again further on is lost
        value = follow(self.data, pointer)
        steps = value if isinstance(value, Mapping) else range(len(value)) if isinstance(value, list) else ()
        own = (f"{pointer}/{escape(str(step))}" for step in steps)
        return sorted(number for one in own for number in (self._numbers[one], *self._earlier.get(one, ())))

    def written(self, ordinal: int) -> tuple[str | None, str, bool]:
        """Name of a member (None of an item or the whole), value as written or hidden, and whether a comma follows."""
        start, end = self._starts[ordinal], self._ends[ordinal]
        parent, _, name = self._pointers[ordinal].rpartition("/")
        named = ordinal and isinstance(follow(self.data, parent), Mapping)
        comma = _COMMA.match(self._text, end) is not None
        text = self._text[start : min(end, start + _LONGEST)]
        return unescape(name) if named else None, hidden(text) if self._names_somebody(ordinal) else text, comma

    def _scan(self) -> list[str]:
        """Find where every value stands; return the members that stand twice."""
        repeated: list[str] = []
        open_ones: list[tuple[str, int, bool]] = []
        steps: list[str | int] = []
        name: str | None = None
        for match in _TOKEN.finditer(self._text):
            token = match[0]
            if token in "]}":
                _, number, _ = open_ones.pop()
                self._ends[number] = match.end()
                steps.pop()
            elif token == ",":
                if isinstance(steps[-1], int):
                    steps[-1] += 1
                name = None
            elif token == ":":
                continue
            elif open_ones and open_ones[-1][2] and name is None:
                name = _SURROGATE.sub("\ufffd", json.loads(token))
                steps[-1] = name
            else:
                parent = open_ones[-1][0] if open_ones else ""
                pointer = f"{parent}/{escape(str(steps[-1]))}" if open_ones else ""
                if pointer in self._numbers:
                    repeated.append(pointer)
                    self._earlier.setdefault(pointer, []).append(self._numbers[pointer])
                    self._forget_below(pointer)
                number = self._add(pointer, match.start(), match.end())
                if token in "[{":
                    open_ones.append((pointer, number, token == "{"))
                    steps.append("" if token == "{" else 0)
                    name = None
        return [one for one in dict.fromkeys(repeated) if one in self._numbers]

    def _forget_below(self, pointer: str) -> None:
        """Drop what was found in a member that now comes again: its values are lost."""
        number = self._numbers[pointer] + 1
        while number < len(self._pointers) and self._pointers[number].startswith(f"{pointer}/"):
            self._numbers.pop(self._pointers[number], None)
            number += 1

    def _add(self, pointer: str, start: int, end: int) -> int:
        number = len(self._starts)
        self._numbers[pointer] = number
        self._pointers.append(pointer)
        self._starts.append(start)
        self._ends.append(end)
        return number


def parse_json(data: bytes, limits: Limits, findings: Collector) -> JsonTree | None:
    """Parse a JSON file.

    Args:
        data: its bytes.
        limits: sizes beyond which it is refused.
        findings: takes what is wrong; there is always an error where the result is None.

    Returns:
        What it holds, or None.
    """
    if len(data) > limits.document_bytes:
        findings.add(kinds.FILE_TOO_LARGE, limit=limits.document_bytes // MEGABYTE)
        return None
    encoding = json.detect_encoding(data)
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(encoding, "ignore").removeprefix("\ufeff")
        place = Place(None, position=_position(before), lines=RawLines(data, encoding, json=True))
        if error.end == len(error.object):
            findings.add(kinds.JSON_TRUNCATED, place, problem="it ends in the middle of a character")
        else:
            name = encoding.upper().removesuffix("-SIG")
            findings.add(kinds.JSON_NOT_WELL_FORMED, place, problem=f"it has bytes that are not {name}")
        return None
    return _parse(text, RawLines(data, encoding, json=True), limits, findings)


def _position(before: str) -> tuple[int, int]:
    """Line and column, from 1, of what comes after a text."""
    ends = [match.end() for match in _LINE_END.finditer(before)]
    return len(ends) + 1, len(before) - (ends[-1] if ends else 0) + 1


def _parse(text: str, lines: RawLines, limits: Limits, findings: Collector) -> JsonTree | None:
    repeated = False

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        # The parser would keep the last of two members of one name and say nothing.
        found = dict(pairs)
        repeated = repeated or len(found) < len(pairs)
        return found

    problem = f"its values are nested more than {limits.depth} deep"
    try:
        found = json.loads(
            text, object_pairs_hook=members, parse_int=_integer, parse_float=_float, parse_constant=_refuse
        )
    except json.JSONDecodeError as error:
        _report(text, lines, error, findings)
        return None
    # The parser is recursive itself, so that the deepest files end here.
    except RecursionError:
        borne = "its values are nested deeper than can be read" if limits.depth > _SURELY_READ else problem
        findings.add(kinds.JSON_NOT_WELL_FORMED, problem=borne)
        return None
    except _NotANumberError as error:
        findings.add(kinds.JSON_NOT_WELL_FORMED, problem=error)
        return None
    if _deeper(found, limits.depth):
        findings.add(kinds.JSON_NOT_WELL_FORMED, problem=problem)
        return None
    # Hardly any file has such an escape, and the others need no copy.
    if "\\ud" in text or "\\uD" in text:
        found = _without_surrogates(found)
    tree = JsonTree(found, text, repeated)
    for pointer in tree.repeated:
        name = unescape(pointer.rpartition("/")[2])
        findings.add(kinds.JSON_MEMBER_REPEATED, tree.place(pointer), member=name, related=(tree.first_place(pointer),))
    return tree


def _deeper(value: Any, depth: int) -> bool:
    """Whether lists and objects are nested deeper than allowed."""
    # Level by level: a recursion could fail where the parser did not.
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(depth):
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


class _NotANumberError(ValueError):
    """NaN or Infinity, which JSON does not have, or a number that cannot be computed with."""


def _refuse(name: str) -> Any:
    raise _NotANumberError(f"it has {name}, which is not a number in JSON")


def _integer(text: str) -> int:
    # Python refuses to read or write numbers of very many digits.
    if len(text) > _DIGITS:
        raise _NotANumberError("it has a number of too many digits")
    return int(text)


def _float(text: str) -> float:
    number = float(text)
    if abs(number) > float(f"1e{_DIGITS}"):
        raise _NotANumberError("it has a number that is too large")
    return number


def _report(text: str, lines: RawLines, error: json.JSONDecodeError, findings: Collector) -> None:
    problem = next((words for pattern, words in _WORDS if re.match(pattern, error.msg)), "it cannot be read")
    place = Place(None, position=_position(text[: error.pos]), lines=lines)
    cut_off = error.msg.startswith("Unterminated") or (
        _CUT_OFF.fullmatch(text, error.pos) and not error.msg.startswith("Extra data")
    )
    findings.add(kinds.JSON_TRUNCATED if cut_off else kinds.JSON_NOT_WELL_FORMED, place, problem=problem)


def _without_surrogates(value: Any) -> Any:
    """Replace halves of characters, which can be written in JSON and nowhere else."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_without_surrogates(one) for one in value]
    if isinstance(value, dict):
        return {_SURROGATE.sub("\ufffd", name): _without_surrogates(one) for name, one in value.items()}
    return value
