"""The state of a run in its folder of results: damaged, foreign, not to be written, or in use by another run."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from converter.cli.overwrites import LOCK, STATE
from converter.cli.state_file import StateFile
from tests.cli.resumed import ALL, KEPT, converted, everything, make_folder, note_inputs, said_before
from tests.cli.runner import ROOT, qrda2qpp, results

folder, dealt_with = make_folder, note_inputs
pytestmark = pytest.mark.usefixtures("folder")


# -- state files that are bad


def test_a_line_that_is_torn_is_done_again(dealt_with: list[str]) -> None:
    converted()
    wanted = everything()
    whole = KEPT.read_bytes()
    *_, last = whole.splitlines(keepends=True)
    for length in (1, 10, len(last) // 2, len(last) - 1):
        KEPT.write_bytes(whole[: -len(last) + length])
        dealt_with.clear()
        assert said_before(converted("--resume"))[1] == ALL - 1
        assert (dealt_with, everything()) == (["wrong.xml"], wanted)
        assert len(KEPT.read_bytes().splitlines()) == 1 + ALL


@pytest.mark.parametrize(
    "damage",
    [
        lambda line: line.replace(b'"code": 0', b'"code": "x"'),
        lambda line: line[:20] + b"\0" + line[21:],
        lambda _: b"\xff\xfe\n",
        lambda _: b'{"sum": "", "of": []}\n',
        lambda _: b"[" * 5000 + b"\n",
        lambda _: b"\n",
    ],
)
def test_a_line_that_is_damaged_is_done_again(damage: Callable[[bytes], bytes], dealt_with: list[str]) -> None:
    converted()
    wanted = everything()
    lines = KEPT.read_bytes().splitlines(keepends=True)
    KEPT.write_bytes(b"".join([*lines[:3], damage(lines[3]), *lines[4:]]))
    dealt_with.clear()
    said = converted("--resume")
    assert f"The file {STATE} is damaged in part; what it no longer says is done again.\n" in said.stderr
    assert len(dealt_with) == 1
    assert everything() == wanted
    assert said_before(converted("--resume"))[1] == ALL


@pytest.mark.every(3)
@pytest.mark.parametrize("content", [b"", b"\n", b"{}\n", b"not ours\n" * 1000, b"\0" * 100_000, b"\xff", b"[[[["])
def test_a_state_file_that_is_none(content: bytes, dealt_with: list[str]) -> None:
    converted()
    wanted = everything()
    KEPT.write_bytes(content)
    dealt_with.clear()
    said = converted("--resume")
    assert f"Nothing of an earlier run is kept: its file {STATE} is damaged." in said.stderr
    assert (len(dealt_with), everything()) == (ALL, wanted)
    assert said_before(converted("--resume"))[1] == ALL


def test_no_earlier_run() -> None:
    said = converted("--resume")
    assert "Nothing of an earlier run is kept: there is none in out.\n" in said.stderr
    assert said_before(said)[1] == 0
    assert said_before(converted("--resume"))[1] == ALL


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_a_state_that_cannot_be_kept_costs_no_result(kind: str) -> None:
    wanted = converted(out="new"), everything("new")
    Path("out").mkdir()
    if kind == "pipe" and not hasattr(os, "mkfifo"):
        pytest.skip("there are no named pipes")
    KEPT.mkdir() if kind == "folder" else os.mkfifo(KEPT)
    for options in ((), ("--resume",)):
        said = converted(*options)
        assert "What is done cannot be kept for --resume (" in said.stderr
        assert (said.code, everything()[1]) == (wanted[0].code, wanted[1][1])
        assert [Path("out", name).read_bytes() for name in results()] == list(wanted[1][0].values())


def test_a_disk_that_becomes_full(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = converted(out="new"), everything("new")
    count = 0

    def full(self: object, line: bytes) -> None:
        nonlocal count
        count += 1
        if count == 3:
            raise OSError(28, os.strerror(28))
        keeps(self, line)  # type: ignore[arg-type]

    keeps = StateFile.append
    monkeypatch.setattr(StateFile, "append", full)
    said = converted()
    assert said.stderr.count("What is done cannot be kept for --resume (No space left on device)") == 1
    assert (said.code, everything()) == (wanted[0].code, wanted[1])


def test_a_folder_that_cannot_be_made() -> None:
    Path("taken").write_bytes(b"a file")
    said = converted("--resume", out="taken/out")
    assert said.code == 1
    assert said.stderr.count("What is done cannot be kept for --resume (") == 1
    assert said.stderr.count(": not written - 1 error\n") == ALL


def test_a_lock_that_cannot_be_had_costs_no_result() -> None:
    wanted = converted(out="new").code, everything("new")
    Path("out", LOCK).mkdir(parents=True)
    said = converted()
    assert "What is done cannot be kept for --resume (" in said.stderr
    assert (said.code, everything()) == wanted


# -- two runs at once


HOLDER = """
import sys, time
from pathlib import Path
from converter.cli.state_file import only_run
with only_run(Path("out")):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_into_one_folder_is_refused() -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    try:
        assert holder.stdout is not None and holder.stdout.readline().strip() == b"held"
        for options in ((), ("--resume",)):
            said = qrda2qpp("in", "--out", "out", *options)
            assert (said.code, results(), KEPT.exists()) == (2, [], False)
            assert "Another run is writing into out. Wait until it is done" in said.stderr
        said = qrda2qpp("--watch", "in", "--out", "out")
        assert (said.code, results(), "Watching" in said.stderr) == (2, [], False)
        assert qrda2qpp("in", "--out", "other").code == 1
    finally:
        holder.kill()
        holder.communicate()
    assert Path("out", LOCK).exists()
    assert converted().code == 1
    assert len(results()) == ALL
