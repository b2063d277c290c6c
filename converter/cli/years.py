"""`qrda2qpp years`: the performance years that are known, and what changes from one to another."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from converter.cli.age import is_old
from converter.cli.options import catalog_option
from converter.cli.words import echo

if TYPE_CHECKING:
    from converter.facts.files import Folders

_STATUS = {"final": "final", "preliminary": "preliminary", "none": "not published yet"}


@click.command("years")
@click.option(
    "--diff",
    nargs=2,
    type=int,
    metavar="YEAR YEAR",
    help="Say what changes from one year to another: templates, programs, identifiers, measures, guide.",
)
@catalog_option
def command(catalog: tuple[Path, ...], diff: tuple[int, int] | None) -> None:
    """List the performance years: document template, number of measures, dates of the data, and what is preliminary.

    \b
    Examples:
      qrda2qpp years
      qrda2qpp years --diff 2025 2026
      qrda2qpp years --catalog new-tables
    """
    from converter.facts.files import data_folders

    folders = data_folders(catalog)
    if diff:
        _compare(folders, *diff)
    else:
        _list(folders)


def _list(folders: "Folders") -> None:
    from converter.facts.catalog import load_catalog
    from converter.facts.files import years
    from converter.facts.profiles import load_profile

    profiles, old = years(folders, "profiles"), False
    echo("Year  Template    Guide of    Measures  Identifiers        Data of")
    for year in years(folders, "catalog"):
        measures = load_catalog(folders, year)
        count = sum(1 for _ in measures)
        template, guide = "-", "-"
        if year in profiles:
            profile = load_profile(folders, year)
            template, guide = profile.document_extension, profile.date + ("*" if profile.preliminary else "")
        status, mark = _STATUS[measures.identifiers], ""
        if is_old(measures.date):
            old, mark = True, "**"
        echo(f"{year}  {template:<10}  {guide:<11} {count:>8}  {status:<17}  {measures.date}{mark}")
    echo("* preliminary: no release of the official converter handles the year yet.")
    if old:
        echo(
            "** older than a year: CMS may have published corrections since. A newer release of qrda2qpp may have them."
        )


def _compare(folders: "Folders", before: int, after: int) -> None:
    from converter.errors import UsageError
    from converter.explanation.year_changes import year_changes
    from converter.facts.catalog import load_catalog
    from converter.facts.files import years

    known = years(folders, "catalog")
    unknown = [year for year in (before, after) if year not in known]
    if unknown:
        raise UsageError(f"Performance year {unknown[0]} is not known; known are {known[0]} to {known[-1]}.")
    dates = [load_catalog(folders, year).date for year in (before, after)]
    found = year_changes(folders, before, after)
    echo(f"From performance year {before} (data of {dates[0]}) to {after} (data of {dates[1]})")
    for heading, lines in found:
        echo(f"\n{heading}")
        for line in lines:
            echo(f"  {line}")
