"""GUIDs: which measure, population or set one belongs to, in which years, and what to report in its place."""

import re
from collections.abc import Mapping
from dataclasses import replace

from converter.explanation.explanation import Certainty, Explanation, Subject
from converter.facts.catalog import Catalog, Measure
from converter.facts.diagnosis import diagnose, is_guid, unwrapped
from converter.facts.guids import Published, published_as, years_of_measures
from converter.findings.finding import MeasureLabel

_GUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F-]{27,29}")
_STRATUM = "STRAT"
_SUBJECTS: Mapping[str, Subject] = {
    "set": Subject.SET_ID, "population": Subject.POPULATION, "superseded": Subject.POPULATION,
}  # fmt: skip
"""What an identifier was published as -> what it is; all others are GUIDs of measures."""
KIND_NAMES = {
    "hospital": "a measure for hospitals, which clinicians do not report",
    "preMips": "a version from before MIPS began in 2017",
    "au2016Superseded": "a version from before MIPS began in 2017",
    "publishedNotReportable": "a version that was published but never accepted for MIPS",
    "fhir": "the FHIR version of the measure, which QRDA III does not use",
}
"""What an identifier was published as that is of no performance year -> what it is, after `is`."""


def guids_in(text: str) -> list[str]:
    """Return the GUIDs that stand in a text, each once."""
    return list(dict.fromkeys(_GUID.findall(text)))


def guid_explained(word: str, catalog: Catalog) -> Explanation | None:
    """Explain a GUID, also a misspelt or an unknown one, and one in its wrapping; None for what is no GUID."""
    if measure := catalog.measure(unwrapped(word)):
        found = measure_explained(word, measure, catalog)
        return replace(found, what=Subject.MEASURE_GUID, id=measure.guid, years=(catalog.year,))
    if not is_guid(unwrapped(word)) and not _GUID.fullmatch(word):
        return None
    return guid_or_nearest(word, catalog)


def guid_or_nearest(word: str, catalog: Catalog) -> Explanation:
    """Explain what has the form of a GUID, or nearly so: what it was published as, or which known one is misspelt."""
    found_as = diagnose(word, catalog)
    if found_as.published:
        return _published(word, found_as.guid, found_as.published, catalog)
    if near := found_as.misspelt:
        sure = near.distance < 2
        lead = f"{found_as.guid} {'is' if sure else 'is possibly'} {near.guid}, misspelled: {near.difference}.\n"
        # A replaced catalog may have GUIDs that the index does not know.
        other = published_as(near.guid)
        said = _published(word, near.guid, other, catalog) if other else _bare(word, near.guid, catalog)
        certain = Certainty.SURE if sure else Certainty.NOT_SURE
        return replace(said, text=lead + said.text, certain=certain)
    text = f"{found_as.guid} is not the id of any measure or population of any year.\n"
    return Explanation(word, Subject.UNKNOWN, text, Certainty.NOT_KNOWN, id=found_as.guid, year=catalog.year)


def _bare(word: str, guid: str, catalog: Catalog) -> Explanation:
    return Explanation(word, Subject.MEASURE_GUID, "", id=guid, year=catalog.year)


def _published(word: str, guid: str, published: Published, catalog: Catalog) -> Explanation:
    current = catalog.by_measure_id(published.measure_id) if published.measure_id else None
    title = published.title or (current.title if current else None)
    what = _SUBJECTS.get(published.kind, Subject.MEASURE_GUID)
    return Explanation(
        word,
        Subject.STRATUM if what is Subject.POPULATION and published.role == _STRATUM else what,
        "\n".join([_sentence(guid, published), *current_lines(published.measure_id, catalog)]) + "\n",
        id=guid,
        title=title,
        year=catalog.year,
        years=tuple(sorted(published.years)),
        measure=_label(published, title),
        guid=current.guid if current else None,
        role=None if published.role == _STRATUM else published.role,
    )


def _label(published: Published, title: str | None) -> MeasureLabel | None:
    known = published.measure_id or published.cms_id
    return MeasureLabel(published.measure_id, published.cms_id, title) if known else None


def _sentence(guid: str, published: Published) -> str:
    """Say what a GUID was published as."""
    name = f"{published.cms_id or 'a measure'}" + (f" (measure {published.measure_id})" if published.measure_id else "")
    span = ", ".join(str(one) for one in published.years)
    if published.kind == "measure":
        return f"{guid} is the GUID of {name}, performance year {span}."
    if published.kind == "set":
        return f"{guid} is the set id of {name}, which all its versions share. Do not report it in place of the GUID."
    if published.kind in ("population", "superseded"):
        role = "a stratum" if published.role == _STRATUM else f"the {published.role} population"
        return f"{guid} is the id of {role} of {name}" + (f", performance year {span}." if span else ", withdrawn.")
    return f"{guid} is the GUID of {name}: {KIND_NAMES[published.kind]}."


def current_lines(measure_id: str | None, catalog: Catalog) -> list[str]:
    """Say how a measure is reported in the year of a catalog; nothing for a measure without QPP id."""
    if measure_id is None:
        return []
    if current := catalog.by_measure_id(measure_id):
        return [f"In {catalog.year} the measure is {current.cms_id} with the GUID {current.guid}."]
    known = years_of_measures().get(measure_id, ())
    span = f"; it could in {known[0]} to {known[-1]}" if known else ""
    return [f"In {catalog.year} measure {measure_id} cannot be reported from an EHR{span}."]


def label_of(measure_id: str, catalog: Catalog) -> MeasureLabel | None:
    """Name a measure or activity of whatever kind by its QPP id; None where the catalog does not have it."""
    if found := catalog.by_measure_id(measure_id):
        return found.label
    facts = catalog.entry(measure_id)[1]
    return MeasureLabel(measure_id, None, facts["title"]) if facts else None


def measure_explained(word: str, measure: Measure, catalog: Catalog) -> Explanation:
    """Explain a measure that can be reported from an EHR, with its populations."""
    return Explanation(
        word,
        Subject.MEASURE,
        "\n".join(_measure_lines(measure, catalog)) + "\n",
        id=measure.cms_id,
        title=measure.title,
        year=catalog.year,
        years=tuple(sorted({*years_of_measures().get(measure.measure_id, ()), catalog.year})),
        measure=measure.label,
        guid=measure.guid,
    )


def _measure_lines(measure: Measure, catalog: Catalog) -> list[str]:
    note = " (identifiers preliminary)" if catalog.preliminary else ""
    lines = [f"{measure.cms_id} (measure {measure.measure_id}), performance year {catalog.year}{note}"]
    lines += [f"  {measure.title}", f"  GUID     {measure.guid}"]
    facts = measure.facts
    if set_id := facts.get("setId"):
        lines.append(f"  Set id   {set_id} (not to be reported)")
    if facts.get("isInverse"):
        lines.append("  Inverse: a lower rate is better")
    if allowed := facts.get("allowedPrograms"):
        lines.append(f"  Programs {', '.join(allowed)}")
    for number, stratum in enumerate(measure.strata, 1):
        lines.append(f"  Population set {number}" + (f": {stratum.name}" if stratum.name else ""))
        lines += [f"    {role:<9}{guid}" for role, guid in stratum.populations.items()]
        lines += [f"    stratum  {guid}" for guid in stratum.stratum_ids]
    return lines
