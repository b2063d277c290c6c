"""The value of a quality measure: one rate, a rate for each stratum, or population sets summed into one rate.

Which shape a measure has comes from the catalog and, for the special measures, from the profile of the year.
"""

from collections.abc import Mapping

from converter.model.submission import MultiRate, PerformanceRate, StratumRate, SummedRate
from converter.profiles.profile import Profile
from converter.resolve.numbers import whole_number
from converter.resolve.resolved import ResolvedMeasure

MEMBER_OF_ROLE: Mapping[str, str] = {
    "NUMER": "performanceMet",
    "DENEX": "eligiblePopulationExclusion",
    "DENEXCEP": "eligiblePopulationException",
    "DENOM": "eligiblePopulation",
}
"""Population role -> member of the value. `performanceNotMet` is the denominator less all the others."""


def quality_value(item: ResolvedMeasure, profile: Profile) -> PerformanceRate | SummedRate | MultiRate:
    """Build the value of a measure whose populations passed the rules."""
    measure = item.measure
    if measure is None:
        raise ValueError("a measure without catalog entry cannot be assembled")
    if measure.measure_id in profile.multi_to_single:
        return _summed(item)
    if measure.metric_type == "multiPerformanceRate":
        return MultiRate(strata=[_stratum(item, index) for index in range(len(measure.strata))])
    counts = _first_counts(item)
    return PerformanceRate(**counts, performanceNotMet=_remainder(counts))


def _stratum(item: ResolvedMeasure, index: int) -> StratumRate:
    strata = item.measure.strata if item.measure else ()
    stratum = strata[index]
    name = stratum.name or stratum.populations.get("NUMER", "")
    if not stratum.populations:
        counts = {"performanceMet": 0, "eligiblePopulation": 0}
        if any("DENEX" in other.populations for other in strata):
            counts["eligiblePopulationExclusion"] = 0
    else:
        counts = {member: number for role, member in MEMBER_OF_ROLE.items() if (number := _cell(item, index, role)) is not None}
    return StratumRate(**counts, performanceNotMet=_remainder(counts), stratum=name)


def _summed(item: ResolvedMeasure) -> SummedRate:
    sums = {
        member: sum(
            number for population in item.populations.get(role, ()) if (number := _count(population)) is not None
        )
        for role, member in MEMBER_OF_ROLE.items()
    }
    return SummedRate(**sums, performanceNotMet=_remainder(sums))


def _first_counts(item: ResolvedMeasure) -> dict[str, int]:
    return {
        member: number
        for role, member in MEMBER_OF_ROLE.items()
        for population in item.populations.get(role, ())[:1]
        if (number := _count(population)) is not None
    }


def _cell(item: ResolvedMeasure, index: int, role: str) -> int | None:
    populations = item.cells.get((index, role))
    return _count(populations[0]) if populations else None


def _count(population) -> int | None:  # type: ignore[no-untyped-def]
    return whole_number(population.counts[0].text) if population.counts else None


def _remainder(counts: Mapping[str, int]) -> int:
    return (
        counts.get("eligiblePopulation", 0)
        - counts.get("performanceMet", 0)
        - counts.get("eligiblePopulationExclusion", 0)
        - counts.get("eligiblePopulationException", 0)
    )
