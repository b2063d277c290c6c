"""Each kind of finding says what it does to the submission."""

import pytest

from converter.findings.finding import Effect, Kind, Severity
from converter.findings.kinds import TABLE


@pytest.mark.parametrize("kind", TABLE.values(), ids=list(TABLE))
def test_errors_refuse_and_nothing_else_does(kind: Kind) -> None:
    assert (kind.effect is Effect.REFUSES) == (kind.severity is Severity.ERROR)


@pytest.mark.parametrize("kind", TABLE.values(), ids=list(TABLE))
def test_a_sentence_that_takes_a_category_away_declares_it(kind: Kind) -> None:
    if "category scores 0" in kind.message or "category may score 0" in kind.message:
        assert kind.effect is Effect.LOSES_CATEGORY
