"""Processes that do the work of requests. One that hangs or dies costs its request and no other."""

import asyncio
import os
import pickle
import signal
import traceback
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from converter.batch.lane import Lane
from converter.errors import ConverterError

P = ParamSpec("P")
Value = TypeVar("Value")

_GRACE = 2.0
"""Seconds beyond the time limit after which a process that does not look at the clock is ended."""
_LET_END = 1.0
"""Seconds that work goes on after nobody waits for it any more: a new process costs about as much."""
_PLACES = 12


class FullError(Exception):
    """As much work waits as may wait."""


class FailedError(Exception):
    """The work raised something that it should not.

    Args:
        kind: name of the exception; its message is left out, because it may quote a document.
        where: where it was raised, as lines of the source.
    """

    def __init__(self, kind: str, where: list[str]) -> None:
        super().__init__(kind, where)
        self.kind, self.where = kind, where


class Pool:
    """Processes that do work for requests.

    Args:
        processes: how many.
        waiting: how much work may wait for them.
        seconds: time that a piece of work may take.
    """

    def __init__(self, processes: int, waiting: int, seconds: float) -> None:
        self._lanes = [Lane(_begin) for _ in range(processes)]
        self._idle = deque(self._lanes)
        self._queue: deque[asyncio.Future[Lane]] = deque()
        self._most = processes + waiting
        self._limit = seconds + _GRACE
        self._threads = ThreadPoolExecutor(processes, "pool")
        self._closed = False
        self.under_way = 0

    @property
    def waiting(self) -> int:
        """How much work waits for a process."""
        return len(self._queue)

    @property
    def restarts(self) -> int:
        """How many processes had to be replaced."""
        return sum(lane.restarts for lane in self._lanes)

    @property
    def full(self) -> bool:
        """Whether no more work is taken."""
        return self.under_way >= self._most

    async def start(self) -> None:
        """Start the processes, and return when they are ready.

        Raises:
            LostError: one does not start.
        """
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(loop.run_in_executor(self._threads, lane.start) for lane in self._lanes))

    async def run(self, work: Callable[P, Value], *args: P.args, **kwargs: P.kwargs) -> Value:
        """Let a process call a function of a module, and return what it returns; all of it travels.

        Where whoever waits for it is cancelled, the work is ended and its place is free.

        Raises:
            FullError: too much work waits.
            TooLongError: it took too long.
            LostError: its process died.
            ConverterError: what the function raised, where it is one of ours.
            FailedError: the function raised something else.
        """
        if self.full or self._closed:
            raise FullError
        self.under_way += 1
        try:
            lane = await self._lane()
        except BaseException:
            self.under_way -= 1
            raise
        loop = asyncio.get_running_loop()
        job = pickle.dumps((_done, (work, args, kwargs)), pickle.HIGHEST_PROTOCOL)
        future = loop.run_in_executor(self._threads, lane.ask, job, self._limit)
        future.add_done_callback(lambda done: self._free(lane, done))
        del job
        try:
            value: Value = await asyncio.shield(future)
        except asyncio.CancelledError:
            loop.call_later(_LET_END, _end_unless_done, lane, future)
            raise
        return value

    async def close(self) -> None:
        """End the processes, and what they do."""
        self._closed = True
        for lane in self._lanes:
            lane.close()
        await asyncio.get_running_loop().run_in_executor(None, self._threads.shutdown)

    async def _lane(self) -> Lane:
        if self._idle:
            return self._idle.popleft()
        turn: asyncio.Future[Lane] = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                self._queue.remove(turn)
            else:
                self._give(turn.result())
            raise

    def _free(self, lane: Lane, done: asyncio.Future[Any]) -> None:
        self.under_way -= 1
        if not done.cancelled():
            done.exception()  # nobody may be left who asks for it
        if lane.alive or self._closed:
            self._give(lane)
        else:
            started = asyncio.get_running_loop().run_in_executor(self._threads, lane.start)
            started.add_done_callback(lambda one: self._started(lane, one))

    def _started(self, lane: Lane, done: asyncio.Future[Any]) -> None:
        if not done.cancelled():
            done.exception()  # the next work tries once more
        self._give(lane)

    def _give(self, lane: Lane) -> None:
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(lane)
                return
        self._idle.append(lane)


def _end_unless_done(lane: Lane, future: asyncio.Future[Any]) -> None:
    if not future.done():
        lane.end()


def places_of(error: BaseException) -> list[str]:
    """Return where an exception was raised, the last places; nothing of it quotes a document."""
    frames = traceback.extract_tb(error.__traceback__)[-_PLACES:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]


def _begin() -> None:
    """What each process does first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is a matter of the service
    from converter.service.work import prepare

    prepare()
    _say_nothing()


def _say_nothing() -> None:
    """Let what libraries or a death of this process would print go nowhere: it may quote a document."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _done(work: Callable[P, Value], args: Any, kwargs: Any) -> Value:
    try:
        return work(*args, **kwargs)
    except ConverterError:
        raise
    except Exception as error:
        raise FailedError(type(error).__name__, places_of(error)) from None
