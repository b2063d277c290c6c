"""What holds for every input: no exception, a submission or a reason, no count lost, no TIN or NPI in a sentence.

Set QRDA2QPP_EXAMPLES to a number to try as many random examples instead of the few fixed ones.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import converter
from converter import Conversion, Stage
from converter.emitters.reports.formats import emitter
from converter.result import SubmissionCheck
from tests.documents import NPI, TIN, YEARS, Doc, Measure, PiMeasure, add_supplemental, catalog, document, profile
from tests.examples import examples
from tests.properties.mutations import PROGRAMS, mutated


def _bases() -> Iterator[bytes]:
    for year, program in (
        (2017, "MIPS_GROUP"),
        (2019, "MIPS_VIRTUALGROUP"),
        (2022, "MIPS_INDIV"),
        (2026, "MIPS_GROUP"),
    ):
        yield document(year, program).bytes()
    yield document(2025, "MIPS_INDIV", measures=("236", "226"), ia=("IA_EPA_1", "IA_CC_1")).bytes()
    yield document(2025, "APP_PLUS_APMENTITY", measures=("001",), ia=False).bytes()
    yield document(2023, "MIPS_SUBGROUP", measures=("370",), pi=("PI_EP_1", "PI_HIE_5")).bytes()
    doc = document(2024, measures=("305",), pi=False, ia=False)
    add_supplemental(doc, doc.measures[0].populations[0])
    yield doc.bytes()


BASES = tuple(_bases())


def outcome(result: Conversion) -> tuple[object, ...]:
    """All that a conversion can say; nothing of it may fail."""
    reports = [result.report()]
    submission = result.to_json() if result.submission else None
    forms = [emitter(form)(reports, show_ids) for show_ids in (False, True) for form in ("error-json", "text")]
    return submission, *forms


def assert_sound(data: bytes) -> None:
    result = converter.convert(data)
    assert not [finding.message for finding in result.findings if finding.id.startswith("TOOL")]
    assert (result.submission is not None) == result.ok
    assert bool(result.blocking) != result.ok
    assert outcome(result) == outcome(converter.convert(data))
    checked = converter.check(data, guide="none")
    if isinstance(checked, SubmissionCheck):  # what is no XML is read as JSON
        assert not checked.ok and not result.ok
        return
    assert tuple(one for one in checked.findings if one.stage is not Stage.GUIDE) == result.findings
    outcome(checked)
    assert not checked.ok or result.ok
    guided = converter.check(data)
    assert isinstance(guided, Conversion)
    assert (guided.ok, guided.verdict) == (checked.ok, checked.verdict)
    assert [one.id for one in guided.findings if one.stage is not Stage.GUIDE] == [one.id for one in result.findings]
    outcome(guided)
    if result.submission:
        for pointer in pointers(json.loads(result.to_json())):
            assert result.locate(pointer) is not None, pointer


def pointers(value: Any, pointer: str = "") -> Iterator[str]:
    yield pointer
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from pointers(part, f"{pointer}/{key}")


# -- any input


@examples(40)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    assert_sound(data)


@examples(20)
@given(
    st.sampled_from((b"<", b"<?xml version='1.0'?><", b"\xef\xbb\xbf<", b"\xff\xfe<\0", b"<ClinicalDocument")),
    st.binary(),
)
def test_any_bytes_that_begin_like_xml(start: bytes, data: bytes) -> None:
    assert_sound(start + data)


@examples(10)
@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(("utf-8", "utf-16", "utf-16-le", "utf-32", "cp037")))
def test_any_text_in_any_encoding(before: str, within: str, encoding: str) -> None:
    xml = f"{before}<ClinicalDocument xmlns='urn:hl7-org:v3'>{within}</ClinicalDocument>"
    assert_sound(xml.encode(encoding, errors="replace"))


@examples(20)
@given(mutated(BASES))
def test_any_changed_document(data: bytes) -> None:
    assert_sound(data)


@examples(20)
@given(mutated(BASES), st.sampled_from((*YEARS, None)))
def test_any_changed_document_with_a_year(data: bytes, year: int | None) -> None:
    result = converter.convert(data, year=year)
    assert not [finding.message for finding in result.findings if finding.id.startswith("TOOL")]
    assert result.ok == (result.submission is not None)


@examples(10)
@given(mutated(BASES, swap=False))
def test_sentences_never_name_a_tin_or_npi(data: bytes) -> None:
    for finding in converter.check(data).findings:
        for sentence in (finding.message, finding.expected, finding.fix):
            assert TIN not in sentence
            assert NPI not in sentence


@pytest.mark.every(5)
@pytest.mark.parametrize("year", YEARS)
def test_every_program_of_every_year(year: int) -> None:
    for program in PROGRAMS:
        assert_sound(document(year, program).bytes())


# -- no count is lost

MEMBERS = {
    "NUMER": "performanceMet",
    "DENOM": "eligiblePopulation",
    "DENEX": "eligiblePopulationExclusion",
    "DENEXCEP": "eligiblePopulationException",
}


@st.composite
def clean(draw: st.DrawFn) -> Doc:
    """A correct document with random counts."""
    year = draw(st.sampled_from(YEARS))
    programs = [name for name, row in profile(year)["programs"].items() if row["accepted"] and row["family"] == "mips"]
    offered = [row["measureId"] for row in catalog(year)["measures"]]
    chosen = draw(st.lists(st.sampled_from(offered), min_size=1, max_size=4, unique=True))
    doc = document(year, draw(st.sampled_from(programs)), measures=chosen)
    for measure in doc.measures:
        for index in range(sum(one.role == "NUMER" for one in measure.populations)):
            _fill(draw, measure, index)
    return doc


def _fill(draw: st.DrawFn, measure: Measure, index: int) -> None:
    initial = draw(st.integers(0, 2**31 - 1))
    denominator = rest = draw(st.integers(0, initial))
    counts = {"IPOP": initial, "DENOM": denominator}
    for role in ("NUMER", "DENEX", "DENEXCEP", "NUMEX"):
        counts[role] = draw(st.integers(0, rest))
        rest -= counts[role]
    has = [role for role in counts if sum(one.role == role for one in measure.populations) > index]
    measure.set_counts(index, **{role: counts[role] for role in has})


def sums(value: Mapping[str, Any]) -> dict[str, int]:
    rates = value.get("strata", [value])
    return {role: sum(rate.get(member, 0) for rate in rates) for role, member in MEMBERS.items()}


def counted(measure: Measure) -> dict[str, int]:
    return {
        role: sum(int(one.count or 0) for one in measure.populations if one.role == role and one.count is not None)
        for role in MEMBERS
    }


@examples(30)
@given(clean())
def test_every_count_is_in_the_submission(doc: Doc) -> None:
    result = converter.convert(doc.bytes())
    assert result.ok, [finding.message for finding in result.errors]
    sets = {one["category"]: one["measurements"] for one in json.loads(result.to_json())["measurementSets"]}
    values = {one["measureId"]: one["value"] for one in sets["quality"]}
    assert list(values) == [measure.measure_id for measure in doc.measures]
    for measure in doc.measures:
        assert sums(values[measure.measure_id]) == counted(measure)


@examples(10)
@given(clean())
def test_performance_not_met_is_what_is_left(doc: Doc) -> None:
    for one in json.loads(converter.convert(doc.bytes()).to_json())["measurementSets"][0]["measurements"]:
        for rate in one["value"].get("strata", [one["value"]]):
            left = rate.get("eligiblePopulation", 0) - sum(
                rate.get(MEMBERS[role], 0) for role in MEMBERS if role != "DENOM"
            )
            assert rate["performanceNotMet"] == left >= 0


@examples(10)
@given(clean(), st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1))
def test_promoting_interoperability_counts_are_in_the_submission(doc: Doc, numerator: int, denominator: int) -> None:
    assume(doc.pi_measures)
    entry = next(one for one in doc.pi.entries if isinstance(one, PiMeasure) and one.numerators)
    entry.numerators[0].count, entry.denominators[0].count = numerator, denominator
    sets = json.loads(converter.convert(doc.bytes()).to_json())["measurementSets"]
    values = [one["value"] for group in sets for one in group["measurements"] if isinstance(one["value"], dict)]
    assert {"numerator": numerator, "denominator": denominator} in values


@examples(10)
@given(clean())
def test_every_value_of_a_clean_document_is_located(doc: Doc) -> None:
    result = converter.convert(doc.bytes())
    for pointer in pointers(json.loads(result.to_json())):
        place = result.locate(pointer)
        assert place is not None
        assert place.line
