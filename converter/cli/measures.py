"""`qrda2qpp measures`: the quality measures of a year, or of all years."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from converter.cli.options import catalog_option, year_option
from converter.cli.words import echo

if TYPE_CHECKING:
    from converter.explanation.measure_rows import MeasureRow


@click.command("measures")
@click.argument("query", required=False)
@click.option("--all", "every", is_flag=True, help="Also list measures that cannot be reported from an EHR.")
@year_option("all years are searched")
@catalog_option
def command(query: str | None, every: bool, year: int | None, catalog: tuple[Path, ...]) -> int:
    """List the quality measures that can be reported from an EHR, with their GUIDs.

    QUERY is an id, a GUID (with or without hyphens) or a title, or part of one. Without --year all years are searched,
    the newest first; without QUERY the latest year with identifiers is listed.

    \b
    Examples:
      qrda2qpp measures --year 2025
      qrda2qpp measures depression --year 2024
      qrda2qpp measures CMS165
      qrda2qpp measures falls --all --year 2025
    """
    from converter.explanation.lookup import catalog_of
    from converter.explanation.measure_rows import measure_rows
    from converter.facts.catalog import load_catalog
    from converter.facts.files import data_folders, years

    folders = data_folders(catalog)
    if year is None and query:
        searched = [load_catalog(folders, one) for one in reversed(years(folders, "catalog"))]
    elif year is None:
        searched = [catalog_of(folders, None)]
    else:
        searched = [load_catalog(folders, year)]
    rows = [row for one in searched for row in measure_rows(one, query or "", every)]
    for line in _table(rows, len(searched) > 1):
        echo(line)
    note = ", identifiers preliminary" if len(searched) == 1 and searched[0].preliminary else ""
    span = f"{searched[-1].year} to {searched[0].year}" if len(searched) > 1 else searched[0].year
    echo(f"{len(rows)} measures of performance year {span}{note}.", err=True)
    return 0 if rows else 1


def _table(rows: "list[MeasureRow]", years: bool) -> Iterator[str]:
    """Yield the lines of a table with a header; nothing where there are no rows."""
    if not rows:
        return
    wide = max(len("ID"), *(len(row.measure_id) for row in rows))
    year = "YEAR  " if years else ""
    yield f"{year}{'ID':<{wide}}  {'CMS ID':<10}  {'GUID':<36}  TITLE"
    for row in rows:
        year = f"{row.year}  " if years else ""
        yield f"{year}{row.measure_id:<{wide}}  {row.cms_id:<10}  {row.guid:<36}  {row.title}"
