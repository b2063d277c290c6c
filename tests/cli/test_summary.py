"""What is said at the end of a run over several files, and of each file that was refused."""

from pathlib import Path
from typing import Any

import pytest

from converter.batch.record import Fate, fate, record
from converter.cli.summary import Tally, refusal
from converter.facts.files import data_folders
from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.finding import Kind
from converter.pipeline import Options, convert_source
from converter.result import ALWAYS_BLOCKING, Conversion
from tests.cli.runner import Result, qrda2qpp
from tests.complete import complete_document
from tests.documents import TIN, document

UNKNOWN = "00000000-0000-0000-0000-000000000000"


def _blocked(*measures: str) -> bytes:
    doc = document(2025, measures=("236", "134"))
    for measure in measures:
        doc.measure(measure).guid = UNKNOWN
    return doc.bytes()


def _rejected() -> bytes:
    doc = document(2025)
    doc.measure("236").set_counts(IPOP=100, DENOM=100, NUMER=100, DENEX=1)
    doc.measure("236").rates.clear()
    return doc.bytes()


FILES = {
    "clean.xml": complete_document(2025).bytes(),
    "few.xml": document(2025, "MIPS_INDIV").bytes(),
    "one.xml": _blocked("236"),
    "two.xml": _blocked("236", "134"),
    "half.xml": complete_document(2025).bytes()[:5000],
    "rejected.xml": _rejected(),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    return tmp_path


def run(*arguments: str, names: tuple[str, ...] = tuple(FILES)) -> Result:
    for name in names:
        Path("in", name).write_bytes(FILES[name])
    return qrda2qpp(*arguments)


def test_end_of_a_check() -> None:
    lines = run("check", "in", "--report", "r.html").stderr.splitlines()
    end = lines.index("6 files checked: 1 accepted, 1 accepted at a cost, 3 refused, 1 not read.")
    assert lines[end + 1] == "Causes, by number of files:"
    causes = [line.split(maxsplit=1) for line in lines[end + 2 :]]
    assert causes[0] == ["GUID001", causes[0][1]]
    assert causes[0][1].startswith("measure-guid-") and causes[0][1].endswith(" 2 files")
    assert all(words.endswith(" 1 file") for _, words in causes[1:])
    assert len({id for id, _ in causes}) == len(causes)


def test_end_of_a_conversion() -> None:
    lines = run("in", "--out", "out").stderr.splitlines()
    fates = "1 accepted, 1 accepted at a cost, 1 that CMS would reject, 2 refused, 1 not read"
    assert f"3 of 6 converted into out: {fates}." in lines
    assert any(line.split()[0] == "GUID001" and line.endswith(" 2 files") for line in lines)


def test_each_refused_file_is_told_with_its_first_cause() -> None:
    lines = run("in", "--out", "out").stderr.splitlines()
    for name, id in (("one.xml", "GUID001"), ("two.xml", "GUID001"), ("half.xml", "XML")):
        (head,) = (number for number, line in enumerate(lines) if line.startswith(f"in/{name}: not converted"))
        assert lines[head + 1].startswith(f"  {id}")
        assert len(lines[head + 1]) <= 100
    assert not any(line.startswith(f"in/{name}") for line in lines for name in ("clean.xml", "few.xml"))


def test_report_in_words_is_not_repeated() -> None:
    result = run("check", "in")
    assert "in/one.xml: CMS would reject it" in result.text
    assert "in/one.xml" not in result.stderr
    assert "6 files checked" in result.stderr


@pytest.mark.parametrize("options", [("check", "in", "--quiet"), ("in", "--out", "out", "--quiet")])
def test_quiet_run_says_nothing(options: tuple[str, ...]) -> None:
    assert run(*options).stderr == ""


def test_one_file_needs_no_summary() -> None:
    assert run("check", "in", names=("one.xml",)).stderr == ""


def test_clean_run_has_no_causes() -> None:
    assert run("in", "--out", "out", names=("clean.xml",)).stderr == "1 of 1 converted into out: 1 accepted.\n"


def test_only_the_causes_of_most_files_are_listed() -> None:
    tally = Tally()
    chosen = [Kind(id=f"XYZ{n:03}", slug="s", message="m", expected="-", fix="f") for n in range(1, 14)]
    for kind in (*chosen, chosen[-1]):
        findings = Collector()
        findings.add(kind)
        tally.add(record(Conversion("a.xml", findings, ALWAYS_BLOCKING), False))
    lines = list(tally.lines("14 files"))
    assert lines[2].split()[0] == chosen[-1].id and lines[2].endswith("2 files")
    assert [line.split()[0] for line in lines[3:12]] == sorted(kind.id for kind in chosen[:-1])[:9]
    assert lines[12:] == ["  ... and 3 more"]


@pytest.mark.parametrize(
    ("kind", "words", "found"),
    [
        (kinds.OUTPUT_TAKEN, {"other": "b.xml"}, Fate.NOT_WRITTEN),
        (kinds.OUTPUT_UNWRITABLE, {"problem": "x"}, Fate.NOT_WRITTEN),
        (kinds.FILE_UNREADABLE, {"problem": "x"}, Fate.NOT_READ),
        (kinds.CHECK_FAILED, {"step": "x", "problem": "y"}, Fate.FAILED),
    ],
)
def test_other_fates(kind: Kind, words: dict[str, Any], found: Fate) -> None:
    findings = Collector()
    findings.add(kind, **words)
    assert fate(Conversion("a.xml", findings, ALWAYS_BLOCKING)) is found


def test_first_cause_is_masked_and_cut() -> None:
    result = convert_source(f"{TIN}.xml", lambda: FILES["one.xml"], data_folders(), Options())
    assert TIN not in refusal(record(result, False), 100)
    assert TIN in refusal(record(result, True), 100)
    narrow = refusal(record(result, False), 60).splitlines()[1]
    assert len(narrow) == 60 and narrow.endswith("...")
