"""Rules about each population: its code, id and count."""

from collections.abc import Iterator

from converter.facts.catalog import INITIAL_POPULATION, role_of
from converter.findings import kinds
from converter.language.english import cut, instead_of_one, listed
from converter.model.document import Population, Unread
from converter.model.numbers import whole_number
from converter.parsers.qrda3.elements import code_of
from converter.parsers.qrda3.shapes import SUPPLEMENTAL_CODES
from converter.resolve.resolved import ResolvedMeasure
from converter.rules.context import Aspect, Context, Words

_LONGEST = 60
_NO_POPULATION = "A count of supplemental data or of a stratum"


def population_ids_single(context: Context) -> None:
    """A population has one id; only practice sites are asked for that of the initial population (57)."""
    for item, population in _known(context):
        count = sum(1 for one in population.ids if one.root is not None)
        if count != 1 and (context.resolved.practice or not _is_initial(population)):
            role = _role(population)
            given = instead_of_one(count, "population id")
            words: Words = {"role": role, "count": count, "given": given}
            context.report(kinds.POPULATION_IDS, population.node, measure=item.label, **words)


def initial_population_ids(context: Context) -> None:
    """An initial population is found under its id; where the measure has several rates, it must have one.

    The official converter asks nothing of the initial population, and then loses a measure with several rates over it.
    Of practice sites it asks the same as of the other populations.
    """
    if context.resolved.practice:
        return
    for item in context.resolved.measures:
        if item.measure is None:
            continue
        wanted = [
            one.populations[INITIAL_POPULATION] for one in item.measure.strata if INITIAL_POPULATION in one.populations
        ]
        several = item.measure.metric_type == "multiPerformanceRate" and len(wanted) > 1
        for population in item.populations.get(INITIAL_POPULATION, ()):
            if several and not any(one.root for one in population.ids):
                context.report(
                    kinds.POPULATION_WITHOUT_ID,
                    population.node,
                    measure=item.measure.label,
                    role=INITIAL_POPULATION,
                    count=len(wanted),
                    wanted=", ".join(wanted),
                    population_ids=tuple(wanted),
                )
        for index, stratum in enumerate(item.measure.strata):
            guid = stratum.populations.get(INITIAL_POPULATION)
            count = len(item.cells.get((index, INITIAL_POPULATION), ()))
            # That there is no population at all is told once, by rule populations_present.
            if guid and count != 1 and item.entry.populations:
                problem = _unclear(count, guid)
                context.report(
                    kinds.INITIAL_POPULATION_UNCLEAR,
                    item.entry.node,
                    measure=item.measure.label,
                    problem=problem,
                    count=count,
                    population_id=guid,
                    caused_by=_cause_of_initial(context, item, index),
                )


def _unclear(count: int, guid: str) -> str:
    if count:
        return "is reported more than once, and only the first one is compared with the denominator"
    return f"is not reported with its id {guid}, so it could not be compared with the denominator"


def _cause_of_initial(context: Context, item: ResolvedMeasure, index: int) -> str | None:
    if any(not any(id_.root for id_ in one.ids) for one in item.populations.get(INITIAL_POPULATION, ())):
        several = sum(1 for one in item.known.strata if one.populations) > 1
        return kinds.POPULATION_WITHOUT_ID.id if several and item.known.metric_type == "multiPerformanceRate" else None
    swapped = context.cause(item.entry.node, Aspect.ROLE_IN_SET, INITIAL_POPULATION, index)
    return swapped or context.cause(item.entry.node, Aspect.POPULATIONS)


def population_codes_single(context: Context) -> None:
    """A population has one code (58)."""
    for item, population in _known(context):
        if len(population.codes) != 1:
            context.report(
                kinds.POPULATION_CODES,
                population.node,
                measure=item.label,
                count=len(population.codes),
                given=instead_of_one(len(population.codes), "population code"),
                found=", ".join(population.codes) or None,
            )


def aggregate_count_single(context: Context) -> None:
    """A population directly contains one aggregate count (52)."""
    for item in context.resolved.measures:
        for population in item.entry.populations:
            if len(population.counts) != 1:
                context.report(
                    kinds.COUNT_NOT_SINGLE,
                    population.node,
                    measure=item.label,
                    role=_role(population),
                    count=len(population.counts),
                    given=instead_of_one(len(population.counts), "count"),
                    note=_candidates(population),
                    remedy=_one_count(population),
                    related=tuple(context.tree.place(one.node) for one in population.counts),
                    caused_by=context.cause(population.node, Aspect.PART, "aggregate_count"),
                )


def _candidates(population: Population) -> str:
    """The counts that a population has, and what tells them apart."""
    if not population.counts:
        return ""
    texts = listed([one.text if one.text is not None else "a count without a value" for one in population.counts])
    inside = [one for one in population.counts if one.odd.inside]
    if not inside or inside[0].odd.inside is None:
        return f": {texts}"
    which = f"the count {inside[0].text}" if inside[0].text is not None else "one of them"
    return f": {texts}; {which} {_standing(inside[0].odd.inside)}"


def _standing(part: Unread) -> str:
    """Where a count stands that is not the population's own."""
    supplemental = SUPPLEMENTAL_CODES.get(code_of(part.node) or "")
    if supplemental:
        return f"is one of supplemental data ({supplemental}), but the observation around it is missing its templateId"
    if part.reason:
        return f"is inside an observation that is not read ({part.reason}), because its own templateId is missing"
    return "is inside an observation that is not read, because its templateId is missing"


def _one_count(population: Population) -> str:
    if not population.counts:
        return "Give the population exactly one count; if one is there, it is missing its templateId."
    if any(one.odd.inside for one in population.counts):
        return "Give the observation around the second count its own templateId, or remove that observation."
    return "Keep the count that is right and remove the others."


def counts_are_whole(context: Context) -> None:
    """Every aggregate count is a 32-bit whole number, but for practice sites those of supplemental data (8, 9)."""
    document = context.resolved.document
    # There are hundreds: what is anything but some digits is looked at closely. Nine digits always fit into 32 bits.
    texts = document.count_texts()
    given = [text for text in texts if text]
    if len(given) == len(texts) and (not given or (max(map(len, given)) < 10 and "".join(given).isdecimal())):
        return
    odd = [one for one in document.counts if (text := one.text) is None or len(text) > 9 or not text.isdecimal()]
    if context.resolved.practice:
        odd = [one for one in odd if type(one.owner) is not str]
    in_pi, owners = _pi_counts(context), _owners(context)
    for count in odd:
        # Rule counts of promoting_interoperability tells these, with codes of their own.
        if id(count) in in_pi:
            continue
        words = owners.get(id(count), {"whose": _NO_POPULATION, "role": None})
        if count.text is None:
            context.report(kinds.COUNT_WITHOUT_VALUE, count.node, **words)
        elif whole_number(count.text) is None:
            context.report(kinds.COUNT_NOT_WHOLE, count.node, found=count.text, given=_not_whole(count.text), **words)


def _owners(context: Context) -> dict[int, Words]:
    """Count of a population -> the words that say which one it is."""
    return {
        id(count): {
            "whose": f"The {_role(population)} count of {item.label or 'a measure'}",
            "role": _role(population),
            "measure": item.label,
        }
        for item in context.resolved.measures
        for population in item.entry.populations
        for count in population.counts
    }


def _not_whole(text: str) -> str:
    if not text.strip():
        return "is empty"
    note = "; it has spaces around it" if text != text.strip() else ""
    if text.lstrip("+-").isdecimal():
        note = "; it is too large"
    return f'is "{cut(text, _LONGEST)}", which is not a whole number{note}'


def _pi_counts(context: Context) -> set[int]:
    return {
        id(count)
        for section in context.resolved.document.sections
        for entry in section.entries
        for part in (*getattr(entry, "numerators", ()), *getattr(entry, "denominators", ()))
        for count in part.counts
    }


def counts_not_negative(context: Context) -> None:
    """The count of a population is 0 or more (53)."""
    for item in context.resolved.measures:
        for population in item.entry.populations:
            for count in population.counts:
                if count.text and count.text[0] == "-" and (whole_number(count.text) or 0) < 0:
                    role = _role(population)
                    context.report(kinds.COUNT_NEGATIVE, count.node, measure=item.label, role=role, found=count.text)


def denominator_within_initial(context: Context) -> None:
    """No denominator is larger than the initial population of its population set (13)."""
    practice = context.resolved.practice
    for item in context.resolved.measures:
        # Where it must be equal, rule denominators of practice_sites compares them.
        if item.measure is None or (practice and practice.denominator_equals(item.measure.measure_id)):
            continue
        for index in range(len(item.measure.strata)):
            initial = _number(item, index, INITIAL_POPULATION)
            for population in item.cells.get((index, "DENOM"), ()):
                for count in population.counts[:1]:
                    number = whole_number(count.text)
                    if number is not None and initial is not None and number > initial:
                        context.report(
                            kinds.DENOMINATOR_OVER_INITIAL,
                            count.node,
                            measure=item.label,
                            found=str(number),
                            denominator=number,
                            initial=initial,
                        )
                        kind = kinds.DENOMINATOR_OVER_INITIAL
                        context.explain(kind, item.entry.node, Aspect.COUNTS, number=index)


def _number(item: ResolvedMeasure, index: int, role: str) -> int | None:
    for population in item.cells.get((index, role), ()):
        for count in population.counts:
            return whole_number(count.text)
    return None


def _known(context: Context) -> Iterator[tuple[ResolvedMeasure, Population]]:
    return ((item, one) for item in context.resolved.measures if item.measure for one in item.entry.populations)


def _is_initial(population: Population) -> bool:
    return bool(population.codes) and role_of(population.codes[0]) == INITIAL_POPULATION


def _role(population: Population) -> str:
    return population.codes[0] if population.codes else "(no code)"


RULES = (
    population_ids_single,
    initial_population_ids,
    population_codes_single,
    aggregate_count_single,
    counts_are_whole,
    counts_not_negative,
    denominator_within_initial,
)
