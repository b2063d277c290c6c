"""`qrda2qpp completion`: the scripts, and what a shell is offered."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.runner import process, qrda2qpp


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_script_of_a_shell(shell: str) -> None:
    result = qrda2qpp("completion", shell)
    assert (result.code, result.stderr) == (0, "")
    assert f"_QRDA2QPP_COMPLETE={shell}_complete" in result.text


def test_shell_that_is_not_known() -> None:
    result = qrda2qpp("completion", "tcsh")
    assert (result.code, result.stdout) == (2, b"")
    assert "bash" in result.stderr


def test_no_shell() -> None:
    result = qrda2qpp("completion", "--")
    assert (result.code, result.stdout) == (2, b"")
    assert result.stderr.endswith("Error: Name the SHELL: bash, zsh or fish.\n")
    assert "\t" not in result.stderr


def offered(*words: str) -> list[tuple[str, ...]]:
    """What bash is offered for the last word: pairs of the kind and the value."""
    line = " ".join(("qrda2qpp", *words))
    result = process(
        "unused", _QRDA2QPP_COMPLETE="bash_complete", COMP_WORDS=line, COMP_CWORD=str(len(words)), PYTHONSAFEPATH="1"
    )
    return [tuple(row.split(",")) for row in result.text.splitlines()]


@pytest.mark.every(5)
@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("ch",), [("file", "ch"), ("plain", "check")]),
        (("exp",), [("file", "exp"), ("plain", "explain")]),
        (("a",), [("file", "a")]),
        (("--stri",), [("plain", "--strict")]),
        (("a.xml", "--stri"), [("plain", "--strict")]),
        (("a.xml", "b"), [("file", "b")]),
        (("check", "--rep"), [("plain", "--report")]),
        (("check", "--report", "h"), [("file", "h"), ("plain", "html")]),
        (("check", "--color", "al"), [("plain", "always")]),
        (("check", "--year", "2025"), [("plain", "2025")]),
        (("explain", "--year", "2017"), [("plain", "2017")]),
        (("check", "x"), [("file", "x")]),
        (("convert", "-o", "x"), [("file", "x")]),
        (("convert", "--out", "x"), [("dir", "x")]),
        (("demo", "x"), [("dir", "x")]),
        (("completion", "z"), [("plain", "zsh")]),
        (("help", "ex"), [("plain", "explain")]),
    ],
)
def test_what_is_offered(words: tuple[str, ...], wanted: list[tuple[str, str]]) -> None:
    assert offered(*words) == wanted


def test_all_commands_are_offered() -> None:
    assert [value for kind, value in offered("") if kind == "plain"][:2] == ["convert", "check"]


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("bash"), reason="there is no bash")
def test_script_of_bash_is_one(tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_bytes(qrda2qpp("completion", "bash").stdout)
    code = 'source "$0" && complete -p qrda2qpp'
    done = subprocess.run(["bash", "-c", code, script], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"_qrda2qpp_completion" in done.stdout
