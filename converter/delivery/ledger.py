"""The ledger: one line for each set that was sent or should have been, and what was never sent again."""

import contextlib
import csv
import errno
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock

from converter.delivery.plan import Step
from converter.delivery.private_files import private_folder, write_private
from converter.delivery.receipts import INTERRUPTED, SENDING, Receipt, open_receipts, stamp
from converter.delivery.sending import DONE, Outcome

FILE = "ledger.csv"
_SETTLED = frozenset(one.value for one in DONE)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Row(NamedTuple):
    """One line of the ledger. All texts; empty for what is not known."""

    time: str
    receipt: str
    host: str
    source: str
    source_sha256: str
    year: str
    entity_type: str
    identity: str
    identity_digest: str
    category: str
    submission_method: str
    program: str
    planned: str
    outcome: str
    set_id: str
    submission_id: str
    status: str
    request_id: str
    said: str

    @property
    def settled(self) -> bool:
        """Whether the set is as it should be."""
        return self.outcome in _SETTLED

    @property
    def withdraws(self) -> bool:
        """Whether the set was to be deleted."""
        return self.planned == Step.WITHDRAW.value

    @property
    def answered(self) -> bool:
        """Whether CMS answered that it was done, but that was not read back."""
        return self.outcome == Outcome.ANSWERED.value

    @property
    def uncertain(self) -> bool:
        """Whether it is not known what CMS has done."""
        return self.outcome == Outcome.UNKNOWN.value

    @property
    def key(self) -> tuple[str, ...]:
        """What a later line is about the same set by."""
        return self.host, self.identity_digest, self.category, self.submission_method, self.program


def close_receipt(folder: Path, receipt: Receipt, state: str, now: float, code: int | None) -> bool:
    """Say in a receipt how it ended, and add a line for each of its sets to the ledger.

    Returns:
        Whether that could be done. A ledger may be open in a spreadsheet; the receipt is then kept open, and a later
        run adds its lines.

    Raises:
        OSError: the receipt cannot be written.
    """
    receipt.members |= {"state": state, "ended": stamp(now), "exitCode": code}
    try:
        _add(folder, receipt)
    except OSError:
        receipt.write()
        return False
    receipt.settle()
    return True


def _add(folder: Path, receipt: Receipt) -> None:
    private_folder(folder)
    with FileLock(folder / f"{FILE}.lock"):
        text = _text(folder)
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        if not text:
            writer.writerow(Row._fields)
        writer.writerows([_safe(one) for one in row] for row in rows_of(receipt))
        write_private(folder / FILE, text + out.getvalue())


def rows_of(receipt: Receipt) -> Iterator[Row]:
    """Yield the lines of a receipt."""
    members = receipt.members
    submission, source = members["submission"], members["source"]
    identity = submission["identity"]
    numbers = " ".join(str(number) for one in _NUMBERS if (number := identity.get(one)))
    for one in members["sets"]:
        said = (one["failure"] or {}).get("said") or (one["failure"] or {}).get("kind")
        yield Row(*(_word(value) for value in (
            members["ended"] or members["begun"], receipt.id, members["host"], source["name"], source["sha256"],
            identity.get("performanceYear"), identity.get("entityType"), numbers,
            submission["identityDigest"], one["category"], one["submissionMethod"], one["programName"], one["planned"],
            one["outcome"], one["id"], submission["id"], one["status"], one["requestId"], said,
        )))  # fmt: skip


def read_ledger(folder: Path) -> tuple[Row, ...]:
    """Return the lines of the ledger; lines of another shape are left out.

    Raises:
        OSError: it cannot be read.
    """
    lines = _lines(_text(folder))
    return tuple(Row(*(_plain(one) for one in line)) for line in lines if len(line) == len(Row._fields))[1:]


def _lines(text: str) -> Iterator[list[str]]:
    """Yield the cells of each line that can be read; one with a cell of more than 128 KB cannot."""
    lines = csv.reader(io.StringIO(text, newline=""))
    while True:
        with contextlib.suppress(csv.Error):
            line = next(lines, None)
            if line is None:
                return
            yield line


def left_over(rows: Iterable[Row]) -> list[Row]:
    """Return the sets whose last line says that they are not stored as they should be, the oldest first."""
    last: dict[tuple[str, ...], Row] = {}
    for row in rows:
        last.pop(row.key, None)
        last[row.key] = row
    return [row for row in last.values() if not row.settled]


def close_unfinished(folder: Path, digest: str, now: float) -> list[Receipt]:
    """Close the receipts that an interrupted run has left for an identity, and add what is missing to the ledger.

    The caller holds the lock of the identity, so that no run is at work on them.

    Returns:
        The receipts of runs that were interrupted without closing them.
    """
    found = []
    with FileLock(private_folder(folder / "locks") / "open-receipts.lock"):
        for one in open_receipts(folder):
            members = one.members
            if members["state"] != SENDING:
                _settle(folder, one)
            elif members["submission"]["identityDigest"] == digest:
                close_receipt(folder, one, INTERRUPTED, now, None)
                found.append(one)
    return found


def _settle(folder: Path, receipt: Receipt) -> None:
    with contextlib.suppress(OSError):
        _add(folder, receipt)
        receipt.settle()


_NUMBERS = ("taxpayerIdentificationNumber", "nationalProviderIdentifier", "entityId")


def _text(folder: Path) -> str:
    path = folder / FILE
    if path.exists() and not path.is_file():  # to open a named pipe would wait for whoever is at its other end
        raise OSError(errno.EINVAL, f"{FILE} is not a regular file")
    text = path.read_bytes().decode("utf-8", "replace") if path.exists() else ""
    return text if not text or text.endswith("\n") else f"{text}\n"


def _word(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
