"""Run every check of this project in turn: style, types, layers, tests. Stops at the first that fails.

python tools/check.py
"""

import subprocess
import sys
from pathlib import Path

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
    ("pytest", "-n", "auto"),
)


def main() -> int:
    """Run the checks with the tools of the environment that this script runs in."""
    folder = Path(sys.executable).parent
    for name, *arguments in CHECKS:
        print(f"== {name} {' '.join(arguments)}".rstrip(), flush=True)
        code = subprocess.call([str(folder / name), *arguments], cwd=Path(__file__).resolve().parent.parent)
        if code:
            print(f"== {name} failed with exit code {code}", flush=True)
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
