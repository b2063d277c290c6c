"""What holds in every test: findings get the fields that their kinds declare, and no process fails inside.

Exit code 3 of the command is a failure of the tool, and so of the test; `tests.cli.runner` looks at calls within.
"""

import signal
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest

from converter.findings.collector import Collector
from converter.findings.finding import Kind
from converter.findings.kinds import TABLE
from converter.findings.place import Place
from tests.findings.fields import faults

_INTERNAL_FAILURE = 3
_MEMBERS = {"found", "measure", "related", "caused_by", "fix"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Mark the cases as long that `every` leaves out."""
    seen: Counter[str] = Counter()
    for item in items:
        if every := item.get_closest_marker("every"):
            test = item.nodeid.partition("[")[0]
            if seen[test] % every.args[0]:
                item.add_marker("long")
            seen[test] += 1


@pytest.fixture(autouse=True)
def _fields_as_declared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Look at the words of each report call; a rule that raised would be one finding more, so it is told at the end."""
    found: list[str] = []
    add = Collector.add

    def watched(self: Collector, kind: Kind, place: Place | None = None, /, **words: Any) -> None:
        if TABLE.get(kind.id) is kind:
            found.extend(faults(kind, {name: value for name, value in words.items() if name not in _MEMBERS}))
        add(self, kind, place, **words)

    monkeypatch.setattr(Collector, "add", watched)
    yield
    assert sorted(set(found)) == []


@pytest.fixture(autouse=True)
def _data_does_not_age(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is expected of a report holds on any day."""
    monkeypatch.setattr("converter.cli.age.today", lambda: date(2026, 11, 27))


@pytest.fixture(autouse=True)
def _no_process_fails_inside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    failed: list[Any] = []

    class Watched(subprocess.Popen[Any]):
        def poll(self) -> int | None:
            return noted(self, super().poll())

        def wait(self, timeout: float | None = None) -> int:
            return noted(self, super().wait(timeout)) or 0

    def noted(done: subprocess.Popen[Any], code: int | None) -> int | None:
        if code == _INTERNAL_FAILURE:
            failed.append(done.args)
        return code

    monkeypatch.setattr(subprocess, "Popen", Watched)
    yield
    assert failed == []


# A shell that starts the tests in the background has interrupts ignored, and whoever they start inherits that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
