"""Colour: only on a terminal, and only where nobody asks for none."""

import io
import re

import pytest

from converter.cli.console import coloured, show
from converter.emitters.reports.formats import emitter
from tests.goldens.update_reports import reports, sources

_COLOUR = re.compile(r"\x1b\[[\d;]*m")


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> _Terminal:
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return _Terminal()


def test_only_a_terminal_is_coloured(terminal: _Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert coloured(terminal)
    assert not coloured(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not coloured(terminal)


@pytest.mark.parametrize("case", sorted(sources()))
def test_colour_changes_no_character(case: str, terminal: _Terminal) -> None:
    words = emitter("text")(reports(case))
    show(words, terminal)
    shown = terminal.getvalue()
    assert _COLOUR.sub("", shown) == words
    assert "\x1b[1;31m" in shown or case in ("clean", "submission-clean")
