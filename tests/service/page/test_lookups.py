"""The search over all that can be explained: what is found, what is suggested, and what is neither."""

import re

import pytest

from converter.explanation.official_codes import official_codes
from converter.explanation.suggestions import MOST, suggestions
from converter.facts.files import data_folders
from converter.findings.kinds import TABLE
from converter.service.page import lookups
from tests.fuzz.hostile import TEXTS
from tests.service.page.markup import Markup, faults

_FOLDERS = data_folders(None)


def search_results(words: str) -> str:
    return lookups.search_results(words, _FOLDERS)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("GUID002", "GUID002 measure-guid-of-another-year"),
        ("59", "code 59"),
        ("2c928085-806c-39a2-0180-7092fa9b0145", "CMS165v12"),
        ("236", "Controlling High Blood Pressure"),
        ("blood pressure", "Controlling High Blood Pressure"),
        ("MIPS_APP1_GROUP", "APM Performance Pathway"),
        ("IA_BE_4", "improvement activity"),
        ("2025", "performance year"),
        ("DENEX", "Denominator exclusions"),
        ("CT - The measure GUID supplied 2c928085-806c-39a2-0180-7092fa9b0145 is invalid", "message"),
    ],
)
def test_what_is_looked_up_is_explained(words: str, found: str) -> None:
    html = search_results(words)
    assert found.lower() in Markup(html).text.lower()
    assert faults(html) == []


@pytest.mark.every(5)
@pytest.mark.parametrize("id", TABLE)
def test_the_page_of_every_finding_is_shown(id: str) -> None:
    html = search_results(id)
    assert faults(html) == []
    assert f"<h2>{id} {TABLE[id].slug}</h2>" in html and "<h3>What to do</h3>" in html and "<!--" not in html


def test_what_is_half_written_is_completed() -> None:
    words = [one.word for one in suggestions("GUID0", data_folders(None))]
    assert len(words) == MOST and words[0] == "GUID001"
    assert '/page/explain?q=IA_BE_1"' in search_results("IA_BE")
    assert "You may mean" in search_results("IA_BE")
    assert [one.word for one in suggestions("cms165v13", data_folders(None))] == ["CMS165v13"]


def test_titles_are_listed_once_and_in_full() -> None:
    html = search_results("diabetes")
    listed = re.findall(r"<strong>(.*?)</strong> <span>(.*?)</span>", html)
    assert len(listed) == len(dict(listed)) == 20
    assert dict(listed)["119"] == "Diabetes: Medical Attention for Nephropathy", "also of a year that is over"
    assert "And 9 more; add words of the title." in html and "Others that begin" not in html
    assert "more; add words" not in search_results("nephropathy diabetes")


@pytest.mark.parametrize("words", ["", " ", "---", "_", "é", "\0"])
def test_nothing_is_suggested_for_nothing(words: str) -> None:
    assert suggestions(words, data_folders(None)) == ()


def test_every_suggestion_is_explained() -> None:
    folders = data_folders(None)
    rows = official_codes()[::7]
    for words in ("GUID", "SUB0", "PI_", "M1", "CMS1", "dia", *(f"code {one['code']}" for one in rows)):
        found = suggestions(words, folders)
        assert found
        for one in found[:3]:
            assert 'class="document found"' in search_results(one.word), one


def test_of_what_nothing_is_known_it_is_said() -> None:
    html = search_results("qqqqqq")
    assert "was not found" in html and "document found" not in html and faults(html) == []
    assert search_results("  ") == ""


@pytest.mark.every(5)
@pytest.mark.parametrize("text", TEXTS)
def test_hostile_words_do_no_harm(text: str) -> None:
    for words in (text, f"CT - {text}", f"GUID002 {text}", text * 100):
        assert faults(search_results(words)) == []
