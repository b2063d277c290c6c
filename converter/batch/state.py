"""What a run keeps of each file that is done, so that a later run need not do it again: one line for each."""

import json
from collections.abc import Iterator
from enum import Enum, auto
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any, NamedTuple, Protocol

from converter.account.across_files import Trace
from converter.batch.record import Record

_FORMAT = 1
"""Changes with the meaning of the lines."""
_SUM, _OF, _END = b'{"sum": "', b'", "of": ', b"}\n"
_DIGITS = 32
"""Digits of the digest that a line begins with, by which a damaged one is known."""


class Made(NamedTuple):
    """What results depend on beside the bytes of their files.

    Attributes:
        tool: version of this tool.
        data: digest of its data files and of those of the user.
        options: digest of the options that change what is written.
    """

    tool: str
    data: str
    options: str


class Entry(NamedTuple):
    """What is kept of a file that is done; free of TIN and NPI as far as its record is.

    Attributes:
        key: `key_of` its name and output.
        content: SHA-256 of its bytes.
        written: SHA-256 of its result.
        code: exit code that it asks for.
        name: its name as other files' findings give it.
        record: what the summary needs, without what other files have to do with it.
        traces: what other files may have to do with it.
        seconds: how long it took.
    """

    key: str
    content: str
    written: str
    code: int
    name: str
    record: Record
    traces: tuple[Trace, ...]
    seconds: float


class Known(NamedTuple):
    """What is in memory of an entry: where it is, and what tells whether its file has changed."""

    offset: int
    content: str
    written: str
    code: int


class Anew(Enum):
    """Why nothing of an earlier run is kept."""

    NO_RUN = auto()
    UNREADABLE = auto()
    DAMAGED = auto()
    OTHER_TOOL = auto()
    OTHER_DATA = auto()
    OTHER_OPTIONS = auto()


class Lines(Protocol):
    """Where lines are kept: a file, or whatever can be appended to. All methods but `close` may raise `OSError`."""

    def read(self) -> Iterator[tuple[int, bytes]]:
        """Yield the lines that are there whole, each with its offset. Raises `FileNotFoundError` where none are."""
        ...

    def at(self, offset: int) -> bytes:
        """Return the line at an offset."""
        ...

    def begin(self, line: bytes) -> None:
        """Put a line in place of whatever is there."""
        ...

    def append(self, line: bytes) -> None:
        """Append a line behind those that are there whole; it is kept even if the process is killed right after."""
        ...

    def close(self) -> None:
        """Let the lines go."""
        ...


class State:
    """What is known of the files that a run, or an earlier one like it, is done with."""

    __slots__ = ("_known", "_lines", "_made", "damaged")

    def __init__(self, lines: Lines, made: Made) -> None:
        self._lines = lines
        self._made = made
        self._known: dict[str, Known] = {}
        self.damaged = 0
        """Lines of the earlier run that say nothing any more."""

    def begin(self) -> None:
        """Begin anew, without anything of an earlier run.

        Raises:
            OSError: the state cannot be kept.
        """
        self._known = {}
        self._lines.begin(_line({"format": _FORMAT, **self._made._asdict()}))

    def resume(self) -> Anew | None:
        """Go on from an earlier run; where that cannot be, begin anew and return why.

        Raises:
            OSError: the state cannot be kept.
        """
        why = self._why_anew()
        if why is not None:
            self.begin()
        return why

    def find(self, key: str) -> Known | None:
        """Return what is known of a file by its key."""
        return self._known.get(key)

    def entry(self, known: Known) -> Entry | None:
        """Return the entry of a file; None where it can no longer be read."""
        try:
            found = _content(self._lines.at(known.offset))
            if not isinstance(found, dict):
                return None
            record, traces = Record.of(found.pop("record")), tuple(Trace.of(one) for one in found.pop("traces"))
            return Entry(record=record, traces=traces, **found)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def add(self, entry: Entry) -> None:
        """Keep the entry of a file whose result is written.

        Raises:
            OSError: it cannot be kept.
        """
        self._lines.append(_line(entry._asdict()))

    def close(self) -> None:
        """Let the lines go."""
        self._lines.close()

    def _why_anew(self) -> Anew | None:
        try:
            lines = self._lines.read()
            first = next(lines, None)
            why = _differs(first and _content(first[1]), self._made)
            if why is None:
                self._index(lines)
        except FileNotFoundError:
            return Anew.NO_RUN
        except OSError:
            return Anew.UNREADABLE
        return why

    def _index(self, lines: Iterator[tuple[int, bytes]]) -> None:
        for offset, line in lines:
            one = _content(line)
            try:
                # What comes later is about a file that was done once more.
                self._known[one["key"]] = Known(offset, one["content"], one["written"], one["code"])
            except (TypeError, KeyError):
                self.damaged += 1


def key_of(name: str, output: PurePosixPath) -> str:
    """Return what tells an input from the others of a run: a digest, for its name may hold an identifier."""
    return sha256(f"{name}\0{output}".encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _differs(header: Any, made: Made) -> Anew | None:
    if not isinstance(header, dict) or "format" not in header:
        return Anew.DAMAGED
    if (header["format"], header.get("tool")) != (_FORMAT, made.tool):
        return Anew.OTHER_TOOL
    if header.get("data") != made.data:
        return Anew.OTHER_DATA
    return None if header.get("options") == made.options else Anew.OTHER_OPTIONS


def _line(values: dict[str, Any]) -> bytes:
    """Return values as a line of JSON that begins with their digest."""
    content = json.dumps(values).encode("ascii")
    return _SUM + _digest(content) + _OF + content + _END


def _content(line: bytes) -> Any:
    """Return the values of a line; None where it is damaged, or none of ours."""
    start = len(_SUM) + _DIGITS
    total, content = line[len(_SUM) : start], line[start + len(_OF) : -len(_END)]
    if total != _digest(content):
        return None
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _digest(content: bytes) -> bytes:
    return sha256(content).hexdigest()[:_DIGITS].encode("ascii")
