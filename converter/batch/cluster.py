"""Workers of a Dask cluster that share the work on many files, on this machine or on others.

They read and write themselves; what travels is work, names and what became of the files. It loads Dask, which comes
with the extra `cluster`.
"""

import asyncio
import logging
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any, TypeVar

import distributed
from distributed.comm.addressing import normalize_address

from converter.batch.installation import Installation, installation
from converter.batch.lost import Lost
from converter.batch.worker import Answer, worked_on
from converter.errors import UsageError

Item = TypeVar("Item")
Value = TypeVar("Value")

_AHEAD = 3
"""Portions for each thread of a worker that are given out before they are asked for."""
_CONNECT, _FIRST_WORKER, _WITHOUT_WORKERS = 10, 30, 120
"""Seconds to wait for the scheduler, for its first worker, and for another one where all are gone."""
_RETRIES = 2
"""How often a portion is tried again that failed on a worker that lives."""
_DEATHS = 1
"""How many workers of a local cluster may die of a portion before it is said to be the cause."""
_REVIVE, _REVIVALS = 15, 5
"""Seconds without workers after which a cluster of our own gets new ones, and how often."""
_LOOK = 5.0
"""Seconds between two looks at how many workers there are."""
_GONE = "The scheduler ended the work: it was stopped, or started again. What is written stays."
_NAMED = 5
"""Most workers that a message names."""
_PRELOAD = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
"""What a worker of our own runs first: it leaves interrupts to this process, which ends it."""


class Cluster:
    """A connection to a scheduler and its workers, which convert with what this process converts with.

    Args:
        scheduler: address of the scheduler; None for a cluster on this machine, which ends with the connection.
        jobs: number of the workers of a cluster on this machine.
        added: folders with data and schema files that the work uses, beside the data of the package.

    Raises:
        UsageError: the scheduler cannot be reached, has no workers, or one of them converts with something else.
    """

    def __init__(self, scheduler: str | None, jobs: int, added: Sequence[Path] = ()) -> None:
        for name in ("distributed", "tornado", "asyncio"):  # what they would print is not for users
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self._added = tuple(added)
        self._here = installation(self._added)
        self._own: Any = None
        self._client: Any = None
        self._jobs, self._revivals = jobs, _REVIVALS
        self._threads, self._looked, self._worked = 1, 0.0, time.monotonic()
        if scheduler is not None:
            _find(scheduler)
        try:
            # In a thread, because an interrupt in the midst would leave what cannot be closed.
            with ThreadPoolExecutor(1) as thread:
                thread.submit(self._connect, scheduler, jobs).result()
            self._wait_for_workers(scheduler, jobs)
            self._ask_workers()
        except BaseException:
            self.close()
            raise

    def in_order(
        self, work: Callable[[Item], Value], portions: Iterable[Sequence[Item]], seconds: float | None
    ) -> Generator[tuple[Item, Value | Lost], None, None]:
        """Let the workers work on items, and yield what became of them in the order of the items.

        Only a few portions are on their way, so that memory does not grow with their number. At the end the connection
        is closed.

        Args:
            work: what is done with an item; it, the items and the values travel between machines.
            portions: the items in portions, each of which goes to a worker as a whole.
            seconds: time that one item may take; None for any.

        Raises:
            UsageError: the scheduler or all workers are gone, or a worker came that converts with something else.
        """
        under_way: deque[tuple[Sequence[Item], Any]] = deque()

        def give(portion: Sequence[Item]) -> Any:
            self._require_scheduler()
            packed = pickle.dumps((work, portion, seconds))
            return self._client.submit(worked_on, packed, self._here, self._added, pure=False, retries=_RETRIES)

        try:
            for portion in portions:
                under_way.append((portion, give(portion)))
                if len(under_way) >= self._count_threads() * _AHEAD:
                    yield from self._taken(*under_way.popleft(), give, under_way)
            while under_way:
                yield from self._taken(*under_way.popleft(), give, under_way)
        finally:
            if self._client.status == "running":
                self._client.cancel([future for _, future in under_way])
            self.close()

    def close(self) -> None:
        """Close the connection, and end the cluster if it is our own."""
        for one in (self._client, self._own):
            if one is not None:
                with suppress(Exception, KeyboardInterrupt):  # interrupted once more, it need not be tidy
                    one.close(timeout=_CONNECT)

    def _connect(self, scheduler: str | None, jobs: int) -> None:
        try:
            self._own = _local(jobs) if scheduler is None else None
            self._client = distributed.Client(self._own or scheduler, timeout=_CONNECT, set_as_default=False)
        except OSError as error:
            raise UsageError(f"The scheduler {scheduler or 'of this machine'} cannot be reached any more.") from error

    def _taken(
        self, portion: Sequence[Item], future: Any, give: Callable[[Sequence[Item]], Any], others: Iterable[Any]
    ) -> Iterator[tuple[Item, Value | Lost]]:
        """What became of a portion; of one that workers died of, each item is tried by itself, and then alone."""
        answer = self._answer(future)
        if answer is None and len(portion) > 1:
            for item in portion:
                yield from self._taken([item], give([item]), give, others)
            return
        if answer is None:
            # What dies beside the one that killed the worker is not to be blamed.
            for _, other in others:
                self._wait(other)
            answer = self._answer(give(portion))
        values = [Lost.DIED] if answer is None else answer.values
        if answer is not None and answer.stuck:
            self._restart(answer.worker)
        yield from zip(portion, values, strict=False)
        if rest := portion[len(values) :]:
            yield from self._taken(rest, give(rest), give, others)

    def _answer(self, future: Any) -> Answer | None:
        """What a worker says of a portion; None where workers died of it."""
        while True:
            try:
                answer: Answer = future.result(timeout=_LOOK)  # which may be lost with its worker, and made again
                break
            except distributed.KilledWorker:
                return None
            except (TimeoutError, CancelledError):
                if future.status == "error":  # it was the work that raised it
                    raise
                if future.status == "cancelled":
                    raise UsageError(_GONE) from None
                self._count_threads()
        if words := self._here.differs(answer.here, self._added):
            raise UsageError(_refusal({answer.worker: words}))
        return answer

    def _wait(self, future: Any) -> None:
        """Wait for a task.

        Raises:
            UsageError: there have been no workers for a while.
        """
        while not future.done():
            with suppress(TimeoutError, CancelledError):
                future.exception(timeout=_LOOK)
            self._count_threads()

    def _count_threads(self) -> int:
        """How many threads the workers have, looked at now and then; at least 1.

        Raises:
            UsageError: there have been no workers for a while.
        """
        self._require_scheduler()
        now = time.monotonic()
        if now - self._looked >= _LOOK:
            threads = 0
            with suppress(OSError, TimeoutError):
                threads = sum(self._client.nthreads().values())
            self._looked, self._threads = now, max(1, threads)
            if threads:
                self._worked = now
            elif self._own is not None and self._revivals and now - self._worked > _REVIVE:
                # A nanny does not start a worker again that dies before it has noticed its start.
                self._own.scale(len(self._own.worker_spec) + self._jobs)
                self._revivals, self._worked = self._revivals - 1, now
            elif now - self._worked > _WITHOUT_WORKERS:
                raise UsageError(f"There has been no worker for {_WITHOUT_WORKERS} seconds. What is written stays.")
        return self._threads

    def _require_scheduler(self) -> None:
        # Once the connection is lost, all tasks are, and Dask would wait for answers without end.
        if self._client.status != "running":
            raise UsageError(_GONE)

    def _restart(self, worker: str) -> None:
        with suppress(Exception):  # one that has gone by itself is as good
            self._client.restart_workers([worker], timeout=_FIRST_WORKER, raise_for_error=False)

    def _wait_for_workers(self, scheduler: str | None, jobs: int) -> None:
        try:
            self._client.wait_for_workers(1 if scheduler else jobs, timeout=_FIRST_WORKER * (1 if scheduler else 4))
        except TimeoutError as error:
            where = f"The scheduler {scheduler} has no worker" if scheduler else "The workers did not start"
            raise UsageError(f"{where}; nothing was begun.") from error

    def _ask_workers(self) -> None:
        """Ask the scheduler and all workers what they convert with.

        Raises:
            UsageError: one of them converts with something else.
        """
        wrong: dict[str, str] = {}
        try:
            self._client.run_on_scheduler(installation)
        except Exception as error:  # what a missing module raises there is of many types
            wrong["the scheduler"] = _problem(error)
        for worker, found in self._client.run(installation, self._added, on_error="return").items():
            same = isinstance(found, Installation)
            words = self._here.differs(found, self._added) if same else _problem(found)
            if words:
                wrong[worker] = words
        if wrong:
            raise UsageError(_refusal(wrong))


def _local(jobs: int) -> Any:
    """Start a scheduler in this process, and workers of one thread each in processes of their own."""
    cluster = distributed.LocalCluster(
        n_workers=0,
        threads_per_worker=1,
        processes=True,
        memory_limit=0,
        dashboard_address=None,
        worker_dashboard_address=None,
        silence_logs=logging.CRITICAL + 1,
        preload=[_PRELOAD],
        scheduler_kwargs={"allowed_failures": _DEATHS},
    )
    cluster.sync(_hold_interrupts)
    cluster.scale(jobs)
    return cluster


async def _hold_interrupts() -> None:
    """Let what this thread starts get no interrupts, not even before its own first line."""
    if hasattr(signal, "pthread_sigmask"):
        resource_tracker.ensure_running()  # the first process would start it, which lets interrupts through again
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _find(scheduler: str) -> None:
    """Find a scheduler, for which a client would wait in places that know no time limit.

    Raises:
        UsageError: there is none.
    """
    try:
        asyncio.run(asyncio.wait_for(_ask(scheduler), _CONNECT))
    except Exception as error:  # Dask, sockets and certificates raise anything
        words = str(error) if isinstance(error, ValueError) else "no scheduler answers there"
        if isinstance(error, TypeError):
            words = "it wants certificates, which the configuration of Dask names under distributed.comm.tls"
        raise UsageError(f"The scheduler {scheduler} cannot be reached: {words}.") from error


async def _ask(address: str) -> None:
    """Ask what is at an address who it is.

    Raises:
        ValueError: it is no address of a scheduler.
    """
    arguments = distributed.Security().get_connection_args("client")
    async with distributed.rpc(normalize_address(address), connection_args=arguments) as there:
        if (await there.identity())["type"] != "Scheduler":
            raise ValueError("it is the address of another part of a cluster")


def _refusal(wrong: dict[str, str]) -> str:
    named = "; ".join(f"{worker} has {words}" for worker, words in sorted(wrong.items())[:_NAMED])
    more = f"; and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
    return (
        f"Workers that would convert otherwise are refused: {named}{more}. Give them the same version of qrda2qpp and "
        "the same files, and start them again."
    )


def _problem(error: Any) -> str:
    if "No module named 'converter'" in str(error):
        return "no qrda2qpp"
    return "another version of qrda2qpp" if "converter" in str(error) else f"a failure ({type(error).__name__})"
