"""Processes of the service: one that hangs, dies or fails costs its work and no other."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from converter.batch.lane import LostError, TooLongError
from converter.errors import UsageError
from converter.service.pool import FailedError, FullError, Pool
from converter.service.questions import explained

pytestmark = pytest.mark.long


@asynccontextmanager
async def started(processes: int = 1, waiting: int = 4, seconds: float = 30) -> AsyncIterator[Pool]:
    pool = Pool(processes, waiting, seconds)
    await pool.start()
    try:
        yield pool
    finally:
        await pool.close()


def tried(test: Callable[[Pool], Awaitable[Any]], **settings: Any) -> None:
    async def whole() -> None:
        async with started(**settings) as pool:
            await test(pool)

    asyncio.run(whole())


def test_work_travels_and_its_value_comes_back() -> None:
    async def test(pool: Pool) -> None:
        assert await pool.run(os.getpid) != os.getpid()
        assert await asyncio.gather(*(pool.run(abs, -n) for n in range(4))) == [0, 1, 2, 3]
        assert (pool.under_way, pool.waiting, pool.restarts) == (0, 0, 0)

    tried(test)


def test_what_takes_too_long_is_ended() -> None:
    async def test(pool: Pool) -> None:
        with pytest.raises(TooLongError):
            await pool.run(time.sleep, 60)
        assert await pool.run(abs, -1) == 1
        assert pool.restarts == 1

    tried(test, seconds=-1.5)  # half a second together with the time that is allowed beyond the limit


def test_a_process_that_dies_costs_its_work() -> None:
    async def test(pool: Pool) -> None:
        with pytest.raises(LostError):
            await pool.run(os._exit, 3)
        assert await pool.run(abs, -1) == 1
        number = await pool.run(os.getpid)
        os.kill(number, signal.SIGTERM)  # while it has nothing to do
        await asyncio.sleep(0.5)
        assert await pool.run(abs, -2) == 2

    tried(test)


def test_what_work_raises_is_told_without_its_words() -> None:
    async def test(pool: Pool) -> None:
        with pytest.raises(FailedError) as caught:
            await pool.run(int, "123456789 is no number")
        assert caught.value.kind == "ValueError"
        assert "123456789" not in str(caught.value.where)
        with pytest.raises(UsageError, match="was not found"):
            await pool.run(explained, "xyzzy", None, ())

    tried(test)


def test_processes_print_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    async def test(pool: Pool) -> None:
        for stream in (1, 2):
            assert await pool.run(os.write, stream, b"123456789") == 9
        await pool.run(print, "123456789", flush=True)
        with pytest.raises(LostError):  # what is no Exception ends the process, which would print where it was
            await pool.run(exec, "class Ended(BaseException): pass\nraise Ended('123456789')")

    tried(test)
    assert capfd.readouterr() == ("", "")


def test_no_more_waits_than_may() -> None:
    async def test(pool: Pool) -> None:
        doing = [asyncio.ensure_future(pool.run(time.sleep, 0.2)) for _ in range(3)]
        await asyncio.sleep(0)
        assert pool.full
        with pytest.raises(FullError):
            await pool.run(abs, -1)
        await asyncio.gather(*doing)
        assert await pool.run(abs, -1) == 1

    tried(test, waiting=2)


def test_who_goes_while_waiting_frees_the_place() -> None:
    async def test(pool: Pool) -> None:
        first, second, third = (asyncio.ensure_future(pool.run(time.sleep, 0.3)) for _ in range(3))
        await asyncio.sleep(0.05)
        second.cancel()
        await asyncio.sleep(0)
        assert (pool.under_way, pool.waiting) == (2, 1)
        await asyncio.gather(first, third)
        assert (pool.under_way, pool.waiting, pool.restarts) == (0, 0, 0)

    tried(test)


def test_what_nobody_waits_for_any_more_is_ended() -> None:
    async def test(pool: Pool) -> None:
        doing = asyncio.ensure_future(pool.run(time.sleep, 60))
        await asyncio.sleep(0.1)
        doing.cancel()
        begin = time.monotonic()
        assert await pool.run(abs, -1) == 1
        assert time.monotonic() - begin < 20
        assert pool.restarts == 1

    tried(test)


def test_short_work_that_nobody_waits_for_keeps_its_process() -> None:
    async def test(pool: Pool) -> None:
        doing = asyncio.ensure_future(pool.run(time.sleep, 0.2))
        await asyncio.sleep(0.05)
        doing.cancel()
        assert await pool.run(abs, -1) == 1
        await asyncio.sleep(1.2)
        assert await pool.run(abs, -1) == 1
        assert pool.restarts == 0

    tried(test)


def test_large_work_leaves_no_memory_behind() -> None:
    async def test(pool: Pool) -> None:
        number = await pool.run(os.getpid)
        assert await pool.run(len, b"x" * 20_000_000) == 20_000_000
        assert await pool.run(os.getpid) != number

    tried(test)


def test_closing_ends_what_is_done() -> None:
    async def test() -> None:
        begin = time.monotonic()
        async with started() as pool:
            doing = asyncio.ensure_future(pool.run(time.sleep, 60))
            await asyncio.sleep(0.1)
        with pytest.raises(LostError):
            await doing
        assert time.monotonic() - begin < 30

    asyncio.run(test())
