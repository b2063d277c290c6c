"""`qrda2qpp measures`: the quality measures of a year."""

from pathlib import Path

import click

from converter.cli.options import catalog_option, year_option


@click.command("measures")
@click.argument("query", required=False)
@year_option
@catalog_option
def command(query: str | None, year: int | None, catalog: tuple[Path, ...]) -> int:
    """List the quality measures that can be reported from an EHR, with their GUIDs.

    QUERY is part of an id, GUID or title. Without --year the latest year with identifiers is taken.

    \b
    Examples:
      qrda2qpp measures --year 2025
      qrda2qpp measures depression --year 2024
    """
    from converter.facts.catalog import load_catalog
    from converter.facts.files import data_folders, years

    folders = data_folders(catalog)
    if year is None:
        year = max(one for one in years(folders, "catalog") if load_catalog(folders, one).identifiers != "none")
    chosen = load_catalog(folders, year)
    wanted = (query or "").lower()
    found = 0
    for measure in chosen:
        row = f"{measure.measure_id}  {measure.cms_id:<10}  {measure.guid}  {measure.title}"
        if wanted in row.lower():
            click.echo(row)
            found += 1
    note = ", identifiers preliminary" if chosen.preliminary else ""
    click.echo(f"{found} measures of performance year {year}{note}.", err=True)
    return 0 if found else 1
