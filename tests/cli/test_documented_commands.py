"""Every command of README.md, CONTRIBUTING.md and docs/ is run here, or named below with the reason why it is not."""

import importlib.util
import json
import re
import shlex
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.cli.runner import qrda2qpp
from tests.goldens import readme

ROOT = readme.README.parent
PAGES = [readme.README, ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"`((?:qrda2qpp|python|pytest|pipx|uv|tools/\w+\.py|\.venv[/\\]|\. \.venv)[^`\n]*[ /][^`\n]*)`")
BLOCKED = ("exports/", "wrong-guid.xml")
"""What some of the samples of `qrda2qpp demo` are: a command over them exits with 1."""

_SET_UP = "sets up an environment; `.ci/run` runs the second line of the README, tools/try_wheel.py installs the wheel"
_WINDOWS = "for Windows"
_INSTALLS = "changes what is installed for the user"
_STORE = "needs an object store; tests/source/test_s3.py does the like with one"
_PACKAGE = "needs a package of CMS; tests/packages makes such ones"
_CLUSTER = "wants a cluster; tests/batch/test_cluster.py has one"
_SERVES = "serves until it is ended; tests/service runs it"
_SANDBOX = "needs the sandbox; tests/service/sandbox makes such calls"
_SENDS = "calls CMS or a stand-in; tests/delivery runs it with the sandbox"
_VENV = "python3 -m venv .venv && .venv/bin/pip install -q"
NOT_RUN = {
    f"{_VENV} . && .venv/bin/qrda2qpp fixtures/2025/MIPS_GROUP-clean.xml": _SET_UP,
    f'{_VENV} -e ".[dev]" && .venv/bin/python tools/check.py': _SET_UP,
    "py -m venv .venv": _WINDOWS,
    r".venv\Scripts\pip install -q .": _WINDOWS,
    r".venv\Scripts\qrda2qpp fixtures\2025\MIPS_GROUP-clean.xml": _WINDOWS,
    ".venv/bin/playwright install chromium": _INSTALLS,
    "pipx install .": _INSTALLS,
    "pipx install --force .": _INSTALLS,
    "pipx uninstall qrda2qpp": _INSTALLS,
    "uv tool install .": _INSTALLS,
    "uv tool install --reinstall .": _INSTALLS,
    "uv tool uninstall qrda2qpp": _INSTALLS,
    ".venv/bin/pip install -q --upgrade .": _INSTALLS,
    ". .venv/bin/activate": "changes the shell that runs it",
    "cd samples": "changes the shell that runs it",
    "tools/check.py --all": "runs these tests, among others",
    "pytest tests/facts": "runs other tests",
    "pytest tests/guide -m long": "runs other tests",
    "qrda2qpp --watch incoming --out results": "goes on until it is ended; tests/cli/test_watch.py runs it",
    "qrda2qpp explain ID": "ID stands for an id",
    "qrda2qpp s3://bucket/exports/ --out s3://bucket/results --scheduler tcp://10.0.0.1:8786": _CLUSTER,
    "dask scheduler": _CLUSTER,
    "qrda2qpp catalog import EC-eCQM-2027.zip --year 2027 --out tables": _PACKAGE,
    "qrda2qpp catalog import EC-eCQM-2028.zip --year 2028 --out tables": _PACKAGE,
    "qrda2qpp catalog import PACKAGE.zip --year YYYY --out DIR": _PACKAGE,
    "dask worker tcp://10.0.0.1:8786 --nworkers -1 --nthreads 1": _CLUSTER,
    'pip install "qrda2qpp[cluster]"': _INSTALLS,
    "qrda2qpp s3://bucket/exports/ --out s3://bucket/results --summary s3://bucket/summary.csv": _STORE,
    "qrda2qpp s3://bucket/export.xml -o submission.json": _STORE,
    'qrda2qpp check "s3://bucket/2025-*.xml" s3://bucket/more.zip --report report.html': _STORE,
    "qrda2qpp --from-file s3://bucket/list.txt --out s3://bucket/results": _STORE,
    'pip install "qrda2qpp[submit]"': _INSTALLS,
    "qrda2qpp login --client-id ID": _SENDS,
    "QRDA2QPP_TOKEN=sandbox-registry-1 qrda2qpp submit export.xml --to http://127.0.0.1:3002": _SENDS,
    "qrda2qpp submit export.xml --dry-run": _SENDS,
    "qrda2qpp submit export.xml": _SENDS,
    'qrda2qpp submit exports/ --to production --certify "Ada Example" --yes': _SENDS,
    "qrda2qpp stored export.xml": _SENDS,
    "qrda2qpp withdraw export.xml --dry-run": _SENDS,
    "qrda2qpp withdraw FILE": _SENDS,
    "qrda2qpp submit": _SENDS,
    "qrda2qpp logout": _SENDS,
    "qrda2qpp ledger": "reads the receipts of the user; tests/delivery runs it with others",
    "qrda2qpp serve": _SERVES,
    "qrda2qpp serve --help": "tests/service shows it",
    "qrda2qpp sandbox": _SERVES,
    "qrda2qpp sandbox --clock 2026-02-01T12:00:00Z --open-year 2025": _SERVES,
    "curl -H 'Authorization: Bearer sandbox-registry-1' "
    "http://127.0.0.1:3002/api/submissions/measurement-sets": _SANDBOX,
    'curl -X PUT -H \'Content-Type: application/json\' -d \'[{"fault": "timeout-after", "method": "POST"}]\' '
    "http://127.0.0.1:3002/sandbox/faults": _SANDBOX,
    "curl -F file=@export.xml http://localhost:3000/converter": "needs the service",
    'pip install "qrda2qpp[server]"': _INSTALLS,
    'python -c "import secrets; print(secrets.token_urlsafe(32))" > token.txt': "makes a secret",
    "docker compose up --build": "tests/service builds the container where there is an engine",
    "python tests/benchmarks/service.py": "a measurement",
}


def _commands() -> list[str]:
    found: dict[str, None] = {}
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for language, body in _FENCE.findall(text):
            if language in ("sh", "powershell"):
                found |= dict.fromkeys(line.partition("  #")[0].strip() for line in body.splitlines())
        found |= dict.fromkeys(_INLINE.findall(_FENCE.sub("", text)))
    return [one for one in found if one]


COMMANDS = _commands()
OURS = [one for one in COMMANDS if "qrda2qpp" in one and one not in NOT_RUN]
MODULES = [one for one in COMMANDS if one.startswith("python ") and one not in NOT_RUN]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with all files that the commands name."""
    monkeypatch.chdir(tmp_path)
    qrda2qpp("demo", ".")
    qrda2qpp("demo", "exports")
    for name in ("export.xml", "FILE", "2025-spring.xml"):
        shutil.copy("clean.xml", name)
    with zipfile.ZipFile("more.zip", "w") as archive:
        archive.write("clean.xml", "more.xml")
    details = [{"message": "invalid submission object", "path": "measurementSets[0]"}]
    answer = {"error": {"type": "ValidationError", "message": "invalid submission object", "details": details}}
    Path("answer.json").write_text(json.dumps(answer), encoding="utf-8")
    Path("roster.csv").write_text("tin,smallPractice\n000000000,yes\n", encoding="utf-8")
    score = {"name": "total", "value": 50, "parts": [], "metadata": {"pickedProgramName": "mips"}}
    Path("score.json").write_text(json.dumps({"data": {"score": score}}), encoding="utf-8")
    return tmp_path


def test_every_command_is_run_or_listed() -> None:
    assert len(COMMANDS) > 40
    assert set(COMMANDS) - {*OURS, *MODULES} == set(NOT_RUN)


@pytest.mark.parametrize("line", OURS)
def test_commands(line: str, folder: Path) -> None:
    before, _, command = line.rpartition("qrda2qpp")
    command, _, target = command.partition(" > ")
    stdin = Path(before.removeprefix("cat ").rstrip(" |")).read_bytes() if before else b""
    known = {path.name for path in folder.iterdir()}
    result = qrda2qpp(*shlex.split(command), stdin=stdin)
    assert result.code == int(any(word in line for word in BLOCKED)), result.stderr
    made = {path.name for path in folder.iterdir()} - known
    assert result.stdout or made or "-o submission.json" in line
    if target:
        assert json.loads(result.stdout)["performanceYear"] == 2025


@pytest.mark.parametrize("line", MODULES)
def test_modules_exist(line: str) -> None:
    name = re.match(r"python (?:-m )?([\w./]+)", line)
    assert name is not None
    if name[1].endswith(".py"):
        assert (ROOT / name[1]).is_file()
    elif name[1] != "pytest":
        assert importlib.util.find_spec(name[1]) is not None


def test_what_is_named_as_a_test_exists() -> None:
    text = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:tests|fixtures)[/.][\w./]+)`", text)
    assert len(named) > 20
    for one in named:
        path = ROOT / (one if "/" in one else f"{one.replace('.', '/')}.py")
        assert path.exists(), one


def test_readme_shows_what_the_tool_prints(folder: Path) -> None:  # noqa: ARG001
    text = readme.README.read_text(encoding="utf-8")
    assert len(readme.BLOCK.findall(text)) == 3
    assert readme.made(text) == text, "python -m tests.goldens.readme writes the output of the README anew"
