"""What the document means in its year: program and entity, and for each measure the catalog's answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from converter.facts.catalog import Catalog, Measure
from converter.facts.profiles import Profile, Program
from converter.findings.finding import MeasureLabel
from converter.model.document import Document, Identifier, Population, QualityMeasure, Section

if TYPE_CHECKING:
    from converter.facts.practice_sites import PracticeSites


@dataclass(slots=True)
class Identity:
    """Who reports. Each is the `id` element it comes from, or None.

    Attributes:
        recipients: the intended recipient ids that carry a program name root.
        program: the program named, or None where no, several or an unknown one is named.
        npi: national provider identifier.
        tin: taxpayer identification number.
        entity: virtual group, APM entity, subgroup or practice site id, as entity type and program ask.
        mvp: MIPS Value Pathway.
        cehrt: CMS EHR certification id.
    """

    recipients: list[Identifier]
    program: Program | None = None
    npi: Identifier | None = None
    tin: Identifier | None = None
    entity: Identifier | None = None
    mvp: Identifier | None = None
    cehrt: Identifier | None = None


@dataclass(slots=True)
class ResolvedMeasure:
    """A measure of the document and what the catalog says of it.

    Attributes:
        section: the quality section it stands in.
        entry: the measure as written.
        references: its ids that stand under the measure GUID root.
        measure: the catalog's measure, or None where no GUID, an unknown one or different ones are given.
        assumed: whether the measure is certain although its GUID is wrong; it is checked, and not submitted.
        settled: whether code and id of each of its populations agree, so that there is nothing to explain about them.
        populations: role -> the populations whose first code says so.
        cells: (index of the population set, role) -> the populations whose id the catalog has there.
    """

    section: Section
    entry: QualityMeasure
    references: list[Identifier]
    measure: Measure | None
    assumed: bool = False
    settled: bool = False
    populations: dict[str, list[Population]] = field(default_factory=dict)
    cells: dict[tuple[int, str], list[Population]] = field(default_factory=dict)

    @property
    def recognised(self) -> bool:
        """Whether its GUID is that of the measure."""
        return self.measure is not None and not self.assumed

    @property
    def known(self) -> Measure:
        """The catalog's measure.

        Raises:
            ValueError: there is none; the rules let no such measure through to assembly.
        """
        if self.measure is None:
            raise ValueError("a measure without catalog entry cannot be assembled")
        return self.measure

    @property
    def label(self) -> MeasureLabel | None:
        """How findings name the measure; None where the catalog has none."""
        return self.measure.label if self.measure else None


@dataclass(slots=True)
class Resolved:
    """A document with all that its year says of it.

    Attributes:
        practice: what is asked of a practice site; None in programs that others report in.
    """

    document: Document
    profile: Profile
    catalog: Catalog
    identity: Identity
    measures: list[ResolvedMeasure]
    practice: PracticeSites | None = None
