"""The advice on the page of each kind of finding."""

import re
import subprocess
import sys

import pytest

from converter.findings.advice import advice, page
from converter.findings.kinds import TABLE
from tests.documents import document


@pytest.mark.parametrize("id", TABLE)
def test_every_kind_has_advice_for_practice_and_vendor(id: str) -> None:
    for words in advice(id):
        assert words.endswith(".")
        assert not re.search(r"\]\(|\*\*|\n|  |<!--", words), "plain sentences, with code in backticks"
        assert words.count("`") % 2 == 0


def test_a_page_is_read_once() -> None:
    before = page.cache_info().misses
    page("GUID002"), advice("GUID002"), advice("GUID002")
    assert page.cache_info().misses <= before + 1


def test_links_of_a_page_are_words_in_its_advice() -> None:
    assert "[GUID017](GUID017.md)" in page("GUID003")
    assert "the finding is GUID017." in advice("GUID003").vendor


def test_a_conversion_without_a_report_reads_no_page() -> None:
    code = (
        "import sys, converter\nresult = converter.convert(sys.stdin.buffer.read())\nassert result.findings\n"
        "assert 'converter.findings.advice' not in sys.modules\nresult.to_text()\n"
        "assert 'converter.findings.advice' in sys.modules"
    )
    data = document(2025, measures=("236",), counts={"NUMER": 999}).bytes()
    subprocess.run([sys.executable, "-c", code], input=data, check=True)


@pytest.mark.parametrize("id", TABLE)
def test_an_advice_speaks_of_no_example(id: str) -> None:
    """It appears in reports of other documents, where there is none."""
    for words in advice(id):
        assert not re.search(r"\bthe (?:\w+ )?example\b(?! of)|\bthis page\b|\bas above\b|\bHere the\b", words)


def test_the_commands_of_an_advice_name_the_year_and_measure_of_the_document() -> None:
    assert "`qrda2qpp measures --year 2022` lists the GUIDs" in advice("GUID001", 2022).vendor
    assert "`qrda2qpp explain 001 --year 2025` lists the populations" in advice("POP001", 2025, "001").vendor
    assert "`qrda2qpp explain MEASURE --year 2025` lists" in advice("POP001", 2025).vendor
    assert advice("IA003", 2022) == advice("IA003")
    assert advice("POP001") == advice("POP001", 2022, "130")


@pytest.mark.parametrize("id", TABLE)
def test_every_command_with_an_example_takes_another_year(id: str) -> None:
    years = re.findall(r"--year (\d+)", " ".join(advice(id, 2019, "236")))
    assert set(years) <= {"2019"}
