"""A run that is ended between any two calls: what is stored is what the plan said, and the run after it goes on."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from converter.delivery.comparing import compare
from converter.delivery.ledger import left_over, read_ledger
from tests.cli.runner import ROOT
from tests.delivery.sessions import SOURCE, deliver, file_of, receipts, session_to, stored_sets, submission
from tests.sandbox_server import REGISTRY, RunningSandbox

KILL = "kill"
_CALLS = [("GET", "/submissions/submissions", skip) for skip in range(5)]
_CALLS += [("POST", "/submissions/measurement-sets", skip) for skip in range(3)]
_CALLS += [("POST", "/submissions/public/validate-submission", 0)]
_ENDS = [KILL, "SIGINT", "SIGTERM"] if sys.platform != "win32" else [KILL]
_SOME = [(end, "timeout-after", *_CALLS[number]) for number in (2, 6) for end in _ENDS]
_EVERY = [(end, f"timeout{after}", *call) for call in _CALLS for after in ("", "-after") for end in _ENDS]


def _until(condition: Callable[[], Any]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def _ended(running: RunningSandbox, folder: Path, end: str) -> tuple[int, str]:
    """Send, end the process while it waits for the answer that does not come, and return its exit code and words."""
    words = ["submit", str(SOURCE), "--yes", "--to", running.base, "--receipts", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QRDA2QPP_TOKEN": REGISTRY}
    with subprocess.Popen(
        [sys.executable, "-m", "converter", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=folder,
    ) as process:  # fmt: skip
        (row,) = running.state.plan.rows
        _until(lambda: row.times == 0)
        time.sleep(0.3)  # a call that is carried out first is carried out by now
        if end == KILL:
            process.kill()
        else:
            process.send_signal(getattr(signal, end))
        _, err = process.communicate(timeout=60)
        return process.returncode, err.decode("utf-8")


def _check(running: RunningSandbox, folder: Path, row: tuple[str, str, str, str, int]) -> None:
    end, fault, method, path, skip = row
    running.plan({"fault": fault, "method": method, "path": path, "skip": skip})
    code, said = _ended(running, folder, end)
    running.plan()
    between = stored_sets(running)
    for one in file_of(submission()).wanted.sets:
        now = between.get(one.key.category)
        assert now is None or compare(now, one.members).same, "each set is there whole or not at all"
    begun = receipts(folder) if (folder / "receipts").exists() else []
    if end != KILL:
        assert (code, "Interrupted." in said) == (130, True)
        assert not begun or begun[0]["state"] == "interrupted"
    for receipt in begun:
        _is_true(receipt, between)
    with session_to(running.base, folder) as opened:
        again = deliver(opened, file_of(submission()))
    assert again.code == 0
    assert {name: one["createdAt"] for name, one in between.items()}.items() <= {
        name: one["createdAt"] for name, one in stored_sets(running).items()
    }.items(), "what was stored is not stored again"
    assert len(stored_sets(running)) == 3
    assert [one["state"] for one in receipts(folder)].count("sending") == 0
    assert left_over(read_ledger(folder)) == []


def _is_true(receipt: dict[str, Any], between: dict[str, Any]) -> None:
    """A receipt says of each set what is so, or that it is not known."""
    for one in receipt["sets"]:
        if one["outcome"] == "stored":
            assert one["category"] in between
        elif one["outcome"] == "not sent":
            assert one["category"] not in between


@pytest.mark.every(3)
@pytest.mark.parametrize("row", _SOME, ids=str)
def test_some_interruptions(row: tuple[str, str, str, str, int], running: RunningSandbox, tmp_path: Path) -> None:
    _check(running, tmp_path, row)


@pytest.mark.long
@pytest.mark.parametrize("row", _EVERY, ids=str)
def test_every_interruption(row: tuple[str, str, str, str, int], running: RunningSandbox, tmp_path: Path) -> None:
    _check(running, tmp_path, row)
