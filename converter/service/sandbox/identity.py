"""Whose data it is: what makes one submission of a year differ from another."""

from collections.abc import Mapping
from typing import Any, NamedTuple

INDIVIDUAL, GROUP = "individual", "group"
MEMBERS = (
    "performanceYear", "entityType", "entityId", "taxpayerIdentificationNumber", "nationalProviderIdentifier",
)  # fmt: skip


class Identity(NamedTuple):
    """The identity of a submission: year and entity type, with TIN, TIN and NPI, or the id of an entity.

    Attributes:
        year: the performance year.
        entity_type: individual, group, virtualGroup, apm or subgroup.
        tin: the TIN of an individual or group; otherwise None.
        npi: the NPI of an individual; otherwise None.
        entity_id: the id of an entity; otherwise None.
    """

    year: int
    entity_type: str
    tin: str | None = None
    npi: str | None = None
    entity_id: str | None = None

    def members(self) -> dict[str, Any]:
        """Return its members as an answer has them, null where they do not apply."""
        return dict(zip(MEMBERS, (self.year, self.entity_type, self.entity_id, self.tin, self.npi), strict=True))

    def sent(self) -> dict[str, Any]:
        """Return its members as they are sent, without those that do not apply."""
        return {name: value for name, value in self.members().items() if value is not None}


def identity_of(members: Mapping[str, Any]) -> Identity:
    """Return the identity of a submission that our rules have nothing against."""
    kind = members["entityType"]
    return Identity(
        int(members["performanceYear"]),
        kind,
        members.get("taxpayerIdentificationNumber") if kind in (INDIVIDUAL, GROUP) else None,
        members.get("nationalProviderIdentifier") if kind == INDIVIDUAL else None,
        None if kind in (INDIVIDUAL, GROUP) else members.get("entityId"),
    )
