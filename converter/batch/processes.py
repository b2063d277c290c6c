"""Processes that share the work on many files. One that dies or hangs costs its file and no other."""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, TimeoutError
from multiprocessing import get_context, parent_process
from typing import NoReturn, TypeVar

from pebble import ProcessExpired, ProcessPool

from converter.batch.lost import Lost

Item = TypeVar("Item")
Value = TypeVar("Value")

_AHEAD = 3
"""Portions for each process that are given out before they are asked for."""
_GRACE = 5.0
"""Seconds beyond the time limit after which a process that does not look at the clock is ended."""


def in_order(
    work: Callable[[Item], Value], portions: Iterable[Sequence[Item]], jobs: int, seconds: float | None
) -> Iterator[tuple[Item, Value | Lost]]:
    """Let processes work on items, and yield what became of them in the order of the items.

    Only a few portions are on their way, so that memory does not grow with their number.

    Args:
        work: what is done with an item; it, the items and the values travel between processes.
        portions: the items in portions, each of which goes to a process as a whole.
        jobs: how many processes.
        seconds: time that one item may take; None for any.
    """
    pool = ProcessPool(max_workers=jobs, context=get_context("spawn"), initializer=_begin)
    try:
        under_way: deque[tuple[Sequence[Item], Future[list[Value]]]] = deque()

        def give(portion: Sequence[Item]) -> Future[list[Value]]:
            limit = None if seconds is None else seconds * len(portion) + _GRACE
            return pool.schedule(_each, args=(work, portion), timeout=limit)

        for portion in portions:
            under_way.append((portion, give(portion)))
            if len(under_way) >= jobs * _AHEAD:
                yield from _taken(*under_way.popleft(), give)
        while under_way:
            yield from _taken(*under_way.popleft(), give)
        pool.close()  # type: ignore[no-untyped-call]
    except BaseException:
        pool.stop()  # type: ignore[no-untyped-call]
        raise
    finally:
        pool.join()


def _taken(
    portion: Sequence[Item], done: "Future[list[Value]]", give: Callable[[Sequence[Item]], "Future[list[Value]]"]
) -> Iterator[tuple[Item, Value | Lost]]:
    """What became of a portion; of one that was lost, each item is tried once more by itself."""
    values: Sequence[Value | Lost]
    try:
        values = done.result()
    except (ProcessExpired, TimeoutError) as error:
        if len(portion) > 1:
            for item in portion:
                yield from _taken([item], give([item]), give)
            return
        values = [Lost.DIED if isinstance(error, ProcessExpired) else Lost.TOO_LONG]
    yield from zip(portion, values, strict=True)


def _each(work: Callable[[Item], Value], portion: Sequence[Item]) -> list[Value]:
    values = []
    for item in portion:
        # Another run may already be at work where the one that gave this portion was killed.
        if (giver := parent_process()) is not None and not giver.is_alive():
            raise SystemExit(1)
        values.append(work(item))
    return values


def _begin() -> None:
    """Leave interrupts to the process that gave the work, and end tidily when it says so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)


def _end(_number: int, _frame: object) -> NoReturn:
    raise SystemExit(1)
