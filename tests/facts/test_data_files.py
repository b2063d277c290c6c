"""The data files under schemas/: their shape, their numbers, and that the files agree with each other."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "schemas"
CATALOG_YEARS = range(2017, 2028)
PROFILE_YEARS = range(2017, 2028)
BENCHMARK_YEARS = range(2017, 2027)
GUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
MVP_MEMBERS = ("quality", "ia", "cost", "foundationPi", "foundationQuality", "adminClaims")

Json = dict[str, Any]


class Counts(NamedTuple):
    """What the catalog of a year must hold: numbers counted in the published data, apart from our own files."""

    ecqms: int
    guids: int
    with_populations: int
    groups: int
    population_ids: int
    stratum_ids: int
    denex: int
    denexcep: int
    numex: int


COUNTS = {
    2017: Counts(53, 53, 53, 64, 243, 15, 32, 19, 0),
    2018: Counts(54, 54, 54, 69, 278, 15, 47, 24, 0),
    2019: Counts(50, 50, 50, 68, 274, 23, 46, 24, 0),
    2020: Counts(47, 47, 47, 61, 245, 17, 40, 22, 0),
    2021: Counts(47, 47, 47, 60, 241, 23, 39, 22, 0),
    2022: Counts(48, 48, 48, 63, 255, 23, 42, 23, 1),
    2023: Counts(47, 47, 47, 60, 246, 27, 47, 17, 2),
    2024: Counts(46, 46, 46, 60, 246, 27, 46, 19, 1),
    2025: Counts(47, 47, 47, 61, 248, 27, 46, 19, 0),
    2026: Counts(49, 49, 49, 63, 256, 29, 48, 19, 0),
    2027: Counts(49, 2, 0, 0, 0, 0, 0, 0, 0),
}
MVP_COUNTS = {2023: 12, 2024: 16, 2025: 21, 2026: 27, 2027: 27}


@cache
def load(path: str) -> Json:
    data: Json = json.loads((SCHEMAS / path).read_text(encoding="utf-8"))
    return data


def catalog(year: int) -> Json:
    return load(f"catalog/{year}.json")


def profile(year: int) -> Json:
    return load(f"profiles/{year}.json")


def groups(year: int) -> Iterator[tuple[Json, int, Json]]:
    """Yield measure, number and population set of every set that has identifiers."""
    for measure in catalog(year)["measures"]:
        for number, stratum in enumerate(measure.get("strata", []), start=1):
            if "populations" in stratum:
                yield measure, number, stratum


def identifier_rows(year: int) -> Iterator[tuple[str, list[Any]]]:
    """Yield every population and stratum id with the row that the index should have for it."""
    for measure, number, stratum in groups(year):
        ids = [*stratum["populations"].items(), *(("STRAT", guid) for guid in stratum.get("stratumIds", []))]
        for role, guid in ids:
            yield guid, [measure["eMeasureId"], measure["measureId"], role, number, year]


def data_files() -> list[tuple[str, str]]:
    files = [(f"catalog/{year}.json", "catalog.schema.json") for year in CATALOG_YEARS]
    files += [(f"profiles/{year}.json", "profile.schema.json") for year in PROFILE_YEARS]
    files += [(f"benchmarks/{year}.json", "benchmarks.schema.json") for year in BENCHMARK_YEARS]
    tables = (
        "guids",
        "editions",
        "api-messages",
        "official-codes",
        "message-fingerprints",
        "program-names",
        "practice-site-ids",
        "glossary",
        "scoring",
    )
    return [*files, *((f"{name}.json", f"{name}.schema.json") for name in tables)]


# -- shape


@pytest.mark.parametrize("name", sorted({schema for _, schema in data_files()}))
def test_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(load(name))


@pytest.mark.parametrize(("path", "schema"), data_files())
def test_file_has_its_shape(path: str, schema: str) -> None:
    errors = [
        f"{error.json_path}: {error.message}" for error in Draft202012Validator(load(schema)).iter_errors(load(path))
    ]
    assert not errors


@pytest.mark.parametrize("path", [path for path, _ in data_files()])
def test_file_is_plain_text_with_one_record_a_line(path: str) -> None:
    content = (SCHEMAS / path).read_bytes()
    assert content.endswith(b"}\n")
    assert b"\r" not in content
    assert len(content.splitlines()) > len(load(path))


def test_no_file_is_left_over() -> None:
    on_disk = {
        path.relative_to(SCHEMAS).as_posix()
        for name in ("catalog", "profiles", "benchmarks")
        for path in (SCHEMAS / name).iterdir()
    }
    assert on_disk == {path for path, _ in data_files() if "/" in path}


def _unknown_field(data: Json) -> None:
    data["measures"][0]["colour"] = "red"


def _short_guid(data: Json) -> None:
    data["measures"][0]["guid"] = data["measures"][0]["guid"][:-1]


def _missing_guid(data: Json) -> None:
    del data["measures"][0]["guid"]


def _unknown_role(data: Json) -> None:
    data["measures"][0]["strata"][0]["populations"]["MSRPOPL"] = data["measures"][0]["guid"]


def _preliminary_without_note(data: Json) -> None:
    data["identifiers"] = "preliminary"


@pytest.mark.parametrize(
    "damage", [_unknown_field, _short_guid, _missing_guid, _unknown_role, _preliminary_without_note]
)
def test_catalog_schema_refuses(damage: Callable[[Json], None]) -> None:
    data = copy.deepcopy(catalog(2024))
    damage(data)
    assert not Draft202012Validator(load("catalog.schema.json")).is_valid(data)


def _unknown_type(data: Json) -> None:
    data["types"]["poem"] = data["types"]["document"]


def _empty_type(data: Json) -> None:
    data["types"]["document"] = []


def _program_without_entity(data: Json) -> None:
    del data["programs"]["MIPS_GROUP"]["entityType"]


def _refused_program_without_years(data: Json) -> None:
    data["programs"]["MIPS_GROUP"]["accepted"] = False


@pytest.mark.parametrize(
    "damage", [_unknown_type, _empty_type, _program_without_entity, _refused_program_without_years]
)
def test_profile_schema_refuses(damage: Callable[[Json], None]) -> None:
    data = copy.deepcopy(profile(2025))
    damage(data)
    assert not Draft202012Validator(load("profile.schema.json")).is_valid(data)


# -- catalogs


@pytest.mark.parametrize("year", CATALOG_YEARS)
def test_counts(year: int) -> None:
    measures = catalog(year)["measures"]
    sets = [(measure["measureId"], stratum) for measure, _, stratum in groups(year)]
    roles = [role for _, stratum in sets for role in stratum["populations"]]
    assert COUNTS[year] == Counts(
        ecqms=len(measures),
        guids=sum("guid" in measure for measure in measures),
        with_populations=len({measure_id for measure_id, _ in sets}),
        groups=len(sets),
        population_ids=len(roles),
        stratum_ids=sum(len(stratum.get("stratumIds", [])) for _, stratum in sets),
        denex=roles.count("DENEX"),
        denexcep=roles.count("DENEXCEP"),
        numex=roles.count("NUMEX"),
    )
    assert len(catalog(year)["mvps"]) == MVP_COUNTS.get(year, 0)


@pytest.mark.parametrize("year", CATALOG_YEARS)
def test_how_far_identifiers_can_be_trusted(year: int) -> None:
    expected = {2026: "preliminary", 2027: "none"}.get(year, "final")
    assert catalog(year)["identifiers"] == expected
    assert catalog(year)["performanceYear"] == year
    if year == 2026:
        assert "2026-07-31" in catalog(year)["note"]


@pytest.mark.parametrize("year", CATALOG_YEARS)
def test_ids_of_measures_are_unique(year: int) -> None:
    data = catalog(year)
    ids = [row["measureId"] for name in ("measures", "otherQuality", "pi", "ia", "cost") for row in data[name]]
    cms_ids = [measure["eMeasureId"].split("v")[0] for measure in data["measures"]]
    mvps = [row["mvpId"] for row in data["mvps"]]
    assert len(ids) == len(set(ids))
    assert len(cms_ids) == len(set(cms_ids))
    assert len(mvps) == len(set(mvps))


def test_measure_guids_are_unique_and_well_formed_in_all_years() -> None:
    guids = [measure["guid"] for year in CATALOG_YEARS for measure in catalog(year)["measures"] if "guid" in measure]
    assert [guid for guid in guids if not GUID.fullmatch(guid)] == []
    assert len(guids) == len({guid.lower() for guid in guids})


@pytest.mark.parametrize("year", CATALOG_YEARS)
def test_population_ids_are_well_formed_and_unique_in_a_year(year: int) -> None:
    guids = [guid for guid, _ in identifier_rows(year)]
    assert [guid for guid in guids if not GUID.fullmatch(guid)] == []
    assert len(guids) == len({guid.lower() for guid in guids})


@pytest.mark.parametrize("year", CATALOG_YEARS)
def test_roles_stand_in_the_order_of_the_standard(year: int) -> None:
    order = ["IPOP", "DENOM", "DENEX", "NUMER", "NUMEX", "DENEXCEP"]
    for _, _, stratum in groups(year):
        assert list(stratum["populations"]) == [role for role in order if role in stratum["populations"]]


@pytest.mark.parametrize("year", [year for year in CATALOG_YEARS if COUNTS[year].groups])
def test_multi_rate_measures_have_named_strata(year: int) -> None:
    for measure in catalog(year)["measures"]:
        names = [stratum.get("name") for stratum in measure["strata"]]
        if measure["metricType"] == "multiPerformanceRate":
            assert len(names) > 1
            assert all(names)
            assert len(names) == len(set(names))


@pytest.mark.parametrize("year", MVP_COUNTS)
def test_members_of_mvps_exist_and_allow_the_mvp(year: int) -> None:
    data = catalog(year)
    rows = {row["measureId"]: row for name in ("measures", "otherQuality", "pi", "ia", "cost") for row in data[name]}
    for mvp in data["mvps"]:
        members = [member for name in MVP_MEMBERS for member in mvp.get(name, [])]
        assert members
        assert [member for member in members if mvp["mvpId"] not in rows[member].get("allowedPrograms", [])] == []


# -- the index of GUIDs


def test_index_has_the_measures_of_the_catalogs_and_no_others() -> None:
    expected = {
        measure["guid"].lower(): [measure["eMeasureId"], measure["measureId"], year]
        for year in CATALOG_YEARS
        for measure in catalog(year)["measures"]
        if "guid" in measure
    }
    assert load("guids.json")["measures"] == expected


def test_index_has_the_populations_of_the_catalogs_and_no_others() -> None:
    expected: dict[str, list[list[Any]]] = {}
    for year in CATALOG_YEARS:
        for guid, row in identifier_rows(year):
            expected.setdefault(guid.lower(), []).append(row)
    assert load("guids.json")["populations"] == expected


def test_index_agrees_with_the_set_ids_of_the_catalogs() -> None:
    sets = load("guids.json")["sets"]
    for year in CATALOG_YEARS:
        for measure in catalog(year)["measures"]:
            if "setId" in measure:
                base, measure_id, _ = sets[measure["setId"].lower()]
                assert (base, measure_id) == (measure["eMeasureId"].split("v")[0], measure["measureId"])


def test_a_guid_is_one_thing_only() -> None:
    data = load("guids.json")
    guids = [guid for part in ("measures", "sets", "populations", "other", "fhir", "superseded") for guid in data[part]]
    assert len(guids) == len(set(guids))


# -- profiles


@pytest.mark.parametrize("year", PROFILE_YEARS)
def test_types_name_templates_of_the_year(year: int) -> None:
    data = profile(year)
    roots = {template["root"] for template in data["templates"].values()}
    used = [root for roots_of_type in data["types"].values() for root in roots_of_type]
    assert set(used) <= roots
    assert len(used) == len(set(used))
    assert data["templates"]["document_cms"]["root"] == data["types"]["document"][0]
    assert data["categorySection"]["root"] in roots


@pytest.mark.parametrize("year", PROFILE_YEARS)
def test_accepted_programs_can_be_written(year: int) -> None:
    data = profile(year)
    accepted = {name: row for name, row in data["programs"].items() if row["accepted"]}
    assert {"MIPS_INDIV", "MIPS_GROUP"} <= set(accepted)
    for row in accepted.values():
        assert row["programName"]
        assert row["entityType"]
        source = data["output"]["entityIdFrom"].get(row["entityType"])
        assert source is None or source in data["identifiers"]


def test_every_family_of_programs_has_a_name() -> None:
    families = {row["family"] for year in PROFILE_YEARS for row in profile(year)["programs"].values()}
    assert families == set(load("program-names.json")["families"])


@pytest.mark.parametrize("year", PROFILE_YEARS)
def test_years_of_refused_programs(year: int) -> None:
    for name, row in profile(year)["programs"].items():
        accepting = [other for other in PROFILE_YEARS if profile(other)["programs"].get(name, {}).get("accepted")]
        assert row["accepted"] == (year in accepting)
        told = [other for other in accepting if catalog(other)["identifiers"] != "none"]
        assert row.get("years", told) == told


@pytest.mark.parametrize("year", PROFILE_YEARS)
def test_special_measures_are_in_the_catalog(year: int) -> None:
    special = profile(year)["specialMeasures"]
    measures = {measure["measureId"]: measure for measure in catalog(year)["measures"]}
    for measure_id in special["multiToSingle"]:
        assert measures[measure_id]["metricType"] == "singlePerformanceRate"
    if special["singleToMulti"]:
        strata = measures[special["singleToMulti"]]["strata"]
        known = catalog(year)["identifiers"] != "none"
        assert ["populations" in stratum for stratum in strata] == [known, False]


@pytest.mark.parametrize("year", PROFILE_YEARS)
def test_supplemental_data_are_the_templates_of_that_name(year: int) -> None:
    data = profile(year)
    names = ("sex", "race", "ethnicity", "payer", "postal_code")
    roots = {row["root"] for name, row in data["templates"].items() if name.removesuffix("_cms") in names}
    assert roots == set(data["types"]["supplemental"])


@pytest.mark.parametrize(
    ("year", "extension", "others", "status"),
    [
        (2017, "2017-07-01", [], "final"),
        (2018, "2017-07-01", [], "final"),
        (2019, "2018-05-01", [], "final"),
        (2020, "2019-05-01", [], "final"),
        (2021, "2020-05-01", [], "final"),
        (2022, "2021-07-01", [], "final"),
        (2023, "2022-12-01", ["2022-05-01"], "final"),
        (2024, "2022-12-01", [], "final"),
        (2025, "2024-12-01", ["2024-07-01"], "final"),
        (2026, "2025-05-01", [], "preliminary"),
        (2027, "2026-07-01", [], "preliminary"),
    ],
)
def test_document_template(year: int, extension: str, others: list[str], status: str) -> None:
    data = profile(year)
    assert data["templates"]["document_cms"]["extension"] == extension
    superseded = load("editions.json")["superseded"]
    assert [key for key, years in superseded.items() if year in years] == others
    assert data["status"] == status


def test_what_changed_in_the_output_over_the_years() -> None:
    assert {year: profile(year)["output"]["categories"]["pi"] for year in (2017, 2018)} == {2017: "aci", 2018: "pi"}
    assert [year for year in PROFILE_YEARS if profile(year)["output"]["source"] is None] == [2017, 2018]
    assert [year for year in PROFILE_YEARS if profile(year)["output"]["mvp"]] == [2023, 2024, 2025, 2026, 2027]
    assert next(year for year in PROFILE_YEARS if "virtualGroup" in profile(year)["output"]["entityIdFrom"]) == 2018
    assert next(year for year in PROFILE_YEARS if "apm" in profile(year)["output"]["entityIdFrom"]) == 2021
    assert [year for year in PROFILE_YEARS if profile(year)["categorySection"]["extension"] is None] == [2017, 2018]
    assert profile(2025)["output"]["cehrtId"] == {
        "programs": ["mips", "app1", "appPlus"],
        "categories": ["pi", "quality"],
    }
    for year in (2026, 2027):
        assert profile(year)["output"] == profile(2025)["output"]
        assert profile(year)["specialMeasures"] == profile(2025)["specialMeasures"]


def test_only_2019_has_improvement_activity_templates_of_cms() -> None:
    doubled = [year for year in PROFILE_YEARS if len(profile(year)["types"]["ia_section"]) > 1]
    assert doubled == [2019]
    assert profile(2019)["types"]["ia_section"][0] == "2.16.840.1.113883.3.249.20.2.1"
    assert profile(2019)["types"]["ia_measure"][0] == "2.16.840.1.113883.3.249.20.3.1"


# -- messages of the converter


def _text(data: Json) -> None:
    data["rows"][0]["message"] = "words"


def _short_hash(data: Json) -> None:
    data["rows"][0]["hashes"] = data["rows"][0]["hashes"][:-1]


def _capital_hash(data: Json) -> None:
    data["rows"][0]["hashes"] = data["rows"][0]["hashes"].upper()


@pytest.mark.parametrize("damage", [_text, _short_hash, _capital_hash])
def test_fingerprint_schema_refuses(damage: Callable[[Json], None]) -> None:
    data = copy.deepcopy(load("message-fingerprints.json"))
    damage(data)
    assert not Draft202012Validator(load("message-fingerprints.schema.json")).is_valid(data)


def test_fingerprints_are_in_the_order_of_their_codes_and_have_no_hash_twice() -> None:
    rows = load("message-fingerprints.json")["rows"]
    assert [row["code"] for row in rows] == sorted(row["code"] for row in rows)
    for row in rows:
        hashes = row["hashes"].split()
        assert len(hashes) == len(set(hashes))


@pytest.mark.parametrize(
    ("program", "numbers"),
    [
        ("CPCPLUS", {2018: 2879, 2019: 2859, 2020: 2877, 2021: 2569}),
        ("PCF", {2021: 807, 2022: 2792, 2023: 2433, 2024: 2025, 2025: 2025}),
    ],
)
def test_practice_sites_are_those_of_the_lists(program: str, numbers: dict[int, int]) -> None:
    groups = load("practice-site-ids.json")["programs"][program]
    form = re.compile(r"T\d[A-Z]{2}\d{4}" if program == "CPCPLUS" else r"[A-Z]{2}\d{4}")
    for year in PROFILE_YEARS:
        ids = [one for group in groups if year in group["years"] for one in group["ids"]]
        assert len(ids) == len(set(ids)) == numbers.get(year, 0)
        assert all(form.fullmatch(one) for one in ids)
        assert (program in load(f"profiles/{year}.json").get("practiceSites", {})) is (year in numbers)


@pytest.mark.parametrize("year", PROFILE_YEARS)
def test_measures_of_practice_sites_are_in_the_catalog(year: int) -> None:
    known = {item["measureId"] for item in load(f"catalog/{year}.json")["measures"]}
    for facts in load(f"profiles/{year}.json").get("practiceSites", {}).values():
        named = {one for group in facts.get("groups", ()) for one in group["measures"]}
        named |= {*facts.get("requiredMeasures", ()), *facts["withoutStrata"]}
        equal = facts["equalDenominators"]
        assert named | (set() if equal == "all" else set(equal)) <= known
        templates = {root for roots in load(f"profiles/{year}.json")["types"].values() for root in roots}
        assert {facts["stratumTemplate"], *(row["template"] for row in facts["supplemental"])} <= templates
