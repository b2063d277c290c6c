"""`--report`: several at once, formats by the ending of a file, and what cannot be meant."""

import json
import tracemalloc
from pathlib import Path

import pytest

from tests.cli.runner import qrda2qpp
from tests.complete import complete_document
from tests.documents import document

ENDINGS = {
    "text": "r.txt",
    "html": "r.html",
    "markdown": "r.md",
    "json": "r.json",
    "csv": "r.csv",
    "sarif": "r.sarif",
}


def _blocked() -> bytes:
    doc = document(2025)
    doc.measure("236").guid = "00000000-0000-0000-0000-000000000000"
    return doc.bytes()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/a.xml").write_bytes(complete_document(2025).bytes())
    Path("in/b.xml").write_bytes(_blocked())
    return tmp_path


def files() -> set[str]:
    return {path.name for path in Path().iterdir() if path.is_file()}


@pytest.mark.every(3)
@pytest.mark.parametrize("form", ENDINGS)
def test_the_ending_of_a_file_names_its_format(form: str) -> None:
    printed = qrda2qpp("check", "in", "--report", form).stdout
    for name in (ENDINGS[form], ENDINGS[form].upper()):
        assert qrda2qpp("check", "in", "--report", name).code == 1
        assert Path(name).read_bytes() == printed


@pytest.mark.parametrize("value", ["HTML=page", "Html=page"])
def test_a_format_is_known_in_any_case(value: str) -> None:
    qrda2qpp("check", "in", "--report", value)
    assert Path("page").read_bytes().startswith(b"<!doctype html>")


def test_a_named_format_outweighs_the_ending() -> None:
    qrda2qpp("check", "in", "--report", "error-json=errors.json")
    assert set(json.loads(Path("errors.json").read_bytes())) >= {"errors"}


@pytest.mark.parametrize("command", ["check", "convert"])
def test_several_reports_are_those_that_each_would_be(command: str) -> None:
    more = ("--out", "out") if command == "convert" else ()
    wanted = {}
    for name in (*ENDINGS.values(), "error-json=e.json"):
        qrda2qpp(command, "in", *more, "--report", name)
        file = name.rpartition("=")[2]
        wanted[file] = Path(file).read_bytes()
        Path(file).unlink()
    words = [part for name in (*ENDINGS.values(), "error-json=e.json") for part in ("--report", name)]
    assert qrda2qpp(command, "in", *more, *words).code == 1
    assert {name: Path(name).read_bytes() for name in wanted} == wanted


def test_several_reports_change_no_result() -> None:
    plain = qrda2qpp("in/a.xml")
    assert plain.code == 0
    result = qrda2qpp("in/a.xml", "--report", "r.html", "--report", "r.json")
    assert (result.code, result.stdout, result.stderr) == (0, plain.stdout, "")
    assert files() == {"r.html", "r.json"}


def test_one_of_several_reports_may_be_printed() -> None:
    result = qrda2qpp("check", "in", "--report", "r.html", "--report", "json")
    assert [one["source"] for one in result.json["documents"]] == ["in/a.xml", "in/b.xml"]
    assert files() == {"r.html"}


def test_a_report_that_cannot_be_written_does_not_stop_the_others() -> None:
    Path("file").write_bytes(b"")
    result = qrda2qpp("check", "in", "--report", "file/r.html", "--report", "r.csv")
    assert result.code == 1
    assert "could not be written" in result.stderr
    assert files() == {"file", "r.csv"}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (("htm1=r.html",), ("'htm1' is not a report format", "Did you mean 'html'?")),
        (("report.pdf",), ("'report.pdf' is not a report format", ".html")),
        (("report",), ("'report' is not a report format", "text, html")),
        (("pdf=r.html",), ("'pdf' is not a report format",)),
        (("text", "json"), ("Only one report can be printed",)),
        (("r.html", "text=r.html"), ("Two reports would be written to r.html",)),
        (("r.html", "html=./r.html"), ("Two reports would be written",)),
    ],
)
def test_what_cannot_be_meant(values: tuple[str, ...], words: tuple[str, ...]) -> None:
    result = qrda2qpp("check", "in", *(part for value in values for part in ("--report", value)))
    assert (result.code, result.stdout) == (2, b"")
    said = " ".join(result.stderr.split())
    assert all(one in said for one in words)
    assert files() == set()


@pytest.mark.parametrize("values", [("in/a.xml=1",), ("text=in/a.xml",), ("r.csv", "json=in/a.xml")])
def test_no_source_is_overwritten(values: tuple[str, ...]) -> None:
    before = Path("in/a.xml").read_bytes()
    result = qrda2qpp("check", "in", *(part for value in values for part in ("--report", value)))
    assert result.code == 2
    assert Path("in/a.xml").read_bytes() == before


@pytest.mark.long
def test_a_single_report_keeps_one_document_in_memory() -> None:
    data = Path("in/a.xml").read_bytes()
    qrda2qpp("check", "in", "--report", "r.csv")  # what is loaded once is not counted

    def peak(count: int) -> int:
        for number in range(count):
            Path(f"in/{number}.xml").write_bytes(data)
        tracemalloc.start()
        qrda2qpp("check", "in", "--report", "r.csv")
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(24) < 1.5 * peak(4)
