"""Where this converter differs from the official one: a test for each row of docs/divergences.md.

The docstring of each test is the row that it stands for, word for word, so that no row is without a test.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

import converter
from converter.findings.finding import Finding, Stage
from converter.result import Conversion
from tests.documents import (
    Doc,
    Id,
    activity,
    add_supplemental,
    catalog,
    document,
    drop,
    one,
    pi_measure,
    quality_measure,
    templates,
)
from tests.policy import apart_from_policy
from tests.rules.document.test_unread_parts import LOST, SPOILT, changed

PAGE = Path(__file__).resolve().parents[2] / "docs" / "divergences.md"
UNKNOWN_GUID = "40280382-0000-4000-8000-00000000cafe"
SUMMED = {"005", "007", "008", "143", "438"}


def convert(doc: Doc) -> Conversion:
    return converter.convert(doc.xml().encode())


def ids(conversion: Conversion) -> set[str]:
    return {finding.id for finding in apart_from_policy(conversion.findings)}


def only(doc: Doc) -> Finding:
    """Return the one finding of a document that it blocks."""
    conversion = convert(doc)
    (finding,) = apart_from_policy(conversion.findings)
    assert not conversion.ok
    return finding


def submission(doc: Doc) -> Any:
    """Return the QPP JSON of a document."""
    return json.loads(convert(doc).to_json())


def value(doc: Doc) -> Any:
    """Return the value of the first measurement of a document."""
    return submission(doc)["measurementSets"][0]["measurements"][0]["value"]


def measures_of(year: int) -> set[str]:
    return {item["measureId"] for item in catalog(year)["measures"]}


def test_page_has_a_test_for_each_row() -> None:
    text = PAGE.read_text(encoding="utf-8")
    rows = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| ")]
    bullets = [" ".join(item.split()) for item in re.findall(r"^- (.*(?:\n  .*)*)", text, re.MULTILINE)]
    tests = [item for name, item in vars(sys.modules[__name__]).items() if name.startswith("test_")]
    told = {" ".join(item.__doc__.split()) for item in tests if item.__doc__}
    assert told == {row for row in rows if row != "matter"} | set(bullets)


# --- right where the official one is wrong -----------------------------------------------------------------------


def lost(*names: str) -> set[str]:
    """Ids of the errors of documents in which a part would be lost (the table of `test_account`)."""
    results = [changed(LOST[name][0]) for name in names]
    assert not any(result.ok for result in results)
    return {finding.id for result in results for finding in result.errors if finding.caused_by is None}


def test_parts_without_template_block() -> None:
    """a section, measure, population, count or answer without its CMS template, or with only the HL7 one"""
    assert lost("a population without template beside the typed one", "an answer without template") == {"DOC033"}
    assert not changed(SPOILT["the templates of HL7 alone"]).ok


def test_misplaced_counts_block() -> None:
    """a count that is not directly inside what it counts, or comes before its templateId"""
    assert lost("a count before the template", "a count in an entry", "a count in a measure") == {"DOC035"}


def test_islands_block() -> None:
    """a part in another namespace (`xmlns=""`)"""
    assert lost("an entry in no namespace", "an entry in another namespace") == {"DOC036"}


def test_numbers_that_nobody_knows_block() -> None:
    """a number or reference that is not a known part of a report"""
    assert lost("an observation with a number that nobody knows") == {"DOC038"}


def test_two_values_block() -> None:
    """two values in one count"""
    assert lost("two values in a count") == {"POP020"}


def test_population_of_two_kinds_blocks() -> None:
    """a population that carries the template of supplemental data first"""
    assert lost("a population that is supplemental data as well") == {"DOC029"}


@pytest.mark.parametrize(
    ("year", "program"),
    [(year, f"MIPS_APP1_{entity}") for year in range(2021, 2027) for entity in ("INDIV", "GROUP", "APMENTITY")]
    + [(year, f"APP_PLUS_{entity}") for year in (2025, 2026) for entity in ("INDIV", "GROUP", "APMENTITY")],
)
def test_quality_of_app_documents_is_checked(year: int, program: str) -> None:
    """quality checks of APP and APP Plus documents"""
    doc = document(year, program)
    assert convert(doc).ok
    doc.measure("236").guid = UNKNOWN_GUID
    assert {finding.official_code for finding in convert(doc).errors} == {6}
    doc = document(year, program)
    doc.measure("236").population("DENOM").id = UNKNOWN_GUID
    assert {finding.official_code for finding in convert(doc).errors} == {59}


def test_unexpected_values_are_named_and_placed() -> None:
    """unexpected errors (codes 1, 3, 4), such as a missing count in an initial population"""
    changed: dict[str, Doc] = {id: document(2025) for id in ("POP006", "POP007", "POP008", "DOC018")}
    changed["POP006"].measure("236").population("IPOP").counts.clear()
    changed["POP007"].measure("236").population("IPOP").count = None
    changed["POP008"].measure("236").population("IPOP").count = "none"
    changed["DOC018"].quality.period.starts.clear()
    changed["DOC018"].quality.period.ends.clear()
    for id, doc in changed.items():
        finding = only(doc)
        assert finding.id == id
        assert finding.place
        assert finding.place.line
        assert finding.official_code in {52, 8, 9, 29}


@pytest.mark.parametrize("program", ["MIPS_GROUP", "MIPS_APP1_GROUP"])
def test_initial_population_without_id_loses_no_measure(program: str) -> None:
    """an initial population without an id in a measure with several rates"""
    doc = document(2025, program, measures=("226",))
    doc.measure("226").population("IPOP", 1).ids.clear()
    conversion = convert(doc)
    assert ids(conversion) == {"POP016", "POP015"}
    assert [finding.id for finding in conversion.blocking] == ["POP016"]


def test_empty_sections_are_not_dropped() -> None:
    """an empty promoting interoperability section; an empty quality section of 2018"""
    for year, category in ((2018, "quality"), (2018, "pi"), (2022, "pi"), (2025, "pi")):
        doc = document(year)
        doc.section(category).entries.clear()
        (finding,) = convert(doc).errors
        assert (finding.id, finding.official_code) == ("DOC022", None)


def test_entries_out_of_place_are_not_dropped() -> None:
    """entries outside their section or measure"""
    untyped = document(2025)
    drop(untyped.quality.templates, "27.2.3")
    no_measure = document(2025)
    drop(no_measure.measure("236").templates, "27.3.17")
    no_measure.quality.entries.append(quality_measure(2025, "134"))
    for doc in (untyped, no_measure):
        conversion = convert(doc)
        assert ids(conversion) == {"DOC033", "DOC030"}
        assert {finding.caused_by for finding in conversion.errors if finding.id == "DOC030"} == {"DOC033"}
        assert not conversion.ok
    elsewhere = document(2025)
    elsewhere.pi.entries.append(activity(2025, "IA_EPA_1"))
    assert only(elsewhere).id == "DOC031"


def test_element_of_two_kinds_is_not_guessed() -> None:
    """an element with templates of two kinds"""
    doc = document(2025)
    doc.quality.templates.append(one(doc.pi.templates, "27.2.5"))
    assert only(doc).id == "DOC029"
    doc = document(2019)
    doc.pi_measure("PI_EP_1").templates += templates(2019, "pi_measure_performed")
    assert only(doc).id == "DOC029"


def test_activity_has_an_id() -> None:
    """an improvement activity without an id"""
    doc = document(2024)
    doc.activity("IA_BE_4").ids[0].extension = None
    assert only(doc).id == "IA003"


@pytest.mark.parametrize("year", [2018, 2021, 2025])
def test_initial_population_is_compared_without_case(year: int) -> None:
    """denominator above initial population (13)"""
    doc = document(year)
    initial, denominator = (doc.measure("236").population(role) for role in ("IPOP", "DENOM"))
    initial.id, denominator.id = str(initial.id).lower(), str(denominator.id).upper()
    assert convert(doc).ok
    initial.count, denominator.count = 500, 501
    (finding,) = convert(doc).errors
    assert (finding.id, finding.official_code) == ("POP010", 13)


def practice_site(year: int = 2024) -> Doc:
    """Return a correct document of Primary Care First."""
    return document(year, "PCF", measures=("001", "113", "236"))


def test_header_errors_of_practice_sites_are_all_given() -> None:
    """header errors of CPC+ and Primary Care First"""
    doc = practice_site()
    doc.performers[0].organization_ids.clear()
    doc.participants.clear()
    assert {one.official_code for one in convert(doc).errors} == {84, 34, 35, 97}


def test_supplemental_data_without_count_is_all_reported() -> None:
    """supplemental data of CPC+ and Primary Care First without a count"""
    doc = practice_site()
    details = doc.measure("001").population("DENOM").details
    details[0].counts, details[1].counts = [], []
    del details[2]
    assert sorted(one.official_code or 0 for one in convert(doc).errors) == [66, 67, 67]


def test_stratum_without_id_is_named() -> None:
    """a stratum without an id in CPC+ and Primary Care First"""
    doc = practice_site()
    doc.measure("113").population("NUMER").details[0].ids.clear()
    assert "SITE030" in {one.id for one in convert(doc).errors}


@pytest.mark.parametrize("missing", [True, False])
def test_missing_count_of_a_practice_site_is_reported_once(missing: bool) -> None:
    """a count in CPC+ and Primary Care First that is missing, or has no value"""
    doc = document(2019, "CPCPLUS", measures=("001", "236"))
    initial = doc.measure("001").population("IPOP")
    if missing:
        initial.counts.clear()
    else:
        initial.count = None
    (finding,) = convert(doc).errors
    assert finding.id == ("POP006" if missing else "POP007")


def test_mips_documents_of_2025_have_their_cehrt_id() -> None:
    """MIPS documents of 2025"""
    assert submission(document(2025))["measurementSets"][0]["cehrtId"]


def test_all_errors_are_given() -> None:
    """more than 100 errors"""
    doc = document(2025)
    population = doc.measure("236").population("DENOM")
    for _ in range(15):
        add_supplemental(doc, population)
    for detail in population.details:
        detail.counts[0].value = "many"
    errors = convert(doc).errors
    assert len(errors) == len(population.details) > 100
    assert {finding.official_code for finding in errors} == {9}


def test_second_quality_section_is_called_by_its_name() -> None:
    """a second quality section"""
    doc = document(2023)
    doc.sections.append(doc.quality)
    finding = only(doc)
    assert finding.official_code == 27
    assert "quality" in finding.message
    assert "improvement" not in finding.message


@pytest.mark.parametrize("program", [None, "", "MIPS_GRUOP"])
def test_checks_are_made_without_program(program: str | None) -> None:
    """checks after a missing or unknown program name"""
    doc = document(2025)
    doc.program = program
    doc.measure("236").guid = UNKNOWN_GUID
    doc.pi_measure("PI_PPHI_1").answers.clear()
    assert {finding.official_code for finding in convert(doc).errors} == {24 if program is None else 25, 6, 11}


def test_wrong_edition_is_named() -> None:
    """a document of the wrong edition"""
    doc = document(2024)
    template = one(doc.templates, "27.1.2")
    template.extension = "2024-12-01"
    finding = only(doc)
    assert (finding.id, finding.official_code) == ("DOC003", 5)
    assert "2025" in finding.message
    assert "2024" in f"{finding.expected} {finding.fix}"
    template.extension = "2024-07-01"
    finding = only(doc)
    assert (finding.id, finding.official_code) == ("DOC004", 5)
    assert "replaced" in finding.message


def test_checks_are_made_in_spite_of_the_edition() -> None:
    """checks after a document template that is missing, unknown or of another year"""
    doc = document(2025)
    doc.measure("236").population("DENOM").count = "many"
    template = one(doc.templates, "27.1.2")
    for extension, id in (("2024-12-10", "DOC004"), ("2022-12-01", "DOC003")):
        template.extension = extension
        assert [(one.id, one.official_code) for one in convert(doc).errors] == [(id, 5), ("POP008", 9)]
    doc.templates.remove(template)
    assert [(one.id, one.official_code) for one in convert(doc).errors] == [("DOC002", 5), ("POP008", 9)]


def test_populations_are_checked_where_the_guid_is_wrong_and_certain() -> None:
    """populations of a measure whose GUID is wrong but certain"""
    doc = document(2025)
    doc.measure("236").guid = f"{{{doc.measure('236').guid}}}"
    doc.measure("236").population("DENOM").id = UNKNOWN_GUID
    assert {one.official_code for one in convert(doc).errors} == {6, 59}


def test_no_submission_is_written_for_a_year_that_there_is_not() -> None:
    """a first section dated in a year that CMS accepts nothing for, such as 1 or 9999"""
    for year in ("0001", "9999", "2016"):
        doc = document(2025)
        doc.quality.period.start = f"{year}0101"
        conversion = convert(doc)
        assert [one.id for one in conversion.blocking] == ["DOC045"]
        assert conversion.submission is None


def test_measure_438_of_2018_is_summed() -> None:
    """measure 438 in 2018 (three population sets, one rate)"""
    doc = document(2018, measures=("438",), counts={"IPOP": 90, "DENOM": 80, "DENEX": 4, "DENEXCEP": 6, "NUMER": 50})
    assert ids(convert(doc)) == {"POP012"}
    assert value(doc) == {
        "isEndToEndReported": True,
        "performanceMet": 150,
        "performanceNotMet": 60,
        "eligiblePopulation": 240,
        "eligiblePopulationExclusion": 12,
        "eligiblePopulationException": 18,
    }


def test_virtual_group_of_2021_has_its_id() -> None:
    """virtual groups of 2021"""
    doc = document(2021, "MIPS_VIRTUALGROUP")
    doc.performers[0].organization_ids = [Id("2.16.840.1.113883.3.249.5.2", "VG2021")]
    assert submission(doc)["entityId"] == "VG2021"
    assert submission(doc)["entityType"] == "virtualGroup"


def test_alternatives_are_seen_where_they_are_answered() -> None:
    """PI_HIE_5 together with the measures that it replaces"""
    for year in range(2021, 2027):
        for replaced, told in (
            ("PI_HIE_1", "SUB005"), ("PI_HIE_4", "SUB005"), ("PI_LVOTC_1", "SUB065"), ("PI_LVITC_2", "SUB065")
        ):  # fmt: skip
            doc = document(year, pi=("PI_EP_1", replaced))
            assert not {"SUB005", "SUB065"} & ids(convert(doc))
            doc.pi.entries.append(pi_measure(year, "PI_HIE_5"))
            (finding,) = (one for one in convert(doc).findings if one.id in ("SUB005", "SUB065"))
            assert (finding.id, finding.stage) == (told, Stage.SUBMISSION)
            assert convert(doc).ok
            assert converter.check(doc.xml().encode()).ok is (told == "SUB065")


def test_program_names_without_an_entity_are_refused() -> None:
    """the program names APP1 and APPPLUS"""
    for year, name, first in (
        (2021, "APP1", "MIPS_APP1_"),
        (2026, "app1", "MIPS_APP1_"),
        (2025, "APPPLUS", "APP_PLUS_"),
    ):
        doc = document(year, "MIPS_GROUP", measures=("236",))
        doc.program = name
        (finding,) = converter.check(doc.bytes()).errors
        assert (finding.id, finding.official_code) == ("DOC051", 25)
        assert all(f"{first}{who}" in finding.fix for who in ("INDIV", "GROUP", "APMENTITY"))


# --- followed, with a warning ------------------------------------------------------------------------------------


def test_pi_data_of_the_other_kind() -> None:
    """counts in a yes/no measure of promoting interoperability, an answer in one with counts"""
    doc = document(2025)
    doc.pi_measure("PI_PPHI_1").numerators = doc.pi_measure("PI_EP_1").numerators
    doc.pi_measure("PI_EP_1").answers = doc.pi_measure("PI_PPHI_1").answers
    result = convert(doc)
    assert result.ok
    assert {"PI012", "PI013"} <= {finding.id for finding in result.findings}


@pytest.mark.parametrize("year", range(2019, 2027))
def test_measure_370_is_put_into_the_first_stratum(year: int) -> None:
    """measure 370"""
    doc = document(year, measures=("370",), counts={"IPOP": 90, "DENOM": 80, "DENEX": 4, "NUMER": 50})
    assert ids(convert(doc)) - {"DOC028"} == {"POP011"}
    first, second = value(doc)["strata"]
    del first["stratum"], second["stratum"]
    assert first == {
        "performanceMet": 50,
        "eligiblePopulationExclusion": 4,
        "performanceNotMet": 26,
        "eligiblePopulation": 80,
    }
    assert second == dict.fromkeys(first, 0)


@pytest.mark.parametrize("year", range(2019, 2027))
def test_population_sets_are_summed(year: int) -> None:
    """measures 005, 007, 008, 143, 438"""
    for measure_id in sorted(SUMMED & measures_of(year) - ({"007"} if year == 2019 else set())):
        doc = document(year, measures=(measure_id,))
        populations = doc.measure(measure_id).populations
        several = sum(1 for item in populations if item.role == "DENOM") > 1
        remarks = {"DOC028", "SUB061"}  # some of them were suppressed in a year
        assert ids(convert(doc)) - remarks == ({"POP012"} if several else set())
        total = {
            role: sum(int(item.count or 0) for item in populations if item.role == role)
            for role in ("DENOM", "NUMER", "DENEX", "DENEXCEP")
        }
        assert value(doc) == {
            "isEndToEndReported": True,
            "performanceMet": total["NUMER"],
            "performanceNotMet": total["DENOM"] - total["NUMER"] - total["DENEX"] - total["DENEXCEP"],
            "eligiblePopulation": total["DENOM"],
            "eligiblePopulationExclusion": total["DENEX"],
            "eligiblePopulationException": total["DENEXCEP"],
        }


@pytest.mark.parametrize(("year", "measure_id"), [(2022, "238"), (2023, "238"), (2023, "472"), (2024, "472")])
def test_numerator_exclusions_are_left_out(year: int, measure_id: str) -> None:
    """numerator exclusions"""
    doc = document(year, measures=(measure_id,))
    exclusion = doc.measure(measure_id).population("NUMEX")
    exclusion.count = 7
    (finding,) = apart_from_policy(convert(doc).findings)
    assert finding.id == "POP013"
    assert "7" in finding.message
    with_exclusion = value(doc)
    exclusion.count = 0
    assert apart_from_policy(convert(doc).findings) == ()
    assert value(doc) == with_exclusion


def test_year_of_the_submission_is_that_of_the_first_section() -> None:
    """`performanceYear`"""
    doc = document(2025)
    period = doc.quality.period
    period.start, period.end = "20240101", "20241231"
    conversion = convert(doc)
    follow = {"SUB029", "SUB033"}  # the form of the certification id, and the sections of 2025, are not those of 2024
    assert ids(conversion) == {"DOC026", *follow}
    assert {one.caused_by for one in conversion.findings if one.id in follow} == {"DOC026"}
    assert conversion.year == 2025
    assert submission(doc)["performanceYear"] == 2024
    doc.sections.reverse()
    assert ids(convert(doc)) == {"DOC027", "SUB033"}
    assert [one.caused_by for one in convert(doc).findings if one.id == "SUB033"] == ["DOC027"]
    assert submission(doc)["performanceYear"] == 2025


# --- accepted as well --------------------------------------------------------------------------------------------


def test_document_without_namespace() -> None:
    """A document without a namespace is read as CDA (DOC037, a warning); one with an empty namespace is code 5."""
    text = document(2025).xml().replace(' xmlns="urn:hl7-org:v3"', "", 1)
    result = converter.convert(text.encode())
    assert result.ok
    assert "DOC037" in {finding.id for finding in result.findings}
    assert [finding.official_code for finding in converter.convert(b"<ClinicalDocument/>").errors] == [5]


def test_activities_of_2019_have_either_template() -> None:
    """In 2019 improvement activities are accepted with the templates 27.2.4 and 27.3.33, not only with the CMS ones."""
    both = document(2019, measures=(), pi=False)
    plain, own = document(2019, measures=(), pi=False), document(2019, measures=(), pi=False)
    for section, entry in ((plain.ia, plain.activity("IA_BE_4")), (own.ia, own.activity("IA_BE_4"))):
        cms, other = (("249.20.2.1", "249.20.3.1"), ("27.2.4", "27.3.33"))[:: 1 if section is plain.ia else -1]
        drop(section.templates, cms[0])
        drop(entry.templates, cms[1])
        assert one(section.templates, other[0])
    assert {apart_from_policy(convert(doc).findings) for doc in (plain, own, both)} == {()}
    assert submission(plain) == submission(own) == submission(both)


def test_rate_is_read_and_not_written() -> None:
    """The performance rate is read but never written; a missing rate and an empty one are both code 72."""
    doc = document(2025)
    rate = doc.measure("236").rates[0]
    written = convert(doc).to_json()
    rate.value = "0.123456"
    assert convert(doc).to_json() == written
    assert "0.123456" not in written
    for text in (None, ""):
        rate.value = text
        assert only(doc).official_code == 72
