"""Who calls: a registry with its token, or a user of the site who let an application act for them. All are invented."""

from dataclasses import dataclass
from enum import StrEnum

from converter.service.sandbox.identity import Identity


class Role(StrEnum):
    """For whom somebody may act."""

    REGISTRY = "registry"
    PRACTICE = "practice"
    VIRTUAL_GROUP = "virtualGroup"
    APM_ENTITY = "apm"


_ENTITY_TYPES = {
    Role.REGISTRY: frozenset({"individual", "group", "subgroup", "virtualGroup", "apm"}),
    Role.PRACTICE: frozenset({"individual", "group", "subgroup"}),
    Role.VIRTUAL_GROUP: frozenset({"virtualGroup"}),
    Role.APM_ENTITY: frozenset({"apm"}),
}
SECURITY_OFFICIAL = "securityOfficial"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody with a token.

    Attributes:
        name: the name, for pages and the ID token.
        submitter_id: what stands in the sets that they send.
        submitter_type: likewise.
        role: for whom they may act.
        ids: the TINs, or ids of entities, that they may act for; empty for all.
    """

    name: str
    submitter_id: str
    submitter_type: str
    role: Role
    ids: frozenset[str] = frozenset()

    @property
    def is_registry(self) -> bool:
        """Whether it is a registry: it sees only its own sets, and may not create whole submissions."""
        return self.role is Role.REGISTRY

    def may(self, identity: Identity) -> bool:
        """Whether they may act for a practice or entity."""
        own = identity.tin or identity.entity_id
        return identity.entity_type in _ENTITY_TYPES[self.role] and (not self.ids or own in self.ids)


def user(name: str, role: Role, ids: frozenset[str] = frozenset()) -> Caller:
    """Return a user of the site. The type of their sets is not known of CMS."""
    return Caller(name, SECURITY_OFFICIAL, SECURITY_OFFICIAL, role, ids)


def registry(name: str, organization: str) -> Caller:
    """Return a registry."""
    return Caller(name, organization, "organization", Role.REGISTRY)


REGISTRIES = {
    "sandbox-registry-1": registry("Registry One (invented)", "00000000-0000-4000-8000-000000000001"),
    "sandbox-registry-2": registry("Registry Two (invented)", "00000000-0000-4000-8000-000000000002"),
}
"""Token -> registry. They are no secrets: the sandbox holds no data worth one."""
