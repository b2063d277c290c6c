"""`--report`: which reports are made, and where each goes."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import click

from converter.cli.overwrites import same_file
from converter.cli.places import output_place
from converter.emitters.reports.formats import FORMATS
from converter.source.url import PathOrUrl, is_url

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

REPORT_FORMATS = tuple(FORMATS)
STDOUT = "-"
"""What stands for standard output in place of a file."""
_ENDINGS: Mapping[str, str] = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".json": "json",
    ".csv": "csv",
    ".sarif": "sarif",
}
"""Ending of a file -> the format that is meant where none is named."""


class ReportChoice(NamedTuple):
    """A report that is asked for.

    Attributes:
        form: its format.
        target: the file or URL that it goes to, or `-` for standard output; None for the stream that the command
            prints to.
    """

    form: str
    target: PathOrUrl | None

    @property
    def to_stdout(self) -> bool:
        """Whether standard output is asked for by name."""
        return self.target is not None and str(self.target) == STDOUT

    @property
    def file(self) -> PathOrUrl | None:
        """The file that it goes to; None for a standard stream."""
        return None if self.to_stdout else self.target


def report_choices(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[ReportChoice, ...]:
    """Read `FORMAT`, `FORMAT=FILE`, `FORMAT=-` and `FILE`.

    Raises:
        click.BadParameter: a format is not known, or two reports would go to the same place, or a file has no name.
    """
    choices = tuple(_choice(value, ctx, param) for value in values)
    if sum(one.file is None for one in choices) > 1:
        raise click.BadParameter("Only one report can be printed; name a file for each of the others.", ctx, param)
    for one, other in combinations((choice.file for choice in choices if choice.file), 2):
        if same_file(one, other):
            raise click.BadParameter(f"Two reports would be written to {other}.", ctx, param)
    return choices


def _choice(value: str, ctx: click.Context, param: click.Parameter) -> ReportChoice:
    name, equals, file = value.partition("=")
    if name.lower() in FORMATS:
        if equals and not file:
            raise click.BadParameter(f"Name a file after {value}, or leave out the sign =.", ctx, param)
        return ReportChoice(name.lower(), output_place(file) if file else None)
    if (not equals or is_url(value)) and (form := _ENDINGS.get(output_place(value).suffix.lower())):
        return ReportChoice(form, output_place(value))
    _refuse(name if equals else value, ctx, param)


def _refuse(name: str, ctx: click.Context, param: click.Parameter) -> NoReturn:
    from converter.language.near import near_name

    meant = near_name(name, REPORT_FORMATS)
    words = f" Did you mean {meant!r}?" if meant else ""
    raise click.BadParameter(
        f"{name!r} is not a report format, and not a file whose extension names one.{words} Formats: "
        f"{', '.join(REPORT_FORMATS)}. Extensions: {' '.join(_ENDINGS)}.",
        ctx,
        param,
    )


def complete_report(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """Return formats and files for the completion of a shell."""
    return list(_completed(incomplete))


def _completed(incomplete: str) -> "Iterator[CompletionItem]":
    from click.shell_completion import CompletionItem

    yield CompletionItem(incomplete, type="file")
    yield from (CompletionItem(name) for name in REPORT_FORMATS if name.startswith(incomplete.lower()))
