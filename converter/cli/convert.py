"""`qrda2qpp convert`: QRDA III in, QPP JSON out."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import click

from converter.cli.console import is_terminal
from converter.cli.options import limits_of, source_options
from converter.cli.output import remove_file, write_file
from converter.cli.overwrites import ERRORS, RESULT, refuse_overwriting, result_path
from converter.cli.report_choices import STDOUT
from converter.cli.runner import EXIT_BLOCKED, EXIT_OK, Run, exit_code
from converter.cli.streams import write_stdout
from converter.door import known_year
from converter.emitters.reports.formats import emitter
from converter.facts.files import Folders, data_folders
from converter.findings import kinds
from converter.findings.collector import Collector
from converter.findings.mask import masked_text
from converter.language.visible import visible_json
from converter.pipeline import Options
from converter.result import ALWAYS_BLOCKING, Conversion
from converter.source.inputs import Input, expand


@click.command("convert")
@source_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the QPP JSON of one source to FILE instead of standard output (-).",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write NAME-qpp.json or NAME-error.json for each source into DIR.",
)
@click.option("--strict", is_flag=True, help="Also refuse what converts but CMS would reject.")
@click.option("--verify", is_flag=True, help="Check each QPP JSON with the schema of its year before writing it.")
def command(sources: tuple[str, ...], **values: Any) -> int:  # fmt: skip
    """Convert QRDA III documents to QPP JSON.

    SOURCE is a file, a folder (including subfolders), a pattern or a zip archive; - or no SOURCE reads standard input.
    The JSON of one document goes to standard output or, with -o, to a file; several documents need --out. If the
    conversion fails, nothing is written to standard output, and the -o file of an earlier run is removed.

    \b
    Examples:
      qrda2qpp export.xml -o submission.json
      qrda2qpp export.xml --report error-json=errors.json -o submission.json
      qrda2qpp exports/ more.zip "2025-*.xml" --out results --report report.html
      qrda2qpp export.xml --year 2025 --strict
    """
    output, out, verify = values.pop("output"), values.pop("out"), values.pop("verify")
    limits = limits_of(values)
    folders = data_folders(values.pop("catalog"))
    options = Options(year=values.pop("year"), strict=values.pop("strict"), limits=limits)
    known_year(options.year, folders)
    words = sources or ("-",)
    if not sources and is_terminal(sys.stdin):
        raise click.UsageError("Give a SOURCE, or pipe a document in.")
    inputs = list(expand(words, limits))
    run = Run(folders=folders, options=options, report_to_stdout=False, **values)
    if out is not None and output is not None:
        raise click.UsageError("-o and --out cannot be used together.")
    if output is not None and str(output) == STDOUT:
        output = None
    refuse_overwriting(inputs, run.report_files, output, out)
    if out is not None:
        return _to_folder(run, inputs, out, verify)
    several = len(inputs) > 1 or len(words) > 1 or os.path.isdir(words[0]) or words[0].lower().endswith(".zip")
    if several:
        raise click.UsageError("Several documents need --out DIR.")
    if output is None and any(one.to_stdout for one in run.reports):
        raise click.UsageError("The QPP JSON and a report would both go to standard output; name a file for one.")
    return _to_one(run, inputs[0], output, verify)


def _to_one(run: Run, item: Input, output: Path | None, verify: bool) -> int:
    (_, conversion), *_ = _conversions(run, [item])
    conversion = _verified(conversion, run.folders) if verify else conversion
    code = exit_code(conversion)
    if not run.reports and not run.quiet and conversion.findings:
        run.say_report(conversion.report())
    # A file is written whatever becomes of the reports; a pipe, whose reader sees no exit code, gets nothing then.
    if run.reports and not run.wrote_reports([conversion]):
        code = max(code, EXIT_BLOCKED)
    try:
        if output is not None and not conversion.ok:
            remove_file(output)
            if output.is_file():
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


def _to_folder(run: Run, inputs: Sequence[Input], out: Path, verify: bool) -> int:
    worst, converted = EXIT_OK, 0
    tally = run.tally()

    def results() -> Iterator[Conversion]:
        """Convert and write one document after the other, so that only one of them is in memory."""
        nonlocal worst, converted
        for result in _written(run, inputs, out, verify):
            converted += result.ok
            worst = max(worst, exit_code(result))
            if tally:
                tally.add(result)
            if not result.ok:
                run.say_refusal(result)
            yield result

    if not run.wrote_reports(results()):
        worst = max(worst, EXIT_BLOCKED)
    if tally:
        run.say("\n".join(tally.lines(f"{converted} of {len(inputs)} converted into {out}")))
    return worst


def _written(run: Run, inputs: Sequence[Input], out: Path, verify: bool) -> Iterator[Conversion]:
    """Convert the inputs, and write what becomes of each; of a name that is taken, or cannot be written, say so."""
    taken: dict[str, str] = {}
    for item, conversion in _conversions(run, inputs):
        result = _verified(conversion, run.folders) if verify else conversion
        key = str(item.output).casefold()
        if key in taken:
            yield _name_taken(item, taken[key])
            continue
        taken[key] = masked_text(item.name)
        try:
            _write(run, result, item, out)
        except OSError as error:
            result = _unwritable(item, error)
        yield result


def _conversions(run: Run, inputs: Sequence[Input]) -> Iterator[tuple[Input, Conversion]]:
    """Convert the inputs: every result is a conversion, since QPP JSON is refused."""
    return cast(Iterator[tuple[Input, Conversion]], run.results(inputs))


def _write(run: Run, conversion: Conversion, item: Input, out: Path) -> None:
    good, bad = result_path(out, item.output, RESULT), result_path(out, item.output, ERRORS)
    # The counterpart first: whenever the run is ended, there are never both.
    if conversion.ok:
        content = conversion.to_json(indent=2) + "\n"
        remove_file(bad)
        write_file(good, [content])
    else:
        remove_file(good)
        write_file(bad, [emitter("error-json")([conversion.report()], run.show_ids)])


def _name_taken(item: Input, other: str) -> Conversion:
    findings = Collector()
    findings.add(kinds.OUTPUT_TAKEN, other=other)
    return Conversion(item.name, findings, ALWAYS_BLOCKING)


def _unwritable(item: Input, error: OSError) -> Conversion:
    findings = Collector()
    findings.add(kinds.OUTPUT_UNWRITABLE, problem=error.strerror or type(error).__name__)
    return Conversion(item.name, findings, ALWAYS_BLOCKING)


def _verified(conversion: Conversion, folders: Folders) -> Conversion:
    """Compare the JSON with the schema of its year, and with what is written of it as a typed submission."""
    from converter.shape.schema import malformed

    if not conversion.ok or conversion.year is None:
        return conversion
    written, submission = conversion.to_json(), conversion.submission
    problem = malformed(json.loads(written), folders, conversion.year)
    typed = None if submission is None else visible_json(submission.model_dump_json(exclude_none=True))
    if problem is None and typed != written:
        problem = "the JSON reads back differently"
    if problem is None:
        return conversion
    findings = Collector()
    findings.add(kinds.CHECK_FAILED, step="verify", problem=problem)
    return Conversion(conversion.name, findings, ALWAYS_BLOCKING)
