"""What is known of the requests afterwards: an id, a line in the log and numbers; no names and no content."""

import json
import re
import sys
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from converter.service.metrics import Metrics
from converter.service.pool import FailedError, places_of
from converter.service.problems import Problem, problem_response

REQUEST_ID = "X-Request-Id"
_HARMLESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_NUMBERS = re.compile(r"\d{9,}")
"""What may be a TIN or NPI. A made id has hyphens between its digits, and letters."""
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
GONE = 499
"""Status in the log of a request whose client did not wait for the answer."""

Say = Callable[[dict[str, Any]], None]


def say_on_stderr(line: dict[str, Any]) -> None:
    """Write a line of the log to the standard error, as JSON."""
    with suppress(OSError, ValueError, AttributeError):  # requests are served also when nobody reads the log
        sys.stderr.write(json.dumps(line, ensure_ascii=True) + "\n")
        sys.stderr.flush()


def now() -> str:
    """Return the time for a line of the log."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Watch:
    """Gives each request an id, writes a line about it, counts it, and answers whatever goes wrong.

    Args:
        app: what the requests are handed on to.
        metrics: where they are counted.
        say: writes a line of the log.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, say: Say = say_on_stderr) -> None:
        self._app, self._metrics, self._say = app, metrics, say

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on a request, and say what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        seen = _Seen(scope, receive, send)
        scope.setdefault("state", {})["request_id"] = seen.id
        self._metrics.began()
        try:
            await self._app(scope, seen.receive, seen.send)
        except Problem as problem:
            await seen.answer(problem)
        except ClientDisconnect:
            pass  # the line of the log says so
        except Exception as error:
            self._say(_failure(error, seen.id))
            await seen.answer(Problem(500, "The service failed. This is a bug in it; other requests are not affected."))
        finally:
            self._metrics.ended(seen.method, seen.route, seen.status, seen.seconds, seen.bytes_in)
            self._say(seen.line())


class _Seen:
    """What is seen of one request."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._begin = time.perf_counter()
        self.id = request_id_of(Headers(scope=scope).get(REQUEST_ID, ""))
        self.status = GONE
        self.bytes_in = self.bytes_out = 0
        self._unread = _has_body(scope)

    @property
    def method(self) -> str:
        """The method, or `OTHER`: a client may send any word."""
        method = str(self._scope["method"])
        return method if method in _METHODS else "OTHER"

    @property
    def route(self) -> str:
        """The template of the path, which holds no value of the request; `-` where there is none."""
        return str(getattr(self._scope.get("route"), "path", "-"))

    @property
    def seconds(self) -> float:
        """Time since the request began."""
        return time.perf_counter() - self._begin

    async def receive(self) -> Message:
        """Return the next message."""
        message = await self._receive()
        self.bytes_in += len(message.get("body", b""))
        if message["type"] == "http.request" and not message.get("more_body", False):
            self._unread = False
        return message

    async def send(self, message: Message) -> None:
        """Send a part of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers[REQUEST_ID] = self.id
            if self._unread:
                headers["Connection"] = "close"
        else:
            self.bytes_out += len(message.get("body", b""))
        await self._send(message)

    async def answer(self, problem: Problem) -> None:
        """Answer with a problem, unless an answer has begun."""
        if self.status == GONE:
            await problem_response(problem, self.id)(self._scope, self.receive, self.send)

    def line(self) -> dict[str, Any]:
        """Return the line of the log."""
        return {
            "time": now(),
            "event": "request",
            "requestId": self.id,
            "method": self.method,
            "route": self.route,
            "status": self.status,
            "seconds": round(self.seconds, 4),
            "bytesIn": self.bytes_in,
            "bytesOut": self.bytes_out,
        }


def request_id_of(given: str) -> str:
    """Return the id that a client has given, if it is harmless and may be no identifier; else a new one."""
    harmless = _HARMLESS.fullmatch(given) and not _NUMBERS.search(re.sub(r"[._-]", "", given))
    return given if harmless else str(uuid.uuid4())


def _has_body(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    return headers.get("content-length", "0") != "0" or "transfer-encoding" in headers


def _failure(error: Exception, request_id: str) -> dict[str, Any]:
    """What is logged of an exception: its kind and where it was raised; its message may quote a document."""
    failed = error if isinstance(error, FailedError) else None
    return {
        "time": now(),
        "event": "failure",
        "requestId": request_id,
        "kind": failed.kind if failed else type(error).__name__,
        "where": failed.where if failed else places_of(error),
    }
