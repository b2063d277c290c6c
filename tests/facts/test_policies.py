"""schemas/submission-rules.json: its shape, and that it names only what the catalogs and profiles of its years have."""

import copy
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import converter
from converter.errors import DataFileError
from converter.facts.catalog import load_catalog
from converter.facts.files import data_folders
from converter.facts.policies import PATHWAY, load_submission_rules
from tests.complete import complete_document
from tests.documents import YEARS, catalog, cehrt_id, document, profile

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
CATALOG_YEARS = range(2017, 2028)
DATA: dict[str, Any] = json.loads((SCHEMAS / "submission-rules.json").read_bytes())
SCHEMA: dict[str, Any] = json.loads((SCHEMAS / "submission-rules.schema.json").read_bytes())
LISTS = [name for name, value in DATA.items() if isinstance(value, list) and name != "origin"]
CATEGORIES = {"quality", "pi", "ia"}
ENTITY_TYPES = {"individual", "group", "virtualGroup", "apm", "subgroup"}
METHODS = {"electronicHealthRecord", "registry"}

KEYS: dict[str, tuple[str, ...]] = {
    "programs": ("name",),
    "methods": ("name",),
    "ownMembers": ("member",),
    "refusedSets": ("category", "entityType"),
    "requiredMeasures": ("program", "category", "submissionMethod"),
    "cehrtRequired": ("category", "submissionMethod"),
    "cehrtFormats": (),
    "cehrtMixed": (),
    "periods": ("category",),
    "quality": (),
    "completeness": (),
    "fullCredit": ("category", "program"),
    "activities": (),
    "strataByMethod": ("measure", "submissionMethod"),
    "registryExclusions": (),
    "piExclusions": (),
    "piSubstitutes": (),
    "piUnusual": ("measures",),
    "piRequirements": ("oneOf", "groups"),
}
"""List -> members that tell its rows apart; of rows with the same one holds in a year."""


def rows() -> Iterator[tuple[str, dict[str, Any]]]:
    return ((name, row) for name in LISTS for row in DATA[name])


def years_of(row: dict[str, Any]) -> list[int]:
    return [year for year in CATALOG_YEARS if row["from"] <= year <= row.get("to", year)]


def ids(year: int) -> set[str]:
    facts = catalog(year)
    return {item["measureId"] for name in ("measures", "otherQuality", "pi", "ia", "cost") for item in facts[name]}


def errors(data: dict[str, Any]) -> list[str]:
    return [f"{one.json_path}: {one.message}" for one in Draft202012Validator(SCHEMA).iter_errors(data)]


# -- shape


def test_schema_is_a_schema_and_the_file_has_its_shape() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert errors(DATA) == []


def test_file_is_plain_text_with_one_row_a_line() -> None:
    content = (SCHEMAS / "submission-rules.json").read_bytes()
    assert content.endswith(b"}\n")
    assert b"\r" not in content
    assert len(content.splitlines()) > len(list(rows()))


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data.pop("programs"),
        lambda data: data.update(colour="red"),
        lambda data: data["programs"][0].update(entityTypes=["practice"]),
        lambda data: data["programs"][0].pop("from"),
        lambda data: data["programs"][0].update(colour="red"),
        lambda data: data["periods"][0].update(days=90),
        lambda data: data["periods"][1].pop("days"),
        lambda data: data["periods"][1].update(days=0),
        lambda data: data["piRequirements"][0].update(oneOf=[]),
        lambda data: data["cehrtFormats"][0].pop("pattern"),
        lambda data: data["quality"][0].update(caseMinimum="20"),
        lambda data: data["refusedSets"][0].update(category="aci"),
    ],
)
def test_schema_refuses(damage: Callable[[dict[str, Any]], object]) -> None:
    data = copy.deepcopy(DATA)
    damage(data)
    assert errors(data)


# -- rows


def test_every_list_has_its_key() -> None:
    assert set(KEYS) == set(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_rows_do_not_overlap(name: str) -> None:
    held: dict[tuple[object, ...], int] = {}
    for row in DATA[name]:
        key = tuple(json.dumps(row.get(member)) for member in KEYS[name])
        for year in years_of(row):
            assert held.setdefault((*key, year), id(row)) == id(row), (row, year)


@pytest.mark.parametrize("name", LISTS)
def test_rows_hold_in_some_year(name: str) -> None:
    assert all(years_of(row) for row in DATA[name])


def test_measures_are_there_in_a_year_of_their_row() -> None:
    """`oneOf` and the like name what stood for a measure in any of the years; the measure itself is there in all."""
    for name, row in rows():
        if name == "quality":
            continue  # numbers of measures
        named = [*row.get("measures", ()), *row.get("with", ()), *row.get("oneOf", ()), *row.get("full", ())]
        named += [*(one for group in row.get("groups", ()) for one in group), *row.get("twice", ())]
        named += [row["measure"]] if "measure" in row else []
        for measure in named:
            assert any(measure in ids(year) for year in years_of(row)), (name, measure)
    for row in DATA["piRequirements"]:
        for group in row.get("groups", [row.get("oneOf")]):
            assert all(group[0] in ids(year) for year in years_of(row)), row
    for row in DATA["requiredMeasures"]:
        assert all(set(row["measures"]) <= ids(year) for year in years_of(row)), row


def test_words_are_known() -> None:
    programs = {row["name"] for row in DATA["programs"]}
    for name, row in rows():
        assert row.get("category", "quality") in CATEGORIES, (name, row)
        assert set(row.get("categories", ())) <= CATEGORIES, (name, row)
        assert row.get("entityType", "group") in ENTITY_TYPES, (name, row)
        assert set(row.get("entityTypes", ())) <= ENTITY_TYPES, (name, row)
        assert row.get("submissionMethod", "registry") in METHODS, (name, row)
        assert row.get("program", "mips") in programs, (name, row)


def test_rows_with_entity_types_say_how_sure_they_are() -> None:
    for row in DATA["programs"]:
        assert ("entityTypes" in row) == ("certain" in row), row


def test_strata_are_fewer_than_the_measure_has() -> None:
    for row in DATA["strataByMethod"]:
        known = [load_catalog(data_folders(), year).entry(row["measure"])[1] or {} for year in years_of(row)]
        assert any(row["count"] <= len(one.get("strata", ())) for one in known), row


# -- what the rows give


@pytest.mark.parametrize("year", YEARS)
def test_programs_of_the_profile_are_programs_of_the_year(year: int) -> None:
    """But for a program that CMS dropped within the year: documents of it are converted, with a warning."""
    rules = load_submission_rules(data_folders(), year)
    sites = profile(year).get("practiceSites", {})
    dropped = {name for name, row in sites.items() if "laterReleases" in row["checks"]}
    for program in (row for name, row in profile(year)["programs"].items() if row["accepted"] and name not in dropped):
        entities = rules.programs[program["programName"]].get("entityTypes", ENTITY_TYPES)
        pathway = rules.programs.get(PATHWAY, {}).get("entityTypes", ())
        assert program["entityType"] in (*entities, *pathway), program


@pytest.mark.parametrize("year", CATALOG_YEARS)
def test_programs_of_measures_are_programs_of_the_year(year: int) -> None:
    """A program that the catalog names must be known, or its measures could not be reported under it."""
    rules = load_submission_rules(data_folders(), year)
    named = {
        program
        for name in ("measures", "otherQuality", "pi", "ia")
        for item in catalog(year)[name]
        for program in item.get("allowedPrograms", ())
    }
    assert named <= set(rules.programs) | {item["mvpId"] for item in catalog(year)["mvps"]}


@pytest.mark.parametrize("year", CATALOG_YEARS)
def test_certification_ids_have_the_form_that_is_shown(year: int) -> None:
    rules = load_submission_rules(data_folders(), year)
    assert (rules.cehrt_format is None) == (year < 2019)
    if rules.cehrt_format:
        own = cehrt_id(year)
        assert rules.cehrt_format.fullmatch(own)
        assert rules.cehrt_format.fullmatch(own.lower())
        assert not rules.cehrt_format.fullmatch(own[:-1])
        assert not rules.cehrt_format.fullmatch(own + "0")
        assert not rules.cehrt_format.fullmatch(own[:-1] + "-")
        assert not rules.cehrt_format.fullmatch("0015H4LRK7VP02Q")
        for form in re.findall(r"\bXX15[CE]|\b2025C", rules.cehrt_shown):
            assert rules.cehrt_format.fullmatch(form + "4LRK7VP02Q")


# -- a folder of the user's own


def own_rules(folder: Path, **changes: Any) -> Path:
    (folder / "submission-rules.json").write_text(json.dumps({**DATA, **changes}), encoding="utf-8")
    return folder


def test_a_folder_may_bring_its_own_rules(tmp_path: Path) -> None:
    doc = complete_document(2025)
    assert converter.check(doc.bytes(), guide="none").findings == ()
    own_rules(tmp_path, quality=[{"from": 2017, "caseMinimum": 20, "measures": 7, "mvpMeasures": 4}])
    (finding,) = converter.check(doc.bytes(), catalog=tmp_path, guide="none").findings
    assert (finding.id, "traditional MIPS requires at least 7" in finding.message) == ("SUB071", True)
    assert converter.check(doc.bytes(), guide="none").findings == ()


def test_the_first_folder_wins(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    (tmp_path / "second").mkdir()
    folders = [
        own_rules(tmp_path / "first", cehrtRequired=[]),
        own_rules(tmp_path / "second", cehrtRequired=[{"category": "ia", "from": 2017}]),
    ]
    doc = document(2025)
    doc.participants.clear()
    for order, wanted in ((folders, 0), (folders[::-1], 1), ([], 1)):
        found = converter.check(doc.bytes(), catalog=order).findings
        assert sum(one.id == "SUB028" for one in found) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "{", "[]", "{}", json.dumps({**DATA, "periods": [{"category": "pi"}]}), json.dumps({**DATA, "colour": "red"}),
        json.dumps({**DATA, "quality": []}),
        json.dumps({**DATA, "quality": [{**DATA["quality"][0], "from": 2026}]}),
        json.dumps({**DATA, "cehrtFormats": [{"from": 2017, "pattern": "(", "shown": "X", "certain": True}]}),
    ],
)  # fmt: skip
def test_rules_of_the_wrong_shape_are_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "submission-rules.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError, match=r"submission-rules\.json"):
        converter.check(document(2025).bytes(), catalog=tmp_path)
