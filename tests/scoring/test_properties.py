"""What holds for all data: a better rate never earns less, nor do more files, and sums are sums of what is shown."""

import random
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from converter.scoring.official import score_object
from converter.scoring.profile import Profile, profile_of
from converter.scoring.values import Score
from tests.scoring.examples import (
    CLAIMS,
    EHR,
    REGISTRY,
    Json,
    benchmark,
    catalog_ids,
    measurement,
    of,
    other_set,
    quality_set,
    renamed,
    score_of,
    setting,
    submission,
    told,
)

YEARS = st.integers(2017, 2026)
RATES = st.decimals(0, 100, places=2)
PROFILES = st.sampled_from([Profile(), Profile(small_practice=True), Profile(rural=True)])


@st.composite
def benchmarks(draw: st.DrawFn) -> tuple[int, Any]:
    year = draw(YEARS)
    size = 9 if year < 2023 else 11
    figures = sorted(float(one) for one in draw(st.lists(RATES, min_size=size, max_size=size)))
    inverse = draw(st.booleans())
    if inverse and year < 2023:
        figures.reverse()
    capped = draw(st.booleans())
    return year, benchmark(figures, year, inverse=inverse, **({"sevenPointCap": True} if capped else {}))


@given(benchmarks(), RATES, RATES, PROFILES, st.integers(0, 30), st.integers(2020, 2026))
def test_a_better_rate_never_earns_less(
    known: tuple[int, Any], one: Decimal, two: Decimal, profile: Profile, cases: int, first: int
) -> None:
    year, against = known
    worse, better = sorted((one, two), reverse=against.inverse)
    facts = {"firstPerformanceYear": first}
    low, high = (of(told(float(rate), cases), against, setting(year, profile), facts) for rate in (worse, better))
    assert low.worth <= high.worth
    assert 0 <= low.worth <= 10


@given(benchmarks(), RATES)
def test_what_the_next_decile_takes_is_worth_more(known: tuple[int, Any], rate: Decimal) -> None:
    year, against = known
    found = of(told(float(rate)), against, setting(year))
    if found.next_decile is not None:
        there = of(told(float(found.next_decile.rate)), against, setting(year))
        assert there.worth > found.worth
        assert there.worth >= found.next_decile.points


@given(st.integers(1, 400), st.data())
def test_so_many_patients_are_enough_and_one_less_is_not(counted: int, data: st.DataObject) -> None:
    met = data.draw(st.integers(0, counted))
    one = submission(2025, [quality_set([measurement("236", met, counted - met)], 2025)])
    found = score_of(one).category("quality").measures[0]
    step = found.next_decile
    if step is None or step.patients is None or found.rate is None:
        return
    for more, enough in ((step.patients, True), (step.patients - 1, False)):
        changed = submission(2025, [quality_set([measurement("236", met + more, counted - met - more)], 2025)])
        rate = score_of(changed).category("quality").measures[0].rate
        assert rate is not None
        assert (rate >= step.rate) is enough


@st.composite
def files(draw: st.DrawFn, year: int) -> Json:
    """A submission of a few measures by one or several methods, with activities."""
    sets = []
    for method in draw(st.sets(st.sampled_from([EHR, REGISTRY, CLAIMS]), min_size=0, max_size=2)):
        names = catalog_ids(year, method)[:25]
        chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=8, unique=True))
        ones = []
        for name in chosen:
            counted = draw(st.integers(0, 60))
            met = draw(st.integers(0, counted))
            left = draw(st.sampled_from([0, 0, 30]))
            more = {"isEndToEndReported": draw(st.booleans())}
            ones.append(measurement(name, met, counted - met, counted + left, **more))
        sets.append(quality_set(ones, year, method))
    activities = draw(st.sets(st.sampled_from(["IA_BE_6", "IA_BE_12", "IA_BE_14", "IA_BE_1"]), max_size=3))
    sets.append(other_set("ia", dict.fromkeys(sorted(activities), True), year))
    return submission(year, sets)


@st.composite
def several(draw: st.DrawFn) -> list[Json]:
    year = draw(YEARS)
    return draw(st.lists(files(year), min_size=2, max_size=3))


@settings(deadline=None, max_examples=25)
@given(several(), PROFILES)
def test_together_never_less_than_the_best_alone(ones: list[Json], profile: Profile) -> None:
    alone = [score_of(one, profile=profile) for one in ones]
    together = score_of(*ones, profile=profile)
    for name in ("quality", "ia"):
        best = max(one.category(name).weighted or Decimal(0) for one in alone)
        assert (together.category(name).weighted or Decimal(0)) >= best
    assert together.points >= max(one.points for one in alone)


@settings(deadline=None, max_examples=25)
@given(several(), st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(ones: list[Json], chance: random.Random) -> None:
    named = [(f"{number}", one) for number, one in enumerate(ones)]
    shuffled = named[:]
    chance.shuffle(shuffled)
    first, second = (score_of(*(one for _, one in order)) for order in (named, shuffled))
    assert numbers(first) == numbers(second)


def numbers(score: Score) -> object:
    """All that a score says but the names of files."""
    categories = [
        (one.category, one.value, one.points, one.possible, one.weighted, one.bonuses,
         sorted(str((measure.measure_id, measure.method, measure.points, measure.counts)) for measure in one.measures))
        for one in renamed(score).categories
    ]  # fmt: skip
    return score.points, score.possible, categories


@settings(deadline=None, max_examples=25)
@given(several(), PROFILES)
def test_sums_are_sums_of_what_is_shown(ones: list[Json], profile: Profile) -> None:
    found = score_of(*ones, profile=profile)
    shown = [one.weighted for one in found.categories if one.weighted is not None]
    assert found.points == sum(shown, Decimal(0)) + sum(points for _, points in found.bonuses)
    for one in found.categories:
        if one.points is None:
            continue
        parts = [measure.worth for measure in one.measures if measure.counts]
        parts += [item.points for item in one.items if item.points is not None]
        total = sum(parts, Decimal(0)) + sum(points for _, points in one.bonuses)
        assert one.points == (min(total, one.possible or total) if one.category == "ia" else total)
    assert 0 <= found.points <= 105


@settings(deadline=None, max_examples=25)
@given(several())
def test_the_form_of_cms_has_the_same_numbers(ones: list[Json]) -> None:
    found, said = score_of(ones[0]), score_object(ones[0])
    assert said["value"] == float(found.points)
    for part in said["parts"]:
        if part["name"] in ("quality", "ia"):
            category = found.category(part["name"])
            assert part["value"] == float(category.weighted or 0)
            inside = part["original"]["parts"][0]
            assert len(inside["parts"]) == len(category.measures or category.items) + (
                len(category.bonuses) if part["name"] == "ia" else 0
            )


@given(st.lists(st.integers(0, 100), min_size=4, max_size=4))
def test_weights_add_up_to_100_or_are_refused(weights: list[int]) -> None:
    names = ("quality", "pi", "ia", "cost")
    given_weights = {"reweight": dict(zip(names, weights, strict=True))}
    try:
        found = profile_of(given_weights)
    except Exception as error:
        assert "add up" in str(error) or sum(weights) != 100
    else:
        assert sum(weights) == 100 == sum(weight for _, weight in found.weights)
