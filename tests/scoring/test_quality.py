"""Which measures count, bonuses, the possible points, and the programs with rules of their own."""

from decimal import Decimal
from typing import Any

import pytest

from converter.scoring.arithmetic import tenths
from converter.scoring.profile import NOTHING_SAID, Profile, profile_of
from converter.scoring.shown.sentences import category_line
from converter.scoring.values import MeasureScore, Score
from tests.scoring.examples import (
    CLAIMS,
    EHR,
    REGISTRY,
    WEB,
    Json,
    measurement,
    other_set,
    quality_set,
    score_of,
    submission,
)

SMALL = Profile(small_practice=True)
MEASURES = ("236", "001", "134", "226", "310", "317", "309", "318")
"""Measures of 2025 that have a benchmark for EHRs."""


def year_2025(*rates: int, first: int = 0, **more: Any) -> Json:
    """A submission of measures with these rates in percent."""
    ones = [measurement(name, rate, 100 - rate) for name, rate in zip(MEASURES[first:], rates, strict=False)]
    return submission(2025, [quality_set(ones, 2025, **more)])


def by_id(score: Score) -> dict[str, MeasureScore]:
    return {one.measure_id: one for one in score.category("quality").measures}


def test_the_best_six_count() -> None:
    found = score_of(year_2025(90, 10, 90, 90, 90, 90, 90, 1))
    counted = [one for one in found.category("quality").measures if one.counts]
    assert len(counted) == 6
    assert found.category("quality").points == sum((one.worth for one in counted), Decimal(0))
    left = by_id(found)["318"]
    assert not left.counts
    assert left.not_counted == "6 other measures are worth more."


def test_places_that_are_empty_count_0() -> None:
    found = score_of(year_2025(90)).category("quality")
    assert (found.possible, found.points) == (Decimal(60), Decimal(10))
    assert found.value == Decimal("16.6667")
    assert "1 of 6 measures count; each other place counts 0 of 10 points." in found.notes


def test_a_place_is_kept_for_an_outcome_measure() -> None:
    names = ("226", "309", "310", "317", "143", "238", "128")
    ones = [measurement(name, 99, 1) for name in names]
    found = score_of(submission(2025, [quality_set(ones, 2025)])).category("quality")
    plain = [one for one in found.measures if not (one.outcome or one.high_priority)]
    assert any(one.high_priority or one.outcome for one in found.measures if one.counts)
    only = quality_set([measurement(one.measure_id, 99, 1) for one in plain], 2025)
    without = score_of(submission(2025, [only])).category("quality")
    assert sum(one.counts for one in without.measures) <= 5
    assert any("No outcome or high-priority measure is reported" in words for words in without.notes)


def test_the_same_measure_by_two_methods_counts_once_the_better() -> None:
    """As in an example of CMS' guides: 6.1 by one type, 7.5 by the other."""
    ehr = quality_set([measurement("236", 66, 34)], 2025)
    registry = quality_set([measurement("236", 74, 26)], 2025, REGISTRY)
    found = score_of(submission(2025, [ehr, registry])).category("quality")
    one, two = found.measures
    assert (one.counts, two.counts) == (True, False)
    assert one.worth > two.worth
    assert two.not_counted == f"It counts by {one.method}, which is better."
    assert found.points == one.worth


def test_a_tenth_of_the_points_is_shown() -> None:

    assert [tenths(Decimal(one)) for one in ("6.1234", "7.5999", "8.9585", "10", "0")] == [
        "6.1",
        "7.5",
        "8.9",
        "10.0",
        "0.0",
    ]


@pytest.mark.parametrize(("available", "possible"), [(None, 60), (6, 60), (5, 50), (1, 10)])
def test_a_specialty_with_fewer_measures(available: int | None, possible: int) -> None:
    profile = NOTHING_SAID if available is None else profile_of({"availableMeasures": available})
    found = score_of(year_2025(90, 90, 90, 90, 90, 90), profile=profile).category("quality")
    assert found.possible == possible


def test_small_practice_bonus() -> None:
    found = score_of(year_2025(50, 50), profile=SMALL).category("quality")
    assert dict(found.bonuses) == {"small practice": Decimal(6)}
    assert not score_of(year_2025(50, 50)).category("quality").bonuses
    assert (
        not score_of(submission(2025, [other_set("ia", {"IA_EPA_3": True}, 2025)]), profile=SMALL)
        .category("quality")
        .bonuses
    )


def test_small_practice_bonus_of_2018_is_in_the_sum() -> None:
    sets = [quality_set([measurement("236", 50, 50)], 2018)]
    one, two = score_of(submission(2018, sets), profile=SMALL), score_of(submission(2018, sets))
    assert dict(one.bonuses) == {"small practice": Decimal(5)}
    assert one.points == two.points + 5


def test_bonuses_of_2019() -> None:
    ones = [measurement(name, 60, 40, isEndToEndReported=True) for name in ("236", "001", "226", "134")]
    found = score_of(submission(2019, [quality_set(ones, 2019)])).category("quality")
    # 001 and 236 are outcome measures; the one with most points gets no bonus.
    assert dict(found.bonuses) == {"high priority and outcome": Decimal(2), "end-to-end reporting": Decimal(4)}
    assert found.doubts


def test_each_bonus_is_at_most_a_tenth() -> None:
    names = ("236", "001", "226", "134", "112", "113", "309", "310", "318", "317", "374")
    ones = [measurement(name, 60, 40, isEndToEndReported=True) for name in names]
    found = dict(score_of(submission(2019, [quality_set(ones, 2019)])).category("quality").bonuses)
    assert found["end-to-end reporting"] == 6


def test_no_bonuses_from_2022() -> None:
    ones = [measurement(name, 60, 40, isEndToEndReported=True) for name in ("236", "001", "226")]
    assert not score_of(submission(2022, [quality_set(ones, 2022)])).category("quality").bonuses


def test_the_methods_of_2017_are_not_combined() -> None:
    ehr = quality_set([measurement("236", 60, 40)], 2017)
    registry = quality_set([measurement("047", 90, 10), measurement("130", 90, 10)], 2017, REGISTRY)
    found = score_of(submission(2017, [ehr, registry])).category("quality")
    assert {one.method for one in found.measures if one.counts} == {REGISTRY}
    later = score_of(submission(2019, [ehr, registry])).category("quality")
    assert {one.method for one in later.measures if one.counts} == {EHR, REGISTRY}


WEB_MEASURES = ("001", "110", "112", "113", "134", "226", "236", "318", "370", "438")
"""Measures of the CMS Web Interface from 2019 on."""


def web(complete: bool, names: tuple[str, ...] = ("001", "236"), year: int = 2019, **more: Any) -> Json:
    counts = (200, 48, 248) if complete else (80, 20, 248)
    return quality_set([measurement(name, *counts) for name in names], year, WEB, **more)


def test_a_set_of_the_web_interface_that_is_not_complete() -> None:
    """As in an example of CMS' guides: 0.00 of 45."""
    found = score_of(submission(2019, [web(complete=False)])).category("quality")
    assert (found.weighted, found.weight) == (Decimal(0), Decimal(45))
    complete = score_of(submission(2019, [web(complete=True)])).category("quality")
    assert complete.weighted is not None
    assert complete.weighted > 0


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2022])
def test_all_measures_of_the_web_interface_count(year: int) -> None:
    found = score_of(submission(year, [web(True, ("236",), year)])).category("quality")
    assert found.possible == 100
    assert found.points == found.measures[0].points
    assert found.notes[1] == ("Not reported, 0 of 10 points each: 001, 110, 112, 113, 134, 226, 318, 370 and 438.")
    assert not any("6 measures" in words or "outcome" in words for words in found.notes)


@pytest.mark.parametrize("year", [2017, 2018])
def test_of_diabetes_the_composite_counts(year: int) -> None:
    found = score_of(submission(year, [web(True, ("dmComposite", "236", "001"), year)])).category("quality")
    assert found.possible is not None
    assert found.possible == 140 - 10 * sum(one.leaves for one in found.measures if one.measure_id != "001")
    left = next(one for one in found.measures if one.measure_id == "001")
    assert not left.counts
    alone = score_of(submission(year, [web(True, ("236", "001", "117"), year)])).category("quality")
    assert alone.value is None
    assert alone.unknown[0] == (
        "Of 001 and 117, reported by the CMS Web Interface, only dmComposite counts; its points are not known."
    )


def test_a_measure_of_the_web_interface_without_a_benchmark_leaves() -> None:
    """In 2019, five of the ten have no benchmark before the year."""
    found = score_of(submission(2019, [web(True, WEB_MEASURES)])).category("quality")
    assert found.possible == 50
    assert sum(one.counts for one in found.measures) == 5
    left = {one.measure_id: one for one in found.measures if one.leaves}
    assert set(left) == {"110", "134", "226", "370", "438"}
    assert left["110"].not_counted == "It leaves numerator and denominator."
    assert any("leaves numerator and denominator" in words for words in found.doubts)
    few = quality_set([measurement("236", 10, 2)], 2019, WEB)
    assert score_of(submission(2019, [few])).category("quality").possible == 90
    open_one = quality_set([measurement("110", 80, 20, 248)], 2019, WEB)
    assert score_of(submission(2019, [open_one])).category("quality").possible == 100


@pytest.mark.parametrize(("year", "program"), [(2025, "mips"), (2024, "mips"), (2025, "app1"), (2020, "app1")])
def test_a_web_interface_whose_measures_are_not_known(year: int, program: str) -> None:
    one = submission(year, [web(True, ("236",), year, programName=program)])
    found = score_of(one, program=program).category("quality")
    assert (found.value, found.points, found.weighted) == (None, None, None)
    assert "It is not known which measures of the CMS Web Interface count" in found.unknown[0]
    ehr = quality_set([measurement("236", 99, 1)], year, programName=program)
    both = score_of(submission(year, [*one["measurementSets"], ehr]), program=program).category("quality")
    assert both.value
    assert {measure.method for measure in both.measures if measure.counts} == {EHR}


@pytest.mark.parametrize(("year", "unseen"), [(2021, 3), (2022, 3), (2023, 3), (2024, 3)])
def test_the_web_interface_under_the_app(year: int, unseen: int) -> None:
    """Ten measures, those from claims, and the survey; those without a benchmark leave."""
    one = submission(year, [web(True, WEB_MEASURES, year, programName="app1")], "apm")
    found = score_of(one, program="app1").category("quality")
    left = sum(measure.leaves for measure in found.measures)
    assert left >= 2
    assert found.possible == 100 + 10 * unseen - 10 * left
    dark = [measure.measure_id for measure in found.measures if measure.points is None and not measure.leaves]
    assert sum(measure.counts for measure in found.measures) == 10 - left - len(dark)
    assert ("-- Points that are not known, 0 of 10 each: 134." in found.notes) is (dark == ["134"])


def test_the_web_interface_is_not_combined_with_others() -> None:
    ehr = quality_set([measurement("226", 20, 80)], 2019)
    found = score_of(submission(2019, [web(complete=True), ehr])).category("quality")
    assert {one.method for one in found.measures if one.counts} == {WEB}
    left = next(one for one in found.measures if one.method == EHR)
    assert left.not_counted == "Data of another submission method is worth more, and the methods are not combined."


@pytest.mark.parametrize(
    ("year", "entity", "program", "small", "expected"),
    [
        (2019, "individual", "mips", False, True),
        (2019, "group", "mips", True, True),
        (2019, "group", "mips", False, False),
        (2019, "virtualGroup", "mips", False, False),
        (2025, "group", "mips", True, False),
        (2025, "individual", "mips", False, False),
        (2025, "apm", "mips", False, False),
        (2025, "individual", "M0005", False, False),
        (2025, "apm", "app1", False, True),
        (2026, "apm", "appPlus", False, True),
    ],
)
def test_at_least_only_where_no_measure_from_claims_can_apply(
    year: int, entity: str, program: str, small: bool, expected: bool
) -> None:
    sets = [quality_set([measurement("236", 90, 10)], year, programName=program)]
    score = score_of(submission(year, sets, entity), program=program, profile=Profile(small_practice=small))
    found = score.category("quality")
    assert found.at_least is expected
    assert ("at least" in category_line(found)) is expected
    assert any("10 possible points" in words for words in found.unknown) is not expected


@pytest.mark.parametrize(
    ("year", "program", "method", "where"),
    [
        (2025, "M0005", EHR, "under this program"),
        (2025, "app1", EHR, "under this program"),
        (2019, "mips", WEB, "for the CMS Web Interface"),
    ],
)
def test_available_measures_where_they_make_no_difference(year: int, program: str, method: str, where: str) -> None:
    one = submission(year, [quality_set([measurement("236", 300, 10)], year, method, programName=program)])
    said = score_of(one, program=program, profile=Profile(available_measures=2)).category("quality")
    assert said.possible == score_of(one, program=program).category("quality").possible
    assert said.notes[-1] == f"You say how many measures can be reported; {where} that makes no difference."


def app(year: int, program: str, rates: dict[str, tuple[int, int]]) -> Score:
    ones = [measurement(name, met, not_met) for name, (met, not_met) in rates.items()]
    sets = [quality_set(ones, year, programName=program)] if ones else []
    return score_of(submission(year, [*sets, other_set("ia", {}, year, programName=program)], "apm"), program=program)


def test_app_without_data() -> None:
    """As in an example of CMS' guides: 20 of 100."""
    found = app(2025, "app1", {})
    assert (found.points, found.possible) == (Decimal(20), Decimal(100))
    assert found.category("ia").weighted == 20


def test_all_measures_of_app_plus_count() -> None:
    found = app(2026, "appPlus", {"236": (99, 1), "001": (1, 99)}).category("quality")
    assert found.possible == 80
    assert "Not reported, 0 of 10 points each: 112, 113 and 134." in found.notes
    assert any(words.startswith("-- From claims or surveys") for words in found.notes)


def test_a_measure_of_app_plus_without_a_benchmark_leaves() -> None:
    found = app(2026, "appPlus", {"236": (99, 1), "112": (90, 10), "113": (90, 10)}).category("quality")
    assert found.possible == 60
    left = {one.measure_id: one for one in found.measures}["112"]
    assert left.not_counted == "It leaves numerator and denominator."


def test_a_measure_that_is_not_of_the_app() -> None:
    found = app(2025, "app1", {"236": (99, 1), "226": (99, 1)}).category("quality")
    left = {one.measure_id: one for one in found.measures}["226"]
    assert left.points is None
    assert "The measure is not one of those of this program." in left.why


def test_a_pathway_asks_for_four() -> None:
    ones = [measurement(name, 90, 10) for name in ("236", "001", "134", "226", "112", "113")]
    found = score_of(submission(2025, [quality_set(ones, 2025, programName="M0005")]), program="M0005")
    assert found.category("quality").possible == 40
    assert sum(one.counts for one in found.category("quality").measures) <= 4


def test_a_measure_whose_points_are_not_known_does_not_count() -> None:
    ones = [measurement("236", 0, 0, 0), measurement("001", 120, -20, 100), measurement("no such", 1, 1)]
    found = score_of(submission(2025, [quality_set(ones, 2025)])).category("quality")
    assert [one.points for one in found.measures] == [None, None, None]
    assert {one.not_counted for one in found.measures} == {"Its points are not known."}
    assert found.points == 0


def test_claims_have_their_own_benchmark() -> None:
    ones = [quality_set([measurement("236", 75, 25)], 2025, method) for method in (EHR, REGISTRY, CLAIMS)]
    found = score_of(submission(2025, ones)).category("quality")
    assert len({one.benchmark.method for one in found.measures if one.benchmark}) == 3
    assert len({one.worth for one in found.measures}) > 1
    assert sum(one.counts for one in found.measures) == 1
