"""Submissions: list, read, create, score."""

from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Depends, Header, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from converter.service.sandbox.answers import SUBMISSION_INVALID, Json, data, invalid, unauthorized
from converter.service.sandbox.api.access import (
    already_there,
    known_identity,
    reached_submission,
    refuse_unless_allowed,
)
from converter.service.sandbox.api.described import answers, body
from converter.service.sandbox.api.shown import shown_submission, visible_sets
from converter.service.sandbox.calls import (
    TIN_HEADER,
    Here,
    Known,
    checked,
    json_object,
    no_tin_in_address,
    only_version_1,
)
from converter.service.sandbox.identity import Identity, identity_of
from converter.service.sandbox.scoring import score_of
from converter.service.sandbox.store import cleaned

router = APIRouter(
    prefix="/api/submissions", tags=["submissions"], dependencies=[Depends(only_version_1), Depends(no_tin_in_address)]
)


class Wanted(BaseModel):
    """Which submissions are listed, and which part of the list."""

    npi: str | None = Field(default=None, alias="nationalProviderIdentifier", max_length=100)
    entity_id: str | None = Field(default=None, alias="entityId", max_length=100)
    entity_type: str | None = Field(default=None, alias="entityType", max_length=100)
    year: int | None = Field(default=None, alias="performanceYear", ge=2000, le=2100)
    start: int = Field(default=0, alias="startIndex", ge=0, le=10**9)
    items: int = Field(default=10, alias="itemsPerPage", ge=1, le=10**6)

    def takes(self, identity: Identity, tin: str | None) -> bool:
        """Whether the submission of an identity is listed."""
        wanted = (self.year, self.entity_type, tin, self.npi, self.entity_id)
        return all(one is None or one == said for one, said in zip(wanted, identity, strict=True))


@router.get("/submissions", responses=answers(401, 406))
async def list_submissions(
    here: Here,
    caller: Known,
    wanted: Annotated[Wanted, Query()],
    tin: Annotated[str | None, Header(alias=TIN_HEADER, max_length=100)] = None,
) -> Response:
    """List the submissions that the caller may see; the TIN is in a header, never in the address.

    A registry is given those that it has sets in, and for a TIN also those that it has none in.
    """
    if tin is not None and caller.ids and tin not in caller.ids:
        raise unauthorized()
    found = [
        one
        for one in here.store.submissions(caller)
        if wanted.takes(one.identity, tin) and (tin is not None or not caller.is_registry or visible_sets(one, caller))
    ]
    page = [shown_submission(here, one, caller) for one in found[wanted.start : wanted.start + wanted.items]]
    return Json({"data": {"totalItems": len(found), "submissions": page}})


@router.get("/submissions/{submission_id}", responses=answers(401, 404, 406))
async def read_submission(submission_id: str, here: Here, caller: Known) -> Response:
    """Give a submission with the sets that the caller may see."""
    return data("submission", shown_submission(here, reached_submission(here, caller, submission_id), caller))


@router.get("/submissions/{submission_id}/score", responses=answers(401, 404, 406, 501))
async def read_score(
    submission_id: str, here: Here, caller: Known, program: Annotated[str | None, Query(max_length=20)] = None
) -> Response:
    """Score what the caller may see of a submission."""
    owner = reached_submission(here, caller, submission_id)
    sets = [{**one.members} for one in visible_sets(owner, caller)]
    whole = {**owner.identity.sent(), "measurementSets": sets}
    return data("score", await checked(score_of, whole, here.settings.folders, program))


@router.post(
    "/submissions", status_code=201, responses=answers(401, 406, 409, 413, 415, 422, 507), openapi_extra=body()
)
async def create_submission(request: Request, here: Here, caller: Known) -> Response:
    """Store a whole submission; registries may not."""
    members = await json_object(request)
    if caller.is_registry:
        raise unauthorized()
    refuse_unless_allowed(here, caller, known_identity(members))
    if details := await checked(here.checking.submission, members):
        raise invalid(SUBMISSION_INVALID, details)
    identity = identity_of(members)
    sets: list[dict[str, Any]] = [cleaned(one) for one in members.get("measurementSets", ())]
    there = here.store.of(identity)
    if there is not None or identity in here.creating:
        raise already_there(here, caller, identity, list(sets), there.id if there else here.creating[identity])
    now = here.clock.text()
    owner = here.store.add_submission(identity, str(uuid4()), now)
    try:
        for one in sets:
            here.store.add_set(owner, caller, one, now)
    except Exception:
        here.store.remove_submission(owner)
        raise
    return data("submission", shown_submission(here, owner, caller), 201)


@router.post(
    "/submissions/score-preview",
    responses=answers(401, 406, 413, 415, 422, 501),
    openapi_extra=body(),
)
async def score_preview(request: Request, here: Here, _caller: Known) -> Response:
    """Check and score a submission, and store nothing."""
    members = await json_object(request)
    if details := await checked(here.checking.submission, members):
        raise invalid(SUBMISSION_INVALID, details)
    return data("score", await checked(score_of, members, here.settings.folders, None))
