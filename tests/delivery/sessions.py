"""What the tests of sending have in common: a clock that does not wait, submissions, and sessions."""

import copy
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from converter.delivery import client as client_module
from converter.delivery.client import Client, Tokens
from converter.delivery.grants import Given
from converter.delivery.pace import BlockFile, Clock, Pace
from converter.delivery.plan import Plan
from converter.delivery.run import Ended, Prepared, Session, prepared
from converter.delivery.secret import Secret
from converter.delivery.target import target_of
from converter.facts.files import data_folders
from converter.pipeline import Options, convert_bytes
from tests.sandbox_server import REGISTRY, RunningSandbox

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "fixtures" / "2025" / "MIPS_GROUP-clean.xml"
TIN = "000417263"


@dataclass
class FakeClock:
    """A clock on which waiting takes no time."""

    ahead: float = 0.0
    waits: list[float] = field(default_factory=list)
    passes: Callable[[float], None] = lambda _seconds: None

    def now(self) -> float:
        return time.time() + self.ahead

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.ahead += seconds
        self.passes(seconds)

    @property
    def clock(self) -> Clock:
        return Clock(self.now, self.sleep)


@cache
def _submission() -> str:
    return SOURCE.with_suffix(".qpp.json").read_text(encoding="utf-8")


def submission(change: Callable[[dict[str, Any]], None] = lambda _: None) -> dict[str, Any]:
    """Return a submission with three sets, changed."""
    members: dict[str, Any] = copy.deepcopy(json.loads(_submission()))
    change(members)
    return members


def more_met(members: dict[str, Any]) -> None:
    """Change two numbers of the quality set, and one of the others each."""
    value = members["measurementSets"][0]["measurements"][0]["value"]
    value["performanceMet"] += 7
    value["performanceNotMet"] -= 7
    members["measurementSets"][1]["measurements"][0]["value"]["numerator"] += 1
    members["measurementSets"][2]["performanceEnd"] = "2025-12-01"


def file_of(members: dict[str, Any], name: str = "submission.json") -> Prepared:
    """Return a submission as a file that was checked."""
    data = json.dumps(members).encode("utf-8")
    found = prepared(name, data, convert_bytes(data, name, data_folders(None), Options(submissions=True)))
    assert found is not None
    return found


@contextmanager
def client_to(
    base: str,
    folder: Path,
    *,
    transport: httpx.BaseTransport | None = None,
    tokens: Tokens | None = None,
    clock: FakeClock | None = None,
    waits: bool = False,
) -> Iterator[Client]:
    """Open a client that calls a sandbox or a transport."""
    chosen = (clock or FakeClock()).clock
    pace = Pace(chosen, BlockFile(folder / "pauses.json"), base)
    with client_module.http_client(transport=transport) as http:
        yield Client(target_of(base), http, pace, chosen, tokens or Given(Secret(REGISTRY)), waits=waits)


@contextmanager
def session_to(base: str, folder: Path, submitter: str | None = None, **more: Any) -> Iterator[Session]:
    """Open a session; what it says to the user is in its folder, line by line."""

    def says(words: str) -> None:
        with (folder / "said.txt").open("a", encoding="utf-8") as stream:
            stream.write(f"{words}\n")

    with client_to(base, folder, **more) as client:
        yield Session(client, folder, submitter, says)


def deliver(opened: Session, file: Prepared) -> Ended:
    """Send a file as the command does: plan, send, record."""
    with opened.alone(file.wanted.identity):
        plan = opened.plan(file)
        return opened.carry_out(file, plan) if isinstance(plan, Plan) else opened.record_refusal(file, plan)


def stored_sets(running: RunningSandbox) -> dict[str, dict[str, Any]]:
    """Return what the first registry has stored in a sandbox: category -> set."""
    found = running.client.get("/api/submissions/measurement-sets").json()["data"]
    sets = found["measurementSets"]
    assert len({one["category"] for one in sets}) == len(sets), "no set is there twice"
    return {one["category"]: one for one in sets}


def receipts(folder: Path) -> list[dict[str, Any]]:
    """Return the receipts of a folder, the oldest first."""
    paths = sorted((folder / "receipts").rglob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    return [json.loads(path.read_bytes()) for path in paths]


def written(members: dict[str, Any], name: str = "submission.json") -> str:
    """Write a submission into the current folder, and return the name of the file."""
    Path(name).write_text(json.dumps(members), encoding="utf-8")
    return name
