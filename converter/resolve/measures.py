"""Measures: GUID to measure, population id to role and population set."""

from converter.catalog.catalog import Catalog, role_of
from converter.model.document import Document, Population, QualityMeasure, Section
from converter.profiles.profile import Profile
from converter.resolve.identity import resolve_identity
from converter.resolve.resolved import Resolved, ResolvedMeasure


def resolve(document: Document, profile: Profile, catalog: Catalog) -> Resolved:
    """Say what the document means in the year of the profile."""
    root = profile.identifiers["qualityMeasureGuid"]
    measures = [
        _resolve_measure(section, entry, root, catalog)
        for section in document.sections
        for entry in section.entries
        if type(entry) is QualityMeasure
    ]
    return Resolved(document, profile, catalog, resolve_identity(document, profile), measures)


def _resolve_measure(section: Section, entry: QualityMeasure, root: str, catalog: Catalog) -> ResolvedMeasure:
    references = [item for item in entry.ids if item.root == root and item.extension is not None]
    guids = {(item.extension or "").lower() for item in references}
    measure = catalog.measure(guids.pop()) if len(guids) == 1 else None
    resolved = ResolvedMeasure(section, entry, references, measure)
    for population in entry.populations:
        _place_population(resolved, population)
    return resolved


def _place_population(resolved: ResolvedMeasure, population: Population) -> None:
    if not population.codes:
        return
    role = role_of(population.codes[0])
    resolved.populations.setdefault(role, []).append(population)
    if resolved.measure is None:
        return
    place_of = resolved.measure.place_of
    for item in population.ids:
        index = place_of.get((role, (item.root or "").lower()))
        if index is not None:
            resolved.cells.setdefault((index, role), []).append(population)
