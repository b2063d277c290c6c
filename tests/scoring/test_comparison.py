"""Where a score of CMS differs from ours, and why it may."""

import copy
from typing import Any

import pytest

from converter.errors import AnswerError
from converter.scoring.comparison import differences, score_in
from converter.scoring.official import official
from tests.scoring.examples import EHR, Json, measurement, other_set, quality_set, score_of, submission

ONE = score_of(
    submission(
        2025,
        [
            quality_set([measurement("236", 80, 20), measurement("001", 30, 70)], 2025, EHR),
            other_set("ia", {"IA_BE_6": True}, 2025),
        ],
    )
)


def answer() -> Json:
    return copy.deepcopy(official(ONE))


def part(score: Json, name: str) -> Json:
    found: Json = next(one for one in score["parts"] if one["name"] == name)
    return found


def measure(score: Json, name: str) -> Json:
    parts = part(score, "quality")["original"]["parts"][0]["parts"]
    found: Json = next(one for one in parts if one["name"] == name)
    return found


def test_our_own_score_does_not_differ() -> None:
    assert differences(ONE, answer()) == []
    assert differences(ONE, {"data": {"score": answer()}}) == []


def changed(**metadata: Any) -> Json:
    score = answer()
    measure(score, "236")["metadata"] |= metadata
    return score


@pytest.mark.parametrize(
    ("metadata", "what", "why"),
    [
        ({"performanceRate": 81.0}, "rate of measure 236", "CMS has other counts than these files"),
        ({"eligiblePopulation": 99}, "cases of measure 236", "CMS has other counts than these files"),
        ({"decileScore": 9.0, "deciles": [1, 2, 3]}, "points of measure 236", "CMS has used another benchmark"),
        ({"decileScore": 7, "messages": {"decileScore": "Applied maximum points"}}, "points of measure 236",
         "CMS says: Applied maximum points"),
        ({"decileScore": 3, "noBenchmarks": True}, "points of measure 236", "one of the two has a benchmark"),
        ({"decileScore": 3, "performanceRate": 5}, "points of measure 236", "the rates differ"),
        ({"measureClass": "Class 2"}, "class of measure 236", "it follows from cases"),
    ],
)  # fmt: skip
def test_a_measure_that_differs(metadata: Json, what: str, why: str) -> None:
    found = {one.what: one for one in differences(ONE, changed(**metadata))}
    assert found[what].why.startswith(why)


def test_measures_that_only_one_has() -> None:
    score = answer()
    measure(score, "236")["name"] = "999"
    found = {one.what: one for one in differences(ONE, score)}
    assert (found["measure 236"].theirs, found["measure 999"].ours) == ("--", "--")
    assert found["measure 999"].why == "it is not in these files"


def test_weights_bonuses_and_sums() -> None:
    score = answer()
    score["value"] = 50
    score["metadata"]["pickedProgramName"] = "app1"
    quality = part(score, "quality")
    quality["metadata"]["maxContribution"] = 55
    quality["value"] = 1
    quality["original"]["value"] = 2
    quality["original"]["parts"][0]["metadata"]["smallPracticeBonus"] = 6
    score["parts"].append({"name": "pi", "value": 25, "original": {"value": 100, "parts": []}})
    what = [one.what for one in differences(ONE, score)]
    for name in ("program", "weight of quality", "small practice bonus", "quality, in percent", "quality, weighted",
                 "promoting interoperability, weighted", "sum"):  # fmt: skip
        assert name in what


def test_rounding_is_no_difference() -> None:
    score = answer()
    score["value"] += 0.00005
    assert differences(ONE, score) == []


@pytest.mark.parametrize("what", [None, [], {}, {"name": "quality", "parts": []}, {"name": "total"}, {"data": {}}, "x"])
def test_what_is_no_score(what: object) -> None:
    with pytest.raises(AnswerError):
        score_in(what)


@pytest.mark.parametrize(
    "damage",
    [
        {"parts": [1, "a", None, {"name": "quality"}, {"name": "quality", "original": {"parts": [3]}}]},
        {"value": "much", "metadata": []},
        {"value": float("nan")},
        {"parts": [{"name": "quality", "original": {"parts": [{"parts": [{"name": "236", "metadata": 7}]}]}}]},
    ],
)
def test_a_damaged_score_is_compared_as_far_as_it_goes(damage: Json) -> None:
    for one in differences(ONE, {**answer(), **damage}):
        assert one.words
