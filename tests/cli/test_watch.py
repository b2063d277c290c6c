"""A folder that is watched: what arrives is converted once it is complete, and nothing in the folder is changed."""

import contextlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from converter.batch.arrivals import Pace
from converter.cli import watch
from converter.cli.overwrites import KEPT
from converter.source import inputs
from tests.cli.runner import ROOT, Result, qrda2qpp
from tests.complete import complete_document
from tests.documents import TIN

CLEAN = complete_document(2025).bytes()
WRONG = b"<no>document</no>"
_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
_NO_ROOT = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the root user may read all")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to watch, and less waiting than there is in use."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(watch, "USUAL", Pace(look=0.05, whole=0.2, broken=1.5, scan=30))
    Path("in").mkdir()
    return tmp_path


def watched(act: Callable[[], None], *options: str, ends_itself: bool = False) -> Result:
    """Watch `in` while something is done in it by another thread, and until that is done, or it ends by itself."""
    over, failures = threading.Event(), list[BaseException]()

    def acting() -> None:
        try:
            act()
        except BaseException as error:
            failures.append(error)
        finally:
            if not over.wait(10 if ends_itself else 0):
                signal.raise_signal(signal.SIGINT)

    other = threading.Thread(target=acting)
    other.start()
    try:
        result = qrda2qpp("--watch", "in", "--out", "out", *options)
    finally:
        over.set()
        other.join(20)
    assert not failures, failures
    return result


def until(happened: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, f"it did not happen; there are {results()}"
        time.sleep(0.02)


def results(out: str = "out") -> set[str]:
    return {one.relative_to(out).as_posix() for one in Path(out).rglob("*.json")}


def came(*names: str) -> None:
    until(lambda: set(names) <= results())


def everything(folder: str = "in") -> dict[str, tuple[bytes, int]]:
    return {str(one): (one.read_bytes(), one.stat().st_mtime_ns) for one in Path(folder).rglob("*") if one.is_file()}


def begun() -> None:
    """Wait until the watch has dealt with what is there: this file is the last, after which it may end."""
    Path("in/z.xml").write_bytes(CLEAN)
    came("z-qpp.json")


def test_what_is_there_and_what_arrives() -> None:
    Path("in/deep").mkdir()
    Path("in/deep/first.xml").write_bytes(CLEAN)
    Path("in/other.txt").write_bytes(CLEAN)

    def act() -> None:
        came("deep/first-qpp.json")
        Path("in/second.XML").write_bytes(WRONG)
        Path("in/.hidden.xml").write_bytes(CLEAN)
        Path("in/new/deeper").mkdir(parents=True)
        Path("in/new/deeper/third.xml").write_bytes(CLEAN)
        with zipfile.ZipFile("in/more.zip", "w") as archive:
            archive.writestr("of/fourth.xml", CLEAN)
            archive.writestr("fifth.xml", WRONG)
        Path("moved.xml").write_bytes(CLEAN)
        Path("moved.xml").rename("in/moved.xml")
        Path("whole/sub").mkdir(parents=True)
        Path("whole/sub/sixth.xml").write_bytes(CLEAN)
        Path("whole").rename("in/whole")
        kept.update(everything())
        came("second-error.json", "new/deeper/third-qpp.json", "more/of/fourth-qpp.json", "more/fifth-error.json")
        came("moved-qpp.json", "whole/sub/sixth-qpp.json")

    kept: dict[str, tuple[bytes, int]] = {}
    said = watched(act)
    assert (said.code, said.stdout) == (0, b"")
    assert len(results()) == 7
    assert everything() == kept, "nothing in the folder is changed"
    lines = said.stderr.splitlines()
    assert lines[0] == "Watching in; the results go into out. Ctrl-C ends it."
    assert f"{Path('in/deep/first.xml')}: converted, accepted at a cost" in lines or "first.xml: converted" in lines[1]
    assert f"{Path('in/second.XML')}: not converted - 1 error" in lines
    assert "5 of 7 converted into out:" in said.stderr


@pytest.mark.long
def test_a_file_that_is_written_slowly_is_read_when_it_is_whole() -> None:
    def act() -> None:
        begun()
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("a.xml", CLEAN)
        whole = {"slow.xml": CLEAN, "packed.zip": packed.getvalue()}
        for part in range(8):
            assert results() == {"z-qpp.json"}
            for name, data in whole.items():
                with Path("in", name).open("ab") as stream:
                    stream.write(data[part * len(data) // 8 : (part + 1) * len(data) // 8 if part < 7 else None])
            time.sleep(0.25)  # longer than a whole file is waited for
        came("slow-qpp.json", "packed/a-qpp.json")

    assert "refused" not in watched(act).stderr


@pytest.mark.long
def test_a_file_that_never_gets_an_end_is_told() -> None:
    def act() -> None:
        Path("in/half.xml").write_bytes(CLEAN[:5000])
        Path("in/empty.xml").write_bytes(b"")
        Path("in/packed.zip").write_bytes(b"PK\3\4")
        came("half-error.json", "empty-error.json", "packed-error.json")

    assert "3 not read" in watched(act).stderr


def test_changes_and_removals() -> None:
    def act() -> None:
        begun()
        Path("in/a.xml").write_bytes(WRONG)
        came("a-error.json")
        Path("in/a.xml").write_bytes(CLEAN)
        came("a-qpp.json")
        assert "a-error.json" not in results()
        Path("in/a.xml").unlink()
        Path("in/short.xml").write_bytes(CLEAN)
        Path("in/short.xml").unlink()
        Path("in/b.xml").write_bytes(WRONG)
        came("b-error.json")

    said = watched(act)
    assert results() == {"z-qpp.json", "a-qpp.json", "b-error.json"}
    assert "short" not in said.stderr and "2 of 4 converted into out" in said.stderr


def test_a_file_that_is_gone_before_it_is_read_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    below = inputs.found_below

    def vanishing(*arguments: object) -> Iterator[object]:
        for item in below(*arguments):  # type: ignore[arg-type]
            if item.path and item.path.name == "gone.xml":
                Path(str(item.path)).unlink()
            yield item

    monkeypatch.setattr(watch, "found_below", vanishing)

    def act() -> None:
        Path("in/gone.xml").write_bytes(CLEAN)
        until(lambda: not Path("in/gone.xml").exists())
        begun()

    said = watched(act)
    assert results() == {"z-qpp.json"}
    assert "gone" not in said.stderr


def test_names_that_would_do_harm() -> None:
    names = [f"{TIN}.xml", "bracket[1].xml", "-q.xml"]
    if sys.platform != "win32":
        names += ["\x1b[2J.xml", "line\nend.xml", "\u202elmx.xml"]
    if sys.platform == "linux":
        names.append(os.fsdecode(b"\xff.xml"))

    def act() -> None:
        begun()
        for name in names:
            Path("in", name).write_bytes(CLEAN)
        until(lambda: len(results()) == len(names) + 1)

    said = watched(act)
    assert TIN not in said.stderr and "\x1b" not in said.stderr and "\u202e" not in said.stderr
    assert len([line for line in said.stderr.splitlines() if ": converted" in line]) == len(names) + 1


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_links_and_special_files() -> None:
    Path("in/sub").mkdir()
    Path("in/sub/loop").symlink_to(Path("in").absolute())
    Path("in/dangling.xml").symlink_to("nowhere")
    os.mkfifo("in/pipe.xml")

    def act() -> None:
        begun()
        Path("in/sub/loop/a.xml").write_bytes(CLEAN)
        came("a-qpp.json", "dangling-error.json")
        Path("in/pipe.xml").unlink()
        os.mkfifo("in/pipe2.xml")
        Path("in/b.xml").write_bytes(CLEAN)
        came("b-qpp.json")

    watched(act)
    assert results() == {"z-qpp.json", "a-qpp.json", "b-qpp.json", "dangling-error.json"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_result_that_is_a_link_into_the_folder() -> None:
    Path("in/a.xml").write_bytes(CLEAN)
    Path("out").mkdir()
    Path("out/a-qpp.json").symlink_to(Path("in/a.xml").absolute())
    said = watched(begun)
    assert Path("in/a.xml").read_bytes() == CLEAN
    assert "a.xml: not written - 1 error" in said.stderr


def test_a_name_that_two_files_have() -> None:
    def act() -> None:
        Path("in/a.xml").write_bytes(CLEAN)
        came("a-qpp.json")
        with zipfile.ZipFile("in/a.zip", "w") as archive:
            archive.writestr("x.xml", CLEAN)
        Path("in/a").mkdir()
        came("a/x-qpp.json")
        Path("in/a/X.xml").write_bytes(WRONG)
        begun()

    assert "X.xml: not written - 1 error" in watched(act).stderr
    assert results() == {"a-qpp.json", "a/x-qpp.json", "z-qpp.json"}


def test_a_result_that_cannot_be_written_ends_nothing() -> None:
    Path("out").mkdir()
    Path("out/sub").write_text("in the way")
    Path("in/sub").mkdir()
    Path("in/sub/a.xml").write_bytes(CLEAN)
    said = watched(begun)
    assert (said.code, results()) == (0, {"z-qpp.json"})
    assert "a.xml: not written - 1 error" in said.stderr


def test_several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("converter.batch.portions._WORTH_BYTES", 1)
    for number in range(6):
        Path(f"in/{number}.xml").write_bytes(CLEAN if number % 2 else WRONG)

    def act() -> None:
        until(lambda: len(results()) == 6)
        begun()  # all before it is told then

    said = watched(act, "--jobs", "2")
    assert {f"{number}-{'qpp' if number % 2 else 'error'}.json" for number in range(6)} < results()
    assert "4 of 7 converted" in said.stderr
    assert "SUB027" not in said.stderr


def test_quiet() -> None:
    Path("in/a.xml").write_bytes(WRONG)
    assert watched(begun, "-q") == Result(0, b"", "")
    assert results() == {"a-error.json", "z-qpp.json"}


@pytest.mark.parametrize("how", ["WATCHFILES_FORCE_POLLING", "it fails"])
def test_where_the_system_tells_of_no_changes(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if how == "it fails":

        def fails(*_: object, **__: object) -> Iterator[None]:
            raise OSError("OS file watch limit reached.")

        monkeypatch.setattr("watchfiles.watch", fails)
        monkeypatch.setattr("converter.batch.arrivals._PAUSE", 0.1)
    else:
        monkeypatch.setenv(how, "1")
        monkeypatch.setenv("WATCHFILES_POLL_DELAY_MS", "50")

    def act() -> None:
        begun()
        Path("in/sub").mkdir()
        Path("in/sub/a.xml").write_bytes(CLEAN)
        came("sub/a-qpp.json")

    assert watched(act).code == 0


def test_the_whole_folder_is_looked_at_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a network drive, which tells nothing of what others write."""

    def silent(*_: object, **how: object) -> Iterator[set[object]]:
        while not how["stop_event"].is_set():  # type: ignore[attr-defined]
            time.sleep(0.05)
            yield set()

    monkeypatch.setattr("watchfiles.watch", silent)
    monkeypatch.setattr(watch, "USUAL", Pace(look=0.05, whole=0.1, broken=0.5, scan=0.3))

    def act() -> None:
        time.sleep(0.2)
        begun()

    assert watched(act).code == 0


# -- how it ends


def test_a_folder_that_vanishes() -> None:
    def act() -> None:
        begun()
        shutil.rmtree("in")

    said = watched(act, ends_itself=True)
    assert said.code == 1
    assert "The folder in cannot be watched: " in said.stderr
    assert results() == {"z-qpp.json"}


@_NO_ROOT
def test_a_folder_that_cannot_be_read() -> None:
    Path("in").chmod(0)
    try:
        said = qrda2qpp("--watch", "in", "--out", "out")
    finally:
        Path("in").chmod(0o700)
    assert (said.code, "cannot be watched" in said.stderr) == (1, True)


@_NO_ROOT
def test_a_subfolder_that_cannot_be_read() -> None:
    Path("in/sub").mkdir(mode=0)

    def act() -> None:
        begun()
        came("sub-error.json")

    try:
        assert watched(act).code == 0
    finally:
        Path("in/sub").chmod(0o700)


@_POSIX
@pytest.mark.parametrize(
    "number", ["SIGTERM", *(pytest.param(one, marks=pytest.mark.long) for one in ("SIGINT", "SIGHUP"))]
)
def test_signals_end_it_in_an_orderly_way(number: str) -> None:
    for one in range(60):
        Path(f"in/{one}.xml").write_bytes(CLEAN if one % 2 else WRONG)
    command = [sys.executable, "-m", "converter", "--watch", "in", "--out", "out", "--jobs", "1"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)})
    with contextlib.suppress(FileNotFoundError):
        until(lambda: Path("out").exists() and results())
    running.send_signal(getattr(signal, number))
    _, said = running.communicate(timeout=300)
    assert running.returncode == 0, said
    assert b"Traceback" not in said and b"Interrupted" not in said
    count = len(results())
    assert f"{len([one for one in results() if 'qpp' in one])} of {count} converted into out".encode() in said
    assert {path.name for path in Path("out").iterdir()} - set(KEPT) == results(), "no temporary file is left"
    for path in Path("out").glob("*.json"):
        json.loads(path.read_bytes())


@_POSIX
def test_a_second_signal_ends_it_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from converter.cli.work import Work

    def stuck(*_: object) -> None:
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
        raise AssertionError

    monkeypatch.setattr(Work, "result", stuck)
    Path("in/a.xml").write_bytes(CLEAN)
    said = qrda2qpp("--watch", "in", "--out", "out")
    assert (said.code, results()) == (130, set())


def test_handlers_are_given_back() -> None:
    ones = [one for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if (one := getattr(signal, name, None))]
    before = [signal.getsignal(one) for one in ones]
    watched(begun)
    assert [signal.getsignal(one) for one in ones] == before


# -- wrong usage


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--out", "out", "a.xml"), "SOURCE or --watch"),
        (("-o", "a.json", "--out", "out"), "-o and --watch"),
        (("--report", "html=a.html", "--out", "out"), "--report and --watch"),
        (("--summary", "a.csv", "--out", "out"), "--summary and --watch"),
        (("--from-file", "-", "--out", "out"), "--from-file and --watch"),
        ((), "needs --out"),
        (("--out", "in"), "cannot go into the folder"),
        (("--out", "in/results"), "cannot go into the folder"),
        (("--out", "out/../in/a/b"), "cannot go into the folder"),
        (("--watch", "nowhere", "--out", "out"), "There is no folder nowhere"),
        (("--watch", "file.xml", "--out", "out"), "There is no folder file.xml"),
    ],
)
def test_what_cannot_be_meant(options: tuple[str, ...], words: str) -> None:
    Path("file.xml").write_bytes(CLEAN)
    said = qrda2qpp("--watch", "in", *options)
    assert (said.code, words in said.stderr) == (2, True), said.stderr
    assert not Path("out").exists() and not list(Path("in").iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_results_do_not_go_into_the_folder_through_a_link() -> None:
    Path("link").symlink_to("in")
    assert qrda2qpp("--watch", "in", "--out", "link/results").code == 2
    assert qrda2qpp("--watch", "link", "--out", "in/results").code == 2


def test_results_that_cannot_be_written_are_told_at_once() -> None:
    Path("taken").write_text("")
    said = qrda2qpp("--watch", "in", "--out", "taken/out")
    assert (said.code, "could not be read or written" in said.stderr) == (1, True)


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    said = qrda2qpp("--watch", "in", "--out", "out")
    assert (said.code, 'pip install "qrda2qpp[watch]"' in said.stderr) == (2, True)


def test_a_plain_run_does_not_load_it() -> None:
    program = (
        "import sys\nfrom converter.cli.main import run\ntry: run(sys.argv[1:])\nfinally: print(sorted(sys.modules))"
    )
    Path("a.xml").write_bytes(CLEAN)
    command = [sys.executable, "-c", program, "a.xml", "-o", "a.json"]
    done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert b"'converter.cli.convert'" in done.stdout
    for name in ("watchfiles", "converter.cli.watch", "converter.batch.arrivals", "rich"):
        assert f"'{name}'".encode() not in done.stdout


def test_a_watch_that_is_resumed_does_nothing_twice() -> None:
    Path("in/a.xml").write_bytes(CLEAN)
    watched(lambda: came("a-qpp.json"))
    before = Path("out/a-qpp.json").stat().st_mtime_ns

    def act() -> None:
        Path("in/b.xml").write_bytes(CLEAN)
        came("b-qpp.json")

    said = watched(act, "--resume")
    assert Path("out/a-qpp.json").stat().st_mtime_ns == before
    assert "2 of 2 converted into out" in said.stderr
