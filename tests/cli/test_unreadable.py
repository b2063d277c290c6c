"""Folders, links, files and archives that cannot be read: a finding of that input, and the run goes on."""

import io
import json
import os
import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import converter
from tests.cli.runner import ROOT, Result, qrda2qpp, results
from tests.complete import complete_document

CLEAN = complete_document(2025).bytes()
NOBODY = 65534
AS_NOBODY = f"""
import contextlib, importlib, os, pkgutil, shutil, sys
import converter
from converter.cli.main import run

# Once as the user who may read the modules and the data, so that all that is needed is loaded.
for module in pkgutil.walk_packages(converter.__path__, "converter."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
null = os.open(os.devnull, os.O_WRONLY)
kept = os.dup(1), os.dup(2)
os.dup2(null, 1), os.dup2(null, 2)
for arguments in (sys.argv[1:], ["check", "ok/a.xml"], ["check", "nothing.zip"]):
    with contextlib.suppress(SystemExit):
        run(arguments)
os.dup2(kept[0], 1), os.dup2(kept[1], 2)
for name in os.listdir("out"):
    path = os.path.join("out", name)
    shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)
if os.path.exists("report.json"):
    os.unlink("report.json")
os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})
run(sys.argv[1:])
"""
ANOTHER_USER = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can become another user"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def open_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Go to a folder that other users can reach, unlike those of pytest."""
    with tempfile.TemporaryDirectory() as name:
        if any(not path.stat().st_mode & 0o001 for path in Path(name).parents):
            pytest.skip("other users cannot reach temporary folders here")
        Path(name).chmod(0o755)
        monkeypatch.chdir(name)
        yield
        monkeypatch.undo()


def write(name: str, data: bytes = CLEAN) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def link(name: str, target: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    try:
        os.symlink(target, name)
    except OSError:
        pytest.skip("links are not allowed here")


def found() -> dict[str, str]:
    """Source and message of the findings that the report names."""
    errors = json.loads(Path("report.json").read_bytes())["errors"]
    return {one["sourceIdentifier"]: detail["message"] for one in errors for detail in one["details"]}


def converted(*sources: str | Path) -> Result:
    return qrda2qpp(*sources, "--out", "out", "--report", "error-json=report.json")


def as_nobody(*arguments: str) -> Result:
    """Run the command as a user who may do little."""
    write("nothing.zip", b"")
    Path("out").mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode != 3, done.stderr
    return Result(done.returncode, done.stdout, done.stderr.decode())


# -- folders and links


@pytest.mark.every(9)
@ANOTHER_USER
@pytest.mark.parametrize("mode", [0o000, 0o444, 0o111])
@pytest.mark.parametrize("source", ["in", "in/**/*.xml", "in/*/*.xml"])
@pytest.mark.usefixtures("open_folder")
def test_a_folder_that_may_not_be_read_is_told(mode: int, source: str) -> None:
    write("ok/a.xml")
    write("in/ok/a.xml")
    write("in/closed/b.xml")
    Path("out").mkdir()
    for name in (".", "out"):
        os.chown(name, NOBODY, NOBODY)
    Path("in/closed").chmod(mode)
    result = as_nobody(source, "--out", "out", "--report", "error-json=report.json")
    assert result.code == 1, result.stderr
    assert [name.rpartition("/")[2] for name in results() if name.endswith("qpp.json")] == ["a-qpp.json"]
    ((name, message),) = found().items()
    assert name.startswith(str(Path("in/closed")))
    assert "Permission denied" in message
    Path("in/closed").chmod(0o755)


@pytest.mark.every(2)
@ANOTHER_USER
@pytest.mark.parametrize("source", ["closed", "closed/a.xml"])
@pytest.mark.usefixtures("open_folder")
def test_a_source_that_may_not_be_reached_is_told(source: str) -> None:
    write("ok/a.xml")
    write("closed/a.xml")
    Path("closed").chmod(0)
    Path().chmod(0o777)
    result = as_nobody("check", source)
    assert result.code == 1
    assert "Permission denied" in result.text


@ANOTHER_USER
@pytest.mark.usefixtures("open_folder")
def test_a_folder_that_may_not_be_written_to_is_told() -> None:
    write("ok/a.xml")
    Path("out").mkdir()
    result = as_nobody("ok", "--out", "out/deep")
    assert result.code == 1
    assert "Permission denied" in result.stderr


def test_links_that_lead_nowhere_are_told() -> None:
    write("in/a.xml")
    link("in/gone.xml", "nowhere.xml")
    link("in/folder", "nowhere")
    link("in/circle", "circle")
    link("in/notes.txt", "nowhere.txt")
    assert converted("in").code == 1
    assert set(found()) == {str(Path("in") / name) for name in ("gone.xml", "folder", "circle")}
    assert results() == ["a-qpp.json", "circle-error.json", "folder-error.json", "gone-error.json"]


def test_a_linked_folder_is_read_and_each_folder_once() -> None:
    write("in/real/a.xml")
    write("elsewhere/b.xml")
    link("in/again", "real")
    link("in/deep/round", "..")
    link("in/other", "../elsewhere")
    assert converted("in").code == 0
    assert results() == ["other/b-qpp.json", "real/a-qpp.json"]


@pytest.mark.parametrize("pattern", ["**/*.xml", "in/**/*.xml", "in/**/**/*.xml", "**/in/**/*.xml", "in/**"])
def test_a_pattern_ends_where_links_go_round(pattern: str) -> None:
    write("in/a.xml")
    write("in/deep/b.xml")
    link("in/x", ".")
    link("in/y", ".")
    link("in/deep/z", "..")
    assert converted(pattern).code == 0
    assert results() == ["a-qpp.json", "b-qpp.json"]


def test_a_pattern_in_the_middle_of_a_path() -> None:
    for name in ("in/1/x/a.xml", "in/2/x/b.xml", "in/2/y/c.xml", "in/.3/x/d.xml", "in/e.xml"):
        write(name)
    assert converted("in/*/x/*.xml").code == 0
    assert results() == ["a-qpp.json", "b-qpp.json"]
    assert converted(str(Path("in/[.]3/x/d.xml").absolute())).code == 2
    assert qrda2qpp(str(Path("in/.[3]/x/?.xml").absolute()), "--out", "out2").code == 0
    assert results("out2") == ["d-qpp.json"]


# -- whatever reading raises


@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), MemoryError(), RuntimeError("TIN 123456789")])
def test_whatever_reading_raises_is_a_finding_of_that_input(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.xml")
    write("b.xml")
    usual = Path.open

    def refuse(self: Path, *rest: Any, **more: Any) -> object:
        if self.name == "a.xml":
            raise error
        return usual(self, *rest, **more)

    monkeypatch.setattr(Path, "open", refuse)
    assert converted("a.xml", "b.xml").code == 1
    assert results() == ["a-error.json", "b-qpp.json"]
    assert b"123456789" not in Path("report.json").read_bytes()


def test_whatever_a_stream_raises_is_a_finding_of_the_library() -> None:
    class Broken(io.RawIOBase):
        def read(self, _size: int = -1) -> bytes:
            raise ConnectionError("TIN 123456789") if self.kind else LookupError("TIN 123456789")

        kind = True

    for Broken.kind in (True, False):
        (finding,) = converter.convert(Broken()).findings  # type: ignore[arg-type]
        assert (finding.id, "123456789" in finding.message) == ("XML009", False)


def test_a_file_that_vanishes_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    write("in/a.xml")
    write("in/b.xml")
    usual = Path.open

    def gone(self: Path, *rest: Any) -> object:
        if self.name == "a.xml":
            Path("in/b.xml").unlink(missing_ok=True)
        return usual(self, *rest)

    monkeypatch.setattr(Path, "open", gone)
    assert converted("in").code == 1
    assert results() == ["a-qpp.json", "b-error.json"]


# -- archives


def archive(method: int = zipfile.ZIP_DEFLATED, members: int = 3) -> bytes:
    with zipfile.ZipFile("made.zip", "w", method) as target:
        for number in range(members):
            target.writestr(f"{number}.xml", CLEAN)
    return Path("made.zip").read_bytes()


@pytest.mark.every(4)
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damaged_archives_never_end_the_run(method: int) -> None:
    write("in/good.xml")
    whole = archive(method)
    chance = random.Random(method)
    directory = whole.index(b"PK\x01\x02")
    for number in range(25):
        data = bytearray(whole)
        places = (range(directory, len(data)), range(60), range(len(data)))[number % 3]
        for _ in range(chance.choice((1, 1, 3, 10))):
            data[chance.choice(places)] = chance.randrange(256)
        write(f"in/{number}.zip", bytes(data))
    assert converted("in").code == 1
    assert "good-qpp.json" in results()
    assert all(found().values())
    assert {name.partition("/")[0].removesuffix("-error.json") for name in results()} >= {str(n) for n in range(25)}


def test_an_archive_of_a_version_that_is_not_known_is_a_finding() -> None:
    data = bytearray(archive())
    data[data.index(b"PK\x01\x02") + 6] = 255
    write("new.zip", bytes(data))
    write("a.xml")
    assert converted("new.zip", "a.xml").code == 1
    assert results() == ["a-qpp.json", "new-error.json"]


@pytest.mark.parametrize(
    "name", ["x" * 300 + ".xml", "deep/" * 400 + "a.xml", "é" * 150 + ".xml", "y/" + "x" * 60000 + ".xml"]
)
def test_a_member_whose_name_is_too_long_is_a_finding(name: str) -> None:
    with zipfile.ZipFile("a.zip", "w") as target:
        target.writestr(name, CLEAN)
        target.writestr("b.xml", CLEAN)
    assert converted("a.zip").code == 1
    ((source, message),) = found().items()
    assert f"a name in it has {len(name):,} characters" in message
    assert len(source) < 1100
    assert len(results()) == 2 and "a/b-qpp.json" in results()


def test_a_directory_that_is_too_large_for_its_members_is_not_read() -> None:
    with zipfile.ZipFile("a.zip", "w") as target:
        for number in range(40):
            target.writestr(f"{'x' * 60000}{number}.xml", b"")
    result = qrda2qpp("a.zip", "--out", "out", "--max-members", "50")
    assert result.code == 1
    assert "directory takes more than 1 MB" in result.stderr


def test_the_directory_of_an_archive_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    archive(members=50)
    opened: list[zipfile.ZipFile] = []

    class Counted(zipfile.ZipFile):
        def __init__(self, file: Any) -> None:
            opened.append(self)
            super().__init__(file)

    monkeypatch.setattr(zipfile, "ZipFile", Counted)
    assert converted("made.zip").code == 0
    assert len(opened) == 2  # to list it, and to read its documents
    assert all(one.fp is None for one in opened)
