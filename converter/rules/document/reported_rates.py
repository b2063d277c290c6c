"""Rules about performance rates that are reported against the counts that they should come from.

CMS computes the rate from the counts; a reported rate that differs is one of the inaccuracies that it holds against
those who submit. A rate is NUMER / (DENOM - DENEX - DENEXCEP), and NA where nothing is left of the denominator.
"""

from collections.abc import Mapping
from typing import NamedTuple

from converter.assemble.population_sets import population_sets
from converter.facts.catalog import COUNTED_ROLES
from converter.findings import kinds
from converter.model.document import Population, Rate
from converter.model.numbers import decimal_number, is_written, whole_number
from converter.resolve.resolved import ResolvedMeasure
from converter.rules.context import Aspect, Context, Words

_ROLES = (*COUNTED_ROLES, "NUMEX")
_OF_RATES = "RATE"
_COARSE = 0.01
"""Last place of a rate that is written without decimals (0 or 1)."""


class _Numbers(NamedTuple):
    """The counts of a population set, by role; a population that is not given counts 0."""

    of: Mapping[str, int]

    @property
    def below(self) -> int:
        return self.of["DENOM"] - self.of["DENEX"] - self.of["DENEXCEP"]

    @property
    def rates(self) -> list[float]:
        """The rate; with a numerator exclusion also the rate without it, since both are in use."""
        with_exclusion = (self.of["NUMER"] - self.of["NUMEX"]) / self.below
        return [self.of["NUMER"] / self.below, with_exclusion]

    @property
    def words(self) -> Words:
        """The rate as it is written, with 6 decimals at most."""
        computed = f"{self.rates[0]:.6f}".rstrip("0").rstrip(".")
        return {"computed": computed, "computed_rate": float(computed)}

    @property
    def arithmetic(self) -> str:
        denominator = f"({self.of['DENOM']} - {self.of['DENEX']} - {self.of['DENEXCEP']})"
        return f"{self.of['NUMER']} / {denominator} = {self.of['NUMER']} / {self.below}"


def reported_rates(context: Context) -> None:
    """A reported rate agrees with its counts; of one that is wrong itself nothing more is said."""
    if context.assembled is None:
        return
    # A rate may be reported at itself or at its measure.
    wrong = {one.place.node for one in context.findings if one.id.startswith(_OF_RATES) and one.place}
    for item in (one for source in context.assembled.sets for one in source.measurements):
        if not isinstance(item, ResolvedMeasure) or not item.entry.rates:
            continue
        sets = population_sets(item)
        for rate in item.entry.rates:
            if wrong and (rate.node in wrong or item.entry.node in wrong):
                continue
            index = sets.get(id(rate))
            numbers = _numbers(item, sets, index) if index is not None else None
            if numbers:
                _compare(context, item, rate, numbers, index)


def _numbers(item: ResolvedMeasure, sets: Mapping[int, int], index: int) -> _Numbers | None:
    """Counts of a population set; None where there is no denominator, or a count cannot be read."""
    found: dict[str, int] = dict.fromkeys(_ROLES, 0)
    given: set[str] = set()
    for role in _ROLES:
        for population in item.populations.get(role, ()):
            if sets.get(id(population)) != index:
                continue
            number = _number(population)
            # Such a count has a finding of its own.
            if number is None or number < 0:
                return None
            found[role] = number
            given.add(role)
    return _Numbers(found) if "DENOM" in given else None


def _number(population: Population) -> int | None:
    return whole_number(population.counts[0].text) if population.counts else None


def _compare(context: Context, item: ResolvedMeasure, rate: Rate, numbers: _Numbers, index: int | None) -> None:
    text, null_flavor = rate.values[0] if rate.values else (None, None)
    reported = decimal_number(text) if text else None
    if numbers.of["NUMER"] > numbers.below:
        return  # such counts are wrong themselves, and have a finding that says so
    if reported is None:
        if null_flavor == "NA" and numbers.below > 0:
            cases = "1 case counts" if numbers.below == 1 else f"{numbers.below} cases count"
            context.report(
                kinds.RATE_NOT_APPLICABLE, rate.node, cases=cases, **numbers.words, **_words(item, numbers, index)
            )
    elif numbers.below == 0:
        context.report(kinds.RATE_WITHOUT_CASES, rate.node, found=text, **_words(item, numbers, index))
    elif not any(is_written(one, text or "", _COARSE) for one in numbers.rates):
        cause = context.cause(item.entry.node, Aspect.COUNTS, number=index)
        words = {**numbers.words, **_words(item, numbers, index), "caused_by": cause}
        context.report(kinds.RATE_UNLIKE_COUNTS, rate.node, found=text, **words)


def _words(item: ResolvedMeasure, numbers: _Numbers, index: int | None) -> Words:
    return {"measure": item.label, "arithmetic": numbers.arithmetic, "stratum": _stratum(item, index)}


def _stratum(item: ResolvedMeasure, index: int | None) -> str:
    strata = item.known.strata
    if index is None or len(strata) < 2:
        return ""
    return f" in rate {strata[index].name or index + 1}"


RULES = (reported_rates,)
