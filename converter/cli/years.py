"""`qrda2qpp years`: the performance years that are known."""

from pathlib import Path

import click

from converter.cli.options import catalog_option
from converter.cli.words import echo

_STATUS = {"final": "final", "preliminary": "preliminary", "none": "not published yet"}


@click.command("years")
@catalog_option
def command(catalog: tuple[Path, ...]) -> None:
    """List the performance years: document template, number of measures, dates of the data, and what is preliminary.

    \b
    Examples:
      qrda2qpp years
      qrda2qpp years --catalog new-tables
    """
    from converter.facts.catalog import load_catalog
    from converter.facts.files import data_folders, years
    from converter.facts.profiles import load_profile

    folders = data_folders(catalog)
    profiles = years(folders, "profiles")
    echo("Year  Template    Guide of    Measures  Identifiers        Data of")
    for year in years(folders, "catalog"):
        measures = load_catalog(folders, year)
        count = sum(1 for _ in measures)
        template, guide = "-", "-"
        if year in profiles:
            profile = load_profile(folders, year)
            template, guide = profile.document_extension, profile.date + ("*" if profile.preliminary else "")
        status = _STATUS[measures.identifiers]
        echo(f"{year}  {template:<10}  {guide:<11} {count:>8}  {status:<17}  {measures.date}")
    echo("* preliminary: no release of the official converter handles the year yet.")
