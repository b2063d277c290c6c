"""The commands around sending: certification, signing in and out, and what they cannot do."""

import json
import threading
from pathlib import Path
from typing import Any

import click
import httpx
import pytest
from filelock import FileLock

from converter.delivery import target
from converter.service.sandbox.oauth.requests import NATIVE
from tests.cli.runner import Result, qrda2qpp
from tests.delivery.sessions import SOURCE, TIN, receipts, stored_sets, submission, written
from tests.delivery.test_sign_in import browser
from tests.sandbox_server import REGISTRY, RunningSandbox, sandbox


def test_production_wants_a_certification(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QRDA2QPP_TOKEN", REGISTRY)
    real = json.dumps(submission()).replace(TIN, "123456789")
    Path("real.json").write_text(real, encoding="utf-8")
    with sandbox(preview=False) as running:
        monkeypatch.setattr(target, "PRODUCTION_URL", running.base)

        def submit(*words: str | Path, **more: Any) -> Result:
            return qrda2qpp("submit", *words, "--to", "production", "--receipts", "kept", **more)

        invented = submit(SOURCE, "--yes", "--certify", "Ada Example")
        assert invented.code == 1
        assert "invented test data" in invented.stderr
        assert submit("real.json", "--yes").code == 1
        stopped = submit("real.json", stdin=b"\n", terminal=True)
        assert stopped.code == 1
        assert "nobody certified" in stopped.stderr
        assert stored_sets(running) == {}
        asked = submit("real.json", stdin=b"Ada Example\ny\n", terminal=True)
        assert asked.code == 0, asked.stderr
        assert "true, accurate and complete" in asked.stderr
        certification = receipts(Path("kept"))[-1]["certification"]
        assert certification["name"] == "Ada Example"
        assert "true, accurate and complete" in certification["statement"]
        scripted = json.loads(real)
        scripted["measurementSets"][2]["performanceEnd"] = "2025-12-01"
        Path("more.json").write_text(json.dumps(scripted), encoding="utf-8")
        assert submit("more.json", "--yes", "--certify", "Ada Example").code == 0
    assert "123456789" not in "".join(path.read_text("utf-8") for path in Path("kept").rglob("*") if path.is_file())


@pytest.mark.usefixtures("command")
def test_real_data_is_not_sent_to_the_preview() -> None:
    written(json.loads(json.dumps(submission()).replace(TIN, "123456789")))
    for name in ("submit", "withdraw"):
        result = qrda2qpp(name, "submission.json", "--yes", "--to", "preview")
        assert result.code == 1
        assert "may be that of a real practice" in result.stderr
        assert "123456789" not in result.stderr


def test_signing_in_and_out(command: Any, running: RunningSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QRDA2QPP_TOKEN")

    def opened(url: str) -> bool:
        def visit() -> None:
            with httpx.Client(trust_env=False) as visitor:
                assert visitor.get(browser(running, url)).status_code == 200

        threading.Thread(target=visit).start()
        return True

    monkeypatch.setattr("webbrowser.open", opened)
    result = command("login", "--client-id", NATIVE, "--port", "8471")
    assert result.code == 0, result.stderr
    assert "Signed in at" in result.text
    assert "the key store of this system" in result.text
    sent = command("submit", SOURCE, "--yes")
    assert sent.code == 0, sent.stderr
    assert command("logout").code == 0
    assert command("submit", SOURCE, "--yes").code == 1
    assert "Nobody is signed in" in command("logout").text


def test_the_address_is_pasted(command: Any, running: RunningSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QRDA2QPP_TOKEN")
    urls: list[str] = []
    monkeypatch.setattr(click, "prompt", lambda *_, **__: browser(running, urls[0]))
    monkeypatch.setattr("webbrowser.open", urls.append)
    words = ("--client-id", NATIVE, "--token-file", "tokens.json")
    assert command("login", *words, "--paste").code == 0
    assert command("submit", SOURCE, "--yes", "--token-file", "tokens.json").code == 0
    assert command("logout", "--token-file", "tokens.json").code == 0
    assert not Path("tokens.json").exists()
    monkeypatch.setattr(click, "prompt", lambda *_, **__: "http://127.0.0.1:8417/callback?code=x&state=wrong")
    wrong = command("login", *words, "--paste", "--no-browser")
    assert wrong.code == 1
    assert "belongs to another sign-in" in " ".join(wrong.stderr.split())
    assert not Path("tokens.json").exists()


@pytest.mark.usefixtures("command")
def test_signing_out_without_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QRDA2QPP_TOKEN")
    grant = {"access": "a", "refresh": "r", "client_id": "i", "redirect_uri": "u", "scope": "s"}
    Path("tokens.json").write_text(json.dumps(grant), encoding="utf-8")
    result = qrda2qpp("logout", "--to", "http://127.0.0.1:1", "--token-file", "tokens.json")
    assert result.code == 1
    assert "may still be valid" in result.stderr
    assert not Path("tokens.json").exists()


@pytest.mark.usefixtures("command")
def test_signing_in_does_not_write_over_another_token() -> None:
    Path("token.txt").write_text(REGISTRY, encoding="utf-8")
    result = qrda2qpp("login", "--client-id", NATIVE, "--token-file", "token.txt", "--to", "http://127.0.0.1:1")
    assert result.code == 2
    assert Path("token.txt").read_text(encoding="utf-8") == REGISTRY


@pytest.mark.usefixtures("command")
@pytest.mark.parametrize(
    ("words", "said"), [(("--proxy", "x y"), "not a URL"), (("--ca-file", "token.txt"), "no certificates")]
)
def test_connections_that_cannot_be_made(words: tuple[str, str], said: str) -> None:
    Path("token.txt").write_text(REGISTRY, encoding="utf-8")
    result = qrda2qpp("stored", SOURCE, *words)
    assert result.code == 2
    assert said in result.stderr


@pytest.mark.usefixtures("command")
def test_no_connection() -> None:
    result = qrda2qpp("submit", SOURCE, "--yes", "--to", "http://127.0.0.1:1")
    assert result.code == 1
    assert "There is no connection to the server" in " ".join(result.stderr.split())
    left = qrda2qpp("ledger")
    assert left.code == 1
    assert "3 sets left to send." in left.text


def test_receipts_that_cannot_be_written(command: Any, running: RunningSandbox) -> None:
    Path("kept").mkdir()
    Path("kept/receipts").write_text("in the way", encoding="utf-8")
    result = command("submit", SOURCE, "--yes")
    assert result.code == 1
    assert "Nothing was sent." in result.stderr
    assert stored_sets(running) == {}


def test_an_extra_that_is_missing(command: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("converter.cli.delivering.find_spec", lambda _: None)
    for name in ("submit", "stored", "withdraw"):
        result = command(name, SOURCE, *([] if name == "stored" else ["--yes"]))
        assert result.code == 2
        assert 'pip install "qrda2qpp[submit]"' in result.stderr


def test_runs_with_receipts_elsewhere_share_locks_and_pauses(
    command: Any, running: RunningSandbox, user_folder: Path
) -> None:
    assert command("submit", SOURCE, "--yes", "--receipts", "one").code == 0
    (path,) = [one for one in (user_folder / "locks").glob("*.lock") if len(one.stem) == 32]
    with FileLock(path):
        busy = command("submit", SOURCE, "--yes", "--receipts", "other")
    assert busy.code == 1
    assert "Another run is at work" in busy.stderr
    running.plan({"fault": "429", "method": "GET", "path": "/submissions/submissions"})
    assert command("stored", SOURCE, "--no-wait", "--receipts", "one").code == 1
    running.plan()
    blocked = command("stored", SOURCE, "--no-wait", "--receipts", "other")
    assert blocked.code == 1
    assert "CMS blocks it for ten minutes" in " ".join(blocked.stderr.split())
    assert stored_sets(running)


def test_signing_out_waits_for_a_renewal(monkeypatch: pytest.MonkeyPatch, user_folder: Path) -> None:
    """A token that another run is just getting is revoked too."""
    monkeypatch.delenv("QRDA2QPP_TOKEN", raising=False)
    user_folder.mkdir(parents=True)
    ended: list[Result] = []
    words = ("logout", "--to", "http://127.0.0.1:1", "--token-file", "nowhere.json")
    with FileLock(user_folder / "renewal.lock"):
        thread = threading.Thread(target=lambda: ended.append(qrda2qpp(*words)))
        thread.start()
        thread.join(1)
        assert thread.is_alive()
    thread.join(30)
    assert [one.code for one in ended] == [0]
