"""`qrda2qpp explain`: what a finding, code or identifier is."""

from pathlib import Path

import click

from converter.cli.options import catalog_option, year_option


@click.command("explain")
@click.argument("words", nargs=-1, required=True, metavar="WORD...")
@year_option
@catalog_option
def command(words: tuple[str, ...], year: int | None, catalog: tuple[Path, ...]) -> None:
    """Explain a finding, an official error code, a GUID, or the id of a measure, activity or MVP.

    \b
    Examples:
      qrda2qpp explain GUID002
      qrda2qpp explain 59
      qrda2qpp explain 2c928085-806c-39a2-0180-7092fa9b0145 --year 2025
      qrda2qpp explain CMS165 --year 2025
    """
    from converter.explanation import explain

    click.echo(explain(" ".join(words), year=year, catalog=catalog), nl=False)
