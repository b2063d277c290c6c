"""QRDA III documents of our own, of any year and program, for fixtures and tests.

    from tests.documents import document, replace_once

    doc = document(2025, "MIPS_GROUP", measures=("236", "226"))
    doc.measure("236").population("NUMER").count = "12.5"     # one change on the tree ...
    text = doc.xml()
    text = replace_once(text, '"MIPS_GROUP"', '"MIPS"')        # ... or on the text

`document` takes templates, ids and measures from `schemas/`, so that what it returns is correct for its year. All of it
is plain data that may be changed: lists may be emptied, doubled (`ids *= 2`) or added to.
"""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias, TypeVar
from xml.sax.saxutils import escape, quoteattr

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"
YEARS = tuple(
    year
    for year in sorted(int(path.stem) for path in (SCHEMAS / "profiles").glob("*.json"))
    if json.loads((SCHEMAS / "catalog" / f"{year}.json").read_bytes())["identifiers"] != "none"
)
"""The years whose measures have identifiers, so that a correct document of them can be written."""

T = TypeVar("T")
Bytes: TypeAlias = bytes

PROGRAM_ROOT = "2.16.840.1.113883.3.249.7"
NPI_ROOT = "2.16.840.1.113883.4.6"
TIN_ROOT = "2.16.840.1.113883.4.2"
GUID_ROOT = "2.16.840.1.113883.4.738"
CEHRT_ROOT = "2.16.840.1.113883.3.2074.1"
MVP_ROOT = "2.16.840.1.113883.3.249.5.6"

# Invented: no TIN begins with 000, and no NPI with a 2 has been given yet; its check digit is right.
TIN = "000417263"
NPI = "2003004175"
ENTITY_IDS = {"virtualGroup": "VG0417", "apm": "A0417", "subgroup": "SG-00000417"}

_ACT_CODE = "2.16.840.1.113883.5.4"
_LOINC = "2.16.840.1.113883.6.1"
_SNOMED = "2.16.840.1.113883.6.96"
_YES_NO = "2.16.840.1.113883.12.136"
_PRACTICE = "Larkspur Valley Family Practice"
_OWN = uuid.UUID("5b6f1c0e-9d0a-4d53-8f43-2c8f4f0e7a11")
_PI_DEFAULT = (("PI_EP_1", "ACI_EP_1"), ("PI_PPHI_1", "ACI_PPHI_1"))
_IA_DEFAULT = ["IA_BE_4"]
_PRACTICE_SITES = {"cpcPlus": "2.16.840.1.113883.3.249.5.1", "pcf": "2.16.840.1.113883.3.249.5.3"}
SITE_IDS = {"cpcPlus": "T1AR0058", "pcf": "AR0437"}
"""Practice sites that are on the lists of all years of their program."""


# --- the tree ----------------------------------------------------------------------------------------------------


@dataclass
class Id:
    """An `id` or a `templateId`; an attribute that is None is not written."""

    root: str | None = None
    extension: str | None = None
    null_flavor: str | None = None


@dataclass
class Count:
    """An aggregate count (27.3.3)."""

    value: int | str | None
    templates: list[Id]
    unit: str = "INT"


@dataclass
class Detail:
    """A part of a population: supplemental data (sex, race, ethnicity, payer) or a reporting stratum."""

    code: str | None
    counts: list[Count]
    templates: list[Id]
    question: str = "ASSERTION"
    ids: list[Id] = field(default_factory=list)
    translated: bool = False


@dataclass
class Population:
    """Measure data (27.3.5 and 27.3.16)."""

    codes: list[str]
    ids: list[Id]
    counts: list[Count]
    templates: list[Id]
    details: list[Detail] = field(default_factory=list)

    @property
    def role(self) -> str:
        return self.codes[0]

    @role.setter
    def role(self, role: str) -> None:
        self.codes[:1] = [role]

    @property
    def id(self) -> str | None:
        return self.ids[0].root

    @id.setter
    def id(self, root: str | None) -> None:
        self.ids[0].root = root

    @property
    def count(self) -> int | str | None:
        return self.counts[0].value

    @count.setter
    def count(self, value: int | str | None) -> None:
        self.counts[0].value = value


@dataclass
class Rate:
    """A performance rate (27.3.30, 27.3.14 and 27.3.25)."""

    value: str | None
    ids: list[Id]
    templates: list[Id]
    null_flavor: str | None = None

    @property
    def id(self) -> str | None:
        return self.ids[0].root

    @id.setter
    def id(self, root: str | None) -> None:
        self.ids[0].root = root


@dataclass
class Measure:
    """A measure of the quality section (24.3.98, 27.3.1 and 27.3.17)."""

    measure_id: str
    title: str
    ids: list[Id]
    set_id: str | None
    templates: list[Id]
    rates: list[Rate] = field(default_factory=list)
    populations: list[Population] = field(default_factory=list)

    @property
    def guid(self) -> str | None:
        return self.ids[0].extension

    @guid.setter
    def guid(self, guid: str | None) -> None:
        self.ids[0].extension = guid

    def population(self, role: str, index: int = 0) -> Population:
        """Return the population of a role; `index` counts the population sets."""
        return [item for item in self.populations if item.codes[:1] == [role]][index]

    def set_counts(self, index: int = 0, **counts: int) -> "Measure":
        """Change counts of one population set, such as `set_counts(NUMER=5)`, and let its rate follow."""
        for role, value in counts.items():
            self.population(role, index).count = value
        numerator = self.population("NUMER", index)
        for rate in self.rates:
            if rate.id == numerator.id:
                rate.value = _rate_of(self, index)
                rate.null_flavor = "NA" if rate.value is None else None
        return self


@dataclass
class Answer:
    """A measure performed observation (27.3.27)."""

    codes: list[str]
    templates: list[Id]

    @property
    def code(self) -> str:
        return self.codes[0]

    @code.setter
    def code(self, code: str) -> None:
        self.codes[:1] = [code]


@dataclass
class PiPart:
    """The numerator (27.3.31) or denominator (27.3.32) of a promoting interoperability measure."""

    code: str
    counts: list[Count]
    templates: list[Id]

    @property
    def count(self) -> int | str | None:
        return self.counts[0].value

    @count.setter
    def count(self, value: int | str | None) -> None:
        self.counts[0].value = value


@dataclass
class PiMeasure:
    """A promoting interoperability measure: with counts (27.3.28), or answered with yes or no (27.3.29)."""

    title: str
    ids: list[Id]
    templates: list[Id]
    numerators: list[PiPart] = field(default_factory=list)
    denominators: list[PiPart] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)


@dataclass
class Activity:
    """An improvement activity (27.3.33, in 2019 also 3.249.20.3.1)."""

    title: str
    ids: list[Id]
    templates: list[Id]
    answers: list[Answer] = field(default_factory=list)


Entry: TypeAlias = Measure | PiMeasure | Activity


@dataclass
class Period:
    """A reporting parameters act (17.3.8); without starts and ends it has no effectiveTime."""

    starts: list[str | None]
    ends: list[str | None]
    templates: list[Id]

    @property
    def start(self) -> str | None:
        return self.starts[0]

    @start.setter
    def start(self, text: str | None) -> None:
        self.starts[:1] = [text]

    @property
    def end(self) -> str | None:
        return self.ends[0]

    @end.setter
    def end(self, text: str | None) -> None:
        self.ends[:1] = [text]


@dataclass
class Section:
    """A section: `quality`, `pi` or `ia`. Its periods are written before its entries."""

    category: str
    templates: list[Id]
    periods: list[Period]
    entries: list[Entry] = field(default_factory=list)

    @property
    def period(self) -> Period:
        return self.periods[0]


@dataclass
class Participant:
    """A participant of the header: device (CEHRT id), program (MVP id) or place (practice site)."""

    type_code: str
    class_code: str
    ids: list[Id]
    code: str | None = None
    address: str | None = None


@dataclass
class Performer:
    """A performer of the service event: NPI, and TIN and entity id of the organization."""

    ids: list[Id]
    organization_ids: list[Id]
    organization_name: str = _PRACTICE


@dataclass
class Doc:
    """A QRDA III document."""

    year: int
    templates: list[Id]
    id: str
    recipients: list[Id]
    participants: list[Participant]
    performers: list[Performer]
    sections: list[Section]
    title: str = "Quality Payment Program report"

    @property
    def program(self) -> str | None:
        return self.recipients[0].extension

    @program.setter
    def program(self, name: str | None) -> None:
        self.recipients[0].extension = name

    @property
    def quality(self) -> Section:
        return self.section("quality")

    @property
    def pi(self) -> Section:
        return self.section("pi")

    @property
    def ia(self) -> Section:
        return self.section("ia")

    def section(self, category: str) -> Section:
        """Return the first section of a category."""
        return _first([item for item in self.sections if item.category == category], category)

    @property
    def measures(self) -> list[Measure]:
        """All quality measures, in document order."""
        return [entry for item in self.sections for entry in item.entries if isinstance(entry, Measure)]

    @property
    def pi_measures(self) -> list[PiMeasure]:
        """All promoting interoperability measures, in document order."""
        return [entry for item in self.sections for entry in item.entries if isinstance(entry, PiMeasure)]

    @property
    def activities(self) -> list[Activity]:
        """All improvement activities, in document order."""
        return [entry for item in self.sections for entry in item.entries if isinstance(entry, Activity)]

    def measure(self, measure_id: str) -> Measure:
        """Return a quality measure by its QPP id, such as `236`."""
        return _first([item for item in self.measures if item.measure_id == measure_id], measure_id)

    def pi_measure(self, measure_id: str) -> PiMeasure:
        """Return a promoting interoperability measure by its id."""
        found = [item for item in self.pi_measures if item.ids and item.ids[0].extension == measure_id]
        return _first(found, measure_id)

    def activity(self, measure_id: str) -> Activity:
        """Return an improvement activity by its id."""
        found = [item for item in self.activities if item.ids and item.ids[0].extension == measure_id]
        return _first(found, measure_id)

    def xml(self, *, indent: int | None = 2, prefix: str = "", encoding: str = "UTF-8") -> str:
        """Return the document as text.

        Args:
            indent: blanks for each level; None for everything on one line.
            prefix: namespace prefix of the elements, such as `cda`; none by default.
            encoding: the encoding that the XML declaration names.
        """
        declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
        return declaration + ("\n" if indent is not None else "") + _text(_document(self), indent, prefix)

    def bytes(self, encoding: str = "UTF-8", *, indent: int | None = 2, prefix: str = "") -> Bytes:
        """Return the document as bytes in an encoding that its declaration names; `UTF-16` has a byte order mark."""
        return self.xml(indent=indent, prefix=prefix, encoding=encoding).encode(encoding)

    def copy(self) -> "Doc":
        """Return a copy that shares nothing with this document."""
        return deepcopy(self)


# --- small changes -----------------------------------------------------------------------------------------------


def replace_once(text: str, old: str, new: str) -> str:
    """Replace a piece of text that must be there exactly once."""
    count = text.count(old)
    assert count == 1, f"{old!r} is there {count} times, not once"
    return text.replace(old, new)


def one(ids: Sequence[Id], ending: str) -> Id:
    """Return the id or template whose root ends with, for example, `27.3.17`; there must be exactly one."""
    found = [item for item in ids if (item.root or "").endswith("." + ending)]
    assert len(found) == 1, f"{len(found)} ids end with {ending}, not one"
    return found[0]


def drop(ids: list[Id], ending: str) -> None:
    """Remove the one id or template whose root ends with, for example, `27.3.17`."""
    ids.remove(one(ids, ending))


def _first(found: list[T], name: str) -> T:
    assert found, f"there is no {name}"
    return found[0]


def add_supplemental(doc: Doc, population: Population) -> None:
    """Add supplemental data (sex, race, ethnicity, payer) whose counts add up to the population's."""
    population.details += _supplemental(doc.year, int(population.count or 0))


# --- a correct document of a year --------------------------------------------------------------------------------


@cache
def profile(year: int) -> dict[str, Any]:
    """Return the profile of a year as it stands in `schemas/profiles`."""
    loaded: dict[str, Any] = json.loads((SCHEMAS / "profiles" / f"{year}.json").read_bytes())
    return loaded


def document_extension(year: int) -> str:
    """Return the extension of the document template of a year."""
    return str(profile(year)["templates"]["document_cms"]["extension"])


def dated_ahead(year: int, program: str) -> bytes:
    """Return a document of a year whose identifiers are not published, with those of the year before.

    It is one of the last year that has identifiers, for the program or, where that is new, for the same kind of entity,
    with the templates and dates of the year wanted.
    """
    known, facts = profile(YEARS[-1]), profile(year)
    entity = facts["programs"][program]["entityType"]
    like = program if program in known["programs"] else {"group": "MIPS_GROUP", "apm": "MIPS_APMENTITY"}.get(entity)
    doc = document(YEARS[-1], like or "MIPS_INDIV", measures=("001", "236"))
    text = doc.xml().replace(f'extension="{like or "MIPS_INDIV"}"', f'extension="{program}"')
    for name, template in known["templates"].items():
        if template["extension"] and name in facts["templates"]:
            new, before = facts["templates"][name], f'root="{template["root"]}" extension="{template["extension"]}"'
            text = text.replace(before, f'root="{new["root"]}" extension="{new["extension"]}"')
    return text.replace(f'value="{YEARS[-1]}', f'value="{year}').replace(f"of {YEARS[-1]}<", f"of {year}<").encode()


@cache
def catalog(year: int) -> dict[str, Any]:
    """Return the catalog of a year as it stands in `schemas/catalog`."""
    loaded: dict[str, Any] = json.loads((SCHEMAS / "catalog" / f"{year}.json").read_bytes())
    return loaded


def submission_rules(year: int, name: str) -> list[dict[str, Any]]:
    """Return the rows of a list in `schemas/submission-rules.json` that hold in a year."""
    return [row for row in _submission_rules()[name] if row["from"] <= year <= row.get("to", year)]


@cache
def _submission_rules() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SCHEMAS / "submission-rules.json").read_bytes())
    return loaded


def measure_facts(year: int, measure_id: str) -> dict[str, Any]:
    """Return what the catalog of a year says of a quality measure."""
    found: list[dict[str, Any]] = [item for item in catalog(year)["measures"] if item["measureId"] == measure_id]
    return _first(found, f"{year} {measure_id}")


def templates(year: int, *names: str) -> list[Id]:
    """Return templates of a year by their names in the profile; names that the year does not have are left out."""
    known = profile(year)["templates"]
    return [Id(known[name]["root"], known[name]["extension"]) for name in names if name in known]


def document(
    year: int,
    program: str = "MIPS_GROUP",
    *,
    measures: Iterable[str] = ("236",),
    pi: bool | Iterable[str] = True,
    ia: bool | Iterable[str] = True,
    counts: Mapping[str, int] | None = None,
    mvp: str | None = None,
    supplemental: bool = False,
    reporting_strata: bool = False,
) -> Doc:
    """Return a correct document.

    Args:
        year: performance year.
        program: program name of the intended recipient; one that the year does not know is written like a group's.
        measures: QPP ids of quality measures; none for a document without quality section.
        pi: True for PI_EP_1 (with counts) and PI_PPHI_1 (yes or no), in 2017 ACI_..., but for no section where the year
            takes none from such an entity; False for no section, or the ids. Practice sites (CPC+, PCF) have none by
            default, but all supplemental data and strata.
        ia: True for IA_BE_4, False for no section, or the ids; none for practice sites by default.
        counts: role -> count, in place of the default ones, in all population sets of all measures.
        mvp: MVP id; for a subgroup one is chosen where none is given.
        supplemental: add supplemental data to every population.
        reporting_strata: add the reporting strata that the catalog names to the populations.
    """
    wanted = list(measures)
    facts: dict[str, Any] = profile(year)["programs"].get(program, {"entityType": "group", "family": "mips"})
    site: dict[str, Any] | None = profile(year).get("practiceSites", {}).get(program)
    pi, ia = (False if site and pi is True else pi), (False if site and ia is True else ia)
    sections = []
    if wanted:
        strata = reporting_strata or site is not None
        entries: list[Entry] = [quality_measure(year, item, counts, strata) for item in wanted]
        sections.append(section(year, "quality", entries))
    refused = pi is True and any(
        (row["category"], row["entityType"]) == ("pi", facts["entityType"])
        for row in submission_rules(year, "refusedSets")
    )
    if pi is not False and not refused:
        sections.append(section(year, "pi", [pi_measure(year, item) for item in _pi_ids(year, pi)]))
    if ia is not False:
        sections.append(section(year, "ia", [activity(year, item) for item in _ia_ids(ia)]))
    doc = Doc(
        year=year,
        templates=templates(year, "document_hl7", "document_cms"),
        id=str(uuid.uuid5(_OWN, f"{year} {program}")),
        recipients=[Id(PROGRAM_ROOT, program)],
        participants=_participants(year, facts["family"], mvp or _mvp(year, facts["entityType"], wanted)),
        performers=[_performer(year, facts["entityType"], facts["family"])],
        sections=sections,
    )
    if site:
        _complete_site(doc, site, counts or {})
    elif supplemental:
        for population in (item for measure in doc.measures for item in measure.populations):
            add_supplemental(doc, population)
    return doc


def _complete_site(doc: Doc, site: dict[str, Any], counts: Mapping[str, int]) -> None:
    """Give a document of a practice site what its program asks for: equal denominators and all supplemental data."""
    for measure in doc.measures:
        for index in range(sum(1 for item in measure.populations if item.role == "DENOM")):
            if "DENOM" not in counts:
                measure.set_counts(index, DENOM=int(measure.population("IPOP", index).count or 0))
        for population in measure.populations:
            if measure.measure_id in site["withoutStrata"]:
                population.details.clear()
            for row in site["supplemental"]:
                parts = _parts(int(population.count or 0), len(row["codes"]))
                for code, part in zip(row["codes"], parts, strict=True):
                    own = templates(doc.year, row["what"], f"{row['what']}_cms")
                    translated = row.get("translated", False)
                    population.details.append(
                        Detail(code, [count(doc.year, part)], own, _QUESTIONS[row["what"]], translated=translated)
                    )


def section(year: int, category: str, entries: list[Entry]) -> Section:
    """Return a section with the usual performance period of its category."""
    names = {
        "quality": ("measure_section_hqmf_base", "measure_section_category", "measure_section_cms"),
        "pi": ("measure_section_hqmf_base", "pi_section"),
        "ia": ("measure_section_hqmf_base", "ia_section", "ia_section_cms"),
    }
    start, end = {"quality": ("0101", "1231"), "pi": ("0401", "1031"), "ia": ("0601", "1130")}[category]
    return Section(category, templates(year, *names[category]), [period(year, start, end)], entries)


def period(year: int, start: str = "0101", end: str = "1231") -> Period:
    """Return a performance period from month and day to month and day."""
    return Period([f"{year}{start}"], [f"{year}{end}"], templates(year, "reporting_parameters_act"))


def quality_measure(
    year: int, measure_id: str, counts: Mapping[str, int] | None = None, reporting_strata: bool = False
) -> Measure:
    """Return a measure with all its populations and rates, and counts that agree."""
    facts = measure_facts(year, measure_id)
    names = ("measure_reference", "measure_reference_results", "measure_reference_results_cms")
    measure = Measure(
        measure_id, facts["title"], [Id(GUID_ROOT, facts["guid"])], facts.get("setId"), templates(year, *names)
    )
    sets = [item for item in facts["strata"] if item.get("populations")]
    for index, stratum in enumerate(sets):
        numbers = {**_numbers(measure_id, index), **(counts or {})}
        for role, root in stratum["populations"].items():
            measure.populations.append(_population(year, role, root, numbers[role]))
            if reporting_strata:
                ids = stratum.get("stratumIds", ())
                measure.populations[-1].details += _reporting_strata(year, ids, numbers[role])
        measure.rates.append(_rate(year, stratum["populations"]["NUMER"], _rate_of(measure, index)))
    return measure


def pi_measure(year: int, measure_id: str) -> PiMeasure:
    """Return a promoting interoperability measure, with counts or answered with Y as the catalog says."""
    facts: dict[str, Any] = next((item for item in catalog(year)["pi"] if item["measureId"] == measure_id), {})
    return pi_proportion(year, measure_id) if facts.get("metricType") == "proportion" else pi_answer(year, measure_id)


def pi_proportion(
    year: int, measure_id: str, numerator: int | None = None, denominator: int | None = None
) -> PiMeasure:
    """Return a promoting interoperability measure with numerator and denominator; PI_EP_1 has 318 of 407."""
    different = (
        0
        if measure_id.endswith("I_EP_1")
        else 13 + sum(ord(letter) * place for place, letter in enumerate(measure_id)) % 89
    )
    numerator = 318 - different if numerator is None else numerator
    denominator = 407 + 2 * different if denominator is None else denominator
    return PiMeasure(
        _title(year, "pi", measure_id),
        [Id("2.16.840.1.113883.3.7031", measure_id)],
        templates(year, "measure_reference", "pi_numerator_denominator"),
        numerators=[PiPart("NUMER", [count(year, numerator)], templates(year, "pi_numerator"))],
        denominators=[PiPart("DENOM", [count(year, denominator)], templates(year, "pi_denominator"))],
    )


def pi_answer(year: int, measure_id: str, code: str = "Y") -> PiMeasure:
    """Return a promoting interoperability measure that is answered with yes or no."""
    ids = [Id("2.16.840.1.113883.3.7031", measure_id)]
    title = _title(year, "pi", measure_id)
    own = templates(year, "measure_reference", "pi_measure_performed")
    return PiMeasure(title, ids, own, answers=[answer(year, code)])


def activity(year: int, measure_id: str, code: str = "Y") -> Activity:
    """Return an improvement activity."""
    ids = [Id("2.16.840.1.113883.3.7034", measure_id)]
    title = _title(year, "ia", measure_id)
    own = templates(year, "measure_reference", "ia_measure", "ia_measure_cms")
    return Activity(title, ids, own, [answer(year, code)])


def answer(year: int, code: str = "Y") -> Answer:
    """Return an answer to a yes/no measure or activity."""
    return Answer([code], templates(year, "measure_performed"))


def count(year: int, value: int | str | None) -> Count:
    """Return an aggregate count."""
    return Count(value, templates(year, "aggregate_count"))


def _population(year: int, role: str, root: str, number: int) -> Population:
    return Population([role], [Id(root)], [count(year, number)], templates(year, "measure_data", "measure_data_cms"))


def _rate(year: int, root: str, value: str | None) -> Rate:
    names = ("performance_rate", "performance_rate_proportion", "performance_rate_proportion_cms")
    return Rate(value, [Id(root)], templates(year, *names), "NA" if value is None else None)


def _rate_of(measure: Measure, index: int) -> str | None:
    """Numerator / (denominator - exclusions - exceptions) of a population set; None where that is division by 0."""
    numbers = dict.fromkeys(("NUMER", "DENOM", "DENEX", "DENEXCEP"), 0)
    for role in numbers:
        found = [item for item in measure.populations if item.codes[:1] == [role]]
        if index < len(found):
            numbers[role] = int(found[index].count or 0)
    below = numbers["DENOM"] - numbers["DENEX"] - numbers["DENEXCEP"]
    return f"{numbers['NUMER'] / below:.6f}".rstrip("0").rstrip(".") if below > 0 else None


def _numbers(measure_id: str, index: int) -> dict[str, int]:
    seed = sum(ord(letter) * place for place, letter in enumerate(measure_id, 3)) + 37 * index
    initial = 180 + seed * 7 % 290
    denominator = initial - seed % 11
    exclusion, exception = denominator // 21, denominator // 34
    numerator = (denominator - exclusion - exception) * (55 + seed % 37) // 100
    return {
        "IPOP": initial,
        "DENOM": denominator,
        "DENEX": exclusion,
        "DENEXCEP": exception,
        "NUMER": numerator,
        "NUMEX": 3 + seed % 5,
    }


def _parts(total: int, number: int) -> list[int]:
    share = total // number
    return [total - share * (number - 1), *[share] * (number - 1)]


_QUESTIONS = {"sex": "76689-9", "ethnicity": "69490-1", "race": "72826-1", "payer": "48768-6"}


def _supplemental(year: int, total: int) -> list[Detail]:
    rows = (
        ("sex", ("F", "M") if year < 2026 else ("248152002", "248153007")),
        ("ethnicity", ("2135-2", "2186-5")),
        ("race", ("2106-3", "2054-5", "2028-9")),
        ("payer", ("A", "B", "D")),
    )
    return [
        Detail(
            code,
            [count(year, part)],
            templates(year, kind, f"{kind}_cms"),
            _QUESTIONS[kind],
            translated=kind == "payer" or (kind == "sex" and year >= 2026),
        )
        for kind, codes in rows
        for code, part in zip(codes, _parts(total, len(codes)), strict=True)
    ]


def _reporting_strata(year: int, roots: Sequence[str], total: int) -> list[Detail]:
    parts = _parts(total, len(roots)) if roots else []
    return [
        Detail(None, [count(year, part)], templates(year, "reporting_stratum", "reporting_stratum_cms"), ids=[Id(root)])
        for root, part in zip(roots, parts, strict=True)
    ]


def _pi_ids(year: int, wanted: bool | Iterable[str]) -> list[str]:
    if not isinstance(wanted, bool):
        return list(wanted)
    known = {item["measureId"] for item in catalog(year)["pi"]}
    return [next(item for item in names if item in known) for names in _PI_DEFAULT]


def _ia_ids(wanted: bool | Iterable[str]) -> list[str]:
    return _IA_DEFAULT if isinstance(wanted, bool) else list(wanted)


def _title(year: int, category: str, measure_id: str) -> str:
    return next((item["title"] for item in catalog(year)[category] if item["measureId"] == measure_id), measure_id)


def cehrt_id(year: int) -> str:
    """Return a CMS EHR certification id in the format of a year."""
    edition = "0015E" if year < 2023 else "0015C" if year < 2025 else "2025C"
    return edition + "4LRK7VP02Q"


def _participants(year: int, family: str, mvp: str | None) -> list[Participant]:
    cehrt = "0015C4LRK7VP02Q" if family in _PRACTICE_SITES and year > 2022 else cehrt_id(year)
    participants = [Participant("DEV", "RGPR", [Id(CEHRT_ROOT, cehrt)], "129465004")]
    if mvp:
        participants.append(Participant("TRC", "PROG", [Id(MVP_ROOT, mvp)]))
    if family in _PRACTICE_SITES:
        site = Id(_PRACTICE_SITES[family], SITE_IDS[family])
        participants.append(Participant("LOC", "SDLOC", [site], "394730007", "4 Larkspur Lane, Springfield"))
    return participants


def _mvp(year: int, entity_type: str, measures: Sequence[str]) -> str | None:
    if entity_type != "subgroup" or not catalog(year)["mvps"]:
        return None
    offered: dict[str, Any] = max(catalog(year)["mvps"], key=lambda item: len(set(measures) & set(item["quality"])))
    return str(offered["mvpId"])


def _performer(year: int, entity_type: str, family: str) -> Performer:
    facts = profile(year)
    with_npi = entity_type == "individual" or family in _PRACTICE_SITES
    npi = Id(NPI_ROOT, NPI) if with_npi else Id(NPI_ROOT, null_flavor="NA")
    with_tin = with_npi or entity_type in ("group", "virtualGroup")
    organization_ids = [Id(TIN_ROOT, TIN) if with_tin else Id(TIN_ROOT, null_flavor="NA")]
    kind = {"virtualGroup": "virtualGroup", "apm": "apmEntity", "subgroup": "subgroup"}.get(entity_type)
    if kind in facts["identifiers"] and family not in _PRACTICE_SITES:
        organization_ids.append(Id(facts["identifiers"][kind], ENTITY_IDS[entity_type]))
    return Performer([npi], organization_ids)


# --- from the tree to XML ----------------------------------------------------------------------------------------


@dataclass
class Element:
    """An element to be written: with a text, or with children, or empty."""

    name: str
    attributes: dict[str, str]
    children: "list[Element]"
    text: str = ""


def _el(name: str, *children: Element | str | None, **attributes: str | None) -> Element:
    given = {key.replace("__", ":"): value for key, value in attributes.items() if value is not None}
    text = "".join(child for child in children if isinstance(child, str))
    return Element(name, given, [child for child in children if isinstance(child, Element)], text)


def _ids(name: str, ids: Iterable[Id]) -> list[Element]:
    return [_el(name, root=item.root, extension=item.extension, nullFlavor=item.null_flavor) for item in ids]


def _code(code: str, system: str, name: str = "code") -> Element:
    return _el(name, code=code, codeSystem=system)


def _status() -> Element:
    return _el("statusCode", code="completed")


def _own_id(doc: Doc, *words: object) -> Element:
    return _el("id", root=str(uuid.uuid5(_OWN, " ".join(str(word) for word in (doc.id, *words)))))


def _document(doc: Doc) -> Element:
    sections = [_section(doc, item, number) for number, item in enumerate(doc.sections)]
    made = f"{doc.year + 1}0214101500-0500"
    return _el(
        "ClinicalDocument",
        _el("realmCode", code="US"),
        _el("typeId", root="2.16.840.1.113883.1.3", extension="POCD_HD000040"),
        *_ids("templateId", doc.templates),
        _el("id", root=doc.id),
        _el("code", code="55184-6", codeSystem=_LOINC, codeSystemName="LOINC"),
        _el("title", doc.title),
        _el("effectiveTime", value=made),
        _el("confidentialityCode", code="N", codeSystem="2.16.840.1.113883.5.25"),
        _el("languageCode", code="en"),
        _el("versionNumber", value="1"),
        _el("recordTarget", _el("patientRole", _el("id", nullFlavor="NA"))),
        _author(made),
        _custodian(),
        *[_recipient(item) for item in doc.recipients],
        _legal_authenticator(made),
        *[_participant(item) for item in doc.participants],
        _el("documentationOf", _service_event(doc), typeCode="DOC"),
        _el("component", _el("structuredBody", *[_el("component", item) for item in sections])),
        xmlns="urn:hl7-org:v3",
        xmlns__xsi="http://www.w3.org/2001/XMLSchema-instance",
    )


def _author(made: str) -> Element:
    device = _el(
        "assignedAuthoringDevice",
        _el("manufacturerModelName", "Larkspur Reporting"),
        _el("softwareName", "Larkspur Reporting 4"),
    )
    organization = _el("representedOrganization", _el("name", "Larkspur Software"))
    author = _el("assignedAuthor", _el("id", root=str(uuid.uuid5(_OWN, "author"))), device, organization)
    return _el("author", _el("time", value=made), author)


def _custodian() -> Element:
    organization = _el(
        "representedCustodianOrganization",
        _el("id", root=str(uuid.uuid5(_OWN, "custodian"))),
        _el("name", _PRACTICE),
    )
    return _el("custodian", _el("assignedCustodian", organization))


def _legal_authenticator(made: str) -> Element:
    own_id = _el("id", root=str(uuid.uuid5(_OWN, "custodian")))
    organization = _el("representedOrganization", own_id, _el("name", _PRACTICE))
    entity = _el("assignedEntity", _el("id", root=str(uuid.uuid5(_OWN, "signer"))), organization)
    return _el("legalAuthenticator", _el("time", value=made), _el("signatureCode", code="S"), entity)


def _recipient(item: Id) -> Element:
    return _el("informationRecipient", _el("intendedRecipient", *_ids("id", [item])))


def _participant(item: Participant) -> Element:
    code = _code(item.code, _SNOMED) if item.code else None
    address = _el("addr", _el("streetAddressLine", item.address)) if item.address else None
    entity = _el("associatedEntity", *_ids("id", item.ids), code, address, classCode=item.class_code)
    return _el("participant", entity, typeCode=item.type_code)


def _service_event(doc: Doc) -> Element:
    time = _el("effectiveTime", _el("low", value=f"{doc.year}0101"), _el("high", value=f"{doc.year}1231"))
    return _el("serviceEvent", time, *[_performer_element(item) for item in doc.performers], classCode="PCPR")


def _performer_element(item: Performer) -> Element:
    name = _el("name", item.organization_name)
    organization = _el("representedOrganization", *_ids("id", item.organization_ids), name)
    return _el("performer", _el("assignedEntity", *_ids("id", item.ids), organization), typeCode="PRF")


_SECTIONS = {
    "quality": "Quality measures",
    "pi": "Promoting interoperability measures",
    "ia": "Improvement activities",
}


def _section(doc: Doc, item: Section, number: int) -> Element:
    entries = [_entry(doc, entry, number, place) for place, entry in enumerate(item.entries)]
    return _el(
        "section",
        *_ids("templateId", item.templates),
        _code("55186-1", _LOINC),
        _el("title", "Measure Section"),
        _el("text", f"{_SECTIONS[item.category]} of {doc.year}"),
        *[_el("entry", _period(doc, act, number, place), typeCode="DRIV") for place, act in enumerate(item.periods)],
        *[_el("entry", entry) for entry in entries],
    )


def _period(doc: Doc, item: Period, number: int, place: int) -> Element:
    dates = [_el("low", value=text) for text in item.starts] + [_el("high", value=text) for text in item.ends]
    return _el(
        "act",
        *_ids("templateId", item.templates),
        _own_id(doc, "period", number, place),
        _code("252116004", _SNOMED),
        _el("effectiveTime", *dates) if dates else None,
        classCode="ACT",
        moodCode="EVN",
    )


def _entry(doc: Doc, item: Entry, number: int, place: int) -> Element:
    set_id = _el("setId", root=item.set_id) if isinstance(item, Measure) and item.set_id else None
    code = _code("57024-2", _LOINC) if isinstance(item, Measure) else None
    external = _el(
        "externalDocument",
        *_ids("id", item.ids),
        code,
        _el("text", item.title),
        set_id,
        classCode="DOC",
        moodCode="EVN",
    )
    return _el(
        "organizer",
        *_ids("templateId", item.templates),
        _own_id(doc, "entry", number, place),
        _status(),
        _el("reference", external, typeCode="REFR"),
        *[_el("component", part) for part in _components(item)],
        classCode="CLUSTER",
        moodCode="EVN",
    )


def _components(item: Entry) -> list[Element]:
    if isinstance(item, Measure):
        return [_rate_element(rate) for rate in item.rates] + [_population_element(one) for one in item.populations]
    if isinstance(item, PiMeasure):
        parts = [_pi_part(part) for part in (*item.numerators, *item.denominators)]
        return parts + [_answer_element(part) for part in item.answers]
    return [_answer_element(part) for part in item.answers]


def _observation(*children: Element | None) -> Element:
    return _el("observation", *children, classCode="OBS", moodCode="EVN")


def _referred(ids: Iterable[Id], code: Element | None = None) -> Element | None:
    written = _ids("id", ids)
    if not written:
        return None
    return _el(
        "reference", _el("externalObservation", *written, code, classCode="OBS", moodCode="EVN"), typeCode="REFR"
    )


def _rate_element(item: Rate) -> Element:
    return _observation(
        *_ids("templateId", item.templates),
        _code("72510-1", _LOINC),
        _status(),
        _el("value", xsi__type="REAL", value=item.value, nullFlavor=item.null_flavor),
        _referred(item.ids, _code("NUMER", _ACT_CODE)),
    )


def _coded(code: str) -> Element:
    return _el("value", xsi__type="CD", code=code, codeSystem=_ACT_CODE)


def _population_element(item: Population) -> Element:
    return _observation(
        *_ids("templateId", item.templates),
        _code("ASSERTION", _ACT_CODE),
        _status(),
        *[_coded(code) for code in item.codes],
        *[_counted(one) for one in item.counts],
        *[_el("entryRelationship", _detail(one), typeCode="COMP") for one in item.details],
        _referred(item.ids),
    )


def _detail(item: Detail) -> Element:
    if item.code is None:
        value = _el("value", _el("originalText", "Stratum"), xsi__type="CD", nullFlavor="OTH")
    elif item.translated:
        system = "2.16.840.1.113883.3.249.12" if item.question == "48768-6" else _SNOMED
        source = _el("translation", code=item.code, codeSystem=system)
        value = _el("value", source, xsi__type="CD", nullFlavor="OTH")
    else:
        value = _el("value", xsi__type="CD", code=item.code)
    system = _ACT_CODE if item.question == "ASSERTION" else _LOINC
    return _observation(
        *_ids("templateId", item.templates),
        _code(item.question, system),
        _status(),
        value,
        *[_counted(one) for one in item.counts],
        _referred(item.ids),
    )


def _counted(item: Count) -> Element:
    value = None if item.value is None else str(item.value)
    observation = _observation(
        *_ids("templateId", item.templates),
        _code("MSRAGG", _ACT_CODE),
        _status(),
        _el("value", xsi__type=item.unit, value=value),
        _code("COUNT", "2.16.840.1.113883.5.84", "methodCode"),
    )
    return _el("entryRelationship", observation, typeCode="SUBJ", inversionInd="true")


def _pi_part(item: PiPart) -> Element:
    return _observation(
        *_ids("templateId", item.templates),
        _code("ASSERTION", _ACT_CODE),
        _status(),
        _coded(item.code),
        *[_counted(one) for one in item.counts],
    )


def _answer_element(item: Answer) -> Element:
    return _observation(
        *_ids("templateId", item.templates),
        _code("ASSERTION", _ACT_CODE),
        _status(),
        *[_el("value", xsi__type="CD", code=code, codeSystem=_YES_NO) for code in item.codes],
    )


def _text(root: Element, indent: int | None, prefix: str) -> str:
    if prefix:
        root.attributes = {f"xmlns:{prefix}" if key == "xmlns" else key: one for key, one in root.attributes.items()}
    lines: list[str] = []
    _write(root, 0, indent, f"{prefix}:" if prefix else "", lines)
    return "".join(lines)


def _write(item: Element, level: int, indent: int | None, prefix: str, lines: list[str]) -> None:
    lead, end = ("", "") if indent is None else (" " * indent * level, "\n")
    tag = prefix + item.name
    start = tag + "".join(f" {key}={quoteattr(value)}" for key, value in item.attributes.items())
    if item.children:
        lines.append(f"{lead}<{start}>{end}")
        for child in item.children:
            _write(child, level + 1, indent, prefix, lines)
        lines.append(f"{lead}</{tag}>{end}")
    elif item.text:
        lines.append(f"{lead}<{start}>{escape(item.text)}</{tag}>{end}")
    else:
        lines.append(f"{lead}<{start}/>{end}")
