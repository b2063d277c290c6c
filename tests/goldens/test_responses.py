"""How answers of CMS are explained: golden files, and what all of them keep to."""

import re

import pytest

from tests.documents import NPI, TIN
from tests.goldens.update_responses import FOLDER, cases, explained, present

CASES = sorted(cases())
WIDTH = 100


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str) -> None:
    path = FOLDER / f"{case}.txt"
    assert path.is_file(), f"{path.name} is missing: python -m tests.goldens.update_responses"
    assert path.read_bytes().decode() == explained(case)


def test_every_golden_has_a_case() -> None:
    assert sorted(path.stem for path in present() - {FOLDER / f"{case}.txt" for case in CASES}) == []


@pytest.mark.parametrize("case", CASES)
def test_lines_fit_a_terminal(case: str) -> None:
    """Only a path is not broken, so that it can be copied."""
    long = [line for line in explained(case).splitlines() if len(line) > WIDTH]
    assert [line for line in long if not line.lstrip().startswith("/ClinicalDocument/")] == []


@pytest.mark.parametrize("case", CASES)
def test_identifiers_are_masked(case: str) -> None:
    words = explained(case)
    assert TIN not in words
    assert NPI not in words


@pytest.mark.parametrize("case", CASES)
def test_the_first_line_says_what_it_is_and_how_many_messages(case: str) -> None:
    first = " ".join(explained(case).splitlines()[:2])
    assert re.match(r".+: (no messages|\d+ (message|remark)s?)\b", first)
