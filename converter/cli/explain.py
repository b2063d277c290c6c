"""`qrda2qpp explain`: what a finding, code or identifier is, and what an answer of CMS says."""

import sys
from pathlib import Path
from typing import BinaryIO

import click

from converter.cli.console import coloured, show
from converter.cli.options import catalog_option, year_option
from converter.cli.streams import write_stream

_EXIT_NO_ANSWER = 1
_STDIN = "-"


@click.command("explain")
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option("--response", metavar="FILE", help="Explain this answer of CMS; - reads standard input.")
@click.option("--source", metavar="FILE", help="The file that was answered, to show the places in it.")
@click.option("--show-ids", is_flag=True, help="Do not mask what may be a TIN or NPI in an answer.")
@year_option
@catalog_option
def command(
    words: tuple[str, ...],
    response: str | None,
    source: str | None,
    show_ids: bool,
    year: int | None,
    catalog: tuple[Path, ...],
) -> int:
    """Explain what is pasted: a finding, code, GUID, measure, program, template, word of the field, or message.

    GUIDs may be cut off, without hyphens, or in a piece of XML; measures may be named by id or part of the title.

    With --response it explains an answer of CMS instead, message by message: the JSON of the submission API or of the
    upload page, or a text with messages in it, such as an e-mail.

    \b
    Examples:
      qrda2qpp explain GUID002
      qrda2qpp explain 59
      qrda2qpp explain 2c928085-806c-39a2-0180-7092fa9b0145 --year 2025
      qrda2qpp explain CMS165v12
      qrda2qpp explain MIPS_APP1_GROUP
      qrda2qpp explain --response answer.json --source export.xml

    Exit codes with --response: 0 explained; 1 the file is no answer of CMS, or could not be read; 2 wrong usage.
    """
    if response is None:
        if source is not None:
            raise click.UsageError("--source belongs to --response.")
        if not words:
            raise click.UsageError("Give a WORD, or an answer of CMS with --response.")
        from converter.explanation.lookup import explain

        click.echo(explain(" ".join(words), year=year, catalog=catalog).text, nl=False)
        return 0
    if words:
        raise click.UsageError("Give a WORD or --response, not both.")
    if response == source == _STDIN:
        raise click.UsageError("Only one of --response and --source can be standard input.")
    if _STDIN in (response, source) and sys.stdin is None:
        raise click.UsageError("Standard input is closed.")
    return _explain_response(response, source, show_ids, year, catalog)


def _input(name: str) -> "str | BinaryIO":
    return sys.stdin.buffer if name == _STDIN else name


def _explain_response(
    response: str, source: str | None, show_ids: bool, year: int | None, catalog: tuple[Path, ...]
) -> int:
    from converter.errors import AnswerError, SourceError
    from converter.explanation.response import explain_response
    from converter.findings.mask import masked_name

    try:
        answer = explain_response(
            _input(response), source=source and _input(source), year=year, catalog=catalog, show_ids=show_ids
        )
    except AnswerError as error:
        name = "stdin" if response == _STDIN else response
        click.echo(f"{name if show_ids else masked_name(name)}: {error}", err=True)
        return _EXIT_NO_ANSWER
    except SourceError as error:
        click.echo(f"The file could not be read: {error}.", err=True)
        return _EXIT_NO_ANSWER
    if coloured(sys.stdout):
        show(answer.text, sys.stdout)
    else:
        write_stream(sys.stdout, [answer.text])
    return 0
