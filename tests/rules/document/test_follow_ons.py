"""One mistake is one cause: what else is found because of it follows from it."""

import pytest

import converter
from converter.result import Result
from tests.complete import complete_document
from tests.documents import Doc, Id, measure_facts
from tests.rules.cases import counts, put, swap_ids


def causes(doc: Doc) -> dict[str, str | None]:
    """Id of each finding, and of the one that it follows from."""
    return {one.id: one.caused_by for one in converter.check(doc.bytes(), guide="none").findings}


def result(doc: Doc) -> Result:
    return converter.check(doc.bytes(), guide="none")


@pytest.mark.parametrize(
    ("category", "cause", "found"),
    [("pi", "DOC011", {"DOC016", "DOC022"}), ("ia", "DOC012", {"DOC017", "DOC025"}), ("quality", "DOC013", {"DOC015"})],
)
def test_what_a_second_section_lacks_follows_from_there_being_two(category: str, cause: str, found: set[str]) -> None:
    doc, other = complete_document(2025), complete_document(2025)
    second = other.section(category)
    second.periods.clear()
    second.entries.clear()
    doc.sections.append(second)
    told = causes(doc)
    assert told[cause] is None
    assert {told[id] for id in found} == {cause}


def test_a_section_under_the_template_of_another_category_is_one_mistake() -> None:
    doc = complete_document(2025)
    doc.pi.templates = list(doc.ia.templates)
    told = causes(doc)
    assert told["DOC024"] is None
    assert {told[id] for id in ("DOC012", "DOC025", "PI005")} == {"DOC024"}


def test_a_guid_that_was_copied_is_not_a_measure_reported_twice() -> None:
    doc = complete_document(2025)
    doc.measures[1].guid = doc.measures[0].guid
    told = causes(doc)
    assert told["GUID005"] == "POP018"
    assert told["POP018"] is None


def test_a_measure_that_is_reported_twice_is_told() -> None:
    doc = complete_document(2025)
    doc.quality.entries.append(doc.quality.entries[0])
    assert causes(doc) == {"GUID005": None}


def test_sections_of_the_year_of_the_first_one_follow_from_it() -> None:
    doc = complete_document(2025)
    for section in doc.sections:
        put(section.period, start="20240101", end="20241231")
    found = result(doc).findings
    first = next(one for one in found if one.id == "DOC026")
    assert first.fix.startswith("For 2024 data, export the document again as a 2024 report")
    assert {one.caused_by for one in found if one.id == "DOC027"} == {"DOC026"}


def test_a_section_of_a_third_year_is_told_itself() -> None:
    doc = complete_document(2025)
    put(doc.quality.period, start="20240101", end="20241231")
    put(doc.pi.period, start="20230101", end="20231231")
    found = result(doc).findings
    assert next(one for one in found if one.id == "DOC026").fix.startswith(
        "Correct the performance period of the first"
    )
    assert {one.caused_by for one in found if one.id == "DOC027"} == {None}


def test_a_rate_beside_a_denominator_that_is_too_large_follows_from_it() -> None:
    doc = complete_document(2025)
    ipop = doc.measures[0].populations[0].count
    counts(doc, DENOM=int(str(ipop)) + 30)
    told = causes(doc)
    assert told["POP010"] is None
    assert told["SUB075"] == "POP010"


def test_who_reports_is_missed_once() -> None:
    doc = complete_document(2025)
    doc.performers.clear()
    (found,) = result(doc).findings
    assert found.id == "SUB004"
    assert found.place is not None
    assert found.place.path.endswith("/serviceEvent")


def test_swapped_ids_are_shown_in_their_populations() -> None:
    doc = complete_document(2025)
    swap_ids(doc, "DENOM", "NUMER")
    found = next(one for one in result(doc).findings if one.id == "POP017")
    roles = ["NUMER", "DENOM"]
    text = doc.xml().splitlines()
    for frame, role in zip(found.frames, roles, strict=True):
        inside = "".join(text[(frame.place.line or 0) - 24 : frame.place.line])
        assert f'code="{role}"' in inside


@pytest.mark.parametrize(
    ("year", "program", "words"),
    [
        (2018, "CPC+", "it means Comprehensive Primary Care Plus, which is written CPCPLUS"),
        (2025, "CPC+", "Comprehensive Primary Care Plus, which is not accepted for performance year 2025"),
        (2024, "Primary Care First", "it means Primary Care First, which is written PCF"),
    ],
)
def test_programs_under_the_names_that_people_give_them(year: int, program: str, words: str) -> None:
    doc = complete_document(year)
    put(doc, program=program)
    (found,) = [one for one in result(doc).findings if one.id == "DOC007"]
    assert words in found.message


def test_a_program_that_is_not_converted_is_no_refusal() -> None:
    doc = complete_document(2017)
    put(doc, program="CPCPLUS")
    assert result(doc).verdict.sentence == (
        "not checked in full, because this tool does not convert documents of its program"
    )


def test_an_id_of_another_year_is_not_just_exchanged() -> None:

    doc = complete_document(2024)
    population = doc.measures[0].population("NUMER", 0)
    population.ids = [Id(measure_facts(2023, doc.measures[0].measure_id)["strata"][0]["populations"]["NUMER"])]
    found = next(one for one in result(doc).findings if one.id == "POP002")
    assert found.fix.startswith("Update the measure to 2024 and export again")


def test_two_documents_in_one_file_are_named_as_that() -> None:
    text = complete_document(2025).xml()
    (found,) = converter.check(text.encode() + text.partition("?>")[2].encode()).findings
    assert found.id == "XML002"
    assert "a second document follows the end of the first" in found.message
