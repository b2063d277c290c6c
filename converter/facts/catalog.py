"""The measures of a performance year, from `schemas/catalog/<year>.json` (facts of CMS, with origin and date)."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from converter.facts.files import Folders, load_year, years
from converter.findings.finding import MeasureLabel
from converter.language.terms import ROLE_NAMES, program_words

COUNTED_ROLES = ("DENOM", "NUMER", "DENEX", "DENEXCEP")
"""Population roles that become numbers of the submission and are checked against the catalog."""

INITIAL_POPULATION = "IPOP"
POPULATION_CODES: Mapping[str, str] = {
    **{code: code for code in ROLE_NAMES},
    "IPP": INITIAL_POPULATION,
}
"""Code of a population in a document -> its role; the initial population is written in two ways."""


def role_of(code: str) -> str:
    """Return the role that a population code stands for; an unknown code stands for itself."""
    return POPULATION_CODES.get(code, code)


_LISTS: Mapping[str, str] = {
    "otherQuality": "quality", "measures": "quality", "pi": "pi", "ia": "ia", "cost": "cost",
}  # fmt: skip
"""List of the catalog -> category of its measures."""


class Stratum(NamedTuple):
    """A population set of a measure: its name in QPP JSON (or None), and role -> id as published."""

    name: str | None
    populations: dict[str, str]
    stratum_ids: tuple[str, ...]


class Measure(NamedTuple):
    """A quality measure that can be reported from an EHR (eCQM).

    Attributes:
        measure_id: QPP measure id, such as `236`.
        cms_id: CMS id with version, such as `CMS165v13`.
        guid: version-specific id as published.
        title: title of the measure.
        metric_type: `singlePerformanceRate` or `multiPerformanceRate`.
        strata: population sets, in the order of CMS' measures data.
        facts: all that the catalog says of it.
        number_of: role -> how many population sets have it.
        place_of: (role, population id in small letters) -> index of the population set.
    """

    measure_id: str
    cms_id: str
    guid: str
    title: str
    metric_type: str
    strata: tuple[Stratum, ...]
    facts: dict[str, Any]
    number_of: dict[str, int]
    place_of: dict[tuple[str, str], int]

    @property
    def population_sets(self) -> int:
        """How many population sets it has; a stratum may be without one of its own."""
        return sum(1 for stratum in self.strata if stratum.populations)

    @property
    def label(self) -> MeasureLabel:
        """How findings name it."""
        return MeasureLabel(self.measure_id, self.cms_id, self.title)


class Catalog:
    """The measures of one year, looked up by version-specific id without regard to case.

    Attributes:
        facts: all that the data file says.
        year: the performance year.
        date: date of the facts.
        identifiers: `final`, `preliminary` or `none`.
        pathways: MIPS Value Pathways by their id.
    """

    __slots__ = (
        "_entries", "_facts", "_guids", "_measures", "_owners", "_programs", "_restricted",
        "date", "facts", "identifiers", "pathways", "year",
    )  # fmt: skip

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts = facts
        self.year: int = facts["performanceYear"]
        self.date: str = facts["date"]
        self.identifiers: str = facts["identifiers"]
        self.pathways: dict[str, dict[str, Any]] = {row["mvpId"]: row for row in facts.get("mvps", ())}
        self._facts = {item["guid"].lower(): item for item in facts["measures"] if "guid" in item and "strata" in item}
        self._guids = {item["measureId"]: guid for guid, item in self._facts.items()}
        self._measures: dict[str, Measure] = {}
        self._owners: dict[str, list[str]] = {}
        self._entries: dict[str, tuple[str, dict[str, Any]]] = {}
        self._restricted: dict[str, bool] = {}
        self._programs: dict[tuple[str, str], tuple[str, ...]] = {}

    @property
    def preliminary(self) -> bool:
        """Whether the identifiers of the year are not final."""
        return self.identifiers != "final"

    def measure(self, guid: str) -> Measure | None:
        """Return the measure with this version-specific id, or None."""
        key = guid.lower()
        found = self._measures.get(key)
        if found is None and key in self._facts:
            found = self._measures[key] = _measure(self._facts[key])
        return found

    def by_measure_id(self, measure_id: str) -> Measure | None:
        """Return the measure with this QPP measure id, or None."""
        guid = self._guids.get(measure_id)
        return self.measure(guid) if guid else None

    def entry(self, measure_id: str) -> tuple[str, dict[str, Any]] | tuple[None, None]:
        """Return category and facts of a measure or activity of whatever kind, by its QPP id; Nones where unknown."""
        return self._all().get(measure_id, (None, None))

    def entries(self, category: str) -> list[dict[str, Any]]:
        """Return all measures or activities of a category."""
        return [row for one, row in self._all().values() if one == category]

    def restricted(self, category: str) -> bool:
        """Whether the measures data of the year says under which programs measures of a category may be reported."""
        if not self._restricted:
            self._restricted = {one: False for one in ("quality", "pi", "aci", "ia", "cost")}
            self._restricted |= {one: True for one, row in self._all().values() if "allowedPrograms" in row}
        return self._restricted[category]

    def quality_of(self, program: str, method: str) -> tuple[str, ...]:
        """Ids of the quality measures that a program takes by a submission method."""
        key = program, method
        if key not in self._programs:
            self._programs[key] = tuple(
                row["measureId"]
                for row in self.entries("quality")
                if program in row.get("allowedPrograms", ()) and method in row.get("submissionMethods", ())
            )
        return self._programs[key]

    def _all(self) -> dict[str, tuple[str, dict[str, Any]]]:
        if not self._entries:
            # In 2017 promoting interoperability was called advancing care information, and so are its ids.
            self._entries = {
                row["measureId"]: ("aci" if row["measureId"].startswith("ACI_") else category, row)
                for name, category in _LISTS.items()
                for row in self.facts.get(name, ())
            }
        return self._entries

    def program_words(self, name: str | None) -> str:
        """How a sentence names a program of QPP JSON, or a MIPS Value Pathway: by its title, with its id."""
        title = self.pathways.get(name or "", {}).get("title")
        return f"{title} ({name})" if title else program_words(name)

    def words_of(self, measure_ids: Iterable[str]) -> list[str]:
        """How a sentence names measures or activities: by title, with CMS id and QPP id, as far as they are known."""
        return [self._words_of(one) for one in measure_ids]

    def short_name(self, measure_id: str) -> str:
        """How a sentence names a measure that has little room: by its CMS id, where it has one."""
        return (self.entry(measure_id)[1] or {}).get("eMeasureId") or f"measure {measure_id}"

    def _words_of(self, measure_id: str) -> str:
        category, row = self.entry(measure_id)
        if row is None:
            return f"measure {measure_id}"
        number = f"measure {measure_id}" if category == "quality" else measure_id
        ids = ", ".join(filter(None, (row.get("eMeasureId"), number)))
        return f"{row['title']} ({ids})" if row.get("title") else ids

    def owners_of(self, population_id: str) -> list[str]:
        """GUIDs of the measures that have a population with this id, in any role."""
        if not self._owners:
            for guid, facts in self._facts.items():
                for stratum in facts["strata"]:
                    for one in stratum.get("populations", {}).values():
                        self._owners.setdefault(one.lower(), []).append(guid)
        return self._owners.get(population_id.lower(), [])

    def __iter__(self) -> Iterator[Measure]:
        """All measures that have identifiers, in the order of the catalog."""
        return (measure for guid in self._facts if (measure := self.measure(guid)))


@lru_cache(maxsize=32)
def load_catalog(folders: Folders, year: int) -> Catalog:
    """Load the catalog of a year.

    Raises:
        DataFileError: there is none, or it does not have the right shape.
    """
    return Catalog(load_year(folders, "catalog", "catalog.schema.json", year))


def years_with(word: str, folders: Folders) -> tuple[int, ...]:
    """Years whose catalog has a measure, activity or MIPS Value Pathway of this QPP id."""
    catalogs = (load_catalog(folders, year) for year in years(folders, "catalog"))
    return tuple(one.year for one in catalogs if one.entry(word)[0] is not None or word in one.pathways)


def _measure(facts: dict[str, Any]) -> Measure:
    strata = tuple(
        Stratum(item.get("name"), item.get("populations", {}), tuple(item.get("stratumIds", ())))
        for item in facts["strata"]
    )
    number_of: dict[str, int] = {}
    place_of: dict[tuple[str, str], int] = {}
    for index, stratum in enumerate(strata):
        for role, guid in stratum.populations.items():
            number_of[role] = number_of.get(role, 0) + 1
            place_of[role, guid.lower()] = index
    return Measure(
        measure_id=facts["measureId"],
        cms_id=facts["eMeasureId"],
        guid=facts["guid"],
        title=facts["title"],
        metric_type=facts["metricType"],
        strata=strata,
        facts=facts,
        number_of=number_of,
        place_of=place_of,
    )
