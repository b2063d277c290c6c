"""How much a request may bring, and how long that may take. Nothing of it is written to disk."""

import asyncio
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from converter.service.metrics import Metrics
from converter.service.problems import Problem
from converter.service.settings import Settings
from converter.source.limits import MEGABYTE

RETRY = {"Retry-After": "5"}
BUSY = "The service is busy. Send the request again in a few seconds."


class Intake:
    """Limits the size of each request and of all together, and the time that a client may take.

    Args:
        app: what the requests are handed on to.
        settings: the limits.
        metrics: where the bytes that are held are shown.
    """

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics) -> None:
        self._app = app
        self._settings, self._metrics = settings, metrics
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on a request.

        Raises:
            Problem: it is too large, at once or as it comes in; or too slow; or there is no memory left for it.
        """
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        self._check_size(announced(Headers(scope=scope)))
        body = _Body(self, receive, self._settings)
        try:
            await self._app(scope, body.receive, send)
        finally:
            self._hold(-body.size)

    def take(self, size: int, whole: int) -> None:
        """Take one more piece of a request, with which it has a size.

        Raises:
            Problem: there is no place for it.
        """
        self._hold(size)
        self._check_size(whole)
        if self._held > self._settings.memory_bytes:
            raise Problem(503, BUSY, headers=RETRY)

    def _hold(self, size: int) -> None:
        self._held += size
        self._metrics.hold(size)

    def _check_size(self, size: int) -> None:
        if size > self._settings.upload_bytes:
            megabytes = self._settings.upload_bytes / MEGABYTE
            raise Problem(
                413,
                f"The request is larger than {megabytes:g} MB. Send fewer documents at a time, or start the service "
                "with a higher --max-upload.",
            )


class _Body:
    """The body of one request."""

    def __init__(self, intake: Intake, receive: Receive, settings: Settings) -> None:
        self._intake, self._receive, self._settings = intake, receive, settings
        self._end = asyncio.get_running_loop().time() + settings.transfer_seconds
        self._ended = False
        self.size = 0

    async def receive(self) -> Message:
        """Return the next message; those that come after the whole body may take as long as they like."""
        if self._ended:
            return await self._receive()
        left = self._end - asyncio.get_running_loop().time()
        try:
            message = await asyncio.wait_for(self._receive(), max(0.0, min(left, self._settings.idle_seconds)))
        except TimeoutError as error:
            raise Problem(408, "The request did not arrive in time. Send it again.") from error
        size = len(message.get("body", b""))
        self.size += size
        self._ended = not message.get("more_body", False)
        self._intake.take(size, self.size)
        return message


def announced(headers: Mapping[str, str]) -> int:
    """Return the size that a request says it has; 0 where it says none."""
    text = headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() else 0
