"""The inventory: every aggregate count once, and what became of it agrees with the submission."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import converter
from converter.findings.kinds import TABLE
from converter.model.inventory import CountItem, EntryItem, SectionItem, Status
from converter.result import Result
from tests.documents import (
    NPI_ROOT,
    YEARS,
    Doc,
    Id,
    add_supplemental,
    catalog,
    count,
    document,
    measure_facts,
    profile,
    templates,
)
from tests.examples import examples

COUNT_ROOT = "2.16.840.1.113883.10.20.27.3.3"
HL7 = "{urn:hl7-org:v3}"
CONVERTED_FAMILIES = ("mips", "app1", "appPlus")
TAKEN = {
    "NUMER": "performanceMet",
    "DENEX": "eligiblePopulationExclusion",
    "DENEXCEP": "eligiblePopulationException",
    "DENOM": "eligiblePopulation",
}
PARTS = {role: 1 if role == "DENOM" else -1 for role in TAKEN}
FINDING_ID = re.compile("|".join(TABLE))

Change: TypeAlias = Callable[[Doc], object]


# --- what the file itself says -----------------------------------------------------------------------------------


class Written:
    """The elements of a document, numbered as places number them, read without the converter."""

    def __init__(self, data: bytes) -> None:
        self.elements = list(etree.fromstring(data).iter(etree.Element))
        self.number_of = {element: number for number, element in enumerate(self.elements)}

    def counts(self) -> dict[int, str | None]:
        """Number and text of each aggregate count, by its template or by its code."""
        found: dict[int, str | None] = {}
        for element in self.elements:
            roots = {one.get("root") for one in element.iterchildren(f"{HL7}templateId")}
            codes = {one.get("code") for one in element.iterchildren(f"{HL7}code")}
            if COUNT_ROOT in roots or "MSRAGG" in codes:
                value = element.find(f"{HL7}value")
                found[self.number_of[element]] = None if value is None else value.get("value")
        return found

    def around(self, ordinal: int) -> set[int]:
        """Number of an element and of all elements around it."""
        element = self.elements[ordinal]
        return {ordinal, *(self.number_of[one] for one in element.iterancestors())}


def at(submission: Any, pointer: str) -> Any:
    """What a JSON pointer leads to."""
    for step in pointer.split("/")[1:]:
        submission = submission[int(step)] if isinstance(submission, list) else submission[step]
    return submission


def numbers(value: Any, pointer: str) -> dict[str, int]:
    """Pointers of all numbers in the value of a measurement."""
    if isinstance(value, Mapping):
        return {key: one for name in value for key, one in numbers(value[name], f"{pointer}/{name}").items()}
    if isinstance(value, list):
        return {key: one for at, part in enumerate(value) for key, one in numbers(part, f"{pointer}/{at}").items()}
    return {pointer: value} if isinstance(value, int) and not isinstance(value, bool) else {}


# --- what must hold of every document ----------------------------------------------------------------------------


def assert_complete(result: Result, written: Written) -> None:
    """Each aggregate count of the document stands in the inventory exactly once, with its text."""
    counts = result.inventory.counts()
    assert sorted(one.place.ordinal or 0 for one in counts) == sorted(written.counts())
    assert {one.place.ordinal: one.text for one in counts} == written.counts()


def assert_counted(result: Result) -> None:
    """The counts that went into a member give its value, and no number of the submission comes from nowhere."""
    submission = json.loads(result.to_json())
    into: dict[str, list[CountItem]] = defaultdict(list)
    for item in result.inventory.counts():
        assert (item.status is Status.CONVERTED) == bool(item.pointers), item
        assert item.status is not Status.REJECTED
        assert item.reason
        for pointer in item.pointers:
            into[pointer].append(item)
    values = {
        pointer: number
        for i, one in enumerate(submission["measurementSets"])
        for j, measurement in enumerate(one["measurements"])
        for pointer, number in numbers(measurement["value"], f"/measurementSets/{i}/measurements/{j}/value").items()
    }
    assert set(into) <= set(values)
    for pointer, number in values.items():
        assert expected(pointer, into[pointer]) == number, pointer


def expected(pointer: str, items: Iterable[CountItem]) -> int:
    """What the member at a pointer is by the counts that went into it."""
    member = pointer.rpartition("/")[2]
    if member == "performanceNotMet":
        assert {item.role for item in items} <= set(PARTS)
        return sum(PARTS[item.role or ""] * int(item.text or "") for item in items)
    assert {TAKEN.get(item.role or "", item.role) for item in items} <= {member}
    return sum(int(item.text or "") for item in items)


def assert_pointers(result: Result) -> None:
    """Sections and entries are where their pointers say."""
    submission = json.loads(result.to_json())
    assert len(result.inventory.sections) == len(submission["measurementSets"])
    for section in result.inventory.sections:
        assert section.status is Status.CONVERTED
        written = at(submission, section.pointer or "")
        assert written["category"] in (section.category, {"pi": "aci"}.get(section.category))
        assert len(section.entries) == len(written["measurements"])
        for entry in section.entries:
            assert entry.status is Status.CONVERTED
            assert at(submission, entry.pointer or "")["measureId"] == entry.label.measure_id
            if entry.answer is not None:
                assert at(submission, entry.pointer or "")["value"] is (entry.answer.upper() == "Y")


def assert_nothing_converted(result: Result, written: Written) -> None:
    """In a document that is not converted nothing is, and each part names the findings inside of it."""
    inventory = result.inventory
    parts: list[SectionItem | EntryItem | CountItem] = [
        *inventory.sections,
        *(entry for section in inventory.sections for entry in section.entries),
        *(one for section in inventory.sections for entry in section.entries for one in entry.counts),
    ]
    faults = blamed(result, written)
    for part in parts:
        assert part.status is Status.REJECTED
        assert set(FINDING_ID.findall(part.reason)) == faults[part.place.ordinal or 0]
        assert part.reason
    for one in inventory.counts():
        assert one.status is not Status.CONVERTED
        assert one.pointers == ()
        assert one.reason
    for section in inventory.sections:
        assert {section.pointer, *(entry.pointer for entry in section.entries)} == {None}


def blamed(result: Result, written: Written) -> dict[int, set[str]]:
    """Number of an element -> ids of the findings that block inside of it."""
    found: dict[int, set[str]] = defaultdict(set)
    for one in result.blocking:
        if one.place and one.place.ordinal is not None:
            for number in written.around(one.place.ordinal):
                found[number].add(one.id)
    return found


def assert_holds(doc: Doc) -> Result:
    data = doc.bytes()
    result, written = converter.convert(data), Written(data)
    assert_complete(result, written)
    if result.ok:
        assert_counted(result)
        assert_pointers(result)
    else:
        assert_nothing_converted(result, written)
    return result


# --- documents ---------------------------------------------------------------------------------------------------


@cache
def programs(year: int) -> list[str]:
    known = profile(year)["programs"].items()
    return [name for name, facts in known if facts["accepted"] and facts["family"] in CONVERTED_FAMILIES]


@cache
def measures(year: int) -> list[str]:
    return [one["measureId"] for one in catalog(year)["measures"]]


@st.composite
def documents(draw: st.DrawFn) -> Doc:
    """Correct documents of any year and program, with any measures and counts."""
    year = draw(st.sampled_from(YEARS))
    wanted = draw(st.lists(st.sampled_from(measures(year)), min_size=1, max_size=4, unique=True))
    pi, ia = draw(st.booleans()), draw(st.booleans())
    doc = document(
        year,
        draw(st.sampled_from(programs(year))),
        measures=wanted,
        pi=pi,
        ia=ia,
        reporting_strata=draw(st.booleans()),
    )
    supplemental = draw(st.booleans())
    for measure in doc.measures:
        for population in measure.populations:
            population.count = draw(st.integers(500, 999) if population.role == "IPOP" else st.integers(0, 499))
            if supplemental:
                add_supplemental(doc, population)
        measure.populations = draw(st.permutations(measure.populations))
    return doc


def first_population(doc: Doc, role: str = "DENOM") -> Any:
    return next(one for measure in doc.measures for one in measure.populations if one.role == role)


def first_measure(doc: Doc) -> Any:
    return doc.measures[0]


def a_detail(doc: Doc) -> Any:
    population = first_population(doc)
    if not population.details:
        add_supplemental(doc, population)
    return population.details[0]


def pi_parts(doc: Doc) -> list[Any]:
    return [part for one in doc.pi_measures for part in (*one.numerators, *one.denominators)]


def each(items: Iterable[Any], change: Callable[[Any], object]) -> None:
    for item in list(items):
        change(item)


def set_count(part: Any, text: str | None) -> None:
    part.counts[0].value = text


BREAKS: dict[str, Change] = {
    "GUID unknown": lambda doc: setattr(first_measure(doc), "guid", "00000000-0000-0000-0000-000000000000"),
    "no GUID": lambda doc: first_measure(doc).ids.clear(),
    "no population": lambda doc: first_measure(doc).populations.clear(),
    "population missing": lambda doc: first_measure(doc).populations.pop(),
    "population twice": lambda doc: first_measure(doc).populations.append(first_population(doc)),
    "population id wrong": lambda doc: setattr(first_population(doc), "id", "00000000-0000-0000-0000-000000000000"),
    "population without id": lambda doc: first_population(doc).ids.clear(),
    "population without code": lambda doc: first_population(doc).codes.clear(),
    "population with two codes": lambda doc: first_population(doc).codes.append("NUMER"),
    "population without template": lambda doc: first_population(doc).templates.clear(),
    "count not whole": lambda doc: set_count(first_population(doc), "12.5"),
    "count negative": lambda doc: set_count(first_population(doc), "-1"),
    "count without value": lambda doc: set_count(first_population(doc, "NUMER"), None),
    "no count": lambda doc: first_population(doc).counts.clear(),
    "two counts": lambda doc: first_population(doc).counts.append(count(doc.year, 7)),
    "count without template": lambda doc: first_population(doc).counts[0].templates.clear(),
    "measure without template": lambda doc: first_measure(doc).templates.clear(),
    "measure twice": lambda doc: doc.quality.entries.append(first_measure(doc)),
    "section without template": lambda doc: doc.quality.templates.clear(),
    "section twice": lambda doc: doc.sections.append(doc.quality),
    "no period": lambda doc: doc.quality.periods.clear(),
    "supplemental count not whole": lambda doc: set_count(a_detail(doc), "x"),
    "supplemental data without template": lambda doc: a_detail(doc).templates.clear(),
    "program unknown": lambda doc: setattr(doc, "program", "MIPS_GRUOP"),
    "no program": lambda doc: doc.recipients.clear(),
    "rate not a number": lambda doc: each(first_measure(doc).rates, lambda one: setattr(one, "value", "85 %")),
    "PI counts not whole": lambda doc: each(pi_parts(doc), lambda one: set_count(one, "1.5")),
    "PI counts twice": lambda doc: each(pi_parts(doc), lambda one: one.counts.append(count(doc.year, 3))),
    "PI parts without template": lambda doc: each(pi_parts(doc), lambda one: one.templates.clear()),
    "PI measures in the quality section": lambda doc: doc.quality.entries.extend(doc.pi_measures),
    "PI measures without id": lambda doc: each(doc.pi_measures, lambda one: one.ids.clear()),
    "activities without answer": lambda doc: each(doc.activities, lambda one: one.answers.clear()),
}

KEEPS: dict[str, Change] = {
    "nothing": lambda _: None,
    "IPP for IPOP": lambda doc: setattr(first_population(doc, "IPOP"), "role", "IPP"),
    "no initial population": lambda doc: first_measure(doc).populations.remove(first_population(doc, "IPOP")),
    "population of an unknown role": lambda doc: first_measure(doc).populations.append(
        type(first_population(doc))(
            ["MSRPOPL"],
            [Id("00000000-0000-0000-0000-000000000001")],
            [count(doc.year, 5)],
            templates(doc.year, "measure_data", "measure_data_cms"),
        )
    ),
    "a sign": lambda doc: set_count(first_population(doc), "+5"),
    "leading zeros": lambda doc: set_count(first_population(doc), "007"),
    "GUID in upper case": lambda doc: setattr(first_measure(doc), "guid", first_measure(doc).guid.upper()),
    "performers of no use": lambda doc: doc.performers.clear() if "VIRTUAL" not in (doc.program or "") else None,
}

many = examples(15)


@given(documents())
@many
def test_correct_documents(doc: Doc) -> None:
    assert assert_holds(doc).ok


@given(documents(), st.lists(st.sampled_from([*BREAKS, *KEEPS]), min_size=1, max_size=3, unique=True))
@many
def test_documents_with_faults(doc: Doc, faults: list[str]) -> None:
    for name in faults:
        try:
            {**BREAKS, **KEEPS}[name](doc)
        except (StopIteration, IndexError, AssertionError, AttributeError, ValueError):
            continue  # an earlier fault has taken away what this one changes
    assert_holds(doc)


@pytest.mark.every(4)
@pytest.mark.parametrize("name", BREAKS)
@pytest.mark.parametrize("year", [2018, 2019, 2025])
def test_each_fault(year: int, name: str) -> None:
    doc = document(year, measures=("236", "226"), supplemental=True, reporting_strata=True)
    BREAKS[name](doc)
    assert not assert_holds(doc).ok


@pytest.mark.every(4)
@pytest.mark.parametrize("name", KEEPS)
@pytest.mark.parametrize("year", [2018, 2019, 2025])
def test_each_change_that_converts(year: int, name: str) -> None:
    doc = document(year, measures=("236",), supplemental=True)
    KEEPS[name](doc)
    assert assert_holds(doc).ok


@pytest.mark.every(10)
@pytest.mark.parametrize("year", YEARS)
def test_all_measures_of_a_year(year: int) -> None:
    assert assert_holds(document(year, measures=measures(year), supplemental=True, reporting_strata=True)).ok


# --- what became of them, by hand --------------------------------------------------------------------------------


def quality_counts(result: Result) -> dict[tuple[str | None, str | None], tuple[str, ...]]:
    (entry,) = result.inventory.sections[0].entries
    return {(one.role, one.text): one.pointers for one in entry.counts}


def test_pointers_of_one_rate() -> None:
    doc = document(2025, counts={"IPOP": 100, "DENOM": 90, "DENEX": 5, "NUMER": 60})
    value = "/measurementSets/0/measurements/0/value"
    assert quality_counts(converter.convert(doc.bytes())) == {
        ("IPOP", "100"): (),
        ("DENOM", "90"): (f"{value}/eligiblePopulation", f"{value}/performanceNotMet"),
        ("DENEX", "5"): (f"{value}/eligiblePopulationExclusion", f"{value}/performanceNotMet"),
        ("NUMER", "60"): (f"{value}/performanceMet", f"{value}/performanceNotMet"),
    }


def test_pointers_of_strata() -> None:
    doc = document(2025, measures=("226",))
    for index in range(3):
        doc.measure("226").population("NUMER", index).count = index + 1
    found = quality_counts(converter.convert(doc.bytes()))
    for index in range(3):
        stratum = f"/measurementSets/0/measurements/0/value/strata/{index}"
        assert found["NUMER", str(index + 1)] == (f"{stratum}/performanceMet", f"{stratum}/performanceNotMet")


@pytest.mark.parametrize(("year", "measure_id"), [(2025, "143"), (2025, "438"), (2019, "005"), (2018, "438")])
def test_population_sets_that_are_added_up(year: int, measure_id: str) -> None:
    doc = document(year, measures=(measure_id,))
    result = converter.convert(doc.bytes())
    (entry,) = result.inventory.sections[0].entries
    numerators = [one for one in entry.counts if one.role == "NUMER"]
    assert len(numerators) == sum(1 for one in measure_facts(year, measure_id)["strata"] if one.get("populations"))
    assert {one.pointers[0] for one in numerators} == {"/measurementSets/0/measurements/0/value/performanceMet"}
    assert {one.reason for one in numerators} == {"added up over the population sets"}


def test_measure_whose_counts_go_into_the_first_stratum() -> None:
    doc = document(2025, measures=("370",))
    result = converter.convert(doc.bytes())
    (entry,) = result.inventory.sections[0].entries
    pointers = {pointer for one in entry.counts for pointer in one.pointers}
    assert pointers
    assert all("/value/strata/0/" in one for one in pointers)
    reasons = {one.reason for one in entry.counts if one.pointers}
    assert all("first stratum" in one for one in reasons)


@pytest.mark.parametrize(("year", "measure_id"), [(2022, "238"), (2023, "009"), (2023, "238"), (2024, "226")])
def test_ignored_populations_have_a_reason(year: int, measure_id: str) -> None:
    result = converter.convert(document(year, measures=(measure_id,)).bytes())
    ignored = [one for one in result.inventory.counts() if one.status is Status.IGNORED]
    assert {one.role for one in ignored} <= {"IPOP", "NUMEX"}
    assert all(one.reason and not one.pointers for one in ignored)


def test_supplemental_data_is_ignored_beside_what_is_converted() -> None:
    doc = document(2025, supplemental=True, reporting_strata=True)
    inventory = converter.convert(doc.bytes()).inventory
    details = sum(len(one.details) for measure in doc.measures for one in measure.populations)
    assert len(inventory.others) == details
    assert {(one.status, one.role, one.pointers) for one in inventory.others} == {(Status.IGNORED, None, ())}
    assert all(one.reason for one in inventory.others)


def test_pi_counts() -> None:
    result = converter.convert(document(2025, measures=(), ia=False).bytes())
    assert [(one.role, one.text, one.pointers) for one in result.inventory.counts()] == [
        ("numerator", "318", ("/measurementSets/0/measurements/0/value/numerator",)),
        ("denominator", "407", ("/measurementSets/0/measurements/0/value/denominator",)),
    ]


# --- documents that are not converted ----------------------------------------------------------------------------


def test_a_fault_of_one_measure_names_itself_there_only() -> None:
    doc = document(2025, measures=("236", "226"))
    doc.measure("226").population("DENOM").count = "x"
    inventory = converter.convert(doc.bytes()).inventory
    quality, pi, ia = inventory.sections
    assert quality.reason == "see POP008"
    assert [one.reason for one in quality.entries] == ["the document was not converted", "see POP008"]
    assert {one.reason for one in (pi, ia)} == {"the document was not converted"}
    assert [one.reason for one in quality.entries[1].counts if one.text == "x"] == ["see POP008"]


def test_a_fault_of_supplemental_data_names_itself() -> None:
    doc = document(2025, supplemental=True)
    set_count(a_detail(doc), "x")
    (found,) = (one for one in converter.convert(doc.bytes()).inventory.others if one.text == "x")
    assert "POP008" in found.reason


def test_a_fault_of_the_header_names_no_part() -> None:
    result = converter.convert(document(2025, "MIPS_GRUOP", supplemental=True).bytes())
    assert not result.ok
    assert not [one for one in result.inventory.counts() if FINDING_ID.search(one.reason)]


@pytest.mark.parametrize(
    "change",
    [
        lambda doc: setattr(doc.performers[0].ids[0], "extension", "77"),
        lambda doc: set_count(doc.measure("236").population("NUMER"), "185"),
    ],
    ids=["NPI", "counts"],
)
def test_nothing_is_converted_where_a_check_blocks(change: Change) -> None:
    doc = document(2025, "MIPS_INDIV")
    assert doc.performers[0].ids[0].root == NPI_ROOT
    change(doc)
    data = doc.bytes()
    assert converter.convert(data).ok
    result = converter.check(data)
    assert not result.ok
    assert_complete(result, Written(data))
    assert_nothing_converted(result, Written(data))


@pytest.mark.parametrize("data", [b"", b"<html/>", b"not xml", b"<ClinicalDocument xmlns='urn:hl7-org:v3'/>"])
def test_no_document_no_inventory(data: bytes) -> None:
    assert converter.convert(data).inventory.counts() == ()
