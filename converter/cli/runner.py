"""What `convert` and `check` share: going through the inputs, reporting, and the exit code."""

import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from converter.batch.portions import portions, processors, worth_sharing
from converter.cli.console import coloured, is_terminal, show, width_of
from converter.cli.output import write_file
from converter.cli.report_choices import ReportChoice
from converter.cli.streams import write_stream
from converter.cli.words import echo, echo_progress
from converter.cli.work import Done, Work
from converter.deadline import OutOfTimeError, within
from converter.emitters.reports.formats import emitter
from converter.facts.files import Folders
from converter.findings.mask import masked_text
from converter.pipeline import Options, took_too_long
from converter.result import Result
from converter.source.inputs import Input

if TYPE_CHECKING:
    from converter.account.across_files import Batch
    from converter.batch.record import Record
    from converter.cli.summary import Tally
    from converter.emitters.reports.formats import Emission
    from converter.emitters.reports.report import Report

NO_RESULTS: Mapping[int, Result] = {}


class Run(NamedTuple):
    """How documents are converted and reported in one call of the command."""

    folders: Folders
    options: Options
    reports: tuple[ReportChoice, ...]
    report_to_stdout: bool
    show_ids: bool
    quiet: bool
    brief: bool
    color: str
    jobs: int | None = None
    summary: Path | None = None

    def dealt(self, inputs: Sequence[Input], work: Work, refused: Mapping[int, Result] = NO_RESULTS) -> Iterator[Done]:
        """Deal with inputs, in this process or in several, and yield what became of them in their order.

        Args:
            inputs: the inputs.
            work: what is done with each.
            refused: number of an input that is not to be dealt with -> its result.
        """
        progress = not self.quiet and len(inputs) > 1 and is_terminal(sys.stderr)
        batch = self._batch(inputs)
        work = replace(work, compared=batch is not None, recorded=work.recorded or self.summary is not None)
        every = self._dealt(inputs, work, refused, batch)
        for number, done in enumerate(self._summarised(every) if self.summary else every, 1):
            if progress:
                echo_progress(f"{number} of {len(inputs)}")
            yield done

    def _summarised(self, every: Iterator[Done]) -> Iterator[Done]:
        """Write a row for each input into the summary; it is written once all are done.

        Raises:
            OSError: it cannot be written.
        """
        from converter.cli.summary_file import SummaryFile

        assert self.summary is not None
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
            write_file(self.summary, rows.pieces(self.summary.suffix.lower() == ".json"))
        finally:
            rows.close()

    def _dealt(
        self, inputs: Sequence[Input], work: Work, refused: Mapping[int, Result], batch: "Batch | None"
    ) -> Iterator[Done]:
        jobs = min(self.jobs or processors(), len(inputs))
        elsewhere: Iterator[Done] | None = None
        if jobs > 1 and worth_sharing(inputs):
            shared = [one for number, one in enumerate(inputs) if number not in refused and one.path]
            elsewhere = self._elsewhere(shared, work, jobs)
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

    def _elsewhere(self, inputs: Sequence[Input], work: Work, jobs: int) -> Iterator[Done]:
        """Let other processes deal with inputs; what one of them took along is said of its input."""
        from converter.batch.lost import lost_result
        from converter.batch.processes import in_order

        for item, found in in_order(work, portions(inputs), jobs, self.options.limits.seconds):
            if isinstance(found, Done):
                yield found
            else:
                yield work.done(work.written(lost_result(item.name, found, self.options), item))

    def _batch(self, inputs: Sequence[Input]) -> "Batch | None":
        """What compares the submissions of a run; None where there can be only one."""
        if len(inputs) < 2 and not self.options.submissions:
            return None
        from converter.account.across_files import Batch

        return Batch()

    @property
    def report_files(self) -> list[Path]:
        """Files of the reports, and of the summary."""
        return [*(one.file for one in self.reports if one.file), *([self.summary] if self.summary else [])]

    def say(self, words: str) -> None:
        """Print words to standard error, unless asked to be quiet."""
        if not self.quiet:
            echo(words, err=True, nl=not words.endswith("\n"))

    def say_report(self, report: "Report") -> None:
        """Print the text report of one document to standard error, unless asked to be quiet."""
        if not self.quiet:
            emission = self._begin("text", sys.stderr)
            try:
                emission.add(report)
                self._print("text", emission.pieces(), err=True)
            finally:
                emission.close()

    def say_refusal(self, one: "Record") -> None:
        """Tell what became of a document that was refused, and its first cause, unless asked to be quiet."""
        if not self.quiet:
            from converter.cli.summary import refusal

            self.say(refusal(one, width_of(sys.stderr)))

    def tally(self, wanted: bool = True) -> "Tally | None":
        """What counts the results for a summary; None where none is wanted, or where the run is quiet."""
        if self.quiet or not wanted:
            return None
        from converter.cli.summary import Tally

        return Tally()

    def _write_reports(self, results: Iterable[Result]) -> bool:
        """Write the reports that were asked for; each covers the whole run. All results are taken in any case.

        All reports are made in one pass, with one document in memory at a time. False where a document is left out.

        Raises:
            OSError: a file cannot be written; the other reports are.
        """
        emissions = [(choice, self._begin(choice.form, self._stream(choice))) for choice in self.reports]
        failures: dict[ReportChoice | None, OSError] = {}
        complete = True
        try:
            with _kept(failures, None):  # what ends the results is that their summary cannot be written
                for result in results:
                    if not emissions:  # what a report needs is not worked out for none
                        continue
                    report = result.report()
                    for choice, emission in emissions:
                        if choice not in failures:
                            with _kept(failures, choice):
                                complete &= self._add(emission, report)
            for choice, emission in emissions:
                if choice not in failures:
                    with _kept(failures, choice):
                        self._write(choice, emission.pieces())
        finally:
            for _, emission in emissions:
                emission.close()
        for failure in failures.values():
            raise failure
        return complete

    def _add(self, emission: "Emission", report: "Report") -> bool:
        """Write about one more document; False where that took too long, which is what is then written about it."""
        seconds = self.options.limits.seconds
        try:
            with within(seconds):
                emission.add(report)
        except OutOfTimeError:
            emission.add(took_too_long(report.name, self.options).report())
            self.say(f"The report on {masked_text(report.name)} took longer than {seconds:g} seconds; it is left out.")
            return False
        return True

    def wrote_reports(self, results: Iterable[Result]) -> bool:
        """Write the reports that were asked for, and say whether all could be written; why one could not is printed."""
        try:
            return self._write_reports(results)
        except BrokenPipeError:  # its reader has gone, and wants to hear no more
            return False
        except OSError as error:
            what = "A report or the summary" if self.summary else "The report"
            self.say(f"{what} could not be written: {error.strerror or type(error).__name__}.")
            return False

    def _write(self, choice: ReportChoice, pieces: Iterable[str]) -> None:
        stream = self._stream(choice)
        if choice.file:
            write_file(choice.file, pieces)
        else:
            self._print(choice.form, pieces, err=stream is sys.stderr)

    def _stream(self, choice: ReportChoice) -> TextIO | None:
        """The stream that a report is printed to; None for a file."""
        if choice.file:
            return None
        return sys.stdout if self.report_to_stdout or choice.to_stdout else sys.stderr

    def _begin(self, form: str, stream: TextIO | None) -> "Emission":
        """Begin a report for a stream, or for a file where that is None."""
        if form != "text":
            return emitter(form).start(self.show_ids)
        if self.brief:
            from converter.emitters.reports.brief import Brief

            return Brief(self.show_ids)
        from converter.emitters.reports.text import Text

        return Text(self.show_ids, width_of(stream))

    def _print(self, form: str, pieces: Iterable[str], *, err: bool) -> None:
        """Print a report: one for machines byte for byte, a text report in colour where that is wanted."""
        stream = sys.stderr if err else sys.stdout
        if form == "text" and coloured(stream, self.color):
            for piece in pieces:
                show(piece, stream, self.color)
        elif form == "text" and err:
            for piece in pieces:
                echo(piece, err=True, nl=False)
        else:
            write_stream(stream, pieces)


@contextmanager
def _kept(failures: dict[ReportChoice | None, OSError], choice: ReportChoice | None) -> Iterator[None]:
    """Keep the failure of a report, or of the summary (None), so that the others are written."""
    try:
        yield
    except OSError as error:
        failures[choice] = error


def _and_compared(done: Done, batch: "Batch | None") -> Done:
    """What became of an input in another process, with what the files before it have to do with it."""
    more = batch.compare(done.name, done.traces, done.places.get) if batch else []
    if not more:
        return done
    result = done.result.with_findings((*done.result.findings, *more)) if done.result is not None else None
    return done._replace(result=result, record=done.record and done.record.and_more(more))
