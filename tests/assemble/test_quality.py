"""The submission: values of quality measures, and who reports what in which program, member by member and in order."""

import json
from typing import Any

import pytest

import converter
from tests.documents import (
    CEHRT_ROOT,
    MVP_ROOT,
    NPI,
    NPI_ROOT,
    TIN,
    TIN_ROOT,
    YEARS,
    Doc,
    Id,
    Participant,
    cehrt_id,
    document,
    profile,
)

Value = dict[str, Any]

APP1 = ("MIPS_APP1_INDIV", "MIPS_APP1_GROUP", "MIPS_APP1_APMENTITY")
APP_PLUS = ("APP_PLUS_INDIV", "APP_PLUS_GROUP", "APP_PLUS_APMENTITY")
ENTITY_ROOTS = {
    "virtualGroup": "2.16.840.1.113883.3.249.5.2",
    "apm": "2.16.840.1.113883.3.249.5.4",
    "subgroup": "2.16.840.1.113883.3.249.5.5",
}


def converted(doc: Doc) -> Any:
    """Return the QPP JSON of a document, members in the order in which they are written."""
    return json.loads(converter.convert(doc.xml().encode()).to_json())


def value(doc: Doc) -> str:
    """Return the value of the first measurement as JSON text."""
    return json.dumps(converted(doc)["measurementSets"][0]["measurements"][0]["value"])


def rate(**members: int | str) -> Value:
    """Return members with the names that QPP JSON gives them, in the order given."""
    names = {
        "met": "performanceMet",
        "exclusion": "eligiblePopulationExclusion",
        "exception": "eligiblePopulationException",
        "not_met": "performanceNotMet",
        "eligible": "eligiblePopulation",
        "stratum": "stratum",
    }
    return {names[name]: number for name, number in members.items()}


def single(**members: int | str) -> str:
    return json.dumps({"isEndToEndReported": True, **rate(**members)})


def multi(*strata: Value) -> str:
    return json.dumps({"isEndToEndReported": True, "strata": list(strata)})


def with_counts(year: int, measure_id: str, *sets: dict[str, int], program: str = "MIPS_GROUP") -> Doc:
    """Return a document with one measure and counts for each of its population sets."""
    doc = document(year, program, measures=(measure_id,), pi=False, ia=False)
    for index, numbers in enumerate(sets):
        for role, number in numbers.items():
            doc.measure(measure_id).population(role, index).count = number
    return doc


# --- one rate ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "measure_id", "counts", "expected"),
    [
        (
            2017,
            "001",
            {"IPOP": 100, "DENOM": 90, "NUMER": 60},
            single(met=60, not_met=30, eligible=90),
        ),
        (
            2018,
            "005",
            {"IPOP": 100, "DENOM": 90, "NUMER": 60, "DENEXCEP": 7},
            single(met=60, exception=7, not_met=23, eligible=90),
        ),
        (
            2025,
            "236",
            {"IPOP": 100, "DENOM": 90, "NUMER": 60, "DENEX": 5},
            single(met=60, exclusion=5, not_met=25, eligible=90),
        ),
        (
            2022,
            "134",
            {"IPOP": 100, "DENOM": 90, "NUMER": 60, "DENEX": 5, "DENEXCEP": 7},
            single(met=60, exclusion=5, exception=7, not_met=18, eligible=90),
        ),
        (
            2026,
            "236",
            {"IPOP": 0, "DENOM": 0, "NUMER": 0, "DENEX": 0},
            single(met=0, exclusion=0, not_met=0, eligible=0),
        ),
        (
            2019,
            "236",
            {"IPOP": 90, "DENOM": 90, "NUMER": 80, "DENEX": 10},
            single(met=80, exclusion=10, not_met=0, eligible=90),
        ),
        (
            2024,
            "236",
            {"IPOP": 90, "DENOM": 90, "NUMER": 81, "DENEX": 10},
            single(met=81, exclusion=10, not_met=-1, eligible=90),
        ),
        (
            2021,
            "134",
            {"IPOP": 10, "DENOM": 10, "NUMER": 10, "DENEX": 10, "DENEXCEP": 10},
            single(met=10, exclusion=10, exception=10, not_met=-20, eligible=10),
        ),
        (
            2025,
            "236",
            {"IPOP": 2147483647, "DENOM": 2147483647, "NUMER": 0, "DENEX": 0},
            single(met=0, exclusion=0, not_met=2147483647, eligible=2147483647),
        ),
        (
            2025,
            "236",
            {"IPOP": 2147483647, "DENOM": 0, "NUMER": 2147483647, "DENEX": 2147483647},
            single(met=2147483647, exclusion=2147483647, not_met=-4294967294, eligible=0),
        ),
    ],
)
def test_single_rate(year: int, measure_id: str, counts: dict[str, int], expected: str) -> None:
    assert value(with_counts(year, measure_id, counts)) == expected


def test_counts_are_read_as_numbers() -> None:
    doc = with_counts(2025, "236", {"IPOP": 100, "DENOM": 90, "NUMER": 60, "DENEX": 5})
    for role, text in {"IPOP": "+100", "DENOM": "0090", "NUMER": "+060", "DENEX": "5"}.items():
        doc.measure("236").population(role).count = text
    assert value(doc) == single(met=60, exclusion=5, not_met=25, eligible=90)


def test_order_of_the_populations_is_of_no_matter() -> None:
    doc = document(2025)
    before = value(doc)
    doc.measure("236").populations.reverse()
    assert value(doc) == before


def test_other_code_of_the_initial_population_is_of_no_matter() -> None:
    doc = document(2025, measures=("226",))
    before = value(doc)
    doc.measure("226").population("IPOP").role = "IPP"
    assert value(doc) == before


@pytest.mark.parametrize("program", ["MIPS_GROUP", *APP1, *APP_PLUS])
def test_value_does_not_depend_on_the_program(program: str) -> None:
    assert value(document(2025, program, measures=("226",))) == value(document(2025, measures=("226",)))


def test_supplemental_data_and_reporting_strata_are_not_counted() -> None:
    for measure_id in ("236", "226", "370"):
        plain = document(2025, measures=(measure_id,))
        full = document(2025, measures=(measure_id,), supplemental=True, reporting_strata=True)
        assert value(full) == value(plain)


# --- several rates -----------------------------------------------------------------------------------------------

TOBACCO = (
    {"IPOP": 90, "DENOM": 80, "DENEX": 4, "NUMER": 50},
    {"IPOP": 30, "DENOM": 20, "DENEX": 1, "NUMER": 19},
    {"IPOP": 12, "DENOM": 12, "DENEX": 0, "NUMER": 0},
)
TOBACCO_VALUE = multi(
    rate(met=50, exclusion=4, not_met=26, eligible=80, stratum="reporting"),
    rate(met=19, exclusion=1, not_met=0, eligible=20, stratum="performance"),
    rate(met=0, exclusion=0, not_met=12, eligible=12, stratum="combinedPopulations"),
)


def test_rates_stand_in_the_order_of_the_catalog() -> None:
    assert value(with_counts(2025, "226", *TOBACCO)) == TOBACCO_VALUE


def test_rates_are_told_by_population_id_and_not_by_order() -> None:
    doc = with_counts(2025, "226", *TOBACCO)
    doc.measure("226").populations.reverse()
    assert value(doc) == TOBACCO_VALUE
    for number, population in enumerate(doc.measure("226").populations):
        population.id = str(population.id).upper() if number % 2 else str(population.id).lower()
    assert value(doc) == TOBACCO_VALUE


def test_rates_with_exceptions() -> None:
    sets = (
        {"IPOP": 90, "DENOM": 80, "NUMER": 50, "DENEXCEP": 9},
        {"IPOP": 30, "DENOM": 20, "NUMER": 19, "DENEXCEP": 2},
    )
    assert value(with_counts(2018, "007", *sets)) == multi(
        rate(met=50, exception=9, not_met=21, eligible=80, stratum="LVSD"),
        rate(met=19, exception=2, not_met=-1, eligible=20, stratum="priorMI"),
    )


def test_rate_has_the_members_of_its_own_population_set() -> None:
    """The third rate of measure 160 has no exceptions, unlike the first two."""
    both = {"IPOP": 90, "DENOM": 80, "DENEX": 4, "NUMER": 50, "DENEXCEP": 6}
    last = {"IPOP": 9, "DENOM": 8, "DENEX": 1, "NUMER": 5}
    assert value(with_counts(2018, "160", both, both, last)) == multi(
        rate(met=50, exclusion=4, exception=6, not_met=20, eligible=80, stratum="CD4<200/mm3"),
        rate(met=50, exclusion=4, exception=6, not_met=20, eligible=80, stratum="CD4<500/mm3OrCD4<15%"),
        rate(met=5, exclusion=1, not_met=2, eligible=8, stratum="atDiagnosis"),
    )


def test_rate_with_numerator_exclusion() -> None:
    """The numerator exclusion stays out of the value, and of what is not met."""
    sets = (
        {"IPOP": 90, "DENOM": 80, "DENEX": 4, "NUMER": 50},
        {"IPOP": 90, "DENOM": 80, "DENEX": 4, "NUMER": 50},
        {"IPOP": 90, "DENOM": 80, "DENEX": 4, "NUMER": 10},
    )
    doc = with_counts(2022, "238", *sets)
    doc.measure("238").population("NUMEX").count = 40  # of the second rate
    assert value(doc) == multi(
        rate(met=50, exclusion=4, not_met=26, eligible=80, stratum="overall"),
        rate(met=50, exclusion=4, not_met=26, eligible=80, stratum="diagnosisException"),
        rate(met=10, exclusion=4, not_met=66, eligible=80, stratum="eCQMTotalRate"),
    )
    bone = {"IPOP": 90, "DENOM": 80, "DENEX": 4, "NUMER": 50, "NUMEX": 40}
    assert value(with_counts(2024, "472", bone)) == single(met=50, exclusion=4, not_met=26, eligible=80)


def test_measure_370_fills_the_first_stratum() -> None:
    counts = {"IPOP": 90, "DENOM": 80, "DENEX": 4, "NUMER": 50}
    for year, first, second in ((2019, "12-17", "18+"), (2022, "12-17yrs", "18+"), (2025, "adolescents", "adults")):
        assert value(with_counts(year, "370", counts)) == multi(
            rate(met=50, exclusion=4, not_met=26, eligible=80, stratum=first),
            rate(met=0, exclusion=0, not_met=0, eligible=0, stratum=second),
        )
    assert value(with_counts(2018, "370", counts)) == single(met=50, exclusion=4, not_met=26, eligible=80)


# --- population sets that are summed -----------------------------------------------------------------------------


def summed(met: int, not_met: int, eligible: int, exclusion: int, exception: int) -> str:
    """Return a summed value: other members and another order than a single rate."""
    return single(met=met, not_met=not_met, eligible=eligible, exclusion=exclusion, exception=exception)


@pytest.mark.parametrize(
    ("year", "measure_id", "sets", "expected"),
    [
        (
            2019,
            "005",
            [
                {"IPOP": 90, "DENOM": 80, "NUMER": 50, "DENEXCEP": 9},
                {"IPOP": 20, "DENOM": 20, "NUMER": 19, "DENEXCEP": 0},
            ],
            summed(met=69, not_met=22, eligible=100, exclusion=0, exception=9),
        ),
        (
            2021,
            "008",
            [
                {"IPOP": 9, "DENOM": 8, "NUMER": 5, "DENEXCEP": 4},
                {"IPOP": 2, "DENOM": 2, "NUMER": 1, "DENEXCEP": 0},
            ],
            summed(met=6, not_met=0, eligible=10, exclusion=0, exception=4),
        ),
        (
            2023,
            "143",
            [{"IPOP": 90, "DENOM": 80, "NUMER": 50}, {"IPOP": 20, "DENOM": 20, "NUMER": 19}],
            summed(met=69, not_met=31, eligible=100, exclusion=0, exception=0),
        ),
        (
            2025,
            "438",
            [{"IPOP": 10 * n, "DENOM": 10 * n, "DENEX": n, "NUMER": 5 * n, "DENEXCEP": 2 * n} for n in (1, 2, 3, 4)],
            summed(met=50, not_met=20, eligible=100, exclusion=10, exception=20),
        ),
        (
            2020,
            "007",
            [
                {"IPOP": 9, "DENOM": 9, "NUMER": 9, "DENEXCEP": 1},
                {"IPOP": 2, "DENOM": 2, "NUMER": 2, "DENEXCEP": 0},
            ],
            summed(met=11, not_met=-1, eligible=11, exclusion=0, exception=1),
        ),
        (
            2024,
            "005",
            [{"IPOP": 90, "DENOM": 80, "DENEX": 3, "NUMER": 50, "DENEXCEP": 9}],
            summed(met=50, not_met=18, eligible=80, exclusion=3, exception=9),
        ),
        (
            2018,
            "438",
            [{"IPOP": 9, "DENOM": 8, "DENEX": 1, "NUMER": 4, "DENEXCEP": 1}] * 3,
            summed(met=12, not_met=6, eligible=24, exclusion=3, exception=3),
        ),
    ],
)
def test_population_sets_are_summed(year: int, measure_id: str, sets: list[dict[str, int]], expected: str) -> None:
    doc = with_counts(year, measure_id, *sets)
    assert value(doc) == expected
    doc.measure(measure_id).populations.reverse()
    assert value(doc) == expected


# --- who reports -------------------------------------------------------------------------------------------------

IDENTITIES = {
    "individual": {"entityType": "individual", "nationalProviderIdentifier": NPI, "taxpayerIdentificationNumber": TIN},
    "group": {"entityType": "group", "taxpayerIdentificationNumber": TIN},
    "virtualGroup": {"entityType": "virtualGroup", "taxpayerIdentificationNumber": TIN, "entityId": "ID7"},
    "apm": {"entityType": "apm", "entityId": "ID7"},
    "subgroup": {"entityType": "subgroup", "entityId": "ID7"},
}


def identified(year: int, program: str) -> Doc:
    """Return a document that gives every id there is: NPI, TIN, and virtual group, APM entity and subgroup id."""
    doc = document(year, program)
    kind = profile(year)["programs"][program]["entityType"]
    performer = doc.performers[0]
    performer.ids = [Id(NPI_ROOT, NPI)]
    entity_ids = [Id(root, "ID7" if name == kind else "none") for name, root in ENTITY_ROOTS.items()]
    performer.organization_ids = [Id(TIN_ROOT, TIN), *entity_ids]
    return doc


@pytest.mark.parametrize("year", range(2018, 2027))
def test_entity_is_named_as_its_type_asks(year: int) -> None:
    for program, facts in profile(year)["programs"].items():
        if facts["accepted"] and facts["family"] in ("mips", "app1", "appPlus"):
            kind = facts["entityType"]
            expected: Value = dict(IDENTITIES[kind])
            if year == 2020 and kind == "apm":  # MIPSAPM, before APM entities had an id
                del expected["entityId"]
            submission = converted(identified(year, program))
            sets = submission.pop("measurementSets")
            assert json.dumps(submission) == json.dumps({"performanceYear": year, **expected}), program
            refused = kind == "apm" and year in (2020, 2021, 2022)
            assert [one["category"] for one in sets] == ["quality", *([] if refused else ["pi"]), "ia"]


@pytest.mark.parametrize("program", ["MIPS_INDIV", "MIPS_GROUP", "MIPS_APMENTITY", "MIPS_SUBGROUP"])
def test_what_is_not_given_is_left_out(program: str) -> None:
    doc = document(2025, program)
    doc.performers[0].ids = [Id(NPI_ROOT, null_flavor="NA")]
    doc.performers[0].organization_ids = [Id(TIN_ROOT, null_flavor="NA")]
    assert list(converted(doc)) == ["performanceYear", "entityType", "measurementSets"]


def test_first_id_of_a_kind_counts() -> None:
    doc = document(2025, "MIPS_INDIV")
    performer = doc.performers[0]
    performer.ids = [Id("1.2.3", "other"), Id(NPI_ROOT, NPI), Id(NPI_ROOT, "second")]
    performer.organization_ids = [Id(TIN_ROOT), Id(TIN_ROOT, TIN), Id(TIN_ROOT, "second")]
    submission = converted(doc)
    assert submission["nationalProviderIdentifier"] == NPI
    assert submission["taxpayerIdentificationNumber"] == TIN


# --- measurement sets --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_measurement_sets_have_the_members_of_their_year(year: int) -> None:
    quality, pi, ia = converted(document(year))["measurementSets"]
    with_cehrt = {"pi": year >= 2019, "quality": year >= 2025, "ia": False}
    dates = {"quality": ("01-01", "12-31"), "pi": ("04-01", "10-31"), "ia": ("06-01", "11-30")}
    for one, category in ((quality, "quality"), (pi, "pi"), (ia, "ia")):
        measurements = one["measurements"]
        expected: Value = {
            "category": "aci" if year == 2017 and category == "pi" else category,
            "submissionMethod": "electronicHealthRecord",
            **({"cehrtId": cehrt_id(year)} if with_cehrt[category] else {}),
            "measurements": measurements,
            "programName": "mips",
            "performanceStart": f"{year}-{dates[category][0]}",
            "performanceEnd": f"{year}-{dates[category][1]}",
            **({"source": "qrda3"} if year >= 2019 else {}),
        }
        assert json.dumps(one) == json.dumps(expected)
        assert all(list(item) == ["measureId", "value"] for item in measurements)


@pytest.mark.parametrize(
    ("programs", "years", "categories"),
    [
        (("MIPS_GROUP", "MIPS_INDIV", "MIPS_VIRTUALGROUP"), (2018,), set()),
        (("MIPS_GROUP", "MIPS_INDIV", "MIPS_VIRTUALGROUP"), (2019, 2020, 2021, 2022, 2023, 2024), {"pi"}),
        (("MIPSAPM",), (2020,), {"pi"}),
        (("MIPS_APMENTITY",), (2021, 2022, 2023, 2024), {"pi"}),
        (("MIPS_SUBGROUP",), (2023, 2024), {"pi"}),
        (APP1, (2021,), set()),
        (APP1, (2022, 2023, 2024), {"pi"}),
        (("MIPS_GROUP", "MIPS_SUBGROUP", "MIPS_APMENTITY", *APP1, *APP_PLUS), (2025, 2026), {"pi", "quality"}),
    ],
)
def test_cehrt_id_by_year_program_and_category(
    programs: tuple[str, ...], years: tuple[int, ...], categories: set[str]
) -> None:
    for program in programs:
        for year in years:
            sets = converted(document(year, program, pi=("PI_EP_1", "PI_PPHI_1")))["measurementSets"]
            assert {one["category"] for one in sets if "cehrtId" in one} == categories, (program, year)
            assert {one["cehrtId"] for one in sets if "cehrtId" in one} <= {cehrt_id(year)}


@pytest.mark.parametrize("year", [2019, 2025])
def test_cehrt_id_that_is_not_given_is_left_out(year: int) -> None:
    doc = document(year)
    for participant in doc.participants:
        participant.ids = [Id(CEHRT_ROOT, null_flavor="NA")]
    assert not any("cehrtId" in one for one in converted(doc)["measurementSets"])


@pytest.mark.parametrize(
    ("program", "years", "name"),
    [
        ("MIPS_INDIV", (2023, 2024, 2025, 2026), "G0053"),
        ("MIPS", (2023, 2025), "G0053"),
        ("MIPS_GROUP", (2023, 2024, 2025, 2026), "G0053"),
        ("MIPS_SUBGROUP", (2023, 2024, 2025, 2026), "G0053"),
        ("MIPS_APMENTITY", (2023, 2024, 2025, 2026), "G0053"),
        ("MIPS_VIRTUALGROUP", (2023, 2024, 2025, 2026), "mips"),
        *((program, (2023, 2025), "app1") for program in APP1),
        *((program, (2025, 2026), "appPlus") for program in APP_PLUS),
        ("MIPS_GROUP", (2018, 2021, 2022), "mips"),
    ],
)
def test_program_name_is_the_pathway_where_it_may_be(program: str, years: tuple[int, ...], name: str) -> None:
    for year in years:
        doc = document(year, program)
        doc.participants = [item for item in doc.participants if item.type_code == "DEV"]
        doc.participants.append(Participant("TRC", "PROG", [Id(MVP_ROOT, "G0053")]))
        assert {one["programName"] for one in converted(doc)["measurementSets"]} == {name}, year


@pytest.mark.parametrize(
    ("program", "year", "name"),
    [("MIPS_GROUP", 2023, "mips"), ("mips_indiv", 2025, "mips"), ("Mips_App1_Group", 2024, "app1"),
     ("app_plus_apmentity", 2026, "appPlus")],
)  # fmt: skip
def test_program_name_without_pathway(program: str, year: int, name: str) -> None:
    doc = document(year, program.upper())
    doc.program = program
    assert {one["programName"] for one in converted(doc)["measurementSets"]} == {name}
    doc.participants.append(Participant("TRC", "PROG", [Id(MVP_ROOT, null_flavor="NA")]))
    assert {one["programName"] for one in converted(doc)["measurementSets"]} == {name}


def test_sets_stand_in_the_order_of_the_sections() -> None:
    doc = document(2025)
    doc.sections.reverse()
    assert [one["category"] for one in converted(doc)["measurementSets"]] == ["ia", "pi", "quality"]
    doc.sections.pop(0)
    assert [one["category"] for one in converted(doc)["measurementSets"]] == ["pi", "quality"]


# --- the other categories ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "answer"), [("Y", True), ("y", True), ("N", False), ("n", False)])
def test_answers(code: str, answer: bool) -> None:
    doc = document(2025)
    doc.pi_measure("PI_PPHI_1").answers[0].code = code
    doc.activity("IA_BE_4").answers[0].code = code
    _, pi, ia = converted(doc)["measurementSets"]
    assert pi["measurements"][1] == {"measureId": "PI_PPHI_1", "value": answer}
    assert ia["measurements"] == [{"measureId": "IA_BE_4", "value": answer}]


def test_proportions() -> None:
    doc = document(2025)
    measure = doc.pi_measure("PI_EP_1")
    measure.numerators[0].count, measure.denominators[0].count = "+07", 2147483647
    expected = {"measureId": "PI_EP_1", "value": {"numerator": 7, "denominator": 2147483647}}
    assert json.dumps(converted(doc)["measurementSets"][1]["measurements"][0]) == json.dumps(expected)


def test_category_of_2017_is_advancing_care_information() -> None:
    categories = [one["category"] for one in converted(document(2017))["measurementSets"]]
    assert categories == ["quality", "aci", "ia"]
    assert converted(document(2017))["measurementSets"][1]["measurements"][0]["measureId"] == "ACI_EP_1"
    assert [one["category"] for one in converted(document(2018))["measurementSets"]] == ["quality", "pi", "ia"]
