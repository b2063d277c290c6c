"""The bodies of the answers: `data`, or an error as CMS writes it."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from converter.service.problems import Problem

CANNOT_CREATE = "Current user cannot create this object"
SUBMISSION_INVALID = "invalid submission object"
SET_INVALID = "invalid measurement-set object"
MEASUREMENT_INVALID = "invalid measurement object"


class Json(JSONResponse):
    """An answer of JSON, which may hold whatever text was sent."""

    def render(self, content: Any) -> bytes:
        """Return it in ASCII: half of a surrogate pair has no bytes in UTF-8."""
        return json.dumps(content, allow_nan=False, separators=(",", ":")).encode()


Details = Sequence[Mapping[str, str]] | Mapping[str, str]


class ApiError(Exception):
    """A call that the API refuses.

    Args:
        status: the HTTP status.
        kind: the `type` of the error.
        message: its message.
        details: its details: a list of message and path; an object for a duplicate.
    """

    def __init__(self, status: int, kind: str, message: str, details: Details = ()) -> None:
        super().__init__(message)
        self.status, self.kind, self.message, self.details = status, kind, message, details

    def response(self) -> Response:
        """Return the answer."""
        return Json(error_body(self.kind, self.message, self.details), self.status)


def error_body(kind: str, message: str, details: Details = ()) -> dict[str, Any]:
    """Return the body of an error; `details` is left out where there are none."""
    found: dict[str, Any] = {"type": kind, "message": message}
    if details:
        found["details"] = details
    return {"error": found}


def data(name: str, value: Any, status: int = 200) -> Response:
    """Return an answer with one member of `data`."""
    return Json({"data": {name: value}}, status)


def unauthorized(message: str = CANNOT_CREATE) -> ApiError:
    """Return the error of a call that its caller may not make."""
    return ApiError(401, "Unauthorized", message)


def not_found(what: str) -> ApiError:
    """Return the error of an id that does not exist, or is another's, which a caller is not told."""
    return ApiError(404, "NotFound", f"{what} not found")


def invalid(message: str, details: Sequence[Mapping[str, str]]) -> ApiError:
    """Return the error of a body that the rules refuse."""
    return ApiError(422, "ValidationError", message, details)


def duplicate(keys: Sequence[str], identity_names: Sequence[str], submission_id: str, status: int) -> ApiError:
    """Return the error of a set that exists already.

    Args:
        keys: category, method and submitter of each set, such as `ia/registry/1234567/organization`.
        identity_names: the members of the identity.
        submission_id: where it exists.
        status: the HTTP status, which is not known of CMS.
    """
    message = (
        f"Category/SubmissionMethod/SubmitterId/SubmitterType {','.join(keys)} already exists for this "
        f"{'/'.join(identity_names)}"
    )
    return ApiError(status, "DuplicateEntryError", message, {"submissionId": submission_id})


def transport_error(status: int, message: str | Sequence[str]) -> Response:
    """Return an error from before the API itself: an address that is none, a body that is no JSON."""
    body = {"statusCode": status, "message": message, "error": HTTPStatus(status).phrase}
    return Json(body, status)


def add_handlers(app: FastAPI) -> None:
    """Let an application answer everything that goes wrong in CMS' shapes."""
    app.add_exception_handler(ApiError, _refused)
    app.add_exception_handler(HTTPException, _transport)
    app.add_exception_handler(RequestValidationError, _parameters)


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return error.response()


async def _transport(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = error.status_code
    if status in (404, 405) and not isinstance(error, Problem):
        # The path is not repeated as a client sent it: there may be a TIN in it.
        found = transport_error(404, f"Cannot {request.method} this address")
    else:
        found = transport_error(status, str(error.detail))
    for name, value in (error.headers or {}).items():
        found.headers[name] = value
    return found


async def _parameters(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return transport_error(400, [f"{one['loc'][-1]}: {one['msg']}" for one in error.errors()])
