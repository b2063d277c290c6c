"""What `convert` and `check` share: how a run is set, what it says, and the reports that it writes."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TextIO

from converter.cli.age import aged
from converter.cli.console import coloured, show, width_of
from converter.cli.output import write_file
from converter.cli.report_choices import ReportChoice
from converter.cli.streams import write_stream
from converter.cli.words import echo, quoted
from converter.deadline import OutOfTimeError, within
from converter.emitters.reports.formats import emitter
from converter.facts.files import Folders
from converter.findings.mask import masked_text
from converter.pipeline import Options, took_too_long
from converter.result import Result
from converter.source.url import PathOrUrl

if TYPE_CHECKING:
    from converter.batch.record import Record
    from converter.cli.engine import DaskEngine
    from converter.cli.summary import Tally
    from converter.emitters.reports.formats import Emission
    from converter.emitters.reports.report import Report


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
    summary: PathOrUrl | None = None
    engine: "DaskEngine | None" = None

    @property
    def report_files(self) -> list[PathOrUrl]:
        """Files of the reports, and of the summary."""
        return [*(one.file for one in self.reports if one.file), *([self.summary] if self.summary else [])]

    def say(self, words: str) -> None:
        """Print words to standard error, unless asked to be quiet."""
        if not self.quiet:
            echo(words, err=True, nl=not words.endswith("\n"))

    def named(self, place: object) -> str:
        """Return the name of a folder or file as it is said."""
        return quoted(str(place), self.show_ids)

    def say_report(self, report: "Report") -> None:
        """Print the text report of one document to standard error, unless asked to be quiet."""
        if not self.quiet:
            emission = self._begin("text", sys.stderr)
            try:
                emission.add(aged(report))
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
                    report = aged(result.report())
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
