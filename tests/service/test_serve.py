"""`qrda2qpp serve`: the command, its options, and that nothing of it burdens whoever does not use it."""

import os
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import httpx
import pytest

import converter
from tests.cli.runner import qrda2qpp, too_large
from tests.service.serving import CLEAN, FIXTURES, Service

ROOT = FIXTURES.parent
SERVED = {"fastapi", "starlette", "uvicorn", "python_multipart", "multipart", "prometheus_client", "joserfc"}
EXTRA = {"fastapi", "uvicorn", "python-multipart", "prometheus-client", "joserfc"}


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=\[ ]", one)[0] for one in requirements}


def test_a_plain_installation_has_nothing_of_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert names(project["dependencies"]) & EXTRA == set()
    assert names(project["optional-dependencies"]["server"]) >= EXTRA
    assert any(one.startswith("qrda2qpp[") and "server" in one for one in project["optional-dependencies"]["dev"])


ELSE = """
import atexit, sys
import converter
from converter.cli.main import run

atexit.register(lambda: print(*sys.modules, file=sys.stderr))
converter.convert(sys.argv[1])
converter.check(sys.argv[1]).to_text()
for words in ([sys.argv[1], "-q"], ["serve", "--help"], ["sandbox", "--help"]):
    try:
        run(words)
    except SystemExit as ended:
        assert not ended.code
"""


def test_nothing_of_it_is_loaded_by_anything_else(tmp_path: Path) -> None:
    words = [sys.executable, "-c", ELSE, str(FIXTURES / "2025" / "MIPS_GROUP-clean.xml")]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, capture_output=True, text=True, cwd=tmp_path, env=environment, check=True)
    loaded = set(done.stderr.split())
    assert {"converter.door", "converter.cli.serve", "converter.cli.sandbox"} <= loaded
    assert not {one for one in loaded if one.partition(".")[0] in SERVED or one.startswith("converter.service")}


def test_processes_that_convert_load_nothing_of_http(service: Service) -> None:
    loaded = service.worked(eval, "[*__import__('sys').modules]")
    assert "converter.service.work" in loaded
    assert not {one for one in loaded if one.partition(".")[0] in SERVED}


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converter, "service", sys.modules["converter.service"])
    for name in [one for one in sys.modules if one.startswith("converter.service")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "fastapi", None)
    result = qrda2qpp("serve")
    assert (result.code, result.stdout) == (2, b"")
    assert 'pip install "qrda2qpp[server]"' in result.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--host", "0.0.0.0"], "a token is required: --token-file FILE"),
        (["--token", "short"], "at least 16"),
        (["--token-file", "missing.txt"], "The token file missing.txt cannot be read: No such file"),
        (["--token-file", "binary.txt"], "The token file binary.txt is not a text in UTF-8"),
        (["--token-file", "huge.txt"], "The token file huge.txt is larger than 200 MB"),
        (["--token-file", "empty.txt"], "at least 16"),
        (["--workers", "0"], "--workers"),
        (["--port", "70000"], "--port"),
        (["--catalog", "missing"], "The catalog folder"),
        (["file.xml"], "unexpected extra argument"),
    ],
)
def test_wrong_usage(options: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QRDA2QPP_SERVE_TOKEN", raising=False)
    Path("binary.txt").write_bytes(b"\xff\xfe\xfd")
    Path("empty.txt").write_bytes(b"")
    too_large("huge.txt")
    result = qrda2qpp("serve", *options)
    assert (result.code, result.stdout) == (2, b"")
    assert words in result.stderr


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="signals of another process end it at once on Windows")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_told_to_end(number: signal.Signals, tmp_path: Path) -> None:
    token = "a-token-in-a-variable"
    words = [sys.executable, "-m", "converter", "serve", "--port", "0", "--workers", "1"]
    environment = os.environ | {"QRDA2QPP_SERVE_TOKEN": token, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=environment, cwd=tmp_path) as process:
        assert process.stderr is not None
        address = process.stderr.readline().split()[2]
        refused = httpx.post(address, files={"file": ("a.xml", CLEAN)}, trust_env=False, timeout=60)
        taken = httpx.post(
            address, files={"file": ("a.xml", CLEAN)}, headers={"Authorization": f"Bearer {token}"}, trust_env=False
        )
        process.send_signal(number)
        rest = process.stderr.read()
    assert (refused.status_code, taken.status_code, process.returncode) == (401, 201, 0)
    assert token not in rest
    assert [line.partition('"status": ')[2][:3] for line in rest.splitlines()] == ["401", "201"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
def test_a_port_that_is_taken() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = qrda2qpp("serve", "--port", str(taken.getsockname()[1]))
    assert (result.code, result.stdout) == (1, b"")
    assert "in use" in result.stderr
