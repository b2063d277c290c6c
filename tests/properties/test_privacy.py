"""No identifier and no name leaves a document by a report, wherever it stands in it."""

import json
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree

import converter
from converter.emitters.reports.formats import FORMATS
from tests.documents import NPI, TIN, document
from tests.fuzz.privacy import PLANTED, leaks, places
from tests.rules.submission.submissions import measurement, measurement_set, multi, pi, quality, share, submission

_PLACES = 20
_YEARS = (2017, 2019, 2021, 2025)


def _some() -> Iterator[tuple[int, int, str]]:
    """A part of the places of a few documents, another one for each identifier; the fuzzer takes all of them."""
    for year in _YEARS:
        tree = etree.fromstring(document(year, "MIPS_INDIV").bytes())
        for planted in PLANTED:
            chosen = random.Random(f"{year} {planted}").sample(range(len(places(tree))), _PLACES // len(_YEARS))
            yield from ((year, place, planted) for place in chosen)


@pytest.mark.every(8)
@pytest.mark.parametrize(("year", "place", "planted"), list(_some()))
def test_identifier_does_not_leak(year: int, place: int, planted: str) -> None:
    assert leaks(document(year, "MIPS_INDIV"), place, planted) == []


def _changed(value: Any, planted: str) -> Iterator[Any]:
    """The copies of a JSON value in each of which one text, or the name of one member, is an identifier."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield {planted if other == name else other: inner for other, inner in value.items()}
            yield from ({**value, name: changed} for changed in _changed(one, planted))
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from ([*value[:at], changed, *value[at + 1 :]] for changed in _changed(one, planted))
    elif isinstance(value, str):
        yield planted


@pytest.mark.parametrize("planted", ["731846259", "1497853246", "73-1846259"])
def test_identifier_in_json_does_not_leak(planted: str) -> None:
    activity = measurement_set(2025, "ia", measurement("IA_BE_4", True))
    sets = (quality(2025, multi("009", "overall", "first")), pi(2025, share(40)), activity)
    for data in _changed(submission(2025, *sets), planted):
        result = converter.check(json.dumps(data).encode(), name="a.json")
        shown = [form for form in FORMATS if planted in re.sub("</?wbr>", "", converter.render([result], form))]
        assert shown == [], data


def test_a_count_that_is_the_npi_is_no_number_in_the_data() -> None:
    doc = document(2020, "MIPS_INDIV", measures=("236",))
    doc.measure("236").population("DENOM").count = NPI
    (finding,) = [one for one in converter.check(doc.bytes()).findings if one.id == "POP010"]
    assert finding.data["denominator"] is None
    assert NPI not in converter.render([converter.check(doc.bytes())], "json")


@pytest.mark.parametrize("show_ids", [False, True])
@pytest.mark.parametrize("form", FORMATS)
def test_names_do_not_leak(form: str, show_ids: bool) -> None:
    xml = document(2025, "MIPS_INDIV").xml()
    person = (
        '<assignedPerson wrong=""><name><given>Ottokar</given><family>Quill</family></name></assignedPerson>'
        '<telecom value="tel:+1-555-0100-7788" wrong=""/><addr wrong=""><city>Hollowdale</city></addr>'
    )
    xml = re.sub(r"(<performer.*?<assignedEntity[^>]*>)", rf"\1{person}", xml, count=1, flags=re.DOTALL)
    assert "Ottokar" in xml
    report = converter.render([converter.check(xml.encode())], form, show_ids=show_ids)
    assert not re.search("Ottokar|Quill|7788|Hollowdale", report)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "part", ["<Name>Ottokar</Name>", "<given>Quill</given>", "<city>Hollowdale</city>", "<State/>"]
)
def test_names_in_the_wrong_place_do_not_leak(form: str, part: str) -> None:
    xml = document(2025, "MIPS_INDIV").xml().replace("<performer", f"{part}<performer", 1)
    report = converter.render([converter.check(xml.encode())], form)
    assert not re.search("Ottokar|Quill|Hollowdale", report)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "member",
    [
        {"name": "Ottokar"},
        {"providerName": {"first": "Ottokar", "last": ["Quill"]}},
        {"contact": [{"telecom": "555-0100-7788"}]},
        {"Address": {"lines": ["Quill"], "zip": 7788}},
    ],
)
def test_names_in_json_do_not_leak(form: str, member: dict[str, Any]) -> None:
    one = measurement("IA_BE_4", True) | member
    data = submission(2025, measurement_set(2025, "ia", one) | member) | member
    report = converter.render([converter.check(json.dumps(data).encode(), name="a.json")], form)
    assert not re.search("Ottokar|Quill|7788", report)


@pytest.mark.parametrize("form", FORMATS)
def test_an_identifier_with_character_references_does_not_leak(form: str) -> None:
    written = f"&#{ord(TIN[0])};{TIN[1:]}"
    text = re.sub(r'extension="MIPS[^"]*"', f'extension="{written}"', document(2025).xml())
    assert written in text
    result = converter.check(text.encode())
    assert any(one.place and "MIPS" in one.expected for one in result.findings)
    assert TIN[1:] not in converter.render([result], form)


def test_identifiers_are_shown_when_asked_for() -> None:
    doc = document(2025, "MIPS_INDIV")
    doc.program = NPI
    result = converter.check(doc.bytes())
    assert TIN in result.to_text(show_ids=True)
    assert f'"{NPI}"' in result.to_text(show_ids=True)
    assert NPI not in str([(one.message, one.found, one.data) for one in result.findings])
