"""In place of the official conversion API: the same routes and the same answers, so that a client changes the host.

An archive answers a list, one item for each document in the order of their names, or the errors of all.
"""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from converter.service.dealing import dealt
from converter.service.problems import Problem, described_problems
from converter.service.upload import Upload
from converter.service.uploads import FIELD, Form, no_file, read_form
from converter.service.work import Wanted, official

PATHS = ("/", "/converter", "/api/submissions/converter", "/api/submissions/public/converter")
VERSION_1, VERSION_2 = "application/vnd.qpp.cms.gov.v1+json", "application/vnd.qpp.cms.gov.v2+json"
_VERSIONS = {VERSION_1: 1, VERSION_2: 2, "application/zip": 2, "application/json": 1, "application/*": 1, "*/*": 1}
_TYPE = "application/json;charset=UTF-8"
_LONGEST_PURPOSE = 25

_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FIELD],
                    "properties": {
                        FIELD: {
                            "type": "string",
                            "format": "binary",
                            "description": "A QRDA III document, or a zip archive of several.",
                        }
                    },
                }
            }
        },
    },
    "parameters": [
        {
            "name": "Accept",
            "in": "header",
            "schema": {"type": "string", "enum": [VERSION_1, VERSION_2]},
            "description": "Version 1 answers the submission, version 2 an object with `qpp` and `warnings`.",
        },
        {
            "name": "Purpose",
            "in": "header",
            "schema": {"type": "string", "maxLength": _LONGEST_PURPOSE},
            "description": "What the conversion is for; it changes nothing.",
        },
    ],
}
_ERROR_EXAMPLE = {
    "errors": [
        {
            "sourceIdentifier": "export.xml",
            "type": None,
            "message": None,
            "details": [
                {
                    "errorCode": 5,
                    "message": "CT - ...",
                    "value": None,
                    "type": None,
                    "location": {"location": None, "path": None, "line": 1, "column": 1},
                }
            ],
        }
    ]
}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    201: {
        "description": "The submission, as QPP JSON.",
        "content": {"application/json": {"example": {"performanceYear": 2025, "measurementSets": []}}},
    },
    422: {
        "description": "What is wrong with the document, as error JSON.",
        "content": {"application/json": {"example": _ERROR_EXAMPLE}},
    },
    **described_problems(
        {
            400: "There is no file in the field `file`, it is empty, or the form is damaged.",
            401: "A token is required.",
            406: "None of the types in Accept can be answered.",
            408: "The request did not arrive in time.",
            413: "The request is too large.",
            415: "The request is not a form.",
            503: "Too many requests wait; send it again after Retry-After seconds.",
        }
    ),
}

router = APIRouter(tags=["official"])


async def convert(request: Request) -> Response:
    """Convert a QRDA III document, or those of a zip archive, to QPP JSON, as the official API does."""
    version = version_of(request.headers.get("accept", ""))
    purpose = request.headers.get("purpose", "")
    if len(purpose) > _LONGEST_PURPOSE:
        raise Problem(400, f"The Purpose has {len(purpose)} characters; at most {_LONGEST_PURPOSE} are allowed.")
    upload = one_file(await read_form(request), request.url.path)
    settings = request.app.state.settings
    wanted = Wanted(settings.folders, settings.limits, strict=settings.strict)
    answer = await dealt(request, official, [upload], wanted, version)
    request.app.state.metrics.documents(answer.passed, answer.blocked)
    return Response(answer.body, answer.status, media_type=_TYPE)


for _path in PATHS:
    router.add_api_route(
        _path,
        convert,
        methods=["POST"],
        status_code=201,
        responses=_ANSWERS,
        openapi_extra=_BODY,
        response_class=Response,
    )


def version_of(accept: str) -> int:
    """Return the version that a client accepts; the first that it likes best.

    Raises:
        Problem: 406, it accepts none.
    """
    liked: list[tuple[float, int]] = []
    for one in accept.lower().split(",") if accept.strip() else ("*/*",):
        kind, *parameters = (word.strip() for word in one.split(";"))
        quality = next((word[2:] for word in parameters if word.startswith("q=")), "1")
        version = _VERSIONS.get(kind)
        if version is not None and (weight := _weight(quality)) > 0:
            liked.append((weight, version))
    if not liked:
        raise Problem(406, f"The answer is JSON: send Accept: {VERSION_1} or {VERSION_2}.")
    return max(liked, key=lambda one: one[0])[1]


def _weight(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def one_file(form: Form, address: str) -> Upload:
    """Return the file that a form must have in the field `file`.

    Raises:
        Problem: 400, there is none, more than one, or it is empty.
    """
    named = [one for one in form.files if one.field == FIELD]
    if not named:
        raise no_file(form, address)
    if len(named) > 1:
        raise Problem(400, "There is more than one file. Send one at a time, or several in a zip archive.")
    if not named[0].data:
        raise Problem(400, "The file is empty. Export it again, and look at its size before you send it.")
    return named[0]
