"""A mark: what of an element or value a finding is about (`marks.py` has the table)."""

from typing import NamedTuple


class Mark(NamedTuple):
    """Where the fault is.

    Attributes:
        fault: XPaths of the fault; the first that leads to something is taken.
        member: the member of the JSON value that is the fault, `../name` for one beside it; `{field}` is of the data.
        words: what is said above the frame of the fault; nothing where it is empty.
        missing: what is said where there is no fault to be marked, because something is missing.
        holder: XPaths of what should hold that; the reported element itself where it has none of them.
        other: XPaths of the other one of a pair, as `fault`; where there are none, it is the first related place.
        other_member: the other one of a pair in JSON.
        other_words: what is said above the frame of the other one; it is shown where they are there.
        between: whether the reported element only holds the pair, which are the first two related places.
    """

    fault: tuple[str, ...] = ()
    member: str = ""
    words: str = ""
    missing: str = ""
    holder: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    other_member: str = ""
    other_words: str = ""
    between: bool = False


def second(path: str, of: str, what: str) -> Mark:
    """One is expected and there are several: the second is marked, and the first is the other one."""
    return Mark((f"({path})[2]{of}",), words=f"another {what}", other=(f"({path})[1]{of}",), other_words=f"one {what}")
