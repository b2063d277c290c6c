"""How far a run over many files is: on a terminal a bar below what is said, elsewhere a plain line now and then."""

import os
import sys
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from converter.cli.console import coloured, is_terminal
from converter.cli.words import BARS, echo
from converter.language.english import number_of

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

    from converter.cli.runner import Run

_BEFORE_BAR, _BETWEEN_BARS = 1.0, 0.1
"""Seconds before a bar appears, so that short runs have none; and between two of its states."""
_BETWEEN_LINES = 30.0
"""Seconds before and between plain lines."""
_BETWEEN_MARKS, _MARKS = 1.0, 30
"""The rate is that of the last half minute."""


class Progress:
    """Says how far a run is, on standard error and nowhere else. What else is said meanwhile appears above the bar.

    It is a context, at whose end the bar goes away.
    """

    def __init__(self, total: int, run: "Run", clock: Callable[[], float] = time.monotonic) -> None:
        """Begin a run of so many files; of one file, and of a quiet run, nothing is said."""
        self._total, self._color, self._clock = total, run.color, clock
        self._done = self._refused = 0
        self._bar: RichProgress | None = None
        self._marks = deque([(clock(), 0)], _MARKS)
        self._on_terminal = is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb"
        silent = run.quiet or total < 2
        self._next = float("inf") if silent else clock() + (_BEFORE_BAR if self._on_terminal else _BETWEEN_LINES)

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            BARS.remove(self._bar.stop)
            self._bar.stop()

    def add(self, ok: bool) -> None:
        """Count a file; `ok` where it was not refused."""
        self._done += 1
        self._refused += not ok
        now = self._clock()
        if now >= self._marks[-1][0] + _BETWEEN_MARKS:
            self._marks.append((now, self._done))
        if now < self._next or self._done == self._total:
            return
        if self._on_terminal:
            self._draw(now)
            self._next = now + _BETWEEN_BARS
        else:
            echo(self.words(now), err=True)
            self._next = now + _BETWEEN_LINES

    def words(self, now: float) -> str:
        """Return `1,200 of 20,000 files, 85 a second, 12 refused, about 4 minutes left`."""
        begin, before = self._marks[0]
        rate = (self._done - before) / max(now - begin, 0.001)
        pieces = [f"{self._done:,} of {self._total:,} files"]
        if rate:
            pieces.append(f"{rate:,.0f} a second" if rate >= 1 else f"{max(rate * 60, 1):.0f} a minute")
        if self._refused:
            pieces.append(f"{self._refused:,} refused")
        if rate:
            pieces.append(_time_left((self._total - self._done) / rate))
        return ", ".join(pieces)

    def _draw(self, now: float) -> None:
        if self._bar is None:
            self._bar = _bar(self._total, self._color)
            BARS.append(self._bar.stop)
        (task,) = self._bar.task_ids
        self._bar.update(task, completed=self._done, description=self.words(now))
        if self._bar.live.is_started:
            self._bar.refresh()
        else:
            self._bar.start()


def _bar(total: int, color: str) -> "RichProgress":
    """A bar that this thread alone draws, and that no stream is redirected for."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as RichProgress

    console = Console(file=sys.stderr, force_terminal=True, no_color=not coloured(sys.stderr, color), highlight=False)
    bar = RichProgress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        console=console,
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        expand=True,
    )
    bar.add_task("", total=total)
    return bar


def _time_left(seconds: float) -> str:
    if seconds < 60:
        return "less than a minute left"
    minutes = round(seconds / 60)
    return f"about {number_of(minutes, 'minute') if minutes < 90 else number_of(round(minutes / 60), 'hour')} left"
