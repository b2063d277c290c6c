"""What is stored, in memory only: submissions, and the measurement sets of their submitters."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from converter.service.sandbox.answers import ApiError
from converter.service.sandbox.identity import Identity
from converter.service.sandbox.people import Caller

READ_ONLY = (
    "id", "createdAt", "updatedAt", "submissionId", "submitterId", "submitterType", "suppressed", "version",
    "submission",
)  # fmt: skip
"""Members of a set that CMS gives out, and those that only say where it belongs."""
_LAST_PRACTICE_ID, _LAST_MEASURE_SET = 2021, 2020


@dataclass(slots=True)
class StoredSet:
    """A measurement set.

    Attributes:
        id: its id.
        submission_id: that of its submission.
        submitter: id and type of who sent it.
        members: what was sent, with an `id` in each measurement.
        created: when it was stored first.
        updated: when it was changed last.
        size: characters of its members as JSON.
    """

    id: str
    submission_id: str
    submitter: tuple[str, str]
    members: dict[str, Any]
    created: str
    updated: str
    size: int


@dataclass(slots=True)
class StoredSubmission:
    """A submission: whose it is, and its sets by their ids."""

    id: str
    identity: Identity
    created: str
    updated: str
    sets: dict[str, StoredSet] = field(default_factory=dict)


class Store:
    """Submissions and sets.

    Args:
        most_submissions: how many submissions may be kept.
        most_sets: how many sets may be kept.
        most_size: characters that all sets may have together, as JSON.
    """

    def __init__(self, most_submissions: int, most_sets: int, most_size: int) -> None:
        self._most_submissions, self._most_sets, self._most_size = most_submissions, most_sets, most_size
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._submissions: dict[str, StoredSubmission] = {}
        self._by_identity: dict[Identity, StoredSubmission] = {}
        self._owners: dict[str, StoredSubmission] = {}
        self._size = 0

    @property
    def numbers(self) -> tuple[int, int]:
        """How many submissions and sets are kept."""
        return len(self._submissions), len(self._owners)

    def submissions(self, caller: Caller) -> Iterator[StoredSubmission]:
        """Yield the submissions that a caller may see, in the order in which they were stored."""
        return (one for one in self._submissions.values() if caller.may(one.identity))

    def submission(self, submission_id: str) -> StoredSubmission | None:
        """Return a submission, or None."""
        return self._submissions.get(submission_id)

    def of(self, identity: Identity) -> StoredSubmission | None:
        """Return the submission of an identity, or None."""
        return self._by_identity.get(identity)

    def found_set(self, set_id: str) -> tuple[StoredSubmission, StoredSet] | None:
        """Return a set and its submission, or None."""
        owner = self._owners.get(set_id)
        return (owner, owner.sets[set_id]) if owner else None

    def found_measurement(self, measurement_id: str) -> tuple[StoredSubmission, StoredSet, int] | None:
        """Return a measurement by its place in its set, with that and the submission; None where there is none."""
        for owner in self._submissions.values():
            for one in owner.sets.values():
                for index, measurement in enumerate(one.members["measurements"]):
                    if measurement["id"] == measurement_id:
                        return owner, one, index
        return None

    def add_submission(self, identity: Identity, submission_id: str, now: str) -> StoredSubmission:
        """Store a submission without sets; there must not be one of this identity.

        Raises:
            ApiError: there is no room.
        """
        if len(self._submissions) >= self._most_submissions:
            raise _full()
        found = StoredSubmission(submission_id, identity, now, now)
        self._submissions[found.id] = self._by_identity[identity] = found
        return found

    def remove_submission(self, one: StoredSubmission) -> None:
        """Remove a submission with its sets."""
        for each in list(one.sets.values()):
            self.remove_set(one, each, one.updated)
        del self._submissions[one.id], self._by_identity[one.identity]

    def add_set(self, owner: StoredSubmission, caller: Caller, members: Mapping[str, Any], now: str) -> StoredSet:
        """Store a set.

        Raises:
            ApiError: there is no room.
        """
        if len(self._owners) >= self._most_sets:
            raise _full()
        stored = kept(members)
        size = self._grown(stored, 0)
        submitter = (caller.submitter_id, caller.submitter_type)
        found = StoredSet(str(uuid4()), owner.id, submitter, stored, now, now, size)
        owner.sets[found.id], owner.updated = found, now
        self._owners[found.id] = owner
        return found

    def replace(self, owner: StoredSubmission, one: StoredSet, members: Mapping[str, Any], now: str) -> None:
        """Put other members into a set.

        Raises:
            ApiError: there is no room.
        """
        stored = kept(members)
        one.size = self._grown(stored, one.size)
        one.members, one.updated = stored, now
        owner.updated = now

    def remove_set(self, owner: StoredSubmission, one: StoredSet, now: str) -> None:
        """Remove a set; its submission stays."""
        del owner.sets[one.id], self._owners[one.id]
        self._size -= one.size
        owner.updated = now

    def _grown(self, members: Mapping[str, Any], before: int) -> int:
        size = len(json.dumps(members))
        if self._size + size - before > self._most_size:
            raise _full()
        self._size += size - before
        return size


def _full() -> ApiError:
    return ApiError(507, "InsufficientStorage", "The sandbox is full: delete sets, or POST /sandbox/reset.")


def cleaned(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a set that was sent can be stored: without members that CMS gives out, and without nulls."""
    found = {name: value for name, value in body.items() if name not in READ_ONLY and value is not None}
    if "measurements" in found:
        found["measurements"] = [
            {name: one[name] for name in ("measureId", "value") if name in one} for one in found["measurements"]
        ]
    return found


def kept(members: Mapping[str, Any]) -> dict[str, Any]:
    """Return the members of a set with an id in each measurement: its own, or a new one."""
    measurements = [{"id": str(uuid4()), **one} for one in members.get("measurements", ())]
    return {**members, "measurements": measurements}


def set_key(members: Mapping[str, Any], year: int) -> tuple[Any, ...]:
    """Return what tells a set from the others of its submitter in a submission."""
    key = [members.get("category"), members.get("submissionMethod"), (members.get("programName") or "mips").lower()]
    if year <= _LAST_PRACTICE_ID:
        key.append(members.get("practiceId"))
    if year <= _LAST_MEASURE_SET:
        key.append(members.get("measureSet"))
    return tuple(key)


def same_set(owner: StoredSubmission, members: Mapping[str, Any], caller: Caller) -> StoredSet | None:
    """Return the set of a caller that a new one would double, or None."""
    key, year = set_key(members, owner.identity.year), owner.identity.year
    return next(
        (
            one
            for one in owner.sets.values()
            if one.submitter[0] == caller.submitter_id and set_key(one.members, year) == key
        ),
        None,
    )
