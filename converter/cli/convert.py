"""`qrda2qpp convert`: QRDA III in, QPP JSON out."""

import sys
from collections.abc import Generator, Sequence
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from converter.batch.portions import processors
from converter.cli.console import is_terminal
from converter.cli.dealing import dealt
from converter.cli.options import engine_of, limits_of, source_options, words_of
from converter.cli.output import remove_file, write_file
from converter.cli.overwrites import refuse_overwriting
from converter.cli.places import OutputPlace
from converter.cli.report_choices import STDOUT
from converter.cli.runner import Run
from converter.cli.streams import write_stdout
from converter.cli.taken import Names
from converter.cli.work import EXIT_BLOCKED, EXIT_OK, Work, exit_code
from converter.door import known_year
from converter.facts.files import data_folders
from converter.pipeline import Options
from converter.result import Result
from converter.source.input_list import InputList
from converter.source.inputs import Input, expand, names_one
from converter.source.url import PathOrUrl, Url

if TYPE_CHECKING:
    from converter.cli.earlier import Earlier
    from converter.cli.engine import DaskEngine


@click.command("convert")
@source_options
@click.option(
    "-o",
    "--output",
    type=OutputPlace(dir_okay=False),
    metavar="FILE",
    help="Write the QPP JSON of one source to FILE instead of standard output (-).",
)
@click.option(
    "--out",
    type=OutputPlace(file_okay=False),
    metavar="DIR",
    help="Write NAME-qpp.json or NAME-error.json for each source into DIR, a folder or URL.",
)
@click.option(
    "--watch",
    type=click.Path(path_type=Path, readable=False),
    metavar="DIR",
    help="Convert what is in DIR and what arrives there, until the command is ended; needs --out.",
)
@click.option(
    "--resume",
    is_flag=True,
    help="With --out, leave out what an earlier run has done, where nothing has changed.",
)
@click.option("--strict", is_flag=True, help="Also refuse what converts but CMS would reject.")
@click.option("--verify", is_flag=True, help="Check each QPP JSON with the schema of its year before writing it.")
def command(sources: tuple[str, ...], **values: Any) -> int:  # fmt: skip
    """Convert QRDA III documents to QPP JSON.

    SOURCE is a file, a folder (including subfolders), a pattern or a zip archive, as a path or a URL such as
    s3://bucket/folder/; - or no SOURCE reads standard input.
    The JSON of one document goes to standard output or, with -o, to a file; several documents need --out. If the
    conversion fails, nothing is written to standard output, and the -o file of an earlier run is removed.

    \b
    Examples:
      qrda2qpp export.xml -o submission.json
      qrda2qpp export.xml --report error-json=errors.json -o submission.json
      qrda2qpp exports/ more.zip "2025-*.xml" --out results --report report.html
      qrda2qpp export.xml --year 2025 --strict
      qrda2qpp --watch incoming --out results
    """
    output, out, verify, resume = (values.pop(name) for name in ("output", "out", "verify", "resume"))
    folder: Path | None = values.pop("watch")
    limits = limits_of(values)
    folders = data_folders(values.pop("catalog"))
    options = Options(year=values.pop("year"), strict=values.pop("strict"), limits=limits)
    known_year(options.year, folders)
    lists = values.pop("lists")
    engine = _engine(values, out, folder)
    if folder is not None:
        from converter.cli.watch import refuse_others, watch

        others = {"-o": output, "--report": values["reports"], "--summary": values["summary"], "--from-file": lists}
        refuse_others(sources, {**others, "--out": out})
        run = Run(folders=folders, options=options, report_to_stdout=False, **values)
        if resume:
            _refuse_resuming(run, out)
        return watch(run, folder, out, verify, resume)
    sources = words_of(sources, lists)
    words = sources or ("-",)
    if not sources and is_terminal(sys.stdin):
        raise click.UsageError("Give a SOURCE, or pipe a document in.")
    inputs = InputList(expand(words, limits))
    run = Run(folders=folders, options=options, report_to_stdout=False, engine=engine, **values)
    if out is not None and output is not None:
        raise click.UsageError("-o and --out cannot be used together.")
    if resume:
        _refuse_resuming(run, out)
    if output is not None and str(output) == STDOUT:
        output = None
    refuse_overwriting(inputs, run.report_files, output, out, lists)
    if out is not None:
        work = Work(run.folders, run.options, run.show_ids, out, verify, bool(run.reports), not run.quiet)
        from converter.cli.earlier import earlier_run

        ready = engine.connected(work, min(run.jobs or processors(), len(inputs))) if engine else nullcontext()
        with ready, earlier_run(run, work, out, resume) as earlier:
            return _to_folder(run, inputs, work, earlier, resume)
    several = len(inputs) > 1 or len(words) > 1 or not (words[0] == STDOUT or names_one(words[0], inputs[0]))
    if several:
        raise click.UsageError("Several documents need --out DIR.")
    if output is None and any(one.to_stdout for one in run.reports):
        raise click.UsageError("The QPP JSON and a report would both go to standard output; name a file for one.")
    return _to_one(run, inputs[0], output, verify)


def _engine(values: dict[str, Any], out: PathOrUrl | None, watched: Path | None) -> "DaskEngine | None":
    engine = engine_of(values)
    if engine and watched is not None:
        raise click.UsageError("--engine dask and --watch cannot be used together.")
    if engine and out is None:
        raise click.UsageError("--engine dask needs --out DIR, into which its workers write.")
    return engine


def _to_one(run: Run, item: Input, output: PathOrUrl | None, verify: bool) -> int:
    conversion = Work(run.folders, run.options, run.show_ids, verify=verify).result(item)
    code = exit_code(conversion)
    if not run.reports and not run.quiet and conversion.findings:
        run.say_report(conversion.report())
    # A file is written whatever becomes of the reports; a pipe, whose reader sees no exit code, gets nothing then.
    if run.reports and not run.wrote_reports([conversion]):
        code = max(code, EXIT_BLOCKED)
    try:
        if output is not None and not conversion.ok:
            remove_file(output)
            if isinstance(output, Path) and output.is_file():
                run.say("The output is a link and stays as it was; what it holds is not the result of this document.")
        elif output is not None:
            write_file(output, [conversion.to_json(indent=2), "\n"])
        elif code == EXIT_OK:
            write_stdout(conversion.to_json(indent=2) + "\n")
    except BrokenPipeError:
        raise
    except OSError as error:
        run.say(f"The result could not be written: {error.strerror or type(error).__name__}.")
        return max(code, EXIT_BLOCKED)
    return code


def _refuse_resuming(run: Run, out: PathOrUrl | None) -> None:
    if out is None:
        raise click.UsageError("--resume needs --out DIR: an earlier run is known by its folder of results.")
    if isinstance(out, Url):
        raise click.UsageError("--resume needs a folder: at a URL nothing is kept of what a run has done.")
    if run.reports:
        raise click.UsageError(
            "--resume cannot be used with --report: too little is kept of a file for a report on it. "
            "Ask for a --summary, or leave out --resume."
        )


def _to_folder(run: Run, inputs: Sequence[Input], work: Work, earlier: "Earlier | None", resume: bool) -> int:
    worst, converted = EXIT_OK, 0
    tally = run.tally()

    def results() -> Generator[Result, None, None]:
        """Convert and write one document after the other, so that only one of them is in memory."""
        nonlocal worst, converted
        for done in dealt(run, inputs, work, Names().refused(inputs), earlier):
            converted += done.code == EXIT_OK
            worst = max(worst, done.code)
            if tally and done.record:
                tally.add(done.record)
                if not done.record.ok:
                    run.say_refusal(done.record)
            if done.result is not None:
                yield done.result

    with closing(results()) as found:
        if not run.wrote_reports(found):
            worst = max(worst, EXIT_BLOCKED)
    if resume and earlier:
        run.say(f"{earlier.count} of {len(inputs)} were done by an earlier run and have not changed.")
    if tally:
        run.say("\n".join(tally.lines(f"{converted} of {len(inputs)} converted into {run.named(work.out)}")))
    return worst
