"""The command as a whole: misspelt words, help and version."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.runner import ROOT, qrda2qpp


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("word", "command"),
    [
        ("chek", "check"),
        ("chekc", "check"),
        ("exlpain", "explain"),
        ("convrt", "convert"),
        ("measure", "measures"),
        ("year", "years"),
        ("Check", "check"),
        ("hlep", "help"),
        ("versoin", "version"),
    ],
)
def test_misspelt_command_is_named(word: str, command: str) -> None:
    result = qrda2qpp(word, "a.xml")
    assert (result.code, result.stdout) == (2, b"")
    assert f"There is no command or file '{word}'. Did you mean '{command}'?" in result.stderr


def test_file_with_a_name_like_a_command_is_converted() -> None:
    Path("chek").write_bytes(b"")
    assert qrda2qpp("chek").code == 1


@pytest.mark.parametrize("word", ["report", "chek.xml", "./chek", "c"])
def test_other_words_are_files_that_are_not_there(word: str) -> None:
    result = qrda2qpp(word)
    assert result.code == 2
    assert f"There is no file or folder {word}." in result.stderr


@pytest.mark.parametrize(
    ("words", "option"),
    [(("--reprot", "text"), "--report"), (("check", "--yaer", "2025"), "--year"), (("measures", "--yera=1"), "--year")],
)
def test_misspelt_option_is_named(words: tuple[str, ...], option: str) -> None:
    result = qrda2qpp(*words)
    assert (result.code, result.stdout) == (2, b"")
    assert "Did you mean" in result.stderr
    assert option in result.stderr


def test_help_is_that_of_the_option() -> None:
    assert qrda2qpp("help") == qrda2qpp("--help")
    assert qrda2qpp("help", "check") == qrda2qpp("check", "--help")
    assert "Usage: qrda2qpp check" in qrda2qpp("help", "check").text


def test_help_on_what_is_no_command() -> None:
    assert "Did you mean 'explain'?" in qrda2qpp("help", "explian").stderr
    result = qrda2qpp("help", "everything")
    assert (result.code, result.stdout) == (2, b"")
    assert "convert, check, explain" in result.stderr


def test_version_is_that_of_the_option() -> None:
    assert qrda2qpp("version") == qrda2qpp("--version")


def test_nothing_is_compared_where_nothing_is_misspelt() -> None:
    code = (
        "import sys; from converter.cli.main import run\n"
        "try: run(['years'])\n"
        "except SystemExit: pass\n"
        "sys.exit(any(name in sys.modules for name in ('difflib', 'converter.language.near')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, cwd=ROOT)
    assert done.returncode == 0
