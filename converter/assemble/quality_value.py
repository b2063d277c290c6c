"""The value of a quality measure: one rate, a rate for each stratum, or population sets summed into one rate.

Which shape a measure has comes from the catalog and, for the special measures, from the profile of the year.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

from converter.assemble.assembled import Origin
from converter.facts.catalog import Stratum
from converter.facts.profiles import Profile
from converter.language.terms import MEMBER_OF_ROLE
from converter.model.document import Node, Population
from converter.model.numbers import whole_number
from converter.resolve.resolved import ResolvedMeasure

REMAINDER = "performanceNotMet"
"""The denominator less all the others."""

_RATE = ("NUMER", "DENEX", "DENEXCEP", None, "DENOM")
"""Member order of a rate; None stands for the remainder."""
_SUM = ("NUMER", None, "DENOM", "DENEX", "DENEXCEP")
"""Member order of a sum, which the official converter writes in another order."""

Addends = Mapping[str, Sequence[Population]]
"""Population role -> the populations whose counts are added up."""


class Shape(Enum):
    """How the counts of a measure become its value."""

    RATE = "one rate"
    STRATA = "a rate for each stratum"
    SUM = "population sets summed into one rate"


def shape_of(item: ResolvedMeasure, profile: Profile) -> Shape:
    """Return the shape that the value of a measure has."""
    measure = item.known
    summed = measure.measure_id in profile.multi_to_single
    if measure.metric_type == "multiPerformanceRate" and not summed:
        return Shape.STRATA
    return Shape.SUM if summed or measure.population_sets > 1 else Shape.RATE


def quality_value(item: ResolvedMeasure, profile: Profile, pointer: str, origins: dict[str, Origin]) -> dict[str, Any]:
    """Build the value of a measure whose populations passed the rules.

    Args:
        item: the measure.
        profile: the year.
        pointer: JSON pointer of the value.
        origins: takes where its members come from.
    """
    entry = Origin((item.entry.node,))
    origins[pointer] = origins[f"{pointer}/isEndToEndReported"] = entry
    value: dict[str, Any] = {"isEndToEndReported": True}
    shape = shape_of(item, profile)
    if shape is Shape.STRATA:
        origins[f"{pointer}/strata"] = entry
        value["strata"] = [
            _stratum(item, index, f"{pointer}/strata/{index}", origins) for index in range(len(item.known.strata))
        ]
    elif shape is Shape.SUM:
        sums = {role: sum(_count(one) or 0 for one in item.populations.get(role, ())) for role in MEMBER_OF_ROLE}
        value |= _members(sums, _SUM)
        _record(value, item.populations, item.entry.node, pointer, origins)
    else:
        firsts = {role: populations[:1] for role, populations in item.populations.items() if populations}
        value |= _members({role: _count(one) for role, (one,) in firsts.items()}, _RATE)
        _record(value, firsts, item.entry.node, pointer, origins)
    return value


def _stratum(item: ResolvedMeasure, index: int, pointer: str, origins: dict[str, Origin]) -> dict[str, Any]:
    strata = item.known.strata
    stratum = strata[index]
    cells: Addends = {role: found[:1] for role in MEMBER_OF_ROLE if (found := item.cells.get((index, role)))}
    counts: dict[str, int | None]
    if stratum.populations:
        counts = {role: _count(one) for role, (one,) in cells.items()}
    else:
        # The one population set stands for the first stratum; the others are written with zeros.
        excludes = any("DENEX" in other.populations for other in strata)
        counts = {"DENOM": 0, "NUMER": 0, **({"DENEX": 0} if excludes else {})}
    value: dict[str, Any] = _members(counts, _RATE)
    origins[pointer] = origins[f"{pointer}/stratum"] = Origin((item.entry.node,))
    _record(value, cells, item.entry.node, pointer, origins)
    value["stratum"] = stratum_name(stratum)
    return value


def stratum_name(stratum: Stratum) -> str:
    """Return the name of a stratum in QPP JSON: that of CMS' measures data, else the id of its numerator."""
    return stratum.name or stratum.populations["NUMER"]


def _members(counts: Mapping[str, int | None], order: Iterable[str | None]) -> dict[str, int]:
    """Return the members of a rate: those that the document has, and the remainder."""
    found: dict[str, int] = {}
    for role in order:
        number = _remainder(counts) if role is None else counts.get(role)
        if number is not None:
            found[MEMBER_OF_ROLE[role] if role else REMAINDER] = number
    return found


def _remainder(counts: Mapping[str, int | None]) -> int:
    """Denominator less numerator, exclusions and exceptions."""
    first, *others = ((counts.get(role) or 0) for role in ("DENOM", "NUMER", "DENEX", "DENEXCEP"))
    return first - sum(others)


def _record(value: Mapping[str, Any], addends: Addends, entry: Node, pointer: str, origins: dict[str, Origin]) -> None:
    """Note which counts each member is made of; the measure stands for a member that is made of none."""
    everything: list[Node] = []
    for role in ("DENOM", "NUMER", "DENEX", "DENEXCEP"):
        nodes = [count.value_node for one in addends.get(role, ()) for count in one.counts[:1]]
        everything += nodes
        if (member := MEMBER_OF_ROLE[role]) in value:
            origins[f"{pointer}/{member}"] = Origin(nodes, "value") if nodes else Origin((entry,))
    if REMAINDER in value:
        # Found at the denominator, whatever else takes part in it.
        from_denominator = bool(addends.get("DENOM"))
        origins[f"{pointer}/{REMAINDER}"] = Origin(everything, "value") if from_denominator else Origin((entry,))


def _count(population: Population) -> int | None:
    return whole_number(population.counts[0].text) if population.counts else None
