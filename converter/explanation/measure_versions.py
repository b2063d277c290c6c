"""The versions of a measure over the years, and CMS ids and QPP ids as people write them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from converter.explanation.explanation import Explanation, Subject
from converter.explanation.guid_lookup import KIND_NAMES, current_lines, measure_explained
from converter.explanation.measure_ids import id_explained
from converter.facts.catalog import Catalog, load_catalog
from converter.facts.files import Folders, is_shipped, years
from converter.facts.guids import all_versions_shipped, others_numbered
from converter.findings.finding import MeasureLabel

_CMS_ID = re.compile(
    r"(?:e-?cqm:? ?)?cms(?:id)?[ #_:-]*0*(\d{1,4})(?:[ ._-]?v(?:ersion|er)?[ .]?(\d{1,2}))?(?:\.\d+)*(?:[ -]?fhir)?"
    r"(?:[ (]+20\d\d\)?)?",
    re.IGNORECASE,
)
_QPP_ID = re.compile(
    r"(?:(?:mips|qpp|quality|measure|e?cqm|id|nr|no\.?|number)[ :]*)*(?:#|q)? ?(\d{1,3})", re.IGNORECASE
)
_NAMED_ID = re.compile(r"(?:PI|IA|ACI|COST)_[A-Z]+_\d{1,2}(?:_\w+)?", re.IGNORECASE)
_SEPARATORS = re.compile(r"\W+")
_WITH_VERSIONS = frozenset({Subject.MEASURE, Subject.MEASURE_GUID, Subject.SET_ID})


class Version(NamedTuple):
    """A measure that can be reported from an EHR in a year; the GUID is None where it is not published."""

    year: int
    cms_id: str
    measure_id: str
    guid: str | None

    def title(self, folders: Folders) -> str:
        """Title of the measure in the year."""
        rows = load_catalog(folders, self.year).facts["measures"]
        return next(str(row["title"]) for row in rows if row["measureId"] == self.measure_id)


def all_versions(folders: Folders) -> list[Version]:
    """Return the measures of all years that can be reported from an EHR, the newest year first.

    Those of the years that come with the package are in the index, so that only replaced years are opened.
    """
    shipped = {year for year in years(folders, "catalog") if is_shipped(folders, "catalog", year)}
    found = [Version(*row) for row in all_versions_shipped() if row[0] in shipped]
    for year in set(years(folders, "catalog")) - shipped:
        for row in load_catalog(folders, year).facts["measures"]:
            guid = row.get("guid")
            found.append(Version(year, row["eMeasureId"], row["measureId"], guid and guid.lower()))
    return sorted(found, key=lambda one: one.year, reverse=True)


def written_id_explained(word: str, catalog: Catalog, folders: Folders) -> Explanation | None:
    """Explain a CMS id of any version and year, and an id written like `CMS 122`, `Q001`, `#236`."""
    if match := _CMS_ID.fullmatch(word):
        found = _of_cms_id(word, match[1], match[2], catalog, folders)
        if found and found.what is Subject.MEASURE and word.upper().endswith("FHIR") and "FHIR" not in found.text:
            return replace(found, text=f"{word} is {KIND_NAMES['fhir']}. In QRDA III it is:\n{found.text}")
        return found
    if (named := _SEPARATORS.sub("_", word).strip("_")) != word and _NAMED_ID.fullmatch(named):
        found = id_explained(named, catalog, folders)
        return found and replace(found, word=word)
    if (match := _QPP_ID.fullmatch(word)) and match[1].zfill(3) != word:
        found = id_explained(match[1].zfill(3), catalog, folders)
        return found and replace(found, word=word)
    return None


def with_versions(found: Explanation, folders: Folders) -> Explanation:
    """Add the versions of all years to the explanation of a measure."""
    if found.what not in _WITH_VERSIONS or found.parts or not found.measure or not found.measure.measure_id:
        return found
    lines = version_lines(found.measure.measure_id, folders)
    return replace(found, text=found.text.rstrip() + "\n" + "\n".join(lines) + "\n") if len(lines) > 2 else found


def version_lines(measure_id: str, folders: Folders) -> list[str]:
    """Say which version a measure has in each year, the newest first; nothing for one that was never an eCQM."""
    rows = [one for one in all_versions(folders) if one.measure_id == measure_id]
    lines = [f"  {one.year}  {one.cms_id:<10}  {one.guid or 'GUID not published'}" for one in rows]
    return ["All performance years:", *lines] if rows else []


def _of_cms_id(word: str, number: str, version: str | None, catalog: Catalog, folders: Folders) -> Explanation | None:
    rows = [one for one in all_versions(folders) if one.cms_id.partition("v")[0] == f"CMS{number}"]
    if not rows:
        return _of_others(word, number, version)
    wanted = f"CMS{number}v{int(version)}" if version else None
    own = next((one for one in rows if one.cms_id == wanted), None)
    current = catalog.by_measure_id(rows[0].measure_id)
    if own is None and current and (wanted is None or wanted == current.cms_id):
        return measure_explained(word, current, catalog)
    of = own or rows[0]
    title = of.title(folders)
    text = "\n".join(_lines(of, wanted, own is not None, catalog, folders)) + "\n"
    label = MeasureLabel(of.measure_id, wanted or of.cms_id, title)
    return Explanation(
        word,
        Subject.MEASURE,
        text,
        id=label.cms_id,
        title=title,
        year=catalog.year,
        years=tuple(sorted(one.year for one in rows if wanted in (None, one.cms_id))),
        measure=label,
        guid=current.guid if current else None,
    )


def _lines(of: Version, wanted: str | None, found: bool, catalog: Catalog, folders: Folders) -> Iterator[str]:
    """Say what a version is that is not of the year of the catalog, or of no year."""
    if not found and wanted:
        kinds = {KIND_NAMES[one.kind] for one in others_numbered(wanted.removeprefix("CMS").partition("v")[0])
                 if one.cms_id == wanted}  # fmt: skip
        what = f"{wanted} is {min(kinds)}" if kinds else f"{wanted} is not the version for any performance year"
        yield f"{what}. The measure is {of.measure_id}, {of.title(folders)}."
    else:
        of_year = load_catalog(folders, of.year)
        measure = of_year.measure(of.guid) if of.guid else None
        if measure:
            yield measure_explained("", measure, of_year).text.rstrip()
        else:
            yield f"{of.cms_id} (measure {of.measure_id}), performance year {of.year}"
            yield f"  {of.title(folders)}"
            yield f"  GUID     {of.guid or 'not published'}"
    if of.year != catalog.year or not found:
        yield from current_lines(of.measure_id, catalog)


def _of_others(word: str, number: str, version: str | None) -> Explanation | None:
    """Explain the CMS id of what clinicians never reported under MIPS."""
    rows = others_numbered(number)
    wanted = f"CMS{number}" + (f"v{int(version)}" if version else "")
    exact = [one for one in rows if one.cms_id == wanted] or rows
    if not exact:
        return None
    what = next((KIND_NAMES[one.kind] for one in exact if one.kind in KIND_NAMES), None)
    title = next((one.title for one in rows if one.title), None)
    text = f"{wanted} is {what or 'a measure that was never reported under MIPS from an EHR'}."
    text += f"\n  {title}\n" if title else "\n"
    return Explanation(word, Subject.MEASURE, text, id=wanted, title=title, measure=MeasureLabel(None, wanted, title))
