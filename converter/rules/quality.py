"""Rules about measures of the quality section: which measure it is, and whether its populations are there."""

from collections import Counter

from converter.catalog import guids
from converter.catalog.catalog import COUNTED_ROLES, Measure
from converter.findings import kinds
from converter.findings.finding import MeasureLabel
from converter.resolve.resolved import ResolvedMeasure
from converter.rules.context import Context


def measure_guid(context: Context) -> None:
    """Each measure has one GUID, that of a measure of the year (70, 6)."""
    root = context.resolved.profile.identifiers["qualityMeasureGuid"]
    for item in context.resolved.measures:
        given = [reference.extension or "" for reference in item.references]
        if not given:
            context.report(kinds.GUID_MISSING, item.entry.node, root=root)
        elif len(given) > 1:
            context.report(kinds.GUID_REPEATED, item.entry.node, found=", ".join(given), count=len(given), root=root)
        for guid in dict.fromkeys(given):
            if item.measure is None and context.resolved.catalog.measure(guid) is None:
                _report_guid(context, item, guid)


def _report_guid(context: Context, item: ResolvedMeasure, guid: str) -> None:
    other = guids.published_as(guid)
    if other is None or other.kind != "measure":
        context.report(kinds.GUID_UNKNOWN, item.entry.node, found=f'"{guid}"')
        return
    cms_id, measure_id, year = other.cms_id, other.measure_id or "", other.years[0]
    current = context.resolved.catalog.by_measure_id(measure_id)
    label = MeasureLabel(measure_id, cms_id, current.title if current else None)
    if current:
        expected = f"{current.guid}, the GUID of {current.cms_id}"
        remedy = f"Export the document with the measures of {context.year}; the GUID alone may be replaced by "
        remedy += f"{current.guid} only if the counts follow {current.cms_id}."
    else:
        expected = f"A measure that can be reported from an EHR in {context.year}"
        remedy = f"Leave the measure out: measure {measure_id} cannot be reported from an EHR in {context.year}."
    context.report(
        kinds.GUID_OF_ANOTHER_YEAR,
        item.entry.node,
        found=guid,
        measure=label,
        other=str(label),
        other_year=year,
        expected_guid=expected,
        remedy=remedy,
    )


def measure_once(context: Context) -> None:
    """No measure is reported twice in a section (71)."""
    for section in context.resolved.document.sections:
        here = [item for item in context.resolved.measures if item.section is section and len(item.references) == 1]
        counts = Counter((item.references[0].extension or "").lower() for item in here)
        for guid, count in counts.items():
            if count > 1:
                first = next(item for item in here if (item.references[0].extension or "").lower() == guid)
                label = first.measure.label if first.measure else MeasureLabel(None, f"The measure {guid}")
                related = tuple(
                    context.tree.place(item.entry.node)
                    for item in here
                    if (item.references[0].extension or "").lower() == guid
                )
                context.report(
                    kinds.MEASURE_REPORTED_TWICE, section.node, count=count, measure=label, related=related, found=guid
                )


def populations_present(context: Context) -> None:
    """A measure has populations (7)."""
    for item in context.resolved.measures:
        if not item.entry.populations:
            wanted = ", ".join(_roles(item.measure)) if item.measure else "those of its specification"
            label = item.label
            context.report(kinds.NO_POPULATION, item.entry.node, measure=label, wanted=wanted)


def population_numbers(context: Context) -> None:
    """A measure has as many populations of each role as the catalog says (14)."""
    for item in context.resolved.measures:
        if item.measure is None:
            continue
        number_of = item.measure.number_of
        for role in COUNTED_ROLES:
            count, wanted = len(item.populations.get(role, ())), number_of.get(role, 0)
            if count != wanted:
                context.report(
                    kinds.POPULATION_COUNT,
                    item.entry.node,
                    measure=item.measure.label,
                    found=str(count),
                    count=count,
                    role=role,
                    wanted=wanted,
                    remedy=_number_remedy(role, count, wanted),
                )


def _number_remedy(role: str, count: int, wanted: int) -> str:
    if wanted == 0:
        return f"Remove the {role} population; this measure has none."
    if count < wanted:
        return f"Export all {role} populations of the measure, with a count of 0 where nobody was counted."
    return f"Remove the {role} population that is given twice or belongs to another measure."


def population_ids(context: Context) -> None:
    """Each population of the catalog is there, under its id and code (59)."""
    for item in context.resolved.measures:
        if item.measure is None:
            continue
        for index, stratum in enumerate(item.measure.strata):
            for role in COUNTED_ROLES:
                wanted = stratum.populations.get(role)
                if wanted and not item.cells.get((index, role)):
                    name = stratum.name or (f"population set {index + 1}" if len(item.measure.strata) > 1 else "")
                    context.report(
                        kinds.POPULATION_ID_MISSING,
                        item.entry.node,
                        measure=item.measure.label,
                        role=role,
                        wanted=wanted,
                        note=f" ({name})" if name else "",
                        found=", ".join(_given_ids(item, role)) or None,
                    )


def _given_ids(item: ResolvedMeasure, role: str) -> list[str]:
    return [one.root or "" for population in item.populations.get(role, ()) for one in population.ids]


def _roles(measure: Measure) -> list[str]:
    return [role for role in ("IPOP", *COUNTED_ROLES, "NUMEX") if role in measure.number_of]


RULES = (measure_guid, measure_once, populations_present, population_numbers, population_ids)
