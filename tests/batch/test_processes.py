"""Processes that share work: in order, few at a time, and one that dies or hangs costs its item alone."""

import os
import pickle
import signal
from collections.abc import Iterator
from contextlib import suppress

import pytest

from converter.batch import lane, processes
from converter.batch.lane import Lane, NotStartedError
from converter.batch.lost import Lost
from converter.batch.processes import in_order
from converter.errors import ConverterError
from tests.batch.work import double, fragile, worker


def portions(numbers: range, size: int) -> Iterator[list[int]]:
    for start in range(numbers.start, numbers.stop, size):
        yield list(range(start, min(start + size, numbers.stop)))


def test_values_come_in_the_order_of_the_items() -> None:
    assert list(in_order(double, portions(range(50), 4), 2, None)) == [(one, 2 * one) for one in range(50)]


def test_a_process_that_dies_or_hangs_costs_its_item_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_GRACE", 1.0)
    found = dict(in_order(fragile, portions(range(40), 8), 2, 0.2))
    assert (found.pop(13), found.pop(31)) == (Lost.DIED, Lost.TOO_LONG)
    assert found == {one: 2 * one for one in range(40) if one not in (13, 31)}


def test_processes_that_are_killed_from_outside_cost_no_more_than_they_were_at() -> None:
    killed, found = 0, []
    for item, value in in_order(worker, portions(range(120), 2), 2, None):
        found.append((item, value))
        if item % 20 == 19 and isinstance(value, int):
            with suppress(ProcessLookupError):
                os.kill(value, getattr(signal, "SIGKILL", signal.SIGTERM))
                killed += 1
    assert [item for item, _ in found] == list(range(120))
    assert killed > 3
    assert sum(value is Lost.DIED for _, value in found) <= killed


def test_a_process_that_does_not_start_is_an_error_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lane, "_LONGEST_START", 0.0)
    with pytest.raises(ConverterError, match="--jobs 1"):
        list(in_order(double, portions(range(4), 1), 2, None))


def test_a_lane_that_is_closed_starts_no_process() -> None:
    closed = Lane(os.getpid)
    assert closed.ask(pickle.dumps((double, (4,)))) == 8
    closed.close()
    with pytest.raises(NotStartedError):
        closed.ask(pickle.dumps((double, (4,))))


def test_what_is_raised_ends_the_work() -> None:
    with pytest.raises(ValueError, match="41"):
        list(in_order(fragile, portions(range(36, 44), 2), 2, None))


def test_what_is_raised_says_where() -> None:
    with pytest.raises(ValueError, match="41") as raised:
        list(in_order(fragile, [[41]], 1, None))
    assert 'raise ValueError("41")' in raised.value.__notes__[0]


def test_only_a_few_portions_are_on_their_way() -> None:
    given = 0

    def counted() -> Iterator[list[int]]:
        nonlocal given
        for one in portions(range(400), 1):
            given += 1
            yield one

    for number, _ in enumerate(in_order(double, counted(), 2, None)):
        assert given <= number + 2 * 8 + 1
        if number == 60:
            break
