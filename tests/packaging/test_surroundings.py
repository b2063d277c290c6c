"""What tests and tools may look at: this repository, and what a variable of the environment names."""

import re
import tomllib
from pathlib import Path

import pytest

from tools import check, lowest, try_wheel

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for name in ("converter", "tests", "tools") for path in (ROOT / name).rglob("*.py"))
VARIABLES = {"QRDA2QPP_CATALOG", "QRDA2QPP_CLIENT_ID", "QRDA2QPP_COMPLETE", "QRDA2QPP_CORPUS", "QRDA2QPP_EXAMPLES",
             "QRDA2QPP_RECEIPTS", "QRDA2QPP_SERVE_TOKEN", "QRDA2QPP_TOKEN"}  # fmt: skip
"""A user's own years; what a shell asks to be completed; the corpus; how many examples hypothesis tries; tokens, and
what `submit` and `login` need.
"""
OUTSIDE = re.compile(r"(ROOT|SCHEMAS\.parent)\.parent|Path\.home|expanduser|[\"'/]shared[\"'/]")


def test_no_other_variable_is_read() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCES)
    assert set(re.findall(r"QRDA2QPP_[A-Z_]+", text)) == VARIABLES


@pytest.mark.parametrize("folder", ["converter", "tests"])
def test_nothing_is_looked_for_outside_of_the_repository(folder: str) -> None:
    found = {
        f"{path.relative_to(ROOT).as_posix()}: {line.strip()}"
        for path in SOURCES
        if path.is_relative_to(ROOT / folder) and path != Path(__file__)
        for line in path.read_text(encoding="utf-8").splitlines()
        if OUTSIDE.search(line)
    }
    assert found == set()


def test_the_usual_checks_run_without_the_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setenv("QRDA2QPP_CORPUS", "somewhere")
    monkeypatch.setattr(check, "run", lambda checks, environment: seen.append((checks, environment)))
    monkeypatch.setattr("sys.argv", ["check.py"])
    check.main()
    ((checks, environment),) = seen
    assert checks == check.CHECKS
    assert "QRDA2QPP_CORPUS" not in environment


def test_lowest_versions_are_those_that_the_package_declares() -> None:
    requirements = dict(one.split("==") for one in lowest.lowest())
    assert {
        "click",
        "jinja2",
        "jsonschema",
        "lxml",
        "pydantic",
        "referencing",
        "rich",
        "xmlschema",
    } < requirements.keys()
    served = dict(one.split("==") for one in lowest.lowest("server", "submit"))
    assert served.keys() - requirements.keys() == {
        "authlib",
        "fastapi",
        "joserfc",
        "keyring",
        "markdown-it-py",
        "prometheus-client",
        "python-multipart",
        "uvicorn",
    }
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert all(f'"{name}>={version}"' in text for name, version in (requirements | served).items())
    assert all(
        (ROOT / path).exists()
        for path in (*lowest.TESTS, *lowest.SERVICE_TESTS, *lowest.DELIVERY_TESTS, *check.COVERED)
    )


def test_the_wheel_is_tried_with_every_python_that_it_names() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert tuple(re.findall(r"Programming Language :: Python :: (3\.\d+)", text)) == try_wheel.VERSIONS


def test_the_plain_package_installs_nothing_of_its_extras() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    plain = {one.partition(">=")[0] for one in project["dependencies"]}
    for extra in ("cluster", "server", "submit", "watch"):
        wanted = {one.partition(">=")[0] for one in project["optional-dependencies"][extra]}
        assert wanted and wanted & plain <= {"pydantic"}, extra  # of which the service needs a newer one
    assert {"authlib", "fastapi", "httpx", "keyring", "uvicorn"}.isdisjoint(plain)
