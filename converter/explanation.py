"""What an identifier, a finding or an official code is."""

import re
from collections.abc import Iterable
from pathlib import Path

from converter.catalog import guids
from converter.catalog.catalog import Catalog, load_catalog
from converter.errors import UsageError
from converter.findings.finding import Kind
from converter.findings.kinds import TABLE
from converter.resources import Folders, data_folders, years

_BLANKS = re.compile(r"\s+")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def explain(word: str, *, year: int | None = None, catalog: str | Path | Iterable[str | Path] | None = None) -> str:
    """Say what a word is.

    Args:
        word: id or slug of a finding, official error code, GUID, measure id, CMS id, or id of a promoting
            interoperability measure, improvement activity or MVP.
        year: performance year to look in; None for the latest with identifiers.
        catalog: folder or folders with catalogs that add or replace years.

    Returns:
        The explanation as plain text.

    Raises:
        UsageError: nothing is known by that name.
    """
    folders = data_folders(catalog)
    asked = _BLANKS.sub(" ", word).strip()
    text = _finding(asked) or _code(asked) or _guid(asked, year, folders) or _identifier(asked, year, folders)
    if text is None:
        raise UsageError(
            f"Nothing is known as {asked!r}. Give the id of a finding (GUID001), an official code (6), a GUID, "
            "a measure id (236), a CMS id (CMS165v13), or an id such as PI_EP_1, IA_EPA_1 or M1366."
        )
    return text


def describe(kind: Kind) -> str:
    """Return the explanation of a row of the table of findings."""
    code = f"official code {kind.official_code}" if kind.official_code else "no official code"
    lines = [
        f"{kind.id} {kind.slug} ({kind.severity.value}, stage {kind.stage.value}, {code})",
        f"  {_sentence(kind.message)}",
    ]
    if kind.expected != "-":
        lines.append(f"  Expected: {_sentence(kind.expected)}")
    return "\n".join([*lines, f"  What to do: {_sentence(kind.fix)}"]) + "\n"


def _sentence(template: str) -> str:
    return _PLACEHOLDER.sub(lambda match: f"<{match[1].replace('_', ' ')}>", template)


def _finding(word: str) -> str | None:
    rows = [kind for kind in TABLE.values() if word.upper() == kind.id or word.lower() == kind.slug]
    return describe(rows[0]) if rows else None


def _code(word: str) -> str | None:
    match = re.fullmatch(r"(?:code )?(\d{1,3})", word)
    if not match or (len(match[1]) == 3 and match[1].startswith("0")):
        return None
    rows = [kind for kind in TABLE.values() if kind.official_code == int(match[1])]
    return "\n".join(describe(kind) for kind in rows) if rows else None


def _guid(word: str, year: int | None, folders: Folders) -> str | None:
    guid = word.strip("{}").lower().removeprefix("urn:uuid:")
    found = guids.published_as(guid)
    if not found or found.kind != "measure":
        return None
    cms_id, measure_id, published = found.cms_id, found.measure_id or "", found.years[0]
    lines = [f"{guid} is the GUID of {cms_id} (measure {measure_id}), performance year {published}."]
    if year and year != published:
        current = load_catalog(folders, year).by_measure_id(measure_id)
        lines.append(
            f"In {year} the measure is {current.cms_id} with the GUID {current.guid}."
            if current
            else f"In {year} the measure cannot be reported from an EHR."
        )
    return "\n".join(lines) + "\n"


def _identifier(word: str, year: int | None, folders: Folders) -> str | None:
    known = [one for one in years(folders, "catalog") if load_year_status(folders, one)]
    catalog = load_catalog(folders, year if year is not None else known[-1])
    return _measure(word, catalog) or _row(word, catalog)


def load_year_status(folders: Folders, year: int) -> bool:
    """Whether the catalog of a year has identifiers."""
    return load_catalog(folders, year).identifiers != "none"


def _measure(word: str, catalog: Catalog) -> str | None:
    for measure in catalog:
        if word.upper() in (
            measure.measure_id.upper(),
            measure.cms_id.upper(),
            measure.cms_id.upper().partition("V")[0],
        ):
            lines = [
                f"{measure.cms_id} (measure {measure.measure_id}), performance year {catalog.year}",
                f"  {measure.title}",
            ]
            lines.append(f"  GUID {measure.guid}")
            for number, stratum in enumerate(measure.strata, 1):
                name = f" {stratum.name}" if stratum.name else ""
                lines.append(f"  Population set {number}{name}")
                lines += [f"    {role:<9}{guid}" for role, guid in stratum.populations.items()]
            return "\n".join(lines) + "\n"
    return None


def _row(word: str, catalog: Catalog) -> str | None:
    for name, key in (("pi", "measureId"), ("ia", "measureId"), ("mvps", "mvpId"), ("otherQuality", "measureId")):
        for row in catalog.facts.get(name, ()):
            if row[key].upper() == word.upper():
                return f"{row[key]}, performance year {catalog.year}\n  {row['title']}\n"
    return None
