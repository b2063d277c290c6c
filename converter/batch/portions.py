"""How inputs are divided among processes, and whether that is worth their start."""

import os
from collections.abc import Iterable, Iterator, Sequence

from converter.source.inputs import Input
from converter.source.url import Url

_PORTION, _PORTION_BYTES = 8, 1_000_000
"""Most inputs, and about the most bytes, that go to a process at once."""
_WORTH_BYTES = 6_000_000
"""Bytes from which other processes are worth their start."""
_UNKNOWN_BYTES = 200_000
"""What a document at a URL, which takes a while to come, counts for where its size is not known."""


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def portions(inputs: Iterable[Input], times: int = 1) -> Iterator[list[Input]]:
    """Divide inputs into portions for other processes: of small ones several at once.

    Args:
        inputs: the inputs.
        times: how many times as large as for processes of this machine portions are.
    """
    portion: list[Input] = []
    size = 0
    for item in inputs:
        portion.append(item)
        size += size_of(item)
        if len(portion) >= _PORTION * times or size >= _PORTION_BYTES * times:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def worth_sharing(inputs: Sequence[Input]) -> bool:
    """Whether inputs are so many and large that other processes are done with them before they would be here."""
    size = 0
    for item in inputs:
        size += size_of(item)
        if size >= _WORTH_BYTES:
            return len(inputs) > 1
    return False


def size_of(item: Input) -> int:
    """Size of an input in bytes, about that of most where it is at a URL; 0 where it is not known."""
    if item.size is not None or item.path is None:
        return item.size or 0
    if isinstance(item.path, Url):
        return _UNKNOWN_BYTES
    try:
        return item.path.stat().st_size
    except (OSError, ValueError):
        return 0
