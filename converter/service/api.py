"""Our own API: what can be asked of the library and the command, over HTTP."""

from enum import StrEnum
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from python_multipart.multipart import parse_options_header
from starlette.responses import Response

from converter.door import known_year
from converter.errors import AnswerError, UsageError
from converter.findings.mask import masked_text
from converter.service import models
from converter.service.dealing import dealt, looked_up
from converter.service.problems import Problem, described_problems
from converter.service.questions import UnknownYearError, explained, explained_answer, known_years, measures
from converter.service.upload import Upload
from converter.service.uploads import FIELD, file_name, no_file, read_body, read_form
from converter.service.work import Wanted, documents, report

JSON = "application/json"
_RAW = ("application/xml", "text/xml", "application/json", "application/zip", "application/octet-stream")
_FILE = {"type": "string", "format": "binary"}


class Guide(StrEnum):
    """Implementation guides that a document can be compared with."""

    CMS = "cms"
    HL7 = "hl7"
    NONE = "none"


class Form(StrEnum):
    """Formats of reports."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"
    CSV = "csv"
    SARIF = "sarif"
    ERROR_JSON = "error-json"


_MEDIA_TYPES = {
    Form.TEXT: "text/plain",
    Form.HTML: "text/html",
    Form.MARKDOWN: "text/markdown",
    Form.JSON: JSON,
    Form.CSV: "text/csv",
    Form.SARIF: "application/sarif+json",
    Form.ERROR_JSON: JSON,
}

Year = Annotated[int | None, Query(ge=2000, le=2100, description="Performance year; found out where it is left out.")]
ShowIds = Annotated[bool, Query(alias="showIds", description="Whether TIN and NPI are shown unmasked.")]

Guides = Annotated[Guide, Query(description="Implementation guide that QRDA III is compared with.")]


def _problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return described_problems({status: HTTPStatus(status).phrase for status in (401, *statuses)})


_OF_FILES = _problems(400, 408, 413, 415, 422, 503)
_REPORTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The report.",
        "content": {kind: {"schema": {} if "json" in kind else {"type": "string"}} for kind in _MEDIA_TYPES.values()},
    }
}
_OF_QUESTIONS = _problems(404, 422, 503)


def _body(properties: dict[str, Any], required: list[str], *raw: str) -> dict[str, Any]:
    form = {"schema": {"type": "object", "properties": properties, "required": required}}
    content = {"multipart/form-data": form, **{kind: {"schema": _FILE} for kind in raw}}
    return {"requestBody": {"required": True, "content": content}}


_FILES = _body({"file": {"type": "array", "items": _FILE, "minItems": 1}}, ["file"], *_RAW)

router = APIRouter(prefix="/api/v1")


async def _uploads(request: Request) -> list[Upload]:
    """The files of a request: of a form, or the body itself."""
    kind = parse_options_header(request.headers.get("content-type", ""))[0].decode("latin-1")
    if kind in _RAW:
        found = [Upload("file", file_name(request.query_params.get("name", "upload")), await read_body(request))]
    else:
        form = await read_form(request)
        found = [one for one in form.files if one.field == FIELD]
        if not found:
            raise no_file(form, request.url.path)
    if empty := [one.name for one in found if not one.data]:
        name = masked_text(empty[0])
        raise Problem(400, f"The file {name} is empty. Export it again, and look at its size before you send it.")
    return found


Uploads = Annotated[list[Upload], Depends(_uploads)]


async def _deal(request: Request, uploads: list[Upload], wanted: Wanted, with_qpp: bool) -> Response:
    answer = await dealt(request, documents, uploads, wanted, with_qpp)
    request.app.state.metrics.documents(answer.passed, answer.blocked)
    return Response(answer.body, answer.status, media_type=JSON)


@router.post("/convert", tags=["documents"], response_model=models.Converted, responses=_OF_FILES, openapi_extra=_FILES)
async def convert(request: Request, uploads: Uploads, year: Year = None, show_ids: ShowIds = False) -> Response:
    """Convert QRDA III documents, or archives of them, and say what was found.

    What is wrong with a document is in the answer, whose status is 200.
    """
    return await _deal(request, uploads, _wanted(request, year, show_ids), True)


@router.post("/check", tags=["documents"], response_model=models.Checked, responses=_OF_FILES, openapi_extra=_FILES)
async def check(
    request: Request, uploads: Uploads, year: Year = None, show_ids: ShowIds = False, guide: Guides = Guide.CMS
) -> Response:
    """Find everything in QRDA III documents and QPP JSON files that CMS would reject, and what their guide asks for."""
    return await _deal(request, uploads, _wanted(request, year, show_ids, guide), False)


@router.post(
    "/report", tags=["documents"], response_class=Response, responses=_OF_FILES | _REPORTS, openapi_extra=_FILES
)
async def write_report(
    request: Request,
    uploads: Uploads,
    form: Annotated[Form, Query(alias="format", description="Format of the report.")] = Form.TEXT,
    year: Year = None,
    show_ids: ShowIds = False,
    guide: Guides = Guide.CMS,
) -> Response:
    """Check documents, and answer with a report that the command would write."""
    wanted = _wanted(request, year, show_ids, guide)
    answer = await dealt(request, report, uploads, wanted, form.value)
    request.app.state.metrics.documents(answer.passed, answer.blocked)
    # The html report brings its own styles and script, which the content policy of this service does not let run.
    headers = {"Content-Disposition": 'attachment; filename="report.html"'} if form is Form.HTML else None
    return Response(answer.body, answer.status, headers, _MEDIA_TYPES[form])


@router.get("/explain", tags=["lookup"], response_model=models.ExplanationModel, responses=_OF_QUESTIONS)
async def explain(
    request: Request,
    word: Annotated[str, Query(min_length=1, max_length=2000, examples=["GUID002", "CMS165v13", "59"])],
    year: Year = None,
) -> Response:
    """Explain a word: a finding, code, GUID, measure, program, template, year or term."""
    return await _explained(request, word, year)


@router.post(
    "/explain", tags=["lookup"], response_model=models.ExplanationModel,
    responses=_OF_QUESTIONS | _problems(400, 408, 413),
)  # fmt: skip
async def explain_words(request: Request, question: models.Question) -> Response:
    """Explain a word or a message that may hold identifiers, which the address of a request should not."""
    return await _explained(request, question.word, question.year)


async def _explained(request: Request, word: str, year: int | None) -> Response:
    try:
        body = await looked_up(request, explained, word, year, request.app.state.settings.folders)
    except UnknownYearError as error:
        raise Problem(422, str(error)) from error
    except UsageError as error:
        raise Problem(404, str(error)) from error
    return Response(body, media_type=JSON)


@router.post(
    "/explain/response", tags=["lookup"], response_model=models.ExplainedAnswerModel, responses=_OF_FILES,
    openapi_extra=_body({"file": _FILE, "source": _FILE}, ["file"]),
)  # fmt: skip
async def explain_response(request: Request, year: Year = None, show_ids: ShowIds = False) -> Response:
    """Explain an answer of CMS, message by message; with the field `source`, the places in the file that was sent."""
    files = {one.field: one.data for one in (await read_form(request)).files}
    if not files.get("file"):
        raise Problem(400, "There is no file in the field `file`, or it is empty. It is the answer of CMS.")
    folders = request.app.state.settings.folders
    try:
        body = await dealt(request, explained_answer, files["file"], files.get("source"), year, folders, show_ids)
    except AnswerError as error:
        raise Problem(422, f"The file: {error}") from error
    except UsageError as error:
        raise Problem(422, str(error)) from error
    return Response(body, media_type=JSON)


@router.get("/measures", tags=["lookup"], response_model=models.Measures, responses=_problems(422, 503))
async def list_measures(
    request: Request,
    query: Annotated[str, Query(max_length=200, description="Part of an id, GUID or title.", examples=["CMS165"])] = "",
    year: Year = None,
    every: Annotated[bool, Query(alias="all", description="Also those that cannot be reported from an EHR.")] = False,
) -> Response:
    """List quality measures of a year, or of all years, the newest first."""
    try:
        body = await looked_up(request, measures, query, year, every, request.app.state.settings.folders)
    except UnknownYearError as error:
        raise Problem(422, str(error)) from error
    return Response(body, media_type=JSON)


@router.get("/years", tags=["lookup"], response_model=models.Years, responses=_problems(503))
async def list_years(request: Request) -> Response:
    """List the performance years that are known."""
    return Response(await looked_up(request, known_years, request.app.state.settings.folders), media_type=JSON)


def _wanted(request: Request, year: int | None, show_ids: bool, guide: Guide | None = None) -> Wanted:
    """How the documents of a request are dealt with; they are only converted without a guide to check them with.

    Raises:
        Problem: the year is not known.
    """
    settings = request.app.state.settings
    try:
        known_year(year, settings.folders)
    except UsageError as error:
        raise Problem(422, str(error)) from error
    wanted = Wanted(settings.folders, settings.limits, year=year, show_ids=show_ids)
    return wanted if guide is None else wanted._replace(check=True, guide=guide.value)
