"""Standard streams that are closed or full, and names that are longer than any file's: no failures of the tool."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.runner import ROOT, qrda2qpp
from tests.documents import SCHEMAS

CLEAN = SCHEMAS.parent / "fixtures" / "2025" / "MIPS_GROUP-clean.xml"
WRONG = SCHEMAS.parent / "fixtures" / "2025" / "MIPS_GROUP-guid-of-another-year.xml"
LONG = "x" * 5000
_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="descriptors are closed with a POSIX shell")


def shell(words: str, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a shell; `words` follow it there, and `$1` and so on are the arguments."""
    line = f'"$0" -m converter {words}'
    return subprocess.run(
        ["/bin/sh", "-c", line, sys.executable, *map(str, arguments)], capture_output=True, check=False, cwd=ROOT
    )


@_POSIX
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ('"$1" 2>&-', 0),
        ('"$2" 2>&-', 1),
        ('check "$2" 2>&-', 1),
        ('"$1" -o /dev/null >&-', 0),
        ('"$1" -o /dev/null >&- 2>&- <&-', 0),
        ('"$1" "$2" --out "$3" >&- 2>&-', 1),
        ('check "$2" --color always >&- 2>&-', 1),
        ("--nothing 2>&-", 2),
        ("nothing.xml 2>&-", 2),
        ("years 2>&-", 0),
        ("years >&-", 1),
    ],
)
def test_closed_streams(words: str, code: int, tmp_path: Path) -> None:
    done = shell(words, CLEAN, WRONG, tmp_path / "out")
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False), done.stderr


@_POSIX
@pytest.mark.parametrize(
    "words", ['"$1" >&-', "years >&-", "help >&-", 'check "$1" >&-', 'check "$1" --report json >&-']
)
def test_closed_output_is_told(words: str) -> None:
    done = shell(words, CLEAN)
    assert done.returncode == 1
    assert b"written: standard output is closed." in done.stderr


@_POSIX
@pytest.mark.parametrize("words", ["<&-", "- <&-", "check <&-"])
def test_closed_input_is_told(words: str) -> None:
    done = shell(words)
    assert done.returncode == 1
    assert b"standard input is closed" in done.stdout + done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize("words", ['"$1" >/dev/full', 'check "$1" >/dev/full', "years >/dev/full", "help >/dev/full"])
def test_full_output_is_told(words: str) -> None:
    done = shell(words, CLEAN)
    assert done.returncode == 1
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr and b"Exception" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((LONG,), 2),
        (("check", LONG), 2),
        (("check", f"{LONG}*"), 2),
        ((str(CLEAN), "-o", LONG), 1),
        ((str(WRONG), "-o", LONG), 1),
        ((str(CLEAN), "--out", LONG), 1),
        (("check", str(CLEAN), "--report", f"text={LONG}"), 1),
        (("check", str(CLEAN), "--report", LONG), 2),
        ((str(CLEAN), "--catalog", LONG), 1),
        (("help", LONG), 2),
    ],
)
def test_long_names(arguments: tuple[str, ...], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = qrda2qpp(*arguments)
    assert result.code == code, result.stderr[:200]
    assert "fault of the tool" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_name_whose_result_has_no_room_for_its_ending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = f"{'x' * 248}.xml"
    Path(name).write_bytes(CLEAN.read_bytes())
    result = qrda2qpp(name, "--out", "out")
    assert result.code == 1
    assert "XML012" in result.stderr
