"""What changes from one performance year to another: for those who prepare a release of their own software."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from converter.explanation.assertion_changes import assertion_changes
from converter.facts.catalog import Catalog, load_catalog
from converter.facts.files import Folders, load_table, load_year, years
from converter.guide.describe import Describer
from converter.language.english import shortened

_MOST = 60
_PROFILE = "profile.schema.json"
_OTHERS = (
    ("otherQuality", "other quality measures", "measureId"),
    ("pi", "promoting interoperability measures", "measureId"),
    ("ia", "improvement activities", "measureId"),
    ("cost", "cost measures", "measureId"),
    ("mvps", "MIPS Value Pathways", "mvpId"),
)


def year_changes(folders: Folders, before: int, after: int) -> list[tuple[str, list[str]]]:
    """Return what differs between two performance years: a heading and lines for each kind of thing.

    Args:
        folders: where the data files are looked for.
        before: a performance year.
        after: another one, usually a later one.

    Raises:
        DataFileError: a year has no catalog, or a data file cannot be read or does not have the right shape.
    """
    old, new = load_catalog(folders, before), load_catalog(folders, after)
    groups = [
        *_profiles(folders, before, after),
        ("Quality measures that can be reported from an EHR", list(_measures(old, new))),
        ("Other measures and activities", list(_others(old.facts, new.facts))),
        ("Assertions of the implementation guide", list(assertion_changes(folders, before, after))),
    ]
    return [(heading, lines or ["no differences"]) for heading, lines in groups]


def _profiles(folders: Folders, before: int, after: int) -> Iterator[tuple[str, list[str]]]:
    missing = [year for year in (before, after) if year not in years(folders, "profiles")]
    if missing:
        yield (
            "Templates, programs and identifiers",
            [f"not compared: documents of {missing[0]} cannot be converted yet"],
        )
        return
    old, new = (load_year(folders, "profiles", _PROFILE, year) for year in (before, after))
    role = Describer(load_table(folders, "guide/table")["templates"]).role
    extensions = [
        {_template(one["root"], role(one["root"])): one["extension"] or "no extension" for one in templates}
        for templates in (old["templates"].values(), new["templates"].values())
    ]
    yield "Templates", list(_values(*extensions))
    programs = [
        {name: _program(one, released=data["status"] == "final") for name, one in data["programs"].items()}
        for data in (old, new)
    ]
    yield "Program names", list(_values(*programs))
    yield "Roots of identifiers", list(_values(old["identifiers"], new["identifiers"]))


def _template(root: str, role: str) -> str:
    return f"{root} ({role})" if role else root


def _program(one: Mapping[str, Any], *, released: bool) -> str:
    written = f"written as {one['programName']}" if one["programName"] else "how it is written in QPP JSON is not known"
    words = f"{one['entityType']}, {written}"
    return words if one["accepted"] or not released else f"{words}, not accepted by CMS' converter"


def _values(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for name in new:
        if name not in old:
            yield f"new      {name}: {new[name]}"
    for name in old:
        if name not in new:
            yield f"gone     {name}: {old[name]}"
        elif old[name] != new[name]:
            yield f"changed  {name}: {new[name]} (before: {old[name]})"


def _measures(old: Catalog, new: Catalog) -> Iterator[str]:
    """The measures by their QPP id; a GUID or population id in other letters is the same."""
    if new.preliminary:
        state = "preliminary" if new.identifiers == "preliminary" else "not published yet"
        yield f"the identifiers of {new.year} are {state}"
    ones = [{row["measureId"]: row for row in catalog.facts["measures"]} for catalog in (old, new)]
    for id, row in ones[1].items():
        if id not in ones[0]:
            yield f"new      {_name(row)}{_guid(row)}"
    for id, row in ones[0].items():
        if id not in ones[1]:
            yield f"gone     {_name(row)}"
    for id, row in ones[1].items():
        parts = list(_parts(ones[0][id], row)) if id in ones[0] else []
        if parts:
            yield f"changed  {_name(row)}"
            yield from (f"         {part}" for part in parts)


def _name(row: Mapping[str, Any]) -> str:
    return " ".join(row[name] for name in ("measureId", "eMeasureId", "title") if name in row)


def _guid(row: Mapping[str, Any]) -> str:
    return f", GUID {row['guid']}" if "guid" in row else ""


def _parts(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for name, what in (("eMeasureId", "CMS id"), ("guid", "GUID"), ("metricType", "kind of rate")):
        was, now = (str(row.get(name, "none")) for row in (old, new))
        if was.lower() != now.lower():
            yield f"{what}: {now} (before: {was})"
    if bool(old.get("isInverse")) != bool(new.get("isInverse")):
        yield f"a lower rate is better: {'yes' if new.get('isInverse') else 'no'}"
    yield from _ids(_populations(old), _populations(new))


def _ids(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    if old and not new:
        yield "population ids: none yet"
        return
    for key in (*new, *(key for key in old if key not in new)):
        if old.get(key, "").lower() != new.get(key, "").lower():
            yield f"{key}: {new.get(key, 'none')} (before: {old.get(key, 'none')})"


def _populations(row: Mapping[str, Any]) -> dict[str, str]:
    """What an id is of -> the id, of the populations and strata of a measure."""
    found: dict[str, str] = {}
    strata: Sequence[Mapping[str, Any]] = row.get("strata", ())
    for number, stratum in enumerate(strata, 1):
        of = f" of population set {number}" if len(strata) > 1 else ""
        found |= {f"{role}{of}": id for role, id in stratum.get("populations", {}).items()}
        found |= {f"stratum {place}{of}": id for place, id in enumerate(stratum.get("stratumIds", ()), 1)}
    return found


def _others(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for name, what, key in _OTHERS:
        was, now = ({row[key] for row in facts.get(name, ())} for facts in (old, new))
        if added := sorted(now - was):
            yield f"new      {what}: {shortened(added, _MOST)}"
        if gone := sorted(was - now):
            yield f"gone     {what}: {shortened(gone, _MOST)}"
