"""The verdict: one of four kinds and one sentence, true in every case."""

from collections.abc import Callable
from typing import Any

import pytest

import converter
from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.finding import Kind, Stage
from converter.model.verdict import VerdictKind
from converter.result import ALWAYS_BLOCKING, STRICTLY_BLOCKING, Conversion
from tests.complete import complete_document
from tests.documents import Doc, document


def _lacking_pi(doc: Doc) -> None:
    doc.pi.entries = doc.pi.entries[:1]


def _reversed(doc: Doc) -> None:
    doc.ia.period.start, doc.ia.period.end = "20251130", "20250601"


def _no_cases(doc: Doc) -> None:
    doc.measure("236").set_counts(IPOP=0, DENOM=0, DENEX=0, NUMER=0)
    doc.measure("236").rates.clear()


def _over(doc: Doc) -> None:
    doc.measure("236").set_counts(IPOP=100, DENOM=100, NUMER=100, DENEX=1)
    doc.measure("236").rates.clear()


def _unknown(doc: Doc) -> None:
    doc.measure("236").guid = "00000000-0000-0000-0000-000000000000"


def _unchanged(_: Doc) -> None:
    pass


CASES: dict[str, tuple[Callable[[Doc], None], VerdictKind, str, str]] = {
    "clean": (
        _unchanged,
        VerdictKind.ACCEPTED,
        "converted; nothing found that CMS would reject",
        "nothing found that CMS would reject",
    ),
    "category that scores 0": (
        _lacking_pi,
        VerdictKind.COSTS_POINTS,
        "converted; CMS would accept it, but promoting interoperability scores 0",
        "CMS would accept it, but promoting interoperability scores 0",
    ),
    "dates exchanged": (
        _reversed,
        VerdictKind.COSTS_POINTS,
        "converted; CMS may reject it",
        "CMS may reject it",
    ),
    "no cases": (
        _no_cases,
        VerdictKind.COSTS_POINTS,
        "converted; CMS would accept it, but it may cost points",
        "CMS would accept it, but it may cost points",
    ),
    "more than the denominator": (
        _over,
        VerdictKind.REFUSED,
        "converted, but CMS would reject it",
        "CMS would reject it",
    ),
    "GUID unknown": (_unknown, VerdictKind.REFUSED, "not converted", "CMS would reject it"),
}


@pytest.mark.parametrize(("change", "kind", "converting", "checking"), CASES.values(), ids=list(CASES))
def test_verdict(change: Callable[[Doc], None], kind: VerdictKind, converting: str, checking: str) -> None:
    doc = complete_document(2025)
    change(doc)
    for result, sentence in ((converter.convert(doc.bytes()), converting), (converter.check(doc.bytes()), checking)):
        assert (result.verdict.kind, result.verdict.sentence) == (kind, sentence)
        assert result.detach().verdict.sentence == sentence


def test_nothing_is_green_where_a_rule_is_missing() -> None:
    verdict = converter.check(document(2017).bytes()).verdict
    assert verdict.kind is not VerdictKind.ACCEPTED
    assert any("performance period" in words for words in verdict.unchecked)


def test_preliminary_identifiers_are_not_green() -> None:
    verdict = converter.check(complete_document(2026).bytes()).verdict
    assert verdict.kind is VerdictKind.UNCHECKED
    assert verdict.sentence.startswith("nothing found that CMS would reject; not checked: the measures against final")


@pytest.mark.parametrize("blocking", [ALWAYS_BLOCKING, STRICTLY_BLOCKING])
@pytest.mark.parametrize(
    ("kind", "words", "sentence"),
    [
        (kinds.FILE_UNREADABLE, {"problem": "x"}, "it could not be read"),
        (kinds.OUTPUT_TAKEN, {"other": "b.xml"}, "not written"),
        (kinds.CHECK_FAILED, {"step": "x", "problem": "y"}, "not checked, because this tool failed"),
    ],
)
def test_what_is_none_of_the_submission_is_no_refusal(
    kind: Kind, words: dict[str, Any], sentence: str, blocking: frozenset[Stage]
) -> None:
    findings = Collector()
    findings.add(kind, **words)
    verdict = Conversion("a.xml", findings, blocking).verdict
    assert (verdict.kind, verdict.sentence) == (VerdictKind.UNCHECKED, sentence)
