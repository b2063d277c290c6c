"""Rules about the counts of a practice site: how those of a population set fit together (13, 91 to 94, 98, 101)."""

from collections.abc import Iterator
from typing import NamedTuple

from converter.facts.catalog import INITIAL_POPULATION
from converter.findings import kinds
from converter.model.document import Count, Rate
from converter.model.numbers import decimal_number, whole_number
from converter.parsers.qrda3.practice_site import first_count
from converter.resolve.resolved import ResolvedMeasure
from converter.rules.context import Context, Words
from converter.rules.document.practice_sites.asked import in_set, known_measures, practice, program, set_name

_SILENCING = frozenset((13, 14, 37, 48, 49, 57, 58, 59, 61, 101))
"""Official codes of a measure after which the official converter does not compare its counts: they are not certain."""


def denominators(context: Context) -> None:
    """The denominator of some measures equals the initial population (101).

    Like the official converter, it compares the first count inside of a population that has none of its own. That the
    denominators of other measures do not exceed it says rule denominator_within_initial.
    """
    asked = practice(context)
    for item in known_measures(context):
        if not asked.denominator_equals(item.known.measure_id):
            continue
        for index in range(len(item.known.strata)):
            initial = _first(context, item, index, INITIAL_POPULATION)
            denominator = _first(context, item, index, "DENOM")
            if initial and denominator and initial.text != denominator.text:
                _report_unlike(context, item, index, initial, denominator)


def _first(context: Context, item: ResolvedMeasure, index: int, role: str) -> Count | None:
    population = next(iter(item.cells.get((index, role), ())), None)
    return first_count(population, context.resolved.profile.types) if population else None


def _report_unlike(context: Context, item: ResolvedMeasure, index: int, initial: Count, denominator: Count) -> None:
    populations = (one for role in (INITIAL_POPULATION, "DENOM") for one in item.cells.get((index, role), ()))
    cause = None
    if any(not one.counts for one in populations):
        cause = kinds.COUNT_NOT_SINGLE.id
    elif None in (initial.text, denominator.text):
        cause = kinds.COUNT_WITHOUT_VALUE.id
    context.report(
        kinds.DENOMINATOR_UNLIKE_INITIAL,
        denominator.node,
        measure=item.label,
        found=denominator.text,
        program=program(context),
        denominator_text=_shown(denominator.text),
        initial_text=_shown(initial.text),
        related=(context.tree.place(initial.node),),
        caused_by=cause,
    )


def _shown(text: str | None) -> str:
    return "missing" if text is None else f'"{text}"' if whole_number(text) is None else text


class _Numbers(NamedTuple):
    """The counts of a population set, 0 for one that is missing or not a whole number, and its rate."""

    item: ResolvedMeasure
    set_index: int
    denominator: int
    exclusion: int
    exception: int
    numerator: int
    rate: Rate | None

    @property
    def left(self) -> int:
        """The performance denominator."""
        return self.denominator - self.exclusion - self.exception

    def words(self, *names: str) -> Words:
        """The words of a finding about this set."""
        return {
            "measure": self.item.label,
            "where": in_set(self.item, self.set_index),
            "population_set": set_name(self.item, self.set_index),
            **{name: getattr(self, name) for name in names},
        }


def _certain(context: Context) -> Iterator[_Numbers]:
    """The population sets of all measures whose populations and rates are in order."""
    uncertain = _uncertain(context)
    for item in known_measures(context):
        if context.tree.place(item.entry.node).path in uncertain:
            continue
        for index, stratum in enumerate(item.known.strata):
            if stratum.populations:
                yield _Numbers(
                    item,
                    index,
                    denominator=_number(item, index, "DENOM"),
                    exclusion=_number(item, index, "DENEX"),
                    exception=_number(item, index, "DENEXCEP"),
                    numerator=_number(item, index, "NUMER"),
                    rate=_rate_of(item, stratum.populations.get("NUMER", "")),
                )


def _rate_of(item: ResolvedMeasure, numerator: str) -> Rate | None:
    """The rate that refers to a numerator."""
    of = (one for one in item.entry.rates if any((given.root or "").lower() == numerator.lower() for given in one.ids))
    return next(of, None)


def _uncertain(context: Context) -> set[str]:
    """Paths of the elements in which there are errors after which counts are not compared, and of all around them."""
    denominators = {
        context.tree.place(count.node).key
        for item in known_measures(context)
        for (_, role), populations in item.cells.items()
        for population in populations
        if role == "DENOM"
        for count in population.counts
    }
    found: set[str] = set()
    for one in context.findings:
        compared = one.kind is kinds.COUNT_NOT_WHOLE and one.place is not None and one.place.key in denominators
        if one.place is not None and (one.official_code in _SILENCING or compared):
            path = one.place.path
            while path:
                found.add(path)
                path = path.rpartition("/")[0]
    return found


def _number(item: ResolvedMeasure, index: int, role: str) -> int:
    for population in item.cells.get((index, role), ())[:1]:
        for count in population.counts[:1]:
            return whole_number(count.text) or 0
    return 0


def relations(context: Context) -> None:
    """Exclusions, exceptions and numerator fit into the denominator (92, 93, 94), and NA is due (91)."""
    for one in _certain(context):
        node = one.item.entry.node
        if one.left < 0:
            words = one.words("denominator", "exclusion", "exception")
            context.report(kinds.PERFORMANCE_DENOMINATOR_NEGATIVE, node, **words)
        if one.numerator > one.left or one.numerator > one.denominator:
            words = one.words("numerator", "denominator", "exclusion", "exception")
            context.report(
                kinds.NUMERATOR_OVER_PERFORMANCE_DENOMINATOR,
                node,
                left=str(max(min(one.left, one.denominator), 0)),
                caused_by=kinds.PERFORMANCE_DENOMINATOR_NEGATIVE.id if one.left < 0 else None,
                **words,
            )
        if one.exclusion > one.denominator:
            words = one.words("denominator", "exclusion")
            context.report(kinds.EXCLUSIONS_OVER_DENOMINATOR, node, **words)
        if one.rate and one.left != 0 and any(flavor == "NA" for _, flavor in one.rate.values[:1]):
            words = one.words("denominator", "exclusion", "exception")
            cause = kinds.PERFORMANCE_DENOMINATOR_NEGATIVE.id if one.left < 0 else None
            context.report(kinds.RATE_UNDULY_NOT_APPLICABLE, node, left=str(one.left), caused_by=cause, **words)


def zero_rates(context: Context) -> None:
    """A rate of 0 has cases that it is computed from (98)."""
    for one in _certain(context):
        values = one.rate.values[:1] if one.rate else []
        zero = any(flavor != "NA" and value is not None and decimal_number(value) == 0 for value, flavor in values)
        if zero and (one.denominator == 0 or one.left == 0):
            words = one.words("denominator", "exclusion", "exception")
            context.report(kinds.RATE_OF_NOTHING, one.item.entry.node, **words)
