"""Brings a request to the pool, watches whether its client still waits, and turns what goes wrong into problems."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from starlette.requests import ClientDisconnect, Request

from converter.batch.lane import LostError, TooLongError
from converter.service.intake import BUSY, RETRY
from converter.service.pool import FullError, Pool
from converter.service.problems import Problem

P = ParamSpec("P")
Value = TypeVar("Value")


async def dealt(request: Request, work: Callable[P, Value], *args: P.args, **kwargs: P.kwargs) -> Value:
    """Let a process of the pool for documents call a function of a module, while the client waits.

    The body of the request has to be read before.

    Raises:
        Problem: 503 where too much work waits or the process died, 422 where it took too long.
        ClientDisconnect: the client has gone; what was done for it is ended.
        ConverterError: what the function raised.
    """
    return await _by(request.app.state.pool, request, work, *args, **kwargs)


async def looked_up(request: Request, work: Callable[P, Value], *args: P.args, **kwargs: P.kwargs) -> Value:
    """Let the pool for short questions call a function, so that these need not wait for documents; else as `dealt`."""
    return await _by(request.app.state.lookups, request, work, *args, **kwargs)


async def _by(pool: Pool, request: Request, work: Callable[P, Value], /, *args: P.args, **kwargs: P.kwargs) -> Value:
    doing = asyncio.ensure_future(pool.run(work, *args, **kwargs))
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((doing, gone), return_when=asyncio.FIRST_COMPLETED)
        if not doing.done():
            raise ClientDisconnect
        return doing.result()
    except FullError as error:
        raise Problem(503, BUSY, headers=RETRY) from error
    except TooLongError as error:
        raise Problem(
            422, "The request took longer than it may, and was ended. Send fewer or smaller documents at a time."
        ) from error
    except LostError as error:
        raise Problem(503, "The process that dealt with the request ended. Send it again.", headers=RETRY) from error
    finally:
        doing.cancel()
        gone.cancel()


async def _gone(request: Request) -> None:
    """Return when the client has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
