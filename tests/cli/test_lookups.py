"""`qrda2qpp explain`, `measures` and `years`, and the folders of `--catalog`."""

import json
import os
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from converter.findings.kinds import TABLE
from tests.cli.runner import process, qrda2qpp
from tests.documents import YEARS, catalog, document, document_extension, measure_facts, profile
from tests.findings.pages import SECTIONS, read_page

BOTH = (2024, 2025)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# -- explain


@pytest.mark.parametrize("id", TABLE)
def test_every_finding_is_explained_by_id_and_slug(id: str) -> None:
    result = qrda2qpp("explain", id)
    page = read_page(id)
    assert page is not None
    assert result.code == 0
    assert result.text.startswith(f"# {id} {TABLE[id].slug}\n\n")
    assert re.findall(r"^## (.+)$", result.text, re.MULTILINE) == list(SECTIONS)
    assert "<!-- case:" not in result.text
    assert result.text == re.sub(r"<!-- case: .*? -->\n\n", "", page.text, flags=re.DOTALL)
    assert qrda2qpp("explain", TABLE[id].slug) == result
    assert qrda2qpp("explain", id.lower()) == result


@pytest.mark.parametrize("code", sorted({kind.official_code for kind in TABLE.values() if kind.official_code}))
def test_every_official_code_is_explained(code: int) -> None:
    result = qrda2qpp("explain", str(code))
    assert result.code == 0
    for kind in TABLE.values():
        assert (f"{kind.id} " in result.text) == (kind.official_code == code)


@pytest.mark.parametrize("year", YEARS)
def test_a_guid_is_explained(year: int) -> None:
    facts = measure_facts(year, "236")
    result = qrda2qpp("explain", facts["guid"])
    assert result.code == 0
    assert facts["eMeasureId"] in result.text
    assert str(year) in result.text


@pytest.mark.parametrize("form", ["{}", "{{{}}}", "urn:uuid:{}", " {} "])
def test_a_guid_may_be_written_in_any_form(form: str) -> None:
    guid = measure_facts(2025, "236")["guid"]
    assert qrda2qpp("explain", form.format(guid.upper())) == qrda2qpp("explain", guid)


def test_a_guid_of_another_year_is_told_with_the_one_of_the_year() -> None:
    old, new = (measure_facts(year, "236") for year in BOTH)
    result = qrda2qpp("explain", old["guid"], "--year", "2025")
    assert old["eMeasureId"] in result.text
    assert new["eMeasureId"] in result.text
    assert new["guid"] in result.text


@pytest.mark.parametrize("word", ["236", "CMS165", "cms165v13"])
def test_a_measure_is_explained_with_its_guids(word: str) -> None:
    facts = measure_facts(2025, "236")
    result = qrda2qpp("explain", word, "--year", "2025")
    assert result.code == 0
    for text in (facts["title"], facts["guid"], *facts["strata"][0]["populations"].values()):
        assert text in result.text


@pytest.mark.parametrize(("part", "key"), [("pi", "measureId"), ("ia", "measureId"), ("mvps", "mvpId")])
def test_other_ids_are_explained(part: str, key: str) -> None:
    facts = catalog(2025)[part][0]
    result = qrda2qpp("explain", facts[key], "--year", "2025")
    assert result.code == 0
    assert facts["title"] in result.text


@pytest.mark.parametrize("words", [("nothing-of-this",), ("999",), ("two", "words"), ("236", "--year", "2016")])
def test_what_is_not_known_is_refused(words: tuple[str, ...]) -> None:
    result = qrda2qpp("explain", *words)
    assert (result.code, result.stdout) == (2, b"")
    assert result.stderr


def test_explain_needs_a_word() -> None:
    assert qrda2qpp("explain").code == 2


# -- measures


@pytest.mark.parametrize("year", YEARS)
def test_measures_of_a_year(year: int) -> None:
    result = qrda2qpp("measures", "--year", str(year))
    header, *rows = result.text.splitlines()
    assert result.code == 0
    assert header.split() == ["ID", "CMS", "ID", "GUID", "TITLE"]
    assert len(rows) == len(catalog(year)["measures"])
    for row, facts in zip(rows, catalog(year)["measures"], strict=True):
        assert row.split()[:3] == [facts["measureId"], facts["eMeasureId"], facts["guid"].lower()]
        assert row.endswith(facts["title"])
    assert str(year) in result.stderr


@pytest.mark.parametrize("query", ["depression", "HIGH BLOOD", "CMS165v13", "236", "2C928083-8907"])
def test_measures_are_searched(query: str) -> None:
    _, *rows = qrda2qpp("measures", query, "--year", "2025").text.splitlines()
    assert rows
    assert all(query.lower() in row.lower() for row in rows)
    assert len(rows) < len(catalog(2025)["measures"])


def test_no_measure_is_found() -> None:
    result = qrda2qpp("measures", "unicorn")
    assert (result.code, result.stdout) == (1, b"")


def test_measures_without_a_year_are_those_of_the_latest_with_identifiers() -> None:
    assert qrda2qpp("measures") == qrda2qpp("measures", "--year", "2026")


def test_measures_of_a_year_that_is_not_known() -> None:
    assert qrda2qpp("measures", "--year", "1999").code == 2


def test_titles_are_printed_on_any_console() -> None:
    result = process("measures", "--year", "2025", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert result.code == 0
    assert len(result.stdout.splitlines()) == 1 + len(catalog(2025)["measures"])


def test_measures_are_searched_in_all_years_unless_told() -> None:
    result = qrda2qpp("measures", "CMS165")
    header, *rows = result.text.splitlines()
    assert header.split()[:2] == ["YEAR", "ID"]
    assert [row.split()[0] for row in rows] == [str(year) for year in range(2027, 2016, -1)]
    assert "not published" in rows[0]
    assert result.stderr == "11 measures of performance year 2017 to 2027.\n"


@pytest.mark.parametrize("form", ["{}", "{{{}}}", "no hyphens", "beginning"])
def test_a_measure_is_found_by_its_guid(form: str) -> None:
    guid = measure_facts(2024, "236")["guid"]
    words = {"no hyphens": guid.replace("-", ""), "beginning": guid[:20]}.get(form) or form.format(guid.upper())
    (row,) = qrda2qpp("measures", words).text.splitlines()[1:]
    assert row.split()[:3] == ["2024", "236", "CMS165v12"]


def test_a_measure_is_found_by_words_of_its_title_in_any_order() -> None:
    _, *rows = qrda2qpp("measures", "pressure high", "--year", "2025").text.splitlines()
    assert {"236"} <= {row.split()[0] for row in rows}


def test_registry_measures_are_listed_when_asked() -> None:
    few, many = (qrda2qpp("measures", "--year", "2025", *more).text.splitlines() for more in ((), ("--all",)))
    facts = catalog(2025)
    assert len(few) == 1 + len(facts["measures"])
    assert len(many) == len(few) + len(facts["otherQuality"])
    other = facts["otherQuality"][0]
    (row,) = (row for row in many if row.split()[0] == other["measureId"])
    assert row.split()[1:3] == ["-", "-"]
    assert row.endswith(other["title"])


# -- years


def test_years() -> None:
    result = qrda2qpp("years")
    rows = {row.split()[0]: row for row in result.text.splitlines()}
    assert result.code == 0
    for year in YEARS:
        assert document_extension(year) in rows[str(year)]
        assert f" {catalog(year)['identifiers']} " in rows[str(year)]
    assert "not published yet" in rows["2027"]


def test_years_say_which_data_is_older_than_a_year(own: Path) -> None:
    long_ago, now = (date(2026, 11, 27) - timedelta(days=days) for days in (400, 300))
    for year, made in ((2025, long_ago), (2024, now)):
        put(own / f"catalog/{year}.json", {**catalog(year), "date": made.isoformat()})
    text = qrda2qpp("years", "--catalog", own).text
    assert f"{long_ago}**\n" in text and "** older than a year" in text
    assert f"{now}\n" in text


# -- folders of the user


@pytest.fixture
def own(folder: Path) -> Path:
    path = folder / "own"
    path.mkdir()
    return path


def put(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")


def new_year(own: Path) -> bytes:
    """Put the files of an invented year 2031 into a folder and return a document of it."""
    facts = {**profile(2025), "performanceYear": 2031}
    own_template = {**facts["templates"]["document_cms"], "extension": "2030-12-01"}
    facts["templates"] = {**facts["templates"], "document_cms": own_template}
    put(own / "profiles/2031.json", facts)
    put(own / "catalog/2031.json", {**catalog(2025), "performanceYear": 2031})
    text = document(2025).xml().replace("2024-12-01", "2030-12-01")
    return text.replace('value="2025', 'value="2031').encode()


def test_catalog_adds_a_year(own: Path) -> None:
    data = new_year(own)
    assert qrda2qpp(stdin=data).code == 1
    result = qrda2qpp("--catalog", own, stdin=data)
    assert result.code == 0
    assert result.json["performanceYear"] == 2031
    assert qrda2qpp("--catalog", own, "--year", "2031", stdin=data) == result
    assert qrda2qpp("--catalog", own, "--year", "2025", stdin=data).code == 1


def test_catalog_adds_a_year_to_the_lookups(own: Path) -> None:
    new_year(own)
    assert "\n2031 " in qrda2qpp("years", "--catalog", own).text
    assert "\n2031 " not in qrda2qpp("years").text
    assert "2031" in qrda2qpp("measures", "--catalog", own).stderr
    assert "2031" in qrda2qpp("explain", "236", "--catalog", own).text
    assert qrda2qpp("check", "--catalog", own, stdin=new_year(own)).code == 0


def test_catalog_replaces_a_year(own: Path) -> None:
    guid = "0f0e0d0c-0000-4000-8000-000000000001"
    measures = [{**row, "guid": guid} if row["measureId"] == "236" else row for row in catalog(2025)["measures"]]
    put(own / "catalog/2025.json", {**catalog(2025), "measures": measures})
    doc = document(2025)
    assert qrda2qpp("--catalog", own, stdin=doc.bytes()).code == 1
    doc.measure("236").guid = guid
    assert qrda2qpp("--catalog", own, stdin=doc.bytes()).code == 0
    assert qrda2qpp(stdin=doc.bytes()).code == 1


def test_the_first_of_several_catalogs_wins(folder: Path, own: Path) -> None:
    data = new_year(own)
    put(folder / "wrong" / "catalog/2031.json", "{}")
    assert qrda2qpp("--catalog", folder, "--catalog", own, "--catalog", folder / "wrong", stdin=data).code == 0
    assert qrda2qpp("--catalog", folder / "wrong", "--catalog", own, stdin=data).code == 2


def test_catalog_of_the_environment(folder: Path, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = new_year(own)
    monkeypatch.setenv("QRDA2QPP_CATALOG", os.pathsep.join((str(folder), str(own))))
    assert qrda2qpp(stdin=data).code == 0
    monkeypatch.setenv("QRDA2QPP_CATALOG", "")
    assert qrda2qpp(stdin=data).code == 1


def test_catalog_of_the_command_goes_before_that_of_the_environment(
    folder: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = new_year(own)
    put(folder / "wrong" / "catalog/2031.json", "{}")
    monkeypatch.setenv("QRDA2QPP_CATALOG", str(folder / "wrong"))
    assert qrda2qpp("--catalog", own, stdin=data).code == 0
    assert qrda2qpp(stdin=data).code in (1, 2)


@pytest.mark.parametrize("command", [(), ("check",), ("measures",), ("years",), ("explain", "236")])
def test_a_catalog_folder_that_is_missing(command: tuple[str, ...]) -> None:
    result = qrda2qpp(*command, "--catalog", "nowhere", stdin=document(2025).bytes())
    assert (result.code, result.stdout) == (2, b"")
    assert "nowhere" in result.stderr


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("{", "2025.json"),
        ("[]", "2025.json"),
        ("{}", "top level"),
        ({**catalog(2025), "measures": [{**catalog(2025)["measures"][0], "guid": "short"}]}, "measures/0/guid"),
        ({**catalog(2025), "colour": "red"}, "colour"),
    ],
)
def test_a_catalog_file_that_is_wrong_is_named_with_the_place(own: Path, content: Any, place: str) -> None:
    put(own / "catalog/2025.json", content)
    result = qrda2qpp("--catalog", own, stdin=document(2025).bytes())
    assert (result.code, result.stdout) == (2, b"")
    assert str(own / "catalog" / "2025.json") in result.stderr
    assert place in result.stderr


def test_a_profile_file_that_is_wrong_is_named_with_the_place(own: Path) -> None:
    put(own / "profiles/2025.json", {**profile(2025), "programs": {"MIPS_GROUP": {}}})
    result = qrda2qpp("--catalog", own, stdin=document(2025).bytes())
    assert (result.code, result.stdout) == (2, b"")
    assert str(own / "profiles" / "2025.json") in result.stderr
    assert "programs/MIPS_GROUP" in result.stderr


def test_a_relative_catalog_folder_is_that_of_the_current_folder(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = new_year(own)
    assert qrda2qpp("--catalog", "own", stdin=data).code == 0
    elsewhere = own / "elsewhere"
    (elsewhere / "own").mkdir(parents=True)
    monkeypatch.chdir(elsewhere)
    assert qrda2qpp("--catalog", "own", stdin=data).code == 1


def test_pages_are_markdown_when_piped_and_rendered_in_colour() -> None:
    piped = qrda2qpp("explain", "GUID002").text
    assert piped.startswith("# GUID002 ")
    assert "\n```xml\n" in piped
    shown = qrda2qpp("explain", "GUID002", "--color", "always").text
    assert shown.startswith("\x1b[1mGUID002 measure-guid-of-another-year\x1b[0m")
    assert "```" not in shown
    assert "**" not in shown
    words = re.sub(r"\x1b\[[\d;]*m", "", shown)
    assert '\n    <id root="2.16.840.1.113883.4.738"' in words
    assert "\nPractice. " in words
    for line in re.findall(r"^#+ (.+)$", piped, re.MULTILINE):
        assert f"\x1b[1m{line}\x1b[0m" in shown
