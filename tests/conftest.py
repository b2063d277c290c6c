"""What holds in every test: each report call gives the fields that its kind of finding declares."""

from collections.abc import Iterator
from typing import Any

import pytest

from converter.findings.collector import Collector
from converter.findings.finding import Kind
from converter.findings.kinds import TABLE
from converter.findings.place import Place
from tests.findings.fields import faults

_MEMBERS = {"found", "measure", "related", "caused_by", "fix"}


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
