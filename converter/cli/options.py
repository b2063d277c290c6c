"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from converter.cli.console import COLOR
from converter.cli.report_choices import REPORT_FORMATS, complete_report, report_choices
from converter.source.limits import DEFAULT_LIMITS, MEGABYTE, MOST_DEPTH, Limits

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., Any])


def complete_year(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Let the completion of a shell offer the years that come with the tool."""
    from converter.facts.files import shipped_folder, years

    return [str(year) for year in years((shipped_folder(),), "profiles") if str(year).startswith(incomplete)]


def year_option(command: F) -> F:
    """Add `--year`."""
    return click.option(
        "--year",
        type=int,
        metavar="YYYY",
        shell_complete=complete_year,
        help="Performance year; found from the document by default.",
    )(command)


def catalog_option(command: F) -> F:
    """Add `--catalog`."""
    return click.option(
        "--catalog",
        type=click.Path(path_type=Path),
        multiple=True,
        metavar="DIR",
        help="Folder with catalog/YYYY.json or profiles/YYYY.json that add or replace years.",
    )(command)


def source_options(command: F) -> F:
    """Add the sources and the options about reading them and reporting on them."""
    options = [
        click.argument("sources", nargs=-1, metavar="[SOURCE]...", shell_complete=complete_file),
        year_option,
        catalog_option,
        click.option("--report", "reports", multiple=True, callback=report_choices, shell_complete=complete_report,
                     metavar="FORMAT[=FILE] | FILE",
                     help=f"Report as {', '.join(REPORT_FORMATS[:-1])} or {REPORT_FORMATS[-1]}, to FILE if given (- is "
                     "standard output); a FILE alone has the format of its ending. May be repeated."),
        click.option("--brief", is_flag=True, help="Text reports with one line for each finding."),
        click.option("--color", type=click.Choice(COLOR), default="auto", show_default=True, metavar="WHEN",
                     help="Colour of text reports that are printed: auto, always or never."),
        click.option("--show-ids", is_flag=True, help="Do not mask TIN and NPI in reports."),
        click.option("-q", "--quiet", is_flag=True, help="Print no messages; the exit code tells."),
        click.option(
            "--max-size",
            type=click.IntRange(1),
            default=DEFAULT_LIMITS.document_bytes // MEGABYTE,
            show_default=True,
            metavar="MB",
            help="Largest document that is read.",
        ),
        click.option(
            "--max-depth",
            type=click.IntRange(20, MOST_DEPTH),
            default=DEFAULT_LIMITS.depth,
            show_default=True,
            help="How deep elements may be nested.",
        ),
        click.option("--max-elements", type=click.IntRange(1), default=DEFAULT_LIMITS.elements, show_default=True,
                     help="Elements of one document."),
        click.option("--timeout", type=click.FloatRange(0, min_open=True), metavar="SECONDS",
                     help="Longest time for one document; without it there is no limit."),
        click.option("--max-members", type=click.IntRange(1), default=DEFAULT_LIMITS.zip_members, show_default=True,
                     help="Members of a zip archive."),
        click.option("--max-ratio", type=click.IntRange(1), default=DEFAULT_LIMITS.zip_ratio, show_default=True,
                     help="How far a member of a zip archive may unpack."),
        click.option("--max-total", type=click.IntRange(1), default=DEFAULT_LIMITS.total_bytes // MEGABYTE,
                     show_default=True, metavar="MB", help="All documents of a zip archive, unpacked."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


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
