"""What `convert` and `check` share: going through the inputs, reporting, and the exit code."""

import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from converter.cli.console import coloured, is_terminal, show, width_of
from converter.cli.output import write_file
from converter.cli.report_choices import ReportChoice
from converter.cli.streams import write_stream
from converter.cli.words import echo, echo_progress
from converter.emitters.reports.formats import emitter
from converter.facts.files import Folders
from converter.findings.finding import Severity, Stage
from converter.pipeline import Options, convert_source
from converter.result import Result
from converter.source.inputs import Input

if TYPE_CHECKING:
    from converter.account.across_files import Batch
    from converter.cli.summary import Tally
    from converter.emitters.reports.report import Report

EXIT_OK, EXIT_BLOCKED, EXIT_INTERNAL = 0, 1, 3


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

    def results(self, inputs: Sequence[Input]) -> Iterator[tuple[Input, Result]]:
        """Convert the inputs one by one, with progress on a terminal when there are many."""
        progress = not self.quiet and len(inputs) > 1 and is_terminal(sys.stderr)
        batch = self._batch(inputs)
        for number, item in enumerate(inputs, 1):
            if progress:
                echo_progress(f"{number} of {len(inputs)}")
            result = convert_source(item.name, item.read, self.folders, self.options)
            yield item, result.compared(batch) if batch else result

    def _batch(self, inputs: Sequence[Input]) -> "Batch | None":
        """What compares the submissions of a run; None where there can be only one."""
        if len(inputs) < 2 and not self.options.submissions:
            return None
        from converter.account.across_files import Batch

        return Batch()

    @property
    def report_files(self) -> list[Path]:
        """Files of the reports."""
        return [one.file for one in self.reports if one.file]

    def say(self, words: str) -> None:
        """Print words to standard error, unless asked to be quiet."""
        if not self.quiet:
            echo(words, err=True, nl=not words.endswith("\n"))

    def say_report(self, report: "Report") -> None:
        """Print the text report of one document to standard error, unless asked to be quiet."""
        if not self.quiet:
            self._print("text", self._content("text", [report], sys.stderr), err=True)

    def say_refusal(self, result: Result) -> None:
        """Tell what became of a document that was refused, and its first cause, unless asked to be quiet."""
        if not self.quiet:
            from converter.cli.summary import refusal

            self.say(refusal(result, self.show_ids, width_of(sys.stderr)))

    def tally(self, wanted: bool = True) -> "Tally | None":
        """What counts the results for a summary; None where none is wanted, or where the run is quiet."""
        if self.quiet or not wanted:
            return None
        from converter.cli.summary import Tally

        return Tally()

    def _write_reports(self, results: Iterable[Result]) -> None:
        """Write the reports that were asked for; each covers the whole run. All results are taken in any case.

        For one report only one document is in memory at a time. For several the results let go of their documents.

        Raises:
            OSError: a file cannot be written; the other reports are.
        """
        if not self.reports:
            deque(results, maxlen=0)
            return
        reports: Iterable[Report] = (one.report() for one in results)
        if len(self.reports) > 1:
            reports = [one.detach().report() for one in results]
        failure: OSError | None = None
        for choice in self.reports:
            try:
                self._write(choice, reports)
            except OSError as error:
                failure = failure or error
        if failure:
            raise failure

    def wrote_reports(self, results: Iterable[Result]) -> bool:
        """Write the reports that were asked for, and say whether all could be written; why one could not is printed."""
        try:
            self._write_reports(results)
        except BrokenPipeError:  # its reader has gone, and wants to hear no more
            return False
        except OSError as error:
            self.say(f"The report could not be written: {error.strerror or type(error).__name__}.")
            return False
        return True

    def _write(self, choice: ReportChoice, reports: "Iterable[Report]") -> None:
        if choice.file:
            write_file(choice.file, self._content(choice.form, reports, None))
            return
        to_stdout = self.report_to_stdout or choice.to_stdout
        stream = sys.stdout if to_stdout else sys.stderr
        self._print(choice.form, self._content(choice.form, reports, stream), err=not to_stdout)

    def _content(self, form: str, reports: "Iterable[Report]", stream: TextIO | None) -> str:
        """Return a report for a stream, or for a file where that is None."""
        if form != "text":
            return emitter(form)(reports, self.show_ids)
        if self.brief:
            from converter.emitters.reports.brief import brief

            return brief(reports, self.show_ids)
        from converter.emitters.reports.text import text

        return text(reports, self.show_ids, width_of(stream))

    def _print(self, form: str, content: str, *, err: bool) -> None:
        """Print a report: one for machines byte for byte, a text report in colour where that is wanted."""
        stream = sys.stderr if err else sys.stdout
        if form == "text" and coloured(stream, self.color):
            show(content, stream, self.color)
        elif form == "text" and err:
            echo(content, err=True, nl=False)
        else:
            write_stream(stream, content)


def exit_code(result: Result) -> int:
    """Exit code of one result."""
    if result.ok:
        return EXIT_OK
    failed = any(one.stage is Stage.TOOL and one.severity is Severity.ERROR for one in result.findings)
    return EXIT_INTERNAL if failed else EXIT_BLOCKED
