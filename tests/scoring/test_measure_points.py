"""Each rule about the points of a measure, with a case that it applies to and one that it does not."""

from decimal import Decimal
from typing import Any

import pytest

from converter.scoring.profile import NOTHING_SAID, Profile
from converter.scoring.values import MeasureScore
from tests.scoring.examples import EHR, REGISTRY, WEB, benchmark, of, setting, told

SMALL = Profile(small_practice=True)
UP = (0, 10, 20, 30, 40, 50, 60, 70, 80)
"""Deciles until 2022: decile 2 begins at 0%, decile 10 at 80%."""
PERCENTILES = (2, 10, 20, 30, 40, 50, 60, 70, 80, 90, 99)


def points(one: MeasureScore) -> float | None:
    return None if one.points is None else float(one.points)


@pytest.mark.parametrize(
    ("year", "rate", "expected"),
    [
        (2019, 0, (-1, 3)),
        (2019, 9.99, (-1, 3)),
        (2019, 10, (3, 3)),
        (2019, 15, (3, 3.5)),
        (2019, 79.99, (9, 9.999)),
        (2019, 80, (10, 10)),
        (2022, 5, (-1, 3)),
        (2025, 0, (-1, 1)),
        (2025, 2, (1, 1)),
        (2025, 6, (1, 1.5)),
        (2025, 10, (2, 2)),
        (2025, 89.99, (9, 9.999)),
        (2025, 90, (10, 10)),
    ],
)
def test_decile(year: int, rate: float, expected: tuple[int, float]) -> None:
    found = of(told(rate), benchmark(UP if year < 2023 else PERCENTILES, year), setting(year))
    assert (found.decile, points(found)) == expected
    assert found.measure_class == 1


@pytest.mark.parametrize(
    ("year", "rate", "expected"),
    [
        (2019, 100, (-1, 3)),
        (2019, 70, (3, 3)),
        (2019, 0, (10, 10)),
        (2025, 99.5, (-1, 1)),
        (2025, 99, (1, 1)),
        (2025, 85, (2, 2.5)),
        (2025, 10, (10, 10)),
        (2025, 10.01, (9, 9.999)),
    ],
)
def test_decile_of_an_inverse_measure(year: int, rate: float, expected: tuple[int, float]) -> None:
    figures = (100, 70, 60, 50, 40, 30, 20, 10, 5) if year < 2023 else PERCENTILES
    found = of(told(rate), benchmark(figures, year, inverse=True), setting(year))
    assert (found.decile, points(found)) == expected
    assert found.inverse


def test_empty_deciles_give_the_highest_that_is_reached() -> None:
    one = benchmark((0, 50, 90, 100, 100, 100, 100, 100, 100), 2019)
    assert of(told(95), one, setting(2019)).decile == 4
    assert of(told(100), one, setting(2019)).points == 10


@pytest.mark.parametrize(
    ("year", "small", "expected"),
    [(2017, False, 3), (2019, False, 3), (2022, False, 3), (2023, False, 0), (2023, True, 3), (2026, False, 0)],
)
def test_no_benchmark(year: int, small: bool, expected: float) -> None:
    found = of(told(90), None, setting(year, SMALL if small else NOTHING_SAID))
    assert (points(found), found.measure_class) == (expected, 2)
    assert "no benchmark" in " ".join(found.why)


@pytest.mark.parametrize(
    ("year", "small", "expected"),
    [(2017, False, 3), (2022, False, 3), (2023, False, 0), (2023, True, 3), (2025, False, 0)],
)
def test_too_few_cases(year: int, small: bool, expected: float) -> None:
    one, where = benchmark(UP if year < 2023 else PERCENTILES, year), setting(year, SMALL if small else NOTHING_SAID)
    found = of(told(95, cases=19), one, where)
    assert (points(found), found.measure_class) == (expected, 2)
    assert "Too few cases: 19, 20 needed." in found.why
    assert of(told(95, cases=20), one, where).points == 10


@pytest.mark.parametrize(
    ("year", "needed", "small", "expected"),
    [
        (2017, 50, False, 3),
        (2018, 60, False, 1),
        (2018, 60, True, 3),
        (2019, 60, False, 1),
        (2020, 70, False, 0),
        (2020, 70, True, 3),
        (2023, 70, False, 0),
        (2024, 75, False, 0),
        (2025, 75, True, 3),
    ],
)
def test_incomplete_data(year: int, needed: int, small: bool, expected: float) -> None:
    one, where = benchmark(UP if year < 2023 else PERCENTILES, year), setting(year, SMALL if small else NOTHING_SAID)
    found = of(told(95, complete=needed - 0.01), one, where)
    assert (points(found), found.measure_class) == (expected, 3)
    assert of(told(95, complete=needed), one, where).points == 10


def test_a_measure_of_the_web_interface_that_is_not_complete() -> None:
    one = benchmark(UP, 2019)._replace(method=WEB)
    assert of(told(95, complete=50), one, setting(2019)).points == 0
    assert of(told(95, complete=100), one, setting(2019)).points == 10


@pytest.mark.parametrize(
    ("year", "row", "expected"),
    [
        (2019, {"sevenPointCap": True}, 7),
        (2019, {"toppedOut": True}, 10),
        (2018, {"sevenPointCap": True}, 10),
        (2025, {"sevenPointCap": True, "sevenPointCapRemoved": True}, 10),
        (2025, {"sevenPointCap": True}, 7),
        (2017, {"sevenPointCap": True}, 10),
    ],
)
def test_cap_of_a_topped_out_measure(year: int, row: dict[str, Any], expected: float) -> None:
    found = of(told(95), benchmark(UP if year < 2023 else PERCENTILES, year, **row), setting(year))
    assert points(found) == expected
    assert found.decile == 10


def test_the_cap_of_2018_is_for_six_measures() -> None:
    one = benchmark(UP, 2018)._replace(measure_id="023")
    found = of(told(95), one, setting(2018))
    assert found.points == 7
    assert found.doubts


def test_no_cap_for_the_web_interface() -> None:
    one = benchmark(UP, 2019, sevenPointCap=True)._replace(method=WEB)
    assert of(told(95), one, setting(2019)).points == 10


def test_a_capped_measure_says_what_is_below_the_cap() -> None:
    one = benchmark(UP, 2019, sevenPointCap=True)
    low, high = of(told(45), one, setting(2019)), of(told(55), one, setting(2019))
    assert low.next_decile is not None
    assert (low.next_decile.decile, float(low.next_decile.points)) == (7, 7)
    assert high.next_decile is None


@pytest.mark.parametrize(
    ("year", "first", "expected"), [(2025, 2025, 7), (2025, 2024, 5), (2025, 2023, 0), (2021, 2021, 3), (2022, 2022, 7)]
)
def test_floor_of_a_new_measure(year: int, first: int, expected: float) -> None:
    facts = {"firstPerformanceYear": first}
    assert points(of(told(50), None, setting(year), facts)) == expected


def test_the_floor_of_a_new_measure_needs_cases_and_data() -> None:
    facts = {"firstPerformanceYear": 2025}
    assert of(told(50, cases=10), None, setting(2025), facts).points == 0
    assert of(told(50, complete=10), None, setting(2025), facts).points == 0
    assert of(told(99), benchmark(PERCENTILES, 2025), setting(2025), facts).points == 10


def test_all_deciles_at_100_in_2017() -> None:
    flat = (0, 100, 100, 100, 100, 100, 100, 100, 100)
    found = of(told(50), benchmark(flat, 2017), setting(2017))
    assert found.points == 10
    assert found.doubts
    assert of(told(50), benchmark(flat, 2018), setting(2018)).points == 3


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (told(None, why="No patient counts for the rate: the denominator is 0."), "denominator is 0"),
        (told(None, why="The rate would be above 100%."), "above 100%"),
    ],
)
def test_without_a_rate_the_points_are_not_known(found: Any, why: str) -> None:
    one = of(found, benchmark(UP, 2019), setting(2019))
    assert one.points is None
    assert why in " ".join(one.why)


def test_a_suppressed_measure() -> None:
    facts = {"clinicalGuidelineChanged": [REGISTRY]}
    assert of(told(95), benchmark(UP, 2019), setting(2019), facts).points is None
    assert of(told(95), benchmark(UP, 2019), setting(2019), {"clinicalGuidelineChanged": [EHR]}).points == 10


def test_a_measure_of_another_program() -> None:
    assert (
        of(told(95), benchmark(UP, 2021), setting(2021, program="app1"), {"allowedPrograms": ["mips"]}).points is None
    )
    assert of(told(95), benchmark(UP, 2021), setting(2021), {"allowedPrograms": ["mips"]}).points == 10


def test_a_year_without_benchmarks() -> None:
    one = of(told(95), None, setting(2026, benchmarks=False))
    assert one.points is None
    assert "There are no benchmarks for 2026." in one.why


def test_mock_figures_and_those_that_contradict_themselves_are_not_used() -> None:
    mock = of(told(95), benchmark(PERCENTILES, 2026, mock=True), setting(2026))
    wrong = of(told(95), benchmark((0, 90, 80, 70, 60, 50, 40, 30, 20), 2019), setting(2019))
    assert (points(mock), mock.measure_class) == (0, 2)
    assert (points(wrong), wrong.measure_class) == (3, 2)


@pytest.mark.parametrize("program", ["app1", "appPlus"])
def test_under_the_app_a_measure_that_is_not_scored_leaves(program: str) -> None:
    where = setting(2025, program=program)
    few, without = of(told(95, cases=5), benchmark(PERCENTILES, 2025), where), of(told(95), None, where)
    assert few.leaves
    assert without.leaves
    assert (few.points, without.points) == (None, None)
    assert not of(told(95), benchmark(PERCENTILES, 2025), where).leaves
    assert not of(told(95, cases=5), benchmark(PERCENTILES, 2025), setting(2025)).leaves


@pytest.mark.parametrize(
    ("facts", "end_to_end", "year", "expected"),
    [
        ({"measureType": "outcome"}, False, 2019, (2, 0)),
        ({"measureType": "patientEngagementExperience"}, False, 2019, (2, 0)),
        ({"measureType": "process", "isHighPriority": True}, False, 2019, (1, 0)),
        ({"measureType": "process"}, True, 2019, (0, 1)),
        ({"measureType": "outcome"}, True, 2022, (0, 0)),
    ],
)
def test_bonus(facts: dict[str, Any], end_to_end: bool, year: int, expected: tuple[int, int]) -> None:
    found = of(told(50, end_to_end=end_to_end), benchmark(UP, year), setting(year), facts)
    assert found.bonus == tuple(map(Decimal, expected))


@pytest.mark.parametrize("found", [told(50, cases=19), told(50, complete=10), told(0)])
def test_no_bonus_without_cases_data_or_a_rate(found: Any) -> None:
    assert of(found, benchmark(UP, 2019), setting(2019), {"measureType": "outcome"}).bonus[0] == 0


def test_what_the_next_decile_takes() -> None:
    found = of(
        told(75.34, met=104, counted=138),
        benchmark((2, 10, 20, 30, 40, 50, 60, 70, 84.74, 90, 99), 2025),
        setting(2025),
    )
    step = found.next_decile
    assert step is not None
    assert (step.decile, step.rate, step.more, step.patients) == (9, Decimal("84.74"), Decimal("9.40"), 13)
    assert step.points == 9


def test_what_the_next_decile_takes_of_an_inverse_measure() -> None:
    found = of(told(20, met=20, counted=100), benchmark(PERCENTILES, 2025, inverse=True), setting(2025))
    step = found.next_decile
    assert step is not None
    assert (found.decile, step.decile, step.rate, step.patients) == (9, 10, Decimal(10), 10)


def test_in_decile_10_nothing_is_to_be_won() -> None:
    assert of(told(95), benchmark(UP, 2019), setting(2019)).next_decile is None


def test_below_the_floor_the_next_decile_is_the_first_that_is_worth_more() -> None:
    step = of(told(1, met=1, counted=100), benchmark(UP, 2019), setting(2019)).next_decile
    assert step is not None
    assert (step.decile, step.rate, step.patients, step.points) == (4, Decimal(20), 19, Decimal(4))
