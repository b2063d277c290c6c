"""Measurement sets: list, read, create, replace, change, delete."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from converter.service.sandbox.answers import SET_INVALID, Json, data, invalid
from converter.service.sandbox.api.access import (
    already_there,
    known_identity,
    reached_set,
    reached_submission,
    refuse_unless_allowed,
)
from converter.service.sandbox.api.described import answers, body
from converter.service.sandbox.api.shown import shown_set, visible_sets
from converter.service.sandbox.calls import Here, Known, checked, json_object, no_tin_in_address, only_version_1
from converter.service.sandbox.identity import Identity, identity_of
from converter.service.sandbox.people import Caller
from converter.service.sandbox.state import Sandbox
from converter.service.sandbox.store import StoredSet, StoredSubmission, cleaned, same_set

router = APIRouter(
    prefix="/api/submissions/measurement-sets",
    tags=["measurement sets"],
    dependencies=[Depends(only_version_1), Depends(no_tin_in_address)],
)
_BODY = body(category={"type": "string"}, submissionMethod={"type": "string"}, submission={"type": "object"})
_CHANGES = answers(401, 404, 406, 409, 413, 415, 422, 507)
_ONE_OF = "exactly one of submission and submissionId is required"


@router.get("", responses=answers(401, 406))
async def list_sets(here: Here, caller: Known) -> Response:
    """List all sets that the caller may see."""
    found = [
        shown_set(one, here.catalog(owner.identity.year))
        for owner in here.store.submissions(caller)
        for one in visible_sets(owner, caller)
    ]
    return Json({"data": {"totalItems": len(found), "measurementSets": found}})


@router.get("/{set_id}", responses=answers(401, 404, 406))
async def read_set(set_id: str, here: Here, caller: Known) -> Response:
    """Give a set."""
    return _answer(here, *reached_set(here, caller, set_id, own=False))


@router.post("", status_code=201, responses=_CHANGES, openapi_extra=_BODY)
async def create_set(request: Request, here: Here, caller: Known) -> Response:
    """Store a set; where there is no submission of this identity, one is created."""
    members = await json_object(request)
    inside = _of_whom(here, caller, members)
    identity = known_identity(inside)
    refuse_unless_allowed(here, caller, identity)
    members = {**_program_of(inside), **members}
    # What is being created can be collided with, and only then.
    made = identity is not None and here.store.of(identity) is None
    if identity is not None and made:
        if identity in here.creating:
            raise already_there(here, caller, identity, [members], here.creating[identity])
        here.creating[identity] = str(uuid4())
    try:
        if details := await checked(here.checking.measurement_set, members, _said(inside)):
            raise invalid(SET_INVALID, details)
        owner, stored = _stored(here, caller, identity_of(inside), cleaned(members))
    finally:
        if identity is not None and made:
            del here.creating[identity]
    found = shown_set(stored, here.catalog(owner.identity.year))
    return Json({"data": {"measurementSet": found, "warnings": []}}, 201)


def _of_whom(here: Sandbox, caller: Caller, members: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the members of the submission that a set is for, as they were sent or are stored.

    Raises:
        ApiError: 404 for an id that is not known, 422 where nothing is said, or both.
    """
    inside, submission_id = members.get("submission"), members.get("submissionId")
    if (inside is None) == (submission_id is None):
        detail = {"message": f"fields 'submission, submissionId' in MeasurementSet are invalid: {_ONE_OF}", "path": "$"}
        raise invalid(SET_INVALID, [detail])
    if submission_id is not None:
        return reached_submission(here, caller, submission_id).identity.sent()
    if not isinstance(inside, Mapping):
        message = "field 'submission' in MeasurementSet is invalid: it is not an object"
        raise invalid(SET_INVALID, [{"message": message, "path": "$.submission"}])
    return inside


def _program_of(inside: Mapping[str, Any]) -> dict[str, Any]:
    program = inside.get("programName")
    return {} if program is None else {"programName": program}


def _said(inside: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in inside.items() if name != "programName"}


def _stored(
    here: Sandbox, caller: Caller, identity: Identity, members: dict[str, Any]
) -> tuple[StoredSubmission, StoredSet]:
    """Store a set that the rules have nothing against.

    Raises:
        ApiError: it exists already, or there is no room.
    """
    now, owner = here.clock.text(), here.store.of(identity)
    if owner is not None:
        if same_set(owner, members, caller):
            raise already_there(here, caller, identity, [members], owner.id)
        return owner, here.store.add_set(owner, caller, members, now)
    owner = here.store.add_submission(identity, here.creating.get(identity) or str(uuid4()), now)
    try:
        return owner, here.store.add_set(owner, caller, members, now)
    except Exception:
        here.store.remove_submission(owner)
        raise


@router.put("/{set_id}", responses=_CHANGES, openapi_extra=_BODY)
async def replace_set(set_id: str, request: Request, here: Here, caller: Known) -> Response:
    """Put another set in place of one: what is not in it is gone."""
    members = await json_object(request)
    async with here.writing:
        owner, one = reached_set(here, caller, set_id)
        return await _changed(here, caller, owner, one, members)


@router.patch("/{set_id}", responses=_CHANGES, openapi_extra=_BODY)
async def change_set(set_id: str, request: Request, here: Here, caller: Known) -> Response:
    """Replace the members that are sent; measurements that are sent are added."""
    members = await json_object(request)
    async with here.writing:
        owner, one = reached_set(here, caller, set_id)
        merged = {**one.members, **members}
        added = members.get("measurements", [])
        if isinstance(added, list):
            merged["measurements"] = [*_bare(one), *added]
        return await _changed(here, caller, owner, one, merged)


async def _changed(
    here: Sandbox, caller: Caller, owner: StoredSubmission, one: StoredSet, members: dict[str, Any]
) -> Response:
    """Check and store what a set is to be.

    Raises:
        ApiError: 401 for a closed year, 422, or it exists already; 404 where it was deleted meanwhile.
    """
    refuse_unless_allowed(here, caller, owner.identity)
    if details := await checked(here.checking.measurement_set, members, owner.identity.sent()):
        raise invalid(SET_INVALID, details)
    reached_set(here, caller, one.id)
    found = cleaned(members)
    other = same_set(owner, found, caller)
    if other is not None and other is not one:
        raise already_there(here, caller, owner.identity, [found], owner.id)
    ids = {each["measureId"]: each["id"] for each in one.members["measurements"]}
    for each in found.get("measurements", ()):
        if each["measureId"] in ids:
            each["id"] = ids[each["measureId"]]
    here.store.replace(owner, one, found, here.clock.text())
    return _answer(here, owner, one)


def _bare(one: StoredSet) -> list[dict[str, Any]]:
    return [{name: value for name, value in each.items() if name != "id"} for each in one.members["measurements"]]


@router.delete("/{set_id}", status_code=204, responses=answers(401, 404, 406))
async def delete_set(set_id: str, here: Here, caller: Known) -> Response:
    """Delete a set; its submission stays."""
    owner, one = reached_set(here, caller, set_id)
    refuse_unless_allowed(here, caller, owner.identity)
    here.store.remove_set(owner, one, here.clock.text())
    return Response(status_code=204)


def _answer(here: Sandbox, owner: StoredSubmission, one: StoredSet) -> Response:
    return data("measurementSet", shown_set(one, here.catalog(owner.identity.year)))
