"""What only a submission as JSON can show: each rule with a submission that breaks it and one that nearly does.

A finding is told by its id and the JSON pointer of its place. Everything that is found must be named.
"""

import copy
from dataclasses import dataclass
from typing import Any

import pytest

from converter.facts.catalog import Catalog
from tests.documents import NPI, TIN
from tests.rules.submission.submissions import (
    REGISTRY,
    Json,
    catalog,
    counts,
    findings,
    measurement,
    measurement_set,
    multi,
    observed,
    pi,
    quality,
    share,
    single,
    submission,
    told,
)
from tests.rules.test_rules import check_sentences

SET, OTHER_SET = "/measurementSets/0", "/measurementSets/1"
FIRST = f"{SET}/measurements/0"


@dataclass(frozen=True)
class Row:
    """A submission, and all that is found in it: pairs of id and pointer.

    Attributes:
        finding: id of the finding that the row is about.
        what: the submission, in words.
        year: its performance year.
        data: the submission.
        wanted: pointer of the finding; None where it must not be given.
        also: pairs of id and pointer of what else is found.
    """

    finding: str
    what: str
    year: int
    data: Json
    wanted: str | None = None
    also: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.finding} {self.what} {self.year}"


def fails(finding: str, pointer: str, what: str, year: int, data: Json, *also: tuple[str, str]) -> Row:
    """Return a row that expects a finding."""
    return Row(finding, what, year, data, pointer, also)


def passes(finding: str, what: str, year: int, data: Json, *also: tuple[str, str]) -> Row:
    """Return a row that must not give a finding."""
    return Row(finding, what, year, data, None, also)


# --- the rows ----------------------------------------------------------------------------------------------------

GOOD, FEW = single("236"), single("001")

IDENTITY = (
    fails("SUB025", "/nationalProviderIdentifier", "a group with an NPI", 2024,
          submission(2024, quality(2024, GOOD), nationalProviderIdentifier=NPI)),
    passes("SUB025", "a group without", 2024, submission(2024, quality(2024, GOOD))),
    passes("SUB025", "an individual", 2024, submission(2024, quality(2024, GOOD), entity="individual")),
    fails("SUB026", "/taxpayerIdentificationNumber", "an APM entity with a TIN", 2023,
          submission(2023, quality(2023, GOOD), entity="apm", taxpayerIdentificationNumber=TIN)),
    fails("SUB026", "/nationalProviderIdentifier", "a subgroup with an NPI", 2025,
          submission(2025, quality(2025, GOOD, program="M0002"), entity="subgroup", nationalProviderIdentifier=NPI)),
    passes("SUB026", "an APM entity with its id", 2023, submission(2023, quality(2023, GOOD), entity="apm")),
)  # fmt: skip

SETS = (
    fails("SUB021", f"{SET}/performanceEnd", "no such day", 2025,
          submission(2025, quality(2025, GOOD, performanceEnd="2025-02-30"))),
    passes("SUB021", "a leap day", 2024, submission(2024, quality(2024, GOOD, performanceEnd="2024-02-29")),
           ("SUB034", f"{SET}/performanceEnd")),
    passes("SUB021", "what the schema tells", 2025, submission(2025, quality(2025, GOOD, performanceEnd="2025-2-30"))),
    fails("SUB028", f"{SET}/cehrtId", "an empty member", 2025, submission(2025, pi(2025, share(3), cehrtId=""))),
    passes("SUB028", "a member of another type, which the schema tells", 2025,
           submission(2025, pi(2025, share(3), cehrtId=15))),
    passes("SUB028", "quality by registry", 2025, submission(2025, quality(2025, GOOD, method=REGISTRY))),
    fails("SUB033", f"{SET}/performanceStart", "a set of the year before", 2024,
          submission(2024, quality(2024, GOOD, performanceStart="2023-01-01", performanceEnd="2023-12-31"))),
    fails("SUB036", f"{SET}/programName", "a name that is nearly one", 2025,
          submission(2025, quality(2025, GOOD, program="MIPS"))),
    passes("SUB036", "no name, which stands for mips", 2025, submission(2025, quality(2025, GOOD, program=None))),
    fails("SUB037", f"{SET}/programName", "a virtual group under the APP", 2021,
          submission(2021, quality(2021, GOOD, program="app1"), entity="virtualGroup")),
    fails("SUB037", f"{SET}/programName", "a virtual group under a pathway, said once", 2025,
          submission(2025, quality(2025, GOOD, program="M0002"), pi(2025, share(3), program="M0002"),
                     entity="virtualGroup")),
    fails("SUB037", f"{SET}/programName", "a group in Primary Care First", 2023,
          submission(2023, quality(2023, GOOD, program="pcf"))),
    passes("SUB037", "a group under the APP", 2021, submission(2021, quality(2021, GOOD, program="app1"))),
    passes("SUB037", "a subgroup under a pathway", 2025,
           submission(2025, quality(2025, GOOD, program="M0002"), entity="subgroup")),
    passes("SUB037", "an APM entity in Primary Care First", 2023,
           submission(2023, quality(2023, GOOD, program="pcf"), entity="apm")),
    fails("SUB038", f"{SET}/programName", "a virtual group under APP Plus", 2025,
          submission(2025, quality(2025, GOOD, program="appPlus"), entity="virtualGroup")),
    passes("SUB038", "an APM entity under APP Plus", 2025,
           submission(2025, quality(2025, GOOD, program="appPlus"), entity="apm")),
    fails("SUB041", OTHER_SET, "quality by EHR twice", 2022,
          submission(2022, quality(2022, FEW), quality(2022, single("309")))),
    fails("SUB041", OTHER_SET, "mips, once without its name", 2025,
          submission(2025, quality(2025, FEW), quality(2025, single("134"), program=None))),
    passes("SUB041", "two methods", 2022, submission(2022, quality(2022, FEW), quality(2022, FEW, method=REGISTRY))),
    passes("SUB041", "two programs", 2025, submission(2025, quality(2025, FEW), quality(2025, FEW, program="app1"))),
    passes("SUB041", "two practice sites", 2019,
           submission(2019, quality(2019, GOOD, program="cpcPlus", practiceId="T1OR0001"),
                      quality(2019, GOOD, program="cpcPlus", practiceId="T1OR0002"), entity="apm")),
    fails("SUB042", SET, "quality of the Shared Savings Program", 2026,
          submission(2026, quality(2026, GOOD, program="ssp")), ("SUB045", f"{FIRST}/measureId")),
    passes("SUB042", "promoting interoperability of the Shared Savings Program", 2026,
           submission(2026, pi(2026, share(3), program="ssp"))),
    fails("SUB043", f"{SET}/practiceId", "no practice site", 2018,
          submission(2018, quality(2018, GOOD, program="cpcPlus"), entity="apm")),
    fails("SUB043", f"{SET}/practiceId", "an empty practice site", 2021,
          submission(2021, quality(2021, FEW, program="cpcPlus", practiceId=""), entity="apm")),
    passes("SUB043", "a practice site", 2018,
           submission(2018, quality(2018, GOOD, program="cpcPlus", practiceId="T1OR0001"), entity="apm")),
    passes("SUB043", "another program", 2018, submission(2018, quality(2018, GOOD), entity="apm")),
    fails("SUB044", f"{SET}/practiceId", "a practice site of mips", 2020,
          submission(2020, quality(2020, GOOD, practiceId="T1OR0001"))),
    fails("SUB044", f"{SET}/practiceDetails", "details of a practice of mips", 2023,
          submission(2023, quality(2023, GOOD, practiceDetails={}))),
    passes("SUB044", "details of a practice in Primary Care First", 2023,
           submission(2023, quality(2023, GOOD, program="pcf", practiceDetails={}), entity="apm")),
    fails("SUB062", f"{SET}/measurements", "without advance care plan", 2021,
          submission(2021, quality(2021, single("236"), method=REGISTRY, program="pcf"), entity="apm")),
    passes("SUB062", "with advance care plan", 2021,
           submission(2021, quality(2021, single("047"), method=REGISTRY, program="pcf"), entity="apm")),
    passes("SUB062", "by EHR", 2021, submission(2021, quality(2021, GOOD, program="pcf"), entity="apm")),
    passes("SUB062", "a year later", 2022,
           submission(2022, quality(2022, single("317"), method=REGISTRY, program="pcf"), entity="apm")),
)  # fmt: skip


def of_registry(**members: Any) -> Json:
    """Return a registry's own measure with its rate and other members."""
    return single("AAD12", **{"performanceRate": 66.7, **members})


TWO, THREE = ("overall", "appropriateDiagnosis"), ("overall", "appropriateDiagnosis", "totalRate")

MEASUREMENTS = (
    fails("SUB019", f"{FIRST}/value", "no rate of a registry's own measure", 2025,
          submission(2025, quality(2025, single("AAD12"), method=REGISTRY))),
    passes("SUB019", "its rate", 2025, submission(2025, quality(2025, of_registry(), method=REGISTRY))),
    fails("SUB019", f"{FIRST}/value", "a rate of null with cases", 2025,
          submission(2025, quality(2025, of_registry(performanceRate=None), method=REGISTRY))),
    fails("SUB075", f"{FIRST}/value/performanceRate", "another rate than that of the counts", 2025,
          submission(2025, quality(2025, of_registry(performanceRate=11), method=REGISTRY))),
    passes("SUB075", "a rate cut off", 2025,
           submission(2025, quality(2025, of_registry(performanceRate=66.66), method=REGISTRY))),
    passes("SUB019", "no rate of a measure of MIPS", 2025, submission(2025, quality(2025, GOOD, method=REGISTRY))),
    fails("SUB046", f"{FIRST}/measureId", "a measure that is none", 2024,
          submission(2024, quality(2024, single("999")))),
    fails("SUB047", f"{FIRST}/measureId", "a quality measure among the activities", 2023,
          submission(2023, measurement_set(2023, "ia", single("236")))),
    fails("SUB047", f"{FIRST}/measureId", "an activity among the quality measures", 2020,
          submission(2020, quality(2020, measurement("IA_BE_4", True)))),
    passes("SUB047", "an activity among the activities", 2020,
           submission(2020, measurement_set(2020, "ia", measurement("IA_BE_4", True)))),
    fails("SUB048", FIRST, "strata of a measure with one rate", 2022,
          submission(2022, quality(2022, multi("001", "overall")))),
    fails("SUB048", FIRST, "one rate of a measure with strata", 2025, submission(2025, quality(2025, single("370")))),
    passes("SUB048", "a value of no kind, which the schema tells", 2025,
           submission(2025, quality(2025, measurement("236", {"isEndToEndReported": True})))),
    fails("SUB050", f"{FIRST}/measureId", "advance care plan by EHR", 2025,
          submission(2025, quality(2025, single("047")))),
    fails("SUB050", f"{FIRST}/measureId", "a measure of EHRs by registry", 2023,
          submission(2023, quality(2023, multi("305", "14Days", "34Days"), method=REGISTRY))),
    passes("SUB050", "advance care plan by registry", 2025,
           submission(2025, quality(2025, single("047"), method=REGISTRY))),
    fails("SUB051", f"{FIRST}/value/strata/1/stratum", "a capital letter", 2025,
          submission(2025, quality(2025, multi("370", "adolescents", "Adults")))),
    fails("SUB051", f"{FIRST}/value/strata/0/stratum", "the name of another year", 2022,
          submission(2022, quality(2022, multi("370", "adolescents", "18+")))),
    passes("SUB051", "the names of the year", 2025,
           submission(2025, quality(2025, multi("370", "adults", "adolescents")))),
    fails("SUB052", f"{FIRST}/value/strata", "three strata of 238 by registry", 2025,
          submission(2025, quality(2025, multi("238", *THREE), method=REGISTRY))),
    fails("SUB052", f"{FIRST}/value/strata", "one of the three of a registry's own measure", 2025,
          submission(2025, quality(2025, multi("AAD16", "overall", performanceRate=66.7), method=REGISTRY))),
    passes("SUB052", "two strata of 238 by registry", 2025,
           submission(2025, quality(2025, multi("238", *TWO), method=REGISTRY))),
    passes("SUB052", "three strata of 238 by EHR", 2025, submission(2025, quality(2025, multi("238", *THREE)))),
    fails("SUB052", f"{FIRST}/value/strata", "two strata of 238 by EHR", 2025,
          submission(2025, quality(2025, multi("238", *TWO)))),
    fails("SUB053", f"{FIRST}/value/strata", "one of two", 2024,
          submission(2024, quality(2024, multi("370", "adults")))),
    fails("SUB053", f"{FIRST}/value/strata", "one of two twice", 2023,
          submission(2023, quality(2023, multi("370", "adults", "adolescents", "adults")))),
    passes("SUB053", "both", 2024, submission(2024, quality(2024, multi("370", "adults", "adolescents")))),
    fails("SUB057", f"{FIRST}/value", "in a measure of MIPS", 2025,
          submission(2025, quality(2025, single("236", numeratorExclusion=3)))),
    fails("SUB057", f"{FIRST}/value", "in a stratum", 2025,
          submission(2025, quality(2025, measurement("370", {"isEndToEndReported": True, "strata": [
              {"stratum": "adults", **counts()}, {"stratum": "adolescents", **counts(numeratorExclusion=0)}]})))),
    passes("SUB057", "in a measure of a registry", 2025,
           submission(2025, quality(2025, of_registry(numeratorExclusion=3), method=REGISTRY))),
    fails("SUB058", f"{SET}/category", "cost", 2025,
          submission(2025, measurement_set(2025, "cost", measurement("COST_ACOPD_1", {"score": 3})))),
    fails("SUB058", FIRST, "a survey of patients", 2023,
          submission(2023, quality(2023, measurement("321", {"score": 3})))),
    fails("SUB058", FIRST, "a measure that CMS computes from claims", 2022,
          submission(2022, quality(2022, measurement("480", {"score": 3})))),
    passes("SUB058", "a measure that is computed by the EHR", 2023, submission(2023, quality(2023, GOOD))),
)  # fmt: skip


def strata(measure_id: str, parts: tuple[tuple[int, int], ...]) -> Json:
    """Return a measurement with all strata of its measure: of each the eligible cases, and how many of them are met."""
    names = [one["name"] for one in (catalog(2025).entry(measure_id)[1] or {})["strata"]]
    return measurement(measure_id, {"isEndToEndReported": True, "strata": [
        {"stratum": name, **counts(reported - 5, 5, eligible)}
        for name, (eligible, reported) in zip(names, parts, strict=True)
    ]})  # fmt: skip


BOTH_METHODS = (pi(2025, share(3)), pi(2025, share(4), method=REGISTRY))

NUMBERS = (
    fails("SUB001", f"{FIRST}/value/eligiblePopulation", "more excluded than there is room for", 2023,
          submission(2023, quality(2023, single("236", met=60, not_met=0, eligiblePopulationExclusion=41)))),
    fails("SUB054", f"{FIRST}/value/strata/1/performanceMet", "in the second stratum", 2025,
          submission(2025, quality(2025, measurement("370", {"isEndToEndReported": True, "strata": [
              {"stratum": "adults", **counts()}, {"stratum": "adolescents", **counts(101, 0)}]})))),
    fails("SUB055", f"{FIRST}/value/performanceNotMet", "one too many not met", 2018,
          submission(2018, quality(2018, single("236", not_met=41)))),
    fails("SUB055", f"{FIRST}/value/performanceNotMet", "with excluded and excepted ones", 2024,
          submission(2024, quality(2024, single("236", not_met=31, eligiblePopulationExclusion=4,
                                                eligiblePopulationException=6)))),
    passes("SUB055", "as many as there are", 2018, submission(2018, quality(2018, single("236", not_met=40)))),
    passes("SUB055", "fewer than there are", 2024, submission(2024, quality(2024, single("236", not_met=0))),
           ("SUB084", f"{FIRST}/value/eligiblePopulation")),
    passes("SUB055", "what is below 0, which the schema tells", 2024,
           submission(2024, quality(2024, single("236", met=-1, not_met=200)))),
    fails("SUB056", f"{FIRST}/value/eligiblePopulationExclusion", "a measure of MIPS", 2021,
          submission(2021, quality(2021, single("236", eligiblePopulationExclusion=10), method=REGISTRY))),
    passes("SUB056", "none excluded", 2021,
           submission(2021, quality(2021, single("236", eligiblePopulationExclusion=0), method=REGISTRY))),
    passes("SUB056", "by EHR", 2021, submission(2021, quality(2021, single("236", eligiblePopulationExclusion=10)))),
    passes("SUB056", "a registry's own measure", 2025,
           submission(2025, quality(2025, of_registry(eligiblePopulationExclusion=10), method=REGISTRY))),
    fails("SUB059", f"{FIRST}/value/numerator", "one more", 2020, submission(2020, pi(2020, share(101)))),
    passes("SUB059", "as many", 2020, submission(2020, pi(2020, share(100)))),
    fails("SUB060", f"{FIRST}/value/observationInstances", "one observation too many", 2025,
          submission(2025, quality(2025, observed("483", 101, 100), method=REGISTRY))),
    fails("SUB060", f"{FIRST}/value/observationInstances", "with excepted and excluded ones", 2024,
          submission(2024, quality(2024, observed("483", 90, 100, denominatorException=6, numeratorExclusion=4.5),
                                   method=REGISTRY))),
    passes("SUB060", "as many as there are", 2024,
           submission(2024, quality(2024, observed("483", 90, 100, denominatorException=6, numeratorExclusion=4),
                                    method=REGISTRY))),
    *(
        fails("SUB084", f"{FIRST}/value/eligiblePopulation", f"{met + 20} of 100", year,
              submission(year, quality(year, single("236", met=met, not_met=20), method=REGISTRY)))
        for year, met in ((2017, 29), (2018, 39), (2019, 39), (2020, 49), (2023, 49), (2024, 54), (2026, 54))
    ),
    *(
        passes("SUB084", f"{met + 20} of 100", year,
               submission(year, quality(year, single("236", met=met, not_met=20), method=REGISTRY)))
        for year, met in ((2017, 30), (2018, 40), (2019, 40), (2020, 50), (2023, 50), (2024, 55), (2026, 55))
    ),
    passes("SUB084", "with excluded and excepted ones", 2025,
           submission(2025, quality(2025, single("236", met=50, not_met=5, eligiblePopulationExclusion=10,
                                                 eligiblePopulationException=10)))),
    passes("SUB084", "not met is not given", 2025, submission(2025, quality(2025, measurement("236", {
        "isEndToEndReported": True, "performanceMet": 10, "eligiblePopulation": 100}), method=REGISTRY))),
    fails("SUB084", f"{FIRST}/value", "of a measure that is no proportion", 2024,
          submission(2024, quality(2024, observed("483", 60, 100, denominatorException=14), method=REGISTRY))),
    *(
        fails("SUB084", f"{FIRST}/value/strata/{index}/eligiblePopulation", f"{algorithm}, {parts}", 2025,
              submission(2025, quality(2025, strata(measure, parts))))
        for index, algorithm, measure, parts in (
            (0, "weighted", "370", ((100, 74), (100, 75))),
            (0, "the mean", "305", ((100, 50), (300, 260))),
            (0, "the stratum of reporting", "226", ((100, 74), (100, 90), (100, 90))),
            (1, "the overall stratum", "366", ((100, 90), (100, 74))),
        )
    ),
    *(
        passes("SUB084", f"{algorithm}, {parts}", 2025, submission(2025, quality(2025, strata(measure, parts))))
        for algorithm, measure, parts in (
            ("weighted", "370", ((100, 50), (300, 260))),
            ("the mean", "305", ((100, 50), (300, 300))),
            ("the stratum of reporting", "226", ((100, 90), (100, 10), (100, 20))),
            ("the overall stratum", "366", ((100, 10), (100, 90))),
        )
    ),
    *(
        fails("SUB088", SET, "a period and nothing else", year,
              submission(year, {**measurement_set(year, "pi"), "category": category}))
        for year, category in ((2017, "aci"), (2018, "pi"), (2025, "pi"))
    ),
    passes("SUB088", "one measure", 2025, submission(2025, pi(2025, share(3)))),
    fails("SUB070", f"{OTHER_SET}/measurements/0", "by two methods", 2025, submission(2025, *BOTH_METHODS)),
    passes("SUB070", "the same by two methods", 2025,
           submission(2025, pi(2025, share(3)), pi(2025, share(3), method=REGISTRY))),
    passes("SUB070", "different measures by two methods", 2025,
           submission(2025, pi(2025, share(3)), pi(2025, measurement("PI_PPHI_1", True), method=REGISTRY))),
)  # fmt: skip

ROWS = (*IDENTITY, *SETS, *MEASUREMENTS, *NUMBERS)


@pytest.mark.parametrize("row", ROWS, ids=map(str, ROWS))
def test_row_gives_what_it_names_and_nothing_else(row: Row) -> None:
    assert told(findings(row.data, row.year)) == sorted(
        [*([(row.finding, row.wanted)] if row.wanted else []), *row.also]
    )


@pytest.mark.parametrize("row", ROWS, ids=map(str, ROWS))
def test_sentences_read_well(row: Row) -> None:
    for finding in findings(row.data, row.year):
        check_sentences(finding)


def test_rows_have_different_names() -> None:
    assert len({str(row) for row in ROWS}) == len(ROWS)


# --- what the measures data of no year shows ---------------------------------------------------------------------


def open_to(*entities: str) -> Catalog:
    """The catalog of 2025 in which measure 236 of the pathway M0002 is open to some entities only."""
    facts = copy.deepcopy(catalog(2025).facts)
    (row,) = (one for one in facts["measures"] if one["measureId"] == "236")
    row["allowedRegistrationTypes"] = list(entities)
    return Catalog(facts)


@pytest.mark.parametrize(
    ("entity", "program", "open_for", "wanted"),
    [
        ("group", "M0002", ("individual", "apm"), [("SUB080", f"{FIRST}/measureId")]),
        ("subgroup", "M0002", ("group",), [("SUB080", f"{FIRST}/measureId")]),
        ("group", "M0002", ("group",), []),
        ("group", "mips", ("individual",), []),
        ("virtualGroup", "M0002", ("group",), [("SUB037", f"{SET}/programName")]),
    ],
)
def test_measures_of_a_pathway_are_open_to_some(
    entity: str, program: str, open_for: tuple[str, ...], wanted: list[tuple[str, str]]
) -> None:
    data = submission(2025, quality(2025, GOOD, program=program), entity=entity)
    found = findings(data, 2025, open_to(*open_for))
    assert told(found) == wanted
    for finding in found:
        check_sentences(finding)
