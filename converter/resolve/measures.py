"""Measures: GUID to measure, population id to role and population set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.facts.catalog import Catalog, Measure, role_of
from converter.facts.diagnosis import by_cms_number, diagnose, measure_of_populations
from converter.facts.guids import published_as
from converter.facts.profiles import Profile, Program
from converter.model.document import Document, Population, QualityMeasure, Section
from converter.resolve.program_and_entity import resolve_identity
from converter.resolve.resolved import Resolved, ResolvedMeasure

if TYPE_CHECKING:
    from converter.facts.practice_sites import PracticeSites

_OF_A_MEASURE = ("measure", "set", "population")
"""What identifiers are published as that belong to one measure."""


def resolve(document: Document, profile: Profile, catalog: Catalog) -> Resolved:
    """Say what the document means in the year of the profile."""
    root = profile.identifiers["qualityMeasureGuid"]
    measures = [
        _resolve_measure(section, entry, root, catalog)
        for section in document.sections
        for entry in section.entries
        if type(entry) is QualityMeasure
    ]
    identity = resolve_identity(document, profile)
    return Resolved(document, profile, catalog, identity, measures, _practice(profile, identity.program))


def _practice(profile: Profile, program: Program | None) -> PracticeSites | None:
    """What is asked of a practice site; None in programs that others report in."""
    if program is None or program.name not in profile.practice_sites:
        return None
    from converter.facts.practice_sites import practice_sites  # these programs have ended: few documents need it

    return practice_sites(program.name, profile.practice_sites[program.name])


def _resolve_measure(section: Section, entry: QualityMeasure, root: str, catalog: Catalog) -> ResolvedMeasure:
    references = [item for item in entry.ids if item.root == root and item.extension is not None]
    # The same GUID twice is one measure; two different ones leave open which is meant.
    guids = {(item.extension or "").lower() for item in references}
    measure = catalog.measure(guids.pop()) if len(guids) == 1 else None
    meant = _meant(references[0].extension or "", entry, catalog) if measure is None and len(references) == 1 else None
    resolved = ResolvedMeasure(section, entry, references, measure or meant, assumed=meant is not None)
    placed = [_place_population(resolved, population) for population in entry.populations]
    resolved.settled = measure is not None and all(placed)
    return resolved


def _meant(text: str, entry: QualityMeasure, catalog: Catalog) -> Measure | None:
    """The measure that a wrong GUID certainly stands for; None where that is not certain.

    A measure id, or the right GUID in wrapping, tells it unless the populations are those of another measure. What only
    points at it, such as the GUID of another year, needs populations of the measure, and none of another year.
    """
    # In a year without published identifiers every GUID would be a wrong one.
    if catalog.identifiers == "none":
        return None
    diagnosis = diagnose(text, catalog)
    published, misspelt = diagnosis.published, diagnosis.misspelt
    sure = diagnosis.named or (catalog.measure(diagnosis.guid) if diagnosis.wrapped else None)
    likely = sure
    if published and sure is None and published.kind in _OF_A_MEASURE:
        likely = catalog.by_measure_id(published.measure_id or "") or by_cms_number(published.cms_id, catalog)
    elif misspelt and misspelt.distance == 1:
        likely = catalog.measure(misspelt.guid)
    if likely is None:
        return None
    ids = [one.root or "" for part in entry.populations for one in part.ids]
    voted = measure_of_populations(ids, catalog)
    if voted is None:
        return sure
    of_this_year = all(catalog.owners_of(one) or published_as(one) is None for one in ids)
    return likely if voted[0] is likely and (sure or of_this_year) else None


def _place_population(resolved: ResolvedMeasure, population: Population) -> bool:
    """Give a population its place in the measure; say whether its one code and its one id agree on it."""
    if not population.codes:
        return False
    # The first code decides; rule population_codes_single tells that there are others.
    role = role_of(population.codes[0])
    resolved.populations.setdefault(role, []).append(population)
    if resolved.measure is None:
        return False
    found = 0
    place_of = resolved.measure.place_of
    for item in population.ids:
        index = place_of.get((role, (item.root or "").lower()))
        if index is not None:
            resolved.cells.setdefault((index, role), []).append(population)
            found += 1
    return found == len(population.ids) == len(population.codes) == 1
