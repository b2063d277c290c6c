"""Build the wheel, install it for every Python that is here, and convert the fixtures with it.

    python tools/try_wheel.py [PYTHON ...]

Without arguments, each of Python 3.11 to 3.14 is looked for on the PATH and among the versions of pyenv and uv; what is
not there is said. For each, the wheel and the newest dependencies go into a fresh virtual environment; from a folder
that is not the checkout, the command converts every fixture, compares the results with what they must be, writes each
report, and explains a finding.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
FORMATS = ("text", "html", "json", "sarif", "csv", "markdown", "error-json")
_KEPT = (".pyenv/versions", ".local/share/uv/python")
_ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QRDA2QPP_"))}


def found(version: str) -> str | None:
    """Return a Python of a version that works, or None."""
    folders = [folder for kept in _KEPT for folder in sorted((Path.home() / kept).glob(f"*{version}.*"), reverse=True)]
    own = sys.executable if sys.version.startswith(f"{version}.") else None
    for python in (own, *(str(folder / "bin" / "python3") for folder in folders), shutil.which(f"python{version}")):
        if (
            python
            and Path(python).exists()
            and f" {version}." in _run(python, "--version", check=False).stdout.decode()
        ):
            return python
    return None


def failures(python: str, wheel: Path, folder: Path) -> Iterator[str]:
    """Install the wheel in a folder and say what goes wrong with it."""
    _run(python, "-m", "venv", folder / "env")
    scripts = folder / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    _run(scripts / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", wheel)
    command = scripts / "qrda2qpp"
    for fixtures in sorted(path for path in (ROOT / "fixtures").iterdir() if list(path.glob("*.xml"))):
        out = folder / fixtures.name
        names = sorted(path.name for path in fixtures.glob("*.xml"))
        _run(command, *names, "--out", out, "--quiet", folder=fixtures, check=False)
        wanted = {path.name: path.read_bytes() for path in fixtures.glob("*.json") if ".submission." not in path.name}
        written = {_as_fixture(path.name): path.read_bytes() for path in out.iterdir()}
        yield from (f"{fixtures.name}/{name}" for name, data in wanted.items() if written.get(name) != data)
    source = next(iter(sorted((ROOT / "fixtures" / "2025").glob("*-clean.xml"))))
    for form in FORMATS:
        if not _run(command, "check", source, "--report", form, folder=folder).stdout:
            yield f"report {form}"
    if b"GUID002" not in _run(command, "explain", "GUID002", folder=folder).stdout:
        yield "explain"
    if _run(command, source, "--verify", "-o", folder / "a.json", folder=folder).returncode:
        yield "verify"


def _as_fixture(name: str) -> str:
    return name.replace("-qpp.", ".qpp.").replace("-error.", ".error.")


def _run(
    program: str | Path, *arguments: str | Path, folder: Path = ROOT, check: bool = True
) -> subprocess.CompletedProcess[bytes]:
    words = [str(word) for word in (program, *arguments)]
    done = subprocess.run(words, cwd=folder, env=_ENVIRONMENT, capture_output=True, check=False)
    if check and done.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{(done.stdout + done.stderr).decode(errors='replace')}")
    return done


def main(arguments: list[str]) -> int:
    """Try the wheel; return 1 where it fails with a Python."""
    pythons: dict[str, str | None] = {name: name for name in arguments}
    pythons = pythons or {version: found(version) for version in VERSIONS}
    failed = False
    with tempfile.TemporaryDirectory(prefix="qrda2qpp-wheel-") as temporary:
        folder = Path(temporary)
        _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
        (wheel,) = folder.glob("*.whl")
        for number, (name, python) in enumerate(pythons.items()):
            if python is None:
                print(f"Python {name}: not here, not run", flush=True)
                continue
            place = folder / str(number)
            place.mkdir()
            wrong = list(failures(python, wheel, place))
            version = _run(python, "--version").stdout.decode().strip()
            print(f"{version}: {'works' if not wrong else 'fails: ' + ', '.join(wrong)}", flush=True)
            failed = failed or bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
