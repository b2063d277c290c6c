"""Standard streams that are closed or full, and names that are longer than any file's: no failures of the tool."""

import subprocess
import sys
from pathlib import Path

import pytest

from converter.cli.overwrites import KEPT
from tests.cli.runner import INTERNAL_FAILURE, ROOT, qrda2qpp
from tests.documents import SCHEMAS

CLEAN = SCHEMAS.parent / "fixtures" / "2025" / "MIPS_GROUP-clean.xml"
WRONG = SCHEMAS.parent / "fixtures" / "2025" / "MIPS_GROUP-guid-of-another-year.xml"
LONG = "x" * 5000
_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="descriptors are closed with a POSIX shell")


def shell(words: str, *arguments: str | Path, before: str = "") -> subprocess.CompletedProcess[bytes]:
    """Run the command in a shell; `words` follow it there, and `$1` and so on are the arguments."""
    line = f'{before}"$0" -m converter {words}'
    done = subprocess.run(
        ["/bin/sh", "-c", line, sys.executable, *map(str, arguments)], capture_output=True, check=False, cwd=ROOT
    )
    assert done.returncode != INTERNAL_FAILURE
    return done


@pytest.mark.every(4)
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
        ("--from-file - <&-", 2),
        ("score --from-file - <&-", 2),
        ("years 2>&-", 0),
        ("years >&-", 1),
    ],
)
def test_closed_streams(words: str, code: int, tmp_path: Path) -> None:
    done = shell(words, CLEAN, WRONG, tmp_path / "out")
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False), done.stderr


@pytest.mark.every(5)
@_POSIX
@pytest.mark.parametrize("error", ["2>&-", "2>/dev/full", "2>&1 | head -c 1"])
@pytest.mark.parametrize(
    "words", ['"$1" -o "$3/a.json"', '"$1" "$2" --out "$3"', '"$2" -o "$3/a.json"', '"$1" --report json -o "$3/a.json"']
)
def test_words_that_cannot_be_said_change_nothing(words: str, error: str, tmp_path: Path) -> None:
    def results(folder: Path) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in KEPT}

    said, unsaid = tmp_path / "said", tmp_path / "unsaid"
    said.mkdir()
    unsaid.mkdir()
    heard = shell(words, CLEAN, WRONG, said)
    # A pipe has the exit code of its end: the command's own goes round it.
    line, _, end = error.partition("|")
    wanted = f'{words} {line}; echo $? > "$4"{"; }" if end else ""} {"|" + end if end else ""}'
    shell(wanted, CLEAN, WRONG, unsaid, tmp_path / "code", before="{ " if end else "")
    assert int((tmp_path / "code").read_text()) == heard.returncode
    assert results(unsaid) == results(said)


def test_streams_that_are_absent_change_nothing(tmp_path: Path) -> None:
    """As under a service or `pythonw`, which has no standard streams at all."""
    program = (
        "import sys; sys.stdin = sys.stdout = sys.stderr = None; from converter.cli.main import run; run(sys.argv[1:])"
    )
    codes = []
    for arguments in [(CLEAN, WRONG, "--out", tmp_path), ("check", CLEAN, "--report", tmp_path / "r.html"), ("check",)]:
        done = subprocess.run(
            [sys.executable, "-c", program, *map(str, arguments)], capture_output=True, check=False, cwd=ROOT
        )
        codes.append(done.returncode)
        assert (done.stdout, done.stderr) == (b"", b"")
    assert codes == [1, 0, 2]
    assert {"MIPS_GROUP-clean-qpp.json", "MIPS_GROUP-guid-of-another-year-error.json", "r.html"} == {
        path.name for path in tmp_path.iterdir() if path.name not in KEPT
    }


@pytest.mark.every(2)
@_POSIX
@pytest.mark.parametrize("output", [">&-", ">/dev/full"])
def test_output_that_cannot_be_written_costs_no_file(output: str, tmp_path: Path) -> None:
    done = shell(f'"$1" "$1" --out "$2" --report json=- --report "$2/r.html" {output}', CLEAN, tmp_path)
    assert done.returncode == 1
    names = {path.name for path in tmp_path.iterdir()} - set(KEPT)
    assert names == {"MIPS_GROUP-clean-qpp.json", "r.html"}


@pytest.mark.every(5)
@_POSIX
@pytest.mark.parametrize(
    "words", ['"$1" >&-', "years >&-", "help >&-", 'check "$1" >&-', 'check "$1" --report json >&-']
)
def test_closed_output_is_told(words: str) -> None:
    done = shell(words, CLEAN)
    assert done.returncode == 1
    assert b"written: standard output is closed." in done.stderr


@pytest.mark.every(3)
@_POSIX
@pytest.mark.parametrize("words", ["<&-", "- <&-", "check <&-"])
def test_closed_input_is_told(words: str) -> None:
    done = shell(words)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Standard input is closed" in done.stderr


@pytest.mark.every(4)
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
