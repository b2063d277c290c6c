"""Root causes: what explains several findings at once. They run early, and name themselves to the rules that follow."""

from collections.abc import Mapping

from converter.facts.catalog import role_of
from converter.facts.diagnosis import measure_of_populations
from converter.findings import kinds
from converter.model.document import Identifier, Population
from converter.resolve.resolved import ResolvedMeasure
from converter.rules.context import Context


def roles_swapped(context: Context) -> None:
    """Two populations of a measure carry each other's id: one finding, not two."""
    for item in context.resolved.measures:
        if item.measure is None:
            continue
        for index, stratum in enumerate(item.measure.strata):
            given = {role: _role_given(item, role, stratum.populations) for role in stratum.populations}
            for first, other in given.items():
                # Each pair is told once, not from both of its ends.
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


RULES = (roles_swapped, populations_of_another_measure, codes_unlike_ids)
