"""Bodies that the sandbox takes."""

from typing import Any

TIN = "000417263"
GROUP: dict[str, Any] = {"performanceYear": 2025, "entityType": "group", "taxpayerIdentificationNumber": TIN}
MEASURE: dict[str, Any] = {
    "measureId": "236",
    "value": {
        "isEndToEndReported": True,
        "performanceMet": 800,
        "performanceNotMet": 100,
        "eligiblePopulationExclusion": 100,
        "eligiblePopulation": 1000,
    },
}
QUALITY: dict[str, Any] = {
    "category": "quality",
    "submissionMethod": "electronicHealthRecord",
    "programName": "mips",
    "cehrtId": "XX15CXXXXXXXXXX",
    "performanceStart": "2025-01-01",
    "performanceEnd": "2025-12-31",
    "measurements": [MEASURE],
}
ACTIVITIES: dict[str, Any] = {
    "category": "ia",
    "submissionMethod": "electronicHealthRecord",
    "programName": "mips",
    "performanceStart": "2025-01-01",
    "performanceEnd": "2025-04-30",
    "measurements": [{"measureId": "IA_EPA_3", "value": True}],
}
INTEROPERABILITY: dict[str, Any] = {
    "category": "pi",
    "submissionMethod": "electronicHealthRecord",
    "programName": "mips",
    "cehrtId": "XX15CXXXXXXXXXX",
    "performanceStart": "2025-02-01",
    "performanceEnd": "2025-08-31",
    "measurements": [{"measureId": "PI_PEA_1", "value": {"numerator": 600, "denominator": 800}}],
}
SUBMISSION: dict[str, Any] = {**GROUP, "measurementSets": [QUALITY, ACTIVITIES]}


def posted(one: dict[str, Any] = QUALITY, **changes: Any) -> dict[str, Any]:
    """Return a set with the identity of a group, as it is posted."""
    return {**one, "submission": GROUP, **changes}
