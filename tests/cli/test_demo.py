"""`qrda2qpp demo`: the samples, and the commands that their README.txt names."""

import os
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.runner import qrda2qpp, results
from tests.documents import SCHEMAS
from tools.build_demo import samples

README = "README.txt"
BLOCKED = ("wrong-guid.xml", "over-denominator.xml", "cut-off.xml", "submission-wrong.json")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_samples_are_those_that_the_tool_makes() -> None:
    shipped = {path.name: path.read_bytes() for path in (SCHEMAS / "demo").iterdir()}
    assert {name: data for name, data in shipped.items() if name != README} == samples()
    assert sum(map(len, shipped.values())) < 300_000


def test_samples_are_written_as_they_are() -> None:
    result = qrda2qpp("demo", "new/samples")
    assert (result.code, result.stderr) == (0, "")
    written = {path.name: path.read_bytes() for path in Path("new/samples").iterdir()}
    assert written == samples() | {README: (SCHEMAS / "demo" / README).read_bytes()}
    assert qrda2qpp("demo", "new/samples").code == 0


def test_nothing_of_others_is_overwritten() -> None:
    Path("mine").mkdir()
    Path("mine/clean.xml").write_bytes(b"<mine/>")
    result = qrda2qpp("demo", "mine")
    assert (result.code, result.stdout) == (2, b"")
    assert "already there" in result.stderr
    assert [path.name for path in Path("mine").iterdir()] == ["clean.xml"]
    assert Path("mine/clean.xml").read_bytes() == b"<mine/>"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and links as on POSIX")
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda at: os.symlink("/dev/zero", at),
                                  lambda at: os.symlink("nowhere", at), lambda at: os.symlink(at.name, at)],
                         ids=["pipe", "folder", "device", "nowhere", "itself"])  # fmt: skip
def test_what_is_no_file_is_left_alone(make: Callable[[Path], None], folder: Path) -> None:
    Path("mine").mkdir()
    make(folder / "mine" / "wrong-guid.xml")
    result = qrda2qpp("demo", "mine")
    assert (result.code, os.listdir("mine")) == (2, ["wrong-guid.xml"])
    assert "already there" in result.stderr


def test_a_file_is_no_folder() -> None:
    Path("file").write_bytes(b"")
    assert qrda2qpp("demo", "file").code == 2


def test_each_sample_is_what_its_name_says() -> None:
    qrda2qpp("demo", ".")
    for name in samples():
        assert qrda2qpp("check", name).code == (1 if name in BLOCKED else 0), name
    found = qrda2qpp("check", "clean.xml", "--report", "json").json["documents"][0]["findings"]
    assert {one["stage"] for one in found} == {"guide"}
    found = qrda2qpp("check", "clean.xml", "--guide", "none", "--report", "json").json["documents"][0]["findings"]
    assert found == []
    assert qrda2qpp("check", "few-measures.xml", "--report", "json").json["documents"][0]["findings"] != []


def test_commands_of_the_readme() -> None:
    qrda2qpp("demo", ".")
    text = Path(README).read_text(encoding="utf-8")
    commands = re.findall(r"^ +qrda2qpp (.+)$", text, re.MULTILINE)
    assert len(commands) == 11
    for line in commands:
        words = shlex.split(line)
        blocked = any(word in BLOCKED or word == "." for word in words)
        assert qrda2qpp(*words).code == int(blocked), line
    assert Path("report.html").is_file() and Path("report.csv").is_file() and Path("clean-qpp.json").is_file()
    assert results("results") == [
        "clean-qpp.json",
        "few-measures-qpp.json",
        "wrong-guid-error.json",
    ]
    assert all(name in text for name in samples())
