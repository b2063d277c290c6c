"""Measurement sets: what is stored, replaced, changed and deleted, and what is refused."""

from typing import Any

import httpx
import pytest

from tests.sandbox_server import OTHER_REGISTRY, RunningSandbox
from tests.service.sandbox.bodies import ACTIVITIES, GROUP, MEASURE, QUALITY, TIN, posted

SETS = "/api/submissions/measurement-sets"
OTHER = {"Authorization": f"Bearer {OTHER_REGISTRY}"}
TIN_HEADER = {"qpp-taxpayer-identification-number": TIN}


def stored(box: RunningSandbox, body: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    answer = box.client.post(SETS, json=body or posted(), **more)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()["data"]["measurementSet"]
    return found


def submissions(box: RunningSandbox, **more: Any) -> dict[str, Any]:
    answer = box.client.get("/api/submissions/submissions", **more)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()["data"]
    return found


def test_a_first_set_creates_the_submission(box: RunningSandbox) -> None:
    found = stored(box)
    listed = submissions(box, headers=TIN_HEADER, params={"performanceYear": 2025, "entityType": "group"})
    assert listed["totalItems"] == 1
    (one,) = listed["submissions"]
    assert one["id"] == found["submissionId"]
    assert one["measurementSets"] == [found]
    assert {name: one[name] for name in GROUP} == GROUP


def test_an_answer_has_what_cms_gives_out_and_computes(box: RunningSandbox) -> None:
    found = stored(box)
    (measurement,) = found["measurements"]
    assert {name: found[name] for name in QUALITY if name != "measurements"} == {
        name: value for name, value in QUALITY.items() if name != "measurements"
    }
    assert found["submitterType"] == "organization"
    assert {name: found[name] for name in ("measureSet", "practiceId", "practiceDetails", "source")} == {
        "measureSet": None, "practiceId": None, "practiceDetails": None, "source": None
    }  # fmt: skip
    assert measurement["measurementSetId"] == found["id"]
    assert measurement["value"] == MEASURE["value"] | {
        "performanceRate": 88.89,
        "reportingRate": 100.0,
        "caseCount": 1000,
        "performanceRateNumerator": 88.89,
        "performanceRateDenominator": 1,
    }


def test_put_replaces_the_whole_set(box: RunningSandbox) -> None:
    found = stored(box)
    other = {"measureId": "001", "value": MEASURE["value"]}
    answer = box.client.put(f"{SETS}/{found['id']}", json={**QUALITY, "measurements": [other]})
    assert answer.status_code == 200
    replaced = answer.json()["data"]["measurementSet"]
    assert [one["measureId"] for one in replaced["measurements"]] == ["001"]
    assert replaced["id"] == found["id"]


def test_patch_adds_measurements(box: RunningSandbox) -> None:
    found = stored(box)
    other = {"measureId": "001", "value": MEASURE["value"]}
    answer = box.client.patch(f"{SETS}/{found['id']}", json={"measurements": [other], "performanceStart": "2025-01-02"})
    assert answer.status_code == 200
    changed = answer.json()["data"]["measurementSet"]
    assert [one["measureId"] for one in changed["measurements"]] == ["236", "001"]
    assert changed["measurements"][0]["id"] == found["measurements"][0]["id"]
    assert changed["performanceStart"] == "2025-01-02"


def test_delete_removes_the_set_and_keeps_the_submission(box: RunningSandbox) -> None:
    found = stored(box)
    assert box.client.delete(f"{SETS}/{found['id']}").status_code == 204
    assert box.client.get(f"{SETS}/{found['id']}").status_code == 404
    assert submissions(box)["submissions"] == []
    assert submissions(box, headers=TIN_HEADER)["submissions"][0]["measurementSets"] == []


def test_a_second_set_of_the_same_key_is_a_duplicate(box: RunningSandbox) -> None:
    found = stored(box)
    answer = box.client.post(SETS, json=posted())
    assert answer.status_code == 409
    assert answer.json()["error"] == {
        "type": "DuplicateEntryError",
        "message": "Category/SubmissionMethod/SubmitterId/SubmitterType quality/electronicHealthRecord/"
        "00000000-0000-4000-8000-000000000001/organization already exists for this "
        "taxpayerIdentificationNumber/performanceYear",
        "details": {"submissionId": found["submissionId"]},
    }


def test_another_submitter_has_a_set_of_its_own(box: RunningSandbox) -> None:
    found, other = stored(box), stored(box, headers=OTHER)
    assert found["submissionId"] == other["submissionId"]
    assert submissions(box)["submissions"][0]["measurementSets"] == [found]
    assert submissions(box, headers=OTHER)["submissions"][0]["measurementSets"] == [other]


def test_a_registry_without_data_sees_the_submission_of_a_tin_empty(box: RunningSandbox) -> None:
    stored(box)
    assert submissions(box, headers=OTHER)["submissions"] == []
    assert submissions(box, headers=OTHER | TIN_HEADER)["submissions"][0]["measurementSets"] == []


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_a_set_of_another_registry_is_not_found(box: RunningSandbox, method: str) -> None:
    found = stored(box)
    answer = box.client.request(method, f"{SETS}/{found['id']}", json=QUALITY, headers=OTHER)
    assert answer.status_code == 404
    assert answer.json()["error"]["type"] == "NotFound"
    assert box.client.get(f"{SETS}/{found['id']}").json()["data"]["measurementSet"] == found


def test_a_set_needs_one_submission(box: RunningSandbox) -> None:
    owner = stored(box)["submissionId"]
    assert box.client.post(SETS, json=ACTIVITIES).status_code == 422
    assert box.client.post(SETS, json=posted(ACTIVITIES, submissionId=owner)).status_code == 422
    assert box.client.post(SETS, json={**ACTIVITIES, "submission": [1]}).status_code == 422
    assert box.client.post(SETS, json={**ACTIVITIES, "submissionId": "unknown"}).status_code == 404
    assert stored(box, {**ACTIVITIES, "submissionId": owner})["submissionId"] == owner


def refused(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 422, answer.text
    found: dict[str, Any] = answer.json()["error"]
    return found
