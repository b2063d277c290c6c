"""Goes through the inputs of a run: here or in other processes, each told of what others have to do with it."""

import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from converter.batch.portions import portions, processors, worth_sharing
from converter.cli.output import write_file
from converter.cli.progress import Progress
from converter.cli.work import EXIT_OK, Done, Work
from converter.result import Result
from converter.source.inputs import Input

if TYPE_CHECKING:
    from converter.account.across_files import Batch
    from converter.cli.runner import Run

NO_RESULTS: Mapping[int, Result] = {}


def dealt(
    run: "Run", inputs: Sequence[Input], work: Work, refused: Mapping[int, Result] = NO_RESULTS, *, alone: bool = False
) -> Generator[Done, None, None]:
    """Deal with inputs, in this process or in several, and yield what became of them in their order.

    Args:
        run: how.
        inputs: the inputs.
        work: what is done with each.
        refused: number of an input that is not to be dealt with -> its result.
        alone: whether each is dealt with for itself, without what others have to do with it.
    """
    batch = None if alone else _batch(run, inputs)
    work = replace(work, compared=batch is not None, recorded=work.recorded or run.summary is not None)
    every = _dealt(run, inputs, work, refused, batch)
    with Progress(len(inputs), run) as progress:
        for done in _summarised(run, every) if run.summary else every:
            progress.add(done.code == EXIT_OK)
            yield done


def _summarised(run: "Run", every: Iterator[Done]) -> Iterator[Done]:
    """Write a row for each input into the summary; it is written once all are done.

    Raises:
        OSError: it cannot be written.
    """
    from converter.cli.summary_file import SummaryFile

    assert run.summary is not None
    failure: OSError | None = None
    rows = SummaryFile()
    try:
        for done in every:
            if done.record and failure is None:
                try:
                    rows.add(done.record, done.seconds)
                except OSError as error:  # the run goes on all the same
                    failure = error
            yield done
        if failure is not None:
            raise failure
        write_file(run.summary, rows.pieces(run.summary.suffix.lower() == ".json"))
    finally:
        rows.close()


def _dealt(
    run: "Run", inputs: Sequence[Input], work: Work, refused: Mapping[int, Result], batch: "Batch | None"
) -> Iterator[Done]:
    jobs = min(run.jobs or processors(), len(inputs))
    elsewhere: Iterator[Done] | None = None
    if jobs > 1 and worth_sharing(inputs):
        shared = [one for number, one in enumerate(inputs) if number not in refused and one.path]
        elsewhere = _elsewhere(run, shared, work, jobs)
    for number, item in enumerate(inputs):
        if number in refused:
            yield work.done(refused[number])
        elif elsewhere and item.path:
            yield _and_compared(next(elsewhere), batch)
        else:
            begin = time.perf_counter()
            result = work.result(item)
            done = work.done(result.compared(batch) if batch else result)
            yield done._replace(seconds=time.perf_counter() - begin)


def _elsewhere(run: "Run", inputs: Sequence[Input], work: Work, jobs: int) -> Iterator[Done]:
    """Let other processes deal with inputs; what one of them took along is said of its input."""
    from converter.batch.lost import lost_result
    from converter.batch.processes import in_order

    for item, found in in_order(work, portions(inputs), jobs, run.options.limits.seconds):
        if isinstance(found, Done):
            yield found
        else:
            yield work.done(work.written(lost_result(item.name, found, run.options), item))


def _batch(run: "Run", inputs: Sequence[Input]) -> "Batch | None":
    """What compares the submissions of a run; None where there can be only one."""
    if len(inputs) < 2 and not run.options.submissions:
        return None
    from converter.account.across_files import Batch

    return Batch()


def _and_compared(done: Done, batch: "Batch | None") -> Done:
    """What became of an input in another process, with what the files before it have to do with it."""
    more = batch.compare(done.name, done.traces, done.places.get) if batch else []
    if not more:
        return done
    result = done.result.with_findings((*done.result.findings, *more)) if done.result is not None else None
    return done._replace(result=result, record=done.record and done.record.and_more(more))
