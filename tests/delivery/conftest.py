"""A sandbox for the tests of sending; it is emptied for each test."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import keyring
import pytest

from converter.delivery import client, pace
from tests.cli.runner import qrda2qpp
from tests.delivery.key_store import Memory
from tests.delivery.sessions import FakeClock
from tests.sandbox_server import REGISTRY, RunningSandbox, sandbox


@pytest.fixture(autouse=True)
def user_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the user of each test a folder of their own, and return it."""
    home = tmp_path_factory.mktemp("user")
    for name in ("XDG_CONFIG_HOME", "LOCALAPPDATA") if sys.platform != "darwin" else ("HOME",):
        monkeypatch.setenv(name, str(home))
    return Path(click.get_app_dir("qrda2qpp", roaming=False))


@pytest.fixture(scope="session")
def running_sandbox() -> Iterator[RunningSandbox]:
    with sandbox(rate_limit=False, fault_seconds=10.0) as running:
        yield running


@pytest.fixture
def running(running_sandbox: RunningSandbox) -> RunningSandbox:
    running_sandbox.client.post("/sandbox/reset").raise_for_status()
    now = datetime.now(UTC).isoformat()
    running_sandbox.client.put("/sandbox/clock", json={"now": now}).raise_for_status()
    running_sandbox.log.clear()
    return running_sandbox


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for an answer for a moment only."""
    monkeypatch.setattr(client, "TOTAL_SECONDS", 3.0)


@pytest.fixture
def command(running: RunningSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Return what calls a command with the token of a registry, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QRDA2QPP_TOKEN", REGISTRY)
    monkeypatch.setenv("QRDA2QPP_RECEIPTS", str(tmp_path / "kept"))
    monkeypatch.setattr(pace, "Clock", lambda: FakeClock().clock)
    before = keyring.get_keyring()
    keyring.set_keyring(Memory())
    yield lambda *words, **more: qrda2qpp(*words, "--to", running.base, **more)
    keyring.set_keyring(before)
