"""`qrda2qpp explain --response`: options, streams and exit codes."""

import json
from pathlib import Path

import pytest

import converter
from tests.cli.runner import process, qrda2qpp
from tests.documents import TIN
from tests.goldens.update_responses import api, cases, sent

ANSWER = json.dumps(api()).encode()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answer.json").write_bytes(ANSWER)
    (tmp_path / "export.xml").write_bytes(sent()["rejected.xml"])
    return tmp_path


def test_an_answer_is_explained() -> None:
    result = qrda2qpp("explain", "--response", "answer.json")
    assert (result.code, result.stderr) == (0, "")
    assert result.text == converter.explain_response(ANSWER).text


def test_an_answer_is_explained_with_its_source() -> None:
    result = qrda2qpp("explain", "--response", "answer.json", "--source", "export.xml")
    assert result.code == 0
    assert result.text == converter.explain_response(ANSWER, source="export.xml").text
    assert "Where: measurements[0] is CMS165v13 (measure 236), line " in result.text


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [
        (("--response", "-", "--source", "export.xml"), ANSWER),
        (("--response", "answer.json", "--source", "-"), sent()["rejected.xml"]),
    ],
)
def test_either_may_be_standard_input(arguments: tuple[str, ...], stdin: bytes) -> None:
    assert qrda2qpp("explain", *arguments, stdin=stdin) == qrda2qpp(
        "explain", "--response", "answer.json", "--source", "export.xml"
    )


def test_year_and_identifiers() -> None:
    assert "In 2024 it may be reported" in qrda2qpp(
        "explain", "--response", "answer.json", "--year", "2024"
    ).text.replace("\n    ", " ")
    assert TIN not in qrda2qpp("explain", "--response", "answer.json").text
    assert TIN in qrda2qpp("explain", "--response", "answer.json", "--show-ids").text


@pytest.mark.parametrize(
    "arguments",
    [
        ("GUID002", "--response", "answer.json"),
        ("--source", "export.xml"),
        ("GUID002", "--source", "export.xml"),
        ("--response", "-", "--source", "-"),
        ("--response", "missing.json"),
        ("--response", "answer.json", "--source", "missing.xml"),
        ("--response", "answer.json", "--year", "1999"),
        (),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    result = qrda2qpp("explain", *arguments, stdin=ANSWER)
    assert (result.code, result.stdout) == (2, b"")
    assert result.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (ANSWER[:100], "breaks off"),
        (b'{"performanceYear":2025,"measurementSets":[]}', "QPP submission"),
        (b"<ClinicalDocument/>", "--source"),
        (b"Dear all", "plain text"),
    ],
)
def test_what_is_no_answer(folder: Path, content: bytes, words: str) -> None:
    name = f"answer of {TIN}.json"
    (folder / name).write_bytes(content)
    for result in (qrda2qpp("explain", "--response", name), qrda2qpp("explain", "--response", "-", stdin=content)):
        assert (result.code, result.stdout) == (1, b"")
        assert words in result.stderr
        assert TIN not in result.stderr


def test_an_error_code_that_is_an_identifier_is_masked(folder: Path) -> None:
    detail = {"errorCode": "731846259", "message": "CT - a message", "location": None}
    (folder / "errors.json").write_text(json.dumps({"errors": [{"details": [detail]}]}), encoding="utf-8")
    words = ("explain", "--response", "errors.json")
    assert "(error code *****6259)" in qrda2qpp(*words).text
    assert "(error code 731846259)" in qrda2qpp(*words, "--show-ids").text


def test_a_source_that_is_none_is_said() -> None:
    result = qrda2qpp("explain", "--response", "answer.json", "--source", "answer.json")
    assert result.code == 0
    assert "this tool finds" in result.text


def test_in_a_process_of_its_own(folder: Path) -> None:
    answer, source = cases()["upload-page-with-source"]
    assert source is not None
    (folder / "source.xml").write_bytes(sent()[source])
    arguments = ("explain", "--response", "-", "--source", "source.xml")
    result = process(*arguments, stdin=answer, folder=folder, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (result.code, result.stderr) == (0, "")
    assert result.text == converter.explain_response(answer, source=sent()[source]).text
