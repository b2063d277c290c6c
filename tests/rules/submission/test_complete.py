"""Clean documents of every year and program: no error of any stage, and nothing at all where nothing is missing."""

from pathlib import Path

import pytest

import converter
from tests.complete import ALWAYS, complete_document
from tests.documents import YEARS, document, profile
from tests.policy import POLICY

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
CLEAN = sorted(path for path in FIXTURES.glob("[0-9]*/*.xml") if "clean" in path.stem)
CONVERTED_FAMILIES = ("mips", "app1", "appPlus")
PROGRAMS = [
    (year, program)
    for year in YEARS
    for program, facts in profile(year)["programs"].items()
    if facts["accepted"] and facts["family"] in CONVERTED_FAMILIES
]


@pytest.mark.parametrize(("year", "program"), PROGRAMS)
def test_small_documents_have_no_error(year: int, program: str) -> None:
    result = converter.check(document(year, program).bytes(), guide="none")
    assert result.ok
    assert {one.id for one in result.findings} <= POLICY | ALWAYS | of_name(program)


@pytest.mark.parametrize(("year", "program"), PROGRAMS)
def test_complete_documents_have_no_remark(year: int, program: str) -> None:
    result = converter.check(complete_document(year, program).bytes(), guide="none")
    assert result.ok
    assert {one.id for one in result.findings if one.id not in ALWAYS} == of_name(program)


def of_name(program: str) -> set[str]:
    """Id of the remark that a name of a program gives by itself: MIPS alone does not say who reports."""
    return {"DOC052"} if program == "MIPS" else set()


@pytest.mark.every(4)
@pytest.mark.parametrize("path", CLEAN, ids=[f"{path.parent.name}/{path.stem}" for path in CLEAN])
def test_clean_fixtures_have_no_error(path: Path) -> None:
    result = converter.check(path)
    assert result.ok
    assert [one.message for one in result.errors] == []


def test_there_is_a_clean_fixture_of_every_program() -> None:
    """But of the old name of individuals, which stands for the same."""
    found = {(int(path.parent.name), path.stem.partition("-")[0]) for path in CLEAN}
    assert {one for one in PROGRAMS if one[1] != "MIPS"} <= found
