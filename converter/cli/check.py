"""`qrda2qpp check`: everything that would be rejected, without writing a submission."""

import sys
from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from converter.cli.console import is_terminal
from converter.cli.dealing import dealt
from converter.cli.options import engine_of, limits_of, source_options, words_of
from converter.cli.overwrites import refuse_overwriting
from converter.cli.report_choices import ReportChoice
from converter.cli.runner import Run
from converter.cli.work import EXIT_BLOCKED, EXIT_OK, Work
from converter.door import GUIDES, check_options, known_year
from converter.facts.files import data_folders
from converter.result import Result
from converter.source.input_list import InputList
from converter.source.inputs import Input, expand
from converter.structure import load_structure

_ENDINGS = (".xml", ".json")


def _refuse_resuming(_context: click.Context, _parameter: click.Parameter, resume: bool) -> None:
    if resume:
        raise click.UsageError("--resume is for convert with --out DIR: check keeps nothing that it could go on from.")


@click.command("check")
@source_options
@click.option(
    "--guide",
    type=click.Choice(GUIDES),
    default="cms",
    show_default=True,
    metavar="WHOSE",
    help="Compare documents with the implementation guide of their year: that of cms or hl7, or none.",
)
@click.option("--strict-guide", is_flag=True, help="Fail on what that guide requires, too.")
@click.option(
    "--xsd",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Check the structure with this XML schema, such as the official CDA schema, instead of the built-in one.",
)
@click.option("--resume", is_flag=True, hidden=True, expose_value=False, callback=_refuse_resuming)
def command(sources: tuple[str, ...], **values: Any) -> int:
    """Check QRDA III documents or QPP JSON for everything that CMS would reject, and write a report.

    SOURCE is a file, a folder, a pattern or a zip archive, as a path or a URL such as s3://bucket/folder/; - or no
    SOURCE reads standard input. The report goes to standard output unless --report names a file.

    \b
    Examples:
      qrda2qpp check export.xml
      qrda2qpp check submission.json
      qrda2qpp check exports/ --report report.html --report report.csv
      qrda2qpp check exports/ --brief
      qrda2qpp check export.xml --report error-json
      qrda2qpp check export.xml --xsd CDA_SDTC.xsd
      qrda2qpp check export.xml --strict-guide
    """
    limits = limits_of(values)
    structure = load_structure(values.pop("xsd"))
    folders = data_folders(values.pop("catalog"))
    options = check_options(values.pop("year"), limits, structure, values.pop("guide"), values.pop("strict_guide"))
    known_year(options.year, folders)
    lists = values.pop("lists")
    sources = words_of(sources, lists)
    if not sources and is_terminal(sys.stdin):
        raise click.UsageError("Give a SOURCE, or pipe a document in.")
    values["reports"] = values["reports"] or (() if values["quiet"] else (ReportChoice("text", None),))
    run = Run(folders=folders, options=options, report_to_stdout=True, engine=engine_of(values), **values)
    inputs = InputList(expand(sources or ("-",), limits, _ENDINGS))
    refuse_overwriting(inputs, run.report_files, others=lists)
    return _checked(run, inputs)


def _checked(run: Run, inputs: Sequence[Input]) -> int:
    """Check all inputs and report on them; of several tell at the end what became of them."""
    worst = EXIT_OK
    tally = run.tally(len(inputs) > 1)
    in_words = any(one.form == "text" and one.file is None for one in run.reports)
    work = Work(run.folders, run.options, run.show_ids, kept=bool(run.reports), recorded=tally is not None)

    def results() -> Generator[Result, None, None]:
        """Check one document after the other, so that only one of them is in memory."""
        nonlocal worst
        for done in dealt(run, inputs, work):
            worst = max(worst, done.code)
            if tally and done.record:
                tally.add(done.record)
                if not (done.record.ok or in_words):
                    run.say_refusal(done.record)
            if done.result is not None:
                yield done.result

    with closing(results()) as found:
        if not run.wrote_reports(found):
            worst = max(worst, EXIT_BLOCKED)
    if tally:
        run.say("\n".join(tally.lines(f"{len(inputs)} files checked")))
    return worst
