"""The ledger: a line for each set, what was never sent again, and what a crash leaves."""

import csv
import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from converter.delivery import ledger
from converter.delivery.calls import Identity
from converter.delivery.ledger import FILE, Row, close_receipt, left_over, read_ledger, rows_of
from converter.delivery.receipts import ENDED, INTERRUPTED, Receipt, identity_digest, open_receipts
from tests.cli.runner import qrda2qpp
from tests.delivery.sessions import deliver, file_of, session_to, submission
from tests.sandbox_server import RunningSandbox


def a_row(**members: str) -> Row:
    return Row(*("x" for _ in Row._fields))._replace(**members)


def a_receipt(folder: Path, name: str = "r1", **one: object) -> Receipt:
    planned = {
        "category": "ia", "submissionMethod": "registry", "programName": "mips", "planned": "new",
        "outcome": "refused", "id": None, "status": 422, "requestId": "q", "failure": {"said": "no", "kind": "k"},
    }  # fmt: skip
    members = {
        "receiptVersion": 1, "state": "sending", "host": "h", "begun": "2026-11-27T03:00:00Z", "ended": None,
        "source": {"name": "=cmd()", "sha256": "a"},
        "submission": {"id": "s", "identity": {"performanceYear": 2025, "entityType": "group", "entityId": "E1"},
                       "identityDigest": "d"},
        "sets": [planned | one],
    }  # fmt: skip
    receipt = Receipt(folder / "receipts" / "open" / f"{name}.json", members)
    receipt.write()
    return receipt


def test_what_was_never_sent_again() -> None:
    rows = [
        a_row(category="ia", outcome="refused", said="first"),
        a_row(category="pi", outcome="refused"),
        a_row(category="ia", outcome="not known", said="second"),
        a_row(category="pi", outcome="stored"),
        a_row(category="quality", outcome="stored"),
        a_row(category="quality", outcome="changed by somebody else"),
        a_row(category="quality", outcome="refused", identity_digest="another"),
        a_row(category="cost", outcome="withdrawn"),
    ]
    assert [(row.category, row.identity_digest, row.said) for row in left_over(rows)] == [
        ("ia", "x", "second"), ("quality", "x", "x"), ("quality", "another", "x"),
    ]  # fmt: skip


def test_lines_are_added_and_read(tmp_path: Path) -> None:
    close_receipt(tmp_path, a_receipt(tmp_path), ENDED, 0.0, 1)
    close_receipt(tmp_path, a_receipt(tmp_path, "r2", outcome="stored", failure=None), ENDED, 60.0, 0)
    rows = read_ledger(tmp_path)
    assert [(row.receipt, row.outcome, row.said, row.time) for row in rows] == [
        ("r1", "refused", "no", "1970-01-01T00:00:00Z"), ("r2", "stored", "", "1970-01-01T00:01:00Z"),
    ]  # fmt: skip
    assert rows[0].source == "=cmd()"
    with (tmp_path / FILE).open(newline="", encoding="utf-8") as stream:
        assert next(csv.DictReader(stream))["source"] == "'=cmd()", "a spreadsheet does not run it"
    assert left_over(rows) == []


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are those of POSIX")
def test_all_files_are_for_their_owner_only(running: RunningSandbox, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    with session_to(running.base, folder) as opened:
        before = os.umask(0)
        try:
            deliver(opened, file_of(submission()))
        finally:
            os.umask(before)
    said = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_size and path.name != "said.txt"]
    assert {path.suffix for path in said} == {".csv", ".json", ".key"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in said} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*")) if path.is_dir()} == {0o700}


def test_a_line_that_was_torn(tmp_path: Path) -> None:
    close_receipt(tmp_path, a_receipt(tmp_path), ENDED, 0.0, 1)
    path = tmp_path / FILE
    path.write_bytes(path.read_bytes() + b'2026,half,"a')
    close_receipt(tmp_path, a_receipt(tmp_path, "r2"), ENDED, 0.0, 1)
    assert read_ledger(tmp_path)[0].receipt == "r1"
    path.write_bytes(b"\xff\xfe\x00")
    assert read_ledger(tmp_path) == ()
    assert read_ledger(tmp_path / "nowhere") == ()


def test_a_receipt_that_nobody_closed(tmp_path: Path) -> None:
    a_receipt(tmp_path, outcome="not known", failure=None)
    other = a_receipt(tmp_path, "r0", outcome="not known", failure=None)
    other.members["submission"]["identityDigest"] = "other"
    other.write()
    shown = qrda2qpp("ledger", "--receipts", tmp_path)
    assert shown.code == 1
    assert "at work or interrupted: =cmd(), receipt r1" in shown.text
    closed = ledger.close_unfinished(tmp_path, "d", 0.0)
    assert [(one.id, one.members["state"]) for one in closed] == [("r1", INTERRUPTED)]
    assert [one.id for one in open_receipts(tmp_path)] == ["r0"], "another run may be at work on it"
    assert (tmp_path / "receipts" / "r1.json").exists()
    assert {row.outcome for row in left_over(read_ledger(tmp_path))} == {"not known"}
    listed = qrda2qpp("ledger", "--receipts", tmp_path).text
    assert "1 set left to send." in listed
    assert "For 1 set it is not known what CMS has done" in listed


def test_a_ledger_that_is_open_in_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "write_private", locked)
        assert close_receipt(tmp_path, a_receipt(tmp_path), ENDED, 0.0, 1) is False
    assert "not in the ledger yet: =cmd(), receipt r1" in qrda2qpp("ledger", "--receipts", tmp_path).text
    assert ledger.close_unfinished(tmp_path, "another", 0.0) == []
    assert [row.receipt for row in read_ledger(tmp_path)] == ["r1"]
    assert list(open_receipts(tmp_path)) == []


def test_files_that_are_no_receipts(tmp_path: Path) -> None:
    a_receipt(tmp_path)
    texts = ("{", "[]", '{"receiptVersion": 99}', "\x00", "[" * 200_000)
    for number, text in enumerate(texts):
        (tmp_path / "receipts" / "open" / f"{number}.json").write_text(text)
    (tmp_path / "receipts" / "open" / "folder.json").mkdir()
    assert [one.id for one in open_receipts(tmp_path)] == ["r1"]


@pytest.mark.parametrize(
    "path", ["state", "begun", "source", "source/name", "submission/identity", "sets", "sets/0/failure"]
)
@pytest.mark.parametrize("value", [None, 5, [], {}])
def test_a_damaged_receipt_stops_nobody(path: str, value: object, tmp_path: Path) -> None:
    receipt = a_receipt(tmp_path)
    receipt.members["state"] = ENDED
    *steps, last = path.split("/")
    inside: Any = receipt.members
    for step in steps:
        inside = inside[int(step) if isinstance(inside, list) else step]
    del inside[last]
    receipt.write()
    assert (qrda2qpp("ledger", "--receipts", tmp_path).code, list(open_receipts(tmp_path))) == (0, [])
    inside[last] = value
    receipt.write()
    assert qrda2qpp("ledger", "--receipts", tmp_path).code in (0, 1)
    assert ledger.close_unfinished(tmp_path, "another", 0.0) == []


def test_a_ledger_with_a_cell_that_nobody_reads(tmp_path: Path) -> None:
    for name in ("r1", "r2"):
        close_receipt(tmp_path, a_receipt(tmp_path, name), ENDED, 0.0, 1)
    path = tmp_path / FILE
    first, line, last = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + line.replace(b"no", b"n" * 200_000) + last)
    assert [row.receipt for row in read_ledger(tmp_path)] == ["r2"]
    assert qrda2qpp("ledger", "--receipts", tmp_path).code == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in folders")
def test_a_ledger_that_is_no_file(tmp_path: Path) -> None:
    receipt = a_receipt(tmp_path)
    os.mkfifo(tmp_path / FILE)
    done = qrda2qpp("ledger", "--receipts", tmp_path)
    assert (done.code, f"{FILE} is not a regular file" in done.stderr) == (1, True)
    assert close_receipt(tmp_path, receipt, ENDED, 0.0, 1) is False
    os.mkfifo(tmp_path / "receipts" / "open" / "pipe.json")
    assert [one.id for one in open_receipts(tmp_path)] == ["r1"]


def test_a_key_that_is_damaged(tmp_path: Path) -> None:
    identity_digest(tmp_path, "h", Identity(2025, "group", "000417263"))
    (tmp_path / "identities.key").write_bytes(b"\xffno")
    with pytest.raises(OSError, match=r"identities\.key is damaged"):
        identity_digest(tmp_path, "h", Identity(2025, "group", "000417263"))


def test_an_empty_ledger(tmp_path: Path) -> None:
    result = qrda2qpp("ledger", "--receipts", tmp_path)
    assert (result.code, result.text) == (0, "0 lines in the ledger; 0 sets left to send.\n")


def test_every_line(tmp_path: Path) -> None:
    receipt = a_receipt(tmp_path, outcome="stored", failure=None)
    assert close_receipt(tmp_path, receipt, ENDED, 0.0, 0)
    assert "ia, registry, mips" not in qrda2qpp("ledger", "--receipts", tmp_path).text
    assert "ia, registry, mips" in qrda2qpp("ledger", "--receipts", tmp_path, "--all").text
    assert [row.identity for row in rows_of(receipt)] == ["E1"]


def test_identities_are_compared_by_a_key_of_the_folder(tmp_path: Path) -> None:
    """The ledger alone does not give a TIN away to somebody who tries all of them."""
    one, other = (Identity(2025, "group", tin) for tin in ("000417263", "000417264"))
    first = identity_digest(tmp_path / "a", "h", one)
    assert first == identity_digest(tmp_path / "a", "h", one)
    assert len({first, identity_digest(tmp_path / "a", "h", other), identity_digest(tmp_path / "b", "h", one)}) == 3
    assert sys.platform == "win32" or stat.S_IMODE(os.stat(tmp_path / "a" / "identities.key").st_mode) == 0o600
