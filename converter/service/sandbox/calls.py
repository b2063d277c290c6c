"""What a call of the API brings: who calls, and a body of JSON."""

import json
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, NoReturn, ParamSpec, TypeVar

from anyio.to_thread import run_sync
from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from converter.service.sandbox.answers import unauthorized
from converter.service.sandbox.people import Caller
from converter.service.sandbox.state import Sandbox, sandbox_of
from converter.service.uploads import read_body

P = ParamSpec("P")
Value = TypeVar("Value")
TIN_HEADER = "qpp-taxpayer-identification-number"
_VENDOR = "application/vnd.qpp.cms.gov."
_VERSION = f"{_VENDOR}v1+json"


def known_caller(request: Request) -> Caller:
    """Return who calls.

    Raises:
        ApiError: 401, there is no token, or it is not known or expired.
    """
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    caller = sandbox_of(request).caller(token.strip()) if kind.lower() == "bearer" else None
    if caller is None:
        raise unauthorized("A valid token is required")
    return caller


def only_version_1(request: Request) -> None:
    """Refuse what asks for another version of the API than there is.

    Raises:
        HTTPException: 406.
    """
    accepted = [one.split(";")[0].strip().lower() for one in request.headers.get("accept", "").split(",")]
    if any(one.startswith(_VENDOR) for one in accepted) and _VERSION not in accepted and "*/*" not in accepted:
        raise HTTPException(406, f"There is only {_VERSION}")


def no_tin_in_address(request: Request) -> None:
    """Refuse a TIN in the address, where logs would keep it.

    Raises:
        HTTPException: 400.
    """
    if any("taxpayer" in name.lower() for name in request.query_params):
        raise HTTPException(400, f"The TIN belongs in the header {TIN_HEADER}, not in the address")


Here = Annotated[Sandbox, Depends(sandbox_of)]
Known = Annotated[Caller, Depends(known_caller)]


async def json_body(request: Request) -> Any:
    """Return the body.

    Raises:
        HTTPException: 415 where it is not said to be JSON, 400 where it is none.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        raise HTTPException(415, "Send JSON, with Content-Type: application/json")
    try:
        return json.loads(await read_body(request), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        # Without the message of the parser: it can quote the body.
        raise HTTPException(400, "The body is not valid JSON") from error


async def json_object(request: Request) -> dict[str, Any]:
    """Return the body, which is an object.

    Raises:
        HTTPException: 400 where it is none, and as for `json_body`.
    """
    found = await json_body(request)
    if not isinstance(found, dict):
        raise HTTPException(400, "The body is not an object")
    return found


async def checked(work: Callable[P, Value], *args: P.args, **kwargs: P.kwargs) -> Value:
    """Let a thread do something that takes a while, such as to ask the rules, while other calls are answered."""
    return await run_sync(partial(work, *args, **kwargs))


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
