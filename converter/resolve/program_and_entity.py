"""Program and entity: from the intended recipient, the performers and the participants, as the profile names them."""

from collections.abc import Iterable

from converter.facts.profiles import Profile
from converter.model.document import Document, Identifier
from converter.resolve.resolved import Identity


def resolve_identity(document: Document, profile: Profile) -> Identity:
    """Find out who reports. Only the first identifier of a kind counts, as in the official converter."""
    roots = profile.identifiers
    recipients = [item for item in document.recipients if item.root == roots["program"]]
    # An id without extension names nothing: another one may.
    names = [item for item in recipients if item.extension is not None]
    program = profile.programs.get((names[0].extension or "").upper()) if len(names) == 1 else None
    organization_ids = [item for performer in document.performers for item in performer.organization_ids]
    site = profile.practice_sites.get(program.name) if program else None
    entity_kind = profile.output.entity_id_from.get(program.entity_type) if program else None
    entity_ids = organization_ids
    if site:
        entity_kind, entity_ids = site["identifier"], document.participant_ids
    return Identity(
        recipients=recipients,
        program=program,
        npi=_first((item for performer in document.performers for item in performer.ids), roots.get("npi")),
        tin=_first(organization_ids, roots.get("tin")),
        entity=_first(entity_ids, roots.get(entity_kind)) if entity_kind else None,
        mvp=_first(document.participant_ids, roots.get("mvp")),
        cehrt=_first(document.participant_ids, roots.get("cehrt")),
    )


def _first(items: Iterable[Identifier], root: str | None) -> Identifier | None:
    return next((item for item in items if item.root == root and item.extension), None)
