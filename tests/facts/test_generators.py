"""The tools that make and check the data files: they give the files as they stand, and show what a source says else."""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tools import build_catalog, build_index, check_messages, check_profile, data_files

Json = dict[str, Any]
CATALOG_YEARS = data_files.years_of("catalog")
YEAR = 2025


def measures_data(catalog: Json) -> list[Json]:
    """Write the rows of a catalog as CMS' measures data has them, without what these never say."""
    rows = [{**row, "category": "quality"} for row in catalog["measures"]]
    for row in rows:
        row["eMeasureUuid"] = row.pop("guid", None)
        row.pop("setId", None)
        row["lastPerformanceYear"] = None
        row["description"] = "not taken over"
        row["strata"] = [_stratum(one) for one in row.get("strata", [])] if "guidSource" not in row else []
        if row.pop("guidSource", None):
            row["eMeasureUuid"] = None
    categories = {"otherQuality": "quality", "pi": "pi", "ia": "ia", "cost": "cost"}
    for name, category in categories.items():
        rows += [_other({**row, "category": category, "eMeasureId": None}) for row in catalog[name]]
    return rows


def _stratum(row: Json) -> Json:
    names = {code: name for name, code in build_catalog.ROLES.items()}
    uuids: Json = {names[code]: guid for code, guid in row.get("populations", {}).items()}
    if "strataSource" not in row and "stratumIds" in row:
        uuids["strata"] = row["stratumIds"]
    return {"name": row.get("name"), "description": "not taken over", "eMeasureUuids": uuids or None}


def _other(row: Json) -> Json:
    if "strataNames" in row:
        row["strata"] = [{"name": name} for name in row.pop("strataNames")]
    return row


def put(folder: Path, year: int, catalog: Json) -> None:
    target = folder / "measures" / str(year) / "measures-data.json"
    target.parent.mkdir(parents=True)
    target.write_text(json.dumps(measures_data(catalog)), encoding="utf-8")
    mvps = [{name: row.get(key) for key, name in build_catalog.MVP_FIELDS.items()} for row in catalog["mvps"]]
    if mvps:
        (folder / "mvp" / str(year)).mkdir(parents=True)
        (folder / "mvp" / str(year) / "mvp.json").write_text(json.dumps(mvps), encoding="utf-8")


@pytest.mark.parametrize("year", CATALOG_YEARS)
def test_measures_data_give_the_catalog(year: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path, year, data_files.load(f"catalog/{year}.json"))
    assert build_catalog.main([str(tmp_path), "--check"]) == 0
    assert capsys.readouterr().out == f"years: {year}\n"


def test_other_measures_data_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalog = copy.deepcopy(data_files.load(f"catalog/{YEAR}.json"))
    catalog["measures"][0]["title"] = "Another  title\n"
    catalog["mvps"].pop()
    put(tmp_path, YEAR, catalog)
    before = (data_files.SCHEMAS / f"catalog/{YEAR}.json").read_bytes()
    assert build_catalog.main([str(tmp_path), "--check"]) == 1
    text = capsys.readouterr().out
    assert f'{YEAR} measures 001 title: source "Another title", schemas ' in text
    assert f"{YEAR} mvps " in text
    assert f"differs: {YEAR}.json" in text
    assert (data_files.SCHEMAS / f"catalog/{YEAR}.json").read_bytes() == before


def test_a_new_year_needs_the_day_of_its_data(tmp_path: Path) -> None:
    put(tmp_path, 2031, {**data_files.load(f"catalog/{YEAR}.json"), "performanceYear": 2031})
    with pytest.raises(ValueError, match="--date"):
        build_catalog.catalog_year(tmp_path, 2031)
    built = build_catalog.catalog_year(tmp_path, 2031, "2030-12-01")
    known = data_files.load(f"catalog/{YEAR}.json")
    assert built["measures"] == known["measures"]  # their set ids are those of the years before
    assert (built["identifiers"], built["date"]) == ("final", "2030-12-01")


def test_a_folder_without_measures_data_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build_catalog.main([str(tmp_path)]) == 2
    assert capsys.readouterr().out == "years: none\n"


def test_the_index_and_the_editions_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert build_index.main(["--check"]) == 0
    assert capsys.readouterr().out == ""


def test_the_index_follows_the_catalogs() -> None:
    known = data_files.load("guids.json")
    catalogs = copy.deepcopy([data_files.load(f"catalog/{year}.json") for year in CATALOG_YEARS])
    catalogs[0]["measures"][0]["guid"] = "00000000-0000-4000-8000-00000000ABCD"
    index = build_index.guid_index(known, catalogs)
    assert index["measures"]["00000000-0000-4000-8000-00000000abcd"][2] == CATALOG_YEARS[0]
    assert index["sets"] == known["sets"]


def test_the_editions_follow_the_profiles() -> None:
    known = data_files.load("editions.json")
    profiles = copy.deepcopy([data_files.load(f"profiles/{year}.json") for year in data_files.years_of("profiles")])
    ahead = "2999-07-01"
    known["ahead"][ahead] = [2999]
    profiles[-1]["templates"]["document_cms"]["extension"] = ahead
    table = build_index.editions(known, profiles)
    assert table["extensions"][ahead] == [profiles[-1]["performanceYear"]]
    assert table["ahead"] == {}


def guide_files(profile: Json) -> tuple[str, str]:
    """Write a Schematron and a value set of our own that say what a profile says."""
    rows = [(row["root"], row["extension"]) for row in profile["templates"].values()]
    tests = [f"cda:templateId[@root='{root}']" + (f"[@extension='{ext}']" if ext else "") for root, ext in rows]
    tests += [f"cda:id[@root='{root}']" for root in profile["identifiers"].values()]
    names = [name for name, row in profile["programs"].items() if row["accepted"]]
    codes = "".join(f'<code value="{name}" displayName="{name}" />' for name in names)
    return "\n".join(tests), f'<systems><system><code value="F"/></system><system>{codes}</system></systems>'


@pytest.mark.parametrize("year", data_files.years_of("profiles"))
def test_profile_and_its_guide(year: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [tmp_path / "EP_CAT_III.sch", tmp_path / "voc.xml"]
    profile = data_files.load(f"profiles/{year}.json")
    for path, text in zip(files, guide_files(profile), strict=True):
        path.write_text(text, encoding="utf-8")
    assert check_profile.main([str(year), *map(str, files)]) == 0
    assert capsys.readouterr().out == "0 differences\n"


def test_a_profile_that_differs_from_its_guide() -> None:
    profile = data_files.load(f"profiles/{YEAR}.json")
    schematron, vocabulary = guide_files(profile)
    other = copy.deepcopy(profile)
    other["templates"]["pi_section"]["extension"] = "2001-01-01"
    other["identifiers"]["tin"] = "1.2.3"
    del other["programs"]["MIPS_INDIV"]
    other["programs"]["NEW"] = other["programs"]["MIPS_GROUP"]
    assert list(check_profile.differences(other, schematron, vocabulary)) == [
        "template pi_section 2.16.840.1.113883.10.20.27.2.5:2001-01-01",
        "identifier tin 1.2.3",
        "program MIPS_INDIV of the guide",
        "program NEW, accepted without being in the guide",
    ]


def test_a_fingerprint_is_made_of_what_is_always_the_same() -> None:
    def hashed(run: str) -> str:
        return hashlib.sha1(run.encode(), usedforsecurity=False).hexdigest()[:8]

    found = check_messages.fingerprint("One two THREE four `(name)`, five six `(number)` seven")
    assert found == {hashed(run) for run in ("one two three", "two three four", "five six")}


def test_messages_without_a_fingerprint_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ERROR_MESSAGES.md"
    path.write_text("# Error messages\n* 1 : CT - These are words of nobody\n", encoding="utf-8")
    newest = data_files.load("message-fingerprints.json")["newest"]
    assert check_messages.main([str(path), newest]) == 1
    assert capsys.readouterr().out == "1: These are words of nobody\n1 messages, 1 without a fingerprint\n"


def test_a_message_with_a_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = " ".join(sorted(check_messages.fingerprint("These are words; see `(link)`")))
    row = {"code": 1, "first": "v2.0.0", "last": "v3.1.0", "hashes": hashes}
    monkeypatch.setattr(check_messages, "load", lambda _: {"rows": [row]})
    text = "* 1 : CT - These are words; see https://somewhere.invalid/page\n"
    assert not list(check_messages.differences(text, "v3.0.2"))
    assert list(check_messages.differences(text, "v3.2.0"))
