"""What the page says of points: a section of a result, and a page to download."""

import json

import pytest

from converter.facts.files import data_folders
from converter.service.page.downloads import download
from converter.service.page.files import held
from converter.service.page.results import shown
from converter.service.work import Wanted
from converter.source.limits import DEFAULT_LIMITS
from tests.complete import complete_document
from tests.documents import TIN
from tests.fuzz.hostile import TEXTS
from tests.goldens.update_responses import blocked
from tests.scoring.examples import EHR, measurement, quality_set, submission
from tests.service.page.markup import faults

PLAIN = Wanted(data_folders(None), DEFAULT_LIMITS)
CLEAN = complete_document(2025, "MIPS_INDIV").bytes()


def test_a_result_has_a_section_of_points() -> None:
    page = shown(held("a.xml", CLEAN), PLAIN).html
    assert "What it is worth" in page
    assert "Points from these files: " in page
    assert "This is not a score of CMS, and not a final score." in page
    assert TIN not in page
    assert faults(page) == []


def test_what_is_not_converted_has_none() -> None:
    assert "What it is worth" not in shown(held("a.xml", blocked().bytes()), PLAIN).html
    assert "What it is worth" not in shown(held("a.xml", b"<a/>"), PLAIN).html


def test_a_json_file_has_one() -> None:
    one = submission(2025, [quality_set([measurement("236", 80, 20)], 2025, EHR)])
    assert "Points from these files: " in shown(held("a.json", json.dumps(one).encode()), PLAIN).html


def test_a_page_to_download() -> None:
    found = download(held("a.xml", CLEAN), PLAIN, "score")
    assert found.name == "a-points.html"
    assert found.text.startswith("<!doctype html>")


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_texts_stay_texts(text: str) -> None:
    one = submission(2025, [quality_set([measurement(text, 80, 20)], 2025, EHR, programName="mips")])
    page = shown(held("a.json", json.dumps(one).encode()), PLAIN).html
    assert faults(page) == []
