"""`qrda2qpp catalog import`: a catalog year from the measure packages of CMS, before a release of this tool has it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from converter.cli.options import catalog_option
from converter.cli.words import echo

if TYPE_CHECKING:
    from converter.facts.files import Folders
    from converter.packages.catalog_year import Imported
    from converter.packages.package_file import Package

_FIRST, _LAST = 2017, 2100


@click.group("catalog")
def command() -> None:
    """Make the data of a performance year."""


@command.command("import")
@click.argument("package", metavar="PACKAGE.zip", type=click.Path(path_type=Path))
@click.option(
    "--year", type=click.IntRange(_FIRST, _LAST), required=True, metavar="YYYY", help="Performance year of the package."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("."),
    metavar="DIR",
    help="Folder that gets catalog/YYYY.json; by default this one.",
)
@click.option(
    "--measure-id",
    "named",
    multiple=True,
    metavar="CMSxxxvN=ID",
    help="QPP measure id of a measure that is found by neither its set id nor its CMS number. May be repeated.",
)
@catalog_option
def import_command(package: Path, year: int, out: Path, named: tuple[str, ...], catalog: tuple[Path, ...]) -> int:
    """Make the catalog of a year from CMS' measure package.

    PACKAGE.zip is the archive with the HQMF documents of all eCQMs, from the eCQI Resource Center. From it come GUIDs,
    versions, set ids, population ids, stratum ids, and whether a lower rate is better. The rest is that of the year
    where it is known, else of the year before; what was taken over is marked in the file.

    \b
    Examples:
      qrda2qpp catalog import EC-eCQM-2027.zip --year 2027 --out tables
      qrda2qpp check export.xml --catalog tables

    Exit codes: 0 written; 1 a measure was left out, or the package could not be used; 2 wrong usage.
    """
    from converter.facts.files import data_folders
    from converter.packages.package_file import PackageError, read_package
    from converter.source.limits import DEFAULT_LIMITS

    ids = dict(_named(one) for one in named)
    folders = data_folders(catalog)
    try:
        found = read_package(package, DEFAULT_LIMITS)
    except PackageError as error:
        echo(f"Error: {error} Nothing was written.", err=True)
        return 1
    if unknown := ids.keys() - {one.cms_id for one in found.measures}:
        raise click.UsageError(f"The package does not have {', '.join(sorted(unknown))}.")
    return _written(found, package.name.strip(), year, out, ids, folders)


def _named(text: str) -> tuple[str, str]:
    cms_id, _, measure_id = text.partition("=")
    if not cms_id or not measure_id:
        raise click.UsageError(f"--measure-id wants a CMS id and a measure id, such as CMS165v13=236, not {text}.")
    return cms_id, measure_id


def _written(found: "Package", name: str, year: int, out: Path, ids: Mapping[str, str], folders: "Folders") -> int:
    from datetime import date

    from converter.cli.output import write_file
    from converter.facts.files import check_shape, load_year, years
    from converter.packages.catalog_year import Source, catalog_year, other_years
    from converter.packages.rendering import rendered

    if others := other_years(found.measures, year):
        echo(f"Error: {name} is the package of {others}: its GUIDs are of that year. Nothing was written.", err=True)
        return 1
    # Years before 2017 are no performance years, and that of 2017 comes with the tool: there always is one.
    earlier = [one for one in reversed(years(folders, "catalog")) if one <= year]
    catalogs = (load_year(folders, "catalog", "catalog.schema.json", one) for one in earlier)
    known = next(catalogs)
    shapes = known if known["identifiers"] != "none" else next(one for one in catalogs if one["identifiers"] != "none")
    source = Source(name, date.today().isoformat(), known, shapes, ids)
    made = catalog_year(found.measures, year, source)
    path = out / "catalog" / f"{year}.json"
    check_shape(made.facts, path, "catalog.schema.json")
    write_file(path, [rendered(made.facts)])
    _say(found, name, made, known)
    profiled = year in years(folders, "profiles")
    echo(f"Written: {path}. Use it with --catalog {out}.")
    if not profiled:
        echo(f"There is no profile of {year} yet, so documents of that year are not recognized.")
    return 1 if made.left_out else 0


def _say(found: "Package", name: str, made: "Imported", known: Mapping[str, Any]) -> None:
    from converter.language.english import number_of, shortened
    from converter.packages.comparison import summary

    echo(f"{name} has {number_of(len(found.measures), 'measure')}.")
    if found.without_rate:
        echo(f"Not taken, because they have no performance rate: {shortened(found.without_rate)}.")
    for one in made.left_out:
        echo(f"Left out: {one.cms_id} ({one.title}): {one.why}.")
    of_year = known["performanceYear"] == made.facts["performanceYear"]
    if made.missing:
        echo(f"Of the data of {known['performanceYear']}, the package does not have: {shortened(made.missing, 12)}.")
        if not of_year:
            echo("Those that can be reported in other ways than from an EHR are kept for these.")
    for line in summary(made.facts, known):
        echo(line)
    if not of_year:
        echo(
            f"Taken over from {known['performanceYear']}, and marked in the file: measure ids, programs, submission "
            "methods and the like, promoting interoperability, improvement activities, cost and pathways. "
            "They may have changed."
        )
