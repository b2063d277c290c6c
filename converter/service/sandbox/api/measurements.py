"""Single measurements of a set: read, add, replace, change, delete."""

from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from converter.service.sandbox.answers import MEASUREMENT_INVALID, data, invalid
from converter.service.sandbox.api.access import reached_measurement, reached_set, refuse_unless_allowed
from converter.service.sandbox.api.described import answers, body
from converter.service.sandbox.api.shown import shown_measurement
from converter.service.sandbox.calls import Here, Known, checked, json_object, no_tin_in_address, only_version_1
from converter.service.sandbox.people import Caller
from converter.service.sandbox.state import Sandbox
from converter.service.sandbox.store import StoredSet, StoredSubmission

router = APIRouter(
    prefix="/api/submissions/measurements",
    tags=["measurements"],
    dependencies=[Depends(only_version_1), Depends(no_tin_in_address)],
)
_BODY = body(measureId={"type": "string"}, value={})
_CHANGES = answers(401, 404, 406, 413, 415, 422, 507)


@router.get("/{measurement_id}", responses=answers(401, 404, 406))
async def read_measurement(measurement_id: str, here: Here, caller: Known) -> Response:
    """Give a measurement."""
    return _answer(here, *reached_measurement(here, caller, measurement_id, own=False))


@router.post("", status_code=201, responses=_CHANGES, openapi_extra=_BODY)
async def add_measurement(request: Request, here: Here, caller: Known) -> Response:
    """Add a measurement to the set that `measurementSetId` names."""
    members = await json_object(request)
    async with here.writing:
        owner, one = reached_set(here, caller, members.pop("measurementSetId", None))
        return await _stored(here, caller, (owner, one), members, None)


@router.put("/{measurement_id}", responses=_CHANGES, openapi_extra=_BODY)
async def replace_measurement(measurement_id: str, request: Request, here: Here, caller: Known) -> Response:
    """Put another measurement in place of one."""
    members = await json_object(request)
    members.pop("measurementSetId", None)
    async with here.writing:
        owner, one, _ = reached_measurement(here, caller, measurement_id)
        return await _stored(here, caller, (owner, one), members, measurement_id)


@router.patch("/{measurement_id}", responses=_CHANGES, openapi_extra=_BODY)
async def change_measurement(measurement_id: str, request: Request, here: Here, caller: Known) -> Response:
    """Replace the members that are sent."""
    members = await json_object(request)
    members.pop("measurementSetId", None)
    async with here.writing:
        owner, one, index = reached_measurement(here, caller, measurement_id)
        kept = {name: value for name, value in one.members["measurements"][index].items() if name != "id"}
        return await _stored(here, caller, (owner, one), {**kept, **members}, measurement_id)


@router.delete("/{measurement_id}", status_code=204, responses=answers(401, 404, 406))
async def delete_measurement(measurement_id: str, here: Here, caller: Known) -> Response:
    """Delete a measurement."""
    owner, one, _ = reached_measurement(here, caller, measurement_id)
    refuse_unless_allowed(here, caller, owner.identity)
    left = [each for each in one.members["measurements"] if each["id"] != measurement_id]
    here.store.replace(owner, one, {**one.members, "measurements": left}, here.clock.text())
    return Response(status_code=204)


async def _stored(
    here: Sandbox,
    caller: Caller,
    place: tuple[StoredSubmission, StoredSet],
    members: dict[str, Any],
    measurement_id: str | None,
) -> Response:
    """Check and store a measurement: in place of one, or as a new one for None.

    Raises:
        ApiError: 401 for a closed year, 422, no room; 404 where set or measurement was deleted meanwhile.
    """
    owner, one = place
    refuse_unless_allowed(here, caller, owner.identity)
    others = [each for each in one.members["measurements"] if each["id"] != measurement_id]
    bare = [{name: value for name, value in each.items() if name != "id"} for each in others]
    of_set = {name: value for name, value in one.members.items() if name != "measurements"}
    details = await checked(here.checking.measurement, members, bare, of_set, owner.identity.sent())
    if details:
        raise invalid(MEASUREMENT_INVALID, details)
    if measurement_id is None:
        reached_set(here, caller, one.id)
    else:
        reached_measurement(here, caller, measurement_id)
    new = {"id": measurement_id or str(uuid4()), "measureId": members["measureId"], "value": members["value"]}
    measurements = list(one.members["measurements"])
    index = next((at for at, each in enumerate(measurements) if each["id"] == measurement_id), len(measurements))
    measurements[index : index + 1] = [new]
    here.store.replace(owner, one, {**one.members, "measurements": measurements}, here.clock.text())
    return _answer(here, owner, one, index, 201 if measurement_id is None else 200)


def _answer(here: Sandbox, owner: StoredSubmission, one: StoredSet, index: int, status: int = 200) -> Response:
    return data("measurement", shown_measurement(one, index, here.catalog(owner.identity.year)), status)
