"""What is not known is never said to be not stored: answers that reading does not confirm, and calls without one."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from converter.delivery.plan import Plan
from converter.delivery.result_words import result_lines
from converter.delivery.run import Ended
from converter.delivery.sending import Outcome
from tests.delivery.scripted import Answering, Scripted, fails, status
from tests.delivery.sessions import deliver, file_of, more_met, receipts, session_to, submission

BASE = "http://127.0.0.1:1"
TIMEOUT, AWAY = fails(httpx.ReadTimeout("no")), fails(httpx.ConnectError("no"))
DUPLICATE = {"error": {"type": "DuplicateEntryError", "message": "already exists", "details": {"submissionId": "s1"}}}
INVALID = {"error": {"type": "ValidationError", "message": "invalid measurement-set object", "details": []}}


def quality(change: Any = lambda _: None) -> dict[str, Any]:
    members = submission(change)
    return {**members, "measurementSets": members["measurementSets"][:1]}


def sent(cms: Scripted, folder: Path, members: dict[str, Any], submitter: str | None = None) -> Ended:
    with session_to(BASE, folder, submitter, transport=cms.transport) as opened:
        return deliver(opened, file_of(members))


def withdrawn(cms: Scripted, folder: Path, members: dict[str, Any]) -> Ended:
    with session_to(BASE, folder, transport=cms.transport) as opened:
        file = file_of(members)
        with opened.alone(file.wanted.identity):
            plan = opened.plan_to_withdraw(file, every=False)
            assert isinstance(plan, Plan)
            return opened.carry_out(file, plan)


def words(ended: Ended, members: dict[str, Any]) -> str:
    return "\n".join(result_lines(ended, file_of(members), str))


def test_an_answered_set_that_is_not_shown(tmp_path: Path) -> None:
    cms = Scripted(shows=lambda _: [])
    ended = sent(cms, tmp_path, quality())
    assert [one.outcome for one in ended.results] == [Outcome.UNKNOWN]
    assert ended.code == 4
    said = words(ended, quality())
    assert "Nothing was stored" not in said
    assert "somebody else" not in said
    assert "What it means: CMS answered that this was done" in said
    assert "the id m0 and the submitter us" in said
    assert receipts(tmp_path)[-1]["sets"][0]["id"] == "m0"


def test_a_set_that_is_kept_under_another_submitter(tmp_path: Path) -> None:
    """The id in the answer says that it is ours, and the user hears under which name."""
    cms = Scripted(submitter="an-organization")
    ended = sent(cms, tmp_path, quality(), "securityOfficial")
    assert [one.outcome for one in ended.results] == [Outcome.STORED]
    assert ended.code == 0
    assert "--submitter an-organization" in words(ended, quality())


def test_a_year_that_is_written_as_a_text(tmp_path: Path) -> None:
    ended = sent(Scripted(year="2025"), tmp_path, quality())
    assert ended.code == 0
    assert sent(Scripted(year="2024"), tmp_path / "other", quality()).code == 4


def test_a_replaced_set_that_is_shown_as_it_was(tmp_path: Path) -> None:
    cms = Scripted()
    assert sent(cms, tmp_path, quality()).code == 0
    cms.rows = [status(200, {"data": {}})]
    ended = sent(cms, tmp_path, quality(more_met))
    assert [one.outcome for one in ended.results] == [Outcome.UNKNOWN]
    assert ended.code == 4


@pytest.mark.parametrize(
    "rows",
    [
        [status(504)] * 3,
        [TIMEOUT] * 3,
        [TIMEOUT, AWAY, AWAY],
        [TIMEOUT, status(422, INVALID)],
        [status(504), status(403, {"message": "Forbidden"})],
        [status(409, DUPLICATE)],
        [status(422, DUPLICATE)],
        [TIMEOUT, status(201, {"data": {}})],
    ],
)
@pytest.mark.parametrize("stored", [False, True])
def test_a_call_that_may_have_been_carried_out(rows: list[Answering], stored: bool, tmp_path: Path) -> None:
    """Reading does not show it, but it may be stored yet."""
    cms, members = Scripted(), quality()
    if stored:
        assert sent(cms, tmp_path, members).code == 0
        members = quality(more_met)
    cms.rows = list(rows)
    ended = sent(cms, tmp_path, members)
    assert cms.rows == []
    assert [one.outcome for one in ended.results] == [Outcome.UNKNOWN]
    assert ended.code == 4
    said = words(ended, members)
    assert "it is not known whether it is stored" in said
    assert "Nothing was sent" not in said


@pytest.mark.parametrize(("rows", "code"), [
    ([AWAY] * 3, 1), ([status(422, INVALID)], 1), ([status(403, {"message": "Forbidden"})], 1),
])  # fmt: skip
def test_a_call_that_was_not_carried_out(rows: list[Answering], code: int, tmp_path: Path) -> None:
    cms = Scripted(rows=list(rows))
    ended = sent(cms, tmp_path, quality())
    assert (ended.code, cms.sets) == (code, {})
    assert "Nothing was stored." in words(ended, quality())


@pytest.mark.parametrize(
    ("rows", "outcome", "said"),
    [
        ([status(504)] * 3, Outcome.UNKNOWN, "it is not known whether it is deleted"),
        ([status(504), status(404)], Outcome.UNKNOWN, "it is not known whether it is deleted"),
        ([TIMEOUT, AWAY, AWAY], Outcome.UNKNOWN, "it is not known whether it is deleted"),
        ([status(204)], Outcome.UNKNOWN, "it is not known whether it is deleted"),
        ([status(403, {"message": "Forbidden"})], Outcome.NOT_SENT, "not deleted; it is still stored"),
        ([status(422, INVALID)], Outcome.REFUSED, "CMS refused to delete it; it is still stored"),
        ([None], Outcome.WITHDRAWN, "deleted"),
    ],
)
def test_withdrawals(rows: list[Answering | None], outcome: Outcome, said: str, tmp_path: Path) -> None:
    cms = Scripted()
    assert sent(cms, tmp_path, quality()).code == 0
    cms.rows = list(rows)
    ended = withdrawn(cms, tmp_path, quality())
    assert [one.outcome for one in ended.results] == [outcome]
    assert ended.code == {Outcome.UNKNOWN: 4, Outcome.WITHDRAWN: 0}.get(outcome, 1)
    shown = words(ended, quality())
    assert f"mips: {said}" in shown
    assert "not stored" not in shown
    assert "Nothing was stored" not in shown
    assert ("Nothing was deleted." in shown) is (ended.code == 1)


@pytest.mark.parametrize("first", [0, 1])
def test_the_order_of_the_file_does_not_count(first: int, tmp_path: Path) -> None:
    """Sets that are stored already stay so, whether they come before or after one that fails."""
    cms = Scripted()
    members = submission()
    pair = [members["measurementSets"][0], members["measurementSets"][2]]
    assert sent(cms, tmp_path, {**members, "measurementSets": [pair[first]]}).code == 0
    cms.rows = [status(403, {"message": "Forbidden"})]
    ended = sent(cms, tmp_path, {**members, "measurementSets": pair})
    outcomes = [one.outcome for one in ended.results]
    assert outcomes[first] is Outcome.UNCHANGED
    assert outcomes[1 - first] is Outcome.NOT_SENT
    assert ended.code == 4
