"""Submissions as JSON for tests, and what the submission rules find in them.

from tests.rules.submission.submissions import findings, quality, single, submission, told

told(findings(submission(2025, quality(2025, single("236", not_met=41))), 2025))
"""

from functools import cache
from typing import Any, TypeAlias

from converter.facts.catalog import Catalog, load_catalog, years_with
from converter.facts.files import data_folders
from converter.facts.policies import load_submission_rules
from converter.findings.collector import Collector
from converter.findings.finding import Finding
from converter.findings.place import Place
from converter.parsers.qpp_json.subject import subject_of
from converter.resolve.submission_context import SubmissionContext, Where
from converter.rules.context import run
from converter.rules.submission import SUBMISSION
from tests.documents import NPI, TIN, cehrt_id
from tests.policy import apart_from_policy

Json: TypeAlias = dict[str, Any]

EHR, REGISTRY = "electronicHealthRecord", "registry"

# --- submissions -------------------------------------------------------------------------------------------------


def submission(year: int, *sets: Json, entity: str = "group", **members: Any) -> Json:
    """Return a submission with the identifiers that its entity type asks for."""
    who: Json = {"entityId": "X0417"}
    if entity in ("individual", "group"):
        who = {"taxpayerIdentificationNumber": TIN} | ({"nationalProviderIdentifier": NPI} if entity != "group" else {})
    return {"performanceYear": year, "entityType": entity, **who, "measurementSets": list(sets), **members}


def measurement_set(
    year: int, category: str, *measurements: Json, method: str = EHR, program: str | None = "mips", **members: Any
) -> Json:
    """Return a measurement set of the whole year; a member that is None is left out."""
    needs = category == "pi" or (category == "quality" and method == EHR)
    wanted = {
        "category": category,
        "submissionMethod": method,
        "programName": program,
        "performanceStart": f"{year}-01-01",
        "performanceEnd": f"{year}-12-31",
        "cehrtId": cehrt_id(year) if needs else None,
        "measurements": list(measurements),
        **members,
    }
    return {name: value for name, value in wanted.items() if value is not None}


def quality(year: int, *measurements: Json, **members: Any) -> Json:
    """Return a quality set."""
    return measurement_set(year, "quality", *measurements, **members)


def counts(met: int = 60, not_met: int = 30, eligible: int = 100, **members: Any) -> Json:
    """Return the counts of a rate: 10 of 100 are in no part, unless it says so."""
    return {"performanceMet": met, "performanceNotMet": not_met, "eligiblePopulation": eligible, **members}


def single(measure_id: str, *, end_to_end: bool = True, **members: Any) -> Json:
    """Return a measurement with one rate; arguments as for `counts`."""
    return {"measureId": measure_id, "value": {"isEndToEndReported": end_to_end, **counts(**members)}}


def multi(measure_id: str, *strata: str, **members: Any) -> Json:
    """Return a measurement with strata of these names."""
    value = {"isEndToEndReported": True, "strata": [{"stratum": one, **counts()} for one in strata], **members}
    return {"measureId": measure_id, "value": value}


def measurement(measure_id: str, value: object) -> Json:
    """Return a measurement with any value."""
    return {"measureId": measure_id, "value": value}


def observed(measure_id: str, observations: float, denominator: float, **members: float) -> Json:
    """Return a measurement of the kind that is no proportion."""
    value = {"isEndToEndReported": True, "numerator": 310.5, "denominator": denominator, **members}
    return measurement(measure_id, {**value, "observationInstances": observations})


def pi(year: int, *measurements: Json, **members: Any) -> Json:
    """Return a promoting interoperability set."""
    return measurement_set(year, "pi", *measurements, **members)


def share(numerator: int) -> Json:
    """Return a promoting interoperability measure of 100 cases."""
    return measurement("PI_PEA_1", {"numerator": numerator, "denominator": 100})


# --- what is found in them ---------------------------------------------------------------------------------------


@cache
def catalog(year: int) -> Catalog:
    return load_catalog(data_folders(), year)


def findings(data: Json, year: int, measures: Catalog | None = None) -> tuple[Finding, ...]:
    """Run all submission rules. The place of a finding holds the pointer that it was looked up by."""
    known = measures or catalog(year)
    collector = Collector()
    context = SubmissionContext(
        subject=subject_of(data, known),
        catalog=known,
        rules=load_submission_rules(data_folders(), year),
        findings=collector,
        find_place=Place,
        where={name: Where(f'The member "{name}"', f'Add "{name}".') for name in ("npi", "tin", "entity", "cehrt")},
        answers=("true", "false"),
        years_with=lambda word: years_with(word, data_folders()),
        converted=False,
    )
    run(SUBMISSION, context)
    return apart_from_policy(collector)


def told(found: tuple[Finding, ...]) -> list[tuple[str, object]]:
    """Id and pointer of each finding."""
    return sorted((one.id, one.place.node if one.place else None) for one in found)
