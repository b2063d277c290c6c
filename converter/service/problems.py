"""What is answered where a request cannot be served: problem details (RFC 9457), whatever went wrong."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from converter.language.visible import visible

PROBLEM_TYPE = "application/problem+json"
_LONGEST_WORD = 60


class ProblemDetails(BaseModel):
    """Why a request was not served (RFC 9457)."""

    type: str = Field(default="about:blank", description="Kind of problem; about:blank where the title says it all.")
    title: str = Field(description="The problem in a few words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What was wrong with this request, and what to do.")
    requestId: str | None = Field(default=None, description="The id of the request, as in the log.")


class Problem(HTTPException):
    """A request that cannot be served.

    Args:
        status: the HTTP status.
        detail: what was wrong and what to do, in sentences.
        title: the problem in a few words; None for the words of the status.
        headers: headers of the answer.
    """

    def __init__(
        self, status: int, detail: str, title: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.title = title or HTTPStatus(status).phrase


def problem_response(problem: Problem, request_id: str | None) -> Response:
    """Return the answer that tells a problem."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status_code,
        "detail": problem.detail,
    }
    if request_id is not None:
        content["requestId"] = request_id
    body = json.dumps(content, ensure_ascii=False, indent=2).encode("utf-8", "replace")
    return Response(body, problem.status_code, problem.headers, PROBLEM_TYPE)


def described_problems(statuses: Mapping[int, str]) -> dict[int | str, dict[str, Any]]:
    """Return how OpenAPI describes problems: status -> in what case."""
    schema = {"$ref": f"#/components/schemas/{ProblemDetails.__name__}"}
    return {
        status: {"description": words, "content": {PROBLEM_TYPE: {"schema": schema}}}
        for status, words in statuses.items()
    }


def add_handlers(app: FastAPI) -> None:
    """Let the application answer everything that goes wrong with problem details."""
    app.add_exception_handler(HTTPException, _told)
    app.add_exception_handler(RequestValidationError, _told_validation)


def request_id(scope: Mapping[str, Any]) -> str | None:
    """Return the id of a request."""
    found = scope.get("state", {}).get("request_id")
    return str(found) if found is not None else None


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem_response(_problem(request, error), request_id(request.scope))


def _problem(request: Request, error: HTTPException) -> Problem:
    if isinstance(error, Problem):
        return error
    if error.status_code == HTTPStatus.NOT_FOUND:
        return Problem(404, "Nothing is here. What there is: /api/v1/openapi.json.")
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = (error.headers or {}).get("Allow", "")
        return Problem(405, f"This address takes {allowed}, not {_word(request.method)}.", headers=error.headers)
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return Problem(
            400, "The body is not JSON that can be read. Send it as UTF-8, with Content-Type: application/json."
        )
    return Problem(error.status_code, str(error.detail), headers=error.headers)


async def _told_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    # Of what was sent only the name of the parameter is repeated: the rest may hold an identifier.
    faults = [
        f"{_word('.'.join(str(step) for step in one['loc'][1:]) or 'body')}: {one['msg']}" for one in error.errors()
    ]
    return problem_response(Problem(422, "; ".join(faults) + "."), request_id(request.scope))


def _word(word: str) -> str:
    return visible(word[:_LONGEST_WORD])
