"""What came of a call, as a value: an answer, or a failure that says which call, what kind, and what CMS said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Trouble(Enum):
    """What kind of failure it is. The value is how receipts name it."""

    NO_TOKEN = "no token"
    TOKEN = "token refused"
    NOT_ALLOWED = "not allowed"
    CLOSED = "year closed"
    REFUSED = "data refused"
    DUPLICATE = "already there"
    NOT_FOUND = "not found"
    TOO_MANY = "too many calls"
    SERVER = "server failed"
    NOT_JSON = "not an answer of the API"
    UNREADABLE = "unexpected answer"
    UNREACHABLE = "not reached"
    TIMED_OUT = "no answer in time"
    BROKEN = "connection broken"
    AMBIGUOUS = "several submissions"
    NOT_SHOWN = "answered, but not shown"


_UNSURE = frozenset({Trouble.SERVER, Trouble.NOT_JSON, Trouble.UNREADABLE, Trouble.TIMED_OUT, Trouble.BROKEN})
_ENDING = _UNSURE | {
    Trouble.NO_TOKEN,
    Trouble.TOKEN,
    Trouble.NOT_ALLOWED,
    Trouble.CLOSED,
    Trouble.TOO_MANY,
    Trouble.UNREACHABLE,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of CMS that refuses nothing.

    Attributes:
        call: name of the call.
        status: status code.
        data: the JSON, or None for an empty answer.
        request_id: what CMS calls the request, or None where it does not say.
        clock: how far the clock of CMS is ahead of ours, in seconds; None where it does not say.
    """

    call: str
    status: int
    data: Any = field(repr=False)
    request_id: str | None = None
    clock: float | None = None

    def part(self, *names: str) -> Any:
        """Return what is at a path of members, or None."""
        found = self.data
        for name in names:
            found = found.get(name) if isinstance(found, Mapping) else None
        return found

    @property
    def warnings(self) -> tuple[str, ...]:
        """The remarks that an answer brings along."""
        found = [*_list(self.part("warnings")), *_list(self.part("data", "warnings"))]
        return tuple(str(one.get("message", "")) if isinstance(one, Mapping) else str(one) for one in found)


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that did not do what it should.

    Attributes:
        call: name of the call.
        trouble: what kind of failure.
        status: status code, or None where there was no answer.
        said: what CMS said, in one line; empty where it said nothing. It may contain identifiers.
        body: the JSON of the answer, for its explanation, or None.
        request_id: what CMS calls the request, or None.
        clock: how far the clock of CMS is ahead of ours, in seconds, or None.
        note: what we know about it besides, in a sentence; empty if nothing.
    """

    call: str
    trouble: Trouble
    status: int | None = None
    said: str = field(default="", repr=False)
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    request_id: str | None = None
    clock: float | None = None
    note: str = ""

    @property
    def unsure(self) -> bool:
        """Whether CMS may have done what it was asked to do."""
        return self.trouble in _UNSURE

    @property
    def ends(self) -> bool:
        """Whether further calls would end the same way, so that nothing more is sent."""
        return self.trouble in _ENDING


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
