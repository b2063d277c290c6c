"""Who reports, as a document or submission says it. Values only."""

from typing import NamedTuple


class Identity(NamedTuple):
    """Who reports, and under which program. None for what is not given.

    Attributes:
        program: program name as written, such as `MIPS_GROUP`; of a submission its `programName`.
        entity_type: individual, group, virtualGroup, apm or subgroup.
        npi: national provider identifier as written.
        tin: taxpayer identification number as written.
        entity_id: virtual group, APM entity or subgroup id.
        mvp: id of the MIPS Value Pathway.
    """

    program: str | None = None
    entity_type: str | None = None
    npi: str | None = None
    tin: str | None = None
    entity_id: str | None = None
    mvp: str | None = None

    def __repr__(self) -> str:
        """Return program and entity type; no identifiers."""
        return f"<Identity {self.program or 'without program'}, {self.entity_type or 'of unknown entity type'}>"
