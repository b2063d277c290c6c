"""Processes that share work: in order, few at a time, and one that dies or hangs costs its item alone."""

from collections.abc import Iterator

import pytest

from converter.batch import processes
from converter.batch.lost import Lost
from converter.batch.processes import in_order
from tests.batch.work import double, fragile


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


def test_what_is_raised_ends_the_work() -> None:
    with pytest.raises(ValueError, match="41"):
        list(in_order(fragile, portions(range(36, 44), 2), 2, None))


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
