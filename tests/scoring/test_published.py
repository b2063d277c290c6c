"""Every number of the score objects that CMS has published."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from converter.facts.benchmarks import load_benchmarks
from converter.facts.catalog import load_catalog
from converter.scoring.arithmetic import rounded
from converter.scoring.measure_points import Case, case_score
from converter.scoring.official import score_object
from converter.scoring.profile import Profile, profile_of
from converter.scoring.quality import Asked, quality
from converter.scoring.values import MeasureScore
from tests.scoring.examples import (
    CLAIMS,
    EHR,
    FOLDERS,
    REGISTRY,
    Json,
    benchmark,
    measurement,
    of,
    other_set,
    quality_set,
    score_of,
    setting,
    submission,
    told,
)

PUBLISHED: dict[str, Any] = json.loads((Path(__file__).parent / "published.json").read_bytes())
SMALL = Profile(small_practice=True)


def year_of(deciles: list[float]) -> int:
    """The year of a published benchmark: the first that has these figures."""
    for year in (2017, 2018):
        rows = load_benchmarks(FOLDERS, year)
        assert rows is not None
        for measure in ("005", "046", "110", "128", "191", "192", "310"):
            for method in (EHR, REGISTRY):
                found = rows.of(measure, method)
                if found is not None and [float(one) for one in found.published] == deciles:
                    return year
    raise AssertionError(deciles)


@pytest.mark.parametrize("row", PUBLISHED["deciles"], ids=lambda row: f"{row['performanceRate']}-{row['decileScore']}")
def test_deciles(row: dict[str, Any]) -> None:
    year = year_of(row["deciles"])
    one = benchmark(row["deciles"], year, inverse=row["deciles"][0] > 0)
    found = of(told(row["performanceRate"]), one, setting(year))
    assert found.points == Decimal(str(row["decileScore"]))
    assert found.decile == row["decile"]
    assert found.into == Decimal(str(row["partialPoints"]))


def published_measures() -> list[MeasureScore]:
    """The measures of the published quality set: a small practice, with benchmarks of 2018 and a bonus of 2019."""
    where, found = setting(2019, SMALL), []
    for row in PUBLISHED["quality"]["measures"]:
        known = row["deciles"] and benchmark(row["deciles"], 2019, toppedOut=row["toppedOut"])
        what = told(row["performanceRate"], row["eligiblePopulation"], row["reportingRate"])
        facts = load_catalog(FOLDERS, 2018).entry(row["measureId"])[1] or {}
        found.append(case_score(Case(row["measureId"], facts, REGISTRY, "file", what, known), where))
    return found


@pytest.mark.parametrize("number", range(3))
def test_measures(number: int) -> None:
    row, one = PUBLISHED["quality"]["measures"][number], published_measures()[number]
    assert one.points == Decimal(str(row["value"])) == Decimal(str(row["decileScore"]))
    assert f"Class {one.measure_class}" == row["measureClass"]
    assert (one.decile or -1) == row["decile"]
    assert (one.partial or 0) == Decimal(str(row["partialDecileScore"]))
    assert (one.into or 0) == Decimal(str(row["partialPoints"]))
    assert (one.benchmark is None) is row["noBenchmarks"]


def test_quality_category() -> None:
    category = quality(published_measures(), Asked(6), setting(2019, SMALL))
    row = PUBLISHED["quality"]["set"]
    assert category.possible == row["denominator"]
    assert dict(category.bonuses) == {"small practice": row["smallPracticeBonus"]}
    assert category.points is not None
    assert category.points - 6 == Decimal(str(row["totalMeasurementPoints"]))
    assert category.value == Decimal(str(row["value"])) == Decimal(str(PUBLISHED["quality"]["category"]))
    assert all(one.counts for one in category.measures)


def pi_score() -> Json:
    fractions = {"PI_EP_1": (49, 115), "PI_HIE_1": (1123, 1951), "PI_HIE_4": (923, 951), "PI_PEA_1": (861, 1809)}
    values: Json = {one["measureId"]: True for one in PUBLISHED["pi"]["measures"]}
    values |= {name: {"numerator": met, "denominator": of} for name, (met, of) in fractions.items()}
    return score_object(submission(2019, [other_set("pi", values, 2019)]))


def test_promoting_interoperability() -> None:
    found = {one["name"]: one for one in pi_score()["parts"]}["pi"]
    assert found["value"] == PUBLISHED["pi"]["weighted"]
    assert found["original"]["value"] == PUBLISHED["pi"]["value"]
    items = {one["name"]: one for one in found["original"]["parts"][0]["parts"]}
    for row in PUBLISHED["pi"]["measures"]:
        one = items[row["measureId"]]
        assert one["value"] == row["value"]
        assert one["metadata"].get("formula") == row["formula"]
        if row["maxContribution"] is not None:
            assert one["metadata"]["maxContribution"] == row["maxContribution"]


def test_improvement_activities() -> None:
    rows = PUBLISHED["ia"]["measures"]
    ia = other_set("ia", {row["measureId"]: True for row in rows}, 2019)
    found = {one["name"]: one for one in score_object(submission(2019, [ia]), SMALL)["parts"]}["ia"]
    assert found["original"]["value"] == 100
    assert found["original"]["parts"][0]["value"] == PUBLISHED["ia"]["value"]
    assert found["value"] == PUBLISHED["ia"]["weighted"]
    items = {one["name"]: one for one in found["original"]["parts"][0]["parts"]}
    for row in rows:
        assert items[row["measureId"]]["value"] == row["value"]
        assert items[row["measureId"]]["metadata"]["weight"] == row["weight"]


def test_cap_of_a_topped_out_measure() -> None:
    """Measure 048 of 2019 at 100%: in the published answer its decile 10 begins at 84.21%."""
    one = benchmark([0, 10, 20, 30, 40, 50, 60, 70, 84.21], 2019, sevenPointCap=True)
    found = of(told(100), one, setting(2019))
    assert (found.points, found.into, found.decile) == (Decimal(7), Decimal("15.79"), 10)
    claims = quality_set([measurement("048", 100, 0)], 2019, CLAIMS)
    assert score_of(submission(2019, [claims])).category("quality").measures[0].points == 7


def test_one_measure_of_a_small_practice() -> None:
    """Measure 047 of 2022 by registry, without promoting interoperability and cost."""
    sets = [quality_set([measurement("047", 120, 36)], 2022, REGISTRY)]
    profile = profile_of({"smallPractice": True, "reweight": {"pi": 0, "cost": 0}})
    found = score_of(submission(2022, sets), profile=profile).category("quality")
    assert found.measures[0].rate == Decimal("76.92")
    assert found.measures[0].points == Decimal("5.3676")
    assert (found.value, found.weighted, found.weight) == (Decimal("18.946"), Decimal("9.473"), Decimal(50))


def test_weighted_quality() -> None:
    """The published set, whose weight of 60 is that of 2019 without cost."""
    row = PUBLISHED["quality"]
    where = profile_of({"smallPractice": True, "reweight": {"cost": 0}})
    weight = score_of(submission(2019, []), profile=where).category("quality").weight
    assert weight == row["maxContribution"]
    category = quality(published_measures(), Asked(6), setting(2019, SMALL))
    assert category.points is not None
    assert rounded(category.points / 60 * row["maxContribution"], 4) == Decimal(str(row["weighted"]))
