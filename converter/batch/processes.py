"""Processes that share the work on many files. One that dies or hangs costs its file and no other."""

import gc
import pickle
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from multiprocessing import parent_process
from queue import SimpleQueue
from typing import NoReturn, TypeVar

from converter.batch.lane import Lane, LostError, NotStartedError, TooLongError
from converter.batch.lost import Lost
from converter.errors import ConverterError

Item = TypeVar("Item")
Value = TypeVar("Value")

_AHEAD = 8
"""Portions for each process that are given out before they are asked for: others go on while one is long at work."""
_GRACE = 5.0
"""Seconds beyond the time limit after which a process that does not look at the clock is ended."""


def in_order(
    work: Callable[[Item], Value], portions: Iterable[Sequence[Item]], jobs: int, seconds: float | None
) -> Generator[tuple[Item, Value | Lost], None, None]:
    """Let processes work on items, and yield what became of them in the order of the items.

    Only a few portions are on their way, so that memory does not grow with their number.

    Args:
        work: what is done with an item; it, the items and the values travel between processes.
        portions: the items in portions, each of which goes to a process as a whole.
        jobs: how many processes.
        seconds: time that one item may take; None for any.

    Raises:
        ConverterError: no process starts.
    """
    lanes = [Lane(partial(_begin, gc.get_threshold())) for _ in range(jobs)]
    idle: SimpleQueue[Lane] = SimpleQueue()
    for lane in lanes:
        idle.put(lane)

    def done(portion: Sequence[Item]) -> list[Value]:
        limit = None if seconds is None else seconds * len(portion) + _GRACE
        lane = idle.get()
        try:
            values: list[Value] = lane.ask(pickle.dumps((_each, (work, portion)), pickle.HIGHEST_PROTOCOL), limit)
            return values
        finally:
            idle.put(lane)

    under_way: deque[tuple[Sequence[Item], Future[list[Value]]]] = deque()
    threads = ThreadPoolExecutor(jobs, "lane")

    def give(portion: Sequence[Item]) -> Future[list[Value]]:
        return threads.submit(done, portion)

    try:
        for portion in portions:
            under_way.append((portion, give(portion)))
            if len(under_way) >= jobs * _AHEAD:
                yield from _taken(*under_way.popleft(), give)
        while under_way:
            yield from _taken(*under_way.popleft(), give)
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for lane in lanes:
            lane.close()
        threads.shutdown()


def _taken(
    portion: Sequence[Item], done: "Future[list[Value]]", give: Callable[[Sequence[Item]], "Future[list[Value]]"]
) -> Iterator[tuple[Item, Value | Lost]]:
    """What became of a portion; of one that was lost, each item is tried once more by itself."""
    values: Sequence[Value | Lost]
    try:
        values = done.result()
    except NotStartedError as error:
        raise ConverterError(
            "No other process could be started. With --jobs 1 (jobs=1) all work is done in this one."
        ) from error
    except (LostError, TooLongError) as error:
        if len(portion) > 1:
            for item in portion:
                yield from _taken([item], give([item]), give)
            return
        values = [Lost.DIED if isinstance(error, LostError) else Lost.TOO_LONG]
    yield from zip(portion, values, strict=True)


def _each(work: Callable[[Item], Value], portion: Sequence[Item]) -> list[Value]:
    values = []
    for item in portion:
        # Another run may already be at work where the one that gave this portion was killed.
        if (giver := parent_process()) is not None and not giver.is_alive():
            raise SystemExit(1)
        values.append(work(item))
    return values


def _begin(threshold: tuple[int, int, int]) -> None:
    """Leave interrupts to the process that gave the work, end when it says so, and collect garbage as seldom as it."""
    gc.set_threshold(*threshold)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)


def _end(number: int, _frame: object) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # once is enough: a second time would disturb the end
    raise SystemExit(1)
