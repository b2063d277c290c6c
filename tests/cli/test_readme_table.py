"""The table of README.md: which command for which need. Each is run."""

import json
import re
import shlex
from pathlib import Path

import pytest

from tests.cli.runner import qrda2qpp
from tests.documents import SCHEMAS

README = (SCHEMAS.parent / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\| [^|`]+ \| `qrda2qpp ([^`]+)`", README, re.MULTILINE)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    qrda2qpp("demo", "exports")
    data = Path("exports/clean.xml").read_bytes()
    for name in ("export.xml", "FILE"):
        Path(name).write_bytes(data)
    details = [{"message": "invalid submission object", "path": "measurementSets[0]"}]
    answer = {"error": {"type": "ValidationError", "message": "invalid submission object", "details": details}}
    Path("answer.json").write_text(json.dumps(answer), encoding="utf-8")
    return tmp_path


def test_the_table_has_a_command_for_each_need() -> None:
    assert len(COMMANDS) == 11


@pytest.mark.parametrize("line", COMMANDS)
def test_commands_of_the_table(line: str) -> None:
    result = qrda2qpp(*shlex.split(line))
    assert result.code == int("exports/" in line), result.stderr
    assert (
        result.stdout or Path("submission.json").is_file() or Path("results").is_dir() or Path("report.csv").is_file()
    )
