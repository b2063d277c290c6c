"""Compares two measurement sets number by number: what would change, and whether what was sent is what is stored."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from converter.delivery.set_values import MIPS, VALUE_MEMBERS

_RATE_TOLERANCE = 0.005
"""CMS rounds rates to two decimals."""
_ZERO_IF_ABSENT = frozenset({
    "performanceNotMet", "eligiblePopulationExclusion", "eligiblePopulationException", "numeratorExclusion",
    "denominatorException",
})  # fmt: skip
_SENT = VALUE_MEMBERS | {"value"}
_DATES = frozenset({"performanceStart", "performanceEnd"})
_COMPARED = ("performanceStart", "performanceEnd", "cehrtId", "programName", "measureSet", "practiceId")
_DEFAULTS: Mapping[str, str] = {"programName": MIPS}


class Fate(Enum):
    """What becomes of a measure."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Difference:
    """A member with another value; None for a side that does not have it."""

    member: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """What becomes of one measure.

    Attributes:
        measure_id: its id.
        fate: what becomes of it.
        differences: its numbers that change; of one that is new or gone all numbers.
    """

    measure_id: str
    fate: Fate
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a set differs from another one.

    Attributes:
        members: members of the set itself that differ.
        measures: what becomes of each measure, in the order of the new set; those that are gone follow.
    """

    members: tuple[Difference, ...]
    measures: tuple[MeasureChange, ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.members and all(one.fate is Fate.SAME for one in self.measures)

    def of(self, fate: Fate) -> tuple[MeasureChange, ...]:
        """Return the measures with one fate."""
        return tuple(one for one in self.measures if one.fate is fate)


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Comparison:
    """Compare two sets: what is stored (`old`) and what is sent (`new`).

    What CMS adds to a set does not count, nor does an optional count of 0 that is left out.
    """
    members = tuple(_differences(_of_set(old), _of_set(new)))
    before, after = _measures(old), _measures(new)
    changes = [_change(name, before.get(name), values) for name, values in after.items()]
    gone = [_change(name, values, None) for name, values in before.items() if name not in after]
    return Comparison(members, (*changes, *gone))


def _of_set(members: Mapping[str, Any]) -> dict[str, object]:
    found = {name: members.get(name) or _DEFAULTS.get(name) for name in _COMPARED}
    found |= {name: str(found[name])[:10] for name in _DATES if found[name]}
    details = members.get("practiceDetails")
    if isinstance(details, Mapping):
        found["practiceDetails"] = sorted(map(str, _scalars(details)))
    return {name: value for name, value in found.items() if value is not None}


def _scalars(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _scalars(one)
    elif isinstance(value, list):
        for one in value:
            yield from _scalars(one)
    elif value is not None:
        yield value


def _measures(members: Mapping[str, Any]) -> dict[str, dict[str, object]]:
    return {str(one.get("measureId")): dict(_numbers(one.get("value"))) for one in members.get("measurements") or ()}


def _numbers(value: object, before: str = "") -> Iterator[tuple[str, object]]:
    """Yield each member of a value with its name: `performanceMet`, `strata.adults.performanceMet`."""
    if not isinstance(value, Mapping):
        yield "value", value
        return
    for name, one in value.items():
        if name == "strata" and isinstance(one, list):
            for stratum in one:
                named = stratum.get("stratum") if isinstance(stratum, Mapping) else None
                yield from _numbers(stratum, f"strata.{named}.")
        elif name != "stratum" and one is not None:
            yield f"{before}{name}", one


def _change(name: str, old: dict[str, object] | None, new: dict[str, object] | None) -> MeasureChange:
    differences = tuple(_differences(old or {}, new or {}, lambda one: _last(one) not in _SENT))
    if old is None:
        return MeasureChange(name, Fate.NEW, differences)
    if new is None:
        return MeasureChange(name, Fate.GONE, tuple(one for one in differences if _last(one.member) in _SENT))
    return MeasureChange(name, Fate.CHANGED if differences else Fate.SAME, differences)


def _differences(
    old: Mapping[str, object], new: Mapping[str, object], optional: Callable[[str], bool] = lambda _: False
) -> Iterator[Difference]:
    """Yield what differs; what CMS may add by itself (`optional`) counts only if it is sent."""
    for name in {**new, **old}:
        before, after = old.get(name), new.get(name)
        if after is None and new and optional(name):
            continue
        if not _equal(name, before, after):
            yield Difference(name, before, after)


def _equal(name: str, old: object, new: object) -> bool:
    last = _last(name)
    if last in _ZERO_IF_ABSENT:
        old, new = old or 0, new or 0
    if isinstance(old, bool) or isinstance(new, bool):
        return old is new
    if isinstance(old, int | float) and isinstance(new, int | float):
        return abs(old - new) <= (_RATE_TOLERANCE if last == "performanceRate" else 0)
    return old == new


def _last(name: str) -> str:
    return name.rpartition(".")[2]
