"""The value of a quality measure: one rate, a rate for each stratum, or population sets summed into one rate.

Which shape a measure has comes from the catalog and, for the special measures, from the profile of the year.
"""

from collections.abc import Mapping

from converter.facts.profiles import Profile
from converter.language.terms import MEMBER_OF_ROLE
from converter.model.document import Population
from converter.model.numbers import whole_number
from converter.model.submission import MultiRate, PerformanceRate, StratumRate, SummedRate
from converter.resolve.resolved import ResolvedMeasure


def quality_value(item: ResolvedMeasure, profile: Profile) -> PerformanceRate | SummedRate | MultiRate:
    """Build the value of a measure whose populations passed the rules."""
    measure = item.known
    sets = sum(1 for stratum in measure.strata if stratum.populations)
    if measure.metric_type == "multiPerformanceRate" and measure.measure_id not in profile.multi_to_single:
        return MultiRate(strata=[_stratum(item, index) for index in range(len(measure.strata))])
    if measure.measure_id in profile.multi_to_single or sets > 1:
        return _summed(item)
    counts = _Counts({role: _count(populations[0]) for role, populations in item.populations.items()})
    return PerformanceRate(
        performanceMet=counts.of("NUMER"),
        eligiblePopulationExclusion=counts.of("DENEX"),
        eligiblePopulationException=counts.of("DENEXCEP"),
        performanceNotMet=counts.remainder(),
        eligiblePopulation=counts.of("DENOM"),
    )


class _Counts:
    """The counts of one population set, by role."""

    __slots__ = ("of",)

    def __init__(self, of_role: Mapping[str, int | None]) -> None:
        self.of = of_role.get

    def remainder(self) -> int:
        """Denominator less numerator, exclusions and exceptions."""
        first, *others = ((self.of(role) or 0) for role in ("DENOM", "NUMER", "DENEX", "DENEXCEP"))
        return first - sum(others)


def _stratum(item: ResolvedMeasure, index: int) -> StratumRate:
    strata = item.known.strata
    stratum = strata[index]
    if stratum.populations:
        cells = {role: item.cells.get((index, role)) for role in MEMBER_OF_ROLE}
        counts = _Counts({role: _count(found[0]) for role, found in cells.items() if found})
    else:
        # The one population set stands for the first stratum; the others are written with zeros.
        excludes = any("DENEX" in other.populations for other in strata)
        counts = _Counts({"DENOM": 0, "NUMER": 0, **({"DENEX": 0} if excludes else {})})
    return StratumRate(
        performanceMet=counts.of("NUMER"),
        eligiblePopulationExclusion=counts.of("DENEX"),
        eligiblePopulationException=counts.of("DENEXCEP"),
        performanceNotMet=counts.remainder(),
        eligiblePopulation=counts.of("DENOM"),
        stratum=stratum.name or stratum.populations["NUMER"],
    )


def _summed(item: ResolvedMeasure) -> SummedRate:
    sums = {role: sum(_count(one) or 0 for one in item.populations.get(role, ())) for role in MEMBER_OF_ROLE}
    return SummedRate(
        performanceMet=sums["NUMER"],
        performanceNotMet=_Counts(sums).remainder(),
        eligiblePopulation=sums["DENOM"],
        eligiblePopulationExclusion=sums["DENEX"],
        eligiblePopulationException=sums["DENEXCEP"],
    )


def _count(population: Population) -> int | None:
    return whole_number(population.counts[0].text) if population.counts else None
