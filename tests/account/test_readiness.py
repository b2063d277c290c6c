"""The readiness of submissions: what is there of each category, and what is missing to be scored."""

import json
from typing import Any

import pytest

import converter
from converter.language.terms import program_words
from converter.model.readiness import CategoryReadiness
from tests.complete import complete_document
from tests.documents import document
from tests.facts.qpp_examples import submission
from tests.rules.submission import submissions
from tests.rules.submission.submissions import measurement, measurement_set, pi, quality, single

Json = dict[str, Any]


def rows(result: converter.Conversion) -> dict[str, CategoryReadiness]:
    return {one.category: one for one in result.readiness}


def of_json(data: object) -> tuple[CategoryReadiness, ...]:
    return converter.check(json.dumps(data).encode()).readiness


@pytest.mark.parametrize(
    ("year", "program"),
    [(2019, "MIPS_GROUP"), (2022, "MIPS_INDIV"), (2023, "MIPS_SUBGROUP"), (2024, "MIPS_APP1_GROUP"),
     (2025, "APP_PLUS_APMENTITY"), (2025, "MIPS_GROUP"), (2026, "MIPS_INDIV")],
)  # fmt: skip
def test_nothing_is_missing_in_a_complete_document(year: int, program: str) -> None:
    found = converter.convert(complete_document(year, program).bytes()).readiness
    assert {one.category: one.lacking for one in found} == {"quality": (), "pi": (), "ia": ()}
    assert {one.unchecked for one in found} == {()}
    assert all((one.program and one.period) or "nothing is required" in one.present for one in found)


@pytest.mark.parametrize(
    ("program", "measures", "present", "lacking"),
    [
        ("MIPS_GROUP", ("236", "134"), "2 quality measures, 2 with 20 cases or more",
         ["4 more quality measures (6 are required)"]),
        ("MIPS_GROUP", ("134", "309"), "2 quality measures, 2 with 20 cases or more",
         ["4 more quality measures (6 are required)", "an outcome or high-priority measure"]),
        ("MIPS_SUBGROUP", ("236", "134"), "2 quality measures, 2 with 20 cases or more",
         ["2 more quality measures (4 are required)"]),
        ("MIPS_APP1_GROUP", ("236", "134"), "2 quality measures, 2 with 20 cases or more", ["Diabetes: Glycemic "
            "Status Assessment Greater Than 9% (CMS122v13, measure 001)"]),
        ("APP_PLUS_GROUP", ("236", "134"), "2 quality measures, 2 with 20 cases or more", ["Diabetes: Glycemic "
            "Status Assessment Greater Than 9% (CMS122v13, measure 001) and Breast Cancer Screening "
            "(CMS125v13, measure 112)"]),
    ],
)  # fmt: skip
def test_quality(program: str, measures: tuple[str, ...], present: str, lacking: list[str]) -> None:
    row = rows(converter.convert(document(2025, program, measures=measures).bytes()))["quality"]
    assert (row.present, list(row.lacking)) == (present, lacking)


def test_measures_with_few_cases_and_short_periods() -> None:
    doc = complete_document(2025)
    doc.measure("236").set_counts(IPOP=12, DENOM=12, DENEX=0, NUMER=6)
    doc.pi.period.end = doc.pi.period.start
    found = rows(converter.convert(doc.bytes()))
    assert found["quality"].lacking == ("20 cases: Controlling High Blood Pressure (CMS165v13, measure 236) has 12",)
    assert found["pi"].lacking == ("a performance period of 180 days (it has 1)",)


def test_promoting_interoperability_names_what_is_missing() -> None:
    row = rows(converter.convert(document(2025, pi=("PI_EP_1", "PI_PPHI_1", "PI_HIE_5")).bytes()))["pi"]
    assert row.present == "3 measures, 4 of 11 requirements met"
    assert "PI_PPHI_2 SAFER Guides High Priority Practices Guide" in row.lacking
    assert not any("PI_HIE_1" in one for one in row.lacking)


def test_answers_of_no() -> None:
    doc = complete_document(2025)
    for activity in doc.ia.entries:
        activity.answers[0].codes[:] = ["N"]  # type: ignore[union-attr]
    row = rows(converter.convert(doc.bytes()))["ia"]
    assert row.present.endswith("0 performed")
    assert row.lacking == ("an activity answered with yes",)


def test_category_that_is_not_there() -> None:
    row = rows(converter.convert(document(2025, pi=False).bytes()))["pi"]
    assert (row.present, row.lacking, row.program) == ("nothing", ("the category is not in this file",), None)


def test_document_that_does_not_convert_has_none() -> None:
    assert converter.convert(b"<a/>").readiness == ()


def test_two_programs_of_one_category() -> None:
    data: Json = submission(2025)
    other = json.loads(json.dumps(data["measurementSets"][0])) | {"programName": "app1"}
    data["measurementSets"].append(other)
    assert [(one.category, one.program) for one in of_json(data)] == [
        ("quality", "mips"), ("quality", "app1"), ("pi", "mips"), ("ia", "mips"),
    ]  # fmt: skip


def test_set_alone_speaks_of_its_category() -> None:
    (one,) = (each for each in submission(2025)["measurementSets"] if each["category"] == "ia")
    assert [row.category for row in of_json({**one, "submissionId": "x"})] == ["ia"]


def test_missing_certification_id() -> None:
    data = submission(2025)
    del data["measurementSets"][0]["cehrtId"]
    assert "the CMS EHR certification id" in of_json(data)[0].lacking


# -- what is asked for by year and program


@pytest.mark.parametrize(
    ("year", "program", "named", "present", "lacking"),
    [
        (2025, "MIPS_GROUP", ("IA_BE_4",), "1 activity, 1 performed",
         ["1 more activity (2 are required; 1 is enough for a small, rural, shortage-area or non-patient-facing "
          "practice and under a MIPS Value Pathway)"]),
        (2025, "MIPS_GROUP", ("IA_BE_4", "IA_AHE_1"), "2 activities, 2 performed", []),
        (2025, "MIPS_SUBGROUP", ("IA_BE_4",), "1 activity, 1 performed", []),
        (2022, "MIPS_GROUP", ("IA_BE_4", "IA_AHE_1"), "2 activities, 2 performed, 30 points",
         ["10 more points (40 are required; 20 are enough for a small, rural, shortage-area or non-patient-facing "
          "practice)"]),
        (2022, "MIPS_GROUP", ("IA_PCMH",), "1 activity, 1 performed, 40 points", []),
        (2024, "MIPS_APMENTITY", ("IA_BE_4",), "1 activity, 1 performed, 10 points",
         ["10 more points (20 are required from an APM entity)"]),
        (2024, "MIPS_APP1_GROUP", ("IA_BE_4",),
         "1 activity, 1 performed; none are needed, because the APM Performance Pathway (APP) gives full credit "
         "without data", []),
    ],
)  # fmt: skip
def test_activities(year: int, program: str, named: tuple[str, ...], present: str, lacking: list[str]) -> None:
    row = rows(converter.convert(document(year, program, ia=named).bytes()))["ia"]
    assert (row.present, list(row.lacking), row.unchecked) == (present, lacking, ())


@pytest.mark.parametrize(
    ("year", "program", "category", "why"),
    [
        (2025, "APP_PLUS_GROUP", "ia", "APP Plus gives full credit for it without data"),
        (2020, "MIPSAPM", "pi", "it comes from the groups and clinicians of the APM entity"),
        (2022, "MIPS_APP1_APMENTITY", "pi", "it comes from the groups and clinicians of the APM entity"),
    ],
)
def test_category_that_nobody_asks_for(year: int, program: str, category: str, why: str) -> None:
    found = converter.convert(document(year, program, ia=False).bytes()).readiness
    (row,) = (one for one in found if one.category == category)
    assert (row.present, row.lacking, row.unchecked) == (f"nothing, and nothing is required: {why}", (), ())


@pytest.mark.parametrize(
    ("year", "program"), [(2019, "MIPS_VIRTUALGROUP"), (2023, "MIPS_APMENTITY"), (2022, "MIPS_GROUP")]
)
def test_category_that_is_asked_for(year: int, program: str) -> None:
    found = rows(converter.convert(document(year, program, pi=False).bytes()))
    assert found["pi"].lacking == ("the category is not in this file",)


def test_data_that_is_refused_is_not_measured() -> None:
    row = rows(converter.convert(document(2021, "MIPS_APMENTITY", pi=("PI_EP_1",)).bytes()))["pi"]
    assert row.present == "1 measure"
    assert row.lacking == ("data from others: it comes from the groups and clinicians of the APM entity",)


@pytest.mark.parametrize(("year", "first"), [(2017, "ACI_PPHI_1"), (2018, "PI_PPHI_1")])
def test_base_of_the_first_years(year: int, first: str) -> None:
    one = submissions.measurement(f"{first[: first.index('_')]}_PEA_1", {"numerator": 5, "denominator": 10})
    (row,) = of_json({**pi(year, one), "category": "aci" if year == 2017 else "pi"})
    assert row.present == "1 measure, 1 of 7 requirements met"
    assert row.lacking[0] == f"{first} Security Risk Analysis (or {first.replace('I_', 'I_TRANS_', 1)})"
    assert row.unchecked == ("the length of the performance period",)


@pytest.mark.parametrize(
    ("named", "lacking"),
    [
        (("PI_PHCDRR_1",), True),
        (("PI_PHCDRR_1", "PI_PHCDRR_1_MULTI"), False),
        (("PI_PHCDRR_1", "PI_PHCDRR_4_EX_2"), False),
        ((), True),
    ],
)
def test_two_registries(named: tuple[str, ...], lacking: bool) -> None:
    row = of_json(pi(2020, *(measurement(one, True) for one in named)))[0]
    words = (
        "2 of PI_PHCDRR_1 to PI_PHCDRR_5, or exclusions from them, or one of them at 2 registries (such as "
        "PI_PHCDRR_1_MULTI)"
    )
    assert any(one.startswith(words) for one in row.lacking) is lacking


# -- what is not checked


@pytest.mark.parametrize(
    ("year", "program", "entity"), [(2021, "cpcPlus", "apm"), (2023, "pcf", "apm")]
)  # fmt: skip
def test_program_with_rules_of_its_own_is_not_checked(year: int, program: str, entity: str) -> None:
    data = submissions.submission(year, quality(year, single("236"), program=program, practiceId="X"), entity=entity)
    row = of_json(data)[0]
    assert row.lacking == ()
    assert row.unchecked == (f"what {program_words(program)} requires",)


def test_activity_of_another_year_leaves_open_how_many_are_there() -> None:
    (row,) = of_json(measurement_set(2022, "ia", measurement("IA_NOPE_9", True)))
    assert row.unchecked == ("how many activities count, because 2022 does not have IA_NOPE_9",)


def test_first_year_has_no_length_of_a_period() -> None:
    found = converter.convert(document(2017).bytes()).readiness
    assert {one.category: one.unchecked for one in found} == dict.fromkeys(
        ("quality", "aci", "ia"), ("the length of the performance period",)
    )


# -- data completeness


def test_data_completeness_of_a_registry() -> None:
    row = of_json(
        submissions.submission(2025, quality(2025, single("236", not_met=0), single("001"), method="registry"))
    )[0]
    assert row.lacking[1:] == (
        "75% of the eligible cases: Controlling High Blood Pressure (CMS165v13, measure 236) reports 60.00%",
    )


def test_counts_that_do_not_tell_data_completeness() -> None:
    value = {"isEndToEndReported": True, "performanceMet": 60, "eligiblePopulation": 100}
    row = of_json(submissions.submission(2025, quality(2025, measurement("236", value), method="registry")))[0]
    assert row.unchecked == (
        "data completeness of Controlling High Blood Pressure (CMS165v13, measure 236), "
        "because the counts do not show it",
    )


def test_document_says_nothing_of_data_completeness() -> None:
    found = converter.check(complete_document(2025).bytes(), guide="none")
    assert not any("complete" in words for one in found.readiness for words in (*one.lacking, *one.unchecked))
    assert {entry.reporting_rate for section in found.inventory.sections for entry in section.entries} == {None}
    assert found.findings == ()


def test_reporting_rate_is_in_the_inventory_and_not_in_the_submission() -> None:
    data = submissions.submission(2025, quality(2025, single("236"), method="registry"))
    found = converter.check(json.dumps(data).encode())
    assert [entry.reporting_rate for entry in found.inventory.sections[0].entries] == [0.9]
    assert "reportingRate" not in found.to_json()


def test_set_with_a_period_only_explains_what_is_missing() -> None:
    found = converter.check(json.dumps(submissions.submission(2025, pi(2025))).encode()).findings
    assert [(one.id, one.caused_by) for one in found] == [("SUB088", None), ("SUB067", "SUB088")]
