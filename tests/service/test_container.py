"""The container: read with care, and built and run where there is an engine."""

import re
import shutil
import subprocess
import time

import httpx
import pytest

from tests.service.serving import CLEAN, FIXTURES

ROOT = FIXTURES.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
TOKEN = "a-token-for-the-container"


def engine() -> str | None:
    """A container engine that works here, or None."""
    for name in ("docker", "podman"):
        if shutil.which(name) and subprocess.run([name, "info"], capture_output=True, check=False).returncode == 0:
            return name
    return None


def test_the_image_needs_no_rights() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert last.startswith("python:3.13-slim\n")
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert "/health" in last
    assert 'ENTRYPOINT ["qrda2qpp", "serve", "--host", "0.0.0.0"]' in last
    assert not re.search(r"^(ADD|VOLUME)|curl|apt-get|TOKEN=", last, re.MULTILINE)


def test_compose_gives_none_and_only_this_machine_a_port() -> None:
    for line in (
        "read_only: true",
        "cap_drop: [ALL]",
        'security_opt: ["no-new-privileges:true"]',
        'user: "10001:10001"',
    ):
        assert f"    {line}\n" in COMPOSE
    assert re.findall(r"^ +- \"(\S+:3000)\"$", COMPOSE, re.MULTILINE) == ["127.0.0.1:3000:3000"]
    assert "tmpfs" not in COMPOSE
    assert "volumes" not in COMPOSE


def test_what_goes_into_the_image_is_there_and_named() -> None:
    taken = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[0] == "!"}
    copied = {word for line in re.findall(r"^COPY (?!--)(.+)$", DOCKERFILE, re.MULTILINE) for word in line.split()[:-1]}
    assert copied == taken
    assert all((ROOT / name).exists() for name in taken)


@pytest.mark.long
def test_it_is_built_and_answers() -> None:
    name = engine()
    if name is None:
        pytest.skip("no container engine works here")
    subprocess.run([name, "build", "-q", "-t", "qrda2qpp-test", "."], cwd=ROOT, check=True, capture_output=True)
    words = [name, "run", "-d", "--rm", "--read-only", "--cap-drop", "ALL", "-p", "127.0.0.1::3000"]
    done = subprocess.run(
        [*words, "-e", f"QRDA2QPP_SERVE_TOKEN={TOKEN}", "qrda2qpp-test"], check=True, capture_output=True, text=True
    )
    container = done.stdout.strip()
    try:
        port = subprocess.run([name, "port", container, "3000"], check=True, capture_output=True, text=True).stdout
        address = f"http://127.0.0.1:{port.strip().rpartition(':')[2]}"
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                httpx.get(f"{address}/ready", trust_env=False)
                break
            except httpx.TransportError:
                time.sleep(0.5)
        headers = {"Authorization": f"Bearer {TOKEN}"}
        response = httpx.post(address, files={"file": ("a.xml", CLEAN)}, headers=headers, trust_env=False, timeout=60)
        assert response.status_code == 201
    finally:
        subprocess.run([name, "stop", container], check=True, capture_output=True)
