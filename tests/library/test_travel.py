"""Results as values: they can be copied, pickled and compared, and hold neither tree nor bytes once they are let go."""

import copy
import dataclasses
import gc
import json
import multiprocessing
import operator
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from enum import Enum
from pathlib import PurePath
from typing import Any

import pytest
from lxml import etree

import converter
from converter import Conversion, SubmissionCheck
from converter.emitters.reports.formats import FORMATS
from tests.documents import NPI, TIN, document

SECRET_NAME = "Dr. Quincy Underhill"


def _named(data: bytes) -> bytes:
    """A document in which the name of a person stands."""
    return data.replace(b"<custodian>", f"<!-- {SECRET_NAME} --><custodian>".encode(), 1)


def _blocked() -> bytes:
    doc = document(2025, measures=("236", "001"))
    doc.measure("236").guid = "00000000-1111-2222-3333-444444444444"
    doc.measure("001").population("NUMER").count = "x"
    return doc.bytes()


def _rejected() -> bytes:
    doc = document(2025, measures=("236",))
    doc.measure("236").population("NUMER").count = 9_999
    return doc.bytes()


CLEAN = document(2025, supplemental=True).bytes()
JSON = converter.convert(CLEAN).to_json(indent=2).encode()
INPUTS: Mapping[str, bytes] = {
    "clean": CLEAN,
    "blocked": _blocked(),
    "rejected by CMS": _rejected(),
    "no year": CLEAN.replace(b"2025", b"1925"),
    "not well-formed": CLEAN[:-40],
    "another document": b"<html/>",
    "nothing": b"",
    "QPP JSON": JSON,
    "several submissions": b"[" + JSON + b"," + JSON.replace(b"true", b'"yes"') + b"]",
    "broken JSON": JSON[:-10],
}
CALLS: Mapping[str, Callable[[bytes], Conversion | SubmissionCheck]] = {
    "convert": converter.convert,
    "check": converter.check,
}
CASES = [(call, name) for call in CALLS for name in INPUTS if call == "check" or "JSON" not in name]


def result_of(call: str, name: str) -> Conversion | SubmissionCheck:
    return CALLS[call](_named(INPUTS[name]))


def all_of(result: Conversion | SubmissionCheck) -> tuple[object, ...]:
    """Everything that can be asked of a result."""
    pointers = [f"/measurementSets/{one}{end}" for one in range(3) for end in ("", "/measurements/0/measureId", "/x")]
    return (
        (result.name, result.ok, bool(result), result.year, result.sha256, repr(result)),
        (result.findings, result.errors, result.warnings, result.blocking),
        [(one.data, one.unmasked(), one.place and (one.place.line, one.place.frame)) for one in result.findings],
        (result.identity, result.measures, result.inventory, result.readiness),
        (result.submission, result.to_json() if result.submission else None),
        [result.locate(pointer) for pointer in ("", *pointers)],
        [converter.render(result, form) for form in FORMATS],
        result.submissions if isinstance(result, SubmissionCheck) else None,
    )


@pytest.mark.every(3)
@pytest.mark.parametrize(("call", "name"), CASES)
@pytest.mark.parametrize(
    "travel",
    [lambda one: pickle.loads(pickle.dumps(one)), copy.copy, copy.deepcopy, operator.methodcaller("detach")],
    ids=["pickle", "copy", "deepcopy", "detach"],
)
def test_a_result_is_the_same_wherever_it_goes(call: str, name: str, travel: Any) -> None:
    before = all_of(result_of(call, name))
    result = result_of(call, name)
    other = travel(result)
    assert type(other) is type(result)
    assert all_of(other) == before
    assert other == result
    assert hash(other) == hash(result)


@pytest.mark.parametrize("travel", [pickle.dumps, copy.copy, copy.deepcopy])
def test_what_travels_is_let_go_and_not_what_it_was_made_from(travel: Callable[[object], object]) -> None:
    result = converter.convert(CLEAN)
    travel(result)
    assert result.document is not None
    assert result.place_at("/ClinicalDocument") is not None
    assert result.detach().document is None


@pytest.mark.parametrize("name", ["clean", "blocked", "rejected by CMS", "QPP JSON"])
def test_what_has_travelled_holds_nothing_of_the_input(name: str) -> None:
    result = result_of("check", name)
    kept = pickle.dumps(result)
    result = pickle.loads(kept)
    assert SECRET_NAME.encode() not in kept
    assert b"structuredBody>" not in kept.replace(b"<structuredBody>", b"")
    assert not [one for one in _reachable(result) if isinstance(one, etree._Element | bytes) and one]


def _reachable(start: object) -> Iterator[object]:
    """All objects of this package and of lxml that something holds on to, and the bytes."""
    seen: set[int] = set()
    waiting: list[object] = [start]
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, type | str | int | float | type(json)) or callable(one):
            continue
        seen.add(id(one))
        yield one
        waiting += gc.get_referents(one)


@pytest.mark.parametrize("name", ["blocked", "rejected by CMS", "QPP JSON"])
def test_findings_that_are_read_let_the_document_go(name: str) -> None:
    findings = result_of("check", name).findings
    assert not [one for one in _reachable(findings) if isinstance(one, etree._Element | bytes) and one]


def test_a_process_pool_gives_back_results_findings_and_reports() -> None:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        data = INPUTS["blocked"]
        result = pool.submit(converter.check, data).result()
        findings = pool.submit(operator.attrgetter("findings"), result).result()
        report = pool.submit(operator.methodcaller("report"), result).result()
    assert result == converter.check(data)
    assert findings == converter.check(data).findings
    assert all(one.kind is two.kind for one, two in zip(findings, result.findings, strict=True))
    assert report.inventory == converter.check(data).report().inventory
    assert [group.id for group in report.groups] == [group.id for group in converter.check(data).report().groups]


def test_results_of_other_inputs_are_not_equal() -> None:
    results = [result_of("check", name) for name in INPUTS]
    assert [[one == two for two in results] for one in results] == [
        [number == index for index in range(len(results))] for number in range(len(results))
    ]
    assert converter.convert(CLEAN, name="a") != converter.convert(CLEAN, name="b")
    assert converter.convert(CLEAN) != CLEAN


@pytest.mark.parametrize("name", ["blocked", "rejected by CMS", "QPP JSON"])
def test_findings_that_are_complete_stay_as_they_are(name: str) -> None:
    result = result_of("check", name)
    again = result.with_findings(result.findings)
    assert again.findings == result.findings
    assert [one.unmasked() for one in again.findings] == [one.unmasked() for one in result.findings]
    assert [one.official_place for one in again.findings] == [one.official_place for one in result.findings]


def test_a_result_is_read_by_several_threads() -> None:
    wanted = [(one.place, one.official_place, one.found) for one in converter.check(INPUTS["blocked"]).findings]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(20):
            result = converter.check(INPUTS["blocked"])
            with ThreadPoolExecutor(8) as pool:
                read = list(pool.map(operator.attrgetter("findings"), [result] * 8))
            assert all(one == read[0] for one in read)
            assert [(one.place, one.official_place, one.found) for one in read[0]] == wanted
    finally:
        sys.setswitchinterval(before)


# -- what others see of a value


@pytest.mark.parametrize(("call", "name"), CASES)
def test_no_repr_shows_a_tin_npi_or_name(call: str, name: str) -> None:
    result = result_of(call, name)
    shown = [repr(one) for one in (result, *result.findings, result.identity, result.report(), result.submission)]
    shown += [repr(one) for one in (result.inventory, result.measures, result.readiness, result.locate(""))]
    shown += [repr(place) for one in result.findings for place in (one.place, *one.related)]
    shown += [repr(line) for one in result.findings if one.place for line in one.place.frame]
    assert not [text for text in shown for secret in (TIN, NPI, SECRET_NAME) if secret in text]


def test_reprs_say_what_a_thing_is() -> None:
    result = converter.convert(INPUTS["blocked"], name="export of 000417263.xml")
    assert repr(result) == "<Conversion export of *****7263.xml: not converted, 2 errors>"
    place = result.findings[0].place
    assert place is not None
    assert repr(place) == f"<Place line {place.line}, column {place.column}>"
    assert repr(result.findings[0]) == f"<Finding {result.findings[0].id}: error in line {place.line}>"
    assert repr(converter.convert(CLEAN)) == "<Conversion bytes: converted>"
    assert repr(converter.check(JSON)) == "<SubmissionCheck bytes: nothing blocks>"


def test_what_was_found_is_masked_unless_asked_for() -> None:
    doc = document(2025, "MIPS_INDIV")
    data = doc.bytes().replace(NPI.encode(), b"1234567890")
    (finding,) = (one for one in converter.check(data).findings if one.id == "SUB009")
    assert finding.found == "******7890"
    assert finding.unmasked() == "1234567890"


@pytest.mark.parametrize("name", ["blocked", "rejected by CMS", "QPP JSON"])
def test_every_type_that_is_given_out_can_be_imported_from_the_door(name: str) -> None:
    result = result_of("check", name)
    given = {type(one) for one in _given_out([result, result.report(), *all_of(result)[:4], result.submission])}
    ours = {one for one in given if one.__module__.startswith("converter.") and not _of_the_submission(one)}
    assert {one.__name__ for one in ours} <= set(converter.__all__)
    assert all(getattr(converter, one.__name__) is one for one in ours)


def _of_the_submission(one: type) -> bool:
    return one.__module__ == "converter.model.submission"


def _given_out(values: Any) -> Iterator[object]:
    """Values, and all that their public members hold."""
    for one in values:
        yield one
        if isinstance(one, Mapping):
            yield from _given_out(one.values())
        elif isinstance(one, list | tuple | set | frozenset):
            yield from _given_out(one)
        elif dataclasses.is_dataclass(one) and not isinstance(one, Enum | PurePath):
            yield from _given_out(getattr(one, field.name) for field in dataclasses.fields(one))


def test_all_names_of_the_door_are_there() -> None:
    assert sorted(converter.__all__) == sorted(set(converter.__all__))
    assert all(getattr(converter, name) for name in converter.__all__)
    assert set(converter.__all__) <= set(dir(converter))
