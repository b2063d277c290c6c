"""Build `schemas/catalog/<year>.json` from CMS' public measures data.

    python -m tools.build_catalog SOURCE [--year YYYY ...] [--check] [--date YYYY-MM-DD]

SOURCE is a folder with `measures/<year>/measures-data.json` and, from 2023 on, `mvp/<year>/mvp.json`: a checkout of
CMSgov/qpp-measures-data, or the npm package qpp-measures-data, whose newest version (5.5.4) has the years to 2022.
Without `--year`, every year that it has is built; with `--check`, nothing is written, and each row that differs from
the file in `schemas/` is shown.

What the measures data never say stays as it stands in the file: head (origin, date, note) and set ids of measures; so
do identifiers where the measures data have none (2026 and 2027, two stratum ids of 2021). A new year takes the set ids
of the years before it; it needs `--date`, the day of the data. Its programs, in GUIDs and numbers, are checked by
`pytest tests/facts`; the index of all years is made anew by `python -m tools.build_index`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from converter.packages.rendering import rendered
from tools.data_files import SCHEMAS, Facts, load, one_line, settle, years_of

ROLES = {
    "initialPopulationUuid": "IPOP",
    "denominatorUuid": "DENOM",
    "denominatorExclusionUuid": "DENEX",
    "numeratorUuid": "NUMER",
    "numeratorExclusionUuid": "NUMEX",
    "denominatorExceptionUuid": "DENEXCEP",
}
"""Member of the measures data -> QRDA population code, in the order in which a measure lists them."""

FIELDS = {
    "measures": (
        *("measureId", "eMeasureId", "guid", "guidSource", "setId", "title", "metricType", "overallAlgorithm"),
        *("isInverse", "isHighPriority", "measureType", "submissionMethods", "allowedPrograms", "icdImpacted"),
        *("allowedRegistrationTypes", "clinicalGuidelineChanged", "companionMeasureId", "cpcPlusGroup"),
        *("historic_benchmarks", "firstPerformanceYear", "strata"),
    ),
    "otherQuality": (
        *("measureId", "title", "metricType", "measureType", "isInverse", "isHighPriority", "submissionMethods"),
        *("isRegistryMeasure", "overallAlgorithm", "allowedPrograms", "strataNames", "companionMeasureId"),
    ),
    "pi": (
        *("measureId", "title", "metricType", "isRequired", "isBonus", "objective", "reportingCategory", "weight"),
        *("exclusion", "substitutes", "preprod", "measureSets", "allowedPrograms"),
    ),
    "ia": ("measureId", "title", "metricType", "subcategoryId", "weight", "cehrtEligible", "allowedPrograms"),
    "cost": ("measureId", "title", "metricType", "allowedPrograms"),
}
"""List of the catalog -> the members of its rows, in their order."""

LISTS = {"quality": "otherQuality", "pi": "pi", "aci": "pi", "ia": "ia", "cost": "cost"}
"""Category of the measures data -> list of the catalog, for rows that are no eCQM."""

MVP_FIELDS = {
    "mvpId": "mvpId",
    "title": "title",
    "hasCahps": "hasCahps",
    "hasOutcomeAdminClaims": "hasOutcomeAdminClaims",
    "quality": "qualityMeasureIds",
    "ia": "iaMeasureIds",
    "cost": "costMeasureIds",
    "foundationPi": "foundationPiMeasureIds",
    "foundationQuality": "foundationQualityMeasureIds",
    "adminClaims": "administrativeClaimsMeasureIds",
}
"""Member of an MVP in the catalog -> its name in the measures data."""

KEPT = ("setId", "guid", "guidSource")
"""Members of an eCQM that stay as they are where the measures data do not have them."""


def catalog_year(source: Path, year: int, date: str | None = None) -> Facts:
    """Return the catalog of a year, from the measures data and what the file in `schemas/` says beyond them.

    Raises:
        FileNotFoundError: the source does not have the year.
        ValueError: the year is new, and `date` is missing.
    """
    known = load(f"catalog/{year}.json") if year in years_of("catalog") else None
    rows = list(_read(source / "measures" / str(year) / "measures-data.json"))
    lists: dict[str, list[Facts]] = {name: [] for name in FIELDS}
    before = {row["measureId"]: row for row in known["measures"]} if known else _set_ids(year)
    for row in rows:
        name = "measures" if row.get("eMeasureId") else LISTS[row["category"]]
        lists[name].append(_ecqm(row, before.get(row["measureId"], {})) if name == "measures" else _other(row, name))
    mvps = source / "mvp" / str(year) / "mvp.json"
    lists["mvps"] = [_without_empty(_mvp(row)) for row in _read(mvps)] if mvps.is_file() else []
    for name, found in lists.items():
        found.sort(key=lambda row, key="mvpId" if name == "mvps" else "measureId": str(row[key]))  # type: ignore[misc]
    return _head(year, known, lists["measures"], date) | lists


def _head(year: int, known: Facts | None, measures: list[Facts], date: str | None) -> Facts:
    if known:
        return {key: value for key, value in known.items() if not isinstance(value, list) or key == "origin"}
    if date is None:
        raise ValueError(f"{year} is new: give --date, the day of the measures data")
    head: Facts = {
        "performanceYear": year,
        "origin": [f"CMSgov/qpp-measures-data ({date}): measures/{year}/measures-data.json"],
        "date": date,
        "identifiers": "final" if all("guid" in row and row["strata"] for row in measures) else "none",
    }
    return head if head["identifiers"] == "final" else head | {"note": "CMS has not published all identifiers."}


def _set_ids(year: int) -> dict[str, Facts]:
    """Set ids by measure id: a measure keeps its set id over the years."""
    found: dict[str, Facts] = {}
    for other in years_of("catalog"):
        if other < year:
            found |= {
                row["measureId"]: {"setId": row["setId"]}
                for row in load(f"catalog/{other}.json")["measures"]
                if "setId" in row
            }
    return found


def _ecqm(row: Facts, known: Facts) -> Facts:
    facts = {**row, "guid": row.get("eMeasureUuid"), "title": one_line(row["title"])}
    facts |= {key: known[key] for key in KEPT if key in known and not facts.get(key)}
    sets = [_stratum(one) for one in row.get("strata") or []]
    before = known.get("strata", [])
    if not any("populations" in one for one in sets):
        sets = before or [one for one in sets if one]
    elif len(sets) == len(before):
        sets = [_with_stratum_ids(one, other) for one, other in zip(sets, before, strict=True)]
    facts["strata"] = sets
    return {key: facts[key] for key in FIELDS["measures"] if facts.get(key) not in (None, [], {})}


def _stratum(facts: Facts) -> Facts:
    ids = facts.get("eMeasureUuids") or {}
    populations = {code: ids[name] for name, code in ROLES.items() if ids.get(name)}
    return _without_empty({"name": facts.get("name"), "populations": populations, "stratumIds": ids.get("strata")})


def _with_stratum_ids(row: Facts, known: Facts) -> Facts:
    more = {key: known[key] for key in ("stratumIds", "strataSource") if key in known and "stratumIds" not in row}
    return row | more


def _other(row: Facts, name: str) -> Facts:
    facts = {**row, "title": one_line(row["title"])}
    if name == "otherQuality":
        facts |= {key: facts.get(key) or None for key in ("isInverse", "isHighPriority", "isRegistryMeasure")}
        facts["strataNames"] = [one["name"] for one in row.get("strata") or [] if one.get("name")]
    if isinstance(facts.get("exclusion"), str):
        facts["exclusion"] = [facts["exclusion"]]  # a text until 2020, a list from 2021 on
    return {key: facts[key] for key in FIELDS[name] if facts.get(key) not in (None, [], {})}


def _mvp(row: Facts) -> Facts:
    return {key: row.get(name) for key, name in MVP_FIELDS.items()} | {"title": one_line(row["title"])}


def _without_empty(row: Facts) -> Facts:
    """Drop nulls and what is empty: an absent member means that the source says nothing."""
    return {key: value for key, value in row.items() if value not in (None, [], {})}


def _read(path: Path) -> Iterator[Facts]:
    yield from json.loads(path.read_text(encoding="utf-8"))


def differences(built: Facts, known: Mapping[str, Any]) -> Iterator[str]:
    """Say row by row where a catalog differs from another."""
    for name, rows in built.items():
        if name not in (*FIELDS, "mvps"):
            continue
        key = "mvpId" if name == "mvps" else "measureId"
        new, old = ({row[key]: row for row in one} for one in (rows, known[name]))
        for one in sorted(new.keys() | old.keys()):
            for member in sorted(new.get(one, {}).keys() | old.get(one, {}).keys()):
                values = [json.dumps(row.get(one, {}).get(member), ensure_ascii=False) for row in (new, old)]
                if values[0] != values[1]:
                    yield f"{built['performanceYear']} {name} {one} {member}: source {values[0]}, schemas {values[1]}"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 1 if `--check` found a difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="folder with measures/<year>/measures-data.json")
    parser.add_argument("--year", type=int, action="append", help="a year to build; all that the source has without it")
    parser.add_argument("--check", action="store_true", help="write nothing; show each difference, and exit 1 with any")
    parser.add_argument("--date", help="day of the measures data (YYYY-MM-DD), for a year that is new")
    options = parser.parse_args(arguments)
    found = sorted(int(path.parent.name) for path in options.source.glob("measures/[0-9]*/measures-data.json"))
    built = {year: catalog_year(options.source, year, options.date) for year in options.year or found}
    if options.check:
        for year in sorted(built.keys() & set(years_of("catalog"))):
            for line in differences(built[year], load(f"catalog/{year}.json")):
                print(line)
    print(f"years: {', '.join(map(str, built)) or 'none'}")
    files = {SCHEMAS / "catalog" / f"{year}.json": rendered(facts).encode() for year, facts in built.items()}
    return settle(files, check=options.check) if built else 2


if __name__ == "__main__":
    sys.exit(main())
