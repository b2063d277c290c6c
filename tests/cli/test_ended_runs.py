"""Runs that are ended from outside: nothing is half written, and no temporary file is left for long."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from converter.batch.portions import _WORTH_BYTES
from tests.cli.runner import ROOT, qrda2qpp, results
from tests.complete import complete_document

CLEAN = complete_document(2025).bytes()
FILES = 60
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have many sources, half of which fail, and the opposite of each result from an earlier run."""
    monkeypatch.chdir(tmp_path)
    for name in ("in", "out"):
        Path(name).mkdir()
    for number in range(FILES):
        good = number % 2
        Path(f"in/{number}.xml").write_bytes(CLEAN if good else b"<no>document</no>")
        Path(f"out/{number}-{'error' if good else 'qpp'}.json").write_text("{}")
    return tmp_path


def ended(number: str, after: int, *options: str) -> subprocess.Popen[bytes]:
    """Start a run over the sources, and end it when some of its results are there."""
    command = [sys.executable, "-m", "converter", "in", "--out", "out", "--report", "json=report.json", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = subprocess.Popen(command, stderr=subprocess.PIPE, env=environment, start_new_session=True)
    deadline = time.monotonic() + 300
    while written() < after:
        assert time.monotonic() < deadline and running.poll() is None
    running.send_signal(getattr(signal, number))
    return running


def written() -> int:
    """How many results of this run are there: those of the earlier one are of two bytes, and may go at any time."""
    count = 0
    for path in Path("out").glob("*.json"):
        with contextlib.suppress(FileNotFoundError):
            count += path.stat().st_size > 2
    return count


def names() -> set[str]:
    return set(results())


def assert_whole() -> None:
    for path in Path("out").glob("*.json"):
        json.loads(path.read_bytes())
    for number in range(FILES):
        assert not {f"{number}-qpp.json", f"{number}-error.json"} <= names()


@pytest.mark.every(5)
@pytest.mark.parametrize("after", [1, 2, 5, 11])
@pytest.mark.parametrize("number", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_run_that_is_told_to_end(number: str, after: int) -> None:
    running = ended(number, after)
    _, said = running.communicate(timeout=300)
    assert running.returncode == 130, said
    assert said.endswith(b"Interrupted.\n") and b"Traceback" not in said
    assert_whole()
    assert not [name for name in names() if name.startswith(".")]
    assert not Path("report.json").exists()


def test_a_run_with_processes_that_is_told_to_end() -> None:
    for number in range(FILES):  # so large that they are worth other processes
        with Path(f"in/{number}.xml").open("ab") as stream:
            stream.write(b"<!-- " + b"x" * (_WORTH_BYTES // FILES) + b" -->")
    running = ended("SIGTERM", 3, "--jobs", "2")
    _, said = running.communicate(timeout=300)
    assert running.returncode == 130
    assert said.endswith(b"Interrupted.\n") and b"Traceback" not in said
    assert_whole()
    assert not [name for name in names() if name.startswith(".")]
    deadline = time.monotonic() + 30
    with pytest.raises(ProcessLookupError):  # no process of its group is left, once the last have noticed
        while time.monotonic() < deadline:
            os.killpg(running.pid, 0)


def test_an_interrupt_within_text_that_python_evaluates() -> None:
    """As while a dataclass is made: Python remembers such an interrupt, and would end the process by the signal."""
    Path("interrupted.py").write_text(
        "import converter.cli.main as command\n"
        "def interrupted(*_, **__):\n"
        "    exec('raise KeyboardInterrupt')\n"
        "command.main.main = interrupted\n"
        "command.run(['version'])\n"
    )
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}."}
    command = [sys.executable, "-m", "interrupted"]
    ended = subprocess.run(command, check=False, stderr=subprocess.PIPE, env=environment)
    assert (ended.returncode, ended.stderr) == (130, b"Interrupted.\n")


INTERRUPTED = """
import pkgutil
import converter.cli.main as command

def interrupted(*_, **__):
    class Interrupted:
        def __set_name__(self, owner, name):
            raise KeyboardInterrupt
    type("Made", (), {"one": Interrupted()})

place = pkgutil.resolve_name("PLACE")
setattr(place, "NAME", interrupted)
command.run(["check", "in", "--report", "json=report.json"])
"""


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("converter.cli.main:main", "main"),
        ("converter.source.inputs", "read_stream"),
        ("converter.pipeline", "_parse"),
        ("converter.examination.guide", "_examine"),
        ("converter.structure.examine", "_examine"),
        ("converter.rules.context:Context", "__getattribute__"),
    ],
)
def test_an_interrupt_while_python_makes_a_class(place: str, name: str) -> None:
    """Before Python 3.12 that comes out as another exception, which is told neither as our failure nor as a file's."""
    Path("interrupted.py").write_text(INTERRUPTED.replace("PLACE", place).replace("NAME", name))
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}."}
    command = [sys.executable, "-m", "interrupted"]
    ended = subprocess.run(command, check=False, stderr=subprocess.PIPE, env=environment)
    assert ended.returncode == 130, ended.stderr
    assert ended.stderr.endswith(b"Interrupted.\n") and b"bug" not in ended.stderr
    assert not Path("report.json").exists()


@pytest.mark.every(3)
@pytest.mark.parametrize("after", [1, 4, 9])
def test_a_run_that_is_killed(after: int) -> None:
    running = ended("SIGKILL", after)
    running.communicate(timeout=300)
    assert_whole()
    assert qrda2qpp("in", "--out", "out").code == 1
    assert names() == {f"{number}-{'qpp' if number % 2 else 'error'}.json" for number in range(FILES)}


def test_a_signal_that_is_ignored_stays_so() -> None:
    script = "trap '' TERM; exec \"$0\" -m converter in --out out"
    running = subprocess.Popen(
        ["/bin/sh", "-c", script, sys.executable],
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    while not written():
        assert running.poll() is None
    running.send_signal(signal.SIGTERM)
    assert running.wait(60) == 1


def test_handlers_of_a_calling_program_are_given_back() -> None:
    before = [signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)]
    qrda2qpp("version")
    assert [signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)] == before
