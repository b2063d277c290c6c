"""What `convert` and `check` share: going through the inputs, reporting, and the exit code."""

import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from converter.cli.console import coloured, show
from converter.cli.options import ReportChoice
from converter.cli.output import write_file, write_stream
from converter.emitters.reports.formats import emitter
from converter.facts.files import Folders
from converter.findings.finding import Severity, Stage
from converter.pipeline import Options, convert_source
from converter.result import Result
from converter.source.inputs import Input

if TYPE_CHECKING:
    from converter.account.across_files import Batch
    from converter.emitters.reports.report import Report

EXIT_OK, EXIT_BLOCKED, EXIT_INTERNAL = 0, 1, 3


class Run(NamedTuple):
    """How documents are converted and reported in one call of the command."""

    folders: Folders
    options: Options
    report: ReportChoice | None
    report_to_stdout: bool
    show_ids: bool
    quiet: bool

    def results(self, inputs: Sequence[Input]) -> Iterator[tuple[Input, Result]]:
        """Convert the inputs one by one, with progress on a terminal when there are many."""
        progress = not self.quiet and len(inputs) > 1 and sys.stderr.isatty()
        batch = self._batch(inputs)
        for number, item in enumerate(inputs, 1):
            if progress:
                click.echo(f"\r{number} of {len(inputs)}", err=True, nl=False)
            result = convert_source(item.name, item.read, self.folders, self.options)
            yield item, result.compared(batch) if batch else result
        if progress:
            click.echo("\r", err=True, nl=False)

    def _batch(self, inputs: Sequence[Input]) -> "Batch | None":
        """What compares the submissions of a run; None where there can be only one."""
        if len(inputs) < 2 and not self.options.submissions:
            return None
        from converter.account.across_files import Batch

        return Batch()

    def say(self, words: str) -> None:
        """Print words to standard error, unless asked to be quiet."""
        if not self.quiet:
            click.echo(words, err=True, nl=not words.endswith("\n"))

    def say_report(self, report: "Report") -> None:
        """Print the text report of one document to standard error, unless asked to be quiet."""
        if not self.quiet:
            _print("text", emitter("text")([report], self.show_ids), err=True)

    def say_headline(self, report: "Report") -> None:
        """Print in one line what became of a document."""
        from converter.emitters.reports.wording import headline

        self.say(headline(report, self.show_ids))

    def guard_report(self, inputs: Iterable[Input], output: Path | None = None) -> None:
        """Refuse a report that would overwrite a source or the result.

        Raises:
            click.UsageError: it would.
        """
        file = self.report[1] if self.report else None
        if file is None:
            return
        if output is not None and file.absolute() == output.absolute():
            raise click.UsageError("The report would overwrite the output.")
        if file.exists() and any(one.path and file.samefile(one.path) for one in inputs):
            raise click.UsageError("The report would overwrite a source.")

    def write_report(self, reports: "Iterable[Report]") -> None:
        """Write the report that was asked for; it covers the whole run. All reports are taken in any case.

        Raises:
            OSError: its file cannot be written.
        """
        if self.report is None:
            deque(reports, maxlen=0)
            return
        form, file = self.report
        content = emitter(form)(reports, self.show_ids)
        if file:
            write_file(file, content)
        else:
            _print(form, content, err=not self.report_to_stdout)


def _print(form: str, content: str, *, err: bool) -> None:
    """Print a report: one for machines byte for byte, a text report on a terminal in colour."""
    stream = sys.stderr if err else sys.stdout
    if form == "text" and coloured(stream):
        show(content, stream)
    elif form == "text" and err:
        click.echo(content, err=True, nl=False)
    else:
        write_stream(stream, content)


def exit_code(result: Result) -> int:
    """Exit code of one result."""
    if result.ok:
        return EXIT_OK
    failed = any(one.stage is Stage.TOOL and one.severity is Severity.ERROR for one in result.findings)
    return EXIT_INTERNAL if failed else EXIT_BLOCKED


def result_path(folder: Path, item: Input, ending: str) -> Path:
    """Path of a result: `folder/parent/NAME-qpp.json` or `...-error.json`."""
    return folder.joinpath(*item.output.parent.parts, f"{item.output.name}{ending}")
