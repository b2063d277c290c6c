"""Single measurements: add, replace, change and delete, and what becomes of their set."""

from typing import Any

import pytest

from tests.sandbox_server import RunningSandbox
from tests.service.sandbox.bodies import MEASURE
from tests.service.sandbox.test_measurement_sets import SETS, stored

MEASUREMENTS = "/api/submissions/measurements"


@pytest.fixture
def found(box: RunningSandbox) -> dict[str, Any]:
    return stored(box)


def measures(box: RunningSandbox, found: dict[str, Any]) -> dict[str, Any]:
    one = box.client.get(f"{SETS}/{found['id']}").json()["data"]["measurementSet"]
    return {each["measureId"]: each for each in one["measurements"]}


def test_one_is_added(box: RunningSandbox, found: dict[str, Any]) -> None:
    answer = box.client.post(MEASUREMENTS, json={**MEASURE, "measureId": "001", "measurementSetId": found["id"]})
    assert answer.status_code == 201
    added = answer.json()["data"]["measurement"]
    assert measures(box, found) == {"236": found["measurements"][0], "001": added}
    assert (added["measurementSetId"], added["value"]["performanceRate"]) == (found["id"], 88.89)


def test_one_that_is_there_is_not_added(box: RunningSandbox, found: dict[str, Any]) -> None:
    answer = box.client.post(MEASUREMENTS, json={**MEASURE, "measurementSetId": found["id"]})
    assert answer.status_code == 422
    assert answer.json()["error"]["message"] == "invalid measurement object"
    assert list(measures(box, found)) == ["236"]


@pytest.mark.parametrize("owner", [None, 5, "", "unknown", []])
def test_a_set_that_is_none(box: RunningSandbox, owner: object) -> None:
    answer = box.client.post(MEASUREMENTS, json={**MEASURE, "measurementSetId": owner})
    assert answer.status_code == 404


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_one_is_replaced(box: RunningSandbox, found: dict[str, Any], method: str) -> None:
    (old,) = found["measurements"]
    body = {"measureId": "236", "value": {**MEASURE["value"], "performanceMet": 500, "performanceNotMet": 400}}
    answer = box.client.request(method, f"{MEASUREMENTS}/{old['id']}", json=body)
    assert answer.status_code == 200
    new = answer.json()["data"]["measurement"]
    assert (new["id"], new["value"]["performanceRate"]) == (old["id"], 55.56)
    assert measures(box, found) == {"236": new}
    assert box.client.get(f"{MEASUREMENTS}/{old['id']}").json()["data"]["measurement"] == new


def test_one_is_deleted(box: RunningSandbox, found: dict[str, Any]) -> None:
    (old,) = found["measurements"]
    assert box.client.delete(f"{MEASUREMENTS}/{old['id']}").status_code == 204
    assert measures(box, found) == {}
    assert box.client.get(f"{MEASUREMENTS}/{old['id']}").status_code == 404
