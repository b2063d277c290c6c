"""What a result offers to other programs: numbers, reports, an exception, and arguments that say what was wrong."""

import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import converter
from converter import BlockedError, Conversion, UsageError
from converter.emitters.reports.formats import FORMATS, emitter
from tests.documents import NPI, TIN, document

ROOT = Path(__file__).resolve().parents[2]
COUNTS = {"IPOP": 500, "DENOM": 500, "DENEX": 20, "NUMER": 300}
CLEAN = document(2025, "MIPS_INDIV", counts=COUNTS).bytes()


def _blocked() -> bytes:
    doc = document(2025, measures=("236",), counts=COUNTS)
    doc.measure("236").guid = "00000000-1111-2222-3333-444444444444"
    return doc.bytes()


BLOCKED = _blocked()

# -- numbers


def test_measures_are_numbers_with_names_and_places() -> None:
    result = converter.convert(CLEAN)
    measure = next(one for one in result.measures if one.measure_id == "236")
    assert measure.cms_id is not None and measure.cms_id.startswith("CMS165v")
    assert measure.title == "Controlling High Blood Pressure"
    assert (measure.category, measure.status, measure.answer, measure.numerator) == ("quality", "converted", None, None)
    (row,) = measure.rows
    assert row.populations == COUNTS
    assert row.rate == pytest.approx(300 / 480)
    assert row.reported_rate == pytest.approx(300 / 480, abs=1e-6)
    assert measure.pointer == "/measurementSets/0/measurements/0"
    place = result.locate(measure.pointer)
    assert place is not None and place == measure.place and place.line == measure.place.line


def test_answers_and_proportions_are_values() -> None:
    measures = converter.convert(CLEAN).measures
    answers = {one.answer for one in measures if one.category == "ia"}
    proportions = [(one.numerator, one.denominator) for one in measures if one.numerator is not None]
    assert answers == {True}
    assert proportions and all(isinstance(below, int) and above <= below for above, below in proportions)


def test_a_count_that_is_no_number_is_none() -> None:
    doc = document(2025, measures=("236",))
    doc.measure("236").population("NUMER").count = "12.5"
    (row,) = converter.convert(doc.bytes()).measures[0].rows
    assert row.populations["NUMER"] is None
    assert row.rate is None
    assert row.counts["NUMER"] == "12.5"


def test_measures_of_a_submission_that_cms_would_reject_say_why() -> None:
    doc = document(2025, measures=("236",), pi=False, ia=False)
    doc.measure("236").population("NUMER").count = 9_999
    (measure,) = converter.check(doc.bytes()).measures
    assert measure.status.startswith("see ")


def test_identity_holds_what_is_written() -> None:
    identity = converter.convert(CLEAN).identity
    assert (identity.program, identity.entity_type, identity.npi, identity.tin) == (
        "MIPS_INDIV",
        "individual",
        NPI,
        TIN,
    )
    assert NPI not in repr(identity)


# -- reports


@pytest.mark.every(3)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("data", [CLEAN, BLOCKED])
def test_every_report_can_be_made(form: str, data: bytes) -> None:
    first, second = converter.convert(data), converter.check(data)
    assert converter.render(first, form) == emitter(form)([first.report()])
    assert converter.render([first, second], form) == emitter(form)([first.report(), second.report()])
    assert converter.render(iter([first, second]), form, show_ids=True) == emitter(form)(
        [first.report(), second.report()], True
    )


def test_reports_of_one_result() -> None:
    result = converter.convert(CLEAN)
    assert result.to_text() == converter.render(result, "text")
    assert result.to_html() == converter.render(result, "html")
    assert NPI not in result.to_text() and NPI in result.to_text(show_ids=True)
    whole = json.loads(converter.render(result, "json"))
    assert whole["documents"] == [json.loads(json.dumps(result.to_dict()))]
    schema = json.loads((ROOT / "schemas" / "report.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate({**whole, "documents": [result.to_dict()]})


def test_a_format_that_does_not_exist() -> None:
    with pytest.raises(UsageError, match=r"no report format 'pdf'; there are text, html, markdown"):
        converter.render(converter.convert(CLEAN), "pdf")


@pytest.mark.parametrize("form", ["text", "markdown", "json", "csv", "sarif", "html"])
def test_reports_name_version_data_and_digest(form: str) -> None:
    result = converter.check(CLEAN)
    said = converter.render(result, form)
    assert len(result.sha256) == 64
    assert result.sha256 in said.replace("\n  ", "")
    assert converter.__version__ in said
    assert str(result.report().catalog_date) in said


@pytest.mark.parametrize("results", [None, "a.xml", [3], [None]])
def test_reports_are_made_of_results(results: Any) -> None:
    with pytest.raises(UsageError, match=r"made of"):
        converter.render(results)


def test_an_answer_may_be_given_as_text() -> None:
    text = json.dumps({"error": {"type": "ValidationError", "message": "invalid submission object", "details": []}})
    assert converter.explain_response(text).text == converter.explain_response(text.encode()).text


# -- the exception


def test_nothing_is_raised_where_nothing_blocks() -> None:
    converter.convert(CLEAN).raise_for_findings()


def test_what_blocks_can_be_raised() -> None:
    result = converter.convert(BLOCKED, name="export.xml")
    with pytest.raises(
        BlockedError, match=r"Conversion export\.xml: not converted, 1 error; the first: GUID"
    ) as caught:
        result.raise_for_findings()
    assert caught.value.findings == result.blocking


# -- arguments


def test_a_name_for_what_has_none() -> None:
    stream = io.BytesIO(CLEAN)
    assert converter.convert(stream, name="upload.xml").name == "upload.xml"
    assert converter.check(CLEAN, name="upload.xml").report().name == "upload.xml"
    assert converter.convert(CLEAN).name == "bytes"


def test_a_path_may_begin_like_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("[2025] export.xml").write_bytes(CLEAN)
    assert converter.convert("[2025] export.xml").ok


def _closed() -> Any:
    stream = io.BytesIO(CLEAN)
    stream.close()
    return stream


def _zip() -> Path:
    path = Path(tempfile.mkdtemp(), "all.zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.xml", CLEAN)
    return path


WRONG: list[tuple[Callable[[], Any], dict[str, Any], str]] = [
    (lambda: CLEAN, {"year": "2025"}, r"whole number such as 2025, not '2025'"),
    (lambda: CLEAN, {"year": 2025.0}, r"whole number such as 2025, not 2025\.0"),
    (lambda: CLEAN, {"year": True}, r"whole number such as 2025, not True"),
    (lambda: CLEAN, {"year": 1999}, r"1999 is not known; known are 2017 to \d{4}"),
    (lambda: ROOT, {}, r"is a folder; give the path of one document"),
    (lambda: ROOT / "no.xml", {}, r"There is no file "),
    (_zip, {}, r"is a zip archive; give one of the documents in it"),
    (_closed, {}, r"The file is closed"),
    (lambda: io.StringIO(CLEAN.decode()), {}, r"one of text|open as text"),
    (CLEAN.decode, {}, r"text of a document, not its path; give it as bytes"),
    (lambda: '{"taxpayerIdentificationNumber": "000417263"}', {}, r"text of a document, not its path"),
    (lambda: "000417263.xml", {}, r"There is no file \*\*\*\*\*7263\.xml\."),
    (lambda: "", {}, r"The path is empty"),
    (lambda: CLEAN, {"name": 3}, r"name of a source is a text, not int"),
    (lambda: CLEAN, {"limits": 5}, r"converter\.Limits, not int"),
    (lambda: CLEAN, {"catalog": 3}, r"catalog is a folder or several, not int"),
    (lambda: None, {}, r"path, bytes or a binary file, not NoneType"),
]


@pytest.mark.parametrize(("source", "options", "words"), WRONG)
@pytest.mark.parametrize("call", [converter.convert, converter.check])
def test_an_argument_that_cannot_be_meant_is_told(
    call: Any, source: Callable[[], Any], options: dict[str, Any], words: str
) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        call(source(), **options)
    assert TIN not in str(caught.value)


# -- types


PROGRAM = """
import converter

result: converter.Conversion = converter.convert("report.xml")
number: int | None = result.measures[0].rows[0].populations["NUMER"]
words: str = converter.render([result, converter.check(b"")], "html")
{line}
"""


@pytest.mark.every(3)
@pytest.mark.parametrize(("line", "said"), [("", None), ("converter.transform", 'has no attribute "transform"')])
def test_a_type_checker_knows_the_door(line: str, said: str | None, tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM.format(line=line), encoding="utf-8")
    words = ["--strict", "--config-file", "", "--cache-dir", str(ROOT / ".mypy_cache"), str(path)]
    done = subprocess.run([sys.executable, "-m", "mypy", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == (said is None), done.stdout
    assert said is None or said in done.stdout


def test_a_conversion_and_a_check_are_told_apart() -> None:
    assert isinstance(converter.check(CLEAN), Conversion)
    assert isinstance(converter.check(converter.convert(CLEAN).to_json().encode()), converter.SubmissionCheck)
    assert not hasattr(converter.check(b"{}"), "document")


def test_the_page_names_what_is_there() -> None:
    page = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
    table = page.partition("## What a result contains")[2].partition("\n\nA `Conversion`")[0]
    names = re.findall(r"`(\w+)(?:\([^`]*\))?`(?=[^|]*\| )", table)
    assert len(names) > 15
    assert [name for name in names if not hasattr(Conversion, name) and name != "bool"] == []
    calls = re.findall(r"^\| `(\w+)\(", page.partition("## Calls")[2].partition("## ")[0], re.MULTILINE)
    assert calls == ["convert", "check", "convert_many", "check_many", "render", "explain", "explain_response"]
    assert all(callable(getattr(converter, name)) for name in calls)
