"""What CMS computes for quality measures: the examples of its documentation, and each way that strata become one."""

from typing import Any

import pytest

from converter.facts.catalog import load_catalog
from converter.facts.files import shipped_folder
from converter.service.sandbox.computed import with_computed


def counts(met: int, not_met: int | None, eligible: int, stratum: str | None = None, **more: int) -> dict[str, Any]:
    found: dict[str, Any] = {"performanceMet": met, "eligiblePopulation": eligible, **more}
    if not_met is not None:
        found["performanceNotMet"] = not_met
    return found | ({"stratum": stratum} if stratum else {})


def computed(measure: str, value: Any, method: str = "electronicHealthRecord", category: str = "quality") -> Any:
    members = {
        "category": category,
        "submissionMethod": method,
        "measurements": [{"measureId": measure, "value": value}],
    }
    (found,) = with_computed(members, load_catalog((shipped_folder(),), 2025))
    return found["value"]


def strata(*ones: dict[str, Any]) -> dict[str, Any]:
    return {"isEndToEndReported": True, "strata": list(ones)}


NAMES = ("performanceRate", "reportingRate", "caseCount")


@pytest.mark.parametrize(
    ("measure", "value", "wanted"),
    [
        ("236", counts(800, 100, 1000, eligiblePopulationExclusion=100), (88.89, 100.0, 1000)),
        ("236", counts(1, 2, 10), (33.33, 30.0, 10)),
        ("236", counts(0, 0, 10, eligiblePopulationExclusion=10), (None, 100.0, 10)),
        ("236", counts(0, 0, 0), (None, None, 0)),
        # a simple average: the strata count alike, the largest says how many cases there are
        ("009", strata(counts(4, 6, 10, "84Days"), counts(15, 5, 20, "180Days")), (57.5, 100.0, 20)),
        # a weighted average: the strata are added up
        ("370", strata(counts(4, 6, 10, "adolescents"), counts(15, 5, 20, "adults")), (63.33, 100.0, 30)),
        # one stratum stands for all
        (
            "238",
            strata(counts(1, 1, 4, "appropriateDiagnosis"), counts(3, 1, 4, "overall"), counts(4, 0, 4, "totalRate")),
            (75.0, 100.0, 4),
        ),
        # completeness of one stratum, rate of another
        (
            "226",
            strata(
                counts(5, 5, 10, "reporting"), counts(1, 3, 4, "performance"), counts(9, 1, 10, "combinedPopulations")
            ),
            (25.0, 100.0, 10),
        ),
    ],
)
def test_a_quality_measure(measure: str, value: dict[str, Any], wanted: tuple[object, ...]) -> None:
    found = computed(measure, value)
    assert tuple(found[name] for name in NAMES) == wanted
    assert (found["performanceRateNumerator"], found["performanceRateDenominator"]) == (wanted[0], 1)
    assert {name: found[name] for name in value} == value


def test_what_is_no_quality_measure_stays_as_it_is() -> None:
    proportion = {"numerator": 600, "denominator": 800}
    assert computed("PI_PEA_1", proportion, category="pi") == proportion
    assert computed("IA_EPA_3", True, category="ia") is True


def test_a_measure_that_is_no_proportion() -> None:
    value = {"numerator": 1.5, "denominator": 50, "observationInstances": 40, "numeratorExclusion": 5}
    assert computed("483", value, "registry") == {**value, "reportingRate": 90.0, "caseCount": 50}


def test_a_rate_that_was_sent_stays() -> None:
    assert computed("236", counts(1, 2, 10) | {"performanceRate": 33.0})["performanceRate"] == 33.0
