"""Tokens are nowhere but in the store, identifiers are masked, and nothing goes anywhere but to the address given."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from converter.delivery import pace
from converter.service.sandbox.oauth.requests import NATIVE
from tests.cli.runner import ROOT, qrda2qpp
from tests.delivery.sessions import SOURCE, TIN, FakeClock
from tests.delivery.test_sign_in import browser
from tests.sandbox_server import REGISTRY, RunningSandbox

_WATCHED = """
import sys
def watch(event, arguments):
    if event == "socket.connect":
        print("CONNECT", arguments[1], file=sys.stderr)
    elif event == "socket.getaddrinfo":
        print("LOOKUP", arguments[0], arguments[1], file=sys.stderr)
sys.addaudithook(watch)
from converter.cli.main import run
run(sys.argv[1:])
"""
_LOADED = """
import sys
from converter.cli.main import run
try:
    run(sys.argv[1:])
except SystemExit:
    names = ("converter.delivery", "httpx", "authlib", "keyring", "joserfc", "socket", "ssl")
    print([one for one in names if one in sys.modules], file=sys.stderr)
"""


def test_tokens_are_nowhere_but_in_the_store(
    running: RunningSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pace, "Clock", lambda: FakeClock().clock)
    secrets: set[str] = set()
    urls: list[str] = []

    def pasted(*_: object, **__: object) -> str:
        address = browser(running, urls[0])
        secrets.add(address.partition("code=")[2].partition("&")[0])
        return address

    monkeypatch.setattr("click.prompt", pasted)
    monkeypatch.setattr("webbrowser.open", urls.append)
    to = ("--to", running.base, "--token-file", "tokens.json", "--receipts", "kept")
    said = [qrda2qpp("login", "--client-id", NATIVE, "--paste", *to)]

    def kept() -> None:
        grant = json.loads(Path("tokens.json").read_text(encoding="utf-8"))
        secrets.update((grant["access"], grant["refresh"]))

    kept()
    said.append(qrda2qpp("submit", SOURCE, "--yes", *to))
    running.client.put("/sandbox/clock", json={"advance": 4000})
    said.append(qrda2qpp("stored", SOURCE, *to))
    kept()
    for fault in ("401", "422", "html", "500", "cut", "closed-year", "broken-json", "unknown-member"):
        running.plan({"fault": fault, "times": None})
        said.append(qrda2qpp("withdraw", SOURCE, "--yes", *to))
        said.append(qrda2qpp("submit", SOURCE, "--yes", *to))
    running.plan()
    said += [qrda2qpp("ledger", "--all", "--receipts", "kept"), qrda2qpp("logout", *to)]
    assert len(secrets) >= 5
    texts = [one.text + one.stderr for one in said]
    texts += [path.read_text(encoding="utf-8") for path in Path("kept").rglob("*") if path.is_file()]
    assert not [secret for secret in secrets for text in texts if secret in text]
    assert not [text for text in texts if TIN in text]
    assert TIN not in json.dumps(running.log)
    assert not Path("tokens.json").exists()


def watched(*words: str, folder: Path) -> set[str]:
    """Run the command in a process of its own, and return where it connects to and what it looks up."""
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED, *words],
        capture_output=True, check=False, text=True, cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QRDA2QPP_TOKEN": REGISTRY, "HTTPS_PROXY": "http://127.0.0.1:9"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {line for line in done.stderr.splitlines() if line.startswith(("CONNECT", "LOOKUP"))}


def test_nothing_goes_anywhere_but_to_the_address_given(running: RunningSandbox, tmp_path: Path) -> None:
    to = ("--to", running.base, "--receipts", "kept")
    parts = urlsplit(running.base)
    here = {f"CONNECT ('{parts.hostname}', {parts.port})", f"LOOKUP {parts.hostname} {parts.port}"}
    for words in (("submit", str(SOURCE), "--yes"), ("withdraw", str(SOURCE), "--yes")):
        found = watched(*words, *to, folder=tmp_path)
        assert found
        assert found <= here
    assert watched("convert", str(SOURCE), "-o", "x.json", folder=tmp_path) == set()


@pytest.mark.parametrize(
    "words", [("convert", str(SOURCE), "-o", "x.json"), ("check", str(SOURCE)), ("explain", "GUID002")]
)
def test_a_plain_run_loads_nothing_of_it(words: tuple[str, ...], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LOADED, *words],
        capture_output=True, check=False, text=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stderr.splitlines()[-1] == "[]", done.stderr
