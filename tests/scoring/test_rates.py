"""Rates, cases and completeness of what is reported, as CMS computes them; and counts that make no rate."""

from decimal import Decimal
from typing import Any

import pytest

from converter.facts.catalog import load_catalog
from converter.parsers.qpp_json.subject import set_subject
from converter.scoring.rates import Reported, reported
from tests.scoring.examples import FOLDERS, Json, quality_set


def strata(**counts: tuple[int, int]) -> Json:
    rows = [
        {"stratum": name, "performanceMet": met, "performanceNotMet": of - met, "eligiblePopulation": of}
        for name, (met, of) in counts.items()
    ]
    return {"isEndToEndReported": True, "strata": rows}


def counts(met: Any, not_met: Any, eligible: Any, **more: Any) -> Json:
    return {"performanceMet": met, "performanceNotMet": not_met, "eligiblePopulation": eligible, **more}


def of(measure: str, value: Any, year: int = 2025, converted: bool = False) -> Reported:
    subject = set_subject(quality_set([{"measureId": measure, "value": value}], year), load_catalog(FOLDERS, year), "")
    return reported(subject.measurements[0], converted=converted)


@pytest.mark.parametrize(
    ("measure", "value", "rate", "cases"),
    [
        ("236", counts(121, 26, 147), "82.31", 147),
        ("236", counts(1, 2, 3), "33.33", 3),
        ("236", counts(2, 1, 3), "66.67", 3),
        ("236", counts(800, 100, 1000, eligiblePopulationExclusion=100), "88.89", 1000),
        ("236", {"performanceMet": 8, "eligiblePopulation": 12, "eligiblePopulationException": 2}, "80", 12),
        # weighted average, simple average, the overall stratum, and rate and cases of two strata
        ("370", strata(adolescents=(4, 10), adults=(9, 10)), "65", 20),
        ("239", strata(percentiles=(10, 20), nutrition=(5, 20), physicalActivity=(20, 20)), "58.33", 20),
        ("238", strata(overall=(3, 30), appropriateDiagnosis=(1, 30), totalRate=(4, 30)), "10", 30),
        ("226", strata(reporting=(40, 100), performance=(30, 40), combinedPopulations=(90, 100)), "75", 100),
    ],
)
def test_rate_and_cases(measure: str, value: Json, rate: str, cases: int) -> None:
    found = of(measure, value)
    assert (found.rate, found.cases, found.why) == (Decimal(rate), cases, "")


@pytest.mark.parametrize(
    ("measure", "value", "why"),
    [
        ("236", counts(0, 0, 0), "denominator is 0"),
        ("236", counts(120, -20, 100), "below 0"),
        ("236", {"performanceMet": 12, "eligiblePopulation": 10}, "above 100%"),
        ("236", {"performanceMet": -1, "eligiblePopulation": 10}, "below 0"),
        ("236", {"performanceMet": 12}, "missing"),
        ("236", {"eligiblePopulation": 12}, "missing"),
        ("236", True, "no counts"),
        ("236", None, "no counts"),
        ("no such", counts(1, 1, 2), "not one of this year"),
        ("226", strata(reporting=(40, 100)), "stratum performance"),
        ("238", strata(totalRate=(40, 100)), "stratum overall"),
        ("239", strata(percentiles=(0, 0)), "denominator is 0"),
        ("370", strata(adults=(0, 0)), "denominator is 0"),
        ("370", strata(adults=(11, 10)), "below 0"),
    ],
)
def test_counts_that_make_no_rate(measure: str, value: Any, why: str) -> None:
    found = of(measure, value)
    assert found.rate is None
    assert why in found.why


@pytest.mark.parametrize(("given", "rate"), [(82.314, "82.31"), (0, "0"), (100, "100"), (101, None), (-1, None)])
def test_a_rate_that_is_given(given: float, rate: str | None) -> None:
    found = of("236", counts(1, 1, 2, performanceRate=given))
    assert found.rate == (None if rate is None else Decimal(rate))


def test_completeness_is_of_the_counts_and_assumed_for_documents() -> None:
    value = counts(50, 10, 100)
    assert of("236", value).complete == 60
    assert not of("236", value).assumed
    assert of("236", value, converted=True).assumed
    assert of("236", {"performanceMet": 8, "eligiblePopulation": 12}).assumed


def test_a_measure_that_is_no_proportion() -> None:
    value = {"numerator": 1.0, "denominator": 2.0, "isEndToEndReported": False, "observationInstances": 2}
    assert "not a proportion" in of("ACRAD15", value, 2018).why
