"""Nothing is lost: a changed document blocks, or its numbers are right and every count and answer is accounted for.

The long run of the same property is `python -m tests.fuzz.accounting`.
"""

import pytest
from lxml import etree

import converter
from tests.documents import YEARS, document
from tests.fuzz.account import account
from tests.fuzz.accounting import examined
from tests.fuzz.documents import FIXTURES, changed
from tests.fuzz.elements import CMS_ACTIVITY
from tests.fuzz.reference import Reference

SEED = 8
BUNDLE = 60


@pytest.mark.every(6)
@pytest.mark.parametrize("bundle", range(6))
def test_changed_documents_block_or_account_for_everything(bundle: int) -> None:
    for index in range(bundle * BUNDLE, (bundle + 1) * BUNDLE):
        data, base, done = changed(SEED, index, corpus=False)
        found = examined(data).problems
        assert not found, f"--no-corpus --seed {SEED} --only {index}: {base}: {done}: {found}"


@pytest.mark.every(3)
@pytest.mark.parametrize("year", YEARS)
def test_fixtures_account_for_everything(year: int) -> None:
    for path in sorted(FIXTURES.glob(f"{year}/*.xml")):
        assert not examined(path.read_bytes()).problems, path


def test_changed_documents_are_the_same_each_time() -> None:
    assert changed(SEED, 5, corpus=False) == changed(SEED, 5, corpus=False)
    assert changed(SEED, 5, corpus=False) != changed(SEED, 6, corpus=False)


# -- the reference itself: it agrees with the numbers that a document was made with, and sees what is changed


@pytest.mark.parametrize("measure", ["236", "370", "226", "143", "305"])
@pytest.mark.parametrize("year", [2019, 2022, 2026])
def test_reference_works_out_the_numbers(year: int, measure: str) -> None:
    data = document(year, measures=(measure,)).bytes()
    result = converter.convert(data)
    made = account(result, data)
    assert (made.blocked, made.problems) == (False, [])
    assert made.numbers >= 4
    assert made.counts == len(Reference(data).counts) > 4
    assert made.answers == 2


def test_reference_sees_a_wrong_number() -> None:
    data = document(2025, measures=("236",)).bytes()
    result = converter.convert(data)
    count = next(one for one in result.inventory.counts() if one.role == "NUMER")
    other = data.replace(f'value="{count.text}"'.encode(), b'value="0"')
    assert {one.kind for one in account(result, other).problems} >= {"wrong number"}


def test_reference_sees_a_count_and_an_answer_that_the_conversion_does_not_know() -> None:
    data = document(2025, measures=("236",)).bytes()
    root = etree.fromstring(data)
    for section in list(root.iter("{*}section"))[:2]:
        entry = list(section.iterchildren("{*}entry"))[-1]
        etree.strip_elements(entry, "{*}templateId", with_tail=False)
        entry.addnext(etree.fromstring(etree.tostring(entry)))
    result = converter.convert(data)
    found = {one.kind for one in account(result, etree.tostring(root)).problems}
    assert {"count lost", "answer lost", "measure lost"} <= found


@pytest.mark.parametrize(
    "template", ["17.3.8", "27.3.16", "27.3.25", "27.3.27", "27.3.28", "27.3.31", "27.3.32", "27.3.33"]
)
@pytest.mark.parametrize("number", ["7", ""])
def test_an_entry_of_another_type_that_is_a_count_by_its_code(template: str, number: str) -> None:
    root = etree.fromstring(document(2025, measures=("236",)).bytes())
    typed = next(one for one in root.iter("{*}templateId") if one.get("root") == f"2.16.840.1.113883.10.20.{template}")
    entry = typed.getparent()
    assert entry is not None
    entry.insert(1, etree.fromstring('<code xmlns="urn:hl7-org:v3" code="MSRAGG"/>'))
    if (value := entry.find("{*}value")) is None:
        value = etree.SubElement(entry, "{urn:hl7-org:v3}value")
    value.attrib.pop("value", "")
    if number:
        value.set("value", number)
    found = examined(etree.tostring(root))
    assert found.problems == []
    listed = [one for one in converter.convert(etree.tostring(root)).inventory.counts() if one.text == "7"]
    assert len(listed) == (number != "")


def test_an_activity_of_cms_own_template_in_an_element_of_another_name() -> None:
    root = etree.fromstring(document(2019).bytes())
    activity = next(one.getparent() for one in root.iter("{*}templateId") if one.get("root") == CMS_ACTIVITY)
    assert activity is not None
    activity.tag = "{urn:hl7-org:v3}observation"
    found = examined(etree.tostring(root))
    assert (found.blocked, found.problems) == (False, [])
    assert found.by["answer converted"] == found.answers == 2


def test_counts_of_supplemental_data_in_another_namespace_are_listed() -> None:
    doc = document(2025, measures=("236",), supplemental=True)
    root = etree.fromstring(doc.bytes())
    sex = next(one.getparent() for one in root.iter("{*}templateId") if str(one.get("root")).endswith(".27.3.6"))
    assert sex is not None
    for one in sex.iter(etree.Element):
        one.tag = one.tag.replace("urn:hl7-org:v3", "urn:hl7-org:v2")
    data = etree.tostring(root)
    found = examined(data)
    assert (found.blocked, found.problems) == (False, [])
    assert found.by["count ignored: it is supplemental data in another namespace, which is not submitted"] == 1
    assert found.counts == examined(doc.bytes()).counts


@pytest.mark.parametrize("name", ["organizer", "act", "section", "value", "templateId", "component"])
def test_a_count_of_supplemental_data_in_an_element_of_another_name_is_listed(name: str) -> None:
    doc = document(2025, measures=("236",), supplemental=True)
    root = etree.fromstring(doc.bytes())
    sex = next(one.getparent() for one in root.iter("{*}templateId") if str(one.get("root")).endswith(".27.3.6"))
    assert sex is not None
    count = next(one.getparent() for one in sex.iter("{*}code") if one.get("code") == "MSRAGG")
    assert count is not None
    etree.strip_elements(count, "{*}templateId", with_tail=False)
    count.tag = f"{{urn:hl7-org:v3}}{name}"
    found = examined(etree.tostring(root))
    assert found.problems == []
    assert found.counts == examined(doc.bytes()).counts


def test_a_yes_inside_of_a_count_of_a_population_without_template_is_no_answer() -> None:
    root = etree.fromstring(document(2025, measures=("236",)).bytes())
    population = next(one.getparent() for one in root.iter("{*}value") if one.get("code") == "IPOP")
    assert population is not None
    etree.strip_elements(population, "{*}templateId", with_tail=False)
    count = next(one.getparent() for one in population.iter("{*}code") if one.get("code") == "MSRAGG")
    assert count is not None
    count.append(
        etree.fromstring('<component xmlns="urn:hl7-org:v3"><observation><value code="Y"/></observation></component>')
    )
    count.insert(0, etree.fromstring('<templateId xmlns="urn:hl7-org:v3" root="2.16.840.1.113883.10.20.27.3.3"/>'))
    found = examined(etree.tostring(root))
    assert (found.blocked, found.problems) == (False, [])
    assert found.answers == 2


def test_a_foreign_value_of_an_untyped_count_is_listed_as_it_is_written() -> None:
    root = etree.fromstring(document(2025, measures=("236",)).bytes())
    population = next(one.getparent() for one in root.iter("{*}value") if one.get("code") == "IPOP")
    assert population is not None
    etree.strip_elements(population, "{*}templateId", with_tail=False)
    value = next(one for one in population.iter("{*}value") if one.get("value"))
    value.tag = "{urn:hl7-org:v2}value"
    found = examined(etree.tostring(root))
    assert (found.blocked, found.problems) == (False, [])


def test_reference_reads_counts_whatever_stands_around_them() -> None:
    number = '<code code="MSRAGG"/><value value="7"/>'
    inside = (
        f"<observation>{number}</observation>"
        f"<section><observation xmlns=''>{number}</observation></section>"
        '<entry><unknown><templateId root="2.16.840.1.113883.10.20.27.3.3"/></unknown></entry>'
        '<organizer><observation><value code="Y"/></observation></organizer>'
    )
    reference = Reference(f"<a xmlns='urn:hl7-org:v3'><structuredBody>{inside}</structuredBody></a>".encode())
    assert [one.texts for one in reference.counts] == [["7"], ["7"], []]
    assert [one.texts for one in reference.answers] == [["Y"]]
    assert all(one.in_body for one in reference.counts)
