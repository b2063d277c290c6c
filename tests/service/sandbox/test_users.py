"""Users and registries: what each of them sees and may change."""

from typing import Any

import pytest

from tests.sandbox_server import RunningSandbox
from tests.service.sandbox.bodies import ACTIVITIES, GROUP, QUALITY, SUBMISSION, TIN, posted
from tests.service.sandbox.test_measurement_sets import SETS, TIN_HEADER, stored, submissions

SUBMISSIONS = "/api/submissions/submissions"
INDIVIDUAL = {**GROUP, "entityType": "individual", "nationalProviderIdentifier": "0000000006"}
VIRTUAL_GROUP = {"performanceYear": 2025, "entityType": "virtualGroup", "entityId": "x1"}
APM = {"performanceYear": 2025, "entityType": "apm", "entityId": "A1234"}


def test_a_user_sees_the_sets_of_all_and_changes_only_their_own(box: RunningSandbox) -> None:
    of_registry, user = stored(box), box.user(ids=TIN)
    own = stored(box, headers=user)
    assert (own["submitterId"], own["submissionId"]) == ("securityOfficial", of_registry["submissionId"])
    seen = submissions(box, headers=user)["submissions"][0]["measurementSets"]
    assert [one["id"] for one in seen] == [of_registry["id"], own["id"]]
    foreign = f"{SETS}/{of_registry['id']}"
    assert box.client.get(foreign, headers=user).status_code == 200
    assert box.client.put(foreign, json=QUALITY, headers=user).status_code == 404
    assert box.client.delete(foreign, headers=user).status_code == 404
    assert box.client.delete(f"{SETS}/{own['id']}", headers=user).status_code == 204


def test_a_registry_does_not_see_the_sets_of_users(box: RunningSandbox) -> None:
    own = stored(box, headers=box.user())
    assert submissions(box, headers=TIN_HEADER)["submissions"][0]["measurementSets"] == []
    assert box.client.get(f"{SETS}/{own['id']}").status_code == 404


def test_another_user_of_the_practice_changes_the_same_sets(box: RunningSandbox) -> None:
    own = stored(box, headers=box.user(ids=TIN))
    assert box.client.put(f"{SETS}/{own['id']}", json=QUALITY, headers=box.user(ids=f"000000001 {TIN}")).is_success


@pytest.mark.parametrize(
    ("user", "seen"),
    [
        ({}, {"group", "individual"}),
        ({"ids": TIN}, {"group", "individual"}),
        ({"ids": "000000001"}, set()),
        ({"role": "virtualGroup"}, {"virtualGroup"}),
        ({"role": "apm"}, {"apm"}),
        ({"role": "apm", "ids": "A9999"}, set()),
    ],
)
def test_a_role_sees_its_own_entities(box: RunningSandbox, user: dict[str, str], seen: set[str]) -> None:
    for identity in (GROUP, INDIVIDUAL, VIRTUAL_GROUP, APM):
        stored(box, {**ACTIVITIES, "submission": identity})
    found = submissions(box, headers=box.user(**user))
    assert {one["entityType"] for one in found["submissions"]} == seen
    assert submissions(box)["totalItems"] == 4


def test_a_user_creates_a_whole_submission(box: RunningSandbox) -> None:
    user = box.user()
    answer = box.client.post(SUBMISSIONS, json=SUBMISSION, headers=user)
    assert answer.status_code == 201
    found = answer.json()["data"]["submission"]
    assert [one["category"] for one in found["measurementSets"]] == ["quality", "ia"]
    assert submissions(box, headers=user)["submissions"] == [found]
    again = box.client.post(SUBMISSIONS, json=SUBMISSION, headers=user)
    assert (again.status_code, again.json()["error"]["type"]) == (409, "DuplicateEntryError")
    keys = "quality/electronicHealthRecord/securityOfficial/securityOfficial,ia/electronicHealthRecord/"
    assert keys in again.json()["error"]["message"]


@pytest.mark.parametrize(
    ("params", "tin", "found"),
    [
        ({}, None, 4),
        ({"performanceYear": 2025}, None, 3),
        ({"performanceYear": 2023}, None, 0),
        ({"entityType": "individual"}, None, 1),
        ({"nationalProviderIdentifier": "0000000006"}, TIN, 1),
        ({"entityId": "A1234"}, None, 1),
        ({}, TIN, 3),
        ({}, "000000001", 0),
        ({"performanceYear": 2025, "entityType": "group"}, TIN, 1),
        ({"taxpayer": ""}, None, None),
    ],
)
def test_submissions_are_filtered(
    box: RunningSandbox, params: dict[str, Any], tin: str | None, found: int | None
) -> None:
    year = {"performanceStart": "2024-01-01", "performanceEnd": "2024-04-30"}
    for identity in (GROUP, INDIVIDUAL, APM):
        stored(box, {**ACTIVITIES, "submission": identity})
    stored(box, {**ACTIVITIES, **year, "submission": {**GROUP, "performanceYear": 2024}})
    headers = {"qpp-taxpayer-identification-number": tin} if tin else {}
    answer = box.client.get(SUBMISSIONS, params=params, headers=headers)
    if found is None:
        assert answer.status_code == 400
    else:
        assert answer.json()["data"]["totalItems"] == found


def test_submissions_come_in_pages(box: RunningSandbox) -> None:
    for number in range(12):
        stored(box, posted(submission={**GROUP, "taxpayerIdentificationNumber": f"0000001{number:02}"}))
    assert len(submissions(box)["submissions"]) == 10
    rest = submissions(box, params={"startIndex": 10})
    assert (rest["totalItems"], len(rest["submissions"])) == (12, 2)
    assert len(submissions(box, params={"itemsPerPage": 99999})["submissions"]) == 12
    assert submissions(box, params={"startIndex": 99})["submissions"] == []
