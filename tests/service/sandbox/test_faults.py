"""Faults: what goes wrong, when, and whether the call was carried out."""

from typing import Any

import httpx
import pytest

from converter.service.sandbox.faults import NAMES
from tests.sandbox_server import RunningSandbox, sandbox
from tests.service.sandbox.bodies import posted
from tests.service.sandbox.test_calls import CALLS, ids, made  # noqa: F401  # ids is a fixture

SETS = "/api/submissions/measurement-sets"
STATUS = {
    "401": 401, "403": 403, "404": 404, "422": 422, "duplicate-409": 409, "duplicate-422": 422, "closed-year": 401,
    "429": 429, "429-block": 429, "500": 500, "502": 502, "503": 503, "504": 504, "html": 200, "html-503": 503,
    "broken-json": 200,
}  # fmt: skip
SILENT = ("timeout", "cut")


def number_of_sets(box: RunningSandbox) -> int:
    return box.state.store.numbers[1]


def test_every_fault_is_tested() -> None:
    assert {*STATUS, *SILENT, "unknown-member"} == set(NAMES)


@pytest.mark.parametrize("name", STATUS)
@pytest.mark.parametrize("after", ["", "-after"])
def test_a_fault_by_header(box: RunningSandbox, name: str, after: str) -> None:
    answer = box.client.post(SETS, json=posted(), headers={"X-Fault": name + after})
    assert answer.status_code == STATUS[name]
    assert "not CMS" in answer.headers["x-not-cms"]
    assert number_of_sets(box) == (1 if after else 0)


@pytest.mark.every(4)
@pytest.mark.parametrize("name", SILENT)
@pytest.mark.parametrize("after", ["", "-after"])
def test_no_answer(box: RunningSandbox, name: str, after: str) -> None:
    with pytest.raises((httpx.ReadTimeout, httpx.RemoteProtocolError)):
        box.client.post(SETS, json=posted(), headers={"X-Fault": name + after}, timeout=1.0)
    assert number_of_sets(box) == (1 if after else 0)
    assert box.client.get(SETS).status_code == 200


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("name", ["503", "html", "cut"])
def test_every_call_can_go_wrong(box: RunningSandbox, ids: dict[str, str], call: str, name: str) -> None:  # noqa: F811
    more: dict[str, Any] = {"headers": {"X-Fault": name} | (box.user() if CALLS[call].user else {})}
    before = box.state.store.numbers
    try:
        assert made(box, CALLS[call], ids, **more).status_code == STATUS[name]
    except httpx.RemoteProtocolError:
        assert name == "cut"
    assert box.state.store.numbers == before


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/api/auth/oauth"), ("POST", "/api/auth/oauth/token"), ("GET", "/api/auth/authz")]
)
def test_sign_in_can_go_wrong(box: RunningSandbox, method: str, path: str) -> None:
    assert box.client.request(method, path, headers={"X-Fault": "502"}).status_code == 502


def test_a_page_is_no_json(box: RunningSandbox) -> None:
    answer = box.client.get(SETS, headers={"X-Fault": "html"})
    assert answer.headers["content-type"].startswith("text/html")
    assert "not CMS" in answer.text


def test_json_that_breaks_off(box: RunningSandbox) -> None:
    answer = box.client.get(SETS, headers={"X-Fault": "broken-json"})
    assert answer.headers["content-type"] == "application/json"
    with pytest.raises(ValueError, match=r"."):
        answer.json()


def test_unknown_members(box: RunningSandbox) -> None:
    answer = box.client.post(SETS, json=posted(), headers={"X-Fault": "unknown-member"})
    assert answer.status_code == 201
    found = answer.json()
    member = {"known": False}
    assert (found["sandboxMember"], found["data"]["sandboxMember"]) == (member, member)
    assert found["data"]["measurementSet"]["measurements"][0]["value"]["sandboxMember"] == member
    assert number_of_sets(box) == 1


def test_a_duplicate_has_the_shape_of_cms(box: RunningSandbox) -> None:
    found = box.client.post(SETS, json=posted(), headers={"X-Fault": "duplicate-422"}).json()["error"]
    assert found["type"] == "DuplicateEntryError"
    assert set(found["details"]) == {"submissionId"}
    assert "already exists for this" in found["message"]


def test_a_name_that_is_none(box: RunningSandbox) -> None:
    answer = box.client.get(SETS, headers={"X-Fault": "nonsense"})
    assert answer.status_code == 400
    assert "duplicate-409" in answer.json()["message"]


def test_a_plan_chooses_calls(box: RunningSandbox) -> None:
    box.plan(
        {"fault": "503", "method": "post", "path": "/submissions/measurement-sets", "skip": 1, "times": 2},
        {"fault": "500", "method": "DELETE", "times": None},
    )
    answers = [box.client.post(SETS, json={}).status_code for _ in range(4)]
    assert answers == [422, 503, 503, 422]
    assert [box.client.delete(f"{SETS}/x").status_code for _ in range(3)] == [500] * 3
    assert box.client.get(SETS).status_code == 200
    rows = box.client.get("/sandbox/faults").json()
    assert [(row["skip"], row["times"]) for row in rows] == [(0, 0), (0, None)]
    box.plan()
    assert box.client.delete(f"{SETS}/x").status_code == 404


@pytest.mark.parametrize(
    "rows",
    [
        [{"fault": "nonsense"}], [{"fault": "503", "times": 0}], [{"fault": "503", "skip": -1}], [{"path": "/x"}],
        [{"fault": "503", "other": 1}], {"fault": "503"}, [{"fault": "503"}] * 101,
    ],
)  # fmt: skip
def test_a_plan_that_is_none(box: RunningSandbox, rows: Any) -> None:
    assert box.client.put("/sandbox/faults", json=rows).status_code == 400
    assert box.client.get("/sandbox/faults").json() == []


def test_a_fault_of_all_calls() -> None:
    from converter.service.sandbox.faults import Fault

    with sandbox(fault=Fault("503")) as failing:
        assert failing.client.get(SETS).status_code == 503
        assert failing.client.get("/").status_code == 200
        failing.plan({"fault": "500"})
        assert [failing.client.get(SETS).status_code for _ in range(2)] == [500, 503]
        assert failing.client.get(SETS, headers={"X-Fault": "401"}).status_code == 401


def test_a_silent_call_does_not_last_for_ever() -> None:
    with sandbox(fault_seconds=0.2) as short:
        answer = short.client.get(SETS, headers={"X-Fault": "timeout"})
        assert answer.status_code == 500
