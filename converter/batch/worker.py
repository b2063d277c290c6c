"""What a worker of Dask does with a portion. It loads Dask, which comes with the extra `cluster`."""

import pickle
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from functools import lru_cache
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple, TypeVar

from distributed import get_worker

from converter.batch.installation import Installation, installation
from converter.batch.lost import Lost

Item = TypeVar("Item")
Value = TypeVar("Value")

_SETTLE = 0.5
"""Seconds that a nanny has to notice that its worker has started."""
_GRACE = 5.0
"""Seconds beyond the time limit after which an item that does not look at the clock is given up."""


class Answer(NamedTuple):
    """What a worker says of a portion.

    Attributes:
        worker: its address.
        here: what it converts with.
        values: what became of the items; none where the worker is refused, fewer than items where one of them hangs.
        stuck: whether a thread of the worker hangs, so that it is to be started again.
    """

    worker: str
    here: Installation
    values: list[Any]
    stuck: bool = False


def worked_on(packed: bytes, wanted: Installation, added: Sequence[Path]) -> Answer:
    """Work on a portion; but not where this worker converts with something else than the process that asks.

    Args:
        packed: the work, the items and the seconds that one may take, pickled, so that nobody looks into them before.
        wanted: what the process that asks converts with.
        added: folders and files that it uses beside the data of the package.
    """
    worker = get_worker()
    _settle()
    here = installation(added)
    if here != wanted:
        return Answer(worker.address, here, [])
    values, stuck = _each(*pickle.loads(packed))
    return Answer(worker.address, here, values, stuck and bool(worker.nanny))


@lru_cache(maxsize=1)
def _settle() -> None:
    """Wait once, before the first portion: a worker that dies before its nanny has noticed its start stays away."""
    time.sleep(_SETTLE)


def _each(
    work: Callable[[Item], Value], portion: Sequence[Item], seconds: float | None
) -> tuple[list[Value | Lost], bool]:
    """What becomes of items, up to the first that hangs; and whether one did."""
    if seconds is None:
        return [work(item) for item in portion], False
    futures: list[Future[Value]] = [Future() for _ in portion]

    def run() -> None:
        for item, future in zip(portion, futures, strict=True):
            try:
                future.set_result(work(item))
            except BaseException as error:
                return future.set_exception(error)

    # Another thread, because this one has to be able to leave it.
    Thread(target=run, daemon=True).start()
    values: list[Value | Lost] = []
    for future in futures:
        if wait([future], seconds + _GRACE).not_done:
            return [*values, Lost.TOO_LONG], True
        values.append(future.result())
    return values, False
