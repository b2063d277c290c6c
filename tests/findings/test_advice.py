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
