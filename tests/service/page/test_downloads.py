"""What can be downloaded of a file, and the rows and the summary of several."""

import csv
import io
import json

import pytest

import converter
from converter.errors import UsageError
from converter.facts.files import data_folders
from converter.service.page.downloads import FORMS, download
from converter.service.page.files import held
from converter.service.page.rows import HEADER, row
from converter.service.work import Wanted
from converter.source.limits import DEFAULT_LIMITS
from tests.complete import complete_document
from tests.documents import NPI, TIN
from tests.fuzz.hostile import FORMULA, MARKUP
from tests.goldens.update_responses import api, blocked, rejected

_PLAIN = Wanted(data_folders(None), DEFAULT_LIMITS)
_FULL = _PLAIN._replace(show_ids=True)
CLEAN = complete_document(2025, "MIPS_INDIV").bytes()


def test_the_json_is_the_one_of_a_conversion() -> None:
    found = download(held("practice.xml", CLEAN), _PLAIN, "qpp-json")
    assert found.name == "practice-qpp.json" and found.media == "application/json"
    assert json.loads(found.text) == json.loads(converter.convert(CLEAN).to_json())


@pytest.mark.parametrize("form", ["error-json", "html", "csv", "score"])
def test_the_other_files_are_masked_until_identifiers_are_asked_for(form: str) -> None:
    upload = held(f"{TIN}.xml", rejected().bytes())
    masked = download(upload, _PLAIN, form)
    assert TIN not in masked.text + masked.name and TIN[-4:] in masked.name
    assert TIN in download(upload, _FULL, form).name


def test_only_what_there_is_is_offered() -> None:
    with pytest.raises(UsageError, match="has no QPP JSON"):
        download(held("a.xml", blocked().bytes()), _PLAIN, "qpp-json")
    with pytest.raises(UsageError, match=r"has no Points \(HTML\)"):
        download(held("a.xml", blocked().bytes()), _PLAIN, "score")
    with pytest.raises(UsageError, match="has no Error report"):
        download(held("a.xml", CLEAN), _PLAIN, "error-json")
    with pytest.raises(UsageError, match="There is no download 'exe'"):
        download(held("a.xml", CLEAN), _PLAIN, "exe")
    with pytest.raises(UsageError, match="has no"):
        download(held("a.json", json.dumps(api()).encode()), _PLAIN, "html")


@pytest.mark.parametrize("name", ["", "..", "a/b\\c.xml", "C:\\exports\\a.xml"])
def test_names_of_downloads_are_names_and_no_paths(name: str) -> None:
    for form in FORMS[2:]:
        found = download(held(name, CLEAN), _PLAIN, form.name)
        assert not set("/\\") & set(found.name) and found.name.endswith(form.ending)


def test_a_row_says_what_the_summary_of_a_run_says() -> None:
    found = row(held("a.xml", rejected().bytes()), _PLAIN)
    assert found["kind"] == "refused" and found["rank"] == 0 and found["cells"]["errors"] == 2
    assert found["cells"]["program"] == "MIPS_GROUP" and found["cells"]["TIN"] == f"*****{TIN[-4:]}"
    assert len(next(csv.reader(io.StringIO(found["csv"])))) == len(next(csv.reader(io.StringIO(HEADER))))
    kept = found.pop("kept")  # comes back as it went: see the tests of what is compared
    assert kept.record.source == "a.xml" and json.loads(json.dumps(found)) == found


def test_a_row_shows_identifiers_where_they_are_asked_for() -> None:
    cells = row(held("a.xml", CLEAN), _FULL)["cells"]
    assert (cells["TIN"], cells["NPI"]) == (TIN, NPI)


def test_an_answer_has_a_row_of_its_own() -> None:
    found = row(held("answer.json", json.dumps(api()).encode()), _PLAIN)
    assert found["kind"] == "answer" and "refused the submission" in found["sentence"]
    assert found["csv"].count(",") == HEADER.count(",")


@pytest.mark.parametrize("name", [FORMULA, MARKUP])
def test_no_name_is_a_formula_in_the_summary(name: str) -> None:
    cell = next(csv.reader(io.StringIO(row(held(name, b"<a/>"), _PLAIN)["csv"])))[0]
    assert not cell.startswith(("=", "+", "-", "@"))
