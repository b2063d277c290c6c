"""What `score` shows: golden files, and what all of them keep to."""

from pathlib import Path

import pytest

from tests.documents import NPI, TIN
from tests.findings.test_wording import faults
from tests.goldens.update_scores import goldens, present

CASES = sorted(goldens())
WIDTH = 100
TEXTS = [path for path in CASES if path.suffix == ".txt"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_golden(path: Path) -> None:
    assert path.is_file(), f"{path.name} is missing: python -m tests.goldens.update_scores"
    assert path.read_bytes().decode() == goldens()[path]


def test_every_golden_has_a_case() -> None:
    assert sorted(path.name for path in present() - set(CASES)) == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_lines_fit_a_terminal(path: Path) -> None:
    words = goldens()[path]
    assert [line for line in words.splitlines() if len(line) > WIDTH] == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_identifiers_are_masked(path: Path) -> None:
    words = goldens()[path]
    for secret in (TIN, NPI, "000123456", "1234567893"):
        assert secret not in words


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_wording(path: Path) -> None:
    words = goldens()[path]
    assert faults(words) == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_number_is_without_what_it_is(path: Path) -> None:
    words = goldens()[path]
    assert words.count("Points from these files: ") == words.count("This is not a score of CMS, and not a final score.")
    assert "inal score:" not in words
