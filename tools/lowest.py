"""Run a part of the tests with the lowest versions of the dependencies that pyproject.toml allows.

    python tools/lowest.py

A fresh virtual environment of the Python that runs this gets each dependency in the version after its `>=`, and what
these ask for in the newest that fits them. In it, every fixture is converted and compared with what it must give, in
every format of report; words are explained, QPP JSON is checked, a run is resumed, and the library is called. In a
second one, which has the extras `server` and `submit` too, the service and the sandbox answer, and sets are sent to it.
"""

import os
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = (
    "tests/goldens",
    "tests/cli/test_lookups.py",
    "tests/cli/test_check_json.py",
    "tests/cli/test_state_file.py",
    "tests/library/test_door.py",
    "tests/scoring/test_published.py",
)
SERVICE_TESTS = (
    "tests/service/page/test_downloads.py",
    "tests/service/page/test_lookups.py",
    "tests/service/page/test_results.py",
    "tests/service/page/test_routes.py",
    "tests/service/page/test_together.py",
    "tests/service/test_api.py",
    "tests/service/test_bad_input.py",
    "tests/service/test_official.py",
    "tests/service/test_pool.py",
    "tests/service/test_safety.py",
    "tests/service/test_watch.py",
    "tests/service/sandbox/test_oauth.py",
    "tests/service/sandbox/test_published.py",
    "tests/service/sandbox/test_measurement_sets.py",
)
DELIVERY_TESTS = ("tests/delivery/test_client.py", "tests/delivery/test_commands.py", "tests/delivery/test_sign_in.py")
RUNNERS = ("httpx", "pytest", "pytest-xdist")
"""Development dependencies that these tests need."""


def lowest(*extras: str) -> list[str]:
    """Return the requirements of the package and of these tests, each with its lowest version: `click==8.1`.

    Args:
        extras: extras of the package that are wanted; what they ask for goes before what the package does.

    Raises:
        ValueError: a requirement does not say its lowest version.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    runners = [one for one in optional["dev"] if one.partition(">=")[0] in RUNNERS]
    asked = [*project["dependencies"], *(one for extra in extras for one in optional[extra]), *runners]
    found = {name: version for name, _, version in (one.partition(">=") for one in asked)}
    if unbound := [name for name, version in found.items() if not version]:
        raise ValueError(f"no lowest version: {', '.join(unbound)}")
    return [f"{name}=={version}" for name, version in found.items()]


def main() -> int:
    """Run the tests of the package, then those of its extras; return the exit code of the first that fails, or 0."""
    with_server = (*SERVICE_TESTS, *DELIVERY_TESTS)
    return passed(lowest(), TESTS) or passed(lowest("server", "submit"), with_server)


def passed(requirements: list[str], tests: tuple[str, ...]) -> int:
    """Make an environment with these requirements and run tests in it; return their exit code."""
    with tempfile.TemporaryDirectory(prefix="qrda2qpp-lowest-") as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        print("lowest versions:", *requirements, flush=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *requirements], check=True)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        command = [str(python), "-m", "pytest", "-n", "auto", "-p", "no:cacheprovider", *tests]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
