"""Root causes: what explains several findings at once. They run early, and name themselves to the rules that follow."""

from collections.abc import Mapping

from converter.facts.catalog import role_of
from converter.facts.diagnosis import measure_of_populations
from converter.findings import kinds
from converter.model.document import Identifier, Population
from converter.resolve.resolved import ResolvedMeasure
from converter.rules.context import Aspect, Context


def roles_swapped(context: Context) -> None:
    """Two populations of a measure carry each other's id: one finding, not two."""
    for item in _unsettled(context):
        for index, stratum in enumerate(item.known.strata):
            given = {role: _role_given(item, role, stratum.populations) for role in stratum.populations}
            for first, other in given.items():
                # Each pair is told once, not from both of its ends.
                if other and other > first and given.get(other) == first:
                    _report_swapped(context, item, index, first, other)


def _unsettled(context: Context) -> list[ResolvedMeasure]:
    """The measures of which not every population stands where its code and its id say."""
    return [item for item in context.resolved.measures if item.measure is not None and not item.settled]


def _role_given(item: ResolvedMeasure, role: str, ids: Mapping[str, str]) -> str | None:
    """The role whose id a population of this role carries, where it is another role of the same population set."""
    role_of = {guid.lower(): of for of, guid in ids.items()}
    found = [role_of.get((one.root or "").lower()) for one in _ids(item.populations.get(role, []))]
    others = [one for one in found if one]
    return others[0] if len(others) == 1 and others[0] != role else None


def _ids(populations: list[Population]) -> list[Identifier]:
    return [one for population in populations for one in population.ids]


def _report_swapped(context: Context, item: ResolvedMeasure, index: int, first: str, second: str) -> None:
    stratum, name = item.known.strata[index], _set_name(item, index)
    where = f", {name}," if name else ""
    context.report(
        kinds.ROLES_SWAPPED,
        item.entry.node,
        measure=item.label,
        where=where,
        population_set=name,
        first_role=first,
        second_role=second,
        first_id=stratum.populations[first],
        second_id=stratum.populations[second],
    )
    for role in (first, second):
        context.explain(kinds.ROLES_SWAPPED, item.entry.node, Aspect.ROLE_IN_SET, role, index)


def _set_name(item: ResolvedMeasure, index: int) -> str | None:
    """How a population set is called; None where the measure has one."""
    strata = item.known.strata
    return (strata[index].name or f"population set {index + 1}") if len(strata) > 1 else None


def populations_of_another_measure(context: Context) -> None:
    """Most population ids of a measure are those of another measure: either the GUID or the populations are wrong."""
    for item in _unsettled(context):
        voted = measure_of_populations(
            (one.root or "" for one in _ids(item.entry.populations)), context.resolved.catalog
        )
        if voted and voted[0] is not item.measure:
            other, count, total = voted
            context.report(
                kinds.POPULATIONS_OF_ANOTHER_MEASURE,
                item.entry.node,
                measure=item.label,
                other_measure=str(other.label),
                guid=other.guid,
                count=count,
                total=total,
                belong="belongs" if count == 1 else "belong",
            )
            context.explain(kinds.POPULATIONS_OF_ANOTHER_MEASURE, item.entry.node, Aspect.POPULATIONS)


def codes_unlike_ids(context: Context) -> None:
    """A population has the id of a role that is otherwise missing, and another code."""
    for item in _unsettled(context):
        for population in item.entry.populations:
            role = _role_of_id(item, population)
            code = population.codes[0] if len(population.codes) == 1 else None
            if role is None or code is None or role == role_of(code):
                continue
            if len(item.populations.get(role, ())) < item.known.number_of[role]:
                context.report(kinds.CODE_UNLIKE_ID, population.node, measure=item.label, found=code, role=role)
                for explained in (role, code):
                    context.explain(kinds.CODE_UNLIKE_ID, item.entry.node, Aspect.PART, explained)


def _role_of_id(item: ResolvedMeasure, population: Population) -> str | None:
    guids = {(one.root or "").lower() for one in population.ids}
    return next((role for role, guid in item.known.place_of if guid in guids), None) if len(guids) == 1 else None


RULES = (roles_swapped, populations_of_another_measure, codes_unlike_ids)
