"""Rules about measures of the quality section: whether their populations are there."""

from converter.facts.catalog import COUNTED_ROLES, INITIAL_POPULATION, Measure
from converter.facts.diagnosis import unwrapped
from converter.facts.guids import published_as
from converter.findings import kinds
from converter.findings.finding import MeasureLabel
from converter.language.english import count_of
from converter.resolve.resolved import ResolvedMeasure
from converter.rules.context import Aspect, Context, Words


def _compared_roles(context: Context) -> tuple[str, ...]:
    """Roles that are compared with the catalog. The initial population is one of them for practice sites only."""
    return (INITIAL_POPULATION, *COUNTED_ROLES) if context.resolved.practice else COUNTED_ROLES


def populations_present(context: Context) -> None:
    """A measure has populations (7)."""
    for item in context.resolved.measures:
        if not item.entry.populations:
            roles = tuple(_roles(item.measure)) if item.measure else ()
            words: Words = {"roles": roles, "wanted": ", ".join(roles) or "those in its specification"}
            cause = context.cause(item.entry.node, Aspect.PART, "population")
            context.report(kinds.NO_POPULATION, item.entry.node, measure=item.label, caused_by=cause, **words)


def population_numbers(context: Context) -> None:
    """A measure has as many populations of each role as the catalog says (14)."""
    for item in context.resolved.measures:
        if item.measure is None:
            continue
        number_of = item.measure.number_of
        for role in _compared_roles(context):
            # As many initial populations as numerators: measures data counts them so.
            wanted = number_of.get("NUMER" if role == INITIAL_POPULATION else role, 0)
            count = len(item.populations.get(role, ()))
            if count != wanted:
                context.report(
                    kinds.POPULATION_COUNT,
                    item.entry.node,
                    measure=item.measure.label,
                    found=str(count),
                    role=role,
                    count=count,
                    expected_count=wanted,
                    given=count_of(count, f"{role} population"),
                    wanted=str(wanted) if wanted else "none",
                    expectation=count_of(wanted, f"{role} population"),
                    remedy=_number_remedy(role, count, wanted),
                    caused_by=_cause(context, item, role),
                )


def _cause(context: Context, item: ResolvedMeasure, role: str) -> str | None:
    """What explains that a role of the measure is missing or doubled."""
    if not item.entry.populations:
        return context.cause(item.entry.node, Aspect.PART, "population") or kinds.NO_POPULATION.id
    if any(not one.codes for one in item.entry.populations):
        return kinds.POPULATION_CODES.id
    return context.cause(item.entry.node, Aspect.PART, role) or context.cause(item.entry.node, Aspect.POPULATIONS)


def _cause_of_id(context: Context, item: ResolvedMeasure, index: int, role: str) -> str | None:
    """What explains that the id of a role of a population set is missing."""
    cause = _cause(context, item, role) or context.cause(item.entry.node, Aspect.ROLE_IN_SET, role, index)
    if cause:
        return cause
    given = item.populations.get(role, ())
    if any(len(one.ids) != 1 for one in given):
        return kinds.POPULATION_IDS.id
    return kinds.POPULATION_COUNT.id if len(given) < item.known.number_of[role] else None


def _number_remedy(role: str, count: int, wanted: int) -> str:
    if wanted == 0:
        return f"Remove the {role} population; this measure does not have one."
    if count < wanted:
        every = f"all {wanted} {role} populations" if wanted > 1 else f"the {role} population"
        return f"Export {every} of the measure, with a count of 0 if nobody was counted."
    return f"Remove the {role} population that is repeated or belongs to another measure."


def population_ids(context: Context) -> None:
    """Each population of the catalog is there, under its id and code (59)."""
    for item in context.resolved.measures:
        if item.measure is None:
            continue
        for index, stratum in enumerate(item.measure.strata):
            for role in _compared_roles(context):
                wanted = stratum.populations.get(role)
                if wanted and not item.cells.get((index, role)):
                    cause = _cause_of_id(context, item, index, role)
                    given = _given_ids(item, role)
                    name = stratum.name or (f"population set {index + 1}" if len(item.measure.strata) > 1 else "")
                    context.report(
                        kinds.POPULATION_ID_MISSING,
                        item.entry.node,
                        measure=item.measure.label,
                        role=role,
                        population_id=wanted,
                        population_set=name or None,
                        note=f" ({name})" if name else "",
                        found=", ".join(given) or None,
                        remedy=_id_remedy(context, role, wanted, given),
                        # What the ids are is told by the cause already.
                        evidence="" if cause else _evidence(context, item, given),
                        caused_by=cause,
                    )


def _id_remedy(context: Context, role: str, wanted: str, given: list[str]) -> str:
    found = published_as(unwrapped(given[0]), context.year) if len(given) == 1 else None
    if found and found.kind == "population" and context.year not in found.years:
        return (
            f"Update the measure to {context.year} and export again; the id {wanted} alone is right only if the count "
            "already follows that version."
        )
    if given:
        return f"Give the {role} population of this measure the id {wanted}."
    return f"Add a {role} population with the id {wanted} and its count."


def _given_ids(item: ResolvedMeasure, role: str) -> list[str]:
    """Ids under which populations of the role are given and which the catalog does not have in this role."""
    place_of = item.known.place_of
    given = [one.root or "" for population in item.populations.get(role, ()) for one in population.ids]
    return [one for one in given if (role, one.lower()) not in place_of]


def _evidence(context: Context, item: ResolvedMeasure, given: list[str]) -> str:
    """Say what the ids are that stand in place of the right one."""
    return "".join(f" The id given, {guid}, {_what(context, item, unwrapped(guid))}." for guid in given)


def _what(context: Context, item: ResolvedMeasure, guid: str) -> str:
    role = next((role for role, other in item.known.place_of if other == guid), None)
    if role:
        return f"is that of its {role} population"
    published = published_as(guid, context.year)
    if published is None:
        return "is unknown"
    name = "a stratum" if published.role == "STRAT" else f"the {published.role} population"
    if published.kind == "population":
        year = context.year if context.year in published.years else published.years[-1]
        return f"is that of {name} of {published.cms_id} ({year})"
    if published.kind == "superseded":
        return f"is that of {name} of {published.cms_id}, which was withdrawn"
    return f"belongs to {MeasureLabel(published.measure_id, published.cms_id)} itself, not to a population"


def _roles(measure: Measure) -> list[str]:
    return [role for role in ("IPOP", *COUNTED_ROLES, "NUMEX") if role in measure.number_of]


RULES = (populations_present, population_numbers, population_ids)
