"""Measurement sets as values: those of a file that are to be sent, and those that CMS has stored."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from converter.delivery.calls import Identity

MIPS = "mips"
SET_MEMBERS = frozenset({
    "category", "submissionMethod", "programName", "performanceStart", "performanceEnd", "cehrtId", "measurements",
    "source", "measureSet", "practiceId", "practiceDetails",
})  # fmt: skip
"""Members of a set that a client may write."""
SET_READ_ONLY = frozenset({
    "id", "createdAt", "updatedAt", "submissionId", "submission", "submitterId", "submitterType", "suppressed",
    "version",
})  # fmt: skip
MEASUREMENT_MEMBERS = frozenset({"measureId", "value"})
MEASUREMENT_READ_ONLY = frozenset({
    "id", "measurementSetId", "createdAt", "updatedAt", "performanceStart", "performanceEnd",
})  # fmt: skip
VALUE_MEMBERS = frozenset({
    "isEndToEndReported", "performanceMet", "performanceNotMet", "eligiblePopulation", "eligiblePopulationExclusion",
    "eligiblePopulationException", "numeratorExclusion", "numerator", "denominator", "denominatorException",
    "observationInstances", "strata", "stratum",
})  # fmt: skip
COMPUTED = frozenset({
    "performanceRate", "reportingRate", "caseCount", "performanceRateNumerator", "performanceRateDenominator",
})  # fmt: skip
"""Members of a value that CMS works out. Only registry measures send the first one themselves."""


class SetKey(NamedTuple):
    """What a submission has only once for each submitter."""

    category: str
    method: str
    program: str
    practice: str | None = None
    measure_set: str | None = None

    def __str__(self) -> str:
        """Return it in words: `quality, electronicHealthRecord, mips`."""
        return ", ".join(one for one in self if one)


@dataclass(frozen=True, slots=True)
class WantedSet:
    """A set of the file.

    Attributes:
        number: which one of the file it is, from 0.
        key: what it is found by.
        members: its members as they are sent: without those that CMS assigns, and without nulls.
    """

    number: int
    key: SetKey
    members: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The submission that is to be sent."""

    identity: Identity
    sets: tuple[WantedSet, ...]
    members: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class HeldSet:
    """A set that CMS has stored.

    Attributes:
        id: its id.
        submission_id: id of its submission.
        key: what it is found by.
        submitter: id of who sent it, or None where CMS does not say.
        submitter_type: kind of submitter, such as `organization`, or None.
        updated: when it was last changed, as CMS writes it, or None.
        members: all its members.
    """

    id: str
    submission_id: str
    key: SetKey
    submitter: str | None
    submitter_type: str | None
    updated: str | None
    members: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Held:
    """What CMS has stored for an identity; `submission_id` is None if there is no submission."""

    submission_id: str | None = None
    sets: tuple[HeldSet, ...] = ()


def identity_of(submission: Mapping[str, Any]) -> Identity:
    """Return whose submission it is: by TIN, by TIN and NPI, or by the id of an entity alone."""
    kind = submission["entityType"]
    practice = kind in ("individual", "group")
    return Identity(
        year=submission["performanceYear"],
        entity_type=kind,
        tin=submission.get("taxpayerIdentificationNumber") if practice else None,
        npi=submission.get("nationalProviderIdentifier") if kind == "individual" else None,
        entity_id=None if practice else submission.get("entityId"),
        program=submission.get("programName"),
    )


def wanted_of(submission: Mapping[str, Any]) -> Wanted:
    """Return what is to be sent for a submission (QPP JSON that was checked)."""
    identity = identity_of(submission)
    sets = tuple(
        WantedSet(number, key_of(one, identity), writable(one))
        for number, one in enumerate(submission["measurementSets"])
    )
    return Wanted(identity, sets, submission)


def key_of(members: Mapping[str, Any], identity: Identity) -> SetKey:
    """Return what a set is found by."""
    return SetKey(
        str(members["category"]),
        str(members["submissionMethod"]),
        str(members.get("programName") or identity.program or MIPS),
        members.get("practiceId") or None,
        (members.get("measureSet") or None) if identity.year < 2021 else None,
    )


def held_set(members: Mapping[str, Any], submission_id: str, identity: Identity) -> HeldSet:
    """Return a set as CMS has stored it.

    Raises:
        KeyError: it has no id, category or submission method.
    """
    submitter, kind, updated = (members.get(name) for name in ("submitterId", "submitterType", "updatedAt"))
    key = key_of(members, identity)
    return HeldSet(str(members["id"]), submission_id, key, submitter, kind, updated, members)


def writable(members: Mapping[str, Any]) -> dict[str, Any]:
    """Return a set as it may be written: without what CMS assigns, and without nulls."""
    plain = {name: value for name, value in members.items() if name not in SET_READ_ONLY}
    if isinstance(plain.get("measurements"), list):
        plain["measurements"] = [
            {name: value for name, value in one.items() if name not in MEASUREMENT_READ_ONLY}
            for one in plain["measurements"]
        ]
    found: dict[str, Any] = _without_nulls(plain)
    return found


def original(members: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stored set as the file that was sent had it: also without the members that CMS works out."""
    plain = writable({name: value for name, value in members.items() if name in SET_MEMBERS and value != ""})
    for one in plain.get("measurements", ()):
        # Registry measures, whose ids have letters, are sent with their rate.
        sent = {"performanceRate"} if not str(one.get("measureId")).isdecimal() else set()
        one["value"] = _without(one.get("value"), COMPUTED - sent)
    return plain


def _without(value: Any, names: Set[str]) -> Any:
    if isinstance(value, Mapping):
        return {name: _without(one, names) for name, one in value.items() if name not in names}
    return [_without(one, names) for one in value] if isinstance(value, list) else value


def unknown_members(members: Mapping[str, Any]) -> frozenset[str]:
    """Return the members of a stored set that this tool does not recognize, with a value."""
    return frozenset(_unknown(members))


def _unknown(members: Mapping[str, Any]) -> Iterator[str]:
    known = SET_MEMBERS | SET_READ_ONLY
    yield from (name for name, value in members.items() if name not in known and value is not None)
    known = MEASUREMENT_MEMBERS | MEASUREMENT_READ_ONLY
    for one in members.get("measurements") or ():
        yield from (f"measurements.{name}" for name, value in one.items() if name not in known and value is not None)
        yield from (f"value.{name}" for name in _value_names(one.get("value")) - VALUE_MEMBERS - COMPUTED)


def _value_names(value: object) -> set[str]:
    if not isinstance(value, Mapping):
        return set()
    strata = value.get("strata")
    inside = [one for one in strata if isinstance(one, Mapping)] if isinstance(strata, list) else []
    return {name for one in (value, *inside) for name, said in one.items() if said is not None}


def _without_nulls(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_nulls(one) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_without_nulls(one) for one in value]
    return value
