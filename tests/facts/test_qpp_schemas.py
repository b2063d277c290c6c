"""The schemas of QPP JSON under schemas/qpp/: what they accept, and that each error is told once and in its place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from tests.facts.qpp_examples import EXAMPLES, IA, VALUES, YEARS, Example, ValueExample, pi_category, submission
from tools.hatch_build import bundled

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
PREFIX = "urn:qrda2qpp:qpp:"
COMMON = f"{PREFIX}common"
FINDINGS = {
    "SUB002",
    "SUB003",
    "SUB004",
    "SUB008",
    "SUB010",
    "SUB016",
    "SUB022",
    "SUB025",
    "SUB028",
    "SUB029",
    "SUB036",
    "SUB037",
    "SUB040",
    "SUB043",
    "SUB044",
    "SUB058",
}
KEYWORDS_OF_X_FINDING = {"const", "enum", "not", "pattern", "required"}

Json = dict[str, Any]


@cache
def load(path: str) -> Json:
    data: Json = json.loads((SCHEMAS / path).read_text(encoding="utf-8"))
    return data


def files() -> list[str]:
    return ["common.schema.json", *(f"{year}.schema.json" for year in YEARS)]


@cache
def registry() -> Registry[Any]:
    schemas = [load(f"qpp/{name}") for name in files()]
    return Registry().with_resources((schema["$id"], Resource.from_contents(schema)) for schema in schemas)


@cache
def validator(uri: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": uri}, registry=registry())


def reason(error: ValidationError) -> str:
    assert isinstance(error.schema, dict)
    return str(error.schema.get("x-finding", error.validator))


def pointer(path: Iterable[str | int]) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def errors(uri: str, data: Any) -> list[tuple[str, str]]:
    """Validate by a schema; the result is sorted, and has no error that hides others in its context."""
    found = list(validator(uri).iter_errors(data))
    assert not any(error.context for error in found)
    return sorted((pointer(error.absolute_path), reason(error)) for error in found)


def uri_of(example: Example) -> str:
    return f"{PREFIX}{example.year}" + ("#/$defs/measurementSetAlone" if example.alone else "")


def subschemas(value: Any) -> Iterator[Json]:
    """Yield every object of a schema file, `properties` and `$defs` among them."""
    if isinstance(value, dict):
        yield value
    for member in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from subschemas(member)


def program_names(year: int) -> set[str]:
    schema = load(f"qpp/{year}.schema.json")["$defs"]["set"]["properties"]["programName"]
    return {name for name in schema.get("else", schema)["enum"] if name is not None}


# -- the files


def test_every_year_has_a_file_and_no_other_is_there() -> None:
    assert sorted(path.name for path in (SCHEMAS / "qpp").iterdir()) == sorted(files())


@pytest.mark.parametrize("name", files())
def test_schema_is_a_schema(name: str) -> None:
    schema = load(f"qpp/{name}")
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema["$id"] == PREFIX + name.removesuffix(".schema.json")
    assert "Origin: " in schema["$comment"]
    assert "Date: 2026-08-20" in schema["$comment"]
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", files())
def test_references_lead_somewhere(name: str) -> None:
    schema = load(f"qpp/{name}")
    resolver = registry().resolver(schema["$id"])
    for part in subschemas(schema):
        if "$ref" in part:
            resolver.lookup(part["$ref"])


@pytest.mark.parametrize("name", files())
def test_no_alternatives(name: str) -> None:
    parts = list(subschemas(load(f"qpp/{name}")))
    assert not [part for part in parts if {"anyOf", "oneOf", "unevaluatedProperties"} & part.keys()]


def test_x_finding_stands_beside_one_keyword() -> None:
    marked = [part for name in files() for part in subschemas(load(f"qpp/{name}")) if "x-finding" in part]
    assert {part["x-finding"] for part in marked} == FINDINGS
    for part in marked:
        keywords = part.keys() - {"x-finding", "description", "properties"}
        assert len(keywords) == 1
        assert keywords <= KEYWORDS_OF_X_FINDING


def test_every_metric_type_of_the_catalog_has_its_definition() -> None:
    groups = ("measures", "otherQuality", "pi", "ia", "cost")
    rows = [row for year in YEARS for group in groups for row in load(f"catalog/{year}.json")[group]]
    metric_types = {row["metricType"] for row in rows if "metricType" in row}
    assert metric_types <= load("qpp/common.schema.json")["$defs"].keys()
    assert metric_types <= {example.metric_type for example in VALUES}


@pytest.mark.parametrize("year", [year for year in YEARS if year >= 2021])
def test_program_names_are_those_of_the_catalog(year: int) -> None:
    data = load(f"catalog/{year}.json")
    rows = [row for group in ("measures", "otherQuality", "pi", "ia", "cost") for row in data[group]]
    assert program_names(year) == {name for row in rows for name in row.get("allowedPrograms", [])}


@pytest.mark.parametrize("year", [year for year in YEARS if year < 2021])
def test_program_names_before_the_catalog_has_them(year: int) -> None:
    assert program_names(year) == {"mips", "cpcPlus"}


# -- what they say


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.year} {example.name}")
def test_example(example: Example) -> None:
    assert errors(uri_of(example), example.data) == sorted(example.errors)


@pytest.mark.parametrize("example", VALUES, ids=lambda example: f"{example.metric_type}: {example.name}")
def test_value_of_a_metric_type(example: ValueExample) -> None:
    assert errors(f"{COMMON}#/$defs/{example.metric_type}", example.value) == sorted(example.errors)


def test_every_finding_has_an_example() -> None:
    reasons = {why for example in EXAMPLES for _, why in example.errors}
    assert reasons >= FINDINGS


@pytest.mark.parametrize("year", YEARS)
def test_a_document_fits_its_year_only(year: int) -> None:
    for other in YEARS:
        found = errors(f"{PREFIX}{other}", submission(year))
        assert (("/performanceYear", "SUB016") in found) == (year != other)


@pytest.mark.parametrize("year", YEARS)
def test_a_set_of_a_submission_can_be_validated_by_itself(year: int) -> None:
    for data in submission(year)["measurementSets"]:
        assert not errors(f"{PREFIX}{year}#/$defs/measurementSet", data)
    assert errors(f"{PREFIX}{year}#/$defs/measurementSet", {**data, "submission": {}}) == [("", "additionalProperties")]


@pytest.mark.parametrize("year", YEARS)
def test_categories(year: int) -> None:
    taken = []
    for category in ("quality", "pi", "aci", "ia", "cost"):
        data = submission(
            year,
            (f"{IA}/category", category),
            (f"{IA}/cehrtId", submission(year)["measurementSets"][1].get("cehrtId")),
            (f"{IA}/measurements", []),
        )
        if not errors(f"{PREFIX}{year}", data):
            taken.append(category)
    assert taken == ["quality", pi_category(year), "ia"]


def test_errors_of_unknown_members_name_the_known_ones() -> None:
    (error,) = validator(f"{PREFIX}2025").iter_errors(submission(2025, (f"{IA}/chertId", "")))
    assert error.validator == "additionalProperties"
    assert isinstance(error.schema, dict)
    assert "cehrtId" in error.schema["properties"]


@pytest.mark.parametrize("year", YEARS)
def test_bundled_schema_of_a_year_can_be_used_by_itself(year: int) -> None:
    schema = json.loads(bundled(SCHEMAS / "qpp")[f"{year}.schema.json"])
    validator = Draft202012Validator(schema)
    assert validator.is_valid(submission(year)) and not validator.is_valid({**submission(year), "x": 1})
    assert schema["$defs"].pop("common") == load("qpp/common.schema.json")
    assert schema == load(f"qpp/{year}.schema.json")


def test_what_all_years_share_stands_once() -> None:
    """Committed schemas refer to the shared definitions, they do not hold them."""
    shared = load("qpp/common.schema.json")["$defs"]
    for year in YEARS:
        definitions = load(f"qpp/{year}.schema.json")["$defs"]
        assert "common" not in definitions
        assert not [name for name, one in definitions.items() if shared.get(name) == one]
