"""What holds for every submission as JSON: no failure, the schema and the rules agree, each violation is told.

Set QRDA2QPP_EXAMPLES to a number to try as many random examples instead of the few fixed ones.
"""

import copy
import json
from collections.abc import Callable, Mapping
from random import Random
from typing import Any, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

import converter
from converter.account.json_reading import JsonReading
from converter.emitters.reports.formats import FORMATS, emitter
from converter.facts.files import data_folders
from converter.findings.finding import Finding
from converter.parsers.qpp_json.parts import Part, parts
from converter.result import SubmissionCheck
from converter.shape.schema import violations
from converter.source.json.pointers import join
from tests.examples import examples
from tests.facts.qpp_examples import EXAMPLES as WRITTEN
from tests.facts.qpp_examples import (
    FULL_2025,
    MULTI,
    NON_PROPORTION,
    PRACTICE,
    SINGLE,
    YEARS,
    entity,
    set_alone,
    submission,
)

SHAPE = ("SUB018", "SUB019", "SUB020", "SUB021", "SUB008", "SUB010")
"""Findings that tell a violation of the schema that no rule tells."""

Way: TypeAlias = tuple[Any, Any]
"""An object or list, and a key or index of it."""


# -- random changes

SCRAPS: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 7.5, 1e300, 10**290, "", " ", "0", "true", "2025", "2025-02-30", "0000-00-00",
    "ABCD-EF-GH", "٢٠٢٥-٠١-٠١", "mips", "MIPS", "app1", "appPlus", "pcf", "M0001", "M9999", "cpcPlus", "ssp",
    "quality", "pi", "aci", "ia", "cost", "registry", "electronicHealthRecord", "claims", "individual", "group",
    "apm", "virtualGroup", "subgroup", "236", "370", "PI_HIE_5", "PI_LVPP_1", "IA_EPA_3", "321", "479", "AAD12",
    "483", "0777777777", "000777777", "12-3456789", "2025C1234567890", "AB15E1234567890", "\ud800", "\u0000",
    "é" * 300, [], {}, [[]], [None], {"": None}, SINGLE, MULTI, NON_PROPORTION, PRACTICE, {"score": 1},
    {"numerator": 3, "denominator": 2}, {"strata": []}, {"performanceYear": 2025, "entityType": "group"},
)  # fmt: skip
NAMES = (
    "performanceYear", "entityType", "nationalProviderIdentifier", "taxpayerIdentificationNumber", "entityId",
    "category", "measurementSets", "measurements", "submissionMethod", "programName", "performanceStart",
    "performanceEnd", "cehrtId", "source", "measureSet", "practiceId", "practiceDetails", "submissionId",
    "submission", "id", "version", "suppressed", "measureId", "value", "strata", "stratum", "isEndToEndReported",
    "performanceMet", "performanceNotMet", "eligiblePopulation", "eligiblePopulationExclusion",
    "numeratorExclusion", "performanceRate", "numerator", "score", "denominator", "observationInstances", "unknown",
    "a/b", "m~n", "0", "", "é",
)  # fmt: skip
PLACES = (
    "performanceMet",
    "performanceStart",
    "performanceEnd",
    "programName",
    "category",
    "submissionMethod",
    "value",
)


def ways(value: Any) -> list[Way]:
    """Every place in a JSON value."""
    found: list[Way] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        keys: Any = one if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        found += [(one, key) for key in keys]
        waiting += [one[key] for key in keys]
    return found


def _set(way: Way, choose: Random, _: list[Way]) -> None:
    way[0][way[1]] = copy.deepcopy(choose.choice(SCRAPS))


def _remove(way: Way, _choose: Random, _: list[Way]) -> None:
    del way[0][way[1]]


def _add(way: Way, choose: Random, _: list[Way]) -> None:
    if isinstance(way[0], dict):
        way[0][choose.choice(NAMES)] = copy.deepcopy(choose.choice(SCRAPS))
    else:
        way[0].append(copy.deepcopy(choose.choice((*SCRAPS, way[0][way[1]]))))


def _swap(way: Way, choose: Random, places: list[Way]) -> None:
    parent, key = choose.choice(places)
    way[0][way[1]] = copy.deepcopy(parent[key])


def _as_text(way: Way, _choose: Random, _: list[Way]) -> None:
    if not isinstance(way[0][way[1]], dict | list):
        way[0][way[1]] = str(way[0][way[1]])


CHANGES: tuple[Callable[[Way, Random, list[Way]], None], ...] = (_set, _set, _set, _remove, _add, _add, _swap, _as_text)

BASES = (
    FULL_2025,
    *(submission(year) for year in YEARS),
    *(entity(year, kind) for year in (2019, 2022, 2025) for kind in ("group", "apm", "virtualGroup")),
    *(set_alone(year) for year in (2018, 2024, 2025, 2026)),
    *(one.data for one in WRITTEN if isinstance(one.data, dict)),
    [submission(2024), submission(2025)],
)


@st.composite
def changed(draw: st.DrawFn) -> Any:
    """A submission after a few random changes."""
    data = copy.deepcopy(draw(st.sampled_from(BASES)))
    choose = Random(draw(st.integers(0, 2**48 - 1)))
    for change in draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=4)):
        places = ways(data)
        telling = [one for one in places if one[1] in PLACES]
        if places:
            change(choose.choice(telling if telling and choose.random() < 0.3 else places), choose, places)
    return data


def checked(data: Any) -> SubmissionCheck:
    result = converter.check(json.dumps(data).encode())
    assert isinstance(result, SubmissionCheck)
    assert not [one.message for one in result.findings if one.id.startswith("TOOL")]
    return result


# -- what holds


@examples(90)
@given(changed(), st.sampled_from(sorted(FORMATS)))
def test_nothing_fails(data: Any, form: str) -> None:
    result = checked(data)
    assert result.ok == (not result.errors)
    assert result.findings == checked(data).findings
    for finding in result.findings:
        assert finding.place
        assert finding.place.pointer is not None
        assert finding.place.frame
    assert emitter(form)([result.report()])


@examples(90)
@given(changed())
def test_the_schema_and_the_rules_agree(data: Any) -> None:
    """Each violation is told at its place: by the finding that the schema names, or else by one of its shape."""
    result = checked(data)
    examined = {one.pointer.removesuffix("/submission"): one.year or 0 for one in result.submissions}
    for part in parts(result_data(result)):
        if isinstance(part, Part) and part.pointer in examined:
            for error in violations(part.members, data_folders(), examined[part.pointer], alone=part.alone):
                where = part.pointer + join(error.absolute_path)
                assert is_told(error, where, result.findings), (
                    where,
                    error.message,
                    [(one.id, one.place and one.place.pointer) for one in result.errors],
                )


def result_data(result: SubmissionCheck) -> Any:
    """What the file holds, as it was read."""
    assert isinstance(result._reading, JsonReading)
    return result._reading.tree.data


def is_told(error: Any, where: str, findings: tuple[Finding, ...]) -> bool:
    named = error.schema.get("x-finding") if isinstance(error.schema, Mapping) else None
    told = (one.place.pointer or "" for one in findings if one.id in ("SUB048", "SUB058") and one.place)
    others = {pointer.removesuffix("/value") for pointer in told}
    # What stands in the set of another category has the value of its own: only what fits no measure is a wrong type.
    if isinstance(error.instance, bool | Mapping) or not where.endswith("/value"):
        moved = (one.place.pointer or "" for one in findings if one.id == "SUB047" and one.place)
        others |= {pointer.removesuffix("/measureId") for pointer in moved}
    if "/value" in where and where.partition("/value")[0] in others:
        return True
    if named in ("SUB008", "SUB010") and any(one.id == "SUB007" for one in findings):  # swapped
        return True
    if named == "SUB037":  # said once for all sets of a program, and not of one that does not exist
        return any(one.id in (named, "SUB036") for one in findings)
    shape = SHAPE if named is None or not _is_text(error) else ()
    return any(
        one.id in (named, *shape) and one.place is not None and _related(where, one.place.pointer or "")
        for one in findings
    )


def _is_text(error: Any) -> bool:
    """Whether a rule can tell it: a value of the wrong type is told as that, and something missing by its rule."""
    return error.validator in ("required", "not") or isinstance(error.instance, str)


def _related(one: str, other: str) -> bool:
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


@examples(50)
@given(changed())
def test_each_place_is_told_once_by_the_schema(data: Any) -> None:
    told = [(one.id, one.message, one.place and one.place.pointer) for one in checked(data).findings]
    assert len(told) == len(set(told))
    shape = [(id, where) for id, _, where in told if id in ("SUB018", "SUB020")]
    assert len(shape) == len(set(shape))
