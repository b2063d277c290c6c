"""Runs that are killed in the midst and resumed: in the end all is as if nothing had happened."""

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from converter.batch.portions import _WORTH_BYTES
from tests.cli.runner import ROOT, Result, results
from tests.complete import complete_document
from tests.documents import document

FILES = 30
BIG = b"<!-- " + b"x" * (_WORTH_BYTES // FILES) + b" -->"
"""What makes so many files worth other processes."""
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform == "win32", reason="processes are found by their group"),
]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A folder with sources, of which every third is refused and most are of one practice, and a run over them."""
    folder = tmp_path_factory.mktemp("undisturbed")
    folder.joinpath("in").mkdir()
    contents = (complete_document(2025).bytes(), b"<no>document</no>", document(2025, "MIPS_INDIV").bytes())
    for number in range(FILES):
        folder.joinpath("in", f"{number}.xml").write_bytes(contents[number % 3] + BIG)
    running = start(folder)
    _, said = running.communicate(timeout=300)
    return folder, Result(running.returncode, b"", said.decode())


@pytest.fixture
def folder(undisturbed: tuple[Path, Result], tmp_path: Path) -> Path:
    tmp_path.joinpath("in").symlink_to(undisturbed[0] / "in")
    return tmp_path


def start(folder: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "converter", "in", "--out", "out", "--summary", "summary.csv", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stderr=subprocess.PIPE, cwd=folder, env=environment, start_new_session=True)


def wait_for(number: int, folder: Path, running: subprocess.Popen[bytes]) -> None:
    """Wait until some results are there."""
    deadline = time.monotonic() + 300
    while len(list(folder.glob("out/*.json"))) < number:
        assert time.monotonic() < deadline and running.poll() is None
        time.sleep(0.001)


def workers(running: subprocess.Popen[bytes]) -> list[int]:
    """Ids of the processes that convert for a run."""
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,pgid=,args="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(maxsplit=2) for line in listed.splitlines()]
    return [int(one) for one, group, words in rows if int(group) == running.pid and "spawn_main" in words]


def assert_no_process_is_left(running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            os.killpg(running.pid, 0)
        except ProcessLookupError:
            return
        assert time.monotonic() < deadline, workers(running)
        time.sleep(0.05)


def everything(folder: Path) -> tuple[dict[str, bytes], list[dict[str, str]]]:
    """All results, and the rows of the summary without the seconds."""
    rows = list(csv.DictReader(folder.joinpath("summary.csv").read_text(encoding="utf-8").splitlines()))
    files = {name: folder.joinpath("out", name).read_bytes() for name in results(folder / "out")}
    return files, [{name: cell for name, cell in row.items() if name != "seconds"} for row in rows]


def assert_resumed(folder: Path, undisturbed: tuple[Path, Result], jobs: str) -> int:
    """Resume a run, and see that nothing shows that it was killed; return how many files were done before."""
    resumed = start(folder, "--resume", "--jobs", jobs)
    _, words = resumed.communicate(timeout=300)
    lines = words.decode().splitlines(keepends=True)
    (before,) = [line for line in lines if "were done by an earlier run" in line]
    lines.remove(before)
    assert (resumed.returncode, "".join(lines)) == (undisturbed[1].code, undisturbed[1].stderr)
    assert everything(folder) == everything(undisturbed[0])
    return int(before.split()[0])


@pytest.mark.parametrize("after", [1, 10, FILES - 3])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_is_killed_is_resumed(jobs: str, after: int, folder: Path, undisturbed: tuple[Path, Result]) -> None:
    running = start(folder, "--jobs", jobs)
    wait_for(after, folder, running)
    running.kill()
    there = len(results(folder / "out"))
    running.communicate()
    assert_no_process_is_left(running)
    assert len(results(folder / "out")) - there <= 2 * int(jobs)  # each process ends with the file that it is at
    done = assert_resumed(folder, undisturbed, jobs)
    assert done <= FILES
    assert jobs == "2" or done >= after - 1  # a process may be ahead of what is kept


def test_a_run_that_is_killed_again_and_again(folder: Path, undisturbed: tuple[Path, Result]) -> None:
    for after in (5, 12, 20):
        running = start(folder, "--resume", "--jobs", "1")
        wait_for(after, folder, running)
        running.kill()
        running.communicate()
    assert assert_resumed(folder, undisturbed, "1") >= 19


def test_a_process_that_is_killed_and_then_the_run(folder: Path, undisturbed: tuple[Path, Result]) -> None:
    running = start(folder, "--jobs", "2")
    wait_for(5, folder, running)
    os.kill(workers(running)[0], signal.SIGKILL)
    wait_for(15, folder, running)
    running.kill()
    running.communicate()
    assert_resumed(folder, undisturbed, "2")
    assert_no_process_is_left(running)


@pytest.mark.parametrize("number", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_run_with_processes_that_is_told_to_end(number: str, folder: Path, undisturbed: tuple[Path, Result]) -> None:
    running = start(folder, "--jobs", "2")
    wait_for(5, folder, running)
    assert len(workers(running)) == 2
    running.send_signal(getattr(signal, number))
    _, said = running.communicate(timeout=300)
    assert running.returncode == 130
    assert said.endswith(b"Interrupted.\n") and b"Traceback" not in said
    assert_no_process_is_left(running)
    assert not [name for name in results(folder / "out") if name.startswith(".")]
    assert_resumed(folder, undisturbed, "2")
