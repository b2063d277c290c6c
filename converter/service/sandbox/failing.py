"""Lets calls go wrong as they are meant to."""

import asyncio
import json
from typing import Any
from uuid import uuid4

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from converter.service.sandbox.answers import (
    SUBMISSION_INVALID,
    ApiError,
    duplicate,
    invalid,
    not_found,
    transport_error,
    unauthorized,
)
from converter.service.sandbox.faults import HEADER, Fault, Plan, fault_of
from converter.service.sandbox.pages import page
from converter.service.sandbox.rate import RateLimit, caller_address

API = "/api/"
_MEMBER = "sandboxMember"
_IDENTITY = ("taxpayerIdentificationNumber", "performanceYear")


class Failing:
    """Lets calls of the API go wrong: by the header of the call, or by the plan.

    Args:
        app: what the calls are handed on to.
        plan: which of them go wrong.
        rate: what a block of ten minutes is asked of.
        seconds: how long a call without an answer is kept open.
    """

    def __init__(self, app: ASGIApp, plan: Plan, rate: RateLimit, seconds: float) -> None:
        self._app, self._plan, self._rate, self._seconds = app, plan, rate, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on a call, before or after which something goes wrong, or nothing does."""
        if scope["type"] != "http" or not scope["path"].startswith(API):
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER)
        try:
            fault = self._plan.fault_for(scope["method"], scope["path"]) if given is None else fault_of(given)
        except ValueError as error:
            await transport_error(400, f"{HEADER}: {error}")(scope, receive, send)
            return
        if fault is None:
            await self._app(scope, receive, send)
        else:
            await self._fail(fault, scope, receive, send)

    async def _fail(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        if fault.name == "unknown-member":
            await self._app(scope, receive, _Adding(send).send)
            return
        if fault.after:
            await self._app(scope, receive, _nowhere)
        if fault.name == "429-block":
            self._rate.block(caller_address(scope))
        if fault.name == "timeout":
            await self._wait(receive)
            return
        if fault.name == "cut":
            await _break_off(send)
            return
        await _response(fault.name)(scope, receive, send)

    async def _wait(self, receive: Receive) -> None:
        """Wait until the client has gone, or for the longest time."""
        try:
            async with asyncio.timeout(self._seconds):
                while (await receive())["type"] != "http.disconnect":
                    pass
        except TimeoutError:
            pass


async def _nowhere(_message: Message) -> None:
    """Take an answer that nobody gets."""


async def _break_off(send: Send) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"data": {', "more_body": True})


def _response(name: str) -> Response:
    if name.startswith("html"):
        html = page(
            "Maintenance", "<p>Instead of an answer of the API there is this page: the fault was asked for.</p>"
        )
        return HTMLResponse(html, 503 if name.endswith("503") else 200)
    if name == "broken-json":
        return Response('{"data": {"totalItems": 1, "subm', 200, media_type="application/json")
    error = _error(name)
    return error.response() if error else transport_error(int(name[:3]), "This fault was asked for.")


def _error(name: str) -> ApiError | None:
    """Return the error of the API itself that a fault is; None where it comes from before the API."""
    if name.startswith("duplicate"):
        key = "quality/electronicHealthRecord/00000000-0000-4000-8000-000000000001/organization"
        return duplicate([key], _IDENTITY, str(uuid4()), int(name[-3:]))
    if name == "422":
        detail = {"message": "field 'category' in MeasurementSet is missing", "path": "$.category"}
        return invalid(SUBMISSION_INVALID, [detail])
    if name == "404":
        return not_found("Object")
    return unauthorized() if name in ("401", "closed-year") else None


class _Adding:
    """Adds members to the objects of an answer."""

    def __init__(self, send: Send) -> None:
        self._send, self._body = send, b""
        self._start: Message | None = None

    async def send(self, message: Message) -> None:
        """Keep the answer until it is whole, and send it with more members."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body", False) or self._start is None:
            return
        body = _with_member(self._body)
        kept = [(name, value) for name, value in self._start["headers"] if name.lower() != b"content-length"]
        await self._send({**self._start, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
        await self._send({"type": "http.response.body", "body": body})


def _with_member(body: bytes) -> bytes:
    try:
        return json.dumps(_added(json.loads(body))).encode()
    except ValueError:
        return body


def _added(value: Any) -> Any:
    if isinstance(value, list):
        return [_added(one) for one in value]
    if isinstance(value, dict):
        return {name: _added(one) for name, one in value.items()} | {_MEMBER: {"known": False}}
    return value
