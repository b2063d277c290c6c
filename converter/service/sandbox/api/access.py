"""What a caller may reach, and what they may do there."""

from collections.abc import Mapping
from typing import Any

from converter.service.sandbox.answers import ApiError, duplicate, not_found, unauthorized
from converter.service.sandbox.identity import Identity, identity_of
from converter.service.sandbox.people import Caller
from converter.service.sandbox.state import Sandbox
from converter.service.sandbox.store import StoredSet, StoredSubmission


def reached_submission(here: Sandbox, caller: Caller, submission_id: object) -> StoredSubmission:
    """Return a submission that a caller may see.

    Raises:
        ApiError: 404.
    """
    found = here.store.submission(submission_id) if isinstance(submission_id, str) else None
    if found is None or not caller.may(found.identity):
        raise not_found("Submission")
    return found


def reached_set(here: Sandbox, caller: Caller, set_id: object, own: bool = True) -> tuple[StoredSubmission, StoredSet]:
    """Return a set, and its submission.

    Args:
        here: the sandbox.
        caller: who calls.
        set_id: the id of the set.
        own: whether it must be theirs, as for every change; a user may read those of others, too.

    Raises:
        ApiError: 404.
    """
    found = here.store.found_set(set_id) if isinstance(set_id, str) else None
    if found is None or not _may_reach(caller, *found, own):
        raise not_found("MeasurementSet")
    return found


def reached_measurement(
    here: Sandbox, caller: Caller, measurement_id: str, own: bool = True
) -> tuple[StoredSubmission, StoredSet, int]:
    """Return a measurement by its place in its set, with that and the submission; arguments as for `reached_set`.

    Raises:
        ApiError: 404.
    """
    found = here.store.found_measurement(measurement_id)
    if found is None or not _may_reach(caller, found[0], found[1], own):
        raise not_found("Measurement")
    return found


def _may_reach(caller: Caller, owner: StoredSubmission, one: StoredSet, own: bool) -> bool:
    is_own = one.submitter[0] == caller.submitter_id
    return caller.may(owner.identity) and (is_own or not (own or caller.is_registry))


def known_identity(members: object) -> Identity | None:
    """Return the identity that a submission says; None where it does not say one that can be read."""
    if not isinstance(members, Mapping):
        return None
    try:
        found = identity_of(members)
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    texts = (found.entity_type, found.tin, found.npi, found.entity_id)
    return found if all(one is None or isinstance(one, str) for one in texts) else None


def refuse_unless_allowed(here: Sandbox, caller: Caller, identity: Identity | None) -> None:
    """Refuse data for a practice or entity that a caller may not act for, or for a closed year.

    Raises:
        ApiError: 401.
    """
    if identity is not None and not (caller.may(identity) and here.is_open(identity.year)):
        raise unauthorized()


def already_there(
    here: Sandbox, caller: Caller, identity: Identity, sets: list[Mapping[str, Any]], submission_id: str
) -> ApiError:
    """Return the error of sets that exist already."""
    submitter = f"{caller.submitter_id}/{caller.submitter_type}"
    keys = [f"{one.get('category')}/{one.get('submissionMethod')}/{submitter}" for one in sets]
    names = [
        name
        for name, value in (
            ("taxpayerIdentificationNumber", identity.tin),
            ("nationalProviderIdentifier", identity.npi),
            ("entityId", identity.entity_id),
        )
        if value is not None
    ]
    return duplicate(keys, [*names, "performanceYear"], submission_id, here.settings.duplicate_status)
