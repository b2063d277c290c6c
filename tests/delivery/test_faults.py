"""Every fault at every call: the receipt says what is stored, nothing is changed twice, and the next run ends it."""

import itertools
from pathlib import Path
from typing import Any

import pytest

from converter.delivery.comparing import compare
from converter.delivery.plan import Plan
from converter.delivery.run import Ended, Prepared
from converter.delivery.sending import DONE, Outcome
from converter.service.sandbox.faults import NAMES
from tests.delivery.sessions import FakeClock, deliver, file_of, more_met, receipts, session_to, stored_sets, submission
from tests.sandbox_server import RunningSandbox

Row = tuple[str, str, str, int]
"""A fault, and the call that it hits: by method, path, and how many of them went well before."""
Sets = dict[str, dict[str, Any]]

VALIDATE = ("POST", "/submissions/public/validate-submission")
FIND = ("GET", "/submissions/submissions")
CREATE = ("POST", "/submissions/measurement-sets")
REPLACE = ("PUT", "/submissions/measurement-sets")
_SOME = (
    "401", "422", "duplicate-409", "duplicate-422-after", "closed-year", "429-after", "500", "502-after", "html-after",
    "broken-json-after", "unknown-member", "timeout", "timeout-after", "cut", "cut-after",
)  # fmt: skip
_EVERY = tuple(f"{name}{after}" for name in NAMES for after in ("", "-after"))


def _table(faults: tuple[str, ...], writes: tuple[str, str]) -> list[Row]:
    """Return each fault at each call of an upload of three sets."""
    calls = [(*VALIDATE, 0), *((*FIND, skip) for skip in range(5)), *((*writes, skip) for skip in range(3))]
    return [(fault, *call) for fault, call in itertools.product(faults, calls)]


def _check(running: RunningSandbox, folder: Path, file: Prepared, row: Row, before: Sets) -> None:
    fault, method, path, skip = row
    running.plan({"fault": fault, "method": method, "path": path, "skip": skip})
    writes = _counted(running)
    clock = FakeClock(passes=lambda seconds: _pass(running, seconds))
    with session_to(running.base, folder, clock=clock, waits=True) as opened:
        ended = deliver(opened, file)
    running.plan()
    after = stored_sets(running)
    for one in ended.results:
        wanted = one.planned.wanted
        assert wanted is not None
        now, then = after.get(one.planned.key.category), before.get(one.planned.key.category)
        if one.outcome in DONE:
            assert now is not None
            assert compare(now, wanted.members).same
        elif one.outcome is not Outcome.UNKNOWN:
            assert now == then
    changed = sum(one != before.get(name) for name, one in after.items())
    assert len(writes) == changed, "each set is changed once"
    _recorded(folder, ended)
    with session_to(running.base, folder, clock=clock) as opened:
        again = deliver(opened, file)
    assert again.code == 0
    assert {one.outcome for one in again.results} <= DONE
    _all_stored(running, file)


def _counted(running: RunningSandbox) -> list[str]:
    """Count from now on the calls that change a set, also those whose answer is lost."""
    store, names = running.state.store, []

    def counting(name: str, change: Any) -> Any:
        def counted(*arguments: Any) -> Any:
            names.append(name)
            return change(*arguments)

        return counted

    for name in ("add_set", "replace"):
        setattr(store, name, counting(name, getattr(type(store), name).__get__(store)))
    return names


def _pass(running: RunningSandbox, seconds: float) -> None:
    """Let the same time go by in the sandbox."""
    running.client.put("/sandbox/clock", json={"advance": seconds}).raise_for_status()


def _recorded(folder: Path, ended: Ended) -> None:
    receipt = receipts(folder)[-1]
    assert [one["outcome"] for one in receipt["sets"]] == [one.outcome.value for one in ended.results]
    assert (receipt["state"], receipt["exitCode"]) == ("ended", ended.code)
    stored = sum(one.outcome in DONE for one in ended.results)
    unknown = any(one.outcome is Outcome.UNKNOWN for one in ended.results)
    assert ended.code == (0 if stored == 3 else 4 if stored or unknown else 1)


def _all_stored(running: RunningSandbox, file: Prepared) -> None:
    stored = stored_sets(running)
    assert len(stored) == 3
    for one in file.wanted.sets:
        assert compare(stored[one.key.category], one.members).same


@pytest.mark.every(6)
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("row", _table(_SOME, CREATE)[::11], ids=str)
def test_first_upload(row: Row, running: RunningSandbox, tmp_path: Path) -> None:
    _check(running, tmp_path, file_of(submission()), row, {})


@pytest.mark.every(6)
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("row", _table(_SOME, REPLACE)[3::11], ids=str)
def test_second_upload(row: Row, running: RunningSandbox, tmp_path: Path) -> None:
    with session_to(running.base, tmp_path) as opened:
        assert deliver(opened, file_of(submission())).code == 0
    _check(running, tmp_path, file_of(submission(more_met)), row, stored_sets(running))


@pytest.mark.every(7)
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("skip", [0, 1])
@pytest.mark.parametrize("fault", ["401", "404-after", "500", "502-after", "timeout-after", "cut", "html-after", "429"])
def test_withdrawal(fault: str, skip: int, running: RunningSandbox, tmp_path: Path) -> None:
    with session_to(running.base, tmp_path) as opened:
        file = file_of(submission())
        deliver(opened, file)
        running.plan({"fault": fault, "method": "DELETE", "path": "/submissions/measurement-sets", "skip": skip})
        plan = opened.plan_to_withdraw(file, every=False)
        assert isinstance(plan, Plan)
        ended = opened.carry_out(file, plan)
        running.plan()
        left = stored_sets(running)
        for one in ended.results:
            if one.outcome is not Outcome.UNKNOWN:
                assert (one.planned.key.category in left) is (one.outcome is not Outcome.WITHDRAWN)
        opened.client.clock.sleep(700)
        again = opened.plan_to_withdraw(file, every=False)
        assert isinstance(again, Plan)
        assert opened.carry_out(file, again).code == 0
    assert stored_sets(running) == {}


@pytest.mark.long
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("row", _table(_EVERY, CREATE), ids=str)
def test_first_upload_with_every_fault(row: Row, running: RunningSandbox, tmp_path: Path) -> None:
    _check(running, tmp_path, file_of(submission()), row, {})


@pytest.mark.long
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("row", _table(_EVERY, REPLACE), ids=str)
def test_second_upload_with_every_fault(row: Row, running: RunningSandbox, tmp_path: Path) -> None:
    with session_to(running.base, tmp_path) as opened:
        assert deliver(opened, file_of(submission())).code == 0
    _check(running, tmp_path, file_of(submission(more_met)), row, stored_sets(running))
