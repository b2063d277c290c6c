"""The answers in CMS' tutorials (2023): the same requests get answers of the same shape, with the same rates."""

from typing import Any

from tests.sandbox_server import RunningSandbox
from tests.service.sandbox.test_measurement_sets import SETS

TIN = "000000002"
# In the tutorial the answer has other counts than the request; those of the answer are sent here.
PLAN: dict[str, Any] = {
    "measureId": "047",
    "value": {
        "isEndToEndReported": False,
        "performanceMet": 12,
        "eligiblePopulationExclusion": 0,
        "eligiblePopulationException": 0,
        "performanceNotMet": 61,
        "eligiblePopulation": 156,
    },
}
DIABETES: dict[str, Any] = {
    "measureId": "001",
    "value": {
        "isEndToEndReported": False,
        "performanceMet": 36,
        "eligiblePopulationExclusion": 0,
        "eligiblePopulationException": 0,
        "performanceNotMet": 120,
        "eligiblePopulation": 156,
    },
}
SET: dict[str, Any] = {
    "category": "quality",
    "submissionMethod": "registry",
    "performanceStart": "2021-01-01",
    "performanceEnd": "2021-12-31",
    "programName": "mips",
    "submission": {"entityType": "group", "taxpayerIdentificationNumber": TIN, "performanceYear": 2021},
    "measurements": [PLAN],
}
NULL = {"measureSet": None, "practiceId": None, "practiceDetails": None, "cehrtId": None, "source": None}
GIVEN_OUT = {"id", "createdAt", "updatedAt", "submissionId", "submitterId"}


def created(box: RunningSandbox) -> dict[str, Any]:
    box.client.put("/sandbox/clock", json={"now": "2021-06-25T15:18:00Z"}).raise_for_status()
    answer = box.client.post(SETS, json=SET, headers={"Accept": "application/vnd.qpp.cms.gov.v1+json"})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_first_tutorial_creates_a_set(box: RunningSandbox) -> None:
    answer = created(box)
    assert set(answer["data"]) == {"measurementSet", "warnings"}
    assert answer["data"]["warnings"] == []
    found = answer["data"]["measurementSet"]
    (measurement,) = found.pop("measurements")
    assert {name: value for name, value in found.items() if name not in GIVEN_OUT} == {
        **{name: value for name, value in SET.items() if name not in ("submission", "measurements")},
        **NULL,
        "submitterType": "organization",
        "suppressed": False,
    }
    assert set(found) >= GIVEN_OUT
    assert found["createdAt"].startswith("2021-06-25T15:18:0")
    assert len(found["createdAt"]) == len("2021-06-25T15:18:00Z")
    assert set(measurement) == {"id", "measurementSetId", "measureId", "value"}
    assert measurement["value"].items() >= {**PLAN["value"], "reportingRate": 46.79, "performanceRate": 16.44}.items()


def test_the_second_tutorial_adds_a_measure(box: RunningSandbox) -> None:
    first = created(box)["data"]["measurementSet"]
    body = {
        "submissionId": first["submissionId"],
        "measurements": [DIABETES],
        **{name: SET[name] for name in ("category", "submissionMethod", "performanceStart", "performanceEnd")},
    }
    answer = box.client.patch(f"{SETS}/{first['id']}", json=body)
    assert answer.status_code == 200
    found = answer.json()["data"]["measurementSet"]
    rates = {one["measureId"]: one["value"] for one in found["measurements"]}
    assert (rates["001"]["reportingRate"], rates["001"]["performanceRate"]) == (100, 23.08)
    assert (rates["047"]["reportingRate"], rates["047"]["performanceRate"]) == (46.79, 16.44)
    assert found["programName"] == "mips"


def test_a_measurement_is_changed_with_the_id_of_its_set(box: RunningSandbox) -> None:
    activities = {**SET, "category": "ia", "measurements": [{"measureId": "IA_EPA_4", "value": True}]}
    one = box.client.post(SETS, json=activities).json()["data"]["measurementSet"]
    (measurement,) = one["measurements"]
    body = {"measurementSetId": one["id"], "measureId": "IA_EPA_4", "value": False}
    answer = box.client.patch(f"/api/submissions/measurements/{measurement['id']}", json=body)
    assert answer.status_code == 200
    assert answer.json() == {"data": {"measurement": {**measurement, "value": False}}}


def test_the_score_of_the_first_tutorial(box: RunningSandbox) -> None:
    """With the counts of the request; the tutorial shows the score of another practice size and benchmark."""
    body = {
        **SET,
        "measurements": [{**PLAN, "value": {**PLAN["value"], "performanceMet": 120, "performanceNotMet": 36}}],
    }
    one = box.client.post(SETS, json=body).json()["data"]["measurementSet"]
    score = box.client.get(f"/api/submissions/submissions/{one['submissionId']}/score").json()["data"]["score"]
    quality = next(part for part in score["parts"] if part["name"] == "quality")
    (measure,) = quality["original"]["parts"][0]["parts"]
    wanted = {
        "performanceDenominator": 156,
        "performanceNumerator": 120,
        "eligiblePopulation": 156,
        "reportingRate": 100,
    }
    assert measure["metadata"].items() >= wanted.items()
    assert round(measure["metadata"]["performanceRate"], 2) == 76.92
    assert quality["original"]["detail"] == "Picked the highest scoring measurement set registry"
    assert (score["name"], score["errors"]) == ("total", [])
