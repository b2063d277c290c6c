"""Twice the files are twice the work: counted, not timed."""

import os
from pathlib import Path

import pytest

import converter
from converter.emitters.reports.formats import FORMATS
from tests.cli.runner import qrda2qpp
from tests.counting import calls
from tests.documents import TIN, document

_FILES = 24
_MOST = 2.1
"""Times as many calls for twice the files; what is loaded and made once is taken off before."""
_REPORTS = tuple(word for form in FORMATS for word in ("--report", f"{form}=r/report.{form}"))


def write(folder: str, files: int, *, one_practice: bool) -> None:
    """Write files, every third of them with an error: of one practice, or each of another one."""
    doc = document(2025, measures=("236", "134"))
    good = doc.bytes()
    doc.measure("236").population("NUMER").count = "x"
    bad = doc.bytes()
    Path(folder).mkdir()
    for number in range(files):
        tin = TIN if one_practice else f"{100_000_000 + number}"
        data = (bad if number % 3 == 0 else good).replace(TIN.encode(), tin.encode())
        Path(folder, f"{number:04}.xml").write_bytes(data)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.every(4)
@pytest.mark.parametrize("one_practice", [True, False])
@pytest.mark.parametrize("words", [("--out", "out"), ("--out", "out", "--summary", "s.csv", *_REPORTS)])
def test_twice_the_files_are_twice_the_work(words: tuple[str, ...], one_practice: bool) -> None:
    found: list[int] = []
    for files in (3, 3, _FILES + 3, 2 * _FILES + 3):  # the first time more is loaded
        name = f"in{len(found)}"
        write(name, files, one_practice=one_practice)
        found.append(calls(lambda name=name: qrda2qpp("convert", name, *words, "--jobs", "1")))  # type: ignore[misc]
    _, once, few, many = found
    assert many - once < _MOST * (few - once)


def test_twice_the_files_are_twice_the_work_in_a_program() -> None:
    found: list[int] = []
    for files in (3, 3, _FILES + 3, 2 * _FILES + 3):
        name = f"in{len(found)}"
        write(name, files, one_practice=False)
        found.append(calls(lambda name=name: list(converter.convert_many(os.fspath(name), together=True))))  # type: ignore[misc]
    _, once, few, many = found
    assert many - once < _MOST * (few - once)
