"""Frames in reports: pairs, the same place again, errors of syntax, and GUIDs that are nearly right."""

import json

import pytest

import converter
from converter.emitters.reports.excerpts import Frames
from converter.emitters.reports.guid_difference import guid_difference
from converter.findings.finding import Finding
from converter.findings.kinds import GUID_MISSPELT
from converter.findings.mask import Mask
from tests.documents import NPI, TIN, Doc, document
from tests.facts.qpp_examples import submission

MASK = Mask((), False)
GUID = "2c928083-8907-ce68-0189-2bbd31d6064e"


def twice() -> Doc:
    doc = document(2025, measures=("236", "226"))
    doc.measure("226").guid = doc.measure("236").guid
    return doc


def test_both_entries_of_a_pair_are_shown_and_named() -> None:
    result = converter.check(twice().bytes())
    finding = next(one for one in result.findings if one.id == "GUID005")
    first, second = Frames(MASK).of(finding)
    assert (first.words, second.words) == ("reported here", "and again here")
    assert first.place == finding.place
    assert first.place.line != second.place.line
    text, markdown, html = result.to_text(), converter.render([result], "markdown"), result.to_html()
    for one, words in ((first, "Reported here"), (second, "And again here")):
        assert f"  {words} (line {one.place.line}):" in text
        assert f"{words} (line {one.place.line}):" in markdown
        assert f"<strong>{words} (line {one.place.line})</strong>" in html


@pytest.mark.parametrize("one_line", [False, True])
def test_a_pair_side_by_side_is_shown_in_one_frame(one_line: bool) -> None:
    doc = document(2025).xml()
    program = '<id root="2.16.840.1.113883.3.249.7" extension="MIPS_GROUP"/>'
    assert program in doc
    doc = doc.replace(program, f"{program}\n{program.replace('_GROUP', '_APP1_GROUP')}")
    data = " ".join(doc.split()).encode() if one_line else doc.encode()
    finding = next(one for one in converter.check(data).findings if one.id == "DOC006")
    (frame,) = Frames(MASK).of(finding)
    assert [one.text[slice(*one.mark)] for one in frame.lines if one.mark] == [
        'extension="MIPS_GROUP"',
        'extension="MIPS_APP1_GROUP"',
    ]
    assert frame.words.startswith("one program (line ")
    assert " and another program (line " in frame.words


def test_no_more_than_two_of_many_are_shown() -> None:
    doc = document(2025, measures=("236", "226", "001"))
    for number in ("226", "001"):
        doc.measure(number).guid = doc.measure("236").guid
    finding = next(one for one in converter.check(doc.bytes()).findings if one.id == "GUID005")
    assert len(finding.related) == 3
    assert len(finding.frames) == len(Frames(MASK).of(finding)) == 2


def test_the_same_frame_is_not_shown_twice_in_a_row() -> None:
    wrong = submission(2025, ("/measurementSets/0/submissionMethod", 7))
    finding, *_ = converter.check(json.dumps(wrong, indent=1).encode()).findings
    frames = Frames(MASK)
    assert finding.place is not None
    assert frames.unless_shown(finding)[1] is False
    assert frames.unless_shown(finding) == ((), True)
    (empty,) = converter.check(b"").findings
    assert frames.unless_shown(empty) == ((), False)
    assert frames.unless_shown(finding)[1] is False


def test_reports_say_that_a_place_is_that_of_the_finding_before() -> None:
    data = submission(2025)
    value = data["measurementSets"][0]["measurements"][0]["value"]
    del value["performanceMet"], value["eligiblePopulation"]
    result = converter.check(json.dumps(data, indent=1).encode())
    lacking = [one for one in result.findings if one.id == "SUB019"]
    assert len(lacking) == 2
    text = result.to_text()
    assert text.count("  The member is missing in here") == 1
    assert text.count("  At the same place as the one before.") == 1
    assert converter.render([result], "markdown").count("At the same place as the one before.") == 1
    assert result.to_html().count("At the same place as the finding before.") == 1


def test_an_error_of_syntax_is_shown_in_all_reports_without_identifiers() -> None:
    text = document(2025, "MIPS_INDIV").xml().replace("</representedOrganization>", "& </representedOrganization>")
    result = converter.convert(text.encode())
    for report in (result.to_text(), converter.render([result], "markdown"), result.to_html()):
        assert "representedOrganization" in report
        assert TIN not in report
        assert NPI not in report


def test_json_frames_look_like_the_json_around_the_fault() -> None:
    wrong = submission(2025, ("/measurementSets/0/performanceStart", "01/01/2025"))
    finding = next(one for one in converter.check(json.dumps(wrong, indent=1).encode()).findings if one.id == "SUB021")
    (frame,) = Frames(MASK).of(finding)
    assert [one.text[slice(*one.mark)] for one in frame.lines if one.mark] == ['"performanceStart": "01/01/2025"']
    written = json.dumps(wrong, indent=1).splitlines()
    for one in frame.lines[1:]:
        assert one.text.strip().replace("{...}", "{").replace("[...]", "[").rstrip(",") in written[one.line - 1]
        assert one.text.endswith(",") == written[one.line - 1].endswith(",") or "..." in one.text


NEARLY = {
    "a digit differs": (GUID.replace("ce68", "ce69"), "                 ^"),
    "a digit is missing": (GUID.replace("ce68", "ce6"), "                 ^"),
    "a digit too many": (GUID.replace("ce68", "ce6a8"), "                 ^"),
    "a hyphen is missing": (GUID.replace("-ce68", "ce68"), "             ^"),
    "capitals do not count": (GUID.upper().replace("CE68", "CE69"), "                 ^"),
}


@pytest.mark.parametrize("name", NEARLY)
def test_a_guid_that_is_nearly_right_is_shown_over_the_right_one(name: str) -> None:
    given, carets = NEARLY[name]
    difference = guid_difference(Finding(GUID_MISSPELT, "", found=given, data={"near_guid": GUID}), MASK)
    assert difference is not None
    above, below, marks = difference.lines
    lead = len("In the file: ")
    assert marks[lead:] == carets
    assert (above[lead:].replace(" ", ""), below[lead:].replace(" ", "")) == (given, GUID)
    assert "".join(part for part, _ in difference.rows[0][1]) == above[lead:]
    assert [part for part, differs in difference.rows[1][1] if differs] == [below[lead:][carets.index("^")]]


@pytest.mark.parametrize("found", [GUID, "", "x" * 61])
def test_no_difference_is_shown_where_there_is_none_to_be_seen(found: str) -> None:
    assert guid_difference(Finding(GUID_MISSPELT, "", found=found, data={"near_guid": GUID}), MASK) is None
    assert guid_difference(Finding(GUID_MISSPELT, "", found="x"), MASK) is None


def test_the_difference_of_a_guid_is_in_text_markdown_and_html() -> None:
    doc = document(2025, measures=("236",))
    doc.measure("236").guid = GUID.replace("ce68", "ce69")
    result = converter.check(doc.bytes())
    assert f"  Known GUID:  {GUID}\n" in result.to_text()
    assert f"Known GUID:  {GUID}\n" in converter.render([result], "markdown")
    assert f"{GUID[:17]}<mark>8</mark>{GUID[18:]}" in result.to_html()
