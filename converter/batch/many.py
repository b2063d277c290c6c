"""Convert or check many inputs from a program: results in order, in memory that does not grow with their number."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeAlias, cast

from converter.account.across_files import Batch, Trace
from converter.batch.lost import Lost, lost_result
from converter.batch.portions import portions
from converter.door import CatalogFolders, check_options, known_year
from converter.errors import SourceError, UsageError
from converter.facts.files import Folders, data_folders, folders_here
from converter.findings.place import Place
from converter.pipeline import Options, convert_source
from converter.result import Conversion, Result, SubmissionCheck
from converter.source.inputs import Endings, Input, expand, failing
from converter.source.limits import DEFAULT_LIMITS, Limits
from converter.source.url import place_of

Source: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview
Sources: TypeAlias = Source | Iterable[Source]
_Traced: TypeAlias = tuple[tuple[Trace, ...], Mapping[str, Place | None]]
_Found: TypeAlias = tuple[Result, _Traced | None]
"""A result, and what other files have to do with it; None where the result can still tell that itself."""

_DOCUMENTS, _ALL = (".xml",), (".xml", ".json")
_AHEAD = 32
"""Inputs that are given to an executor before they are asked for."""


def convert_many(  # noqa: PLR0913 - options of a call
    sources: Sources,
    *,
    year: int | None = None,
    catalog: CatalogFolders = None,
    limits: Limits = DEFAULT_LIMITS,
    jobs: int = 1,
    executor: Executor | None = None,
    timeout: float | None = None,
    together: bool = False,
) -> Iterator[Conversion]:
    """Convert QRDA III documents, and yield a conversion for each in the order of the sources.

    Args:
        sources: a path, a URL or bytes, or several: of files, folders, patterns and archives, as on the command line.
        year: performance year that the documents are said to be of; None to find it from each.
        catalog: folder or folders with catalogs and profiles that add or replace years.
        limits: sizes beyond which a document is refused.
        jobs: processes that share the work. With more than 1 the main module of the program is run anew in each, so
            that it must be guarded by `if __name__ == "__main__":`.
        executor: an executor of `concurrent.futures` to work in, in place of processes of our own.
        timeout: seconds that one document may take; None for any. A process of our own that is stuck is ended.
        together: whether findings say what the files have to do with each other, such as the same data twice.

    Returns:
        The conversions. What cannot be read is one with a finding, and so is what took its process along. With jobs or
        an executor they have let their documents go, as `detach` does.

    Raises:
        UsageError: the year is not known, or `jobs` is less than 1.
        DataFileError: a catalog folder is missing or one of its files does not have the right shape.
    """
    options = Options(year=year, limits=limits._replace(seconds=timeout or limits.seconds))
    folders = data_folders(catalog)
    known_year(year, folders)
    return cast(Iterator[Conversion], _many(sources, _Work(folders, options, together), _DOCUMENTS, jobs, executor))


def check_many(  # noqa: PLR0913 - options of a call
    sources: Sources,
    *,
    year: int | None = None,
    catalog: CatalogFolders = None,
    limits: Limits = DEFAULT_LIMITS,
    xsd: str | os.PathLike[str] | None = None,
    guide: str = "cms",
    strict_guide: bool = False,
    jobs: int = 1,
    executor: Executor | None = None,
    timeout: float | None = None,
    together: bool = False,
) -> Iterator[Conversion | SubmissionCheck]:
    """Check QRDA III documents and QPP JSON files as `check` does, and yield what became of each in order.

    Arguments and errors are those of `convert_many`; `xsd`, `guide` and `strict_guide` are those of `check`.
    """
    from converter.structure import load_structure

    limits = limits._replace(seconds=timeout or limits.seconds)
    options = check_options(year, limits, load_structure(xsd), guide, strict_guide)
    folders = data_folders(catalog)
    known_year(year, folders)
    found = _many(sources, _Work(folders, options, together), _ALL, jobs, executor)
    return cast(Iterator[Conversion | SubmissionCheck], found)


@dataclass(frozen=True, slots=True)
class _Work:
    """How each input is dealt with. It travels to other processes."""

    folders: Folders
    options: Options
    together: bool

    def __call__(self, item: Input) -> _Found:
        """Deal with an input; what is returned can travel."""
        result = convert_source(item.name, item.read, folders_here(self.folders), self.options)
        traces = result.traces() if self.together else ()
        places = {pointer: result.trace_place(pointer) for one in traces for pointer in one.pointers}
        return result.detach(), (traces, places)

    def here(self, item: Input) -> Result:
        """Deal with an input; the result still holds its document."""
        return convert_source(item.name, item.read, self.folders, self.options)

    def lost(self, item: Input, why: Lost) -> _Found:
        """Return the result of an input whose process did not finish it."""
        return lost_result(item.name, why, self.options), None


def _many(sources: Sources, work: _Work, endings: Endings, jobs: int, executor: Executor | None) -> Iterator[Result]:
    if jobs < 1:
        raise UsageError(f"At least 1 process is needed, not {jobs}.")
    inputs = _inputs(sources, work.options.limits, endings)
    return _compared(_found(inputs, work, jobs, executor), Batch() if work.together else None)


def _found(inputs: Iterable[Input], work: _Work, jobs: int, executor: Executor | None) -> Iterator[_Found]:
    if executor is not None:
        yield from _by_executor(inputs, work, executor)
    elif jobs == 1:
        yield from ((work.here(item), None) for item in inputs)
    else:
        from converter.batch.processes import in_order  # loaded where its processes are wanted

        for item, found in in_order(work, portions(inputs), jobs, work.options.limits.seconds):
            yield work.lost(item, found) if isinstance(found, Lost) else found


def _by_executor(inputs: Iterable[Input], work: _Work, executor: Executor) -> Iterator[_Found]:
    under_way: deque[tuple[Input, Future[_Found]]] = deque()

    def first() -> _Found:
        item, future = under_way.popleft()
        if not _killed(future):
            return future.result()
        if not isinstance(future.exception(), BrokenExecutor):
            # Dask blames all that a worker had before it; what is tried alone is the cause, or is not.
            wait([one for _, one in under_way])
            future = executor.submit(work, item)
        return work.lost(item, Lost.DIED) if _killed(future) else future.result()

    try:
        for item in inputs:
            under_way.append((item, executor.submit(work, item)))
            if len(under_way) >= _AHEAD:
                yield first()
        while under_way:
            yield first()
    finally:
        for _, future in under_way:
            future.cancel()


def _killed(future: Future[_Found]) -> bool:
    """Whether a process died of a task, in words of `concurrent.futures` or of Dask, which is not loaded for it."""
    error = future.exception()
    return isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker"


def _compared(found: Iterable[_Found], batch: Batch | None) -> Iterator[Result]:
    for result, traced in found:
        if batch is None:
            yield result
        elif traced is None:
            yield result.compared(batch)
        else:
            more = batch.compare(result.masked_name, traced[0], traced[1].get)
            yield result.and_more(more) if more else result


def _inputs(sources: Sources, limits: Limits, endings: Endings) -> Iterator[Input]:
    """The inputs that sources name; one that names nothing is an input that cannot be read."""
    ones = [sources] if isinstance(sources, str | os.PathLike | bytes | bytearray | memoryview) else sources
    for one in ones:
        if isinstance(one, bytes | bytearray | memoryview):
            yield Input("bytes", PurePosixPath("bytes"), bytes(one).__bytes__, None, len(one))
            continue
        if not isinstance(one, str | os.PathLike):
            raise UsageError(f"A source is a path or bytes, not {type(one).__name__}.")
        word = os.fspath(one)
        try:
            yield from expand([word], limits, endings)
        except UsageError as error:
            yield failing(place_of(word), PurePosixPath("missing"), SourceError(str(error).rstrip(".")))
