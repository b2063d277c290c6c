"""What an earlier run into the same folder has done already, and what this one keeps for the next."""

import contextlib
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from converter import __version__
from converter.batch.state import Anew, Entry, Known, Made, State, key_of
from converter.cli.overwrites import ERRORS, RESULT, STATE, result_path
from converter.cli.state_file import StateFile, only_run
from converter.cli.work import EXIT_OK, Done, Work
from converter.errors import SourceError
from converter.facts.files import data_digest
from converter.source.inputs import Input
from converter.source.url import PathOrUrl, Url

if TYPE_CHECKING:
    from converter.cli.runner import Run

_WHY = {
    Anew.NO_RUN: "there is none in {out}",
    Anew.UNREADABLE: "its file {state} cannot be read",
    Anew.DAMAGED: "its file {state} is damaged",
    Anew.OTHER_TOOL: "it was made with another version of this tool",
    Anew.OTHER_DATA: "it was made with other data files (catalogs, profiles or rules)",
    Anew.OTHER_OPTIONS: "it was made with other options",
}


class Earlier:
    """What is known of the inputs of a run before they are dealt with, and what is kept of them then."""

    def __init__(self, run: "Run", state: State, out: Path) -> None:
        self._run, self._out = run, out
        self._state: State | None = state
        self.count = 0
        """How many inputs need not be dealt with."""

    def unchanged(self, inputs: Sequence[Input], without: Mapping[int, object]) -> dict[int, Known]:
        """Return what is known of the inputs that need not be dealt with, by number.

        Their bytes are the same, and their results are there as they were written.

        Args:
            inputs: the inputs.
            without: numbers of those that are not asked about.
        """
        numbers = (number for number in range(len(inputs)) if number not in without)
        return {number: known for number in numbers if (known := self._known(inputs[number]))}

    def done(self, known: Known) -> Done | None:
        """Return what became of an input in the earlier run; None where that can no longer be read."""
        entry = self._state.entry(known) if self._state else None
        if entry is None:
            return None
        self.count += 1
        return Done(entry.code, None, entry.record, entry.name, entry.traces, seconds=entry.seconds)

    def add(self, item: Input, done: Done) -> None:
        """Keep what became of an input, if it would be the same again."""
        if self._state is None or not (done.content and done.written and done.record):
            return
        key = key_of(item.name, item.output)
        try:
            self._state.add(
                Entry(key, done.content, done.written, done.code, done.name, done.record, done.traces, done.seconds)
            )
        except OSError as error:
            self._state = None
            _say_not_kept(self._run, error)

    def _known(self, item: Input) -> Known | None:
        known = self._state.find(key_of(item.name, item.output)) if self._state else None
        if known is None or not _can_be_read_again(item):
            return None
        good, bad = (Path(str(result_path(self._out, item.output, ending))) for ending in (RESULT, ERRORS))
        result, other = (good, bad) if known.code == EXIT_OK else (bad, good)
        same = _digest(result) == known.written and not os.path.lexists(other)
        return known if same and _digest_of_source(item) == known.content else None


@contextlib.contextmanager
def earlier_run(run: "Run", work: Work, out: PathOrUrl, resume: bool) -> Iterator[Earlier | None]:
    """Keep other runs out of the folder of results, and open the state of the runs into it.

    None for a URL, and where no state can be kept, which is said: the results are written all the same, if they can be.

    Args:
        run: how.
        work: what is done with each input.
        out: the folder, or its URL.
        resume: whether what an earlier run has done is kept.

    Raises:
        click.UsageError: another run is at work there.
    """
    if isinstance(out, Url):
        yield None
        return
    with contextlib.ExitStack() as held:
        earlier = None
        try:
            held.enter_context(only_run(out))
            state = State(StateFile(out / STATE), _made(work))
            held.callback(state.close)
            _open(run, state, out, resume)
            earlier = Earlier(run, state, out)
        except OSError as error:
            _say_not_kept(run, error)
        yield earlier


def _open(run: "Run", state: State, out: Path, resume: bool) -> None:
    if not resume:
        state.begin()
    elif (why := state.resume()) is not None:
        run.say(f"Nothing of an earlier run is kept: {_WHY[why].format(out=run.named(out), state=STATE)}.")
    elif state.damaged:
        run.say(f"The file {STATE} is damaged in part; what it no longer says is done again.")


def _say_not_kept(run: "Run", error: OSError) -> None:
    problem = error.strerror or type(error).__name__
    run.say(f"What is done cannot be kept for --resume ({problem}); the results are not affected.")


def _made(work: Work) -> Made:
    """What the results depend on. A longer time limit changes none of those that are kept."""
    options = work.options._replace(limits=work.options.limits._replace(seconds=None))
    words = repr((options, work.verify, work.show_ids))
    return Made(__version__, data_digest(work.folders), sha256(words.encode()).hexdigest())


def _can_be_read_again(item: Input) -> bool:
    """Whether an input is a file; what a pipe gives is read only once."""
    return isinstance(item.path, Url) or (item.path is not None and item.path.is_file())


def _digest_of_source(item: Input) -> str | None:
    try:
        return sha256(item.read()).hexdigest()
    except (SourceError, OSError, MemoryError):
        return None


def _digest(path: Path) -> str | None:
    """Digest of a result; None where it is not there, or no regular file."""
    try:
        return sha256(path.read_bytes()).hexdigest() if stat.S_ISREG(os.stat(path).st_mode) else None
    except (OSError, ValueError):
        return None
