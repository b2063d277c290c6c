"""What a run would overwrite of its own: refused as wrong usage before anything is written."""

import contextlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import TypeAlias

import click

from converter.source.inputs import Input
from converter.source.url import PathOrUrl, Url, place_of

RESULT, ERRORS = "-qpp.json", "-error.json"
"""Endings of what a folder of results gets for each input."""
STATE, LOCK = KEPT = (".qrda2qpp.run.jsonl", ".qrda2qpp.lock")
"""What a folder gets beside them: what `--resume` needs, and what keeps other runs out; no temporary files."""
_Identity: TypeAlias = tuple[int, int] | str


def result_path(folder: PathOrUrl, output: PurePosixPath, ending: str) -> PathOrUrl:
    """PathOrUrl of a result: `folder/parent/NAME-qpp.json` or `...-error.json`."""
    parts = (*output.parent.parts, f"{output.name}{ending}")
    return folder.child(*parts) if isinstance(folder, Url) else folder.joinpath(*parts)


def same_file(one: PathOrUrl, other: PathOrUrl) -> bool:
    """Whether two places are the same file, also where it does not exist yet."""
    identity = _identity(one)
    return _place(one) == _place(other) or (identity is not None and identity == _identity(other))


def refuse_overwriting(
    inputs: Sequence[Input],
    reports: Sequence[PathOrUrl],
    output: PathOrUrl | None = None,
    out: PathOrUrl | None = None,
    others: Iterable[str] = (),
) -> None:
    """Refuse outputs that are sources of the run or other files that it reads, and reports that are results of it.

    Args:
        inputs: what is read.
        reports: files of the reports.
        output: file of the one result, or None.
        out: folder of the results, or None.
        others: what else is read, such as lists of sources; - is standard input.

    Raises:
        click.UsageError: one is.
    """
    others_read = set(_others(others))
    written = [*reports, *([output] if output is not None else [])]
    if others_read and (same := next((file for file in written if _identity(file) in others_read), None)):
        raise click.UsageError(f"{same} would be overwritten, which is read in this run.")
    sources = {*others_read, *_sources(inputs)}
    if output is not None and _identity(output) in sources:
        raise click.UsageError("The output would overwrite the source.")
    if any(_identity(file) in sources for file in reports):
        raise click.UsageError("The report would overwrite a source.")
    if output is not None and any(same_file(file, output) for file in reports):
        raise click.UsageError("The report would overwrite the output.")
    if out is not None:
        _refuse_results(_results(inputs, out), sources, reports)


def _refuse_results(results: Iterable[PathOrUrl], sources: set[_Identity], reports: Sequence[PathOrUrl]) -> None:
    names = {file.name.casefold() for file in reports}
    known = {_identity(file) for file in reports} - {None}
    for result in results:
        identity = _identity(result)
        if identity in sources:
            raise click.UsageError(f"The result {result} would overwrite a source.")
        # To follow every path through its folders would take long.
        link = not isinstance(result, Url) and result.is_symlink()
        named = (result.name.casefold() in names or link) and any(same_file(result, file) for file in reports)
        if named or identity in known:
            raise click.UsageError(f"A report would overwrite the result {result}, or be overwritten by it.")


def _results(inputs: Sequence[Input], out: PathOrUrl) -> Iterator[PathOrUrl]:
    if not isinstance(out, Url):
        yield from (out / name for name in KEPT)
    for item in inputs:
        yield result_path(out, item.output, RESULT)
        yield result_path(out, item.output, ERRORS)


def _sources(inputs: Sequence[Input]) -> Iterator[_Identity]:
    last: PathOrUrl | None = None
    for item in inputs:
        if item.path != last and item.path is not None and (identity := _identity(item.path)):
            yield identity
        last = item.path  # members of an archive come one after the other
    if any(item.path is None for item in inputs):
        yield from _stdin()


def _others(words: Iterable[str]) -> Iterator[_Identity]:
    for word in words:
        if word == "-":
            yield from _stdin()
        elif identity := _identity(place_of(word)):
            yield identity


def _stdin() -> Iterator[_Identity]:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        if identity := _identity(sys.stdin.fileno()):
            yield identity


def _identity(file: PathOrUrl | int) -> _Identity | None:
    """What tells a file from others; None for one that does not exist, and for devices and pipes."""
    if isinstance(file, Url):
        return file.key
    with contextlib.suppress(OSError, ValueError):
        state = os.stat(file)
        if stat.S_ISREG(state.st_mode) and state.st_ino:
            return state.st_dev, state.st_ino
    return None


def _place(path: PathOrUrl) -> str:
    if isinstance(path, Url):
        return path.key
    return os.path.normcase(os.path.realpath(path))
