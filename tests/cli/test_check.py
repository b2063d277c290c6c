"""`qrda2qpp check`, and the shape of the reports."""

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from converter.findings.kinds import TABLE
from tests.cli.runner import process, qrda2qpp
from tests.complete import complete_document
from tests.documents import Doc, add_supplemental, document

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
    doc.measure("236").set_counts(IPOP=100, DENOM=100, NUMER=100, DENEX=1)
    doc.measure("236").rates.clear()
    return doc.bytes()


def _remarked() -> bytes:
    """A document that converts, with warnings only."""
    doc = document(2025, measures=("236", "226"))
    doc.pi.period.start = "20240401"
    return doc.bytes()


CLEAN = complete_document(2025).bytes()
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
    result = qrda2qpp("check", "--guide", "none", stdin=CLEAN)
    assert (result.code, result.stderr) == (0, "")
    assert result.text.startswith("stdin: nothing found that CMS would reject\n")
    assert qrda2qpp("check", stdin=CLEAN).text.startswith("stdin: nothing found that CMS would reject - 1 warning\n")
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
    assert result.text.count("a.xml: nothing found that CMS would reject") == 1
    assert result.text.count("b.xml: CMS would reject it") == 1


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
    def interrupt(*_arguments: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("converter.cli.work.convert_source", interrupt)
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
    assert "warnings" not in report(CLEAN, "--guide", "none")


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
