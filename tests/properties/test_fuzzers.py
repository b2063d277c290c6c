"""The fuzzers themselves: a few examples of each, and that a breach is said, with what makes it again."""

import sys
from collections.abc import Callable

import pytest

from tests.fuzz import commands, pastes, privacy, qpp_files, zips
from tests.fuzz.hostile import raw
from tests.fuzz.running import Examine, Part, examined, main, run

FUZZERS: dict[str, tuple[Callable[[int, int], str | None], int]] = {
    "qpp_files": (qpp_files.examine, 40),
    "pastes": (pastes.examine, 40),
    "commands": (commands.examine, 80),
    "zips": (zips.examine, 60),
    "privacy": (privacy.examine, 10),
}


@pytest.mark.every(5)
@pytest.mark.parametrize("name", FUZZERS)
def test_a_few_examples(name: str) -> None:
    examine, number = FUZZERS[name]
    figures = run(Part(examine, seed=3, first=0, step=1, documents=number, seconds=None))
    assert figures.documents == number
    assert figures.breaches == []


def _even_fails(_seed: int, number: int) -> str | None:
    if number == 5:
        raise ValueError("five")
    return "even" if number % 4 == 2 else None


def _fine(_seed: int, _number: int) -> str | None:
    return None


def _exit_code(monkeypatch: pytest.MonkeyPatch, examine: Examine, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["fuzz", *words])
    return main("tests.fuzz.nothing", "things", examine)


def test_a_breach_is_exit_code_1_and_can_be_made_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _exit_code(monkeypatch, _even_fails, "--documents", "7", "--seed", "9") == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "python -m tests.fuzz.nothing --seed 9 --only 2: even"
    assert told[1].startswith("python -m tests.fuzz.nothing --seed 9 --only 5: raised ValueError in test_fuzzers.py:")
    assert told[3].endswith(": 3 breaches")
    assert _exit_code(monkeypatch, _even_fails, "--only", "6") == 1
    assert _exit_code(monkeypatch, _even_fails, "--only", "4") == 0


def test_without_a_breach_there_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _exit_code(monkeypatch, _fine, "--documents", "11", "--jobs", "2") == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("tests.fuzz.nothing: 11 things in ")
    assert _exit_code(monkeypatch, _fine, "--seconds", "0.1") == 0


def test_what_is_raised_is_a_breach() -> None:
    assert examined(_even_fails, 1, 5)
    assert examined(_even_fails, 1, 3) is None


@pytest.mark.parametrize(
    ("text", "form", "shown"), [("a\tb", "text", "U+0009"), ("a\r\nb", "csv", ""), ("a\r\nb", "text", "U+000D")]
)
def test_raw_characters_are_seen(text: str, form: str, shown: str) -> None:
    assert raw(text, form) == shown
