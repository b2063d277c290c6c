"""Several processes give what one gives, byte for byte."""

import csv
import json
import os
import zipfile
from pathlib import Path

import pytest

from converter.batch import portions
from converter.emitters.reports.formats import FORMATS
from tests.cli.runner import qrda2qpp, results
from tests.complete import complete_document
from tests.documents import TIN, document

UNKNOWN = "00000000-0000-0000-0000-000000000000"


def _wrong() -> bytes:
    doc = document(2025, measures=("236", "134"))
    doc.measure("236").guid = UNKNOWN
    return doc.bytes()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files good and bad, of one practice, in folders and archives; and whatever their size, processes share them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(portions, "_WORTH_BYTES", 1)
    monkeypatch.setattr(portions, "_PORTION", 3)
    Path("in/deep").mkdir(parents=True)
    files = {"clean": complete_document(2025).bytes(), "few": document(2025, "MIPS_INDIV").bytes(), "wrong": _wrong()}
    for name, data in files.items():
        Path("in", f"{name}.xml").write_bytes(data)
        Path("in/deep", f"{name}-{TIN}.xml").write_bytes(data)
    Path("in/half.xml").write_bytes(files["clean"][:5000])
    with zipfile.ZipFile("in/more.zip", "w") as archive:
        for name, data in files.items():
            archive.writestr(f"of/{name}.xml", data)
        archive.writestr("of/FEW.xml", files["few"])
    return tmp_path


def everything(folder: Path) -> dict[str, bytes]:
    return {name: folder.joinpath(name).read_bytes() for name in results(folder)}


@pytest.mark.every(3)
@pytest.mark.parametrize("options", [(), ("--show-ids",), ("--strict", "--verify")])
def test_results_are_the_same(options: tuple[str, ...]) -> None:
    reports = [word for form in FORMATS for word in ("--report", f"{form}=r/report.{form}")]
    runs = []
    for jobs in ("1", "2"):
        said = qrda2qpp("in", "--out", "out", *reports, *options, "--jobs", jobs)
        runs.append((said.code, said.text, said.stderr, everything(Path("out")), everything(Path("r"))))
        for path in (*Path("out").rglob("*.json"), *Path("r").iterdir()):
            path.unlink()
    assert runs[0] == runs[1]
    assert len(runs[0][3]) == 10
    assert runs[0][0] == 1


def test_checks_are_the_same() -> None:
    runs = [qrda2qpp("check", "in", "--brief", "--jobs", jobs) for jobs in ("1", "2")]
    assert (runs[0].code, runs[0].text, runs[0].stderr) == (runs[1].code, runs[1].text, runs[1].stderr)
    assert "SUB027" in runs[0].text


def test_refusals_count_what_files_have_to_do_with_each_other() -> None:
    doc = document(2025)
    doc.measure("236").set_counts(IPOP=100, DENOM=100, NUMER=100, DENEX=1)
    doc.measure("236").rates.clear()
    for name in ("a.xml", "b.xml"):
        Path(name).write_bytes(doc.bytes())
    runs = [qrda2qpp("a.xml", "b.xml", "--strict", "--out", "out", "--jobs", jobs) for jobs in ("1", "2")]
    assert runs[0] == runs[1]
    lines = runs[0].stderr.splitlines()
    assert [one.rpartition(", ")[2] for one in lines if " - " in one and one[0] != " "] == ["3 warnings", "4 warnings"]


def test_standard_input_among_files() -> None:
    data = Path("in/few.xml").read_bytes()
    runs = [qrda2qpp("in/clean.xml", "-", "in/wrong.xml", "--out", "out", "--jobs", j, stdin=data) for j in ("1", "2")]
    assert runs[0].stderr == runs[1].stderr
    assert Path("out/stdin-qpp.json").is_file()


@pytest.mark.every(2)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_summary_has_a_row_for_each_file(jobs: str) -> None:
    qrda2qpp("in", "--out", "out", "--summary", "s.csv", "--quiet", "--jobs", jobs)
    qrda2qpp("check", "in", "--summary", "s.json", "--quiet", "--jobs", jobs)
    rows = list(csv.DictReader(Path("s.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == len(json.loads(Path("s.json").read_bytes())) == 11
    by_name = {row["source"]: row for row in rows}
    wrong = by_name[os.path.join("in", "wrong.xml")]
    assert (wrong["result"], wrong["first cause"], wrong["year"]) == ("refused", "GUID001", "2025")
    assert wrong["first cause in words"].startswith("The measure GUID")
    assert by_name[os.path.join("in", "half.xml")]["result"] == "not read"
    assert by_name[os.path.join("in", "clean.xml")]["result"] == "accepted"
    assert {row["TIN"] for row in rows} == {"*****7263", ""}
    assert TIN not in Path("s.csv").read_text(encoding="utf-8") + Path("s.json").read_text(encoding="utf-8")
    assert all(int(row["bytes"]) > 0 and float(row["seconds"]) >= 0 for row in rows if row["result"] != "not written")


def test_summary_that_cannot_be_written_costs_no_result() -> None:
    Path("taken").write_text("")
    said = qrda2qpp("in/clean.xml", "in/few.xml", "--out", "out", "--summary", "taken/s.csv")
    assert (said.code, len(everything(Path("out")))) == (1, 2)
    assert "could not be written" in said.stderr


def test_summary_of_another_kind_is_wrong_usage() -> None:
    said = qrda2qpp("in", "--out", "out", "--summary", "s.txt")
    assert (said.code, Path("out").exists()) == (2, False)


def test_summary_does_not_overwrite_a_result_or_a_source() -> None:
    assert qrda2qpp("in/clean.xml", "--out", "out", "--summary", "out/clean-qpp.json").code == 2
    Path("list.csv").write_text("x")
    assert qrda2qpp("list.csv", "--out", "out", "--summary", "list.csv").code == 2


def test_sources_from_a_list() -> None:
    Path("list.txt").write_bytes("\ufeffin/clean.xml\r\n\r\nin/more.zip\r\n".encode())
    assert qrda2qpp("in/few.xml", "--from-file", "list.txt", "--out", "out").code == 1
    assert len(everything(Path("out"))) == 5
    assert qrda2qpp("--from-file", "-", "--out", "two", stdin=b"in/clean.xml\nin/few.xml\n").code == 0
    assert len(everything(Path("two"))) == 2


@pytest.mark.parametrize(
    "words",
    [("-o", "list.csv"), ("-o", "a.json", "--report", "csv=list.csv"), ("--out", "out", "--summary", "list.csv")],
)
def test_a_list_is_not_written_over(words: tuple[str, ...]) -> None:
    Path("list.csv").write_text("in/clean.xml\n")
    assert qrda2qpp("--from-file", "list.csv", *words).code == 2
    assert qrda2qpp("check", "--from-file", "list.csv", "--report", "list.csv").code == 2
    assert Path("list.csv").read_text() == "in/clean.xml\n"


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\xff"])
def test_a_list_that_names_nothing_is_wrong_usage(content: bytes | None) -> None:
    if content is not None:
        Path("list.txt").write_bytes(content)
    said = qrda2qpp("--from-file", "list.txt", "--out", "out")
    assert (said.code, "list.txt" in said.stderr) == (2, True)


def test_summary_that_cannot_be_written_costs_no_report() -> None:
    Path("taken").write_text("")
    said = qrda2qpp("in/clean.xml", "in/few.xml", "--out", "out", "--summary", "taken/s.csv", "--report", "r.csv")
    assert said.code == 1
    assert Path("r.csv").read_text(encoding="utf-8").startswith("source,")
