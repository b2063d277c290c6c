"""A catalog year from the measures of a package: what is not in it comes from a year that is known, and is marked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from converter.facts.guids import published_as
from converter.language.english import count_of, listed
from converter.parsers.hqmf.measure import PackagedMeasure, PopulationSet

_Facts: TypeAlias = dict[str, Any]

_ORDER = (
    *("measureId", "eMeasureId", "guid", "guidSource", "setId", "title", "metricType", "overallAlgorithm"),
    *("isInverse", "isHighPriority", "measureType", "submissionMethods", "allowedPrograms"),
    *("allowedRegistrationTypes", "companionMeasureId", "cpcPlusGroup", "firstPerformanceYear", "takenOver", "strata"),
)
"""Members of a measure in the catalog. What is of one year, such as a changed guideline, is not taken over."""
_OTHER_LISTS = ("otherQuality", "pi", "ia", "cost", "mvps")
_OTHER_QUALITY = (
    *("measureId", "title", "metricType", "measureType", "isInverse", "isHighPriority", "submissionMethods"),
    *("overallAlgorithm", "allowedPrograms", "companionMeasureId"),
)
_EHR = "electronicHealthRecord"


class LeftOut(NamedTuple):
    """A measure of the package that is not in the catalog, and why."""

    cms_id: str
    title: str
    why: str


class Imported(NamedTuple):
    """A catalog year that was made.

    Attributes:
        facts: the content of its file.
        left_out: measures of the package that are not in it.
        missing: measures of the known year that are not in the package, by their CMS ids there.
    """

    facts: _Facts
    left_out: tuple[LeftOut, ...]
    missing: tuple[str, ...]


class Source(NamedTuple):
    """Where the catalog comes from.

    Attributes:
        package: name of the package.
        date: day of the import.
        known: the catalog of the year if there is one, else that of the last year before it.
        shapes: the last catalog with identifiers, `known` or an earlier one: it says how the population sets of a
            measure are named in QPP JSON.
        ids: CMS id with version -> QPP measure id, of measures that are found by neither set id nor CMS number.
    """

    package: str
    date: str
    known: Mapping[str, Any]
    shapes: Mapping[str, Any]
    ids: Mapping[str, str]


def catalog_year(measures: Sequence[PackagedMeasure], year: int, source: Source) -> Imported:
    """Make the catalog of a year.

    Args:
        measures: measures of the package.
        year: the performance year.
        source: where what is not in the package comes from.
    """
    known = source.known
    of_year = known["performanceYear"] == year
    find = _Rows(known["measures"], source.ids)
    shapes = {row["measureId"]: row for row in source.shapes["measures"]}
    made: list[_Facts] = []
    left_out: list[LeftOut] = []
    for measure in measures:
        row = find.row(measure)
        sets = None if row is None else _sets(measure, row, shapes.get(row["measureId"], row))
        if row is None or sets is None:
            why = _not_known(measure, known["performanceYear"]) if row is None else _other_sets(measure)
            left_out.append(LeftOut(measure.cms_id, measure.title, why))
        else:
            made.append(_row(measure, row, sets, source.package, of_year))
    done = {row["measureId"] for row in made}
    missing = [row for row in known["measures"] if row["measureId"] not in done]
    kept = [row for row in missing if of_year and "guid" in row and "strata" in row]
    others = [one for row in missing if row not in kept and (one := _not_by_ehr(row))]
    facts = _head(year, source) | {
        "measures": sorted([*made, *kept], key=lambda row: str(row["measureId"])),
        **{name: known.get(name, []) for name in _OTHER_LISTS},
    }
    facts["otherQuality"] = sorted([*facts["otherQuality"], *others], key=lambda row: str(row["measureId"]))
    return Imported(facts, tuple(left_out), tuple(row["eMeasureId"] for row in missing))


def other_years(measures: Sequence[PackagedMeasure], year: int) -> str:
    """Return the years, in words, for which most GUIDs of a package were published; empty where it is that one."""
    found: Counter[int] = Counter()
    for one in measures:
        published = published_as(one.guid)
        if published and published.measure_id and year not in published.years:
            found.update(published.years)
    most = [str(one) for one, count in sorted(found.items()) if count * 2 > len(measures)]
    return listed(most, "and")


class _Rows:
    """The measures that are known, and how one of a package is found among them."""

    def __init__(self, rows: Sequence[_Facts], ids: Mapping[str, str]) -> None:
        self._by_set = {row["setId"].lower(): row for row in rows if "setId" in row}
        self._by_number = {_number(row["eMeasureId"]): row for row in rows if "setId" not in row}
        self._by_id = {row["measureId"]: row for row in rows}
        self._ids = ids

    def row(self, measure: PackagedMeasure) -> _Facts | None:
        """Return what is known of a measure: by its set id; by its CMS number where no set id is known; or as named."""
        found = self._by_set.get(measure.set_id.lower()) or self._by_number.get(_number(measure.cms_id))
        return found or self._by_id.get(self._ids.get(measure.cms_id, ""))


def _number(cms_id: str) -> str:
    return cms_id.partition("v")[0]


def _not_known(measure: PackagedMeasure, year: int) -> str:
    return (
        f"neither its set id nor its CMS number is in the data of {year}, so its QPP measure id is not known; if it "
        f"takes the place of a measure that is known, name that one with --measure-id {measure.cms_id}=ID"
    )


def _other_sets(measure: PackagedMeasure) -> str:
    return (
        f"it has {count_of(len(measure.sets), 'population set')}, and another number was known before; which of its "
        "rates CMS takes is not in the package"
    )


def _sets(measure: PackagedMeasure, row: _Facts, shape: _Facts) -> list[_Facts] | None:
    """The population sets with their names in QPP JSON; None where they are not those that are known."""
    like = next(
        (one["strata"] for one in (row, shape) if any("populations" in it for it in one.get("strata", ()))), None
    )
    if like is None:
        like = [{**one, "populations": {}} for one in row.get("strata", ({},))]
    if sum(1 for one in like if "populations" in one) != len(measure.sets):
        return None
    given = iter(measure.sets)
    return [_set(one.get("name"), next(given)) if "populations" in one else dict(one) for one in like]


def _set(name: str | None, one: PopulationSet) -> _Facts:
    strata = {"stratumIds": list(one.stratum_ids)} if one.stratum_ids else {}
    return {**({"name": name} if name else {}), "populations": one.populations, **strata}


def _row(measure: PackagedMeasure, known: _Facts, sets: list[_Facts], package: str, of_year: bool) -> _Facts:
    own: _Facts = {
        "eMeasureId": measure.cms_id,
        "guid": measure.guid,
        "guidSource": package,
        "setId": measure.set_id,
        "title": measure.title,
        "strata": sets,
    }
    if measure.is_inverse is not None:
        own["isInverse"] = measure.is_inverse
    taken = {name: known[name] for name in _ORDER if name in known and name not in own}
    facts = taken | own
    if not of_year:
        names = [f"strata/{place}/name" for place, one in enumerate(sets) if "name" in one]
        facts["takenOver"] = [*taken, *names]
    return {name: facts[name] for name in _ORDER if name in facts}


def _not_by_ehr(row: Mapping[str, Any]) -> _Facts | None:
    """A measure that the package does not have, as one that is reported in other ways; None where there are none."""
    methods = [one for one in row["submissionMethods"] if one != _EHR]
    facts = {name: row[name] for name in _OTHER_QUALITY if name in row} | {"submissionMethods": methods}
    return facts if methods else None


def _head(year: int, source: Source) -> _Facts:
    known, package = source.known, source.package
    rest = f"the data of {known['performanceYear']} ({known['date']})"
    head: _Facts = {
        "performanceYear": year,
        "origin": [f"{package}: GUIDs, versions, population and stratum ids", f"{rest}: all else"],
        "date": source.date,
        "identifiers": "preliminary",
        "note": f"GUIDs, population ids and stratum ids are those of {package}; all else is from {rest}.",
    }
    if known["performanceYear"] != year:
        head["takenOverFrom"] = known["performanceYear"]
        head["takenOver"] = [name for name in _OTHER_LISTS if known.get(name)]
    return head
