"""What can be made to go wrong: with one call by its header, with chosen calls by a plan, or with all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

HEADER = "X-Fault"
_AFTER = "-after"

NAMES: Mapping[str, str] = {
    "401": "the token is refused",
    "403": "refused, as old versions did for too many calls",
    "404": "not found",
    "422": "the rules refuse what was sent",
    "duplicate-409": "the set exists already, said with 409",
    "duplicate-422": "the set exists already, said with 422",
    "closed-year": "the year is closed",
    "429": "too many calls, said of this call only",
    "429-block": "too many calls, and a block of ten minutes",
    "500": "the server failed",
    "502": "a gateway got no answer",
    "503": "the server is not available",
    "504": "a gateway waited too long",
    "html": "a page in place of JSON, with 200",
    "html-503": "a page in place of JSON, with 503",
    "broken-json": "JSON that breaks off",
    "unknown-member": "members in the answer that nobody knows",
    "timeout": "no answer",
    "cut": "the connection breaks off in the middle of the answer",
}
"""Name of a fault -> what it is. With `-after` the call is carried out first."""


class Fault(NamedTuple):
    """What goes wrong with a call.

    Attributes:
        name: one of `NAMES`.
        after: whether the call is carried out before.
    """

    name: str
    after: bool = False

    def __str__(self) -> str:
        """Return it as it is written in the header."""
        return self.name + (_AFTER if self.after else "")


def fault_of(text: str) -> Fault:
    """Return the fault that a text names.

    Raises:
        ValueError: it names none. The message lists the names.
    """
    name = text.strip().lower()
    found = Fault(name.removesuffix(_AFTER), name.endswith(_AFTER))
    if found.name not in NAMES:
        raise ValueError(f"There is no such fault; there are {', '.join(NAMES)}, each also with {_AFTER}.")
    return found


@dataclass(slots=True)
class Planned:
    """A fault of chosen calls.

    Attributes:
        fault: what goes wrong.
        method: method of the calls; None for any.
        path: beginning of their path behind `/api`; empty for any.
        skip: so many of these calls go well first.
        times: so many go wrong then; None for all.
    """

    fault: Fault
    method: str | None = None
    path: str = ""
    skip: int = 0
    times: int | None = 1

    def takes(self, method: str, path: str) -> bool:
        """Whether it concerns a call."""
        return self.method in (None, method) and path.startswith(f"/api{self.path}")

    def members(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "fault": str(self.fault), "method": self.method, "path": self.path, "skip": self.skip, "times": self.times
        }  # fmt: skip


class Plan:
    """Which calls go wrong, and how.

    Args:
        always: the fault of every call; None for none.
    """

    def __init__(self, always: Fault | None = None) -> None:
        self._always = always
        self.rows: list[Planned] = []

    def set(self, rows: Iterable[Planned]) -> None:
        """Plan these faults in place of those that were planned."""
        self.rows = list(rows)

    def fault_for(self, method: str, path: str) -> Fault | None:
        """Return what goes wrong with a call that comes now: by the first row that it concerns and that is not used up.

        A row that lets it go well leaves it to the next rows.
        """
        for row in self.rows:
            if row.times == 0 or not row.takes(method, path):
                continue
            if row.skip > 0:
                row.skip -= 1
                continue
            if row.times is not None:
                row.times -= 1
            return row.fault
        return self._always
