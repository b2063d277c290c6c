"""The output that README.md shows, as the tool prints it.

    python -m tests.goldens.readme

writes it anew. A comment before a block names the command, which runs in the folder that `qrda2qpp demo` makes, and how
the paragraphs begin that are shown:

    <!-- output of: qrda2qpp check wrong-guid.xml | wrong-guid.xml: | error GUID002 -->
"""

import os
import re
import shlex
import sys
import tempfile
from pathlib import Path

from tests.cli.runner import qrda2qpp

README = Path(__file__).resolve().parents[2] / "README.md"
LEFT_OUT = "..."
BLOCK = re.compile(
    r"<!-- output of: qrda2qpp (?P<command>[^|]+?) \|(?P<starts>.+?) -->\n\n```text\n(?P<shown>.*?)```\n", re.DOTALL
)


def made(readme: str) -> str:
    """Return a README with the output of its commands, run in the current folder."""
    return BLOCK.sub(_block, readme)


def _block(match: re.Match[str]) -> str:
    result = qrda2qpp(*shlex.split(match["command"]))
    paragraphs = (result.text or result.stderr).rstrip("\n").split("\n\n")
    starts = [one.strip() for one in match["starts"].split("|")]
    shown: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        if any(paragraph.startswith(start) for start in starts):
            shown.append(paragraph)
        elif shown and shown[-1] != LEFT_OUT and number + 1 < len(paragraphs):
            shown.append(LEFT_OUT)
    missing = [start for start in starts if not any(one.startswith(start) for one in shown)]
    if missing:
        raise ValueError(f"no paragraph of the output of {match['command']} begins with {missing}")
    while shown[-1] == LEFT_OUT:
        shown.pop()
    whole = match[0]
    at = match.start("shown") - match.start()
    return whole[:at] + "\n\n".join(shown) + "\n```\n"


def main() -> int:
    """Write the README."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        qrda2qpp("demo", ".")
        README.write_text(made(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
        os.chdir(README.parent)
    return 0


if __name__ == "__main__":
    sys.exit(main())
