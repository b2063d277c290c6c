"""Runs the command inside this process and returns what it wrote, or as a process of its own."""

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from converter.cli.main import run
from converter.cli.overwrites import KEPT
from converter.source.limits import DEFAULT_LIMITS

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Result:
    """What a call of the command did: exit code, bytes on standard output, text on standard error."""

    code: int
    stdout: bytes
    stderr: str

    @property
    def text(self) -> str:
        return self.stdout.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.stdout)


class _Content(io.BytesIO):
    """Bytes in memory that can still be read when the stream over them is closed."""

    def close(self) -> None:
        pass


class Stream(io.TextIOWrapper):
    """A text stream over bytes in memory, perhaps one that says that it is a terminal."""

    def __init__(self, data: bytes = b"", *, terminal: bool = False) -> None:
        self.content = _Content(data)
        self._terminal = terminal
        super().__init__(self.content, encoding="utf-8", newline="\n", write_through=True)

    def isatty(self) -> bool:
        return self._terminal


INTERNAL_FAILURE = 3


def qrda2qpp(*arguments: str | Path, stdin: bytes = b"", terminal: bool = False, fails_inside: bool = False) -> Result:
    """Call the command in this process.

    `terminal` says that standard input is one, `fails_inside` that the tool itself is to fail, which it never may else.
    """
    out, err = Stream(), Stream()
    streams: dict[str, Any] = {"stdin": Stream(stdin, terminal=terminal), "stdout": out, "stderr": err}
    code: Any = None
    with patch.multiple(sys, **streams):
        try:
            run([str(argument) for argument in arguments])
        except SystemExit as leave:
            code = leave.code
    assert isinstance(code, int), "the command ends with a number"
    assert (code == INTERNAL_FAILURE) is fails_inside, err.content.getvalue()
    return Result(code, out.content.getvalue(), err.content.getvalue().decode("utf-8"))


def results(out: Path | str = "out") -> list[str]:
    """Return the names of the files below a folder of results, without what the command keeps there for itself."""
    files = (path for path in Path(out).rglob("*") if path.is_file() and path.name not in KEPT)
    return sorted(path.relative_to(out).as_posix() for path in files)


def too_large(path: Path | str) -> None:
    """Make a file that is larger than any that is read; it takes no room on the disk."""
    with open(path, "wb") as file:
        file.truncate(DEFAULT_LIMITS.document_bytes + 1)


def process(*arguments: str | Path, stdin: bytes = b"", folder: Path | None = None, **environment: str) -> Result:
    """Call the command as `python -m converter` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "converter", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    assert done.returncode != INTERNAL_FAILURE, done.stderr
    return Result(done.returncode, done.stdout, done.stderr.decode("utf-8", errors="replace"))
