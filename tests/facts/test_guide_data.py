"""The data of the implementation guides: their shape, their numbers, and that they refer to what is there."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from converter.errors import DataFileError
from converter.facts.files import data_folders
from converter.guide.guides import load_guide
from tools import build_guide_list

FOLDER = Path(__file__).resolve().parents[2] / "schemas" / "guide"
COUNTS = {
    2017: (514, 20),
    2018: (514, 20),
    2019: (370, 13),
    2020: (381, 13),
    2021: (410, 13),
    2022: (410, 13),
    2023: (415, 15),
    2024: (415, 15),
    2025: (429, 15),
    2026: (410, 15),
    2027: (419, 15),
}
"""Year -> how many assertions are required and how many recommended, as counted in the published files."""
VERSIONS = [path.name for path in sorted(FOLDER.glob("*.json")) if not path.name.endswith("schema.json")]


def load(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FOLDER / name).read_bytes())
    return data


TABLE = load("table.json")


def test_table_has_its_shape() -> None:
    Draft202012Validator(load("table.schema.json")).validate(TABLE)


@pytest.mark.parametrize("name", [name for name in VERSIONS if name != "table.json"])
def test_version_has_its_shape_and_refers_to_what_is_there(name: str) -> None:
    data = load(name)
    Draft202012Validator(load("year.schema.json")).validate(data)
    assert max(place for _, place, _ in data["rules"]) < len(TABLE["places"])
    assert max(row[2] for _, _, rows in data["rules"] for row in rows) < len(TABLE["checks"])
    ids = [row[0] for _, _, rows in data["rules"] for row in rows]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("year", COUNTS)
def test_every_assertion_of_the_year_is_there(year: int) -> None:
    data = load(f"{year}.json")
    severities = [row[1] for _, _, rows in data["rules"] for row in rows]
    assert (severities.count("error"), severities.count("warning")) == COUNTS[year]
    assert data["performanceYear"] == year and (FOLDER / f"hl7-{data['basedOn']}.json").is_file()


def test_nothing_in_the_table_is_unused() -> None:
    versions = [load(name) for name in VERSIONS if name != "table.json"]
    rules = [rule for one in versions for rule in one["rules"]]
    assert {place for _, place, _ in rules} == set(range(len(TABLE["places"])))
    assert {row[2] for _, _, rows in rules for row in rows} == set(range(len(TABLE["checks"])))


def test_the_list_is_as_it_would_be_written() -> None:
    assert build_guide_list.main(["--check"]) == 0


def test_a_guide_of_another_folder_is_checked(tmp_path: Path) -> None:
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "2025.json").write_text('{"version": "mine"}', encoding="utf-8")
    with pytest.raises(DataFileError, match="does not have the right shape"):
        load_guide(data_folders(tmp_path), 2025)
