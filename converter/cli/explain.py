"""`qrda2qpp explain`: what a finding, code or identifier is, and what an answer of CMS means."""

import sys
from pathlib import Path
from typing import Any, BinaryIO

import click

from converter.cli.console import coloured, show, show_page
from converter.cli.options import catalog_option, color_option, year_option
from converter.cli.streams import write_stream
from converter.cli.words import echo
from converter.language.visible import visible

_EXIT_NO_ANSWER = 1
_STDIN = "-"


@click.command("explain")
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option("--response", metavar="FILE", help="Explain this answer from CMS; - reads standard input.")
@click.option("--source", metavar="FILE", help="The file that was sent, to show the places in it.")
@click.option("--show-ids", is_flag=True, help="Do not mask possible TINs and NPIs in an answer.")
@year_option("the latest one with identifiers, or that of the file in --source")
@catalog_option
@color_option
def command(words: tuple[str, ...], **values: Any) -> int:
    """Explain whatever you paste: a finding, code, GUID, measure, program, template, year, term or message.

    GUIDs may be cut off, without hyphens, or inside XML. Measures may be named by id or by part of the title.

    With --response it explains an answer from CMS instead, message by message: the JSON of the submission API or the
    upload page, or text that contains messages, such as an email.

    \b
    Examples:
      qrda2qpp explain GUID002
      qrda2qpp explain 59
      qrda2qpp explain 2c928085-806c-39a2-0180-7092fa9b0145 --year 2025
      qrda2qpp explain CMS165v12
      qrda2qpp explain MIPS_APP1_GROUP
      qrda2qpp explain 2025
      qrda2qpp explain NQF 0018
      qrda2qpp explain --response answer.json --source export.xml

    Exit codes with --response: 0 explained; 1 the file is not an answer from CMS, or could not be read; 2 wrong usage.
    """
    response, source = values["response"], values["source"]
    if response is None:
        if source is not None:
            raise click.UsageError("--source can only be used with --response.")
        if not words:
            raise click.UsageError("Give a WORD, or use --response for an answer from CMS.")
        return _explain_words(" ".join(words), values["year"], values["catalog"], values["color"])
    if words:
        raise click.UsageError("Give a WORD or --response, not both.")
    if response == source == _STDIN:
        raise click.UsageError("Only one of --response and --source can be standard input.")
    if _STDIN in (response, source) and sys.stdin is None:
        raise click.UsageError("Standard input is closed.")
    return _explain_response(values)


def _explain_words(words: str, year: int | None, catalog: tuple[Path, ...], color: str) -> int:
    from converter.explanation.explanation import Subject
    from converter.explanation.lookup import explain

    found = explain(words, year=year, catalog=catalog)
    if found.what is Subject.FINDING and coloured(sys.stdout, color):
        show_page(found.text, sys.stdout, color)
    else:
        echo(found.text, nl=False)
    return 0


def _input(name: str) -> "str | BinaryIO":
    return sys.stdin.buffer if name == _STDIN else name


def _explain_response(values: dict[str, Any]) -> int:
    from converter.errors import AnswerError, SourceError
    from converter.explanation.response import explain_response
    from converter.findings.mask import masked_text

    response, source, show_ids, color = (values.pop(name) for name in ("response", "source", "show_ids", "color"))
    try:
        answer = explain_response(_input(response), source=source and _input(source), show_ids=show_ids, **values)
    except AnswerError as error:
        name = "stdin" if response == _STDIN else response
        echo(visible(f"{name if show_ids else masked_text(name)}: {error}"), err=True)
        return _EXIT_NO_ANSWER
    except SourceError as error:
        echo(visible(f"The file could not be read: {error}."), err=True)
        return _EXIT_NO_ANSWER
    if coloured(sys.stdout, color):
        show(answer.text, sys.stdout, color)
    else:
        write_stream(sys.stdout, [answer.text])
    return 0
