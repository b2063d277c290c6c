"""Sentences that depend on the case: measures of promoting interoperability, periods, references, GUIDs, programs."""

from collections.abc import Callable

import pytest

import converter
from converter.findings.finding import Finding
from tests.documents import Doc, Id, answer, document, period, pi_answer, pi_proportion
from tests.rules.cases import both, guid, ids_of


def found(id: str, change: Callable[[Doc], object], year: int = 2025, program: str = "MIPS_GROUP") -> list[Finding]:
    doc = document(year, program)
    change(doc)
    return [one for one in converter.check(doc.xml().encode(), guide="none").findings if one.id == id]


def with_counts(doc: Doc, measure_id: str) -> None:
    doc.pi.entries.append(pi_proportion(2025, measure_id))


def with_answer(doc: Doc, measure_id: str) -> None:
    doc.pi.entries.append(pi_answer(2025, measure_id))


@pytest.mark.parametrize("id", ["PI003", "PI004", "PI008", "PI009", "PI010"])
def test_a_yes_no_measure_is_not_to_be_given_counts(id: str) -> None:
    def change(doc: Doc) -> None:
        with_counts(doc, "PI_PPHI_2")
        entry = doc.pi_measure("PI_PPHI_2")
        if id in ("PI003", "PI004"):
            entry.numerators.clear()
        if id == "PI003":
            entry.denominators.clear()
        if id == "PI008":
            entry.numerators[0].counts.clear()
        if id in ("PI009", "PI010"):
            entry.numerators[0].count = "-1" if id == "PI009" else "many"

    (finding,) = found(id, change)
    assert finding.fix == "Report this measure with a yes/no answer, because it has no counts."


@pytest.mark.parametrize("id", ["PI006", "PI007"])
def test_a_measure_with_counts_is_not_to_be_answered(id: str) -> None:
    def change(doc: Doc) -> None:
        doc.pi.entries[:] = [pi_answer(2025, "PI_EP_1")]
        entry = doc.pi_measure("PI_EP_1")
        if id == "PI006":
            entry.answers.clear()
        else:
            entry.answers[0].codes = ["X"]

    (finding,) = found(id, change)
    assert finding.fix == (
        "Report this measure with a numerator and denominator, because it is not answered with yes or no."
    )


def test_a_value_of_the_other_kind_beside_the_right_one_is_to_be_removed() -> None:
    (finding,) = found("PI013", lambda doc: setattr(doc.pi_measure("PI_EP_1"), "answers", [answer(2025)]))
    assert (finding.expected, finding.fix) == ("Only a numerator and denominator", "Remove the yes/no answer.")


def test_the_exchange_option_is_itself_answered() -> None:
    (finding,) = found(
        "PI011", both(lambda doc: with_counts(doc, "PI_HIE_5"), lambda doc: with_answer(doc, "PI_LVOTC_1"))
    )
    assert "PI_HIE_5 itself is answered with yes or no" in finding.fix


def test_two_periods_are_told_with_their_dates_and_lines() -> None:
    (finding,) = found("DOC016", lambda doc: doc.pi.periods.append(period(2025, "0201", "1031")))
    assert "gives the performance period twice instead of once: 2025-" in finding.message
    assert " and 2025-02-01 to 2025-10-31 (line " in finding.message
    assert finding.fix == "Keep the performance period that the data of the section covers, and remove any other."


def test_another_guid_is_not_advised_where_the_populations_would_not_fit() -> None:
    (finding,) = found("GUID019", lambda doc: setattr(doc.measures[0], "title", "Breast Cancer Screening"))
    assert finding.fix.startswith("Correct the text: GUID and population ids agree on CMS165v13 (measure 236).")
    assert "use the GUID" not in finding.fix


def test_two_guids_of_one_reference_are_one_cause() -> None:
    unknown = "40280382-0000-4000-8000-00000000cafe"
    other = "40280382-0000-4000-8000-00000000beef"

    def change(doc: Doc) -> None:
        root = "2.16.840.1.113883.4.738"
        doc.measures[0].ids = [Id(root, unknown), Id(root, other)]

    (cause,) = found("GUID004", change)
    assert cause.caused_by is None
    assert {one.caused_by for one in found("GUID001", change)} == {"GUID004"}


def test_no_evidence_is_repeated_of_populations() -> None:
    assert all(one.caused_by for one in found("POP002", ids_of("001", 4)))
    assert found("POP002", guid("CMS165v13")) == []


def test_the_name_mips_is_read_as_that_of_an_individual() -> None:
    (finding,) = found("DOC052", lambda doc: setattr(doc, "program", "MIPS"), program="MIPS_INDIV")
    assert "MIPS_INDIV" in finding.message
    assert finding.severity.value == "warning"


def test_an_npi_that_is_not_applicable_is_replaced() -> None:
    def change(doc: Doc) -> None:
        doc.performers[0].ids[0].extension, doc.performers[0].ids[0].null_flavor = None, "NA"

    (finding,) = found("SUB003", change, program="MIPS_INDIV")
    assert finding.fix.startswith('Replace nullFlavor="NA" of the id in line ')
    assert "program name for groups" in finding.fix


@pytest.mark.parametrize("year", [2012, 2016])
def test_a_report_of_before_the_program_is_to_be_exported_for_another_period(year: int) -> None:
    def change(doc: Doc) -> None:
        doc.templates = [item for item in doc.templates if "27.1.2" not in str(item.root)]
        for section in (doc.quality, doc.pi, doc.ia):
            section.period.start, section.period.end = f"{year}0101", f"{year}1231"

    (finding,) = found("DOC002", change, 2017)
    assert "before the Quality Payment Program began in 2017" in finding.message
    assert "Choose a reporting period from 2017" in finding.fix


def test_population_ids_that_are_none_do_not_follow_from_the_guid() -> None:
    def change(doc: Doc) -> None:
        doc.measures[0].guid = "CMS165v13"
        for one in doc.measures[0].populations:
            one.id = one.role

    assert {one.caused_by for one in found("POP002", change)} == {None}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("IQR", "Hospital Inpatient Quality Reporting"),
        ("OQR", "Hospital Outpatient Quality Reporting"),
        ("CAH", "critical access hospitals"),
        ("HQR_EHR", "Hospital Quality Reporting"),
    ],
)
def test_programs_for_hospitals_are_named(name: str, words: str) -> None:
    (finding,) = found("DOC050", lambda doc: setattr(doc, "program", name))
    assert finding.message.startswith(f"{name} is ")
    assert words in finding.message
    assert "QRDA I files" in finding.fix
