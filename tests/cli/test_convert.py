"""`qrda2qpp convert`: what is written where, exit codes, and what happens when something goes wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import converter
import converter.examination.qrda3_document
import converter.pipeline
from converter.rules.context import Context
from converter.rules.document import CONVERT
from tests.cli.runner import ROOT, process, qrda2qpp, results
from tests.complete import complete_document
from tests.documents import NPI, TIN, document


def _blocked() -> bytes:
    doc = document(2025)
    doc.measure("236").guid = "00000000-0000-0000-0000-000000000000"
    return doc.bytes()


def _rejected() -> bytes:
    """A document that converts but that CMS would reject: more met than there are in the denominator."""
    doc = document(2025)
    doc.measure("236").set_counts(IPOP=100, DENOM=100, NUMER=100, DENEX=1)
    doc.measure("236").rates.clear()
    return doc.bytes()


CLEAN = complete_document(2025).bytes()
INDIVIDUAL = complete_document(2025, "MIPS_INDIV").bytes()
BLOCKED = _blocked()
REJECTED = _rejected()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, data: bytes = CLEAN) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def details(path: str) -> list[dict[str, Any]]:
    errors = json.loads(Path(path).read_bytes())["errors"]
    return [detail for error in errors for detail in error["details"]]


# -- where results go


def test_the_name_of_the_command_may_be_left_out() -> None:
    write("a.xml")
    assert qrda2qpp("a.xml") == qrda2qpp("convert", "a.xml")


def test_result_is_that_of_the_library() -> None:
    write("a.xml")
    assert qrda2qpp("a.xml").text == converter.convert(CLEAN).to_json(indent=2) + "\n"


def test_output_file() -> None:
    write("a.xml")
    result = qrda2qpp("a.xml", "-o", "deep/er/result.json")
    assert (result.code, result.stdout, result.stderr) == (0, b"", "")
    assert Path("deep/er/result.json").read_bytes() == qrda2qpp("a.xml").stdout
    assert [path.name for path in Path("deep/er").iterdir()] == ["result.json"]


def test_output_file_of_a_process_is_written_in_utf8_with_plain_line_ends() -> None:
    write("a.xml")
    assert process("a.xml", "-o", "result.json", folder=Path.cwd()).code == 0
    assert Path("result.json").read_bytes() == qrda2qpp("a.xml").stdout


def test_failure_writes_nothing_to_standard_output() -> None:
    result = qrda2qpp(stdin=BLOCKED)
    assert (result.code, result.stdout) == (1, b"")
    assert "GUID001" in result.stderr


def test_failure_removes_the_output_file_of_an_earlier_run() -> None:
    write("a.xml", BLOCKED)
    write("result.json", b"{}")
    assert qrda2qpp("a.xml", "-o", "result.json").code == 1
    assert not Path("result.json").exists()


@pytest.mark.parametrize("output", ["a.xml", "./a.xml", "deep/../a.xml"])
def test_output_file_may_not_be_the_source(output: str) -> None:
    write("a.xml")
    Path("deep").mkdir()
    assert qrda2qpp("a.xml", "-o", output).code == 2
    assert Path("a.xml").read_bytes() == CLEAN


@pytest.mark.parametrize("source", [CLEAN, BLOCKED])
def test_report_file_may_not_be_the_source(source: bytes) -> None:
    write("a.xml", source)
    assert qrda2qpp("a.xml", "-o", "result.json", "--report", "text=a.xml").code == 2
    assert Path("a.xml").read_bytes() == source


def test_report_file_may_not_be_the_output_file() -> None:
    write("a.xml")
    assert qrda2qpp("a.xml", "-o", "result.json", "--report", "text=result.json").code == 2
    assert not Path("result.json").exists()


def test_output_file_and_output_folder_exclude_each_other() -> None:
    write("a.xml")
    assert qrda2qpp("a.xml", "-o", "result.json", "--out", "out").code == 2
    assert not Path("result.json").exists()


def test_output_folder_gets_either_file() -> None:
    write("in/good.xml")
    write("in/bad.xml", BLOCKED)
    result = qrda2qpp("in", "--out", "out")
    assert (result.code, result.stdout) == (1, b"")
    assert results() == ["bad-error.json", "good-qpp.json"]
    assert "1 of 2" in result.stderr
    assert "bad.xml" in result.stderr
    assert Path("out/good-qpp.json").read_bytes() == qrda2qpp("in/good.xml").stdout


def test_output_folder_loses_a_counterpart_that_no_longer_holds() -> None:
    write("a.xml")
    qrda2qpp("a.xml", "--out", "out")
    write("a.xml", BLOCKED)
    qrda2qpp("a.xml", "--out", "out")
    assert results() == ["a-error.json"]
    write("a.xml")
    qrda2qpp("a.xml", "--out", "out")
    assert results() == ["a-qpp.json"]


@pytest.mark.parametrize("second", ["other/a.xml", "other/A.XML", "other/a"])
def test_two_results_of_one_name_are_a_finding(second: str) -> None:
    write("a.xml")
    write(second, BLOCKED)
    result = qrda2qpp("a.xml", second, "--out", "out", "--report", "error-json=report.json")
    assert result.code == 1
    assert results() == ["a-qpp.json"]
    assert [detail["id"] for detail in details("report.json")] == ["XML011"]
    assert Path("out/a-qpp.json").read_bytes() == qrda2qpp("a.xml").stdout


def test_output_folder_that_is_a_file_is_refused() -> None:
    write("a.xml")
    write("out", b"x")
    assert qrda2qpp("a.xml", "--out", "out").code == 2
    assert Path("out").read_bytes() == b"x"


def test_output_folder_that_cannot_be_made_is_a_finding() -> None:
    write("in/deep/a.xml")
    write("in/b.xml")
    write("out/deep", b"a file where a folder should be")
    result = qrda2qpp("in", "--out", "out", "--report", "error-json=report.json")
    assert result.code == 1
    assert [detail["id"] for detail in details("report.json")] == ["XML012"]
    assert "b-qpp.json" in results()


@pytest.mark.parametrize("options", [("-o", "out/a-qpp.json"), ("--out", "out")])
def test_a_result_is_written_whole_or_not_at_all(options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_source: Any, _target: Any) -> None:
        raise OSError(28, "No space left on device")

    write("a.xml")
    monkeypatch.setattr(os, "replace", refuse)
    result = qrda2qpp("a.xml", *options)
    assert (result.code, result.stdout) == (1, b"")
    assert "No space left" in result.stderr or "XML012" in result.stderr or "not converted" in result.stderr
    assert results() == []


def test_a_report_that_cannot_be_written_is_a_failure() -> None:
    write("a.xml")
    write("taken", b"x")
    result = qrda2qpp("a.xml", "--report", "text=taken/report.txt")
    assert (result.code, result.stdout) == (1, b"")
    assert "could not be written" in result.stderr


def test_a_report_that_cannot_be_written_costs_no_result() -> None:
    write("a.xml", CLEAN)
    result = qrda2qpp("a.xml", "-o", "a.json", "--report", "html=a.xml/report.html")
    assert result.code == 1
    assert "The report could not be written" in result.stderr
    assert json.loads(Path("a.json").read_text(encoding="utf-8"))["performanceYear"] == 2025


def test_same_document_same_result() -> None:
    write("a.xml")
    first = qrda2qpp("a.xml", "--report", "error-json")
    assert all(qrda2qpp("a.xml", "--report", "error-json") == first for _ in range(3))


# -- year


@pytest.mark.parametrize("year", ["1999", "2016", "2028", "twenty"])
def test_a_year_that_is_not_known(year: str) -> None:
    result = qrda2qpp("--year", year, stdin=CLEAN)
    assert (result.code, result.stdout) == (2, b"")


def test_a_year_that_is_right() -> None:
    assert qrda2qpp("--year", "2025", stdin=CLEAN) == qrda2qpp(stdin=CLEAN)


def test_a_year_that_is_wrong_is_code_5() -> None:
    assert qrda2qpp("--year", "2024", "--report", "error-json=report.json", stdin=CLEAN).code == 1
    assert [detail["errorCode"] for detail in details("report.json")] == [5]


# -- strict, verify, quiet


def test_what_cms_would_reject_is_converted_and_told() -> None:
    result = qrda2qpp(stdin=REJECTED)
    assert result.code == 0
    assert result.json["measurementSets"][0]["measurements"][0]["value"]["performanceNotMet"] == -1
    assert "SUB001" in result.stderr


def test_strict_blocks_what_cms_would_reject() -> None:
    result = qrda2qpp("--strict", stdin=REJECTED)
    assert (result.code, result.stdout) == (1, b"")
    assert "SUB001" in result.stderr


def test_strict_writes_an_error_file() -> None:
    write("a.xml", REJECTED)
    assert qrda2qpp("a.xml", "--strict", "--out", "out").code == 1
    assert results() == ["a-error.json"]
    assert [detail["id"] for detail in details("out/a-error.json")] == ["SUB001"]


def test_verify_changes_nothing() -> None:
    assert qrda2qpp("--verify", stdin=CLEAN) == qrda2qpp(stdin=CLEAN)
    assert qrda2qpp("--verify", stdin=BLOCKED) == qrda2qpp(stdin=BLOCKED)


@pytest.mark.parametrize(("data", "code"), [(CLEAN, 0), (BLOCKED, 1), (REJECTED, 0), (b"", 1)])
def test_quiet_says_nothing(data: bytes, code: int) -> None:
    result = qrda2qpp("--quiet", stdin=data)
    assert (result.code, result.stderr) == (code, "")


def test_quiet_into_a_folder() -> None:
    write("in/a.xml")
    write("in/b.xml", BLOCKED)
    result = qrda2qpp("in", "--out", "out", "-q")
    assert (result.code, result.stdout, result.stderr) == (1, b"", "")


# -- reports


@pytest.mark.parametrize("data", [CLEAN, BLOCKED])
def test_text_report_goes_to_standard_error(data: bytes) -> None:
    result = qrda2qpp("--report", "text", stdin=data)
    assert result.stderr.startswith("stdin: ")
    assert "2025" in result.stderr


def test_error_json_report_goes_to_standard_error() -> None:
    result = qrda2qpp("--report", "error-json", stdin=BLOCKED)
    assert json.loads(result.stderr)["errors"][0]["details"][0]["errorCode"] == 6


def test_report_of_a_process_in_an_encoding_of_windows() -> None:
    result = process("--report", "error-json", stdin=BLOCKED, PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert result.code == 1
    assert json.loads(result.stderr)["errors"][0]["sourceIdentifier"] == "stdin"


def test_report_file_covers_the_whole_run() -> None:
    write("in/a.xml")
    write("in/b.xml", BLOCKED)
    assert qrda2qpp("in", "--out", "out", "--report", "text=report.txt").code == 1
    report = Path("report.txt").read_text(encoding="utf-8")
    assert "a.xml: converted" in report
    assert "b.xml: not converted" in report
    assert "GUID001" in report


def test_report_format_that_does_not_exist() -> None:
    result = qrda2qpp("--report", "poem", stdin=CLEAN)
    assert (result.code, result.stdout) == (2, b"")
    assert "error-json" in result.stderr


# -- TIN and NPI


def _identified() -> bytes:
    """A blocked document whose finding shows the element with the TIN."""
    doc = document(2025, "MIPS_INDIV")
    doc.measure("236").guid = TIN
    return doc.bytes()


@pytest.mark.parametrize("report", ["text", "error-json"])
@pytest.mark.parametrize("data", [INDIVIDUAL, _identified()])
def test_reports_mask_tin_and_npi(report: str, data: bytes) -> None:
    name = f"export {TIN} of {NPI}.xml"
    write(name, data)
    result = qrda2qpp(name, "-o", "result.json", "--report", f"{report}=report")
    words = Path("report").read_text(encoding="utf-8") + result.stderr
    assert TIN not in words
    assert NPI not in words
    assert f"*****{TIN[-4:]}" in words


def test_error_files_and_messages_of_a_folder_mask_tin_and_npi() -> None:
    write(f"in/export {TIN} of {NPI}.xml", _identified())
    write(f"other/export {TIN} of {NPI}.xml", _identified())
    result = qrda2qpp("in", "other", "--out", "out", "--report", "text=report.txt")
    words = [path.read_text(encoding="utf-8") for path in Path("out").iterdir()]
    for text in (*words, Path("report.txt").read_text(encoding="utf-8"), result.stderr):
        assert TIN not in text
        assert NPI not in text


@pytest.mark.parametrize("report", ["text", "error-json"])
def test_show_ids_shows_them(report: str) -> None:
    name = f"export {TIN}.xml"
    write(name, _identified())
    qrda2qpp(name, "--show-ids", "--report", f"{report}=report")
    words = Path("report").read_text(encoding="utf-8")
    assert name in words
    assert words.count(TIN) > 1


def test_a_tin_that_is_no_tin_does_not_blot_the_report() -> None:
    doc = document(2025)
    doc.measure("236").guid = "00000000-0000-0000-0000-000000000000"
    doc.performers[0].organization_ids[0].extension = "0"
    assert "00000000-0000-0000-0000-000000000000" in qrda2qpp("--report", "error-json", stdin=doc.bytes()).stderr


def test_a_submission_is_never_masked() -> None:
    submission = qrda2qpp(stdin=INDIVIDUAL).json
    assert submission["taxpayerIdentificationNumber"] == TIN
    assert submission["nationalProviderIdentifier"] == NPI


# -- failures of the tool


def failing(context: Context) -> None:
    tin = context.resolved.identity.tin
    raise ValueError(f"the TIN is {tin.extension if tin else None}")


@pytest.mark.parametrize("stage", ["CONVERT", "SUBMISSION"])
def test_a_rule_that_fails_is_a_finding_of_the_tool(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        converter.examination.qrda3_document, stage, (failing, *getattr(converter.examination.qrda3_document, stage))
    )
    write("a.xml", REJECTED if stage == "SUBMISSION" else BLOCKED)
    result = qrda2qpp("a.xml", "--strict", "--out", "out", fails_inside=True)
    assert result.code == 3
    assert results() == ["a-error.json"]
    found = {detail["id"]: detail for detail in details("out/a-error.json")}
    assert set(found) == {"TOOL001", "SUB001" if stage == "SUBMISSION" else "GUID001"}
    assert "failing" in found["TOOL001"]["message"]
    assert TIN not in Path("out/a-error.json").read_text(encoding="utf-8")
    assert "the TIN is" not in Path("out/a-error.json").read_text(encoding="utf-8")


def test_a_failure_of_the_tool_is_the_exit_code_of_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_for_2024(context: Context) -> None:
        assert context.year != 2024

    monkeypatch.setattr(converter.examination.qrda3_document, "CONVERT", (*CONVERT, fail_for_2024))
    write("in/a.xml", document(2024).bytes())
    write("in/b.xml", BLOCKED)
    write("in/c.xml")
    assert qrda2qpp("in", "--out", "out", fails_inside=True).code == 3
    assert results() == ["a-error.json", "b-error.json", "c-qpp.json"]


def test_a_failure_outside_of_rules_says_no_more_than_its_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise ValueError(f"the TIN is {TIN}")

    monkeypatch.setattr(converter.pipeline, "parse", fail)
    result = qrda2qpp(stdin=CLEAN, fails_inside=True)
    assert (result.code, result.stdout) == (3, b"")
    assert "TOOL001" in result.stderr
    assert TIN not in result.stderr


def test_a_failure_of_the_command_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise ValueError(f"the TIN is {TIN}")

    monkeypatch.setattr("converter.cli.work.convert_source", fail)
    result = qrda2qpp(stdin=CLEAN, fails_inside=True)
    assert (result.code, result.stdout) == (3, b"")
    assert "ValueError" in result.stderr
    assert TIN not in result.stderr


@pytest.mark.parametrize("options", [(), ("--out", "out"), ("-o", "result.json")])
def test_interrupt(options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_arguments: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("converter.cli.work.convert_source", interrupt)
    result = qrda2qpp(*options, stdin=CLEAN)
    assert (result.code, result.stdout) == (130, b"")
    assert not Path("result.json").exists()


# -- help


@pytest.mark.parametrize("command", ["convert", "check", "explain", "measures", "years"])
def test_help_shows_examples(command: str) -> None:
    result = qrda2qpp(command, "--help")
    assert result.code == 0
    assert f"\n    qrda2qpp {command} " in result.text or "\n    qrda2qpp export.xml" in result.text


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_of_all(option: str) -> None:
    result = qrda2qpp(option)
    assert result.code == 0
    for word in ("Examples:", "Exit codes:", "convert", "check", "explain", "measures", "years"):
        assert word in result.text


def test_help_on_a_terminal() -> None:
    result = qrda2qpp(terminal=True)
    assert result.code in (0, 2)
    assert "Usage: qrda2qpp" in result.text + result.stderr


@pytest.mark.parametrize("command", ["convert", "check"])
def test_a_terminal_is_not_waited_for(command: str) -> None:
    assert qrda2qpp(command, terminal=True).code == 2


def test_version() -> None:
    assert qrda2qpp("--version").text.split() == ["qrda2qpp,", "version", converter.__version__]


def test_an_option_that_does_not_exist() -> None:
    assert qrda2qpp("--colour", stdin=CLEAN).code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGPIPE and no EPIPE")
@pytest.mark.parametrize("options", [(), ("check",)])
def test_a_reader_that_goes_away_is_no_failure_of_the_tool(options: tuple[str, ...]) -> None:
    write("a.xml", INDIVIDUAL)
    command = [sys.executable, "-m", "converter", *options, "a.xml"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 1
