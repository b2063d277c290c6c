"""Which population set of its measure a population or a performance rate belongs to."""

from collections.abc import Sequence

from converter.model.document import Population, Rate
from converter.resolve.resolved import ResolvedMeasure

_RATE_REFERS_TO = "NUMER"


def population_sets(item: ResolvedMeasure) -> dict[int, int]:
    """Return `id()` of a population or rate -> index of its population set; those that fit none are left out.

    The id tells, and so several may have the same set; where it is none of the measure's, the first set that still
    lacks such a population is taken.
    """
    if item.settled:
        found = {id(one): index for (index, _), populations in item.cells.items() for one in populations}
    else:
        found = {}
        for role, populations in item.populations.items():
            _assign(item, role, populations, found)
    _assign(item, _RATE_REFERS_TO, item.entry.rates, found)
    return found


def _assign(item: ResolvedMeasure, role: str, parts: Sequence[Population | Rate], found: dict[int, int]) -> None:
    if item.measure is None:
        return
    ids = {
        index: one.populations[role].lower() for index, one in enumerate(item.measure.strata) if role in one.populations
    }
    free, strangers = list(ids), []
    for part in parts:
        given = {(one.root or "").lower() for one in part.ids}
        fitting = [index for index, guid in ids.items() if guid in given]
        index = next((one for one in fitting if one in free), None)
        if index is not None:
            free.remove(index)
            found[id(part)] = index
        elif fitting:
            found[id(part)] = fitting[0]
        else:
            strangers.append(part)
    for part, index in zip(strangers, free, strict=False):
        found[id(part)] = index
