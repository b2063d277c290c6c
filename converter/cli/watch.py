"""`convert --watch`: a folder whose files are converted as they arrive, until the command is told to end."""

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Event
from typing import Any

import click

from converter.batch.arrivals import USUAL, arrivals
from converter.batch.record import Fate, Record
from converter.cli.dealing import dealt
from converter.cli.earlier import Earlier, earlier_run
from converter.cli.output import remove_file
from converter.cli.overwrites import ERRORS, RESULT, result_path
from converter.cli.runner import Run
from converter.cli.signals import as_requests
from converter.cli.taken import Names, is_gone
from converter.cli.work import EXIT_BLOCKED, EXIT_OK, Done, Work, failed
from converter.errors import SourceError
from converter.findings import kinds
from converter.language.visible import visible
from converter.result import Result
from converter.source.inputs import Input, found_below
from converter.source.url import PathOrUrl

_ENDINGS = (".xml",)
_WORDS: Mapping[Fate, str] = {
    Fate.ACCEPTED: "converted",
    Fate.UNCHECKED: "converted, not fully checked",
    Fate.COSTS_POINTS: "converted, accepted at a cost",
    Fate.WOULD_BE_REJECTED: "converted, but CMS would reject it",
}
"""What is said of a file that nothing blocked."""


def refuse_others(sources: tuple[str, ...], options: Mapping[str, Any]) -> None:
    """Refuse what makes no sense for a folder that is watched.

    Raises:
        click.UsageError: a source or such an option is given, or the folder of the results is not.
    """
    if sources:
        raise click.UsageError("Give a SOURCE or --watch, not both; --watch converts what is in its folder, too.")
    for name in ("-o", "--report", "--summary", "--from-file"):
        if options[name]:
            raise click.UsageError(f"{name} and --watch cannot be used together: a watched folder has no last file.")
    if options["--out"] is None:
        raise click.UsageError("--watch needs --out DIR.")


def watch(run: Run, folder: Path, out: PathOrUrl, verify: bool, resume: bool) -> int:
    """Convert what is in a folder and what arrives there, until a signal ends it; return the exit code.

    That is 0 after such an end, whatever became of the files, and 1 where the folder is gone or cannot be read.

    Raises:
        click.UsageError: the folder does not exist, the results would go into it, or another run writes there.
        OSError: the folder of the results cannot be made.
    """
    if not os.path.isdir(folder):
        raise click.UsageError(f"There is no folder {folder}.")
    if isinstance(out, Path):
        if is_within(out, folder):
            raise click.UsageError("The results cannot go into the folder that is watched; name another one for --out.")
        out.mkdir(parents=True, exist_ok=True)
    stop, tally, code = Event(), run.tally(), EXIT_OK
    count = converted = 0
    work = Work(run.folders, run.options, run.show_ids, out, verify, kept=False)
    with earlier_run(run, work, out, resume) as earlier, as_requests(stop):
        run.say(f"Watching {run.named(folder)}; the results go into {run.named(out)}. Ctrl-C ends it.")
        try:
            for done in _each(run, folder, work, stop, earlier):
                count += 1
                converted += done.code == EXIT_OK
                if tally and done.record:
                    tally.add(done.record)
                    _say(run, done.record)
        except SourceError as error:
            code = EXIT_BLOCKED
            run.say(f"The folder {run.named(folder)} cannot be watched: {error}.")
    if tally and count:
        run.say("\n".join(tally.lines(f"{converted} of {count} converted into {run.named(out)}")))
    return code


def _each(run: Run, folder: Path, work: Work, stop: Event, earlier: Earlier | None) -> Iterator[Done]:
    """Deal with what is in the folder and what arrives there; between two files it may be ended.

    Raises:
        SourceError: the folder is gone or cannot be read.
    """
    assert work.out is not None
    names = Names()
    with contextlib.closing(arrivals(folder, _ENDINGS, stop, USUAL)) as batches:
        for found in batches:
            inputs = list(found_below(folder, found, run.options.limits, _ENDINGS))
            refused = {**_leading_back(inputs, work.out, folder), **names.refused(inputs)}
            with contextlib.closing(dealt(run, inputs, work, refused, earlier, alone=True)) as every:
                for item, done in zip(inputs, every, strict=True):
                    if not _forgotten(item, done, work.out):
                        yield done
                    if stop.is_set():
                        return


def _leading_back(inputs: Sequence[Input], out: PathOrUrl, folder: Path) -> dict[int, Result]:
    """What becomes of inputs whose result is a link into the watched folder, where nothing is to be changed."""
    problem = "its place is a link into the folder that is watched"
    return {
        number: failed(item, kinds.OUTPUT_UNWRITABLE, problem=problem)
        for number, item in enumerate(inputs)
        for result in (result_path(out, item.output, ending) for ending in (RESULT, ERRORS))
        if isinstance(result, Path) and result.is_symlink() and is_within(result, folder)
    }


def _forgotten(item: Input, done: Done, out: PathOrUrl) -> bool:
    """Whether a file was gone before it could be read; nothing is left of it then."""
    if done.record is None or done.record.fate is not Fate.NOT_READ or not is_gone(item.path):
        return False
    with contextlib.suppress(OSError):
        remove_file(result_path(out, item.output, ERRORS))
    return True


def _say(run: Run, one: Record) -> None:
    if one.ok:
        run.say(f"{visible(one.source)}: {_WORDS[one.fate]}")
    else:
        run.say_refusal(one)


def is_within(path: Path, folder: Path) -> bool:
    """Whether a path, which need not exist, is a folder or leads into it, by whatever name."""
    real = Path(os.path.realpath(path))
    for one in (real, *real.parents):
        with contextlib.suppress(OSError):
            if os.path.samefile(one, folder):
                return True
    return False
