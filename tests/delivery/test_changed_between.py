"""What changes between the plan and the call: it is seen right before sending, and left alone."""

import copy
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from converter.delivery.answers import Failure
from converter.delivery.calls import Identity
from converter.delivery.comparing import compare
from converter.delivery.plan import Plan
from converter.delivery.run import Session
from converter.delivery.sending import Outcome
from converter.delivery.set_values import Held
from converter.errors import UsageError
from tests.delivery.sessions import deliver, file_of, more_met, receipts, session_to, stored_sets, submission
from tests.sandbox_server import RunningSandbox


def planned(opened: Session, members: dict[str, Any]) -> Plan:
    plan = opened.plan(file_of(members))
    assert isinstance(plan, Plan)
    return plan


def other_values(members: dict[str, Any]) -> None:
    value = members["measurementSets"][0]["measurements"][0]["value"]
    value["performanceMet"] -= 1
    value["performanceNotMet"] += 1


def test_a_set_that_somebody_else_changed(running: RunningSandbox, tmp_path: Path) -> None:
    with session_to(running.base, tmp_path) as opened:
        deliver(opened, file_of(submission()))
        plan = planned(opened, submission(more_met))
        theirs = deliver(opened, file_of(submission(other_values)))
        assert theirs.code == 0
        before = stored_sets(running)
        ended = opened.carry_out(file_of(submission(more_met)), plan)
    assert [one.outcome for one in ended.results] == [Outcome.CHANGED, Outcome.STORED, Outcome.STORED]
    assert ended.code == 4
    assert stored_sets(running)["quality"] == before["quality"]


def test_a_set_that_somebody_else_created(running: RunningSandbox, tmp_path: Path) -> None:
    with session_to(running.base, tmp_path) as opened:
        plan = planned(opened, submission(more_met))
        deliver(opened, file_of({**submission(), "measurementSets": submission()["measurementSets"][:1]}))
        before = stored_sets(running)
        ended = opened.carry_out(file_of(submission(more_met)), plan)
    assert [one.outcome for one in ended.results] == [Outcome.CHANGED, Outcome.STORED, Outcome.STORED]
    assert stored_sets(running)["quality"] == before["quality"]


def test_a_set_that_somebody_else_deleted(running: RunningSandbox, tmp_path: Path) -> None:
    with session_to(running.base, tmp_path) as opened:
        deliver(opened, file_of(submission()))
        plan = planned(opened, submission(more_met))
        path = f"/api/submissions/measurement-sets/{stored_sets(running)['ia']['id']}"
        running.client.delete(path).raise_for_status()
        ended = opened.carry_out(file_of(submission(more_met)), plan)
    assert [one.outcome for one in ended.results] == [Outcome.STORED, Outcome.STORED, Outcome.CHANGED]
    assert "ia" not in stored_sets(running)


def test_a_set_that_is_as_wanted_by_now_is_not_sent(running: RunningSandbox, tmp_path: Path) -> None:
    with session_to(running.base, tmp_path) as opened:
        plan = planned(opened, submission())
        deliver(opened, file_of(submission()))
        before = stored_sets(running)
        ended = opened.carry_out(file_of(submission()), plan)
    assert {one.outcome for one in ended.results} == {Outcome.STORED}
    assert stored_sets(running) == before


def test_a_set_to_delete_that_was_changed_stays(running: RunningSandbox, tmp_path: Path) -> None:
    with session_to(running.base, tmp_path) as opened:
        deliver(opened, file_of(submission()))
        plan = opened.plan_to_withdraw(file_of(submission()), every=False)
        assert isinstance(plan, Plan)
        deliver(opened, file_of(submission(other_values)))
        ended = opened.carry_out(file_of(submission()), plan)
    assert [one.outcome for one in ended.results] == [Outcome.CHANGED, Outcome.WITHDRAWN, Outcome.WITHDRAWN]
    assert set(stored_sets(running)) == {"quality"}


def test_values_that_cms_stores_otherwise_are_seen(running: RunningSandbox, tmp_path: Path) -> None:
    store = running.state.store
    real = store.add_set

    def altering(owner: Any, caller: Any, members: Any, now: str) -> Any:
        altered = copy.deepcopy(dict(members))
        if altered["category"] == "quality":
            altered["measurements"][0]["value"]["performanceMet"] = 1
        return real(owner, caller, altered, now)

    with pytest.MonkeyPatch.context() as patch, session_to(running.base, tmp_path) as opened:
        patch.setattr(store, "add_set", altering, raising=True)
        ended = deliver(opened, file_of(submission()))
    assert ended.results[0].outcome is Outcome.DIFFERENT
    assert ended.code == 4
    (difference,) = receipts(tmp_path)[-1]["sets"][0]["differences"]
    assert difference == {"measure": "001", "member": "performanceMet", "sent": 133, "stored": 1}


def test_two_runs_at_once_on_one_identity(running: RunningSandbox, tmp_path: Path) -> None:
    identity = file_of(submission()).wanted.identity
    with session_to(running.base, tmp_path) as first, session_to(running.base, tmp_path) as second:
        with first.alone(identity):
            with pytest.raises(UsageError, match="Another run is at work"), second.alone(identity):
                pass
            with second.alone(Identity(2025, "group", "000000001")):
                pass
        with second.alone(identity):
            pass


def test_two_runs_on_two_machines(running: RunningSandbox, tmp_path: Path) -> None:
    """Without a common lock both send the same: each set is there once, and both say that it is stored."""
    ended = []

    def run(folder: Path) -> None:
        folder.mkdir()
        with session_to(running.base, folder) as opened:
            ended.append(deliver(opened, file_of(submission())))

    threads = [threading.Thread(target=run, args=(tmp_path / name,)) for name in ("one", "two")]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert [one.code for one in ended] == [0, 0]
    stored = stored_sets(running)
    for wanted in file_of(submission()).wanted.sets:
        assert compare(stored[wanted.key.category], wanted.members).same


def test_several_submissions_of_one_identity(tmp_path: Path) -> None:
    both = [{"id": name, "measurementSets": []} for name in "ab"]
    two = {"data": {"totalItems": 2, "submissions": both}}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=two))
    with session_to("http://127.0.0.1:1", tmp_path, transport=transport) as one:
        found = one.held(file_of(submission()))
    assert isinstance(found, Failure)
    assert "2 submissions of this identity" in found.said


@pytest.mark.parametrize(
    ("submissions", "said"),
    [
        ("text", "no list of submissions"),
        ([5], "no list of submissions"),
        ([{"id": 5, "measurementSets": []}], "a submission has no id"),
        ([{"id": "a", "measurementSets": "x"}], "no list of measurement sets"),
        ([{"id": "a", "measurementSets": [{"id": "s", "measurements": 5}]}], "no list of measurements"),
        (
            [{"id": "a", "measurementSets": [{"category": "ia", "submissionMethod": "x", "measurements": []}]}],
            "has no id",
        ),
        (
            [{"id": "a", "measurementSets": [{"id": "s", "submissionMethod": "x", "measurements": []}]}],
            "has no category",
        ),
        ([{"id": "a", "measurementSets": [{"id": "s", "submitterId": {}, "measurements": []}]}], "submitterId"),
        ([{"id": "a", "measurementSets": [{"id": "s", "practiceId": [1], "measurements": []}]}], "practiceId"),
        ([{"id": "a", "measurementSets": [{"id": "s", "submitterType": {}, "measurements": []}]}], "submitterType"),
    ],
)
def test_answers_of_another_shape(submissions: Any, said: str, tmp_path: Path) -> None:
    body = {"data": {"totalItems": 1, "submissions": submissions}}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=body))
    with session_to("http://127.0.0.1:1", tmp_path, transport=transport) as one:
        found = one.held(file_of(submission()))
    assert isinstance(found, Failure)
    assert said in found.said


def test_submissions_of_others_and_pages(tmp_path: Path) -> None:
    """Every page is read, and only the submission of the identity is taken, with sets that are read one by one."""
    other = {"taxpayerIdentificationNumber": "000999999", "measurementSets": []}
    others = [{"id": f"o{number}", **other} for number in range(120)]
    bare = {"id": "s1", "category": "ia", "submissionMethod": "registry"}
    every = [*others, {"id": "ours", "performanceYear": 2025, "entityType": "group", "measurementSets": [bare]}]

    def handler(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/measurement-sets/s1"):
            return httpx.Response(200, json={"data": {"measurementSet": {**bare, "measurements": []}}})
        start = int(request.url.params["startIndex"])
        return httpx.Response(200, json={"data": {"totalItems": len(every), "submissions": every[start : start + 100]}})

    with session_to("http://127.0.0.1:1", tmp_path, transport=httpx.MockTransport(handler)) as one:
        found = one.held(file_of(submission()))
    assert isinstance(found, Held)
    assert (found.submission_id, [one.id for one in found.sets]) == ("ours", ["s1"])
