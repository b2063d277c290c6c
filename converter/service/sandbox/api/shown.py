"""What is stored, as answers show it."""

from collections.abc import Iterable
from typing import Any

from converter.facts.catalog import Catalog
from converter.service.sandbox.computed import with_computed
from converter.service.sandbox.people import Caller
from converter.service.sandbox.state import Sandbox
from converter.service.sandbox.store import StoredSet, StoredSubmission

_EMPTY = ("measureSet", "practiceId", "practiceDetails", "cehrtId", "source")
"""Members that answers have also where nothing was sent."""


def visible_sets(owner: StoredSubmission, caller: Caller) -> list[StoredSet]:
    """Return the sets that a caller may see: a registry its own, a user all."""
    sets = owner.sets.values()
    return [one for one in sets if not caller.is_registry or one.submitter[0] == caller.submitter_id]


def shown_submission(here: Sandbox, owner: StoredSubmission, caller: Caller) -> dict[str, Any]:
    """Return a submission as a caller may see it."""
    catalog = here.catalog(owner.identity.year)
    return {
        "id": owner.id,
        "createdAt": owner.created,
        "updatedAt": owner.updated,
        **owner.identity.members(),
        "measurementSets": [shown_set(one, catalog) for one in visible_sets(owner, caller)],
    }


def shown_set(one: StoredSet, catalog: Catalog) -> dict[str, Any]:
    """Return a measurement set, with what CMS gives out and computes."""
    return {
        **dict.fromkeys(_EMPTY),
        **one.members,
        "id": one.id,
        "createdAt": one.created,
        "updatedAt": one.updated,
        "submissionId": one.submission_id,
        "submitterId": one.submitter[0],
        "submitterType": one.submitter[1],
        "suppressed": False,
        "measurements": list(_measurements(one, catalog)),
    }


def shown_measurement(one: StoredSet, index: int, catalog: Catalog) -> dict[str, Any]:
    """Return a measurement of a set."""
    return list(_measurements(one, catalog))[index]


def _measurements(one: StoredSet, catalog: Catalog) -> Iterable[dict[str, Any]]:
    return ({**each, "measurementSetId": one.id} for each in with_computed(one.members, catalog))


def validated(body: dict[str, Any], catalog: Catalog) -> dict[str, Any]:
    """Return a submission that was only checked: as it was sent, with what CMS computes."""
    sets = [
        {**one, "measurements": with_computed(one, catalog)} if "measurements" in one else one
        for one in body.get("measurementSets") or ()
    ]
    return {**body, "measurementSets": sets}
