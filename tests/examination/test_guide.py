"""The implementation guide's assertions in a check: what is said, once, and what it does to the verdict."""

import json
import pickle
import re

import pytest

import converter
from converter.findings.finding import Finding, Severity, Stage
from converter.model.verdict import VerdictKind
from tests.counting import calls
from tests.documents import document, replace_once
from tests.examination.test_repeated import BROKEN
from tests.rules.cases import Case

YEAR = 2025
LACKING = re.compile(r"-(18141|18136|18140|18139|18353|17619|71119\d)|^CMS_(0122|11)$")
"""Assertions that documents of other tests fail: they have no supplemental data and no measure set."""
STATUS = '<statusCode code="completed"/>'


def text_of(**options: object) -> str:
    """A document that follows the guide: counts of supplemental data are in it, and no measure set is recommended."""
    return document(YEAR, "MIPS_GROUP", measures=(), **options).xml()  # type: ignore[arg-type]


def without_status(text: str) -> str:
    """A document whose observations do not say that they are completed."""
    found, number = re.subn(rf'(<code code="ASSERTION"[^>]*/>\s*){STATUS}', r"\1", text)
    assert number
    return found


def guide_findings(result: converter.Result) -> list[Finding]:
    return [one for one in result.findings if one.stage is Stage.GUIDE]


def checked(text: str | bytes, **options: object) -> converter.Result:
    return converter.check(text if isinstance(text, bytes) else text.encode(), **options)  # type: ignore[arg-type]


def test_a_document_that_follows_the_guide_fails_nothing() -> None:
    result = checked(text_of())
    assert result.assertions == ()
    assert guide_findings(result) == []


def test_what_fails_is_a_warning_that_says_what_to_write() -> None:
    (finding,) = guide_findings(checked(without_status(text_of(pi=False))))
    assert finding.id == "IG012" and finding.severity is Severity.WARNING
    assert "has no statusCode" in finding.message and "(CONF:3259-21440)" in finding.message
    assert finding.fix == f"Write in observation: {STATUS}."
    assert finding.data["assertion"] == "3259-21440" and finding.data["required"] is True


def test_repeated_failures_are_one_finding_with_all_places() -> None:
    text = without_status(text_of(pi=False, ia=("IA_BE_4", "IA_EPA_1", "IA_PM_11")))
    result = checked(text)
    (finding,) = guide_findings(result)
    assert len(result.assertions) == 3 and len(finding.related) == 2
    assert {one.path for one in (finding.place, *finding.related) if one} == {
        one.place.path for one in result.assertions
    }


def test_one_mistake_is_told_once() -> None:
    """The structure check says it: the assertion is listed, and related to that finding."""
    result = checked(replace_once(text_of(), '<realmCode code="US"/>', ""))
    assert [one.id for one in guide_findings(result)] == ["IG003"]
    assert [(one.id, one.finding) for one in result.assertions] == [("4484-17226", "IG003")]


def test_what_a_rule_says_is_not_said_again() -> None:
    text = replace_once(text_of(), 'extension="MIPS_GROUP"', 'extension="MIPS GROUP"')
    result = checked(text)
    assert {one.finding for one in result.assertions if one.id == "CMS_11"} == {"DOC007"}
    assert not [one for one in guide_findings(result) if "CMS_11" in str(one.data.get("assertions"))]


@pytest.mark.every(5)
@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_what_rules_say_of_many_defects_is_not_said_again(case: Case) -> None:
    """The documents of the cases have no supplemental data, and one a program that only CMS' converter accepts."""
    told = [str(one.data["assertion"]) for one in guide_findings(checked(case.data())) if "assertion" in one.data]
    assert [one for one in told if not LACKING.search(one)] == []


def test_what_the_structure_says_of_an_attribute_is_not_said_again() -> None:
    """The guide counts the counts of a kind; the structure check knows that this is one, with a wrong attribute."""
    before, wrong, after = text_of().rpartition('<entryRelationship typeCode="SUBJ"')
    result = checked(before + wrong.replace("SUBJ", "WRONG") + after)
    assert [(one.id, one.finding) for one in result.assertions] == [("3259-21364", "IG007")]
    assert [one.id for one in guide_findings(result)] == ["IG007"]


def test_a_finding_tells_only_what_is_in_its_own_part() -> None:
    """The id of a program is wrong, which says nothing of the ids of a participant; these are told once."""
    text = replace_once(text_of(), 'extension="MIPS_GROUP"', 'extension="MIPS GROUP"')
    cehrt = '<id root="2.16.840.1.113883.3.2074.1" extension="2025C4LRK7VP02Q"/>'
    result = checked(replace_once(text, cehrt, cehrt * 2))
    assert "DOC007" in [one.id for one in result.findings]
    (finding,) = [one for one in guide_findings(result) if one.id == "IG013"]
    assert finding.data["assertions"] == ("CMS_89",)
    assert {one.finding for one in result.assertions if one.id in ("CMS_89", "CMS_140")} == {"IG013"}
    assert "<id " in finding.fix


def test_a_finding_inside_of_an_element_does_not_tell_of_its_attributes() -> None:
    text = replace_once(text_of(), '<performer typeCode="PRF">', '<performer typeCode="PPRF">')
    npi = '<id root="2.16.840.1.113883.4.6" '
    result = checked(replace_once(text, f'{npi}nullFlavor="NA"/>', f'{npi}extension="2003004175"/>'))
    assert "SUB006" in [one.id for one in result.findings]
    (finding,) = [one for one in guide_findings(result) if one.id == "IG016"]
    assert "The typeCode of performer" in finding.message


@pytest.mark.parametrize(("year", "root"), [(2023, "2.16.840.1.113883.10.20.27.3.3")])
def test_an_attribute_that_must_not_be_there_is_not_written(year: int, root: str) -> None:
    text = document(year, "MIPS_GROUP").xml().replace(f'root="{root}"', f'root="{root}" extension="2000-01-01"')
    (finding,) = [one for one in guide_findings(checked(text)) if one.id == "IG016"]
    assert "requires no extension" in finding.message
    assert f'<templateId root="{root}"/>.' in finding.fix


def test_many_mistakes_in_one_element_do_not_each_look_at_all_findings() -> None:
    plain = document(2019, "CPCPLUS").xml().replace('<participant typeCode="LOC">', '<participant typeCode="DEV">')
    program = '<id root="2.16.840.1.113883.3.249.7" extension="CPCPLUS"/>'
    entry = (
        '<entry><organizer classCode="CLUSTER" moodCode="EVN">'
        '<templateId root="2.16.840.1.113883.10.20.27.3.17" extension="2018-05-01"/><reference typeCode="REFR">'
        '<externalDocument classCode="DOC" moodCode="EVN"><id root="2.16.840.1.113883.4.738" extension="unknown"/>'
        "</externalDocument></reference></organizer></entry>"
    )

    def work(number: int) -> int:
        text = replace_once(plain, "<intendedRecipient>", "<intendedRecipient>" + program * number)
        head, end, rest = text.rpartition("</section>")
        data = f"{head}{entry * number}{end}{rest}".encode()
        return calls(lambda: converter.check(data)) - calls(lambda: converter.check(data, guide="none"))

    assert work(160) < 6 * work(40)


def test_a_time_is_written_with_the_zone_of_the_document() -> None:
    text = replace_once(text_of(ia=()), '<low value="20250101"/>', '<low value="202501011015"/>')
    (finding,) = [one for one in guide_findings(checked(text)) if one.id == "IG024"]
    assert finding.found == "202501011015"
    assert finding.fix == 'Write <low value="202501011015-0500"/>, with a time zone.'


def test_two_mistakes_of_one_element_are_two_findings() -> None:
    text = replace_once(text_of(), '<languageCode code="en"/>', '<languageCode code="fr" nullFlavor="NI"/>')
    found = guide_findings(checked(text))
    assert found and all(one.data["assertion"] for one in found)


def test_without_a_guide_nothing_is_asked() -> None:
    text = without_status(text_of())
    result = checked(text, guide="none")
    assert result.assertions == () and guide_findings(result) == []


def test_the_base_of_hl7_can_be_asked() -> None:
    text = replace_once(text_of(), 'extension="2024-12-01"/>', 'extension="2022-12-01"/>')
    asked = checked(text, guide="hl7", year=YEAR)
    assert not [one for one in asked.assertions if one.id.startswith("CMS")]
    text = without_status(text_of())
    assert {one.id for one in checked(text, guide="hl7").assertions} >= {"3259-21440"}


@pytest.mark.parametrize("options", [{"guide": "cda"}, {"guide": "none", "strict_guide": True}])
def test_another_guide_is_refused(options: dict[str, object]) -> None:
    with pytest.raises(converter.UsageError):
        checked(text_of(), **options)


def test_the_verdict_is_the_same_unless_the_guide_is_strict() -> None:
    text = without_status(text_of())
    loose, none, strict = checked(text), checked(text, guide="none"), checked(text, strict_guide=True)
    assert loose.ok and loose.verdict == none.verdict
    assert not strict.ok and strict.verdict.kind is VerdictKind.REFUSED
    assert strict.verdict.sentence == "it does not follow the implementation guide"
    assert strict.inventory == none.inventory


def test_what_the_guide_only_recommends_never_blocks() -> None:
    """A measure without the measure set that it is of: all that it lacks is recommended."""
    result = checked(document(YEAR, "MIPS_GROUP", supplemental=True).xml(), strict_guide=True)
    assert {one.data["required"] for one in guide_findings(result)} == {False}
    assert [one.severity for one in result.assertions] == [Severity.WARNING]
    assert result.ok


def test_a_document_of_no_known_edition_is_not_compared() -> None:
    text = replace_once(text_of(), 'extension="2024-12-01"/>', 'extension="1999-01-01"/>')
    result = checked(text)
    (note,) = [one for one in result.findings if one.id == "IG027"]
    assert "2025" in note.message and "--year 2025" in note.fix and result.assertions == ()
    assert [one.id for one in checked(text, year=YEAR).assertions] == ["CMS_1"]


def test_the_list_travels() -> None:
    result = checked(without_status(text_of()))
    places = [(one.id, one.place.path) for one in result.assertions]
    again = pickle.loads(pickle.dumps(result))
    assert [(one.id, one.place.path) for one in again.assertions] == places
    assert [(one["id"], one["path"]) for one in again.to_dict()["assertions"]] == places


def test_a_code_that_the_guide_does_not_list() -> None:
    doc = document(YEAR, "MIPS_GROUP", supplemental=True).xml()
    result = checked(doc.replace('<translation code="D"', '<translation code="M"'))
    (finding,) = [one for one in result.findings if one.id == "IG018"]
    assert finding.found == "M" and finding.expected == "A, B, C or D"


def test_a_quantity_without_a_unit() -> None:
    doc = document(YEAR, "MIPS_GROUP", supplemental=True).xml()
    result = checked(doc.replace('<value xsi:type="INT" value', '<value xsi:type="PQ" value', 1))
    assert "IG021" in [one.id for one in result.findings]


def test_numbers_that_identify_somebody_are_masked() -> None:
    text = text_of().replace('nullFlavor="NA"', 'extension="123456789"', 1)
    told = json.dumps(checked(text).to_dict())
    assert "123456789" not in told
