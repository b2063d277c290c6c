"""Scores of CMS are explained in the words that `score` uses for ours."""

import json

import converter
from converter.scoring.official import official
from converter.scoring.point_words import CLASSES, NO_BENCHMARK, TOPPED_OUT
from tests.scoring.examples import EHR, REGISTRY, measurement, quality_set, score_of, submission


def test_the_words_are_those_of_our_own_scores() -> None:
    counts = (("236", 80, 20), ("143", 90, 10), ("130", 3, 2), ("481", 60, 40))
    ones = [measurement(*one) for one in counts]
    two = [measurement("047", 12, 61, 156)]
    score = score_of(submission(2025, [quality_set(ones, 2025, EHR), quality_set(two, 2025, REGISTRY)]))
    text = converter.explain_response(json.dumps({"data": {"score": official(score)}}).encode()).text
    words = " ".join(text.split())
    for said in ("rate 80%", "reported 100%", "100 cases", "decile ", NO_BENCHMARK, TOPPED_OUT, *CLASSES.values()):
        assert said in words
    assert "decile -1" not in words
