"""`--resume`: what is left out, what is done again, and that nothing else differs from a run without it."""

import csv
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from converter.cli.overwrites import STATE
from converter.parsers.qrda3.kind import is_qrda3
from tests.cli.resumed import ALL, CLEAN, KEPT, converted, everything, make_folder, note_inputs, said_before
from tests.cli.runner import qrda2qpp, results
from tests.documents import NPI, SCHEMAS, TIN

folder, dealt_with = make_folder, note_inputs
pytestmark = pytest.mark.usefixtures("folder")


def test_nothing_is_done_twice(dealt_with: list[str]) -> None:
    first = converted()
    wanted = everything()
    seconds = [row["seconds"] for row in csv.DictReader(Path("summary.csv").read_text("utf-8").splitlines())]
    times = {name: Path("out", name).stat().st_mtime_ns for name in results()}
    assert len(dealt_with) == ALL
    dealt_with.clear()
    again = converted("--resume")
    assert dealt_with == []
    assert said_before(again) == (first.stderr, ALL)
    assert (again.code, again.stdout, everything()) == (first.code, first.stdout, wanted)
    assert times == {name: Path("out", name).stat().st_mtime_ns for name in results()}
    assert seconds == [row["seconds"] for row in csv.DictReader(Path("summary.csv").read_text("utf-8").splitlines())]


def _other_times() -> None:
    for path in Path("in").rglob("*"):
        os.utime(path, (0, 0))


def _changed() -> None:
    Path("in/few.xml").write_bytes(CLEAN)


def _changed_member() -> None:
    with zipfile.ZipFile("in/more.zip", "w") as archive:
        archive.writestr("of/again.xml", CLEAN)
        archive.writestr("of/wrong.xml", CLEAN)


def _one_more() -> None:
    Path("in/zz.xml").write_bytes(CLEAN)


def _moved() -> None:
    Path("in/few.xml").rename("in/fez.xml")


def _result_removed() -> None:
    Path("out/few-qpp.json").unlink()


def _result_changed() -> None:
    path = Path("out/few-qpp.json")
    path.write_bytes(path.read_bytes().replace(b"2025", b"2024"))


def _errors_changed() -> None:
    Path("out/wrong-error.json").write_bytes(b"")


def _counterpart() -> None:
    Path("out/few-error.json").write_bytes(b"{}")


def _result_is_a_folder() -> None:
    Path("out/few-qpp.json").unlink()
    Path("out/few-qpp.json").mkdir()


@pytest.mark.every(5)
@pytest.mark.parametrize(
    ("change", "done"),
    [
        (lambda: None, []),
        (_other_times, []),
        (_changed, ["few.xml"]),
        (_changed_member, ["wrong.xml"]),
        (_one_more, ["zz.xml"]),
        (_moved, ["fez.xml"]),
        (_result_removed, ["few.xml"]),
        (_result_changed, ["few.xml"]),
        (_errors_changed, ["wrong.xml"]),
        (_counterpart, ["few.xml"]),
        (_result_is_a_folder, ["few.xml"]),
    ],
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_has_changed_is_done_again(
    change: Callable[[], None], done: list[str], jobs: str, dealt_with: list[str]
) -> None:
    converted()
    change()
    dealt_with.clear()
    again = converted("--resume", "--jobs", jobs)
    if jobs == "1" or len(done) < 2:  # others are not worth a process
        assert dealt_with == done
    found = everything()
    anew = converted(out="new")
    lines = again.stderr.replace("into out", "into new").splitlines()
    if change is _result_is_a_folder:
        assert "few.xml: not written" in again.stderr
        return
    assert [one for one in lines if "earlier run" not in one] == anew.stderr.splitlines()
    assert again.code == anew.code
    if change is _moved:
        del found[0]["few-qpp.json"]  # what an earlier run has written stays
    assert found == everything("new")


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--year", "2025"), "with other options"),
        (("--strict",), "with other options"),
        (("--verify",), "with other options"),
        (("--show-ids",), "with other options"),
        (("--max-depth", "100"), "with other options"),
        (("--catalog", "data"), "with other data files"),
    ],
)
def test_with_other_options_nothing_is_left_out(options: tuple[str, ...], why: str, dealt_with: list[str]) -> None:
    Path("data/catalog").mkdir(parents=True)
    converted()
    dealt_with.clear()
    again = converted("--resume", *options)
    assert len(dealt_with) == ALL
    assert f"Nothing of an earlier run is kept: it was made {why}" in again.stderr
    assert said_before(again)[1] == 0
    dealt_with.clear()
    assert said_before(converted("--resume", *options))[1] == ALL
    assert dealt_with == []


def test_what_changes_no_result_changes_nothing() -> None:
    converted("--quiet", "--report", "json=report.json")
    assert said_before(converted("--resume", "--timeout", "100", "--brief", "--color", "never"))[1] == ALL


def test_a_catalog_that_has_changed(dealt_with: list[str]) -> None:
    shutil.copytree(SCHEMAS / "catalog", "data/catalog")
    converted("--catalog", "data")
    dealt_with.clear()
    assert said_before(converted("--resume", "--catalog", "data"))[1] == ALL
    path = Path("data/catalog/2025.json")
    path.write_bytes(path.read_bytes() + b"\n")
    assert said_before(converted("--resume", "--catalog", "data"))[1] == 0
    Path("data/catalog/2018.json").unlink()
    assert said_before(converted("--resume", "--catalog", "data"))[1] == 0
    assert len(dealt_with) == 2 * ALL


def test_another_version_of_the_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    converted()
    monkeypatch.setattr("converter.cli.earlier.__version__", "0.0.1")
    assert "it was made with another version of this tool." in converted("--resume").stderr


def test_without_resume_a_run_begins_anew(dealt_with: list[str]) -> None:
    converted()
    converted()
    assert len(dealt_with) == 2 * ALL
    assert len(KEPT.read_bytes().splitlines()) == 1 + ALL
    converted("--resume")
    assert len(KEPT.read_bytes().splitlines()) == 1 + ALL


def test_what_files_have_to_do_with_each_other_is_found_across_runs() -> None:
    qrda2qpp("in/clean.xml", "--out", "out")
    said = converted("--resume")
    assert said_before(said)[1] == 1
    found = everything()
    anew = converted(out="new")
    assert said_before(said)[0].replace("into out", "into new") == anew.stderr
    assert found == everything("new")
    rows = {row["source"]: row for row in found[1]}
    again = rows[os.path.join("in", "more.zip") + "/of/again.xml"]
    assert (again["result"], again["warnings"]) == ("accepted at a cost", "3")


def test_identifiers_are_not_kept() -> None:
    converted()
    words = KEPT.read_text(encoding="ascii")
    assert TIN not in words and NPI not in words
    converted("--show-ids")
    assert TIN in KEPT.read_text(encoding="ascii")


def test_what_could_not_be_read_or_written_is_tried_again(dealt_with: list[str]) -> None:
    Path("in/empty.xml").write_bytes(b"")
    Path("in/more.zip").write_bytes(b"no archive")
    Path("out/few-qpp.json").mkdir(parents=True)
    assert converted().code == 1
    assert len(KEPT.read_bytes().splitlines()) == 1 + 4
    dealt_with.clear()
    Path("out/few-qpp.json").rmdir()
    converted("--resume")
    assert dealt_with == ["empty.xml", "few.xml", "more.zip"]
    assert "few-qpp.json" in results()


def test_what_took_too_long_is_tried_again(dealt_with: list[str]) -> None:
    assert "XML014" in converted("--timeout", "0.000001").stderr
    dealt_with.clear()
    assert said_before(converted("--resume"))[1] == 0
    assert len(dealt_with) == ALL


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError()])
def test_what_may_end_otherwise_another_time_is_tried_again(
    error: Exception, monkeypatch: pytest.MonkeyPatch, dealt_with: list[str]
) -> None:
    calls = 0

    def fails_once(*arguments: object) -> bool:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise error
        return is_qrda3(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("converter.pipeline.is_qrda3", fails_once)
    qrda2qpp("in", "--out", "out", "--jobs", "1", fails_inside=isinstance(error, RuntimeError))
    dealt_with.clear()
    assert said_before(converted("--resume"))[1] == ALL - 1
    assert dealt_with == ["clean.xml"]
    found = everything()
    converted(out="new")
    assert found == everything("new")


def test_sources_that_are_read_only_once(dealt_with: list[str]) -> None:
    for _ in range(2):
        said = qrda2qpp("in/few.xml", "-", "--out", "out", "--resume", "--jobs", "1", stdin=CLEAN)
        assert said.code == 0
    assert dealt_with == ["few.xml", "stdin", "stdin"]


# -- wrong usage


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("in", "--resume"), "--resume needs --out DIR"),
        (("in/few.xml", "-o", "few.json", "--resume"), "--resume needs --out DIR"),
        (("in", "--out", "out", "--resume", "--report", "r.html"), "--resume cannot be used with --report"),
        (("in", "--out", "s3://bucket/out", "--resume"), "--resume needs a folder"),
        (("check", "in", "--resume"), "--resume is for convert with --out DIR"),
        (("in", "--out", "out", "--summary", "out/s.csv", "--report", f"csv=out/{STATE}"), "would overwrite"),
        (("in/few.xml", f"out/{STATE}", "--out", "out"), "would overwrite a source"),
    ],
)
def test_what_cannot_be_meant(arguments: tuple[str, ...], words: str) -> None:
    if f"out/{STATE}" in arguments:
        Path("out").mkdir()
        KEPT.write_bytes(b"x")
    said = qrda2qpp(*arguments)
    assert (said.code, said.stdout) == (2, b"")
    assert words in said.stderr
    assert not results()
