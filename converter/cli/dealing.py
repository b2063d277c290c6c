"""Goes through the inputs of a run: here or in other processes, each told of what others have to do with it."""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from converter.batch.portions import portions, processors, worth_sharing
from converter.cli.output import write_file
from converter.cli.progress import Progress
from converter.cli.work import EXIT_OK, Done, Work
from converter.result import Result
from converter.source.input_list import InputList
from converter.source.inputs import Input

if TYPE_CHECKING:
    from converter.account.across_files import Batch
    from converter.batch.lost import Lost
    from converter.cli.earlier import Earlier
    from converter.cli.runner import Run

NO_RESULTS: Mapping[int, Result] = {}


def dealt(
    run: "Run",
    inputs: Sequence[Input],
    work: Work,
    refused: Mapping[int, Result] = NO_RESULTS,
    earlier: "Earlier | None" = None,
    *,
    alone: bool = False,
) -> Generator[Done, None, None]:
    """Deal with inputs, in this process or in several, and yield what became of them in their order.

    Args:
        run: how.
        inputs: the inputs.
        work: what is done with each.
        refused: number of an input that is not to be dealt with -> its result.
        earlier: what an earlier run has done, and where it is kept what this one does.
        alone: whether each is dealt with for itself, without what others have to do with it.
    """
    batch = None if alone else _batch(run, inputs)
    work = replace(
        work,
        compared=batch is not None or earlier is not None,
        recorded=work.recorded or run.summary is not None or earlier is not None,
    )
    every = (_and_compared(one, batch) for one in _dealt(run, inputs, work, refused, earlier))
    with Progress(len(inputs), run) as progress:
        for done in _summarised(run, every) if run.summary else every:
            progress.add(done.code == EXIT_OK)
            yield done


def _summarised(run: "Run", every: Iterator[Done]) -> Iterator[Done]:
    """Write a row for each input into the summary; it is written once all are done.

    Raises:
        OSError: it cannot be written.
    """
    from converter.batch.summary_file import SummaryFile

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
    run: "Run", inputs: Sequence[Input], work: Work, refused: Mapping[int, Result], earlier: "Earlier | None"
) -> Iterator[Done]:
    known = earlier.unchanged(inputs, refused) if earlier else {}
    left = inputs
    if refused or known:
        left = InputList(one for number, one in enumerate(inputs) if number not in refused and number not in known)
    jobs = min(run.jobs or processors(), len(left))
    shares = bool(left) and (run.engine is not None or (jobs > 1 and worth_sharing(left)))
    # Closed here, and not when Python clears it away, where an interrupt would be lost.
    with closing(_elsewhere(run, (one for one in left if one.path), work, jobs)) as elsewhere:
        for number, item in enumerate(inputs):
            if number in refused:
                yield work.done(refused[number])
            elif earlier and number in known and (before := earlier.done(known[number])):
                yield before
            else:
                done = next(elsewhere) if shares and item.path and number not in known else work.here(item)
                if earlier:
                    earlier.add(item, done)
                yield done


def _elsewhere(run: "Run", inputs: Iterable[Input], work: Work, jobs: int) -> Generator[Done, None, None]:
    """Let other processes deal with inputs; what one of them took along is said of its input."""
    from converter.batch.lost import lost_result

    with closing(_shared(run, inputs, work, jobs)) as every:
        for item, found in every:
            if isinstance(found, Done):
                yield found
            else:
                yield work.done(work.written(lost_result(item.name, found, run.options), item)[0])


def _shared(
    run: "Run", inputs: Iterable[Input], work: Work, jobs: int
) -> "Generator[tuple[Input, Done | Lost], None, None]":
    if run.engine is not None:
        return run.engine.in_order(work, inputs, jobs)
    from converter.batch.processes import in_order

    return in_order(work, portions(inputs), jobs, run.options.limits.seconds)


def _batch(run: "Run", inputs: Sequence[Input]) -> "Batch | None":
    """What compares the submissions of a run; None where there can be only one."""
    if len(inputs) < 2 and not run.options.submissions:
        return None
    from converter.account.across_files import Batch

    return Batch()


def _and_compared(done: Done, batch: "Batch | None") -> Done:
    """What became of an input, with what the files before it have to do with it."""
    if batch is None or not done.traces:
        return done
    result = done.result
    # A result of another process has let its document go, and brings the places along.
    place_of = done.places.get if done.places or result is None else result.trace_place
    more = batch.compare(done.name, done.traces, place_of)
    if not more:
        return done
    compared = None if result is None else result.and_more(more)
    return done._replace(result=compared, record=done.record and done.record.and_more(more))
