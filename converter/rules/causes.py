"""Root causes: what explains several findings at once. They run first, and name themselves to the rules that follow."""

from collections.abc import Mapping

from converter.catalog.catalog import role_of
from converter.catalog.diagnosis import measure_of_populations
from converter.findings import kinds
from converter.model.document import Activity, Identifier, PiMeasure, Population, QualityMeasure
from converter.resolve.resolved import ResolvedMeasure
from converter.rules.context import Context

_NAMES: Mapping[str, tuple[str, str]] = {
    "quality_section": ("section", "the quality section"),
    "pi_section": ("section", "the promoting interoperability section"),
    "ia_section": ("section", "the improvement activities section"),
    "quality_measure": ("organizer", "a quality measure"),
    "ia_measure": ("organizer", "an improvement activity"),
    "pi_numerator_denominator": ("organizer", "a promoting interoperability measure"),
    "pi_measure_performed": ("organizer", "a promoting interoperability measure"),
    "pi_numerator": ("observation", "the numerator of a promoting interoperability measure"),
    "pi_denominator": ("observation", "the denominator of a promoting interoperability measure"),
    "measure_performed": ("observation", "a yes/no answer"),
    "population": ("observation", "a population"),
    "performance_rate": ("observation", "a performance rate"),
    "aggregate_count": ("observation", "an aggregate count"),
    "reporting_parameters": ("act", "the performance period"),
}
_CATEGORY_OF = {"pi_numerator_denominator": "pi_measure", "pi_measure_performed": "pi_measure"}
_OPTIONAL = {"performance_rate", "IPOP", "IPP", "NUMEX"}
"""Shapes, or population roles, that a submission does not need."""


def templates_missing(context: Context) -> None:
    """An element that looks like an entry but has no template is the cause of what is missing."""
    if not _something_is_missing(context):
        return
    for shape in context.find_shapes():
        types = context.resolved.profile.types
        root = next(root for root, (name, rank) in types.items() if name == shape.type and rank == 0)
        extension = context.resolved.profile.extensions.get(root)
        what, detail = _NAMES[shape.type]
        needed = not {shape.type, shape.detail} & _OPTIONAL
        context.report(
            kinds.TEMPLATE_MISSING_BY_SHAPE if needed else kinds.OPTIONAL_TEMPLATE_MISSING,
            shape.node,
            found=shape.detail or None,
            what=what,
            detail=f"{detail} ({shape.detail})" if shape.detail else detail,
            root=root,
            extension=f' extension="{extension}"' if extension else "",
        )
        for explained in {shape.type, shape.detail, _CATEGORY_OF.get(shape.type, "")} if needed else ():
            context.causes[id(shape.parent), explained] = kinds.TEMPLATE_MISSING_BY_SHAPE.id


def _something_is_missing(context: Context) -> bool:
    document = context.resolved.document
    return (
        not document.sections
        or any(len(one.periods) != 1 or not one.entries for one in document.sections)
        or any(one.entry_elements > len(one.entries) + len(one.periods) for one in document.sections)
        or any(_measure_lacks(item) for item in context.resolved.measures)
        or bool(document.strays)
        or any(_entry_lacks(entry) for section in document.sections for entry in section.entries)
    )


def _measure_lacks(item: ResolvedMeasure) -> bool:
    """Whether the measure has fewer entries than it has components: one of them has no type."""
    entry = item.entry
    return not entry.populations or entry.component_elements > len(entry.populations) + len(entry.rates)


def _entry_lacks(entry: QualityMeasure | PiMeasure | Activity) -> bool:
    if isinstance(entry, QualityMeasure):
        return any(not one.counts for one in entry.populations)
    if isinstance(entry, PiMeasure) and entry.proportion:
        parts = (*entry.numerators, *entry.denominators)
        return len(parts) < 2 or any(not one.counts for one in parts)
    return not entry.performed


def roles_swapped(context: Context) -> None:
    """Two populations of a measure carry each other's id: one finding, not two."""
    for item in context.resolved.measures:
        if item.measure is None:
            continue
        for index, stratum in enumerate(item.measure.strata):
            given = {role: _role_given(item, role, stratum.populations) for role in stratum.populations}
            for first, other in given.items():
                if other and other > first and given.get(other) == first:
                    _report_swapped(context, item, index, first, other)


def _role_given(item: ResolvedMeasure, role: str, ids: Mapping[str, str]) -> str | None:
    """The role whose id a population of this role carries, where it is another role of the same population set."""
    role_of = {guid.lower(): of for of, guid in ids.items()}
    found = [role_of.get((one.root or "").lower()) for one in _ids(item.populations.get(role, []))]
    others = [one for one in found if one]
    return others[0] if len(others) == 1 and others[0] != role else None


def _ids(populations: list[Population]) -> list[Identifier]:
    return [one for population in populations for one in population.ids]


def _report_swapped(context: Context, item: ResolvedMeasure, index: int, first: str, second: str) -> None:
    strata = item.known.strata
    stratum = strata[index]
    where = f", {stratum.name or f'population set {index + 1}'}," if len(strata) > 1 else ""
    context.report(
        kinds.ROLES_SWAPPED,
        item.entry.node,
        measure=item.label,
        where=where,
        first=first,
        second=second,
        first_id=stratum.populations[first],
        second_id=stratum.populations[second],
    )
    for role in (first, second):
        context.causes[id(item.entry), f"{index} {role}"] = kinds.ROLES_SWAPPED.id


def populations_of_another_measure(context: Context) -> None:
    """Most population ids of a measure are those of another measure: either the GUID or the populations are wrong."""
    for item in context.resolved.measures:
        if item.measure is None:
            continue
        voted = measure_of_populations(
            (one.root or "" for one in _ids(item.entry.populations)), context.resolved.catalog
        )
        if voted and voted[0] is not item.measure:
            other, count, total = voted
            context.report(
                kinds.POPULATIONS_OF_ANOTHER_MEASURE,
                item.entry.node,
                measure=item.label,
                other=other.label,
                guid=other.guid,
                count=count,
                total=total,
            )
            context.causes[id(item.entry), "populations"] = kinds.POPULATIONS_OF_ANOTHER_MEASURE.id


def codes_unlike_ids(context: Context) -> None:
    """A population has the id of a role that is otherwise missing, and another code."""
    for item in context.resolved.measures:
        if item.measure is None:
            continue
        for population in item.entry.populations:
            role = _role_of_id(item, population)
            code = population.codes[0] if len(population.codes) == 1 else None
            if role is None or code is None or role == role_of(code):
                continue
            if len(item.populations.get(role, ())) < item.measure.number_of[role]:
                context.report(kinds.CODE_UNLIKE_ID, population.node, measure=item.label, found=code, role=role)
                for explained in (role, code):
                    context.causes[id(item.entry.node), explained] = kinds.CODE_UNLIKE_ID.id


def _role_of_id(item: ResolvedMeasure, population: Population) -> str | None:
    guids = {(one.root or "").lower() for one in population.ids}
    return next((role for role, guid in item.known.place_of if guid in guids), None) if len(guids) == 1 else None


RULES = (templates_missing, roles_swapped, populations_of_another_measure, codes_unlike_ids)
