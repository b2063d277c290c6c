"""Promoting interoperability: points, exclusions, bonuses, and what makes it 0."""

from decimal import Decimal
from typing import Any

import pytest

from converter.scoring.values import CategoryScore
from tests.scoring.examples import EHR, Json, other_set, score_of, submission


def rate(met: int, of: int = 100) -> Json:
    return {"numerator": met, "denominator": of}


ATTESTED: Json = {"PI_PPHI_1": True, "PI_ONCDIR_1": True, "PI_INFBLO_1": True, "PI_ONCACB_1": True}
FULL: dict[int, Json] = {
    2019: {"PI_EP_1": rate(100), "PI_HIE_1": rate(100), "PI_HIE_4": rate(100), "PI_PEA_1": rate(100),
           "PI_PHCDRR_1": True, "PI_PHCDRR_2": True, **ATTESTED},
    2022: {"PI_EP_1": rate(100), "PI_HIE_1": rate(100), "PI_HIE_4": rate(100), "PI_PEA_1": rate(100),
           "PI_PHCDRR_1": True, "PI_PHCDRR_3": True, "PI_PPHI_2": True, **ATTESTED},
    2023: {"PI_EP_1": rate(100), "PI_EP_2": True, "PI_HIE_1": rate(100), "PI_HIE_4": rate(100),
           "PI_PEA_1": rate(100), "PI_PHCDRR_1": True, "PI_PHCDRR_3": True, "PI_PPHI_2": True, **ATTESTED},
}  # fmt: skip


def of(year: int, without: tuple[str, ...] = (), more: Any = None, **values: Any) -> CategoryScore:
    """The category of full data of a year, less some measures and with others."""
    base = FULL[max(one for one in FULL if one <= year)]
    given = {name: value for name, value in base.items() if name not in without} | values
    return score_of(submission(year, [other_set("pi", given, year, **(more or {}))])).category("pi")


def items(one: CategoryScore) -> dict[str, Decimal | None]:
    return {item.measure_id: item.points for item in one.items}


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026])
def test_full_data_is_100(year: int) -> None:
    assert of(year).value == 100


@pytest.mark.parametrize(("met", "expected"), [(31, 3), (34, 3), (35, 4), (100, 10), (4, 1), (1, 1)])
def test_points_are_rounded_and_at_least_1(met: int, expected: int) -> None:
    found = of(2019, PI_EP_1=rate(met))
    assert items(found)["PI_EP_1"] == expected
    formula = next(one.formula for one in found.items if one.measure_id == "PI_EP_1")
    assert formula == f"(({met}/100)*10) = {expected}"


@pytest.mark.parametrize(
    ("without", "words"),
    [
        (("PI_EP_1",), "PI_EP_1"),
        (("PI_PEA_1",), "PI_PEA_1"),
        (("PI_PPHI_1",), "PI_PPHI_1"),
        (("PI_ONCDIR_1",), "PI_ONCDIR_1"),
        (("PI_PHCDRR_3",), "PI_PHCDRR_3"),
    ],
)
def test_what_is_missing_makes_it_0(without: tuple[str, ...], words: str) -> None:
    found = of(2025, without)
    assert found.value == 0
    assert found.notes[0].startswith("0 points: ")
    assert words in found.notes[0]


def test_a_numerator_of_0_makes_it_0() -> None:
    assert of(2025, PI_PEA_1=rate(0)).value == 0


def test_an_attestation_of_no_makes_it_0() -> None:
    assert of(2025, PI_PPHI_1=False).value == 0


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"cehrtId": None}, "certification id"),
        ({"performanceStart": "2025-01-01", "performanceEnd": "2025-03-31"}, "90 days; 180 are required"),
    ],
)
def test_certification_and_period(more: Json, words: str) -> None:
    found = of(2025, more=more)
    assert found.value == 0
    assert words in found.notes[0]


@pytest.mark.parametrize(
    ("year", "without", "claimed", "expected"),
    [
        (2025, ("PI_EP_2",), ("PI_EP_2_EX_1",), {"PI_EP_1": 20}),
        (2025, ("PI_EP_1",), ("PI_LVPP_1",), {"PI_HIE_1": 20, "PI_HIE_4": 20}),
        (2025, ("PI_EP_1", "PI_EP_2"), ("PI_LVPP_1", "PI_EP_2_EX_1"), {"PI_HIE_1": 20, "PI_HIE_4": 20}),
        (2025, ("PI_HIE_4",), ("PI_LVITC_2",), {"PI_HIE_1": 30}),
        (2025, ("PI_HIE_1",), ("PI_LVOTC_1",), {"PI_PEA_1": 40, "PI_HIE_4": 15}),
        (2025, ("PI_HIE_1", "PI_HIE_4"), ("PI_LVOTC_1", "PI_LVITC_2"), {"PI_PEA_1": 55}),
        (2025, ("PI_PHCDRR_1", "PI_PHCDRR_3"), ("PI_PHCDRR_1_EX_1", "PI_PHCDRR_3_EX_1"), {"PI_PEA_1": 50}),
        (2025, ("PI_PHCDRR_3",), ("PI_PHCDRR_3_EX_1",), {"PI_PHCDRR_1": 25}),
        (2019, ("PI_EP_1",), ("PI_LVPP_1",), {"PI_HIE_1": 25, "PI_HIE_4": 25}),
    ],
)
def test_where_excluded_points_go(
    year: int, without: tuple[str, ...], claimed: tuple[str, ...], expected: dict[str, int]
) -> None:
    found = of(year, without, **{name: True for name in claimed})
    shown = items(found)
    assert {name: shown[name] for name in expected} == expected


@pytest.mark.parametrize("without", [("PI_EP_2",), ("PI_HIE_4",), ("PI_HIE_1",)])
def test_with_an_exclusion_100_can_be_reached(without: tuple[str, ...]) -> None:
    claims = {"PI_EP_2": "PI_EP_2_EX_1", "PI_HIE_4": "PI_LVITC_2", "PI_HIE_1": "PI_LVOTC_1"}
    found = of(2025, without, **{claims[without[0]]: True})
    assert found.value == 100
    assert any("points go to" in words for words in found.notes)
    assert found.doubts


@pytest.mark.parametrize(("year", "points"), [(2021, 40), (2022, 40), (2023, 30), (2025, 30)])
def test_exchange_in_both_directions(year: int, points: int) -> None:
    found = of(year, ("PI_HIE_1", "PI_HIE_4"), PI_HIE_5=True)
    assert items(found)["PI_HIE_5"] == points
    assert found.value == 100


@pytest.mark.parametrize(
    ("year", "values", "expected"),
    [
        (2019, {"PI_EP_2": rate(1)}, 5),
        (2021, {"PI_EP_2": True}, 10),
        (2022, {"PI_PHCDRR_2": True}, 5),
        (2025, {"PI_PHCDRR_2": True, "PI_PHCDRR_4": True}, 5),
        (2026, {"PI_PHCDRR_6": True}, 5),
        (2025, {}, 0),
    ],
)
def test_bonus(year: int, values: Json, expected: int) -> None:
    low: Json = {"PI_PEA_1": rate(50)}
    assert (of(year, **low, **values).value or 0) - (of(year, **low).value or 0) == expected


def test_one_registry_twice() -> None:
    found = items(of(2019, ("PI_PHCDRR_2",), PI_PHCDRR_1_MULTI=True))
    assert found["PI_PHCDRR_1"] == found["PI_PHCDRR_1_MULTI"] == 5


def test_more_than_100_is_100() -> None:
    found = of(2025, PI_PHCDRR_2=True)
    assert found.value == 100
    assert any("at most 100" in words for words in found.notes)


def test_different_values_in_two_sets_make_it_0() -> None:
    one = other_set("pi", FULL[2023], 2025)
    two = other_set("pi", {**FULL[2023], "PI_PEA_1": rate(50)}, 2025, submissionMethod=EHR)
    assert score_of(submission(2025, [one, one])).category("pi").value == 100
    found = score_of(submission(2025, [one, two])).category("pi")
    assert found.value == 0
    assert "PI_PEA_1 is reported twice with different values" in found.notes[0]


def test_two_sets_add_up() -> None:
    half = ("PI_EP_1", "PI_EP_2", "PI_PPHI_1")
    one = other_set("pi", {name: value for name, value in FULL[2023].items() if name in half}, 2025)
    two = other_set("pi", {name: value for name, value in FULL[2023].items() if name not in half}, 2025)
    assert score_of(submission(2025, [one])).category("pi").value == 0
    assert score_of(submission(2025, [one]), submission(2025, [two])).category("pi").value == 100


@pytest.mark.parametrize("year", [2017, 2018])
def test_years_whose_points_are_not_known(year: int) -> None:
    name = "ACI_PEA_1" if year == 2017 else "PI_PEA_1"
    found = score_of(submission(year, [other_set("pi", {name: rate(50)}, year)])).category("pi")
    assert found.value is None
    assert found.unknown


@pytest.mark.parametrize("value", [rate(101), rate(1, 0), {"numerator": 1}, "yes"])
def test_a_value_that_is_no_rate_has_no_points(value: object) -> None:
    found = of(2025, PI_PEA_1=value)
    assert items(found)["PI_PEA_1"] == 0


def test_an_apm_entity_cannot_report_it() -> None:
    found = score_of(submission(2021, [other_set("pi", FULL[2019], 2021)], "apm")).category("pi")
    assert found.value is None
    assert found.weighted is None
