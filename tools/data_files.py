"""Writing data files: one record per line, so that a difference between two versions can be read."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

Facts = dict[str, Any]

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"


def load(path: str) -> Facts:
    """Return the content of a data file, named by its path under `schemas/`."""
    facts: Facts = json.loads((SCHEMAS / path).read_text(encoding="utf-8"))
    return facts


def years_of(kind: str) -> list[int]:
    """Return the performance years that have a file of a kind (`catalog` or `profiles`), oldest first."""
    return sorted(int(path.stem) for path in (SCHEMAS / kind).glob("[0-9]*.json"))


def one_line(text: str) -> str:
    """Return a title on one line: the sources break some titles and leave blanks at their ends."""
    return " ".join(text.split())


def settle(files: dict[Path, bytes], *, check: bool) -> int:
    """Write the files that differ from those on disk, or only name them; return 1 if `check` found one."""
    changed = [path for path, content in files.items() if not path.is_file() or path.read_bytes() != content]
    for path in changed:
        print(f"{'differs' if check else 'written'}: {path.name}")
        if not check:
            _write(path, files[path])
    return 1 if check and changed else 0


def _write(path: Path, content: bytes) -> None:
    """Write a file in one step, so that nobody reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(temporary).chmod(0o644)  # mkstemp makes private files; these are for everybody
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
