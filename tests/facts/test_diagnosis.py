"""What an identifier is that is not the right one: a table of documents and answers.

Every row puts one text in place of a measure GUID, or of an id of a population or rate, and says what has to be found:
the finding, the measure that it names, the value to put there, and words of the message. GUIDs of measures come from
`schemas/catalog` by year and measure id; those of other lists are written out.
"""

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import pytest

import converter
from converter.facts.catalog import Catalog, load_catalog
from converter.facts.diagnosis import diagnose, unwrapped
from converter.facts.files import data_folders
from converter.facts.guids import all_measure_guids, published_as
from converter.findings.finding import Finding
from tests.documents import GUID_ROOT, YEARS, Doc, Id, Measure, catalog, document, measure_facts
from tests.policy import apart_from_policy

Change: TypeAlias = Callable[[Measure], object]


def guid(year: int, measure_id: str) -> str:
    """GUID of a measure in a year."""
    return str(measure_facts(year, measure_id)["guid"])


def set_id(measure_id: str) -> str:
    """Set id of a measure, which is the same in every year."""
    return str(measure_facts(2025, measure_id)["setId"])


def population(year: int, measure_id: str, role: str, index: int = 0) -> str:
    """Id of a population."""
    return str(measure_facts(year, measure_id)["strata"][index]["populations"][role])


def stratum(year: int, measure_id: str, index: int = 0) -> str:
    """Id of a stratum of the first population set."""
    return str(measure_facts(year, measure_id)["strata"][0]["stratumIds"][index])


def load(year: int) -> Catalog:
    return load_catalog(data_folders(None), year)


PRESSURE = "2c928083-8907-ce68-0189-2bbd31d6064e"  # CMS165v13, measure 236, 2025
PRESSURE_2024 = "2c928085-806c-39a2-0180-7092fa9b0145"
TOBACCO = "8a6d0454-8df0-2d9f-018e-1483736a13d7"  # CMS138v13, measure 226, 2025
UNKNOWN = "4f1d6a0e-52b7-4c3e-9a48-d07be1936c25"

V13, V12 = "CMS165v13 (measure 236)", "CMS165v12 (measure 236)"
ALL = "All of its population ids belong to "


@dataclass(frozen=True, kw_only=True)
class Row:
    """A document with one wrong identifier, and what is to be found.

    Attributes:
        given: the text in place of the measure GUID; None where `change` does all.
        finding: id of the one finding about the GUID; None where the text is right.
        measure: the measure that the finding names.
        wanted: what `expected` contains, in most rows the GUID to put there.
        says: words that the message contains.
        silent: words that neither message nor `expected` contain.
        year: performance year.
        of: the measure of the document.
        populations: whether its populations are there.
        title: its title; None for that of the catalog.
        change: any other change of the measure.
    """

    given: str | None = None
    finding: str | None
    measure: str | None = None
    wanted: str = PRESSURE
    says: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    year: int = 2025
    of: str = "236"
    populations: bool = True
    title: str | None = None
    change: Change | None = None

    def found(self) -> list[Finding]:
        """The findings about GUIDs."""
        doc = document(self.year, measures=(self.of,), pi=False, ia=False)
        measure = doc.measure(self.of)
        if self.given is not None:
            measure.guid = self.given
        if not self.populations:
            measure.populations, measure.rates = [], []
        if self.title is not None:
            measure.title = self.title
        if self.change:
            self.change(measure)
        return [one for one in converter.convert(doc.bytes()).findings if one.id.startswith("GUID")]


def ids(*given: Id) -> Change:
    """Put these ids in place of the measure's own."""

    def change(measure: Measure) -> None:
        measure.ids = list(given)

    return change


def ids_and_set_id(root: str, *given: Id) -> Change:
    """Put these ids in place of the measure's own, and a set id."""

    def change(measure: Measure) -> None:
        measure.ids, measure.set_id = list(given), root

    return change


def ids_of(year: int, measure_id: str, number: int) -> Change:
    """Give the first populations of a measure the ids of another measure, role by role."""

    def change(measure: Measure) -> None:
        other = list(measure_facts(year, measure_id)["strata"][0]["populations"].values())
        for item, root in zip(measure.populations[:number], other, strict=False):
            item.id = root

    return change


OTHER_YEARS: dict[str, Row] = {
    "the year before": Row(
        given=PRESSURE_2024, finding="GUID002", measure=V12, says=("2024", "2025", ALL + V13), silent=("2026",)
    ),
    "the year after": Row(
        given=guid(2026, "236"), finding="GUID002", measure="CMS165v14 (measure 236)", says=("2026",)
    ),
    "the first year": Row(given=guid(2017, "236"), finding="GUID002", measure="CMS165v5 (measure 236)", says=("2017",)),
    "two years ago, in 2020": Row(
        given=guid(2018, "134"),
        finding="GUID002",
        measure="CMS2v7 (measure 134)",
        wanted=guid(2020, "134"),
        says=("2018", "2020"),
        year=2020,
        of="134",
    ),
    "2018 in 2017, which share a template": Row(
        given=guid(2018, "128"),
        finding="GUID002",
        measure="CMS69v6 (measure 128)",
        wanted=guid(2017, "128"),
        year=2017,
        of="128",
    ),
    "2023 in 2024, which share a template": Row(
        given=guid(2023, "001"),
        finding="GUID002",
        measure="CMS122v11 (measure 001)",
        wanted=guid(2024, "001"),
        year=2024,
        of="001",
    ),
    "the year before, in 2026": Row(
        given=guid(2025, "309"),
        finding="GUID002",
        measure="CMS124v13 (measure 309)",
        wanted=guid(2026, "309"),
        year=2026,
        of="309",
    ),
    "the year before, in capitals": Row(given=PRESSURE_2024.upper(), finding="GUID002", measure=V12, says=("2024",)),
    "the year before, in braces": Row(given=f"{{{PRESSURE_2024}}}", finding="GUID002", measure=V12, says=("2024",)),
    "another measure of another year": Row(
        given=guid(2024, "226"),
        finding="GUID002",
        measure="CMS138v12 (measure 226)",
        wanted=f"{PRESSURE} if the populations are right, {TOBACCO} if the measure is CMS138v13",
        says=("2024", ALL + V13),
    ),
    "another year without populations": Row(
        given=PRESSURE_2024, finding="GUID002", measure=V12, silent=("population",), populations=False
    ),
    "a year that is not published": Row(
        given="0191cb89-8317-4d83-9248-7d5c564908ff",
        finding="GUID002",
        measure="CMS136v16 (measure 366)",
        wanted=guid(2026, "366"),
        says=("2027",),
        year=2026,
        of="366",
    ),
    "retired last year": Row(
        given=guid(2024, "472"),
        finding="GUID008",
        measure="CMS249v6 (measure 472)",
        wanted=f"{PRESSURE}, the GUID of {V13}",
        says=("the 2024 version", "until 2024, but not in 2025", ALL + V13),
    ),
    "retired last year, without populations": Row(
        given=guid(2024, "472"),
        finding="GUID008",
        measure="CMS249v6 (measure 472)",
        wanted="The GUID of a measure of 2025",
        says=("the 2024 version", "until 2024, but not in 2025"),
        silent=("population", "title", "CMS165"),
        populations=False,
        title="Measure 7",
    ),
    "retired long ago": Row(
        given=guid(2018, "018"),
        finding="GUID008",
        measure="CMS167v6 (measure 018)",
        wanted=f"{guid(2023, '236')}, the GUID of CMS165v11 (measure 236)",
        says=("the 2018 version", "until 2018, but not in 2023", ALL + "CMS165v11 (measure 236)"),
        year=2023,
    ),
    "retired, in braces": Row(
        given=f"{{{guid(2023, '111')}}}",
        finding="GUID008",
        measure="CMS127v11 (measure 111)",
        wanted=f"{PRESSURE_2024}, the GUID of {V12}",
        says=("2024", ALL + V12),
        year=2024,
    ),
    "not yet in force": Row(
        given=guid(2025, "340"),
        finding="GUID008",
        measure="CMS1157v1 (measure 340)",
        wanted=f"{PRESSURE_2024}, the GUID of {V12}",
        says=("2024", ALL + V12),
        year=2024,
    ),
    "not yet in force, first in 2026": Row(
        given=guid(2026, "515"),
        finding="GUID008",
        measure="CMS1154v1 (measure 515)",
        wanted=f"{PRESSURE}, the GUID of {V13}",
        says=("2025", "2026", ALL + V13),
    ),
}

OTHER_KINDS: dict[str, Row] = {
    "set id": Row(given=set_id("236"), finding="GUID006", measure="CMS165 (measure 236)", says=(ALL + V13,)),
    "set id in capitals": Row(given=set_id("236").upper(), finding="GUID006", measure="CMS165 (measure 236)"),
    "set id of the old form": Row(
        given="9a031bb8-3d9b-11e1-8634-00237d5bf174",
        finding="GUID006",
        measure="CMS69 (measure 128)",
        wanted=guid(2021, "128"),
        year=2021,
        of="128",
    ),
    "set id with a prefix": Row(given=f"urn:uuid:{set_id('236')}", finding="GUID006", measure="CMS165 (measure 236)"),
    "set id without populations": Row(
        given=set_id("134"),
        finding="GUID006",
        measure="CMS2 (measure 134)",
        wanted=guid(2025, "134"),
        populations=False,
    ),
    "set id of another measure": Row(
        given=set_id("226"),
        finding="GUID006",
        measure="CMS138 (measure 226)",
        wanted=f"{PRESSURE} if the populations are right, {TOBACCO} if",
        says=(ALL + V13,),
    ),
    "set id of a hospital measure": Row(
        given="7fe69617-fa28-4305-a2b8-ceb6bcd9693d", finding="GUID006", measure="CMS110", says=("set id",)
    ),
    "population of the measure": Row(
        given=population(2025, "236", "NUMER"), finding="GUID007", measure=V13, says=("NUMER population",)
    ),
    "population of the year before": Row(
        given=population(2024, "236", "DENEX"), finding="GUID007", measure=V12, says=("DENEX population",)
    ),
    "population of years with the same ids": Row(
        given=population(2026, "236", "DENOM"),
        finding="GUID007",
        measure="CMS165v14 (measure 236)",
        wanted=guid(2026, "236"),
        says=("DENOM population",),
        year=2026,
    ),
    "population of 2017": Row(
        given=population(2017, "318", "DENEXCEP"),
        finding="GUID007",
        measure="CMS139v5 (measure 318)",
        wanted=guid(2017, "318"),
        says=("DENEXCEP population",),
        year=2017,
        of="318",
    ),
    "population of another measure": Row(
        given=population(2025, "226", "IPOP", 1),
        finding="GUID007",
        measure="CMS138v13 (measure 226)",
        wanted=f"{PRESSURE} if the populations are right, {TOBACCO} if",
        says=("IPOP population",),
    ),
    "population of a retired measure": Row(
        given=population(2022, "119", "NUMER"), finding="GUID007", measure="CMS134v10 (measure 119)"
    ),
    "stratum": Row(
        given=stratum(2025, "113"),
        finding="GUID007",
        measure="CMS130v13 (measure 113)",
        wanted=guid(2025, "113"),
        says=("stratum",),
        silent=("STRAT ",),
        of="113",
    ),
    "stratum of another year": Row(
        given=stratum(2018, "379", 2),
        finding="GUID007",
        measure="CMS74v7 (measure 379)",
        wanted=guid(2023, "379"),
        says=("stratum",),
        year=2023,
        of="379",
    ),
    "superseded population": Row(
        given="01a1c883-e2e6-4aec-81de-17f3cd9b63b3",
        finding="GUID007",
        measure="CMS117v5",
        wanted=guid(2017, "240"),
        says=("DENEXCEP population",),
        year=2017,
        of="240",
    ),
    "hospital measure": Row(given="8a6d0454-8df0-2d9f-018e-68a1046135de", finding="GUID009", measure="CMS529v5"),
    "hospital measure of before MIPS": Row(
        given="40280381-3d27-5493-013d-4be1467a5c5a", finding="GUID009", measure="CMS108v2"
    ),
    "hospital measure with a prefix": Row(
        given="urn:uuid:31f02a2d-aed4-4f19-ac57-6fec60db6232", finding="GUID009", measure="CMS108v14"
    ),
    "before MIPS": Row(given="40280381-4b9a-3825-014b-c290abf408ca", finding="GUID010", measure="CMS165v4"),
    "before MIPS, in 2017": Row(
        given="40280381-4be2-53b3-014b-ebaf72d707c4",
        finding="GUID010",
        measure="CMS139v4",
        wanted=guid(2017, "318"),
        year=2017,
        of="318",
    ),
    "published in 2016 and replaced": Row(
        given="40280381-5118-2f4e-0151-1b57de6f0153",
        finding="GUID010",
        measure="CMS2",
        wanted=guid(2017, "134"),
        year=2017,
        of="134",
    ),
    "FHIR version": Row(
        given="00ad5281-ab7f-4e65-842f-b296dd094771",
        finding="GUID011",
        measure="CMS50FHIR",
        wanted=guid(2025, "374"),
        of="374",
    ),
    "FHIR set id": Row(
        given="f766afa2-f780-45d2-b224-c1bdb733fa6f",
        finding="GUID011",
        measure="CMS125FHIR",
        wanted=guid(2026, "112"),
        year=2026,
        of="112",
    ),
    "published before it was reportable": Row(
        given="2c928082-86db-6718-0186-e05c1eb0010e",
        finding="GUID012",
        measure="CMS1056v1",
        wanted=PRESSURE_2024,
        year=2024,
    ),
    "published after it was retired": Row(
        given="2c928083-8907-ce68-0189-2bbfe4a8068e", finding="GUID012", measure="CMS249v7"
    ),
}

WRAPPED: dict[str, Row] = {
    name: Row(given=given, finding="GUID013", measure=V13)
    for name, given in {
        "braces": f"{{{PRESSURE}}}",
        "braces and capitals": f"{{{PRESSURE.upper()}}}",
        "brackets": f"[{PRESSURE}]",
        "parentheses": f"({PRESSURE})",
        "one brace": f"{{{PRESSURE}",
        "urn:uuid:": f"urn:uuid:{PRESSURE}",
        "URN:UUID:": f"URN:UUID:{PRESSURE.upper()}",
        "urn:hqmf:": f"urn:hqmf:{PRESSURE}",
        "prefix in braces": f"{{urn:uuid:{PRESSURE}}}",
        "blank before": f" {PRESSURE}",
        "blank after": f"{PRESSURE} ",
        "quotes": f'"{PRESSURE}"',
        "apostrophes": f"'{PRESSURE}'",
    }.items()
} | {
    "capitals are right": Row(given=PRESSURE.upper(), finding=None),
    "mixed letters are right": Row(given=PRESSURE.title(), finding=None),
}

MISSPELT: dict[str, Row] = {
    name: Row(given=given, finding="GUID014", measure=V13, says=(PRESSURE, *says), silent=silent)
    for name, given, says, silent in (
        ("first hyphen missing", PRESSURE.replace("-", "", 1), ("hyphen",), ("may be",)),
        ("last hyphen missing", "2c928083-8907-ce68-01892bbd31d6064e", ("hyphen",), ("may be",)),
        ("all hyphens missing", PRESSURE.replace("-", ""), ("hyphen",), ("may be",)),
        ("hyphen in the wrong place", "2c928083-8907-ce680-189-2bbd31d6064e", ("hyphen",), ("may be",)),
        ("character missing at the start", PRESSURE[1:], ('digit 1, "2", is missing.',), ("may be",)),
        (
            "character missing in the middle",
            PRESSURE[:17] + PRESSURE[18:],
            ('digit 16, "8", is missing.',),
            ("may be",),
        ),
        ("character missing at the end", PRESSURE[:-1], ('digit 32, "e", is missing.',), ("may be",)),
        ("two characters missing at the end", PRESSURE[:-2], ("may be", "two characters differ"), ()),
        ("character too many at the start", "0" + PRESSURE, ('digit 1, "0", is extra.',), ("may be",)),
        ("character too many in the middle", PRESSURE[:10] + "9" + PRESSURE[10:], ("extra",), ("may be",)),
        ("character too many at the end", PRESSURE + "0", ('digit 33, "0", is extra.',), ("may be",)),
        (
            "wrong character",
            "2c9a8083-8907-ce68-0189-2bbd31d6064e",
            ('digit 4 is "a" instead of "2".',),
            ("may be",),
        ),
        ("wrong last character", PRESSURE[:-1] + "f", ('digit 32 is "f" instead of "e".',), ("may be",)),
        (
            "letter that is no digit",
            "2c92808g-8907-ce68-0189-2bbd31d6064e",
            ('digit 8, "3", is missing.',),
            ("may be",),
        ),
        ("two wrong characters", "2c9a8083-8907-ce68-0189-2bbd3106064e", ("may be",), ()),
        ("two characters in the wrong order", "2c928803-8907-ce68-0189-2bbd31d6064e", ("may be",), ()),
        ("wrong character in braces", "{2c9a8083-8907-ce68-0189-2bbd31d6064e}", ('"a" instead of "2"',), ("may be",)),
    )
} | {
    "wrong character of another year": Row(
        given="2c9a8085-806c-39a2-0180-7092fa9b0145", finding="GUID014", measure=V12, says=(PRESSURE_2024, "2024")
    ),
    "hyphen missing, as a user met it": Row(
        given="2c928082-7a14-d92c-017a67b6f9971ea8",
        finding="GUID014",
        measure="CMS165v11 (measure 236)",
        wanted="2c928082-7a14-d92c-017a-67b6f9971ea8",
        says=("hyphen",),
        year=2023,
    ),
    "two measures whose GUIDs differ little": Row(
        given="2c928083-8907-ce68-0189-0da36cc0032f",
        finding="GUID014",
        measure="CMS349v7 (measure 475)",
        wanted=guid(2025, "475"),
        silent=("may be",),
        of="475",
    ),
    "three wrong characters": Row(
        given="2c9a8083-8907-ce68-0189-2bbd3100064e", finding="GUID001", says=(ALL + V13,), silent=("misspelling",)
    ),
    "cut in half": Row(given=PRESSURE[:18], finding="GUID015", says=("form of a GUID", ALL + V13)),
}

NAMES: dict[str, Row] = {
    "CMS id": Row(given="CMS165v13", finding="GUID016", measure=V13, says=('"CMS165v13"',)),
    "CMS id in small letters": Row(given="cms165v13", finding="GUID016", measure=V13),
    "CMS id with blanks": Row(given=" CMS165v13 ", finding="GUID016", measure=V13),
    "CMS id without CMS": Row(given="165v13", finding="GUID016", measure=V13),
    "CMS id of the year before": Row(given="CMS165v12", finding="GUID016", says=('"CMS165v12"',)),
    "measure id": Row(given="236", finding="GUID016", measure=V13, says=('"236"',)),
    "measure id with zeros": Row(
        given="001", finding="GUID016", measure="CMS122v13 (measure 001)", wanted=guid(2025, "001"), of="001"
    ),
    "measure id without populations": Row(given="236", finding="GUID016", measure=V13, populations=False),
    "CMS id of another measure": Row(
        given="CMS138v13",
        finding="GUID016",
        measure="CMS138v13 (measure 226)",
        wanted=f"{PRESSURE} if the populations are right, {TOBACCO} if",
        says=(ALL + V13,),
    ),
    "CMS id in 2019": Row(
        given="CMS130v7",
        finding="GUID016",
        measure="CMS130v7 (measure 113)",
        wanted=guid(2019, "113"),
        year=2019,
        of="113",
    ),
    "number of another list": Row(given="NQF0018", finding="GUID015", says=('"NQF0018"', ALL + V13)),
    "title": Row(given="Controlling High Blood Pressure", finding="GUID015"),
    "object identifier": Row(given=GUID_ROOT, finding="GUID015"),
    "nothing": Row(given="", finding="GUID015"),
    "two GUIDs": Row(given=f"{PRESSURE} {TOBACCO}", finding="GUID015"),
}

PLACES: dict[str, Row] = {
    "no id at all": Row(change=ids(), finding="GUID003", says=(ALL + V13,)),
    "no extension": Row(change=ids(Id(GUID_ROOT)), finding="GUID003", says=(ALL + V13,)),
    "nullFlavor": Row(change=ids(Id(GUID_ROOT, null_flavor="NI")), finding="GUID003"),
    "another id only": Row(change=ids(Id("2.16.840.1.113883.4.999", "77")), finding="GUID003"),
    "GUID in root": Row(change=ids(Id(PRESSURE)), finding="GUID017", measure=V13, says=(PRESSURE,)),
    "GUID in root, in capitals": Row(
        change=ids(Id(PRESSURE.upper())), finding="GUID017", measure=V13, wanted=GUID_ROOT
    ),
    "GUID under another root": Row(
        change=ids(Id("2.16.840.1.113883.4.73", PRESSURE)), finding="GUID017", measure=V13, wanted=GUID_ROOT
    ),
    "GUID in setId": Row(change=ids_and_set_id(PRESSURE), finding="GUID017", measure=V13, wanted=GUID_ROOT),
    "GUID in setId beside an empty id": Row(
        change=ids_and_set_id(PRESSURE, Id(GUID_ROOT)), finding="GUID017", measure=V13, wanted=GUID_ROOT
    ),
    "set id and GUID exchanged": Row(
        change=ids_and_set_id(PRESSURE, Id(GUID_ROOT, set_id("236"))), finding="GUID006", measure="CMS165 (measure 236)"
    ),
    "own id beside the GUID is right": Row(change=ids(Id("1.2.3.4", "77"), Id(GUID_ROOT, PRESSURE)), finding=None),
    "GUID of another year under another root is right": Row(
        change=ids(Id(GUID_ROOT, PRESSURE), Id(PRESSURE_2024)), finding=None
    ),
    "GUID twice": Row(
        change=ids(Id(GUID_ROOT, PRESSURE), Id(GUID_ROOT, PRESSURE)), finding="GUID004", measure=V13, wanted=GUID_ROOT
    ),
    "two GUIDs of the year": Row(
        change=ids(Id(GUID_ROOT, PRESSURE), Id(GUID_ROOT, TOBACCO)),
        finding="GUID004",
        wanted=GUID_ROOT,
        says=(PRESSURE, TOBACCO),
    ),
}

EVIDENCE: dict[str, Row] = {
    "unknown GUID": Row(given=UNKNOWN, finding="GUID001", says=(UNKNOWN, ALL + V13)),
    "unknown GUID in capitals": Row(given=UNKNOWN.upper(), finding="GUID001", says=(ALL + V13,)),
    "unknown GUID in 2018": Row(
        given=UNKNOWN,
        finding="GUID001",
        wanted=guid(2018, "192"),
        says=(ALL + "CMS132v6 (measure 192)",),
        year=2018,
        of="192",
    ),
    "unknown GUID, populations of several rates": Row(
        given=UNKNOWN, finding="GUID001", wanted=TOBACCO, says=(ALL + "CMS138v13 (measure 226)",), of="226"
    ),
    "unknown GUID, one population of another measure": Row(
        given=UNKNOWN,
        finding="GUID001",
        says=(f"3 of its 4 population ids belong to {V13}",),
        change=ids_of(2025, "001", 1),
    ),
    "unknown GUID, half of the populations of another measure": Row(
        given=UNKNOWN,
        finding="GUID001",
        wanted=f"{PRESSURE}, the GUID of {V13}",
        says=("title", V13),
        silent=("of its population ids",),
        change=ids_of(2025, "001", 2),
    ),
    "unknown GUID, most populations of another measure": Row(
        given=UNKNOWN,
        finding="GUID001",
        wanted=guid(2025, "001"),
        says=("3 of its 4 population ids belong to CMS122v13 (measure 001)",),
        change=ids_of(2025, "001", 3),
    ),
    "unknown GUID, populations of another year": Row(
        given=UNKNOWN,
        finding="GUID001",
        wanted=f"{PRESSURE}, the GUID of {V13}",
        says=("title", V13),
        silent=("of its population ids",),
        change=ids_of(2024, "236", 4),
    ),
    "unknown GUID, title": Row(
        given=UNKNOWN,
        finding="GUID001",
        wanted=f"{PRESSURE}, the GUID of {V13}",
        says=("title", V13),
        silent=("population",),
        populations=False,
    ),
    "unknown GUID, title in capitals": Row(
        given=UNKNOWN,
        finding="GUID001",
        wanted=f"{PRESSURE}, the GUID of {V13}",
        says=("title", V13),
        populations=False,
        title=" CONTROLLING HIGH BLOOD PRESSURE ",
    ),
    "unknown GUID, neither populations nor title": Row(
        given=UNKNOWN,
        finding="GUID001",
        wanted="The GUID of a measure of 2025",
        silent=("title", "CMS165"),
        populations=False,
        title="Measure 7",
    ),
    "no GUID, title": Row(
        change=ids(),
        finding="GUID003",
        wanted=f"{PRESSURE}, the GUID of {V13}, as extension of an id with root {GUID_ROOT}",
        says=("title", V13),
        populations=False,
    ),
    "populations decide, not the title": Row(
        given=UNKNOWN, finding="GUID001", says=(ALL + V13,), silent=("title", "CMS122"), title="Diabetes: Eye Exam"
    ),
    "set id, populations disagree": Row(
        given=set_id("236"),
        finding="GUID006",
        measure="CMS165 (measure 236)",
        wanted=f"{guid(2025, '117')} if the populations are right, {PRESSURE} if",
        says=(ALL + "CMS131v13 (measure 117)",),
        of="117",
    ),
    "CMS id, populations disagree": Row(
        given="CMS165v13",
        finding="GUID016",
        measure=V13,
        wanted=f"{guid(2025, '117')} if the populations are right, {PRESSURE} if",
        of="117",
    ),
    "misspelt, populations disagree": Row(
        given=PRESSURE[1:],
        finding="GUID014",
        measure=V13,
        wanted=f"{guid(2025, '117')} if the populations are right, {PRESSURE} if",
        of="117",
    ),
}

ROWS = OTHER_YEARS | OTHER_KINDS | WRAPPED | MISSPELT | NAMES | PLACES | EVIDENCE


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_measure_guid(row: Row) -> None:
    found = row.found()
    assert [one.id for one in found] == ([row.finding] if row.finding else [])
    for one in found:
        assert (str(one.measure) if one.measure else None) == row.measure or row.measure is None
        assert row.wanted in one.expected
        assert [words for words in row.says if words not in one.message] == []
        assert [words for words in row.silent if words in f"{one.message} {one.expected}"] == []
        assert one.place is not None and one.official_place is not None
        assert one.official_place.path.endswith("/organizer")


def test_rows_have_names_of_their_own() -> None:
    groups = (OTHER_YEARS, OTHER_KINDS, WRAPPED, MISSPELT, NAMES, PLACES, EVIDENCE)
    assert len(ROWS) == sum(len(group) for group in groups) >= 110


def test_found_is_the_text_as_written() -> None:
    for name in ("the year before, in braces", "set id in capitals", "CMS id with blanks", "wrong character in braces"):
        (one,) = ROWS[name].found()
        assert one.found == ROWS[name].given


# --- several measures --------------------------------------------------------------------------------------------


def findings(doc: Doc) -> dict[str, list[Finding]]:
    """The findings of a document by id."""
    found: dict[str, list[Finding]] = {}
    for one in apart_from_policy(converter.convert(doc.bytes()).findings):
        found.setdefault(one.id, []).append(one)
    return found


def with_guids(year: int, guids: dict[str, str]) -> Doc:
    """A document whose measures carry other GUIDs."""
    doc = document(year, measures=guids, pi=False, ia=False)
    for measure_id, given in guids.items():
        doc.measure(measure_id).guid = given
    return doc


def test_export_of_another_year_is_the_cause() -> None:
    found = findings(with_guids(2025, {one: guid(2024, one) for one in ("236", "226", "134")}))
    (cause,) = found["GUID018"]
    assert (cause.found, cause.message[:6]) == ("2024", "3 of 3")
    assert [one.caused_by for one in found["GUID002"]] == ["GUID018"] * 3


def test_export_of_another_year_needs_the_greater_part() -> None:
    half = {"236": guid(2024, "236"), "226": guid(2024, "226"), "134": guid(2025, "134"), "001": guid(2025, "001")}
    found = findings(with_guids(2025, half))
    assert "GUID018" not in found
    assert [one.caused_by for one in found["GUID002"]] == [None, None]
    assert "GUID018" not in findings(with_guids(2025, {"236": guid(2024, "236")}))


def test_a_third_year_is_not_explained_by_the_cause() -> None:
    given = {"236": guid(2024, "236"), "226": guid(2024, "226"), "134": guid(2022, "134")}
    found = findings(with_guids(2025, given))
    assert [(str(one.measure), one.caused_by) for one in found["GUID002"]] == [
        ("CMS165v12 (measure 236)", "GUID018"),
        ("CMS138v12 (measure 226)", "GUID018"),
        ("CMS2v11 (measure 134)", None),
    ]


def test_same_guid_in_two_measures() -> None:
    found = findings(with_guids(2025, {"236": PRESSURE, "134": PRESSURE.upper()}))
    (twice,) = found["GUID005"]
    assert str(twice.measure) == V13
    assert len(twice.related) == 2


# --- ids of populations ------------------------------------------------------------------------------------------

NUMER, DENEX = population(2025, "236", "NUMER"), population(2025, "236", "DENEX")

POPULATION_IDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "another role": (DENEX, ("its DENEX population",)),
    "the initial population": (population(2025, "236", "IPOP"), ("its IPOP population",)),
    "the year before": (population(2024, "236", "NUMER"), ("NUMER population", "CMS165v12", "2024")),
    "the year before, in small letters": (population(2024, "236", "NUMER").lower(), ("CMS165v12", "2024")),
    "2017": (population(2017, "236", "DENOM"), ("DENOM population", "CMS165v5", "2017")),
    "another measure": (population(2025, "226", "NUMER"), ("NUMER population", "CMS138v13", "2025")),
    "another measure of another year": (population(2021, "113", "DENEX"), ("DENEX population", "CMS130v9", "2021")),
    "a retired measure": (population(2024, "472", "NUMEX"), ("NUMEX population", "CMS249v6", "2024")),
    "a stratum": (stratum(2025, "113"), ("stratum", "CMS130v13")),
    "the measure's GUID": (PRESSURE, (V13, "itself, not to a population")),
    "the set id": (set_id("236"), ("CMS165 (measure 236)", "itself, not to a population")),
    "a hospital measure": ("31f02a2d-aed4-4f19-ac57-6fec60db6232", ("CMS108v14",)),
    "an unknown id": (UNKNOWN, ()),
}


@pytest.mark.parametrize("given, says", POPULATION_IDS.values(), ids=POPULATION_IDS.keys())
def test_population_id(given: str, says: tuple[str, ...]) -> None:
    doc = document(2025, measures=("236",), pi=False, ia=False)
    doc.measure("236").population("NUMER").id = given
    found = findings(doc)
    (one,) = found["POP002"]
    assert (one.found, str(one.measure)) == (given, V13)
    assert NUMER in one.expected
    assert [words for words in ("NUMER", NUMER, *says) if words not in one.message] == []
    assert one.caused_by is None


def test_population_id_in_small_letters_is_right() -> None:
    doc = document(2025, measures=("236",), pi=False, ia=False)
    for item in doc.measure("236").populations:
        item.id = (item.id or "").lower()
    assert findings(doc) == {}


@pytest.mark.parametrize(
    "first, second, index, measure_id, year",
    [
        ("NUMER", "DENEX", 0, "236", 2025),
        ("DENOM", "NUMER", 0, "130", 2022),
        ("DENEX", "DENEXCEP", 0, "475", 2026),
        ("IPOP", "DENOM", 0, "001", 2019),
        ("DENEX", "NUMER", 1, "226", 2024),
        ("DENOM", "NUMER", 2, "438", 2023),
    ],
)
def test_swapped_roles(first: str, second: str, index: int, measure_id: str, year: int) -> None:
    doc = document(year, measures=(measure_id,), pi=False, ia=False)
    one, other = (doc.measure(measure_id).population(role, index) for role in (first, second))
    one.id, other.id = other.id, one.id
    found = findings(doc)
    (swapped,) = found["POP017"]
    assert {first, second} <= set(swapped.message.replace(":", "").split())
    for role in (first, second):
        assert f"{role} with the id {population(year, measure_id, role, index)}" in swapped.expected
    missing = [role for role in (first, second) if role != "IPOP"]
    assert [item.caused_by for item in found["POP002"]] == ["POP017"] * len(missing)
    assert {"POP001", "POP019"} & set(found) == set()


def test_three_roles_in_a_ring_are_not_swapped() -> None:
    doc = document(2025, measures=("236",), pi=False, ia=False)
    ring = [doc.measure("236").population(role) for role in ("DENOM", "DENEX", "NUMER")]
    for item, root in zip(ring, [ring[1].id, ring[2].id, ring[0].id], strict=True):
        item.id = root
    found = findings(doc)
    assert "POP017" not in found
    assert [("its" in one.message, one.caused_by) for one in found["POP002"]] == [(True, None)] * 3


# --- ids of rates ------------------------------------------------------------------------------------------------

RATE_IDS: dict[str, tuple[str, str]] = {
    "the denominator": (population(2025, "236", "DENOM"), "which is its DENOM population"),
    "the initial population": (population(2025, "236", "IPOP"), "which is its IPOP population"),
    "the numerator of the year before": (population(2024, "236", "NUMER"), "NUMER population of CMS165v12"),
    "the numerator of another measure": (population(2023, "113", "NUMER"), "NUMER population of CMS130v11"),
    "an unknown id": (UNKNOWN, "which is not a population of the measure"),
    "the measure's GUID": (PRESSURE, "which is not a population of the measure"),
}


@pytest.mark.parametrize("given, what", RATE_IDS.values(), ids=RATE_IDS.keys())
def test_rate_id(given: str, what: str) -> None:
    doc = document(2025, measures=("236",), pi=False, ia=False)
    doc.measure("236").rates[0].id = given
    (one,) = findings(doc)["RATE004"]
    assert (one.found, str(one.measure)) == (given, V13)
    assert what in one.message
    assert NUMER in one.expected


def test_rate_id_of_a_measure_with_several_rates() -> None:
    doc = document(2025, measures=("226",), pi=False, ia=False)
    doc.measure("226").rates[1].id = population(2025, "226", "DENEX", 1)
    (one,) = findings(doc)["RATE004"]
    assert "which is its DENEX population" in one.message
    assert [index for index in range(3) if population(2025, "226", "NUMER", index) not in one.expected] == []


# --- all identifiers ---------------------------------------------------------------------------------------------


def test_every_measure_guid_is_known_in_every_other_year() -> None:
    for known, year in all_measure_guids():
        published = diagnose(known.upper(), load(2025 if year != 2025 else 2024)).published
        assert published is not None
        assert (published.kind, published.years) == ("measure", (year,))


@pytest.mark.parametrize("year", YEARS)
def test_every_set_id_and_population_id_is_known(year: int) -> None:
    for facts in catalog(year)["measures"]:
        if "setId" in facts:
            published = published_as(facts["setId"])
            assert published is not None
            assert (published.kind, published.measure_id) == ("set", facts["measureId"])
        for item in facts.get("strata", ()):
            for role, root in item.get("populations", {}).items():
                published = published_as(root, year)
                assert published is not None
                assert (published.kind, published.role, published.measure_id) == (
                    "population",
                    role,
                    facts["measureId"],
                )
                assert published.cms_id == facts["eMeasureId"]
                assert year in published.years


@pytest.mark.every(5)
@pytest.mark.parametrize("year", YEARS)
def test_one_edit_of_any_guid_of_the_year_is_found(year: int) -> None:
    chance = random.Random(year)
    for facts in chance.sample(catalog(year)["measures"], 15):
        known = str(facts["guid"]).lower()
        place = chance.randrange(36)
        while known[place] == "-":
            place = chance.randrange(36)
        other = chance.choice([digit for digit in "0123456789abcdef" if digit != known[place]])
        for given in (
            known[:place] + known[place + 1 :],
            known[:place] + other + known[place + 1 :],
            known[:place] + other + known[place:],
            known.replace("-", ""),
        ):
            near = diagnose(given, load(year)).misspelt
            assert near is not None, given
            assert near.guid == known
            assert near.distance <= 1


def random_guids(number: int) -> list[str]:
    """GUIDs that nobody has published; half of them begin like those of the measures."""
    chance = random.Random(417)
    starts = [known[:8] for known, _ in all_measure_guids()]
    made = [str(uuid.UUID(int=chance.getrandbits(128), version=4)) for _ in range(number)]
    return [chance.choice(starts) + one[8:] if index % 2 else one for index, one in enumerate(made)]


def test_random_guids_are_no_measure() -> None:
    for year in (2017, 2023, 2026):
        for given in random_guids(200):
            diagnosis = diagnose(given, load(year))
            assert (diagnosis.published, diagnosis.misspelt, diagnosis.named) == (None, None, None)


def test_documents_with_random_guids() -> None:
    doc = document(2025, measures=("236",), pi=False, ia=False)
    for given in random_guids(200):
        doc.measure("236").guid = given
        (one,) = findings(doc)["GUID001"]
        assert (one.found, one.measure) == (given, None)


@pytest.mark.parametrize("text", ["", " ", "{}", "urn:uuid:", "-", "x" * 1000, "é\u2028", "\u00a0", "0" * 32, "{" * 99])
def test_odd_texts_have_an_answer(text: str) -> None:
    diagnosis = diagnose(text, load(2025))
    assert (diagnosis.published, diagnosis.misspelt, diagnosis.named) == (None, None, None)
    assert unwrapped(unwrapped(text)) == unwrapped(text)


# --- what was added to the facts ---------------------------------------------------------------------------------

ADDED = {
    "2c928083-7f47-c81f-017f-79354c281550": "CMS996v3", "2c928084-83d3-1b44-0184-77ac447d2178": "CMS996v4",
    "8a6d040f-8b1e-d837-018b-8c58f1d61e33": "CMS996v5", "70b5c339-fc50-458a-9d5f-511535de72c6": "CMS996v6",
    "8c40d3ee-b791-491e-b4ee-8fd1dfb63c32": "CMS996v7", "2c928082-86db-6718-0186-e05ba2ab0106": "CMS1206v1",
    "8a6d044d-8db3-0572-018d-d65fa5dc0737": "CMS1206v2", "eb7ba066-a0e4-4575-97c4-88b9f96b74e3": "CMS1244v2",
    "4e63df5d-46a2-462f-b228-844ee0984bd8": "CMS1264v2", "2c928082-86db-6718-0186-e6d223320335": None,
    "2c928082-7ce1-6f5f-017c-e64331ec0288": None,
}  # fmt: skip


@pytest.mark.parametrize(("text", "cms_id"), ADDED.items())
def test_hospital_measures_that_were_added(text: str, cms_id: str | None) -> None:
    doc = document(2025, measures=("236",), pi=False, ia=False)
    doc.measure("236").guid = text.upper()
    (found,) = apart_from_policy(converter.convert(doc.bytes()).findings)
    assert (found.id, found.official_code) == ("GUID009", 6)
    assert found.measure is not None
    assert found.measure.cms_id == cms_id
    assert (f"{cms_id}, a hospital measure" if cms_id else "for a hospital measure") in found.message
    assert "None" not in found.message + found.fix
