"""Submissions to score: written by hand, with invented identifiers."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from converter.facts.benchmarks import Benchmark, benchmark_of, load_benchmarks
from converter.facts.catalog import load_catalog
from converter.facts.files import shipped_folder
from converter.facts.policies import load_submission_rules
from converter.facts.scoring_rules import load_scoring_rules
from converter.scoring.entity import Part, entity_score
from converter.scoring.measure_points import Case, Setting, case_score
from converter.scoring.official import context_of
from converter.scoring.profile import NOTHING_SAID, Profile
from converter.scoring.rates import Reported
from converter.scoring.values import MeasureScore, Score

FOLDERS = (shipped_folder(),)
EHR, REGISTRY, CLAIMS, WEB = "electronicHealthRecord", "registry", "claims", "cmsWebInterface"
Json = dict[str, Any]


def setting(year: int, profile: Profile = NOTHING_SAID, program: str = "mips", benchmarks: bool = True) -> Setting:
    return Setting(
        load_scoring_rules(FOLDERS, year),
        load_submission_rules(FOLDERS, year),
        load_benchmarks(FOLDERS, year) if benchmarks else None,
        profile,
        program,
    )


def benchmark(bounds: Iterable[float], year: int = 2019, inverse: bool = False, **row: Any) -> Benchmark:
    figures = list(bounds)
    name = "deciles" if len(figures) == 9 else "percentiles"
    return benchmark_of("X", REGISTRY, year, {"benchmarkYear": year - 2, name: figures, "inverse": inverse, **row})


def told(rate: float | None, cases: int | None = 100, complete: float | None = 100, **more: Any) -> Reported:
    """What is reported of a measure whose rate is known."""
    values: Json = {"met": None, "counted": None, "assumed": False, "end_to_end": False, **more}
    return Reported(
        rate=None if rate is None else Decimal(str(rate)),
        cases=cases,
        complete=None if complete is None else Decimal(str(complete)),
        **values,
    )


def of(found: Reported, one: Benchmark | None, where: Setting, facts: Json | None = None) -> MeasureScore:
    """What a measure that reports something is worth with a benchmark."""
    method = one.method if one else REGISTRY
    name = one.measure_id if one else "X"
    return case_score(Case(name, {"measureType": "process", **(facts or {})}, method, "file", found, one), where)


def measurement(measure_id: str, met: int, not_met: int, eligible: int | None = None, **more: Any) -> Json:
    counts = {"isEndToEndReported": False, "performanceMet": met, "performanceNotMet": not_met}
    return {"measureId": measure_id, "value": {**counts, "eligiblePopulation": eligible or met + not_met, **more}}


def quality_set(measurements: Iterable[Json], year: int, method: str = EHR, **more: Any) -> Json:
    return {
        "category": "quality",
        "submissionMethod": method,
        "programName": "mips",
        "performanceStart": f"{year}-01-01",
        "performanceEnd": f"{year}-12-31",
        "measurements": list(measurements),
        **more,
    }


def other_set(category: str, values: Mapping[str, Any], year: int, **more: Any) -> Json:
    return {
        "category": category,
        "submissionMethod": REGISTRY,
        "programName": "mips",
        "performanceStart": f"{year}-01-01",
        "performanceEnd": f"{year}-12-31",
        "measurements": [{"measureId": name, "value": value} for name, value in values.items()],
        **({"cehrtId": "XX15CABCDEFGHIJ"} if category == "pi" else {}),
        **more,
    }


def submission(year: int, sets: Iterable[Json], entity: str = "group", **more: Any) -> Json:
    return {
        "performanceYear": year,
        "entityType": entity,
        "taxpayerIdentificationNumber": "000123456",
        "measurementSets": list(sets),
        **more,
    }


def score_of(*submissions: Json, profile: Profile = NOTHING_SAID, program: str = "mips") -> Score:
    parts = [Part(context_of(one, FOLDERS), f"file {number}") for number, one in enumerate(submissions, 1)]
    return entity_score(parts, program, profile, FOLDERS)


def renamed(one: Score) -> Score:
    """The score without the names of its files."""
    return replace(one, sources=())


def catalog_ids(year: int, method: str) -> tuple[str, ...]:
    """Ids of the quality measures of a year with a benchmark for a method."""
    rows = load_benchmarks(FOLDERS, year)
    assert rows is not None
    return tuple(
        row["measureId"]
        for row in load_catalog(FOLDERS, year).entries("quality")
        if (found := rows.of(row["measureId"], method)) is not None and found.bounds
    )
