"""Processes that share the work on many files. One that dies or hangs costs its file and no other."""

import gc
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any, NoReturn, TypeVar

from pebble import ProcessExpired, ProcessPool

from converter.batch.lost import Lost

Item = TypeVar("Item")
Value = TypeVar("Value")

_AHEAD = 8
"""Portions for each process that are given out before they are asked for: others go on while one is long at work."""
_GRACE = 5.0
"""Seconds beyond the time limit after which a process that does not look at the clock is ended."""


class _Spawn(SpawnContext):
    """Starts processes and knows them: one that is just starting must end before the pool takes its locks away."""

    def __init__(self) -> None:
        super().__init__()
        self._started: list[SpawnProcess] = []

    def Process(self, **what: Any) -> SpawnProcess:  # type: ignore[override]
        self._started.append(SpawnProcess(**what))
        return self._started[-1]

    def end(self) -> None:
        """End what was started and still lives."""
        for one in self._started:
            if one.is_alive():
                one.terminate()
        for one in self._started:
            if one.pid is not None:
                one.join(_GRACE)


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
    """
    context = _Spawn()
    pool = ProcessPool(max_workers=jobs, context=context, initializer=_begin, initargs=gc.get_threshold())
    try:
        # In a thread, because an interrupt in the midst of it would leave a process that nobody knows of.
        with ThreadPoolExecutor(1) as starting:
            starting.submit(lambda: pool.active).result()
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
        with _silent_pool():
            pool.stop()  # type: ignore[no-untyped-call]
            context.end()
            pool.join()
        raise
    finally:
        pool.join()


@contextmanager
def _silent_pool() -> Iterator[None]:
    """Print no trace of the pool's own threads, for which a process that ends while it answers is an error."""
    print_trace = threading.excepthook

    def of_others(failure: threading.ExceptHookArgs) -> None:
        trace = failure.exc_traceback
        while trace and not trace.tb_frame.f_globals.get("__name__", "").startswith("pebble."):
            trace = trace.tb_next
        if not trace:
            print_trace(failure)

    threading.excepthook = of_others
    try:
        yield
    finally:
        threading.excepthook = print_trace


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


def _begin(*threshold: int) -> None:
    """Leave interrupts to the process that gave the work, end when it says so, and collect garbage as seldom as it."""
    gc.set_threshold(*threshold)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)


def _end(number: int, _frame: object) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # once is enough: a second time would disturb the end
    raise SystemExit(1)
