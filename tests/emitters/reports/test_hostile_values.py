"""Control characters, and those that turn the reading order: escapes in every report, wherever they come from."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from markdown_it import MarkdownIt

import converter
from converter.cli.work import exit_code
from converter.emitters.reports.brief import Brief
from converter.emitters.reports.formats import FORMATS, whole
from tests.documents import document
from tests.fuzz.hostile import FORMULA, LINKS, MARKUP, raw
from tests.rules.submission.submissions import measurement, quality, submission

TURNING = ("\u202eevil\u202c", "\u202a\u202b\u202d", "\u2066\u2067\u2068\u2069", "\u200e\u200f\u061c")
IN_XML = (*TURNING, "\x9b31m", "\x7f\x85", "\u2028\u2029", "a\nb\tc")
"""What XML may have in an attribute."""
ANYWHERE = (*IN_XML, "\x1b]0;pwned\x07", "\x1b[2J\r", "\x00\x08")


def _in_xml(value: str) -> converter.Result:
    doc = document(2025, "MIPS_GROUP", measures=("236", "001"))
    doc.program = value
    doc.measure("236").guid = value
    doc.measure("001").population("NUMER").count = value
    doc.measure("001").title = value
    doc.ia.entries[0].ids[0].extension = value
    doc.pi_measures[1].answers[0].code = value
    written = doc.xml().replace("a\nb\tc", "a&#10;b&#9;c")
    return converter.check(written.encode())


def _in_json(value: str) -> converter.Result:
    data: dict[str, Any] = submission(2025, quality(2025, measurement("236", {"performanceMet": value})))
    data["measurementSets"][0] |= {"programName": value, "cehrtId": value, "performanceStart": value}
    data["measurementSets"] += [{"category": "ia", "measurements": [{"measureId": value, "value": value}]}]
    return converter.check(json.dumps(data).encode())


def _in_members(value: str) -> converter.Result:
    data: dict[str, Any] = submission(2025, quality(2025, measurement("236", {value: 1})))
    return converter.check(json.dumps(data | {value: {value: [value]}, "performanceYear": value}).encode())


def _in_bad_json(value: str) -> converter.Result:
    return converter.check(f'{{"programName": "x", "a": [1,, {value} ]}}'.encode(), name="a.json")


def _in_bad_xml(value: str) -> converter.Result:
    return converter.check(f'<ClinicalDocument a="{value}"\n b="{value}{value}" < </ClinicalDocument>'.encode())


def _in_name(value: str) -> converter.Result:
    return converter.check(document(2025).bytes()[:4000], name=f"zip/{value}.xml")


PLACES: dict[str, tuple[Callable[[str], converter.Result], tuple[str, ...]]] = {
    "value in XML": (_in_xml, IN_XML),
    "value in JSON": (_in_json, ANYWHERE),
    "member of JSON": (_in_members, ANYWHERE),
    "JSON that cannot be read": (_in_bad_json, ANYWHERE),
    "XML that cannot be read": (_in_bad_xml, ANYWHERE),
    "name of a file": (_in_name, ANYWHERE),
}
CASES = [(place, value) for place, (_, values) in PLACES.items() for value in values]


@pytest.mark.parametrize(("place", "value"), CASES, ids=[f"{place}-{value!a}" for place, value in CASES])
def test_nothing_is_shown_raw(place: str, value: str) -> None:
    result = PLACES[place][0](value)
    assert result.findings
    assert exit_code(result) == 1
    for form in FORMATS:
        assert raw(converter.render([result], form), form) == "", form
    assert raw(whole(Brief(), [result.report()])) == ""


@pytest.mark.parametrize("place", PLACES)
def test_it_is_shown_as_an_escape(place: str) -> None:
    result = PLACES[place][0]("\u202eevil\x9b")
    # What cannot be read is shown with the lines around it, which a table has no room for.
    for form in ("text", "markdown", "html", *(["csv"] if "cannot" not in place else [])):
        assert "\\u202eevil\\x9b" in converter.render([result], form), form
    texts = json.dumps(json.loads(converter.render([result], "sarif"))["runs"][0]["results"])
    assert ("\\\\u202eevil" in texts) == (place in ("value in XML", "value in JSON", "member of JSON"))


def test_the_json_report_keeps_the_value() -> None:
    value = "\u202eevil\x9b\x1b"
    written = converter.render([_in_json(value)], "json")
    assert "\\u202eevil\\u009b\\u001b" in written
    assert value in [one["found"] for one in json.loads(written)["documents"][0]["findings"]]


def test_a_submission_keeps_the_value_in_escapes() -> None:
    doc = document(2025, "MIPS_GROUP", measures=("236",))
    doc.participants[0].ids[0].extension = "\u202e2015E\x9b"
    result = converter.convert(doc.bytes())
    assert raw(result.to_json(indent=2)) == ""
    assert json.loads(result.to_json())["measurementSets"][0]["cehrtId"] == "\u202e2015E\x9b"


def test_a_name_forges_no_line() -> None:
    result = _in_name("a.xml: accepted\nb")
    for words in (converter.render([result], "text"), whole(Brief(), [result.report()])):
        assert words.startswith("zip/a.xml: accepted\\nb.xml: ")


@pytest.mark.parametrize("value", [LINKS, MARKUP, "<https://a.example>", "a\n# b\n- c\n\n    d", "```\n~~~"])
@pytest.mark.parametrize("place", PLACES)
def test_markdown_makes_no_link_and_no_markup_of_values(place: str, value: str) -> None:
    if place == "value in XML":
        doc = document(2025, "MIPS_GROUP", measures=("236", "001"))
        doc.program = doc.measure("236").guid = doc.measure("001").population("NUMER").count = value
        result: converter.Result = converter.check(doc.bytes())
    else:
        result = PLACES[place][0](value)
    tokens = MarkdownIt("commonmark").enable("table").parse(converter.render([result], "markdown"))
    inline = [part for token in tokens for part in token.children or ()]
    assert not {part.type for part in inline} & {"link_open", "image", "html_inline"}
    assert all(token.content.startswith(("<details>", "</details>")) for token in tokens if token.type == "html_block")
    words = " ".join(part.content for part in inline if part.type == "text")
    assert not re.search(r"://|www\.|@|#\d|GH-\d", words)


@pytest.mark.parametrize(
    "value", [FORMULA, "\t=1+1", "\r=1+1", "\n-1", "@SUM(1)", "\x00=1+1", "\ufeff=1", " =1", "\uff1d1"]
)
def test_cells_of_a_csv_are_no_formulas(value: str) -> None:
    rows = list(csv.reader(io.StringIO(converter.render([_in_json(value)], "csv"), newline="")))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.strip("\ufeff ").startswith(("=", "+", "-", "@", "\uff1d"))]
