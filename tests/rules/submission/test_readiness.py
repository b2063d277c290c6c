"""The readiness of submissions: what is there of each category, and what is missing to be scored."""

import json
from typing import Any

import pytest

import converter
from converter.model.readiness import CategoryReadiness
from tests.complete import complete_document
from tests.data.qpp_examples import submission
from tests.documents import document

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
    assert all(one.program and one.period for one in found)


@pytest.mark.parametrize(
    ("program", "measures", "present", "lacking"),
    [
        ("MIPS_GROUP", ("236", "134"), "2 quality measures, 2 with 20 cases or more",
         ["4 more quality measures (6 are asked for)"]),
        ("MIPS_GROUP", ("134", "309"), "2 quality measures, 2 with 20 cases or more",
         ["4 more quality measures (6 are asked for)", "an outcome or high-priority measure"]),
        ("MIPS_SUBGROUP", ("236", "134"), "2 quality measures, 2 with 20 cases or more",
         ["2 more quality measures (4 are asked for)"]),
        ("MIPS_APP1_GROUP", ("236", "134"), "2 quality measures, 2 with 20 cases or more", ["measure 001"]),
        ("APP_PLUS_GROUP", ("236", "134"), "2 quality measures, 2 with 20 cases or more", ["measures 001 and 112"]),
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
    assert found["quality"].lacking == ("20 cases: 236 has 12",)
    assert found["pi"].lacking == ("a period of 180 days (it has 1)",)


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
    assert row.lacking == ("an activity that is answered with yes",)


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
