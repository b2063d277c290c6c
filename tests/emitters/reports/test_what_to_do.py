"""What reports for people say is to be done, and the message to the vendor."""

import html

import pytest

import converter
from converter.emitters.reports.formats import emitter
from converter.emitters.reports.report import Group, Report
from converter.emitters.reports.what_to_do import right_guids, vendor_message, what_to_do
from converter.findings.advice import advice
from converter.findings.finding import Finding
from converter.findings.kinds import TABLE
from tests.documents import NPI, TIN, Doc, document, drop

_WRONG, _RIGHT = "2c928085-806c-39a2-0180-7092fa9b0145", "2c928083-8907-ce68-0189-2bbd31d6064e"
FOR_PEOPLE = ("text", "html", "markdown")


def group(id: str, fix: str, caused_by: str | None = None) -> Group:
    return Group((Finding(TABLE[id], "It is so.", fix=fix, caused_by=caused_by),), True)


def wrong_guid() -> Doc:
    doc = document(2025, "MIPS_INDIV", measures=("236", "226"), pi=False, ia=False)
    doc.measure("236").guid = _WRONG
    return doc


def report(doc: Doc, name: str = "Larkspur Valley.xml") -> Report:
    result = converter.check(doc.bytes())
    result.name = name
    return result.report()


def test_a_fix_comes_before_the_advice() -> None:
    told = what_to_do(group("POP008", "Write the count as digits only, such as 42."), 2025)
    assert told is not None
    assert told.steps == "Write the count as digits only, such as 42."
    assert (told.practice, told.vendor) == advice("POP008")
    assert told.command == "qrda2qpp explain POP008"


def test_a_fix_that_the_advice_repeats_is_not_told_twice() -> None:
    told = what_to_do(group("XML001", TABLE["XML001"].fix), 2025)
    assert told is not None
    assert (told.steps, told.practice) == (advice("XML001").practice, "")


@pytest.mark.parametrize("fact", ["42", '"performanceMet"', "`qrda2qpp measures`", "IA_NOPE_9", "2025-01-01"])
def test_a_fix_stays_where_it_has_what_the_advice_has_not(fact: str) -> None:
    told = what_to_do(group("XML001", f"Export the report again: {fact}."), 2025)
    assert told is not None
    assert fact in told.steps
    assert told.practice == advice("XML001").practice


def test_what_follows_from_another_finding_has_no_advice() -> None:
    assert what_to_do(group("DOC021", "Fix DOC033 first; this follows from it.", caused_by="DOC033"), 2025) is None


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_advice_is_told_once_for_a_group(form: str) -> None:
    doc = document(2025, "MIPS_GROUP", measures=("236", "001"), pi=False, ia=False)
    for measure in doc.measures:
        measure.population("NUMER").count = "12.5"
    words = html.unescape(" ".join(emitter(form)([report(doc)]).split()))
    assert words.count(advice("POP008").practice) == 1
    assert words.count("explain POP008") == 1


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_consequences_have_no_advice(form: str) -> None:
    doc = document(2025, "MIPS_GROUP", measures=("134",), pi=False, ia=False)
    drop(doc.measure("134").templates, "27.3.17")
    words = emitter(form)([report(doc)])
    assert "explain DOC033" in words
    assert "DOC021" in words
    assert "explain DOC021" not in words
    assert "Fix DOC033 first" not in words


@pytest.mark.parametrize("width", [80, 100])
def test_advice_in_the_text_report_is_broken_into_lines(width: int) -> None:
    from converter.emitters.reports.formats import whole
    from converter.emitters.reports.text import Text

    lines = whole(Text(width=width), [report(wrong_guid())]).splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("  What to do: "))
    end = lines.index("  More: qrda2qpp explain GUID002")
    assert max(map(len, lines[start:end])) <= width
    heads = [line.partition(":")[0].strip() for line in lines[start:end] if line[2] != " "]
    assert heads == ["What to do", "For the practice", "For the vendor"]


def test_the_right_guids() -> None:
    found = {one.id: right_guids(one) for one in report(wrong_guid()).findings}
    assert found["GUID002"] == (_RIGHT,)
    assert found["SUB071"] == ()


def test_a_message_to_the_vendor_says_what_is_needed_and_names_nobody() -> None:
    doc = wrong_guid()
    doc.measure("226").population("NUMER").count = f"{NPI}x"
    made = report(doc)
    messages = [vendor_message(made, one, advice(one.id).vendor) for one in made.groups]
    guid = next(one for one in messages if "GUID002" in one)
    head, _, tail = guid.rpartition("\n\n")
    assert head.startswith("QRDA III file of 2025: GUID002, measure-guid-of-another-year, official code 6\n")
    for words in ("line 109", _WRONG, _RIGHT, "Update the EHR", "Install the measure package"):
        assert words in head
    assert tail == (
        f"Made by qrda2qpp {converter.__version__}, compared with the measures of 2025 as of {made.catalog_date}, "
        f"identifiers final.\nSHA-256 of the file: {made.sha256}"
    )
    for words in messages:
        body = words.rpartition("SHA-256")[0]
        assert not [one for one in (TIN, NPI, TIN[-4:], NPI[-4:], "Larkspur") if one in body]


def test_a_message_names_the_other_places() -> None:
    doc = document(2025, "MIPS_GROUP", measures=("236", "001", "134"), pi=False, ia=False)
    for measure in doc.measures:
        measure.population("NUMER").count = "12.5"
    made = report(doc)
    ones = next(one for one in made.groups if one.id == "POP008")
    lines = [one.place.line for one in ones.findings if one.place]
    assert f"2 more places, line {lines[1]}, {lines[2]}" in vendor_message(made, ones, "")
