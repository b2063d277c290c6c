"""What is kept has bounds, and two calls at once do not spoil it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from converter.errors import UsageError
from converter.service.sandbox.api.access import known_identity
from converter.service.sandbox.settings import SandboxSettings
from tests.sandbox_server import RunningSandbox, sandbox
from tests.service.sandbox.bodies import ACTIVITIES, GROUP, MEASURE, QUALITY, posted
from tests.service.sandbox.test_measurement_sets import SETS, stored

OTHER = {**GROUP, "taxpayerIdentificationNumber": "000000001"}


def test_there_is_room_for_so_many_sets() -> None:
    with sandbox(most_sets=2) as small:
        first = stored(small)
        stored(small, posted(ACTIVITIES))
        answer = small.client.post(SETS, json=posted(submission=OTHER))
        assert (answer.status_code, answer.json()["error"]["type"]) == (507, "InsufficientStorage")
        assert small.state.store.numbers == (1, 2)
        small.client.delete(f"{SETS}/{first['id']}")
        assert small.client.post(SETS, json=posted(submission=OTHER)).status_code == 201


def test_there_is_room_for_so_many_submissions() -> None:
    with sandbox(most_submissions=1) as small:
        stored(small)
        assert small.client.post(SETS, json=posted(submission=OTHER)).status_code == 507
        assert small.client.post(SETS, json=posted(ACTIVITIES)).status_code == 201


def test_there_is_room_for_so_many_characters() -> None:
    with sandbox(memory_bytes=1000) as small:
        found = stored(small)
        assert small.client.post(SETS, json=posted(ACTIVITIES)).status_code == 507
        more = {**QUALITY, "measurements": [MEASURE, {**MEASURE, "measureId": "001"}]}
        assert small.client.put(f"{SETS}/{found['id']}", json=more).status_code == 507
        assert small.client.put(f"{SETS}/{found['id']}", json=QUALITY).status_code == 200
        small.client.delete(f"{SETS}/{found['id']}")
        assert small.client.post(SETS, json=posted(ACTIVITIES)).status_code == 201


def test_first_sets_at_once_collide(box: RunningSandbox) -> None:
    """Who sends several first sets at once gets one of them stored, or those that came after it."""

    def sent(body: dict[str, object]) -> tuple[int, str]:
        answer = box.client.post(SETS, json=body)
        found = answer.json()
        return answer.status_code, str(found.get("error", {}).get("type"))

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(sent, [posted(), posted(ACTIVITIES)] * 2))
    assert {one for one in found if one[0] != 201} == {(409, "DuplicateEntryError")}
    submissions, sets = box.state.store.numbers
    assert submissions == 1
    assert sets == sum(1 for status, _ in found if status == 201)
    assert box.state.creating == {}


def test_a_first_set_that_comes_during_another_collides(box: RunningSandbox) -> None:
    identity = known_identity(GROUP)
    assert identity is not None
    box.state.creating[identity] = "an-id"
    try:
        answer = box.client.post(SETS, json=posted())
    finally:
        box.state.creating.clear()
    assert answer.status_code == 409
    assert answer.json()["error"]["details"] == {"submissionId": "an-id"}


def test_measurements_added_at_once_are_all_kept(box: RunningSandbox) -> None:
    found = stored(box)
    ids = ["001", "130", "134", "309"]

    def added(measure: str) -> int:
        value = MEASURE["value"]
        body = {"measurements": [{"measureId": measure, "value": value}]}
        return box.client.patch(f"{SETS}/{found['id']}", json=body).status_code

    with ThreadPoolExecutor(4) as threads:
        statuses = list(threads.map(added, ids))
    assert statuses == [200] * 4
    now = box.client.get(f"{SETS}/{found['id']}").json()["data"]["measurementSet"]["measurements"]
    stored_ids = {one["measureId"] for one in now}
    assert stored_ids == {"236", *ids}


@pytest.mark.parametrize(
    "settings", [{"host": "0.0.0.0"}, {"host": "192.0.2.1"}, {"duplicate_status": 400}, {"start": None, "host": "x"}]
)
def test_settings_that_cannot_be_meant(settings: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        SandboxSettings(**settings)  # type: ignore[arg-type]
