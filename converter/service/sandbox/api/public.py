"""What needs no token: checks and benchmarks; and the conversion, as the service has it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from converter.service.official import convert
from converter.service.sandbox.answers import SUBMISSION_INVALID, data, invalid
from converter.service.sandbox.api.described import answers, body
from converter.service.sandbox.api.shown import validated
from converter.service.sandbox.calls import Here, checked, json_object, known_caller, no_tin_in_address, only_version_1
from converter.service.sandbox.scoring import benchmark_rows

PREFIX = "/api/submissions"
router = APIRouter(prefix=PREFIX, tags=["public"], dependencies=[Depends(no_tin_in_address)])


@router.post(
    "/public/validate-submission",
    status_code=201,
    responses=answers(406, 413, 415, 422),
    openapi_extra=body(),
    dependencies=[Depends(only_version_1)],
)
async def validate(request: Request, here: Here) -> Response:
    """Check a submission; the answer has what CMS computes."""
    members = await json_object(request)
    if details := await checked(here.checking.submission, members):
        raise invalid(SUBMISSION_INVALID, details)
    return data("submission", validated(members, here.catalog(int(members["performanceYear"]))), 201)


@router.get("/public/benchmarks", responses=answers(406), dependencies=[Depends(only_version_1)])
async def benchmarks(
    here: Here,
    year: Annotated[int, Query(alias="performanceYear", ge=2000, le=2100)],
    measure_id: Annotated[str | None, Query(alias="measureId", max_length=20)] = None,
) -> Response:
    """Give the benchmarks of a year, or of one measure of it."""
    return data("benchmarks", await checked(benchmark_rows, here.settings.folders, year, measure_id))


_CONVERSION = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
            }
        },
    }
}
for _path, _needed in (("/public/converter", []), ("/converter", [Depends(known_caller)])):
    router.add_api_route(
        _path,
        convert,
        methods=["POST"],
        status_code=201,
        dependencies=_needed,
        responses=answers(401, 406, 413, 415, 422, 503),
        openapi_extra=_CONVERSION,
        response_class=Response,
    )
