"""What is shipped: the wheel, the version, and the instructions of the README."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import converter
from tests.documents import document
from tools.hatch_build import PLACE, bundled

ROOT = Path(__file__).resolve().parent.parent.parent


def call(*words: str | Path, folder: Path = ROOT, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run a program without what this process has set up for imports, and with more variables."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QRDA2QPP_"))}
    environment |= more
    done = subprocess.run([str(word) for word in words], capture_output=True, check=False, cwd=folder, env=environment)
    assert done.returncode == 0, (done.stdout + done.stderr).decode(errors="replace")
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    own = tmp_path_factory.mktemp("own")
    call(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, TMPDIR=str(own), TEMP=str(own))
    assert not list(own.iterdir())  # nothing that a build makes is left behind
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_holds_the_package_and_its_data_and_nothing_else(wheel: Path) -> None:
    assert wheel.name == f"qrda2qpp-{converter.__version__}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as content:
        names = content.namelist()
    assert {name.split("/")[0] for name in names} == {"converter", f"qrda2qpp-{converter.__version__}.dist-info"}
    sources = {path.relative_to(ROOT).as_posix() for path in (ROOT / "converter").rglob("*.py")}
    data = {f"converter/_schemas/{path.relative_to(ROOT / 'schemas').as_posix()}" for path in data_files()}
    texts = {path.relative_to(ROOT).as_posix() for ending in ("j2", "css", "md") for path in texts_of(ending)}
    assert {name for name in texts if "/templates/" in name}
    demo = {f"converter/_schemas/demo/{path.name}" for path in (ROOT / "schemas" / "demo").iterdir()}
    assert "converter/_schemas/demo/README.txt" in demo
    assert set(names) >= sources | data | demo | texts | {"converter/py.typed", "converter/_schemas/catalog/2025.json"}
    made = {name for name in names if name.startswith("converter/_schemas/") and name.endswith(".json")} - data
    assert made == {f"{PLACE}/{name}" for name in bundled(ROOT / "schemas" / "qpp")}
    assert not [name for name in names if "/test" in name or name.endswith((".pyc", ".orig", "~"))]


def test_wheel_has_schemas_that_work_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as content:
        for name, text in bundled(ROOT / "schemas" / "qpp").items():
            assert content.read(f"{PLACE}/{name}").decode() == text


def texts_of(ending: str) -> list[Path]:
    return list((ROOT / "converter").rglob(f"*.{ending}"))


def data_files() -> list[Path]:
    return [path for path in (ROOT / "schemas").rglob("*.json") if path.is_file()]


@pytest.mark.long
def test_wheel_is_installed_and_converts_from_anywhere(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "fresh"
    venv.create(place, with_pip=False, system_site_packages=False)
    scripts = place / ("Scripts" if sys.platform == "win32" else "bin")
    python = scripts / Path(sys.executable).name
    if not python.exists():
        python = scripts / "python"
    call(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel)
    _lend_dependencies(python)

    folder = tmp_path / "elsewhere"
    folder.mkdir()
    data = document(2025, measures=("236", "134")).bytes()
    (folder / "a b.xml").write_bytes(data)
    where = call(python, "-c", "import converter; print(converter.__file__)", folder=folder).stdout.decode().strip()
    assert Path(where).resolve().is_relative_to(place.resolve())
    done = call(scripts / "qrda2qpp", "a b.xml", folder=folder)
    assert done.stdout.decode() == converter.convert(data).to_json(indent=2) + "\n"
    assert call(scripts / "qrda2qpp", "--version", folder=folder).stdout.decode().split()[-1] == converter.__version__


def _lend_dependencies(python: Path) -> None:
    """Let another environment use the packages of this one, but not its link to this checkout."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(call(python, "-c", code).stdout.decode().strip())
    own = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
    (packages / "lent.pth").write_text("\n".join(sorted(own)) + "\n", encoding="utf-8")


def test_version_is_that_of_the_changelog() -> None:
    entries = re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    released = [entry for entry in entries if entry.lower() != "unreleased"]
    assert released[0] == converter.__version__


def test_readme_gives_the_test_command_that_is_run_on_a_clean_checkout() -> None:
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().splitlines()
    (command,) = (line for line in run if "pip install" in line)
    assert command.endswith("tools/check.py")
    assert run[-1].endswith("tools/check.py --all")
    lines = [line.strip() for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()]
    assert command in lines
