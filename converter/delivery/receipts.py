"""Receipts: what was sent, what CMS answered and what is stored, one file for each file that was sent.

A receipt is written before the first call that changes something and after each step, so that also a process that was
killed leaves what it knew. Its identifiers are masked.
"""

import hmac
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeGuard

from converter import __version__
from converter.delivery.answers import Failure
from converter.delivery.calls import SUBMISSIONS_TYPE, Identity
from converter.delivery.client import Client
from converter.delivery.comparing import Difference, Fate
from converter.delivery.plan import PlannedSet
from converter.delivery.private_files import private_folder, private_key, write_private
from converter.delivery.sending import Delivery, SetResult
from converter.delivery.set_values import HeldSet
from converter.findings.mask import masked, masked_text

_VERSION = 1
_OF_SET = (
    "category", "submissionMethod", "programName", "planned", "outcome", "id", "status", "requestId", "failure"
)  # fmt: skip
SENDING, ENDED, INTERRUPTED = "sending", "ended", "interrupted"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a receipt says about the file that was sent.

    Attributes:
        source: its name.
        source_sha256: SHA-256 of its bytes.
        submission_sha256: SHA-256 of the QPP JSON that was made of it.
        catalog_date: date of the measures data, or None.
    """

    source: str
    source_sha256: str
    submission_sha256: str
    catalog_date: str | None = None


@dataclass(slots=True)
class Receipt:
    """The receipt of one file.

    While it is open, which is until its lines are in the ledger, it is kept in a folder of its own, so that what a
    run has left is found among thousands.

    Attributes:
        path: where it is kept.
        members: what it says.
    """

    path: Path
    members: dict[str, Any] = field(repr=False)

    @property
    def id(self) -> str:
        """Its name without the ending."""
        return self.path.stem

    def note(self, delivery: Delivery) -> None:
        """Keep what is known by now.

        Raises:
            OSError: the file cannot be written.
        """
        self.members["submission"]["id"] = delivery.submission_id
        self.members["sets"] = [set_members(one) for one in delivery.results]
        self.members["calls"] = list(calls_of(delivery.client))
        self.write()

    def settle(self) -> None:
        """Put it among those that are complete."""
        before = self.path
        self.path = before.parent.parent / before.name
        self.write()
        before.unlink(missing_ok=True)

    def write(self) -> None:
        """Write the file."""
        write_private(self.path, json.dumps(self.members, ensure_ascii=False, indent=2) + "\n")


def new_receipt(
    folder: Path, client: Client, identity: Identity, sent: Sent, certification: Mapping[str, Any] | None
) -> Receipt:
    """Return a receipt that says what is about to be sent; it is not written yet."""
    now = client.clock.now()
    name = f"{datetime.fromtimestamp(now, UTC):%Y%m%dT%H%M%SZ}-{os.urandom(4).hex()}.json"
    members = {
        "receiptVersion": _VERSION,
        "state": SENDING,
        "tool": f"qrda2qpp {__version__}",
        "catalogDate": sent.catalog_date,
        "apiVersion": SUBMISSIONS_TYPE,
        "host": client.target.base,
        "to": client.target.place.value,
        "begun": stamp(now),
        "ended": None,
        "exitCode": None,
        "source": {"name": masked_text(sent.source), "sha256": sent.source_sha256},
        "submission": {
            "id": None,
            "sha256": sent.submission_sha256,
            "identity": masked_identity(identity),
            "identityDigest": identity_digest(folder, client.target.base, identity),
        },
        "certification": certification,
        "sets": [],
        "score": None,
        "calls": [],
    }
    return Receipt(private_folder(folder / "receipts" / "open") / name, members)


def open_receipts(folder: Path) -> Iterator[Receipt]:
    """Yield the receipts that are still open, the oldest first; files that are none, or damaged, are left out."""
    for path in sorted((folder / "receipts" / "open").glob("*.json")):
        try:
            members = json.loads(path.read_bytes()) if path.is_file() else None
        except (OSError, ValueError, RecursionError):
            continue
        if _is_receipt(members):
            yield Receipt(path, members)


def _is_receipt(members: object) -> TypeGuard[dict[str, Any]]:
    """Whether a receipt has what is listed of it, and what goes into the ledger."""
    return (
        isinstance(members, dict)
        and members.get("receiptVersion") == _VERSION
        and members.keys() >= {"state", "host", "begun", "ended", "source", "submission", "sets"}
        and _has(members["source"], "name", "sha256")
        and _has(members["submission"], "id", "identity", "identityDigest")
        and isinstance(members["submission"]["identity"], dict)
        and isinstance(members["sets"], list)
        and all(_has(one, *_OF_SET) and isinstance(one["failure"], dict | None) for one in members["sets"])
    )


def _has(members: object, *names: str) -> bool:
    return isinstance(members, dict) and members.keys() >= {*names}


def set_members(result: SetResult) -> dict[str, Any]:
    """Return what a receipt says about one set."""
    planned, held, failure = result.planned, result.held, result.failure
    return {
        "category": planned.key.category,
        "submissionMethod": planned.key.method,
        "programName": planned.key.program,
        "planned": planned.step.value,
        "outcome": result.outcome.value,
        "id": held.id if held else planned.held.id if planned.held else result.given_id,
        "status": result.status,
        "requestId": result.request_id,
        "measures": _measures(planned),
        "rates": rates_of(held) if held else {},
        "differences": [_difference(name, one) for name, one in differences_of(result)],
        "failure": failure_members(failure) if failure else None,
    }


def differences_of(result: SetResult) -> Iterator[tuple[str, Difference]]:
    """Yield where what is stored differs from what was sent, each with the id of its measure, or empty for the set."""
    if result.comparison is not None:
        yield from (("", one) for one in result.comparison.members)
        yield from ((change.measure_id, one) for change in result.comparison.measures for one in change.differences)


def rates_of(held: HeldSet) -> dict[str, object]:
    """Return the performance rates that CMS has worked out, by measure."""
    every = {one.get("measureId"): one.get("value") for one in held.members.get("measurements") or ()}
    return {
        str(name): value["performanceRate"]
        for name, value in every.items()
        if isinstance(value, Mapping) and isinstance(value.get("performanceRate"), int | float)
    }


def failure_members(failure: Failure) -> dict[str, Any]:
    """Return what a receipt says about a call that failed."""
    said = masked_text(failure.said) or None
    return {"call": failure.call, "kind": failure.trouble.value, "status": failure.status, "said": said}


def score_members(score: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return what a receipt says about a score: its value and those of its parts."""
    if score is None:
        return None
    parts = score.get("parts")
    named = [one for one in parts if isinstance(one, Mapping)] if isinstance(parts, list) else []
    return {
        "value": score.get("value"),
        "engine": score.get("detail"),
        "parts": [{"name": one.get("name"), "value": one.get("value")} for one in named],
    }


def calls_of(client: Client) -> Iterator[dict[str, Any]]:
    """Yield what a receipt says about each call that was made."""
    for one in client.made:
        yield {
            "time": stamp(one.time),
            "call": one.call,
            "method": one.method,
            "status": one.status,
            "trouble": one.trouble.value if one.trouble else None,
            "requestId": one.request_id,
            "seconds": round(one.seconds, 3),
        }


def masked_identity(identity: Identity) -> dict[str, Any]:
    """Return an identity with its numbers masked."""
    every = identity.members()
    for name in ("taxpayerIdentificationNumber", "nationalProviderIdentifier"):
        if name in every:
            every[name] = masked(every[name])
    return every


def identity_digest(folder: Path, base: str, identity: Identity) -> str:
    """Return what an identity is compared by in the ledger.

    It is made with a key that stays in the folder: whoever gets the ledger alone cannot find the numbers by trying all.
    """
    text = json.dumps([base, identity.members()], sort_keys=True)
    return hmac.new(private_key(folder / "identities.key"), text.encode("utf-8"), "sha256").hexdigest()[:32]


def stamp(time: float) -> str:
    """Return a time as `2026-11-27T03:41:47Z`."""
    return f"{datetime.fromtimestamp(time, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _measures(planned: PlannedSet) -> dict[str, list[str]]:
    fates: Iterable[Fate] = Fate
    return {fate.value: [one.measure_id for one in found] for fate in fates if (found := planned.comparison.of(fate))}


def _difference(measure: str, one: Difference) -> dict[str, Any]:
    return {"measure": measure or None, "member": one.member, "sent": _masked(one.new), "stored": _masked(one.old)}


def _masked(value: object) -> object:
    """Return a value with the numbers masked that may be a TIN or NPI, as practice details have them."""
    if isinstance(value, str):
        return masked_text(value)
    return [_masked(one) for one in value] if isinstance(value, list) else value
