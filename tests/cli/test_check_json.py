"""`qrda2qpp check` with QPP JSON, from files, folders, archives and standard input, alone and beside documents."""

import json
import zipfile
from collections.abc import Container
from pathlib import Path
from typing import Any

import pytest

from converter.emitters.reports.formats import FORMATS
from tests.cli.runner import qrda2qpp
from tests.documents import NPI, TIN, document
from tests.facts.qpp_examples import GONE, QUALITY_VALUE, entity, set_alone, submission
from tests.policy import POLICY

WHOLE = submission(2025)
SUBMISSION = json.dumps(WHOLE, indent=2).encode()
AS_TEXT = json.dumps(submission(2025, (f"{QUALITY_VALUE}/performanceMet", "800")), indent=2).encode()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*arguments: str | Path, stdin: bytes = b"", leave: Container[str] = ()) -> list[tuple[str, str, str]]:
    """Source, id and pointer of each finding, without what only says how little there is."""
    content = qrda2qpp("check", *arguments, "--report", "json", stdin=stdin).json
    return [
        (one["source"], finding["id"], finding["place"]["pointer"] if finding["place"] else "")
        for one in content["documents"]
        for finding in one["findings"]
        if finding["id"] not in POLICY and finding["id"] not in leave
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (SUBMISSION, 0),
        (b"\xef\xbb\xbf" + SUBMISSION, 0),
        (SUBMISSION.decode().encode("utf-16"), 0),
        (b"\r\n\t" + SUBMISSION.replace(b"\n", b"\r\n"), 0),
        (json.dumps([WHOLE, submission(2024)]).encode(), 0),
        (json.dumps(set_alone(2025)).encode(), 0),
        (AS_TEXT, 1),
        (SUBMISSION[:-3], 1),
        (b"{", 1),
        (b"[]", 1),
        (b'{"errors": []}', 1),
        (json.dumps(submission(2025, ("/performanceYear", 2031))).encode(), 1),
    ],
)
def test_exit_code_of_json(data: bytes, code: int) -> None:
    result = qrda2qpp("check", stdin=data)
    assert (result.code, result.stderr) == (code, "")
    assert result.text.startswith("stdin: CMS may reject it" if code == 0 else "stdin: CMS would reject")


@pytest.mark.parametrize("form", FORMATS)
def test_json_from_standard_input_is_reported_in_every_format(form: str) -> None:
    result = qrda2qpp("check", "-", "--report", form, stdin=AS_TEXT)
    assert result.code == 1
    assert "SUB020" in result.text
    assert qrda2qpp("check", "-", "--report", f"{form}=report", stdin=AS_TEXT).stdout == b""
    assert Path("report").read_bytes() == result.stdout


def test_text_says_where_in_the_json() -> None:
    text = qrda2qpp("check", stdin=AS_TEXT).text
    block = next(part for part in text.split("\n\n") if part.startswith("error SUB020 member-type"))
    number, line = next(one for one in enumerate(AS_TEXT.decode().splitlines(), 1) if '"800"' in one[1])
    column = line.index('"800"') + 1
    assert block.startswith(f"error SUB020 member-type, line {number}, column {column}\n")
    assert "  Where: /measurementSets/0/measurements/0/value/performanceMet" in block.splitlines()
    assert f'  > {number} |   "performanceMet": "800",' in block.splitlines()


def test_error_json_of_json_has_the_shape_and_the_paths_of_the_submission_system() -> None:
    detail: dict[str, Any]
    (detail,) = qrda2qpp("check", "--report", "error-json", stdin=AS_TEXT).json["errors"][0]["details"]
    assert list(detail)[:5] == ["errorCode", "message", "value", "type", "location"]
    assert detail["location"]["path"] == "$.measurementSets[0].measurements[0].value.performanceMet"
    assert (detail["errorCode"], detail["id"], detail["message"][:5]) == (None, "SUB020", "SV - ")


def test_json_is_not_converted() -> None:
    result = qrda2qpp(stdin=SUBMISSION)
    assert (result.code, result.stdout) == (1, b"")
    assert "qrda2qpp check FILE" in result.stderr


def test_year_of_json_is_asserted() -> None:
    assert qrda2qpp("check", "--year", "2025", stdin=SUBMISSION).code == 0
    assert qrda2qpp("check", "--year", "2024", stdin=SUBMISSION).code == 1
    assert found("--year", "2024", stdin=SUBMISSION, leave=["SUB009"]) == [("stdin", "SUB017", "/performanceYear")]


def test_limits_hold_for_json() -> None:
    large = SUBMISSION + b" " * 1_100_000
    assert [one[1] for one in found("--max-size", "1", stdin=large)] == ["XML007"]
    assert qrda2qpp("check", stdin=large).code == 0
    deep = b'{"measurementSets": ' + b"[" * 30 + b"]" * 30 + b', "performanceYear": 2025}'
    assert [one[1] for one in found("--max-depth", "20", stdin=deep)] == ["SUB012"]
    assert "SUB012" not in [one[1] for one in found("--max-depth", "40", stdin=deep)]


def _folder(folder: Path) -> None:
    """A folder as a run of the conversion leaves it, with its source and other files."""
    folder.mkdir()
    (folder / "a.xml").write_bytes(document(2025, "MIPS_INDIV").bytes())
    (folder / "b.json").write_bytes(SUBMISSION)
    (folder / "C.JSON").write_bytes(AS_TEXT)
    (folder / "b-error.json").write_bytes(b'{"errors": []}')
    (folder / "notes.txt").write_text("nothing")


def test_folder_with_xml_and_json() -> None:
    _folder(Path("in"))
    found_there = qrda2qpp("check", "in", "--report", "json").json["documents"]
    outcomes = {Path(one["source"]).name: one["outcome"] for one in found_there}
    assert outcomes == {"a.xml": "converted", "b.json": "checked", "C.JSON": "wouldBeRejected"}
    assert qrda2qpp("in", "--out", "out").stderr.startswith("1 of 1 converted")


def test_error_report_that_is_named_is_checked_all_the_same() -> None:
    Path("b-error.json").write_bytes(b'{"errors": []}')
    assert found("b-error.json") == [("b-error.json", "SUB015", "")]


def test_zip_with_xml_and_json() -> None:
    _folder(Path("in"))
    with zipfile.ZipFile("in.zip", "w") as file:
        for path in Path("in").iterdir():
            file.write(path, path.name)
    found_there = qrda2qpp("check", "in.zip", "--report", "json").json["documents"]
    assert [(one["source"], one["outcome"]) for one in found_there] == [
        ("in.zip/C.JSON", "wouldBeRejected"),
        ("in.zip/a.xml", "converted"),
        ("in.zip/b.json", "checked"),
    ]
    with zipfile.ZipFile("errors.zip", "w") as file:
        file.writestr("a-error.json", b'{"errors": []}')
    assert [one[1] for one in found("errors.zip")] == ["XML010"]


def test_submissions_of_a_conversion_are_taken() -> None:
    Path("a.xml").write_bytes(document(2025, "MIPS_GROUP").bytes())
    assert qrda2qpp("a.xml", "--out", "out").code == 0
    assert qrda2qpp("check", "out").code == 0


# -- the same submission more than once in a run

SETS = [f"/measurementSets/{number}" for number in (0, 1, 2)]


def _write(name: str, data: object) -> str:
    Path(name).write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
    return name


def repeated(*names: str) -> list[tuple[str, str]]:
    return [(source, pointer) for source, id, pointer in found(*names) if id == "SUB027"]


def test_submission_in_two_files() -> None:
    names = [_write("a.json", WHOLE), _write("b.json", WHOLE), _write("c.json", submission(2024))]
    assert repeated(*names) == [("b.json", one) for one in SETS]
    text = " ".join(qrda2qpp("check", *names).text.split())
    assert (
        "The quality data of the same clinician (NPI and TIN) for traditional MIPS in 2025 is also in a.json: whichever"
        in text
    )
    assert repeated("a.json") == repeated("c.json") == []


def test_submission_twice_in_a_list() -> None:
    name = _write("list.json", [WHOLE, entity(2025, "group"), WHOLE])
    assert repeated(name) == [(name, f"/2{one}") for one in SETS]
    assert "is also in another submission of this file" in " ".join(qrda2qpp("check", name).text.split())


@pytest.mark.parametrize(
    "other",
    [
        submission(2024),
        entity(2025, "group"),
        entity(2025, "apm"),
        submission(2025, ("/nationalProviderIdentifier", "2003004175")),
        submission(2025, ("/taxpayerIdentificationNumber", "000000001")),
        submission(2025, ("/nationalProviderIdentifier", GONE)),
        submission(2025, *((f"{one}/programName", "M0001") for one in SETS)),
        submission(2025, *((f"{one}/submissionMethod", "registry") for one in SETS)),
        {"performanceYear": 2025},
        [],
    ],
)
def test_submissions_that_only_look_alike(other: object) -> None:
    assert repeated(_write("a.json", WHOLE), _write("b.json", other)) == []


def test_one_category_that_is_in_both() -> None:
    first = submission(2025, (SETS[2], GONE))
    second = submission(2025, (SETS[0], GONE))
    assert repeated(_write("a.json", first), _write("b.json", second)) == [("b.json", SETS[0])]


def test_set_alone_and_the_submission_that_has_it() -> None:
    assert repeated(_write("a.json", WHOLE), _write("b.json", set_alone(2025))) == [("b.json", "")]


def test_set_that_stands_twice_in_one_submission_is_told_as_that() -> None:
    twice = submission(2025, (SETS[1], WHOLE["measurementSets"][0]))
    assert repeated(_write("a.json", twice)) == []
    assert ("a.json", "SUB041", f"{SETS[1]}/category") in found("a.json")


def test_document_in_two_files() -> None:
    doc = document(2025, "MIPS_GROUP")
    _write("a.xml", doc.bytes())
    _write("b.xml", doc.bytes(indent=None))
    _write("c.xml", document(2025, "MIPS_INDIV").bytes())
    again = [one for one in qrda2qpp("check", "a.xml", "b.xml", "c.xml", "--report", "json").json["documents"]]
    told = [[finding["id"] for finding in one["findings"]].count("SUB027") for one in again]
    assert told == [0, 3, 0]
    place = next(one for one in again[1]["findings"] if one["id"] == "SUB027")["place"]
    assert place["path"].endswith("/section")
    assert qrda2qpp("check", "a.xml", "b.xml").code == 0, "it may be meant so"


def test_document_that_is_not_converted_repeats_nothing() -> None:
    doc = document(2025, "MIPS_GROUP")
    doc.measure("236").guid = "00000000-0000-0000-0000-000000000000"
    assert repeated(_write("a.xml", doc.bytes()), _write("b.xml", doc.bytes())) == []


def test_name_of_the_other_file_is_masked() -> None:
    first, second = f"{TIN} and {NPI}.json", f"again {TIN}.json"
    for name in (first, second):
        _write(name, submission(2025, ("/taxpayerIdentificationNumber", TIN), ("/nationalProviderIdentifier", NPI)))
    for form in FORMATS:
        text = qrda2qpp("check", first, second, "--report", form).text
        assert TIN not in text
        assert NPI not in text
    assert f"in {'*' * 5}{TIN[5:]} and {'*' * 6}{NPI[6:]}.json" in " ".join(
        qrda2qpp("check", first, second).text.split()
    )
