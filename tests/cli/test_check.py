"""`qrda2qpp check`, and the shape of the reports."""

import json
import zipfile
from collections.abc import Container
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from converter.emitters.formats import FORMATS
from converter.findings.kinds import TABLE
from tests.cli.runner import process, qrda2qpp
from tests.data.qpp_examples import GONE, QUALITY_VALUE, entity, set_alone, submission
from tests.documents import NPI, TIN, Doc, add_supplemental, document
from tests.policy import POLICY

HL7 = "urn:hl7-org:v3"


def _blocked() -> Doc:
    doc = document(2025, measures=("236", "001", "134"))
    doc.measure("236").guid = "00000000-0000-0000-0000-000000000000"
    doc.measure("001").population("NUMER").count = "12.5"
    doc.measure("134").rates[0].value = "85"
    doc.pi_measure("PI_EP_1").numerators.clear()
    return doc


def _rejected() -> bytes:
    doc = document(2025)
    doc.measure("236").set_counts(IPOP=10, DENOM=10, NUMER=11, DENEX=0)
    doc.measure("236").rates.clear()
    return doc.bytes()


def _remarked() -> bytes:
    """A document that converts, with warnings only."""
    doc = document(2025, measures=("236", "226"))
    doc.pi.period.start = "20240401"
    return doc.bytes()


CLEAN = document(2025).bytes()
BLOCKED = _blocked().bytes()
REJECTED = _rejected()
REMARKED = _remarked()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report(data: bytes, *options: str) -> Any:
    return qrda2qpp("check", "--report", "error-json", *options, stdin=data).json


def details(data: bytes, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = report(data, *options)["errors"][0]["details"]
    return found


# -- the command


def test_report_goes_to_standard_output_and_no_submission_is_written() -> None:
    result = qrda2qpp("check", stdin=CLEAN)
    assert (result.code, result.stderr) == (0, "")
    assert result.text.startswith("stdin: converted\n")
    assert "performanceMet" not in result.text


@pytest.mark.parametrize(("data", "code"), [(CLEAN, 0), (REMARKED, 0), (BLOCKED, 1), (REJECTED, 1), (b"", 1)])
def test_exit_code(data: bytes, code: int) -> None:
    assert qrda2qpp("check", stdin=data).code == code


def test_what_cms_would_reject_blocks() -> None:
    result = qrda2qpp("check", stdin=REJECTED)
    assert result.code == 1
    assert "SUB001" in result.text


def test_several_sources_make_one_report() -> None:
    Path("a.xml").write_bytes(CLEAN)
    Path("b.xml").write_bytes(BLOCKED)
    result = qrda2qpp("check", "a.xml", "b.xml")
    assert result.code == 1
    assert result.text.count("a.xml: converted") == 1
    assert result.text.count("b.xml: not converted") == 1


def test_report_file_leaves_standard_output_empty() -> None:
    result = qrda2qpp("check", "--report", "text=deep/report.txt", stdin=BLOCKED)
    assert (result.code, result.stdout, result.stderr) == (1, b"", "")
    assert "GUID001" in Path("deep/report.txt").read_text(encoding="utf-8")


def test_report_file_may_not_be_the_source() -> None:
    Path("a.xml").write_bytes(CLEAN)
    assert qrda2qpp("check", "a.xml", "--report", "text=a.xml").code == 2
    assert Path("a.xml").read_bytes() == CLEAN


def test_report_file_that_cannot_be_written() -> None:
    Path("taken").write_bytes(b"x")
    result = qrda2qpp("check", "--report", "text=taken/report.txt", stdin=CLEAN)
    assert result.code == 1
    assert "could not be written" in result.stderr


def test_quiet_prints_nothing() -> None:
    result = qrda2qpp("check", "--quiet", stdin=BLOCKED)
    assert (result.code, result.stdout, result.stderr) == (1, b"", "")


def test_quiet_still_writes_the_report_that_was_asked_for() -> None:
    assert json.loads(qrda2qpp("check", "--quiet", "--report", "error-json", stdin=BLOCKED).stdout)


@pytest.mark.parametrize("options", [("missing.xml",), ("--year", "1999"), ("--report", "poem"), ("-o", "x.json")])
def test_wrong_usage(options: tuple[str, ...]) -> None:
    result = qrda2qpp("check", *options, stdin=CLEAN)
    assert (result.code, result.stdout) == (2, b"")


def test_a_year_that_is_wrong_is_code_5() -> None:
    assert [detail["errorCode"] for detail in details(CLEAN, "--year", "2024")] == [5]


def test_interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("converter.cli.runner.convert_source", interrupt)
    result = qrda2qpp("check", stdin=CLEAN)
    assert (result.code, result.stdout) == (130, b"")


# -- the text report


def test_text_says_what_where_and_what_to_do() -> None:
    text = qrda2qpp("check", stdin=BLOCKED).text
    block = next(part for part in text.split("\n\n") if part.startswith("error GUID001 measure-guid-unknown"))
    first, *rest = block.splitlines()
    assert "(official code 6)" in first
    assert "line " in first
    assert "column " in first
    assert any("00000000-0000-0000-0000-000000000000" in line for line in rest)
    for label in ("  Expected: ", "  What to do: ", "  Where: /ClinicalDocument/"):
        assert any(line.startswith(label) for line in rest)
    attribute = 'extension="00000000-0000-0000-0000-000000000000"'
    number, line = next(one for one in enumerate(BLOCKED.decode().splitlines(), 1) if attribute in one[1])
    marked = next(index for index, one in enumerate(rest) if one.startswith(f"  > {number} | "))
    assert rest[marked].endswith(line.strip())
    assert rest[marked + 1].partition("|")[2].strip() == "^" * len(attribute)
    assert rest[marked + 1].index("^") == rest[marked].index(attribute)


def test_text_puts_errors_before_warnings() -> None:
    doc = _blocked()
    doc.pi.period.start = "20240401"
    words = [line.split()[0] for line in qrda2qpp("check", stdin=doc.bytes()).text.splitlines() if line[:1].isalpha()]
    kinds = [word for word in words if word in ("error", "warning")]
    assert set(kinds) == {"error", "warning"}
    assert kinds == sorted(kinds)


def test_text_is_narrow_enough_for_a_terminal() -> None:
    lines = qrda2qpp("check", stdin=BLOCKED).text.splitlines()
    assert all(len(line) <= 100 for line in lines if "Where: " not in line and not line.startswith("error "))


def test_text_in_an_encoding_of_windows() -> None:
    result = process("check", stdin=BLOCKED, PYTHONIOENCODING="cp437", PYTHONUTF8="0")
    assert result.code == 1
    assert "GUID001" in result.text


# -- the official error shape


@pytest.mark.parametrize("data", [BLOCKED, REJECTED, b"", b"<a/>", b"<a", CLEAN, REMARKED])
def test_members_of_the_official_shape_are_always_there(data: bytes) -> None:
    (error,) = report(data)["errors"]
    assert list(error) == ["sourceIdentifier", "type", "message", "details"]
    assert (error["sourceIdentifier"], error["type"], error["message"]) == ("stdin", None, None)
    for detail in error["details"]:
        assert list(detail)[:5] == ["errorCode", "message", "value", "type", "location"]
        assert list(detail["location"]) == ["location", "path", "line", "column"]


def test_nulls_are_printed() -> None:
    text = qrda2qpp("check", "--report", "error-json", stdin=b"").text
    assert '"type": null' in text
    assert '"path": null' in text


def test_messages_are_led_by_who_complains() -> None:
    assert {detail["message"][:5] for detail in details(BLOCKED)} == {"CT - "}
    assert {detail["message"][:5] for detail in details(REJECTED)} == {"SV - "}


def test_details_say_all_that_the_finding_says() -> None:
    (detail,) = (one for one in details(BLOCKED) if one["id"] == "GUID001")
    kind = TABLE["GUID001"]
    assert (detail["errorCode"], detail["slug"]) == (kind.official_code, kind.slug)
    assert (detail["severity"], detail["stage"]) == (kind.severity, kind.stage)
    assert "00000000-0000-0000-0000-000000000000" in detail["found"]
    assert detail["expected"]
    assert detail["fix"]


def test_official_codes_and_our_own() -> None:
    codes = {detail["id"]: detail["errorCode"] for detail in details(BLOCKED)}
    assert codes.items() >= {"GUID001": 6, "POP008": 9, "RATE001": 33, "PI004": 18}.items()
    assert {detail["id"]: detail["errorCode"] for detail in details(REJECTED)} == {"SUB001": None}


@pytest.mark.parametrize(
    "data", [BLOCKED, REJECTED, _blocked().bytes(indent=None), _blocked().xml(prefix="n1").encode()]
)
def test_paths_lead_to_the_element_in_the_official_form(data: bytes) -> None:
    root = etree.fromstring(data)
    for detail in details(data):
        path = detail["location"]["path"]
        assert path.startswith(f"/*[local-name() = 'ClinicalDocument' and namespace-uri() = '{HL7}']")
        found = root.xpath(path)
        assert isinstance(found, list)
        assert len(found) == 1


def test_lines_and_columns_are_just_after_the_start_tag() -> None:
    lines = BLOCKED.decode().splitlines()
    for detail in details(BLOCKED):
        line, column = detail["location"]["line"], detail["location"]["column"]
        assert lines[line - 1][: column - 1].endswith(">")


def test_place_of_a_document_that_is_no_xml() -> None:
    (detail,) = details(CLEAN.replace(b"</title>", b"", 1))
    assert detail["location"]["path"] is None
    assert detail["location"]["line"] > 1


def test_warnings_stand_apart() -> None:
    content = report(REMARKED)
    assert content["errors"][0]["details"] == []
    assert {detail["severity"] for detail in content["warnings"]} == {"warning"}
    assert "warnings" not in report(CLEAN)


def test_nothing_is_cut_off_at_100() -> None:
    doc = document(2025, measures=("236", "001", "134"))
    for population in (item for measure in doc.measures for item in measure.populations):
        add_supplemental(doc, population)
        for detail in population.details:
            detail.counts[0].value = "many"
    found = details(doc.bytes())
    assert len(found) > 100
    assert {detail["errorCode"] for detail in found} == {9}


def test_no_finding_stands_twice() -> None:
    doc = _blocked()
    doc.measure("236").ids *= 2
    found = [json.dumps(detail) for detail in details(doc.bytes())]
    assert len(found) == len(set(found))


def test_each_source_has_its_error() -> None:
    for name in ("a.xml", "b.xml"):
        Path(name).write_bytes(BLOCKED)
    errors = qrda2qpp("check", "a.xml", "b.xml", "--report", "error-json").json["errors"]
    assert [error["sourceIdentifier"] for error in errors] == ["a.xml", "b.xml"]
    assert errors[0]["details"] == errors[1]["details"]


def test_letters_beyond_ascii_stay_as_they_are() -> None:
    doc = document(2025, "MÜSLI")
    result = qrda2qpp("check", "--report", "error-json", stdin=doc.bytes())
    assert "MÜSLI".encode() in result.stdout
    assert b"\r" not in result.stdout


# -- QPP JSON

WHOLE = submission(2025)
SUBMISSION = json.dumps(WHOLE, indent=2).encode()
AS_TEXT = json.dumps(submission(2025, (f"{QUALITY_VALUE}/performanceMet", "800")), indent=2).encode()


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
    assert result.text.startswith(
        "stdin: nothing found that CMS would reject" if code == 0 else "stdin: CMS would reject"
    )


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
    assert f'  > {number} |   "performanceMet": "800"' in block.splitlines()


def test_error_json_of_json_has_the_shape_and_the_paths_of_the_submission_system() -> None:
    (detail,) = details(AS_TEXT)
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
    text = qrda2qpp("check", *names).text
    assert "The quality data of the same clinician (NPI and TIN) for mips in 2025 is also in a.json: the" in text
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
    assert ("a.json", "SUB041", SETS[1]) in found("a.json")


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


def test_document_and_the_submission_that_it_became() -> None:
    _write("a.xml", document(2025, "MIPS_GROUP").bytes())
    qrda2qpp("a.xml", "-o", "b.json")
    assert repeated("a.xml", "b.json") == [("b.json", one) for one in SETS]


def test_document_that_is_not_converted_repeats_nothing() -> None:
    assert repeated(_write("a.xml", BLOCKED), _write("b.xml", BLOCKED)) == []


def test_conversion_of_a_folder_tells_it_too() -> None:
    Path("in").mkdir()
    for name in ("a.xml", "b.xml"):
        _write(f"in/{name}", CLEAN)
    result = qrda2qpp("in", "--out", "out", "--report", "text=report.txt")
    assert result.code == 0
    assert Path("report.txt").read_text(encoding="utf-8").count("submission-repeated") == 1


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
