"""A run that is stopped halfway by this computer: the exit code and the receipt say what is known, not more."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from converter.cli import delivering
from converter.cli.words import echo as echo_words
from converter.delivery import run as run_module
from converter.delivery.ledger import left_over, read_ledger
from converter.delivery.plan import Plan
from converter.delivery.receipts import Receipt
from converter.delivery.result_words import result_lines
from converter.delivery.run import Ended
from converter.delivery.secret import Secret
from converter.delivery.sending import Outcome
from converter.errors import UsageError
from tests.cli.runner import ROOT, qrda2qpp
from tests.delivery.scripted import Answering, Scripted, status
from tests.delivery.sessions import SOURCE, TIN, deliver, file_of, receipts, session_to, stored_sets, submission
from tests.delivery.sessions import written as written_file
from tests.sandbox_server import REGISTRY, RunningSandbox

BASE = "http://127.0.0.1:1"


class Locked:
    """A key store that is locked after so many calls."""

    def __init__(self, calls: int) -> None:
        self.left = calls

    def current(self) -> Secret:
        self.left -= 1
        if self.left < 0:
            raise UsageError("The key store is locked.")
        return Secret("a-token")

    def renewed(self, _client: object) -> None:
        raise UsageError("The key store is locked.")

    def why(self, _now: float) -> str:
        return ""


def sent(cms: Scripted, folder: Path, **more: Any) -> Ended:
    with session_to(BASE, folder, transport=cms.transport, **more) as opened:
        return deliver(opened, file_of(submission()))


def words(ended: Ended) -> str:
    return "\n".join(result_lines(ended, file_of(submission()), str))


@pytest.mark.parametrize(
    ("calls", "code", "outcomes"),
    [
        (1, 1, ["not sent", "not sent", "not sent"]),
        (2, 1, ["not sent", "not sent", "not sent"]),
        (3, 4, ["answered, not read back", "not sent", "not sent"]),
        (4, 4, ["answered, not read back", "not sent", "not sent"]),
        (7, 4, ["answered, not read back"] * 3),
        (8, 0, ["stored"] * 3),
    ],
)
def test_a_key_store_that_locks(calls: int, code: int, outcomes: list[str], tmp_path: Path) -> None:
    """The calls are: look, then look and send for each set, look, read the score."""
    ended = sent(Scripted(), tmp_path, tokens=Locked(calls))
    assert (ended.code, [one.outcome.value for one in ended.results]) == (code, outcomes)
    (receipt,) = receipts(tmp_path)
    assert [one["outcome"] for one in receipt["sets"]] == outcomes
    assert receipt["state"] == ("ended" if code == 0 else "interrupted")
    assert receipt["ended"]
    said = words(ended)
    assert "The key store is locked." in said
    assert ("The score could not be read" in said) is (code == 0)
    assert ("Nothing was stored." in said) is (code == 1)


def test_a_renewed_token_that_cannot_be_kept(tmp_path: Path) -> None:
    cms = Scripted(rows=[None, status(401)])
    ended = sent(cms, tmp_path, tokens=Locked(99))
    assert [one.outcome for one in ended.results] == [Outcome.STORED, Outcome.UNKNOWN, Outcome.NOT_SENT]
    assert ended.code == 4


@pytest.mark.parametrize(("good", "code", "stored"), [(0, None, 0), (1, 1, 0), (2, 4, 1), (7, 0, 3), (8, 0, 3)])
def test_a_receipt_that_cannot_be_written_any_longer(
    good: int, code: int | None, stored: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is written at the beginning, before and after each call, after reading, and at the end."""
    left, real, cms = [good], Receipt.write, Scripted()

    def write(self: Receipt) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        real(self)

    monkeypatch.setattr(Receipt, "write", write)
    if code is None:
        with pytest.raises(UsageError, match="No space left"):
            sent(cms, tmp_path)
    else:
        ended = sent(cms, tmp_path)
        assert ended.code == code
        assert [one.outcome for one in ended.results].count(Outcome.STORED) == stored
        assert "No space left on device" in words(ended)
    assert len(cms.sets) == stored


def interrupting(_: httpx.Request) -> httpx.Response:
    raise KeyboardInterrupt


def interrupted_at_the_end(sets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(sets) == 3:
        raise KeyboardInterrupt
    return sets


@pytest.mark.parametrize("before", [True, False])
def test_an_interrupt_before_the_reading_back(before: bool, tmp_path: Path) -> None:
    """What was answered is not yet called stored, and the ledger says that it is not verified."""
    cms = Scripted(rows=[None, interrupting] if before else [])
    if not before:
        cms.shows = interrupted_at_the_end
    with pytest.raises(KeyboardInterrupt):
        sent(cms, tmp_path)
    wanted = ["answered, not read back", "not known", "not sent"] if before else ["answered, not read back"] * 3
    assert [one["outcome"] for one in receipts(tmp_path)[-1]["sets"]] == wanted
    assert [row.outcome for row in left_over(read_ledger(tmp_path))] == wanted
    listed = qrda2qpp("ledger", "--receipts", tmp_path)
    assert listed.code == 1
    said = "2 sets left to send, 1 set left to verify." if before else "0 sets left to send, 3 sets left to verify."
    assert said in listed.text
    cms.shows = lambda sets: sets
    assert sent(cms, tmp_path).code == 0
    assert qrda2qpp("ledger", "--receipts", tmp_path).code == 0


def test_a_failed_withdrawal_is_not_left_to_send(tmp_path: Path) -> None:
    cms = Scripted()
    assert sent(cms, tmp_path).code == 0
    cms.rows = [status(403, {"message": "Forbidden"})]
    with session_to(BASE, tmp_path, transport=cms.transport) as opened:
        file = file_of(submission())
        plan = opened.plan_to_withdraw(file, every=False)
        assert isinstance(plan, Plan)
        assert opened.carry_out(file, plan).code == 1
    listed = qrda2qpp("ledger", "--receipts", tmp_path)
    assert listed.code == 1
    assert "0 sets left to send, 3 sets left to delete." in listed.text
    assert "to be deleted, not sent" in listed.text


def test_a_folder_that_cannot_be_written(command: Any, running: RunningSandbox) -> None:
    Path("taken").write_text("in the way", encoding="utf-8")
    for name in ("submit", "withdraw"):
        result = command(name, SOURCE, "--yes", "--receipts", "taken/kept")
        assert result.code == 1
        assert "Nothing was sent." in " ".join(result.stderr.split())
    assert stored_sets(running) == {}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_plan_that_cannot_be_shown(running: RunningSandbox, tmp_path: Path) -> None:
    words = ["submit", str(SOURCE), "--yes", "--to", running.base, "--receipts", str(tmp_path)]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "converter", *words], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60,
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT), "QRDA2QPP_TOKEN": REGISTRY},
        )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert b"Nothing was sent." in done.stderr
    assert stored_sets(running) == {}


@pytest.mark.parametrize("name", ["submit", "withdraw"])
def test_a_result_that_cannot_be_shown(command: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert name == "submit" or command("submit", SOURCE, "--yes").code == 0
    real: Callable[..., None] = echo_words

    def failing(said: str, **more: Any) -> None:
        if said.startswith("Result for") and not more.get("err"):
            raise OSError(28, "No space left on device")
        real(said, **more)

    monkeypatch.setattr(delivering, "echo", failing)
    result = command(name, SOURCE, "--yes")
    assert result.code == 0
    assert "Everything is as the plan says." in result.stderr


@pytest.mark.parametrize("name", ["submit", "withdraw"])
def test_names_of_files_are_masked(command: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written_file(submission(), f"export_{TIN}.json")
    assert name == "submit" or command("submit", file, "--yes").code == 0
    result = command(name, file, "--yes")
    assert "Result for export_*****7263.json" in result.text
    assert TIN not in result.text + result.stderr
    assert f"export_{TIN}.json" in command("submit", file, "--yes", "--show-ids").text

    def busy(*_: object) -> None:
        raise UsageError(f"No {TIN}.")

    monkeypatch.setattr(run_module, "identity_digest", busy)
    refused = command(name, file, "--yes")
    assert refused.code == 1
    assert "export_*****7263.json: No *****7263. Nothing was sent." in " ".join(refused.stderr.split())


def test_two_files_of_one_set_are_named_masked(command: Any) -> None:
    files = [written_file(submission(), f"{name}_{TIN}.json") for name in ("a", "b")]
    result = command("submit", *files, "--yes")
    assert result.code == 2
    assert "a_*****7263.json, b_*****7263.json" in " ".join(result.stderr.split())


def test_differences_of_practice_details_are_masked(tmp_path: Path) -> None:
    cms = Scripted()
    details = {"taxpayerIdentificationNumber": TIN, "npis": ["0777777777"]}
    cms.shows = lambda sets: [{**one, "practiceDetails": details} for one in sets]
    ended = sent(cms, tmp_path)
    assert ended.results[0].outcome is Outcome.DIFFERENT
    said, kept = words(ended), json.dumps(receipts(tmp_path))
    for text in (said, kept):
        assert "*****7263" in text
        assert TIN not in text
        assert "0777777777" not in text
    assert TIN in "\n".join(result_lines(ended, file_of(submission()), str, show_ids=True))


ODD = b'{"error": {"type": "ValidationError", "message": "x\\ud800y", "details": []}}'


def test_half_a_surrogate_pair(tmp_path: Path) -> None:
    refusing: Answering = lambda _: httpx.Response(422, content=ODD)  # noqa: E731
    ended = sent(Scripted(rows=[refusing] * 3), tmp_path)
    assert ended.code == 1
    assert words(ended)
    assert receipts(tmp_path)[-1]["sets"][0]["failure"]["said"] == "x\ud800y"
    assert qrda2qpp("ledger", "--receipts", tmp_path).code == 1
