"""Options that several commands share."""

import io
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from converter.cli.console import COLOR
from converter.cli.places import OutputPlace
from converter.cli.report_choices import REPORT_FORMATS, complete_report, report_choices
from converter.errors import SourceError, TooLargeError
from converter.source.inputs import read_file, read_stream
from converter.source.limits import DEFAULT_LIMITS, MEGABYTE, MOST_DEPTH, Limits
from converter.source.url import PathOrUrl, Url, place_of

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from converter.cli.engine import DaskEngine

_STDIN = "-"
ENGINES = ("processes", "dask")

F = TypeVar("F", bound=Callable[..., Any])


def complete_year(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Let the completion of a shell offer the years that come with the tool."""
    from converter.facts.files import shipped_folder, years

    return [str(year) for year in years((shipped_folder(),), "profiles") if str(year).startswith(incomplete)]


def year_option(default: str) -> Callable[[F], F]:
    """Return what adds `--year`; `default` says which year it is otherwise."""
    return click.option(
        "--year",
        type=int,
        metavar="YYYY",
        shell_complete=complete_year,
        help=f"Performance year; by default {default}.",
    )


def catalog_option(command: F) -> F:
    """Add `--catalog`."""
    return click.option(
        "--catalog",
        type=click.Path(path_type=Path),
        multiple=True,
        metavar="DIR",
        help="Folder with catalog/YYYY.json or profiles/YYYY.json to add or replace years.",
    )(command)


def color_option(command: F) -> F:
    """Add `--color`."""
    return click.option(
        "--color",
        type=click.Choice(COLOR),
        default="auto",
        show_default=True,
        metavar="WHEN",
        help="Color of printed text: auto, always or never.",
    )(command)


def source_options(command: F) -> F:
    """Add the sources and the options about reading them and reporting on them."""
    options = [
        click.argument("sources", nargs=-1, metavar="[SOURCE]...", shell_complete=complete_file),
        year_option("it is found from the document"),
        catalog_option,
        click.option("--report", "reports", multiple=True, callback=report_choices, shell_complete=complete_report,
                     metavar="FORMAT[=FILE] | FILE",
                     help=f"Report as {', '.join(REPORT_FORMATS[:-1])} or {REPORT_FORMATS[-1]}, to FILE if given (- is "
                     "standard output); for a FILE alone, its extension sets the format. May be repeated."),
        click.option("--brief", is_flag=True, help="One line for each finding in text reports."),
        color_option,
        click.option("--show-ids", is_flag=True, help="Do not mask TIN and NPI in reports."),
        click.option("-q", "--quiet", is_flag=True, help="Print no messages; only set the exit code."),
        click.option(
            "--max-size",
            type=click.IntRange(1),
            default=DEFAULT_LIMITS.document_bytes // MEGABYTE,
            show_default=True,
            metavar="MB",
            help="Largest document to read.",
        ),
        click.option(
            "--max-depth",
            type=click.IntRange(20, MOST_DEPTH),
            default=DEFAULT_LIMITS.depth,
            show_default=True,
            help="How deeply elements may be nested.",
        ),
        click.option("--max-elements", type=click.IntRange(1), default=DEFAULT_LIMITS.elements, show_default=True,
                     help="Elements of one document."),
        click.option("--timeout", type=click.FloatRange(0, min_open=True), metavar="SECONDS",
                     help="Longest time for one document; without it there is no limit."),
        click.option("--from-file", "lists", multiple=True, metavar="LIST", shell_complete=complete_file,
                     help="Read further sources from LIST, one on a line; - is standard input. May be repeated."),
        click.option("--summary", type=OutputPlace(dir_okay=False), callback=_summary, metavar="FILE",
                     help="Write one row for each source to FILE (.csv or .json)."),
        click.option("--jobs", type=click.IntRange(1), metavar="N",
                     help="Processes that share many files; by default one for each processor."),
        click.option("--engine", type=click.Choice(ENGINES), metavar="NAME",
                     help="What shares many files: processes (of this machine, the default) or dask."),
        click.option("--scheduler", metavar="ADDRESS",
                     help="Share the files among the workers of this Dask scheduler, such as tcp://10.0.0.1:8786."),
        click.option("--max-members", type=click.IntRange(1), default=DEFAULT_LIMITS.zip_members, show_default=True,
                     help="Most members in a zip archive."),
        click.option("--max-ratio", type=click.IntRange(1), default=DEFAULT_LIMITS.zip_ratio, show_default=True,
                     help="Largest unpacked size of a zip member, as a multiple of its packed size."),
        click.option("--max-total", type=click.IntRange(1), default=DEFAULT_LIMITS.total_bytes // MEGABYTE,
                     show_default=True, metavar="MB", help="Largest unpacked size of all documents in a zip archive."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def words_of(sources: tuple[str, ...], lists: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sources of the command line and those of the lists that it names.

    Raises:
        click.UsageError: a list cannot be read, or names nothing.
    """
    words = list(sources)
    for name in lists:
        place = place_of(name)
        try:
            found = [line for one in _list(place) if (line := one.rstrip("\r\n"))]
        except TooLargeError as error:
            raise click.UsageError(f"The list {place} is larger than {error} MB.") from error
        except (SourceError, ValueError) as error:
            problem = error if isinstance(error, SourceError) else "it is not a text in UTF-8"
            raise click.UsageError(f"The list {place} cannot be read: {problem}.") from error
        if not found:
            raise click.UsageError(f"The list {place} names no source.")
        words += found
    return tuple(words)


def _list(place: PathOrUrl) -> Iterable[str]:
    """The lines of a list.

    Raises:
        SourceError: it cannot be read.
        ValueError: it is no text in UTF-8.
    """
    if isinstance(place, Url):
        from converter.source.object_store import known_protocol, read_object

        known_protocol(place)
        data = read_object(place, DEFAULT_LIMITS)
    elif str(place) == _STDIN:
        if sys.stdin is None or sys.stdin.closed:
            raise SourceError("standard input is closed")
        data = read_stream(sys.stdin.buffer, DEFAULT_LIMITS)
    else:
        data = read_file(place, DEFAULT_LIMITS)
    return io.StringIO(data.decode("utf-8-sig"), newline=None)


def _summary(_context: click.Context, _parameter: click.Parameter, path: PathOrUrl | None) -> PathOrUrl | None:
    if path is not None and path.suffix.lower() not in (".csv", ".json"):
        raise click.BadParameter("the name must end in .csv or .json.")
    return path


def engine_of(values: dict[str, Any]) -> "DaskEngine | None":
    """Take the engine out of a command's values; None for the processes of this machine.

    Raises:
        click.UsageError: the options do not fit each other.
    """
    name, scheduler = values.pop("engine"), values.pop("scheduler")
    if scheduler is None and name != "dask":
        return None
    if name == "processes":
        raise click.UsageError("--scheduler is for --engine dask.")
    if scheduler is not None and values["jobs"] is not None:
        raise click.UsageError("--jobs is for workers of this machine; --scheduler takes those that it has.")
    from converter.cli.engine import DaskEngine

    return DaskEngine(scheduler)


def complete_file(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """Let the completion of a shell offer files."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def limits_of(values: dict[str, Any]) -> Limits:
    """Take the limits out of a command's values."""
    return Limits(
        document_bytes=values.pop("max_size") * MEGABYTE,
        depth=values.pop("max_depth"),
        elements=values.pop("max_elements"),
        seconds=values.pop("timeout"),
        zip_members=values.pop("max_members"),
        zip_ratio=values.pop("max_ratio"),
        total_bytes=values.pop("max_total") * MEGABYTE,
    )
