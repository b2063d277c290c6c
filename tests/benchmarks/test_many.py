"""The benchmark of many files runs, and its tables have what they say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.many import TABLES

ROOT = Path(__file__).resolve().parent.parent.parent


def many(*words: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "tests.benchmarks.many", *words]
    return subprocess.run(call, check=False, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="the figures of processes are those that Unix keeps")
def test_every_table_is_printed() -> None:
    done = many("--files", "12", "--small", "40", "--rounds", "1")
    assert done.returncode == 0, done.stderr
    tables = done.stdout.split("\n\n")[1:]
    assert len(tables) == len(TABLES)
    assert [len(table.splitlines()) - 2 for table in tables] == [3, 4, 3, 3, 2]
    for table in tables:
        for row in table.splitlines()[2:]:
            assert re.search(r"\| [\d.,]+\d", row) or "left out: " in row


def test_a_table_that_is_not_there_is_refused() -> None:
    done = many("jobs", "colours")
    assert done.returncode == 2
    assert "colours" in done.stderr
