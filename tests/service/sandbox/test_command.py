"""`qrda2qpp sandbox`: the command and its options."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

import converter
from tests.cli.runner import ROOT, qrda2qpp


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--host", "0.0.0.0"], "can only be reached from this machine"),
        (["--port", "70000"], "--port"),
        (["--clock", "soon"], "2026-02-01T12:00:00Z"),
        (["--clock", "0001-01-01T00:00:00+14:00"], "between 2000 and 2100"),
        (["--clock", "9999-12-31T23:59:59-14:00"], "between 2000 and 2100"),
        (["--open-year", "1999"], "--open-year"),
        (["--duplicate-status", "400"], "409"),
        (["--fault", "nonsense"], "duplicate-409"),
        (["--catalog", "missing"], "The catalog folder"),
        (["file.xml"], "unexpected extra argument"),
    ],
)
def test_wrong_usage(options: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = qrda2qpp("sandbox", *options)
    assert (result.code, result.stdout) == (2, b"")
    assert words in result.stderr


@pytest.mark.parametrize("missing", ["fastapi", "joserfc"])
def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.setattr(converter, "service", sys.modules["converter.service"])
    for name in [one for one in sys.modules if one.startswith("converter.service")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    result = qrda2qpp("sandbox")
    assert (result.code, result.stdout) == (2, b"")
    assert 'pip install "qrda2qpp[server]"' in result.stderr


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="signals of another process end it at once on Windows")
def test_it_serves_until_it_is_told_to_end(tmp_path: Path) -> None:
    options = ["--port", "0", "--clock", "2026-02-01T12:00:00", "--open-year", "2025", "--fault", "unknown-member"]
    words = [sys.executable, "-m", "converter", "sandbox", *options]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=environment, cwd=tmp_path) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        address = next(word for word in line.split() if word.startswith("http://"))
        clock = httpx.get(f"{address}/sandbox/clock", trust_env=False, timeout=60).json()["now"]
        found = httpx.get(f"{address}/api/auth/oauth", trust_env=False, timeout=60).json()
        process.send_signal(signal.SIGTERM)
        rest = process.stderr.read()
    assert "which is not CMS" in line
    assert process.returncode == 0
    assert clock.startswith("2026-02-01T12:00:")
    assert "sandboxMember" in found
    assert [line.partition('"status": ')[2][:3] for line in rest.splitlines()] == ["200", "200"]
    assert list(tmp_path.iterdir()) == []
