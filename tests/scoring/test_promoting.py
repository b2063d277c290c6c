"""Promoting interoperability: points, exclusions, bonuses, and what makes it 0."""

import json
from decimal import Decimal
from typing import Any

import pytest

from converter.facts.scoring_rules import ScoringRules, load_scoring_rules
from converter.scoring.official import context_of
from converter.scoring.promoting import promoting
from converter.scoring.values import CategoryScore
from tests.scoring.examples import EHR, FOLDERS, Json, other_set, score_of, submission


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
        (2025, ("PI_EP_1", "PI_EP_2"), ("PI_LVPP_1", "PI_EP_2_EX_1"), {"PI_HIE_1": 25, "PI_HIE_4": 25}),
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


@pytest.mark.parametrize("year", [2019, 2020, 2021])
@pytest.mark.parametrize("others", [(), ("PI_PHCDRR_3",)])
def test_one_measure_for_two_registries(year: int, others: tuple[str, ...]) -> None:
    values: Json = {"PI_PHCDRR_2_MULTI": True, **dict.fromkeys(others, True)}
    found = of(year, ("PI_PHCDRR_1", "PI_PHCDRR_2"), **values)
    assert found.value == 100
    assert sum(items(found)[name] or 0 for name in values) == 10


ALL_REGISTRIES = tuple(f"PI_PHCDRR_{number}_EX_1" for number in range(1, 6))


@pytest.mark.parametrize(
    ("year", "without", "claimed"),
    [
        (2019, ("PI_HIE_4",), ("PI_LVITC_2",)),
        (2019, ("PI_HIE_4",), ("PI_CUITC_1",)),
        (2020, ("PI_HIE_4",), ("PI_LVITC_2",)),
        (2019, ("PI_PHCDRR_1", "PI_PHCDRR_2"), ALL_REGISTRIES),
        (2020, ("PI_PHCDRR_1", "PI_PHCDRR_2"), ALL_REGISTRIES),
        (2019, ("PI_PHCDRR_2",), ("PI_PHCDRR_3_EX_1",)),
        (2020, ("PI_PHCDRR_2",), ("PI_PHCDRR_2_EX_1",)),
        (2021, ("PI_PHCDRR_2",), ("PI_PHCDRR_2_EX_2",)),
        (2019, ("PI_PHCDRR_1", "PI_PHCDRR_2"), ("PI_PHCDRR_1_MULTI", "PI_PHCDRR_3_EX_1")),
        (2023, ("PI_EP_1", "PI_EP_2"), ("PI_LVPP_1", "PI_EP_2_EX_1")),
        (2025, ("PI_EP_1", "PI_EP_2"), ("PI_LVPP_1", "PI_EP_2_EX_2")),
        (2025, ("PI_EP_1", "PI_EP_2", "PI_HIE_1", "PI_HIE_4"),
         ("PI_LVPP_1", "PI_EP_2_EX_1", "PI_LVOTC_1", "PI_LVITC_2")),
        (2025, ("PI_EP_1", "PI_EP_2", "PI_HIE_1", "PI_HIE_4"), ("PI_LVPP_1", "PI_EP_2_EX_1", "PI_HIE_5")),
    ],
)  # fmt: skip
def test_what_is_excluded_costs_nothing(year: int, without: tuple[str, ...], claimed: tuple[str, ...]) -> None:
    """Also where the measures data does not name the exclusions: 2019, and public health of 2020."""
    assert of(year, without, **dict.fromkeys(claimed, True)).value == 100


def test_points_that_pass_through_an_excluded_measure() -> None:
    found = of(2025, ("PI_EP_1", "PI_EP_2"), PI_LVPP_1=True, PI_EP_2_EX_1=True)
    assert found.notes[:2] == (
        "PI_EP_2 excluded: its 10 points go to PI_EP_1, and on with its own.",
        "PI_EP_1 excluded: its 20 points go to PI_HIE_1 and PI_HIE_4.",
    )
    assert len(found.doubts) >= 2


@pytest.mark.parametrize(("year", "whole"), [(2021, 40), (2022, 40), (2023, 30), (2026, 30)])
@pytest.mark.parametrize("split", [False, True])
def test_of_measures_that_stand_for_each_other_the_best_count(year: int, whole: int, split: bool) -> None:
    """All of health information exchange in one file, or in two."""
    values: Json = {"PI_HIE_1": rate(50), "PI_HIE_4": rate(50), "PI_PEA_1": rate(50)}
    base = FULL[max(one for one in FULL if one <= year)] | values
    sets = [other_set("pi", base | ({} if split else {"PI_HIE_5": True}), year)]
    if split:
        sets.append(other_set("pi", {"PI_HIE_5": True}, year, submissionMethod=EHR))
    found = score_of(submission(year, sets)).category("pi")
    shown = items(found)
    assert shown["PI_HIE_5"] == whole
    assert shown["PI_HIE_1"] is None
    assert shown["PI_HIE_4"] is None
    assert found.value == of(year, ("PI_HIE_1", "PI_HIE_4"), PI_HIE_5=True, PI_PEA_1=rate(50)).value
    why = next(one.why for one in found.items if one.measure_id == "PI_HIE_4")
    assert why == (
        "PI_HIE_5 counts instead: of measures that stand for each other, only those with most points count.",
    )
    assert any(words.startswith("PI_HIE_1 and PI_HIE_4 are reported, too.") for words in found.notes)
    assert any("stand for each other" in words for words in found.doubts)


def test_three_ways_of_exchange() -> None:
    shown = items(of(2025, PI_HIE_5=True, PI_HIE_6=True))
    assert sum(shown[name] or 0 for name in ("PI_HIE_1", "PI_HIE_4", "PI_HIE_5", "PI_HIE_6")) == 30
    assert items(of(2025, PI_HIE_5=False, PI_HIE_6=False))["PI_HIE_1"] == 15
    one = of(2025, ("PI_HIE_4",), PI_HIE_6=True)
    assert items(one)["PI_HIE_6"] == 30
    assert one.value == 100
    assert of(2025, ("PI_HIE_4",), PI_HIE_6=False).value == 0


@pytest.mark.parametrize("without", [("PI_HIE_1", "PI_HIE_4"), ("PI_HIE_4",), ("PI_HIE_1",)])
def test_the_points_of_exclusions_stay_where_another_way_earns_them(without: tuple[str, ...]) -> None:
    claims = {"PI_HIE_1": "PI_LVOTC_1", "PI_HIE_4": "PI_LVITC_2"}
    claimed = {claims[name]: True for name in without}
    found = of(2025, without, PI_HIE_5=True, PI_PEA_1=rate(50), PI_EP_1=rate(10), **claimed)
    assert found.value == 79
    assert not any("excluded" in words for words in found.notes)


def test_points_whose_way_is_not_known_make_the_category_unknown() -> None:
    rules = load_scoring_rules(FOLDERS, 2025)
    table = json.loads((FOLDERS[0] / "scoring.json").read_bytes())
    table["piMoves"] = [row for row in table["piMoves"] if row["excluded"] != ["PI_HIE_4"]]
    table["piMoves"].append({**table["piMoves"][0], "excluded": ["PI_HIE_4"], "moveTo": ["PI_NO_1"]})
    given = {name: value for name, value in FULL[2023].items() if name != "PI_HIE_4"} | {"PI_LVITC_2": True}
    context = context_of(submission(2025, [other_set("pi", given, 2025)]), FOLDERS)
    assert promoting(context, context.subject.sets, rules).value == 100
    found = promoting(context, context.subject.sets, ScoringRules(table, 2025))
    assert found.value is None
    assert found.points is None
    assert found.unknown == ("It is not known where the 15 points of PI_HIE_4 go.",)


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
