"""Run every check of this project in turn: style, types, layers, tests. Stops at the first that fails.

    python tools/check.py [--all]

`--all` adds what is long: the tests marked so, such as those in a browser, a part of the tests with the lowest versions
of the dependencies, the wheel with every Python that is here, coverage, the documents with the outputs of the official
converter, where `QRDA2QPP_CORPUS` names their folder (the tests say so where it does not), and the fuzzers, for a
minute together.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = "QRDA2QPP_CORPUS"

COVERED = ("tests/goldens", "tests/cli", "tests/library", "tests/rules/submission")
"""What coverage is printed for: the tests that go through the whole, not all of them, for it doubles their time."""

ONCE = ("--deselect", "tests/library/test_round_trip.py::test_corpus")
"""What is left to the documents of the corpus, further down."""

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("codespell",),
    ("mypy",),
    ("lint-imports",),
    ("pytest", "-n", "auto", "-m", "not long"),
)
FUZZERS = (("accounting", "--quiet"), ("qpp_files",), ("pastes",), ("commands",), ("zips",), ("privacy",))
LONG = (
    ("python", "tools/lowest.py"),
    ("python", "tools/try_wheel.py"),
    ("pytest", "-n", "auto", "--cov=converter", "--cov-report=term:skip-covered", "-m", "not long", *COVERED, *ONCE),
    ("pytest", "-n", "auto", "-m", "long and every"),
    ("pytest", "-rs", "-m", "long and not every"),
    ("pytest", "-rs", "tests/parity", "tests/library/test_round_trip.py", "-k", "corpus or parity"),
    *(("python", "-m", f"tests.fuzz.{name}", "--seconds", "10", "--jobs", "2", *more) for name, *more in FUZZERS),
)


def main() -> int:
    """Run the checks with the tools of the environment that this script runs in."""
    # The tests start hundreds of processes, which would each compile what they load.
    whole = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    without = {key: value for key, value in whole.items() if key != CORPUS}
    return run(CHECKS, without) or (run(LONG, whole) if "--all" in sys.argv[1:] else 0)


def run(checks: tuple[tuple[str, ...], ...], environment: dict[str, str]) -> int:
    """Run checks in turn; return the exit code of the first that fails, or 0."""
    folder = Path(sys.executable).parent
    for name, *arguments in checks:
        print(f"== {name} {' '.join(arguments)}".rstrip(), flush=True)
        code = subprocess.call([str(folder / name), *arguments], cwd=ROOT, env=environment)
        if code:
            print(f"== {name} failed with exit code {code}", flush=True)
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
