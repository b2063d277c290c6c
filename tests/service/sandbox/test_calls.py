"""Every call of the API, with success and with every failure that it can have."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.sandbox_server import OTHER_REGISTRY, RunningSandbox, sandbox
from tests.service.sandbox.bodies import ACTIVITIES, MEASURE, QUALITY, SUBMISSION, TIN, posted

API = "/api/submissions"
TIN_HEADER = "qpp-taxpayer-identification-number"
EARLIER = {
    **SUBMISSION,
    "performanceYear": 2024,
    "measurementSets": [{**ACTIVITIES, "performanceStart": "2024-01-01", "performanceEnd": "2024-04-30"}],
}


@dataclass(frozen=True)
class Call:
    """A call.

    Attributes:
        method: its method.
        path: its path, with `{set}`, `{submission}` and `{measurement}` for ids of what is stored.
        body: its body; None for none.
        wrong: a body that the rules refuse.
        status: its status when all goes well.
        public: whether it needs no token.
        user: whether only users may make it.
    """

    method: str
    path: str
    body: Any = None
    wrong: Any = None
    status: int = 200
    public: bool = False
    user: bool = False


CALLS = {
    "validate": Call("POST", "/public/validate-submission", SUBMISSION, {"performanceYear": 2025}, 201, public=True),
    "list submissions": Call("GET", "/submissions"),
    "read submission": Call("GET", "/submissions/{submission}"),
    "create submission": Call(
        "POST", "/submissions", EARLIER, {}, 201, user=True
    ),
    "read score": Call("GET", "/submissions/{submission}/score"),
    "preview score": Call("POST", "/submissions/score-preview", SUBMISSION, {"performanceYear": 2025}),
    "benchmarks": Call("GET", "/public/benchmarks?performanceYear=2025", public=True),
    "list sets": Call("GET", "/measurement-sets"),
    "read set": Call("GET", "/measurement-sets/{set}"),
    "create set": Call("POST", "/measurement-sets", posted(ACTIVITIES), posted({"category": "ia"}), 201),
    "replace set": Call("PUT", "/measurement-sets/{set}", QUALITY, {"category": "quality"}),
    "change set": Call("PATCH", "/measurement-sets/{set}", {"performanceStart": "2025-01-02"}, {"category": "x"}),
    "delete set": Call("DELETE", "/measurement-sets/{set}", status=204),
    "read measurement": Call("GET", "/measurements/{measurement}"),
    "add measurement": Call(
        "POST", "/measurements", {**MEASURE, "measureId": "001", "measurementSetId": "{set}"},
        {"measureId": "999", "measurementSetId": "{set}"}, 201,
    ),
    "replace measurement": Call("PUT", "/measurements/{measurement}", MEASURE, {"measureId": "236"}),
    "change measurement": Call("PATCH", "/measurements/{measurement}", {"value": MEASURE["value"]}, {"value": True}),
    "delete measurement": Call("DELETE", "/measurements/{measurement}", status=204),
}  # fmt: skip
GUARDED = [name for name, call in CALLS.items() if not call.public]
WITH_BODY = [name for name, call in CALLS.items() if call.body is not None]
WITH_ID = [name for name, call in CALLS.items() if "{" in call.path]
CHANGING = [
    name for name, call in CALLS.items() if call.method != "GET" and not call.public and name != "preview score"
]


@pytest.fixture
def ids(box: RunningSandbox) -> dict[str, str]:
    found = box.client.post(f"{API}/measurement-sets", json=posted()).json()["data"]["measurementSet"]
    return {
        "set": found["id"],
        "submission": found["submissionId"],
        "measurement": found["measurements"][0]["id"],
    }


def made(box: RunningSandbox, call: Call, ids: dict[str, str], body: Any = None, **more: Any) -> Any:
    sent = call.body if body is None else body
    if isinstance(sent, dict) and "measurementSetId" in sent:
        sent = {**sent, "measurementSetId": ids["set"]}
    if call.user and "headers" not in more:
        more["headers"] = box.user()
    if sent is not None and "content" not in more:
        more["json"] = sent
    return box.client.request(call.method, API + call.path.format(**ids), **more)


def error_of(answer: Any, status: int) -> Any:
    assert answer.status_code == status, answer.text
    assert "not CMS" in answer.headers["x-not-cms"]
    return answer.json()["error"]


@pytest.mark.parametrize("name", CALLS)
def test_success(box: RunningSandbox, ids: dict[str, str], name: str) -> None:
    answer = made(box, CALLS[name], ids)
    assert answer.status_code == CALLS[name].status, answer.text
    assert "not CMS" in answer.headers["x-not-cms"]
    if CALLS[name].status != 204:
        assert set(answer.json()) == {"data"}


@pytest.mark.every(4)
@pytest.mark.parametrize("name", GUARDED)
@pytest.mark.parametrize("header", ["", "Bearer", "Bearer unknown", "Basic c2FuZGJveA==", "sandbox-registry-1"])
def test_no_token_that_is_known(box: RunningSandbox, ids: dict[str, str], name: str, header: str) -> None:
    answer = made(box, CALLS[name], ids, headers={"Authorization": header})
    assert error_of(answer, 401) == {"type": "Unauthorized", "message": "A valid token is required"}


@pytest.mark.parametrize("name", GUARDED)
def test_a_token_that_has_expired(box: RunningSandbox, ids: dict[str, str], name: str) -> None:
    headers = box.user()
    box.client.put("/sandbox/clock", json={"advance": 3601}).raise_for_status()
    assert error_of(made(box, CALLS[name], ids, headers=headers), 401)["type"] == "Unauthorized"


@pytest.mark.parametrize("name", WITH_ID)
def test_what_is_another_registrys_is_not_found(box: RunningSandbox, ids: dict[str, str], name: str) -> None:
    answer = made(box, CALLS[name], ids, headers={"Authorization": f"Bearer {OTHER_REGISTRY}"})
    if name == "read submission":  # it is there for all, with the sets of the caller
        assert answer.json()["data"]["submission"]["measurementSets"] == []
    else:
        assert error_of(answer, 404)["type"] == "NotFound"


@pytest.mark.parametrize("name", WITH_ID)
def test_an_id_that_is_unknown(box: RunningSandbox, ids: dict[str, str], name: str) -> None:
    answer = made(box, CALLS[name], ids | dict.fromkeys(ids, "00000000-0000-4000-8000-00000000000f"))
    assert error_of(answer, 404)["type"] == "NotFound"


@pytest.mark.parametrize("name", WITH_ID)
def test_a_user_of_another_practice_finds_nothing(box: RunningSandbox, ids: dict[str, str], name: str) -> None:
    answer = made(box, CALLS[name], ids, headers=box.user(ids="000000001"))
    assert error_of(answer, 404)["type"] == "NotFound"


@pytest.mark.parametrize("name", ["create set", "create submission"])
@pytest.mark.parametrize("user", [{"ids": "000000001"}, {"role": "apm"}, {"role": "virtualGroup"}])
def test_a_tin_outside_the_token(box: RunningSandbox, ids: dict[str, str], name: str, user: dict[str, str]) -> None:
    answer = made(box, CALLS[name], ids, headers=box.user(**user))
    assert error_of(answer, 401) == {"type": "Unauthorized", "message": "Current user cannot create this object"}


def test_a_registry_may_not_create_submissions(box: RunningSandbox) -> None:
    answer = box.client.post(f"{API}/submissions", json=SUBMISSION)
    assert error_of(answer, 401) == {"type": "Unauthorized", "message": "Current user cannot create this object"}


def test_a_list_for_a_tin_outside_the_token(box: RunningSandbox) -> None:
    answer = box.client.get(f"{API}/submissions", headers=box.user(ids="000000001") | {TIN_HEADER: TIN})
    assert error_of(answer, 401)["type"] == "Unauthorized"


@pytest.mark.parametrize("name", WITH_BODY)
def test_what_the_rules_refuse(box: RunningSandbox, ids: dict[str, str], name: str) -> None:
    found = error_of(made(box, CALLS[name], ids, CALLS[name].wrong), 422)
    assert found["type"] == "ValidationError"
    assert found["message"].startswith("invalid ")
    assert all(set(one) == {"message", "path"} and one["path"].startswith("$") for one in found["details"])
    assert found["details"]


@pytest.mark.every(4)
@pytest.mark.parametrize("name", WITH_BODY)
@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b'{"a": NaN}', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"a":' * 900 + b"1" + b"}" * 900, "application/json", 422),
        (b"{}", "text/plain", 415),
        (b"<a/>", "application/xml", 415),
    ],
)
def test_what_is_no_json(
    box: RunningSandbox, ids: dict[str, str], name: str, content: bytes, kind: str, status: int
) -> None:
    answer = made(box, CALLS[name], ids, content=content, headers={"Content-Type": kind} | _user(box, name))
    if status == 422 and name in ("change set", "change measurement", "add measurement"):
        assert answer.status_code in (200, 404, 422)
    else:
        assert answer.status_code == status, answer.text
    if status != 422:
        assert answer.json()["statusCode"] == status


def _user(box: RunningSandbox, name: str) -> dict[str, str]:
    return box.user() if CALLS[name].user else {}


@pytest.mark.every(4)
@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize(
    ("accept", "fits"),
    [
        ("application/vnd.qpp.cms.gov.v1+json", True),
        ("application/json", True),
        ("*/*", True),
        ("application/vnd.qpp.cms.gov.v2+json", False),
    ],
)
def test_versions(box: RunningSandbox, ids: dict[str, str], name: str, accept: str, fits: bool) -> None:
    answer = made(box, CALLS[name], ids, headers={"Accept": accept} | _user(box, name))
    assert answer.status_code == (CALLS[name].status if fits else 406)


@pytest.mark.parametrize("name", CALLS)
def test_a_tin_in_the_address_is_refused(box: RunningSandbox, ids: dict[str, str], name: str) -> None:
    answer = made(box, CALLS[name], ids, params={"taxpayerIdentificationNumber": TIN})
    assert answer.status_code == 400
    assert TIN not in answer.text
    assert TIN not in str(box.log)


@pytest.mark.parametrize("name", CHANGING)
def test_a_closed_year(ids: dict[str, str], box: RunningSandbox, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(box.state, "is_open", lambda year: year == 2026)
    assert error_of(made(box, CALLS[name], ids), 401)["message"] == "Current user cannot create this object"


def test_only_chosen_years_may_be_open() -> None:
    with sandbox(open_years=frozenset({2026})) as running:
        closed = running.client.post(f"{API}/measurement-sets", json=posted())
        assert error_of(closed, 401)["type"] == "Unauthorized"
        assert running.client.post(f"{API}/public/validate-submission", json=SUBMISSION).status_code == 201


@pytest.mark.parametrize("year", [1999, 2016, 3000, "2025", 2025.5, 1e308, None])
def test_a_year_that_is_not_known(box: RunningSandbox, year: object) -> None:
    body = posted(submission={**posted()["submission"], "performanceYear": year})
    assert error_of(box.client.post(f"{API}/measurement-sets", json=body), 422)["type"] == "ValidationError"


def test_a_closed_year_can_be_read(ids: dict[str, str], box: RunningSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(box.state, "is_open", lambda _: False)
    assert box.client.get(f"{API}/measurement-sets/{ids['set']}").status_code == 200


@pytest.mark.parametrize("path", ["/nothing", f"{API}/nothing", "/api", f"{API}/measurement-sets/a/b"])
def test_an_address_that_is_none(box: RunningSandbox, path: str) -> None:
    answer = box.client.get(path)
    assert answer.status_code == 404
    assert answer.json() == {"statusCode": 404, "message": "Cannot GET this address", "error": "Not Found"}


def test_a_body_that_is_too_large(box: RunningSandbox) -> None:
    content = b'{"a": "' + b"x" * box.state.settings.upload_bytes + b'"}'
    answer = box.client.post(f"{API}/measurement-sets", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "params",
    [{"performanceYear": "x"}, {"startIndex": "-1"}, {"itemsPerPage": "0"}, {"nationalProviderIdentifier": "9" * 200}],
)
def test_parameters_that_are_none(box: RunningSandbox, params: dict[str, str]) -> None:
    answer = box.client.get(f"{API}/submissions", params=params)
    assert answer.status_code == 400
    assert answer.json()["error"] == "Bad Request"
    assert "99999" not in answer.text
