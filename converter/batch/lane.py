"""A process that does one job after the other for one who asks.

It has a pipe of its own: one that is killed, wherever it is, holds no lock that others wait for, and its end is noticed
at once. Where processes share a pipe, one that is killed in the midst of a message or of a lock stops all of them.
"""

import pickle
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

_STARTS, _LONGEST_START = 2, 60.0
"""How often a start is tried, because one that starts may be killed from outside, and the seconds that it may take."""
_TO_END = 5.0
"""Seconds that a process has to clear up after itself when it is told to end."""
_MANY_BYTES = 16 * 1024 * 1024
"""Size of a job after which its process is replaced, because it keeps the memory."""


class LostError(Exception):
    """The process that did the work died."""


class NotStartedError(LostError):
    """There is no process for the work: none starts, or the lane was closed."""


class TooLongError(Exception):
    """The work took longer than it may, and was ended."""


class Lane:
    """A process and the pipe to it; it is started when it is needed. Jobs are given by one thread at a time.

    Args:
        prepare: a function that travels; it is called in each new process before its first job.
    """

    def __init__(self, prepare: Callable[[], object]) -> None:
        self._prepare = prepare
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._starting = threading.Lock()
        self._closed = False
        self.restarts = 0

    @property
    def alive(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.is_alive()

    def start(self) -> Connection:
        """Start the process, if there is none that lives; return the pipe to it.

        Raises:
            NotStartedError: it does not start.
        """
        if self._pipe is not None and self.alive:
            return self._pipe
        for _ in range(_STARTS):
            with suppress(EOFError, OSError):
                pipe = self._new_process()
                if pipe.poll(_LONGEST_START):
                    pipe.recv_bytes()
                    return pipe
            self.end()
        raise NotStartedError("the process does not start")

    def _new_process(self) -> Connection:
        with self._starting:
            if self._closed:
                raise NotStartedError("the lane is closed")
            if self._pipe is not None:
                self._pipe.close()
            self.restarts += self._process is not None
            context = get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, self._prepare), daemon=True)
            process.start()
            theirs.close()
            self._process, self._pipe = process, ours
        return ours

    def ask(self, job: bytes, seconds: float | None = None) -> Any:
        """Let the process do a job, and return its value, or raise what it raised.

        Args:
            job: a function of a module and its arguments, pickled.
            seconds: time that it may take; None for any.

        Raises:
            LostError: the process died of it.
            NotStartedError: there is no process for it.
            TooLongError: it took too long; its process was ended.
        """
        pipe = self.start()
        try:
            pipe.send_bytes(job)
            answered = pipe.poll(seconds)
            answer = pipe.recv_bytes() if answered else b""
        except (EOFError, OSError) as error:
            self.end()
            raise LostError("the process ended") from error
        if not answered:
            self.end()
            raise TooLongError
        failed, value = pickle.loads(answer)
        if len(job) + len(answer) > _MANY_BYTES:
            self.end()
        if failed:
            raise value
        return value

    def end(self) -> None:
        """End the process, whatever it does; the next job has a new one."""
        if self._process is not None:
            self._process.terminate()
            self._process.join(_TO_END)
            self._process.kill()
            self._process.join()

    def close(self) -> None:
        """End the process, also one that another thread is just starting; there is no new one."""
        with self._starting:
            self._closed = True
        self.end()


def _work(pipe: Connection, prepare: Callable[[], object]) -> None:
    """What each process does: one job after the other, until nobody is there who asks."""
    prepare()
    pipe.send_bytes(b"ready")
    while True:
        try:
            job = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        pipe.send_bytes(_done(job))
        del job


def _done(job: bytes) -> bytes:
    try:
        work, arguments = pickle.loads(job)
        return pickle.dumps((False, work(*arguments)), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        error.add_note("In the process that did it:\n" + "".join(traceback.format_tb(error.__traceback__)))
        try:
            return pickle.dumps((True, error), pickle.HIGHEST_PROTOCOL)
        except Exception:
            return pickle.dumps((True, RuntimeError(type(error).__name__)), pickle.HIGHEST_PROTOCOL)
