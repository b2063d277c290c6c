"""Counts and rates, whatever they are: at most one finding for each rate, and what it computes is right."""

import re
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import converter
from tests.documents import document
from tests.examples import examples
from tests.rules.submission.submissions import findings, measurement, quality, submission

OF_COUNTS = ("SUB001", "SUB054", "SUB055")
WHOLE = st.integers(0, 2**31 - 1)
SMALL = st.integers(0, 12)
"""Numbers near each other, where sums just fit or just do not."""


@st.composite
def rates(draw: st.DrawFn) -> dict[str, int]:
    """Counts of a rate as in QPP JSON, that need not agree."""
    number = draw(st.sampled_from((SMALL, WHOLE)))
    members = ("performanceMet", "performanceNotMet", "eligiblePopulationExclusion", "eligiblePopulationException")
    found = {name: draw(number) for name in members if name == "performanceMet" or draw(st.booleans())}
    return {**found, "eligiblePopulation": draw(number)}


def wanted(rate: dict[str, int]) -> str | None:
    """The one finding that a rate has, from its definition."""
    met, eligible = rate["performanceMet"], rate["eligiblePopulation"]
    left_out = rate.get("eligiblePopulationExclusion", 0) + rate.get("eligiblePopulationException", 0)
    if met > eligible:
        return "SUB054"
    if met + left_out > eligible:
        return "SUB001"
    return "SUB055" if met + rate.get("performanceNotMet", 0) + left_out > eligible else None


def assert_right(message: str) -> None:
    """The sum or difference in a message is right; parts are parted by + and -, the result follows the =."""
    left, result = re.search(r"([\d\s+-]+(?:[a-z]+(?: [a-z]+)* [+-] \d+ )*[a-z\s]*)= (-?\d+)", message).groups()  # type: ignore[union-attr]
    parts = re.findall(r"([+-]?)\s*(\d+)", left)
    assert sum(-int(number) if sign == "-" else int(number) for sign, number in parts) == int(result)


@examples(90)
@given(rates())
def test_a_rate_has_one_finding_of_its_counts_or_none(rate: dict[str, int]) -> None:
    data = submission(2025, quality(2025, measurement("236", {"isEndToEndReported": True, **rate})))
    found = [one for one in findings(data, 2025) if one.id in OF_COUNTS]
    assert [one.id for one in found] == [one for one in (wanted(rate),) if one]
    for one in found:
        assert_right(one.message)
        assert str(rate["eligiblePopulation"]) in one.message


@examples(40)
@given(rates(), rates())
def test_strata_are_told_apart(first: dict[str, int], second: dict[str, int]) -> None:
    strata = [{"stratum": "adults", **first}, {"stratum": "adolescents", **second}]
    data = submission(2025, quality(2025, measurement("370", {"isEndToEndReported": True, "strata": strata})))
    found = [one for one in findings(data, 2025) if one.id in OF_COUNTS]
    pairs = [(wanted(first), "adults"), (wanted(second), "adolescents")]
    assert [one.id for one in found] == [id for id, _ in pairs if id]
    for one, name in zip(found, [name for id, name in pairs if id], strict=True):
        assert f"in the stratum {name}:" in one.message
        assert_right(one.message)


@examples(40)
@given(st.sampled_from((SMALL, WHOLE)), st.data())
def test_documents_have_one_finding_of_their_counts_or_none(
    number: st.SearchStrategy[int], data: st.DataObject
) -> None:
    """What a conversion computes always agrees with its parts, so only these two can be."""
    denominator, exclusion, numerator = (data.draw(number) for _ in range(3))
    doc = document(2025, pi=False, ia=False)
    measure = doc.measure("236").set_counts(IPOP=2**31 - 1, DENOM=denominator, DENEX=exclusion, NUMER=numerator)
    measure.rates.clear()
    found = [one for one in converter.convert(doc.bytes()).findings if one.id in OF_COUNTS]
    over = "SUB054" if numerator > denominator else "SUB001" if numerator + exclusion > denominator else None
    assert [one.id for one in found] == [one for one in (over,) if one]
    for one in found:
        assert_right(one.message)


@st.composite
def fractions(draw: st.DrawFn) -> tuple[int, int]:
    """A numerator and what is left of a denominator, at least 1."""
    below = draw(st.one_of(st.integers(1, 400), st.integers(1, 2**31 - 1)))
    return draw(st.integers(0, below)), below


@examples(80)
@given(fractions(), st.integers(1, 6), st.sampled_from((ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN)))
def test_a_rate_that_is_rounded_or_cut_off_agrees(fraction: tuple[int, int], decimals: int, rounding: str) -> None:
    numerator, below = fraction
    rate = (Decimal(numerator) / Decimal(below)).quantize(Decimal(1).scaleb(-decimals), rounding)
    assert "SUB075" not in _rate_findings(numerator, below, str(rate))


@examples(80)
@given(fractions(), st.integers(1, 6), st.integers(-9, 9))
def test_a_rate_that_is_off_does_not(fraction: tuple[int, int], decimals: int, off: int) -> None:
    numerator, below = fraction
    place = Decimal(1).scaleb(-decimals)
    exact = Decimal(numerator) / Decimal(below)
    rate = exact.quantize(place, ROUND_DOWN) + off * place
    if 0 <= rate <= 1 and not -place / 2 <= exact - rate < place:
        assert "SUB075" in _rate_findings(numerator, below, str(rate))


@pytest.mark.parametrize(
    ("text", "agrees"), [("1", True), ("1.0", True), ("0", False), ("0.99", True), ("0.995", True), ("0.994", False)]
)
def test_a_rate_of_nearly_1(text: str, agrees: bool) -> None:
    assert ("SUB075" not in _rate_findings(398, 400, text)) is agrees


def _rate_findings(numerator: int, below: int, rate: str) -> set[str]:
    doc = document(2025, pi=False, ia=False)
    measure = doc.measure("236").set_counts(IPOP=below, DENOM=below, DENEX=0, NUMER=numerator)
    measure.rates[0].value, measure.rates[0].null_flavor = rate, None
    return {one.id for one in converter.convert(doc.bytes()).findings}
