"""`--brief`, the width of text reports, and `--color`."""

import os
import re
from pathlib import Path
from typing import Any

import pytest

import converter
from converter.cli.console import WIDTH, width_of
from converter.emitters.reports.formats import whole
from converter.emitters.reports.text import Text
from tests.cli.runner import qrda2qpp
from tests.documents import SCHEMAS

WRONG = SCHEMAS.parent / "fixtures" / "2025" / "MIPS_GROUP-guid-of-another-year.xml"
CLEAN = SCHEMAS.parent / "fixtures" / "2025" / "MIPS_GROUP-clean.xml"
COLOUR = re.compile(r"\x1b\[[\d;]*m")


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


def test_a_line_for_each_finding() -> None:
    lines = qrda2qpp("check", WRONG, CLEAN, "--brief").text.splitlines()
    documents = qrda2qpp("check", WRONG, CLEAN, "--report", "json").json["documents"]
    numbers = [len(one["findings"]) for one in documents]
    assert len(lines) == 2 + sum(numbers)
    assert lines[0].startswith(f"{WRONG}: CMS would reject it")
    assert lines[1 + numbers[0]].startswith(f"{CLEAN}: CMS would accept it, but it may cost points")
    first = documents[0]["findings"][0]
    place = first["place"]
    assert lines[1] == f"error {first['id']} line {place['line']}, column {place['column']}: {first['message']}"


def test_brief_words_of_a_conversion() -> None:
    result = qrda2qpp(WRONG, "--brief")
    assert (result.code, result.stdout) == (1, b"")
    assert [line.split()[0] for line in result.stderr.splitlines()[1:]] == ["error", "warning"]


def test_brief_report_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "r.txt"
    qrda2qpp("check", WRONG, "--brief", "--report", file)
    assert file.read_bytes() == qrda2qpp("check", WRONG, "--brief").stdout


# -- width


class _Terminal:
    closed = False

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1


@pytest.mark.parametrize(("columns", "width"), [(20, 60), (80, 80), (120, 120), (400, 160), (0, WIDTH)])
def test_width_of_a_terminal(columns: int, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((columns, 24)))
    terminal: Any = _Terminal()
    assert width_of(terminal) == width


def test_width_of_what_is_no_terminal() -> None:
    assert width_of(None) == WIDTH
    terminal: Any = _Terminal()
    terminal.isatty = lambda: False
    assert width_of(terminal) == WIDTH


@pytest.mark.parametrize("width", [60, 80, 140])
def test_sentences_of_a_report_are_as_wide_as_asked(width: int) -> None:
    report = converter.convert(WRONG).report()
    lines = whole(Text(width=width), [report]).splitlines()
    sentences = [line for line in lines if line.startswith("  The measure GUID")]
    assert width - 20 < len(sentences[0]) <= width
    assert whole(Text(), [report]) == whole(Text(width=WIDTH), [report]) != whole(Text(width=width), [report])


# -- colour


@pytest.mark.parametrize(
    ("options", "environment", "wanted"),
    [
        ((), {}, False),
        (("--color", "auto"), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "0"}, False),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        (("--color", "always"), {"TERM": "dumb"}, True),
    ],
)
def test_colour_of_a_report_that_is_piped(
    options: tuple[str, ...], environment: dict[str, str], wanted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = qrda2qpp("check", WRONG).text
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    shown = qrda2qpp("check", WRONG, *options).text
    assert COLOUR.sub("", shown) == plain
    assert bool(COLOUR.search(shown)) is wanted


def test_only_text_takes_colour(tmp_path: Path) -> None:
    assert not COLOUR.search(qrda2qpp("check", WRONG, "--report", "csv", "--color", "always").text)
    qrda2qpp("check", WRONG, "--report", tmp_path / "r.txt", "--color", "always")
    assert not COLOUR.search((tmp_path / "r.txt").read_text(encoding="utf-8"))


def test_words_of_a_conversion_take_colour() -> None:
    assert COLOUR.search(qrda2qpp(WRONG, "--color", "always").stderr)
    assert not COLOUR.search(qrda2qpp(WRONG).stderr)


def test_colour_without_a_known_value() -> None:
    assert qrda2qpp("check", WRONG, "--color", "red").code == 2
