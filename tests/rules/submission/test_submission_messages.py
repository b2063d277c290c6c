"""Figures are a promise: whole messages of the findings that compute something, with their arithmetic."""

from typing import Any

import pytest

import converter
from converter.findings.finding import Finding
from tests.documents import document
from tests.rules.cases import Change, both, put
from tests.rules.submission.submission_cases import (
    all_numbers,
    numbers,
    period,
    pi_counts,
    rated,
    wrong_numbers,
)
from tests.rules.submission.submissions import (
    REGISTRY,
    Json,
    counts,
    findings,
    measurement,
    observed,
    quality,
    single,
    submission,
)


def found(id: str, year: int, change: Change, **options: Any) -> Finding:
    """Return the finding of an id in a document with a change."""
    doc = document(year, options.pop("program", "MIPS_GROUP"), **options)
    change(doc)
    (finding,) = (one for one in converter.convert(doc.bytes()).findings if one.id == id)
    return finding


@pytest.mark.parametrize(
    ("id", "year", "measure_id", "change", "message"),
    [
        ("SUB001", 2025, "236", wrong_numbers(IPOP=400, DENOM=390, DENEX=40, NUMER=351),
         "The counts of CMS165v13 (measure 236) add up to more than its denominator: "
         "390 - 351 met - 40 excluded - 0 excepted = -1 not met."),
        ("SUB001", 2024, "226", wrong_numbers(1, IPOP=90, DENOM=80, DENEX=7, NUMER=75),
         "The counts of CMS138v12 (measure 226) add up to more than its denominator in the stratum performance: "
         "80 - 75 met - 7 excluded - 0 excepted = -2 not met."),
        ("SUB054", 2018, "236", wrong_numbers(IPOP=400, DENOM=390, NUMER=391),
         "CMS165v6 (measure 236) has a numerator of 391, more than its denominator of 390: 390 - 391 = -1."),
        ("SUB059", 2021, "236", pi_counts(420, 407),
         "Measure PI_EP_1 has a numerator of 420, more than its denominator of 407: 407 - 420 = -13."),
        ("SUB073", 2022, "001", numbers(IPOP=31, DENOM=30, DENEX=30, NUMER=0),
         "CMS122v10 (measure 001) has no eligible cases: 30 - 30 excluded - 0 excepted = 0; it is accepted but not "
         "scored."),
        ("SUB073", 2020, "305", all_numbers(IPOP=3, DENOM=3, DENEX=3, NUMER=0),
         "CMS137v8 (measure 305) has no eligible cases in any of its strata: 3 - 3 excluded - 0 excepted = 0; it is "
         "accepted but not scored."),
        ("SUB074", 2025, "236", numbers(IPOP=22, DENOM=19, DENEX=2, NUMER=7),
         "CMS165v13 (measure 236) has a denominator of 19, fewer than the 20 cases that it needs to be compared with "
         "others (policy: it is accepted but costs points)."),
        ("SUB075", 2025, "236", rated("0.75", IPOP=101, DENOM=100, DENEX=20, NUMER=57),
         "CMS165v13 (measure 236) reports a rate of 0.75, but its counts give 0.7125: 57 / (100 - 20 - 0) = 57 / 80; "
         "CMS takes the rate from the counts and treats a difference as inaccurate data."),
        ("SUB075", 2024, "226", both(numbers(1, IPOP=90, DENOM=80, DENEX=5, NUMER=25),
                                     lambda doc: put(doc.measure("226").rates[1], value="0.3125")),
         "CMS138v12 (measure 226) reports a rate of 0.3125, but its counts give 0.333333 in rate performance: "
         "25 / (80 - 5 - 0) = 25 / 75; CMS takes the rate from the counts and treats a difference as inaccurate "
         "data."),
        ("SUB076", 2019, "236", rated("0.5", IPOP=50, DENOM=50, DENEX=50, NUMER=0),
         "CMS165v7 (measure 236) reports a rate of 0.5, although no cases count: 0 / (50 - 50 - 0) = 0 / 0."),
        ("SUB077", 2023, "236", rated(None, IPOP=50, DENOM=50, DENEX=8, NUMER=21),
         "CMS165v11 (measure 236) marks its rate as not applicable (NA), but 42 cases count: "
         "21 / (50 - 8 - 0) = 21 / 42."),
    ],
)  # fmt: skip
def test_counts(id: str, year: int, measure_id: str, change: Change, message: str) -> None:
    assert found(id, year, change, measures=(measure_id,)).message == message


@pytest.mark.parametrize(
    ("id", "year", "change", "message"),
    [
        ("SUB032", 2021, period("ia", "1130", "0601"),
         "The performance period of the improvement activities data ends on 2021-06-01, before it starts on 2021-11-30 "
         "(inferred: CMS probably rejects this)."),
        ("SUB033", 2022, period("pi", end="20230131"),
         "The performance period of the promoting interoperability data, 2022-04-01 to 2023-01-31, is not within "
         "performance year 2022 (inferred: CMS probably rejects this)."),
        ("SUB034", 2024, period("quality", "0103"),
         "The quality data covers 2024-01-03 to 2024-12-31, only 364 of the 366 days of 2024, but quality is "
         "reported for "
         "the whole year (policy: it may cost points, but is not known to be rejected)."),
        ("SUB035", 2025, period("pi", "0401", "0926"),
         "The promoting interoperability data covers 2025-04-01 to 2025-09-26, only 179 days, but at least 180 "
         "consecutive days are required, or the category is not scored (policy: the file is accepted)."),
    ],
)  # fmt: skip
def test_periods(id: str, year: int, change: Change, message: str) -> None:
    assert found(id, year, change).message == message


@pytest.mark.parametrize(
    ("year", "data", "method", "message"),
    [
        (2024, single("236", met=60, not_met=31, eligiblePopulationExclusion=4, eligiblePopulationException=6), None,
         "The counts of CMS165v12 (measure 236) add up to more than its denominator: 60 met + 31 not met + 4 "
         "excluded + 6 "
         "excepted = 101, but the denominator is 100."),
        (2025, measurement("370", {"isEndToEndReported": True, "strata": [
            {"stratum": "adults", **counts()}, {"stratum": "adolescents", **counts(70, 31)}]}), None,
         "The counts of CMS159v13 (measure 370) add up to more than its denominator in the stratum adolescents: 70 "
         "met + 31 "
         "not met + 0 excluded + 0 excepted = 101, but the denominator is 100."),
        (2025, observed("483", 90, 100, denominatorException=6, numeratorExclusion=4.5), REGISTRY,
         "The counts of measure 483 add up to more than its denominator: 90 observations + 6 excepted + 4.5 "
         "excluded = 100.5, "
         "but the denominator is 100 (inferred: CMS probably rejects this)."),
    ],
)  # fmt: skip
def test_counts_of_a_submission_as_json(year: int, data: Json, method: str | None, message: str) -> None:
    members = {"method": method} if method else {}
    (finding,) = findings(submission(year, quality(year, data, **members)), year)
    assert finding.message == message


def test_computed_rate_is_what_is_expected() -> None:
    assert found("SUB075", 2025, rated("0.5", IPOP=90, DENOM=80, DENEX=5, NUMER=25)).expected == "0.333333"
    assert found("SUB077", 2025, rated(None, IPOP=90, DENOM=80, DENEX=0, NUMER=40)).expected == "0.5"
    assert found("SUB077", 2025, rated(None, IPOP=90, DENOM=80, DENEX=0, NUMER=0)).expected == "0"


def test_incomplete_data_names_what_is_missing() -> None:
    finding = found("SUB067", 2025, lambda _: None)
    assert finding.message == (
        "The promoting interoperability data is missing PI_EP_2, PI_HIE_1, PI_HIE_4, PI_PEA_1, PI_PHCDRR_1 and 4 more, "
        "so the whole category scores 0 (policy: the file is accepted)."
    )
    for words in (
        "PI_EP_2 Query of the Prescription Drug Monitoring Program (PDMP) (or PI_EP_2_EX_1 or PI_EP_2_EX_2)",
        "PI_PPHI_2",
        "PI_ONCDIR_1",
        "PI_INFBLO_1",
    ):
        assert words in finding.expected


def test_app_measures_are_named() -> None:
    finding = found("SUB078", 2025, lambda _: None, program="APP_PLUS_GROUP", measures=("001", "236"))
    assert finding.message == (
        "The quality data has 2 of the 4 EHR measures of APP Plus; CMS125v13 and CMS2v14 are "
        "missing, and each missing one scores 0 unless it is sent in another way (policy: the file is accepted)."
    )
    assert finding.fix.startswith("Report Breast Cancer Screening (CMS125v13, measure 112) and Preventive Care and")
    assert [measure in finding.expected for measure in ("001", "112", "134", "236")] == [True] * 4


@pytest.mark.parametrize(
    ("measures", "words", "more"),
    [(("236",), "The file has 1 quality measure, but traditional MIPS requires at least 6", "Report 5 more"),
     (("236", "001", "134", "226", "112"), "The file has 5 quality measures, but traditional MIPS requires at least 6",
      "Report 1 more")],
)  # fmt: skip
def test_numbers_of_measures_are_told(measures: tuple[str, ...], words: str, more: str) -> None:
    finding = found("SUB071", 2023, lambda _: None, measures=measures)
    assert finding.message.startswith(words)
    assert finding.fix.startswith(more)
