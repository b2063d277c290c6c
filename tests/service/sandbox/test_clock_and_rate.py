"""The clock, what expires by it, and the limit of calls."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from converter.service.sandbox.clock import Clock
from converter.service.sandbox.rate import BLOCK, RateLimit
from tests.sandbox_server import RunningSandbox, sandbox
from tests.service.sandbox.bodies import posted

START = datetime(2026, 2, 1, 12, tzinfo=UTC)
SETS = "/api/submissions/measurement-sets"


class Ticks:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_clock_runs_on_from_where_it_was_set() -> None:
    ticks = Ticks()
    clock = Clock(START, ticks)
    ticks.now = 1.5
    assert clock.text() == "2026-02-01T12:00:01Z"
    clock.advance(60)
    assert clock.text() == "2026-02-01T12:01:01Z"


@pytest.mark.parametrize("body", [
    {"now": "2026-02-01T12:00:00"}, {"now": "1999-01-01T00:00:00Z"}, {"now": "2200-01-01T00:00:00Z"}, {"now": "soon"},
    {"advance": -1}, {"advance": "x"}, {"advance": 1e12}, {"other": 1}, [],
])  # fmt: skip
def test_times_that_are_none(box: RunningSandbox, body: Any) -> None:
    before = box.state.clock.now()
    assert box.client.put("/sandbox/clock", json=body).status_code == 400
    assert (box.state.clock.now() - before).total_seconds() < 60


def test_data_is_dated_by_the_clock() -> None:
    with sandbox(start=START) as running:
        found = running.client.post(SETS, json=posted()).json()["data"]["measurementSet"]
        assert found["createdAt"].startswith("2026-02-01T12:00:0")
        running.client.put("/sandbox/clock", json={"now": "2026-03-01T00:00:00Z"}).raise_for_status()
        changed = running.client.patch(f"{SETS}/{found['id']}", json={}).json()["data"]["measurementSet"]
        assert changed["createdAt"] == found["createdAt"]
        assert changed["updatedAt"].startswith("2026-03-01T00:00:0")


def taken(limit: RateLimit, number: int, ticks: Ticks, seconds: float) -> int:
    found = 0
    for _ in range(number):
        found += limit.is_taken("here")
        ticks.now += seconds
    return found


@pytest.mark.parametrize(
    ("seconds", "calls"), [(0.0, 200), (1 / 39, 3000), (1 / 30, 3000), (1 / 24, 5000), (1 / 15, 5000)]
)
def test_how_many_calls_are_taken(seconds: float, calls: int) -> None:
    """40 a second over five seconds, 25 a second over two minutes."""
    ticks = Ticks()
    limit = RateLimit(Clock(START, ticks))
    assert taken(limit, 5000, ticks, seconds) == calls


def test_a_block_ends_when_ten_minutes_passed_without_a_call() -> None:
    ticks = Ticks()
    limit = RateLimit(Clock(START, ticks))
    assert taken(limit, 300, ticks, 0) == 200
    ticks.now += BLOCK - 1
    assert not limit.is_taken("here")
    assert limit.is_taken("there")
    ticks.now += BLOCK - 1
    assert not limit.is_taken("here")
    ticks.now += BLOCK + 1
    assert limit.is_taken("here")


def test_calls_before_the_clock_was_set_back_do_not_count() -> None:
    ticks = Ticks()
    clock = Clock(START, ticks)
    limit = RateLimit(clock)
    assert taken(limit, 150, ticks, 0) == 150
    clock.set(START - timedelta(days=1))
    assert taken(limit, 250, ticks, 0) == 200


def test_a_block_is_seen_from_outside(box: RunningSandbox) -> None:
    assert box.client.get(SETS, headers={"X-Fault": "429-block"}).status_code == 429
    assert box.client.get(SETS).status_code == 429
    box.client.put("/sandbox/clock", json={"advance": 599}).raise_for_status()
    assert box.client.get(SETS).status_code == 429
    box.client.put("/sandbox/clock", json={"advance": 601}).raise_for_status()
    assert box.client.get(SETS).status_code == 200


def test_too_many_calls_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with sandbox() as running:
        monkeypatch.setattr(running.state.clock, "seconds", lambda: 1e9)
        found = [running.client.get("/api/auth/oauth").status_code for _ in range(260)]
        assert set(found) == {200, 429}
        assert found == sorted(found)


def test_calls_need_not_be_counted() -> None:
    with sandbox(rate_limit=False) as running:
        assert {running.client.get("/api/auth/oauth").status_code for _ in range(260)} == {200}
        running.client.get("/api/auth/oauth", headers={"X-Fault": "429-block"})
        assert running.client.get("/api/auth/oauth").status_code == 429
